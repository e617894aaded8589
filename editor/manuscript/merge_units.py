"""The base of a merge cut into units that neither side has torn apart, and what each side made of each.

Cuts are where a side took text out or put moved text in. In the order of a side, each of its lines stands in one unit or in a
piece of its own (new text that nothing of the base stands beside), so nothing is lost and nothing doubled however the
units are put together.

Where a side put new text in at the edge of what the other side moved, the text goes with what was moved; but text that
brings a scene break along stays where it is: it is a scene of its own.
"""

import bisect
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from editor.manuscript.differences import Run
from editor.manuscript.merge_tracks import Alignment, Gap, Key, Section, Track, gaps_of
from editor.markup.lines import is_blank

Range = tuple[int, int]


class Part(NamedTuple):
    """What a side made of a unit: its lines `start` to `end`, and the runs of the track it is on."""

    start: int
    end: int
    runs: Sequence[Run]


class Item(NamedTuple):
    """A step through a side: a file begins (`key`), a unit, or new text by itself (`lines`)."""

    key: Key | None = None
    unit: int = -1
    lines: tuple[str, ...] = ()


@dataclass(slots=True)
class Side:
    """One side of a merge in terms of units: which it moved, what it made of them, and their order."""

    moved: set[int]
    parts: dict[int, Part] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)


class _Piece(NamedTuple):
    """A stretch of a side with no moved text in the middle: it was moved as a whole, or it stayed."""

    track: Track
    is_moved: bool = False


class Units:
    """The units of a base, for both sides."""

    def __init__(self, sections: Sequence[Section], mine: Alignment, theirs: Alignment) -> None:
        self.sections = sections
        self._sides = [(side, [list(_pieces(side, key)) for key in side.tracks]) for side in (mine, theirs)]
        self.ranges = self._cut()
        self._starts = [start for start, _ in self.ranges]
        self._ends = {end for _, end in self.ranges}

    def of_section(self, section: Section) -> range:
        """Return the numbers of the units that a file of the base is cut into."""
        return self._inside(section.first, section.end)

    def sides(self, mine: Sequence[str], theirs: Sequence[str]) -> tuple[Side, Side]:
        """Return both sides in terms of units."""
        my_moved, their_moved = (self._moved_by(side) for side, _ in self._sides)
        return (
            self._side(mine, 0, my_moved, their_moved),
            self._side(theirs, 1, their_moved, my_moved),
        )

    def _cut(self) -> list[Range]:
        cuts = {place for section in self.sections for place in (section.first, section.end)}
        for side, files in self._sides:
            cuts.update(place for move in side.moves for place in (move.base_start, move.base_end))
            cuts.update(piece.track.base_start for pieces in files for piece in pieces)
        ordered = sorted(cuts)
        found = []
        for section in self.sections:
            first, end = bisect.bisect_left(ordered, section.first), bisect.bisect_right(ordered, section.end)
            found += list(pairwise(ordered[first:end]))
        return found

    def _inside(self, start: int, end: int) -> range:
        return range(bisect.bisect_left(self._starts, start), bisect.bisect_left(self._starts, end))

    def _moved_by(self, side: Alignment) -> set[int]:
        return {unit for move in side.moves for unit in self._inside(move.base_start, move.base_end)}

    def _side(self, lines: Sequence[str], number: int, moved: set[int], others_moved: set[int]) -> Side:
        side = Side(moved)
        alignment, files = self._sides[number]
        for section, pieces in zip(alignment.sections, files, strict=True):
            side.items.append(Item(section.key))
            for piece in pieces:
                self._walk(side, piece, lines, others_moved)
        return side

    def _walk(self, side: Side, piece: _Piece, lines: Sequence[str], others_moved: Collection[int]) -> None:
        track = piece.track._replace(runs=_slid_up(piece.track.runs, lines, self._ends))
        units = [
            unit
            for unit in self._inside(track.base_start, track.base_end)
            if piece.is_moved or unit not in side.moved
        ]
        if not units:
            if track.start < track.end:
                side.items.append(Item(lines=tuple(lines[track.start : track.end])))
            return
        at = track.start
        for number, unit in enumerate(units):
            end = track.end
            if number + 1 < len(units):
                following = units[number + 1]
                free = self._free_between(track, unit, following)
                end = _parting(lines, free, unit in others_moved, following in others_moved)
            side.parts[unit] = Part(at, end, track.runs)
            side.items.append(Item(unit=unit))
            at = end

    def _free_between(self, track: Track, unit: int, following: int) -> Range:
        """Return the lines of a side that may go with either of two units; none (at a place) if that is decided."""
        end, start = self.ranges[unit][1], self.ranges[following][0]
        place = bisect.bisect_left(track.runs, end, key=lambda run: run[0])
        low, is_left_changed = track.start, True
        if place and track.runs[place - 1][0] >= track.base_start:
            old, new, length = track.runs[place - 1]
            if old + length > end:
                return new + end - old, new + end - old
            low, is_left_changed = new + length, old + length < end
        high, is_right_changed = track.end, True
        if place < len(track.runs) and track.runs[place][0] < track.base_end:
            old, high, _ = track.runs[place]
            is_right_changed = old > start
        if is_left_changed:
            return high, high
        return (low, low) if is_right_changed else (low, high)


