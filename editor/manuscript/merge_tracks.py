"""How one version of a manuscript follows from its base: what stayed, what changed, and what was moved elsewhere.

Files are compared with the file of the same label, line by line. Lines that are left over on both sides and occur once in
each are taken for text that was moved: a scene, a paragraph, a whole chapter, into another file too.

Limits: a move is seen by lines that stayed the same in it, twenty characters of them at least; text that occurs twice is
not followed. Linear but for the few lines that look alike.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from editor.manuscript.differences import Run, matching_runs
from editor.markup.lines import is_blank, is_boundary

LEAST_MOVED = 20  # characters in unchanged lines that make text worth following as moved

Key = tuple[str, int]
"""A file of the manuscript: its boundary line, and how often that stood above it; ("", 0) before the first boundary."""


class Section(NamedTuple):
    """The lines of one file, its boundary aside."""

    key: Key
    first: int
    end: int


class Gap(NamedTuple):
    """Lines of the base that do not stand in the other version, and what stands there instead."""

    base_start: int
    base_end: int
    start: int
    end: int


class Track(NamedTuple):
    """Lines of the base that correspond to lines of the other version, with the runs of those that are the same."""

    base_start: int
    base_end: int
    start: int
    end: int
    runs: Sequence[Run]


@dataclass(slots=True)
class Alignment:
    """One version beside its base: a track for each file that both have, and one for each text that was moved."""

    sections: list[Section]
    tracks: dict[Key, Track] = field(default_factory=dict)
    moves: list[Track] = field(default_factory=list)


def sections_of(lines: Sequence[str]) -> list[Section]:
    """Return the files of a manuscript; one without a boundary has a single one."""
    tops = [number for number, line in enumerate(lines) if is_boundary(line)]
    found = [Section(("", 0), 0, tops[0] if tops else len(lines))] if not tops or tops[0] else []
    seen: Counter[str] = Counter()
    for top, end in pairwise([*tops, len(lines)]):
        found.append(Section((lines[top], seen[lines[top]]), top + 1, end))
        seen[lines[top]] += 1
    return found


def align(base: Sequence[str], other: Sequence[str]) -> Alignment:
    """Return how `other` follows from `base`."""
    result = Alignment(sections_of(other))
    base_sections = {section.key: section for section in sections_of(base)}
    for section in result.sections:
        known = base_sections.pop(section.key, None)
        first, end = (known.first, known.end) if known else (0, 0)
        runs = _runs_within(base, other, Gap(first, end, section.first, section.end))
        result.tracks[section.key] = Track(first, end, section.first, section.end, runs)
    gone = [Gap(section.first, section.end, 0, 0) for section in base_sections.values()]
    _Moves(base, other, result, gone).find()
    return result


def gaps_of(track: Track) -> Iterator[Gap]:
    """Yield what differs within a track, in order."""
    base_at, at = track.base_start, track.start
    for base_start, start, length in [*track.runs, (track.base_end, track.end, 0)]:
        if base_start > base_at or start > at:
            yield Gap(base_at, base_start, at, start)
        base_at, at = base_start + length, start + length


def _runs_within(base: Sequence[str], other: Sequence[str], box: Gap) -> list[Run]:
    """Return the runs of equal lines: paragraphs first, and blank lines only between what they leave."""
    old = [place for place in range(box.base_start, box.base_end) if not is_blank(base[place])]
    new = [place for place in range(box.start, box.end) if not is_blank(other[place])]
    runs = [
        (old[first + number], new[second + number], 1)
        for first, second, length in matching_runs([base[i] for i in old], [other[i] for i in new])
        for number in range(length)
    ]
    found = []
    for gap in gaps_of(Track(*box, runs)):
        left, right = base[gap.base_start : gap.base_end], other[gap.start : gap.end]
        between = [(0, 0, len(left))] if left == right else matching_runs(left, right)
        found += [(first + gap.base_start, second + gap.start, length) for first, second, length in between]
    return _slid_down(base, other, _joined(sorted(runs + found)))


def _joined(runs: Sequence[Run]) -> list[Run]:
    result: list[Run] = []
    for old, new, length in runs:
        if result:
            last_old, last_new, last_length = result[-1]
            if (last_old + last_length, last_new + last_length) == (old, new):
                result[-1] = last_old, last_new, last_length + length
                continue
        result.append((old, new, length))
    return result


def _slid_down(base: Sequence[str], other: Sequence[str], runs: list[Run]) -> list[Run]:
    """Let what was only put in or only taken out stand as far down as it can, so that both sides say it alike."""
    for number in range(len(runs) - 1):
        old, new, length = runs[number]
        next_old, next_new, next_length = runs[number + 1]
        if old + length == next_old:
            lines, start, end = other, new + length, next_new
        elif new + length == next_new:
            lines, start, end = base, old + length, next_old
        else:
            continue
        slid = 0
        while slid < next_length - 1 and lines[start + slid] == lines[end + slid]:
            slid += 1
        runs[number] = old, new, length + slid
        runs[number + 1] = next_old + slid, next_new + slid, next_length - slid
    return runs


class _Moves:
    """Finds what was moved from one place to another, among the lines that an alignment leaves over."""

    def __init__(
        self, base: Sequence[str], other: Sequence[str], alignment: Alignment, gone: Sequence[Gap]
    ) -> None:
        """`gone`: the files of the base that the other version has no more."""
        self._base, self._other, self._alignment, self._gone = base, other, alignment, gone
        self._free_base, self._free = bytearray(len(base) + 1), bytearray(len(other) + 1)
        for gap in self._gaps():
            self._open(gap)

    def find(self) -> None:
        """Add the moves to the alignment."""
        pairs = self._pairs()
        if not pairs:
            return
        self._free_blanks_between(pairs)
        boxes = [box for chain in self._chains(pairs) if (box := self._box_of(chain)) is not None]
        gaps = self._gaps()
        taken_out = {(gap.base_start, gap.base_end) for gap in gaps if gap.start == gap.end}
        put_in = {(gap.start, gap.end) for gap in gaps if gap.base_start == gap.base_end}
        bases = Counter(self._reach(self._free_base, box.base_start)[0] for box in boxes)
        others = Counter(self._reach(self._free, box.start)[0] for box in boxes)
        whole = []
        for box in boxes:
            out, into = self._reach(self._free_base, box.base_start), self._reach(self._free, box.start)
            # If nothing else happened at either place, what was changed at its edges belongs to it too.
            is_whole = out in taken_out and into in put_in and bases[out[0]] == others[into[0]] == 1
            whole.append(self._text_in(Gap(*out, *into)) if is_whole else box)
        for box in whole:
            self._close(box)
        for box in whole:
            grown = self._grown(box)
            self._close(grown)
            self._alignment.moves.append(Track(*grown, _runs_within(self._base, self._other, grown)))
        self._alignment.moves.sort()

    def _text_in(self, box: Gap) -> Gap:
        """Return a box without the blank lines and scene breaks around its text: they belong to the place, not to the text."""
        base_start, base_end, start, end = box
        old = [place for place in range(base_start, base_end) if _has_text(self._base[place])]
        new = [place for place in range(start, end) if _has_text(self._other[place])]
        return Gap(old[0], old[-1] + 1, new[0], new[-1] + 1) if old and new else box

    def _gaps(self) -> list[Gap]:
        tracks = self._alignment.tracks.values()
        return [gap for track in tracks for gap in gaps_of(track)] + list(self._gone)

    def _open(self, gap: Gap) -> None:
        self._free_base[gap.base_start : gap.base_end] = b"\1" * (gap.base_end - gap.base_start)
        self._free[gap.start : gap.end] = b"\1" * (gap.end - gap.start)

    def _close(self, gap: Gap) -> None:
        self._free_base[gap.base_start : gap.base_end] = bytes(gap.base_end - gap.base_start)
        self._free[gap.start : gap.end] = bytes(gap.end - gap.start)

    def _pairs(self) -> list[tuple[int, int]]:
        """Return the places of free lines that occur once on each side, in the order of the base."""
        places = {self._base[i]: i for i in range(len(self._base)) if self._free_base[i]}
        found = {
            self._other[i]: i
            for i in range(len(self._other))
            if self._free[i] and self._other[i] in places and not is_blank(self._other[i])
        }
        if not found:
            return []
        counts, other_counts = Counter(self._base), Counter(self._other)
        return sorted(
            (places[line], place) for line, place in found.items() if counts[line] == other_counts[line] == 1
        )

    def _free_blanks_between(self, pairs: Sequence[tuple[int, int]]) -> None:
        """Free blank lines that matched by chance in the middle of text that was moved."""
        moved, arrived = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
        for key, track in self._alignment.tracks.items():
            kept = []
            gaps = {gap.base_end: gap for gap in gaps_of(track)}
            after = {gap.base_start: gap for gap in gaps_of(track)}
            for run in track.runs:
                old, new, length = run
                before, behind = gaps.get(old), after.get(old + length)
                is_chance = (
                    before is not None
                    and behind is not None
                    and all(is_blank(line) for line in self._base[old : old + length])
                    and (_holds(before, behind, moved, 0) or _holds(before, behind, arrived, 1))
                )
                if is_chance:
                    self._open(Gap(old, old + length, new, new + length))
                else:
                    kept.append(run)
            self._alignment.tracks[key] = track._replace(runs=kept)

    def _chains(self, pairs: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
        """Yield the pairs that follow each other on both sides with nothing that stayed in between."""
        ranks = {place: rank for rank, place in enumerate(sorted(place for _, place in pairs))}
        base_walls, walls = _walls(self._free_base), _walls(self._free)
        chain = [pairs[0]]
        for last, pair in pairwise(pairs):
            follows = ranks[pair[1]] == ranks[last[1]] + 1
            if follows and base_walls[last[0]] == base_walls[pair[0]] and walls[last[1]] == walls[pair[1]]:
                chain.append(pair)
            else:
                yield chain
                chain = [pair]
        yield chain

    def _box_of(self, chain: Sequence[tuple[int, int]]) -> Gap | None:
        if sum(len(self._base[place]) for place, _ in chain) < LEAST_MOVED:
            return None
        (base_start, start), (base_end, end) = chain[0], chain[-1]
        return Gap(base_start, base_end + 1, start, end + 1)

    def _reach(self, free: bytearray, place: int) -> tuple[int, int]:
        """Return the range of free lines around one."""
        return free.rfind(b"\0", 0, place) + 1, free.find(b"\0", place)

    def _grown(self, box: Gap) -> Gap:
        """Return a box with the equal free lines below and above it."""
        base_start, base_end, start, end = box
        while self._free_base[base_end] and self._free[end] and self._base[base_end] == self._other[end]:
            base_end, end = base_end + 1, end + 1
        while (
            base_start
            and start
            and self._free_base[base_start - 1]
            and self._free[start - 1]
            and self._base[base_start - 1] == self._other[start - 1]
        ):
            base_start, start = base_start - 1, start - 1
        return Gap(base_start, base_end, start, end)


def _has_text(line: str) -> bool:
    """Say whether a line has a letter or a number; scene breaks, in whatever style, have none."""
    return any(map(str.isalnum, line))


def _holds(before: Gap, behind: Gap, places: set[int], side: int) -> bool:
    """Say whether both gaps hold one of `places`, of the base (side 0) or of the other version (1)."""
    return all(
        any(place in places for place in range(gap[2 * side], gap[2 * side + 1])) for gap in (before, behind)
    )


def _walls(free: bytearray) -> list[int]:
    """Return for each line how many lines before it are not free."""
    counts, count = [], 0
    for flag in free:
        counts.append(count)
        count += not flag
    return counts
