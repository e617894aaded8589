"""Which gap may stand before which scene, and how one is made to fit.

A *hard* gap holds a scene break, a *soft* one does not. Before an untitled scene the gap must be hard; before a scene
heading it may be soft, and is kept soft in a file that sets no breaks before scene headings.
"""

from collections.abc import Sequence

from editor.manuscript.break_style import chapter_gap, hard_gap, has_breaks_before_scene_headings, soft_gap
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.shelf import Gap, Piece, Shelf, Unit
from editor.markup.lines import is_blank
from editor.markup.model import Kind, Level


class GapKeeper:
    """Makes gaps fit in one manuscript, in its own style."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._manuscript = manuscript
        self._are_headings_soft: bool | None = None

    def settle(self, shelf: Shelf, index: int, gap: Gap | None, following: Unit) -> Gap:
        """Return `gap` made fit to stand before `following` at place `index` of `shelf`; a new one for None."""
        if shelf.level is not Level.SCENE:
            return gap or chapter_gap(self._manuscript, shelf, index)
        if self._must_be_hard(following):
            return gap if gap is not None and gap.breaks else self._hardened(shelf, index, gap)
        if self._should_be_soft(following):
            return gap if gap is not None and not gap.breaks else self._softened(shelf, index, gap)
        return gap or hard_gap(self._manuscript, shelf, index)

    def rearrange(self, shelf: Shelf, units: Sequence[Unit]) -> None:
        """Put the units of a shelf in a new order; the gaps stay where they are as far as they may."""
        before = shelf.units
        shelf.units = list(units)
        if shelf.level is not Level.SCENE or not any(unit.node.has_heading for unit in units):
            return
        if self._are_soft_before_headings():
            self._deal_by_kind(shelf, before)
        else:
            self._repair_in_place(shelf)

    def without_breaks(self, gap: Gap) -> Piece:
        """Return what stands in a gap besides its scene breaks."""
        origin = gap.piece.origin
        if origin is None or not gap.breaks:
            return gap.piece
        text = self._manuscript.text
        kept: list[str] = []
        for offset, line in enumerate(gap.piece.lines):
            block = text.block_at(origin + offset)
            is_doubled = is_blank(line) and kept and is_blank(kept[-1])
            if not is_doubled and (block is None or text.blocks[block].kind is not Kind.BREAK):
                kept.append(line)
        return Piece(tuple(kept))

    def _deal_by_kind(self, shelf: Shelf, before: Sequence[Unit]) -> None:
        """Deal the hard gaps out to the untitled scenes and the soft ones to the titled, each in order.

        If an untitled and a titled scene change places at the top, one gap too many of the one kind becomes one of the
        other, at the place in its row where the scene stands that was first.
        """
        dealt: dict[bool, list[Gap]] = {False: [], True: []}
        spare: Gap | None = None
        first, was_first = shelf.units[0], before[0]
        has_changed = first.node.has_heading != was_first.node.has_heading
        for unit, gap in zip(before[1:], shelf.gaps, strict=True):
            if has_changed and unit is first:
                spare = gap
            else:
                dealt[unit.node.has_heading].append(gap)
        gaps = []
        for index, unit in enumerate(shelf.units[1:], start=1):
            if has_changed and unit is was_first:
                gaps.append(self.settle(shelf, index, spare, unit))
            else:
                gaps.append(dealt[unit.node.has_heading].pop(0))
        shelf.gaps = gaps

    def _repair_in_place(self, shelf: Shelf) -> None:
        for index, unit in enumerate(shelf.units[1:]):
            if shelf.gaps[index].breaks or not self._must_be_hard(unit):
                continue
            spare = [
                other
                for other, follower in enumerate(shelf.units[1:])
                if shelf.gaps[other].breaks and not self._must_be_hard(follower)
            ]
            if spare:
                other = min(spare, key=lambda place, here=index: abs(place - here))  # type: ignore[misc]
                shelf.gaps[index], shelf.gaps[other] = shelf.gaps[other], shelf.gaps[index]
            else:
                shelf.gaps[index] = self._hardened(shelf, index + 1, shelf.gaps[index])

    def _must_be_hard(self, following: Unit) -> bool:
        return not following.node.has_heading

    def _should_be_soft(self, following: Unit) -> bool:
        return following.node.has_heading and self._are_soft_before_headings()

    def _are_soft_before_headings(self) -> bool:
        if self._are_headings_soft is None:
            self._are_headings_soft = not has_breaks_before_scene_headings(self._manuscript)
        return self._are_headings_soft

    def _hardened(self, shelf: Shelf, index: int, gap: Gap | None) -> Gap:
        new = hard_gap(self._manuscript, shelf, index)
        if gap is None or gap.is_plain:
            return new
        lines = list(gap.piece.lines)
        while is_blank(lines[-1]):
            lines.pop()
        return Gap(Piece((*lines, *new.piece.lines)), new.breaks, is_plain=False)

    def _softened(self, shelf: Shelf, index: int, gap: Gap | None) -> Gap:
        if gap is None or gap.is_plain:
            return soft_gap(self._manuscript, shelf, index)
        return Gap(self.without_breaks(gap), is_plain=False)
