"""Which lines of a long range have changed: the cheap cases first, a careful comparison last.

Qt reports one range that covers everything between the first and the last change. Moving a scene across a book, replacing
a word everywhere, and the undo of both touch few lines of it, and the lines between must not be read again.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from editor.manuscript.differences import common_prefix, matching_runs

Hunk = tuple[int, int, list[str]]
"""First line, number of old lines, new lines."""

_FEW_LINES = 200  # a change of so many lines is taken as one, without looking for what it left in place
_NEAR = 40  # changes with so few untouched lines between them are taken as one
_MOST_SHIFTS = 100  # how many places a moved run is looked for at
_ANCHOR_LINES = (
    8  # of so many lines the longest is looked for, because most places of a blank one lead nowhere
)


def hunks_between(old: Sequence[str], new: Sequence[str], offset: int) -> list[Hunk]:
    """Return the runs of lines in which `old`, whose first line is number `offset`, differs from `new`, in order."""
    ahead = common_prefix(old, new)
    behind = common_prefix(old[ahead:][::-1], new[ahead:][::-1])
    old, new = old[ahead : len(old) - behind], list(new[ahead : len(new) - behind])
    if not old and not new:
        return []
    first = offset + ahead
    if max(len(old), len(new)) <= _FEW_LINES:
        return [(first, len(old), new)]
    kept = _moved(old, new) or _kept_in_place(old, new) or matching_runs(old, new)
    return list(_hunks_around(kept, old, new, first))


def removals_first(hunks: Sequence[Hunk]) -> Iterator[Hunk]:
    """Yield `hunks` so that each can be applied in turn, what takes lines away first.

    A scene that is moved is then gone before it comes back, and is known again.
    """
    shift = 0
    others: list[tuple[int, Hunk]] = []
    removals: list[Hunk] = []
    for hunk in hunks:
        growth = len(hunk[2]) - hunk[1]
        if growth < 0:
            removals.append(hunk)
            shift += growth
        else:
            others.append((shift, hunk))
    yield from reversed(removals)  # from below, so that none moves another
    for moved_by, (first, count, lines) in reversed(others):
        yield first + moved_by, count, lines


def _kept_in_place(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return the runs that match line by line if at least half of the lines do."""
    if len(old) != len(new):
        return []
    differing = [index for index, (before, after) in enumerate(zip(old, new, strict=True)) if before != after]
    if len(differing) * 2 > len(old):
        return []
    ends = [*differing, len(old)]
    starts = [0, *(index + 1 for index in differing)]
    return [(start, start, end - start) for start, end in zip(starts, ends, strict=True)]


def _moved(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return the one run that holds most of the lines and only stands higher or lower than before."""
    for lower, higher, is_new_lower in ((new, old, True), (old, new, False)):
        for shift in islice(_shifts(higher, lower), _MOST_SHIFTS):
            length = len(lower) - shift
            if lower[shift:] == higher[:length]:
                return [(0, shift, length) if is_new_lower else (shift, 0, length)]
    return []


def _shifts(higher: Sequence[str], lower: Sequence[str]) -> Iterator[int]:
    """Yield by how much the start of `higher` may stand further down in `lower`, up to half of it."""
    anchor = max(range(min(_ANCHOR_LINES, len(higher))), key=lambda index: len(higher[index]), default=None)
    if anchor is None:
        return
    place, end = anchor, len(lower) // 2
    while True:
        try:
            place = lower.index(higher[anchor], place + 1, end)
        except ValueError:
            return
        yield place - anchor


def _hunks_around(
    kept: Sequence[tuple[int, int, int]], old: Sequence[str], new: list[str], offset: int
) -> Iterator[Hunk]:
    """Yield what stands between the runs of `kept` that are long enough to be worth a stop."""
    old_at = new_at = 0
    for old_start, new_start, length in [*(run for run in kept if run[2] > _NEAR), (len(old), len(new), 0)]:
        if (old_start, new_start) != (old_at, new_at):
            yield offset + old_at, old_start - old_at, new[new_at:new_start]
        old_at, new_at = old_start + length, new_start + length