def _parting(lines: Sequence[str], free: Range, is_left_moved: bool, is_right_moved: bool) -> int:
    """Return where to part the lines that a side put in between two units."""
    start, end = free
    if is_left_moved == is_right_moved:
        return end
    return end if is_left_moved != _has_break(lines[start:end]) else start


def _has_break(lines: Sequence[str]) -> bool:
    """Say whether a line without a letter or number is among them: a scene break, in whatever style."""
    return any(not is_blank(line) and not any(map(str.isalnum, line)) for line in lines)


def _slid_up(runs: Sequence[Run], lines: Sequence[str], cuts: Collection[int]) -> list[Run]:
    """Let text that was put in begin with the blank line before it where that brings it to the end of a unit."""
    result = list(runs)
    for number in range(len(result) - 1):
        old, new, length = result[number]
        next_old, next_new, next_length = result[number + 1]
        start, end = new + length, next_new
        if old + length != next_old or next_old in cuts or lines[start - 1] != lines[end - 1]:
            continue
        if next_old - 1 in cuts and length > 1 and not _has_break(lines[start:end]):
            result[number] = old, new, length - 1
            result[number + 1] = next_old - 1, next_new - 1, next_length + 1
    return result


def _pieces(side: Alignment, key: Key) -> Iterator[_Piece]:
    """Yield the pieces of a file, in the order of the side."""
    track = side.tracks[key]
    arrived = sorted((move for move in side.moves if track.start <= move.start < track.end), key=_start)
    gone = [move for move in side.moves if track.base_start <= move.base_start < track.base_end]
    base_at, at = track.base_start, track.start
    for gap in gaps_of(track) if arrived else ():
        here = arrived[_rank(arrived, gap.start, _start) : _rank(arrived, gap.end, _start)]
        if not here:
            continue
        left = gone[_rank(gone, gap.base_start, _base_start) : _rank(gone, gap.base_end, _base_start)]
        landing = _landing(gap, here, left)
        yield _Piece(_stretch(track, base_at, landing, at, here[0].start))
        yield _Piece(here[0], is_moved=True)
        for move, following in pairwise(here):
            yield _Piece(Track(landing, landing, move.end, following.start, ()))
            yield _Piece(following, is_moved=True)
        base_at, at = landing, here[-1].end
    yield _Piece(_stretch(track, base_at, track.base_end, at, track.end))


def _stretch(track: Track, base_start: int, base_end: int, start: int, end: int) -> Track:
    """Return a part of a track that cuts no run."""
    first, last = (bisect.bisect_left(track.runs, place, key=_old) for place in (base_start, base_end))
    return Track(base_start, base_end, start, end, track.runs[first:last])


def _old(run: Run) -> int:
    return run[0]


def _landing(gap: Gap, arrived: Sequence[Track], gone: Sequence[Track]) -> int:
    """Return the line of the base before which moved text was put, within lines that were replaced."""
    last = gone[-1].base_end if gone else gap.base_start
    is_new_behind, is_new_before = arrived[-1].end < gap.end, arrived[0].start > gap.start
    return last if is_new_behind and (gone or not is_new_before) else gap.base_end


def _rank(tracks: Sequence[Track], place: int, key: Callable[[Track], int]) -> int:
    return bisect.bisect_left(tracks, place, key=key)


def _start(track: Track) -> int:
    return track.start


def _base_start(track: Track) -> int:
    return track.base_start
