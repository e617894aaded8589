"""From rearranged shelves to edits that have been tried out."""

from collections.abc import Iterable, Sequence

from editor.manuscript.edits import TextEdit
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.shelf import Piece, Shelf
from editor.manuscript.splicing import edits_for, splices_for
from editor.manuscript.trial import Expected, find_fault, refuse, try_out
from editor.markup.lines import is_blank
from editor.markup.model import Block


def propose(
    manuscript: Manuscript,
    shelves: Sequence[Shelf],
    expected: Sequence[Expected],
    *,
    more_breaks: int,
    what: str,
    lost: Sequence[Block] = (),
    may_relevel: bool = False,
) -> list[TextEdit]:
    """Return the edits that make the text read as the shelves say; raise InputError if it would not be `expected`.

    `more_breaks` is by how many the scene breaks grow, `lost` are the blocks that go; `may_relevel` as in
    `find_fault`. Where lines come to stand together
    that did not before, blank lines are put between them only if it takes that.
    """
    first_fault = ""
    for is_airy in (False, True):
        splices = []
        for shelf in shelves:
            pieces = shelf.pieces()
            splices += splices_for(shelf.first, shelf.end, _with_air(pieces) if is_airy else pieces)
        splices.sort(key=lambda splice: (splice.first, splice.end))
        edits = edits_for(manuscript.text.lines, splices)
        outcome = try_out(manuscript, edits)
        fault = find_fault(outcome, expected, more_breaks=more_breaks, lost=lost, may_relevel=may_relevel)
        if fault is None:
            return edits
        first_fault = first_fault or fault
    raise refuse(what, first_fault)


def _with_air(pieces: Iterable[Piece]) -> list[Piece]:
    airy: list[Piece] = []
    for piece in pieces:
        if not piece.lines:
            continue
        if airy and _meet_anew(airy[-1], piece):
            airy.append(Piece(("",)))
        airy.append(piece)
    return airy


def _meet_anew(above: Piece, below: Piece) -> bool:
    if is_blank(above.lines[-1]) or is_blank(below.lines[0]):
        return False
    return above.origin is None or below.origin != above.origin + len(above.lines)
