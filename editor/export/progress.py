"""Watching a long export, and stopping it.

A report of progress is a function of (done, total); to stop the export it raises `Cancelled`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
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
