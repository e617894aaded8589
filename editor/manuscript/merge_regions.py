"""What both sides made of the same lines, merged region by region (diff3).

Changes that share a line, or stand line against line, belong together: if the sides differ there, it is a conflict. Changes
that a blank line parts do not: an edited paragraph and a new one before it, or a paragraph taken out and the next one edited,
merge. So do changes to different lines of one hard-wrapped paragraph with an unchanged line between. New text of both
sides at one place is a conflict unless it is the same.
"""

import bisect
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from editor.manuscript.differences import Run
from editor.manuscript.merge_tracks import Gap, Track, gaps_of
from editor.markup.lines import is_blank

Lines = Sequence[str]
Texts = tuple[Lines, Lines, Lines]
"""The base, mine and theirs."""


class Region(NamedTuple):
    """Lines of the result. In a conflict they are mine, and `base` and `theirs` say what else there is."""

    lines: Lines
    base: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    is_conflict: bool = False


class _Group(NamedTuple):
    """Changes that belong together, of one side or of both."""

    mine: list[Gap]
    theirs: list[Gap]

    @property
    def base_start(self) -> int:
        return min(side[0].base_start for side in self if side)

    @property
    def base_end(self) -> int:
        return max(side[-1].base_end for side in self if side)


def track_within(start: int, end: int, lines: tuple[int, int], runs: Sequence[Run]) -> Track:
    """Return the track of lines `start` to `end` of the base and some lines of a side, with the runs cut to it."""
    first = max(0, bisect.bisect_right(runs, start, key=_old) - 1)
    cut = []
    for old, new, length in runs[first : bisect.bisect_left(runs, end, key=_old)]:
        low, high = max(old, start), min(old + length, end)
        if low < high:
            cut.append((low, new + low - old, high - low))
    return Track(start, end, *lines, cut)


def merge_tracks(texts: Texts, mine: Track, theirs: Track) -> Iterator[Region]:
    """Yield the merged regions of the same lines of the base."""
    base, my_lines, their_lines = texts
    at = mine.base_start
    for group in _grouped(texts, mine, theirs):
        if not group.mine and not group.theirs:
            continue
        yield Region(base[at : group.base_start])
        at = group.base_end
        my_part = _lines_of(my_lines, group.mine, group)
        their_part = _lines_of(their_lines, group.theirs, group)
        if not group.theirs or my_part == their_part:
            yield Region(my_part)
        elif not group.mine:
            yield Region(their_part)
        else:
            yield from _conflict(base[group.base_start : at], my_part, their_part)
    yield Region(base[at : mine.base_end])


def _old(run: Run) -> int:
    return run[0]


def _grouped(texts: Texts, mine: Track, theirs: Track) -> Iterator[_Group]:
    changes = [(gap, True) for gap in gaps_of(mine)] + [(gap, False) for gap in gaps_of(theirs)]
    changes.sort(key=lambda change: (change[0].base_start, change[0].base_end))
    unit = mine.base_start, mine.base_end
    group = _Group([], [])
    for gap, is_mine in changes:
        others = group.theirs if is_mine else group.mine
        is_within = bool(others) and gap.base_start < group.base_end
        if not is_within and not (others and _belong_together(texts, unit, others[-1], gap, is_mine)):
            yield group
            group = _Group([], [])
        (group.mine if is_mine else group.theirs).append(gap)
    yield group


def _belong_together(
    texts: Texts, unit: tuple[int, int], first: Gap, second: Gap, is_second_mine: bool
) -> bool:
    """Say whether two changes that do not overlap, of one side each, are one: they touch, and no blank line parts them."""
    if second.base_start != first.base_end:
        return False
    base, mine, theirs = texts
    before, behind = (theirs, mine) if is_second_mine else (mine, theirs)
    place = second.base_start
    is_first_new, is_second_new = first.base_start == place, second.base_end == place
    if is_first_new and is_second_new:
        return True
    above, below = before[first.start : first.end][-1:], behind[second.start : second.end][:1]
    parting = [
        *(above if is_first_new else base[place - 1 : place]),
        *(below if is_second_new else base[place : place + 1]),
    ]
    left = above or base[max(unit[0], first.base_start - 1) : first.base_start]
    right = below or base[second.base_end : min(unit[1], second.base_end + 1)]
    stay_parted = not left or not right or is_blank(left[0]) or is_blank(right[0])
    return not (stay_parted and any(map(is_blank, parting)))


def _lines_of(lines: Lines, gaps: Sequence[Gap], group: _Group) -> Lines:
    """Return what a side has in the place of a group."""
    if not gaps:
        return ()
    start = gaps[0].start - (gaps[0].base_start - group.base_start)
    return lines[start : gaps[-1].end + group.base_end - gaps[-1].base_end]


def _conflict(base: Lines, mine: Lines, theirs: Lines) -> Iterator[Region]:
    """Yield a conflict without the lines that both sides begin and end with."""
    ahead = _common(mine, theirs)
    behind = _common(mine[ahead:][::-1], theirs[ahead:][::-1])
    my_end, their_end = len(mine) - behind, len(theirs) - behind
    base_ahead = min(ahead, _common(base, mine))
    base_behind = min(behind, _common(base[base_ahead:][::-1], mine[::-1]))
    yield Region(mine[:ahead])
    yield Region(
        mine[ahead:my_end],
        tuple(base[base_ahead : len(base) - base_behind]),
        tuple(theirs[ahead:their_end]),
        is_conflict=True,
    )
    yield Region(mine[my_end:])


def _common(one: Lines, other: Lines) -> int:
    """Return how many lines both begin with."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count
