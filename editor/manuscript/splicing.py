"""From the lines as they should be to the text edits that make them so, leaving alone what can stay in place."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from editor.manuscript.edits import Position, TextEdit
from editor.manuscript.shelf import Piece
from editor.markup.lines import is_boundary


@dataclass(frozen=True, slots=True)
class Splice:
    """Lines [first, end) are to be replaced by `lines`."""

    first: int
    end: int
    lines: tuple[str, ...]


def splices_for(first: int, end: int, pieces: Iterable[Piece]) -> list[Splice]:
    """Return the splices that turn the lines [first, end) into `pieces`.

    Of the pieces that come from these lines as many as possible stay; the others are taken out and put in again.
    """
    wanted = [piece for piece in pieces if piece.lines]
    own = [i for i, piece in enumerate(wanted) if piece.origin is not None and first <= piece.origin < end]
    staying = {own[i] for i in _longest_rise([wanted[i].origin or 0 for i in own])}
    splices: list[Splice] = []
    here, inserted = first, list[str]()
    for index, piece in enumerate(wanted):
        if index not in staying or piece.origin is None:
            inserted.extend(piece.lines)
            continue
        if inserted or here < piece.origin:
            splices.append(Splice(here, piece.origin, tuple(inserted)))
        here, inserted = piece.origin + len(piece.lines), []
    if inserted or here < end:
        splices.append(Splice(here, end, tuple(inserted)))
    return splices


def edits_for(lines: Sequence[str], splices: Iterable[Splice]) -> list[TextEdit]:
    """Return text edits that do what `splices`, ascending and apart from one another, say.

    An edit of whole lines takes the line end after them along, at the end of the text the one before them.
    """
    joined: list[Splice] = []
    for splice in splices:
        if joined and joined[-1].end == splice.first:
            joined[-1] = Splice(joined[-1].first, splice.end, joined[-1].lines + splice.lines)
        else:
            joined.append(splice)
    return [_edit_for(lines, _keeping_a_line(lines, splice)) for splice in joined]


def _keeping_a_line(lines: Sequence[str], splice: Splice) -> Splice:
    """Return a splice that leaves at least an empty line behind each file boundary."""
    is_below = splice.first > 0 and is_boundary(lines[splice.first - 1])
    is_above = splice.end == len(lines) or is_boundary(lines[splice.end])
    if is_below and is_above and not splice.lines:
        return Splice(splice.first, splice.end, ("",))
    return splice


def _edit_for(lines: Sequence[str], splice: Splice) -> TextEdit:
    if splice.end < len(lines):
        text = "".join(f"{line}\n" for line in splice.lines)
        return TextEdit(Position(splice.first, 0), Position(splice.end, 0), text)
    end = Position(len(lines) - 1, len(lines[-1]))
    if splice.first == 0:
        return TextEdit(Position(0, 0), end, "\n".join(splice.lines))
    start = Position(splice.first - 1, len(lines[splice.first - 1]))
    return TextEdit(start, end, "".join(f"\n{line}" for line in splice.lines))


def _longest_rise(values: Sequence[int]) -> list[int]:
    """Return the indexes of a longest strictly rising subsequence."""
    tails: list[int] = []  # values that end the best rise of each length
    ends: list[int] = []  # and their indexes
    before: list[int] = []
    for index, value in enumerate(values):
        length = bisect_left(tails, value)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [value]
        ends[length : length + 1] = [index]
    rise: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        rise.append(index)
        index = before[index]
    return rise[::-1]
