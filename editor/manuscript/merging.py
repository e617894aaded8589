"""Merge what two sides made of the same manuscript, paragraph by paragraph.

A change of one side alone is taken. Where both changed the same lines, mine stands and theirs is told as a conflict
(`merge_regions` says what is "the same"). Text that one side moved, into another file too, keeps what the other side did to
it; if both moved it, mine decides where it stands. No text of either side is lost: it is in the lines, or it is theirs in a
conflict. No text is doubled. Boundaries of files are never doubled.

Limits: lines are merged as wholes; two changes within one line are a conflict.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from editor.manuscript.merge_order import Stretch, merged_order
from editor.manuscript.merge_regions import Region, merge_tracks, track_within
from editor.manuscript.merge_tracks import Key, Section, align, sections_of
from editor.manuscript.merge_units import Item, Part, Side, Units
from editor.markup.lines import is_blank


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place where both sides changed the same thing. In `Merge.lines`, lines `first` to `end` hold what is mine there."""

    first: int
    end: int
    base: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """The merged lines; where the sides overlap, mine stands. `conflicts` ascend."""

    lines: list[str]
    conflicts: tuple[Conflict, ...]


def merge_lines(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Merge:
    """Return what both sides made of `base`. All are lines of a manuscript, boundaries of files among them."""
    return _Merger(base, mine, theirs).merge()


def resolve(merge: Merge, choices: Sequence[Sequence[str]]) -> list[str]:
    """Return the merged lines with `choices`, one for each conflict, where mine stands."""
    lines = list(merge.lines)
    for conflict, choice in reversed(list(zip(merge.conflicts, choices, strict=True))):
        lines[conflict.first : conflict.end] = choice
    return lines


def both_of(mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Return what both sides have at a place, mine first, a blank line between two paragraphs."""
    needs_gap = mine and theirs and not is_blank(mine[-1]) and not is_blank(theirs[0])
    return [*mine, *([""] if needs_gap else []), *theirs]


class _Merger:
    def __init__(self, base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> None:
        self._texts = base, mine, theirs
        self._units = Units(sections_of(base), align(base, mine), align(base, theirs))
        self._sides = self._units.sides(mine, theirs)
        files = [{section.key: section for section in sections_of(side)} for side in (mine, theirs)]
        self._files: list[dict[Key, Section]] = files
        self._lines: list[str] = []
        self._conflicts: list[Conflict] = []

    def merge(self) -> Merge:
        """Return the merge."""
        for stretch in merged_order(self._units, *self._sides):
            self._add_file(stretch)
        return Merge(self._lines, tuple(self._conflicts))

    def _add_file(self, stretch: Stretch) -> None:
        regions = [region for item in stretch.items for region in self._regions_of(item)]
        has_text = any(not is_blank(line) for region in regions for line in region.lines)
        if stretch.key[0] and (stretch.is_headed or (stretch.is_headed_if_text and has_text)):
            self._lines.append(stretch.key[0])
            known = [sections[stretch.key] for sections in self._files if stretch.key in sections]
            if not any(region.lines for region in regions) and all(file.first < file.end for file in known):
                self._lines.append("")  # a file that has lines on both sides has one at least
        for region in regions:
            first = len(self._lines)
            self._lines += region.lines
            if region.is_conflict:
                self._conflicts.append(Conflict(first, len(self._lines), region.base, region.theirs))

    def _regions_of(self, item: Item) -> list[Region]:
        if item.unit < 0:
            return [Region(item.lines)]
        start, end = self._units.ranges[item.unit]
        tracks = []
        for side in self._sides:
            low, high, runs = _part_of(side, item.unit)
            tracks.append(track_within(start, end, (low, high), runs))
        return list(merge_tracks(self._texts, *tracks))


def _part_of(side: Side, unit: int) -> Part:
    return side.parts.get(unit) or Part(
        0, 0, ()
    )  # a side that has the file no more has taken the rest of it out
