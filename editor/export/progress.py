"""Watching a long export, and stopping it.

A report of progress is a function of (done, total); to stop the export it raises `Cancelled`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

T = TypeVar("T")

Report = Callable[[int, int], None]

_STEP = 500


class Cancelled(Exception):
    """The writer stopped the export; nothing was made."""


class Watch(Protocol):
    """A way to go through a sequence while somebody watches."""

    def __call__(self, items: Sequence[T], /) -> Iterable[T]:
        """Return the items, one by one."""


def unwatched(items: Sequence[T], /) -> Iterable[T]:
    """Go through `items` with nobody watching."""
    return items


def watched(report: Report | None, first: int, last: int, total: int) -> Watch:
    """Return a watch that tells `report` how far it is, from `first` to `last` of `total`."""
    if report is None:
        return unwatched
    tell = report

    def watch(items: Sequence[T], /) -> Iterator[T]:
        for start in range(0, len(items), _STEP):
            tell(first + (last - first) * start // len(items), total)
            yield from items[start : start + _STEP]
        tell(last, total)

    return watch


def divide(watch: Watch, *shares: int) -> tuple[Watch, ...]:
    """Return watches for work in several steps, to be used one after the other; `shares` of the time each step takes, in all 100."""
    clock = iter(watch(range(100 * _STEP)))
    gone = 0

    def advance(percent: float) -> None:
        nonlocal gone
        while gone < percent * _STEP:
            next(clock)
            gone += 1

    def share(first: int, last: int) -> Watch:
        def watch_share(items: Sequence[T], /) -> Iterator[T]:
            for index, item in enumerate(items):
                advance(first + (last - first) * index / len(items))
                yield item
            advance(last)
            if last == 100:
                next(clock, None)  # the end is told

        return watch_share

    starts = [sum(shares[:index]) for index in range(len(shares) + 1)]
    return tuple(share(first, last) for first, last in pairwise(starts))
