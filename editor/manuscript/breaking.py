"""Setting a scene break at a place in the text: pure functions from a position to text edits."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from editor.errors import InputError
from editor.manuscript.break_style import hard_gap
from editor.manuscript.edits import Position, TextEdit
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.shelf import Shelf, shelf_of
from editor.manuscript.trial import Outcome, find_fault_besides, refuse, try_out
from editor.markup.lines import is_blank
from editor.markup.model import PROSE, Block, Kind
from editor.markup.text import MarkedText


@dataclass(frozen=True, slots=True)
class _Style:
    """How a break is written: the line, and how many blank lines stand above and below it."""

    line: str
    above: int
    below: int


def split_scene(manuscript: Manuscript, position: Position) -> list[TextEdit]:
    """Return the edits that make two scenes of the one at `position`, in the file's own style of break.

    Inside a paragraph it is split there, and one space at the split goes. Raises InputError where there would not be
    text on both sides.
    """
    edits = insert_break(manuscript, position)
    before = sum(1 for _scene in manuscript.outline.scenes())
    if try_out(manuscript, edits).count_scenes() != before + 1:
        raise InputError(
            "A scene is split where it has text on both sides. Put the caret between two paragraphs, or inside one."
        )
    return edits


def insert_break(manuscript: Manuscript, position: Position) -> list[TextEdit]:
    """Return the edits that put a scene break at `position`, in the file's own style.

    On an empty line it takes that line, with the blank lines around it that the style asks for; at the start or end of
    a block it goes before or after; inside a paragraph it splits it. Raises InputError where anything else would read
    differently afterwards.
    """
    style = _style_at(manuscript, position.line)
    fault: str | None = None
    for least in (0, 1):
        isolated = _Style(style.line, max(style.above, least), max(style.below, least))
        edits, split = _break_at(manuscript, position, isolated)
        outcome = try_out(manuscript, edits)
        fault = fault_of_break(outcome, split)
        if fault is None:
            return edits
    raise refuse("A scene break", fault or "")


def fault_of_break(outcome: Outcome, split: Block | None) -> str | None:
    """Return what is wrong with an outcome that should be one break more, and `split` in two pieces of prose."""
    if split is not None and outcome.lost == Counter([split]):
        are_prose = all(block.kind in PROSE for block in outcome.gained)
        if are_prose and outcome.gained.total() == 2 and outcome.more_breaks == 1:
            return None
    if split is None and not outcome.lost and not outcome.gained and outcome.more_breaks == 1:
        return None
    return find_fault_besides(outcome, split) or "the break would not be read as one"


def _break_at(
    manuscript: Manuscript, position: Position, style: _Style
) -> tuple[list[TextEdit], Block | None]:
    """Return the edits, and the block that they split, if any."""
    text = manuscript.text
    index = text.block_at(position.line)
    if index is None:
        return [_break_on_blank(text, position.line, style)], None
    block, first = text.blocks[index], text.starts[index]
    if block.kind not in PROSE:
        below = position > Position(first, 0)
        return [_break_above(text, first + block.height if below else first, style)], None
    line, column = position.line, position.column
    before, after = text.lines[line][:column], text.lines[line][column:]
    if line == first and is_blank(before):
        return [_break_above(text, first, style)], None
    if line == first + block.height - 1 and is_blank(after):
        return [_break_above(text, first + block.height, style)], None
    return [_break_inside(text.lines, position, _prefix(block, line - first, text.lines[line]), style)], block


def _break_on_blank(text: MarkedText, line: int, style: _Style) -> TextEdit:
    """Turn an empty line into a break; what blank lines there are around it count."""
    lines = text.lines
    above = max(0, style.above - _count_blank(lines, line, -1)) if _has_text_above(text, line) else 0
    below = max(0, _wanted_below(text, line + 1, style) - _count_blank(lines, line + 1, 1))
    new = ("",) * above + (style.line,) + ("",) * below
    return TextEdit(Position(line, 0), Position(line, len(lines[line])), "\n".join(new))


def _break_above(text: MarkedText, line: int, style: _Style) -> TextEdit:
    """Put a break before `line`, after the blank lines there are above it, or at the end of the text."""
    lines = text.lines
    present_above, present_below = _count_blank(lines, line, -1), _count_blank(lines, line, 1)
    above = max(0, style.above - present_above) if _has_text_above(text, line) else 0
    below = max(0, _wanted_below(text, line, style) - present_below)
    new = ("",) * above + (style.line,) + ("",) * below
    if line < len(lines):
        return TextEdit(Position(line, 0), Position(line, 0), "".join(f"{each}\n" for each in new))
    end = Position(line - 1, len(lines[line - 1]))
    return TextEdit(end, end, "".join(f"\n{each}" for each in new))


def _break_inside(lines: Sequence[str], position: Position, prefix: str, style: _Style) -> TextEdit:
    """Split a block at `position`; `prefix` (indentation, quote mark) is what its lines start with.

    Between two lines of the block nothing is lost; inside a line one space at the split is.
    """
    line, column = position.line, position.column
    before, after = lines[line][:column], lines[line][column:]
    middle = "\n".join(("",) * style.above + (style.line,) + ("",) * style.below)
    if is_blank(after):
        end = Position(line, len(lines[line]))
        return TextEdit(end, end, f"\n{middle}")
    if is_blank(before.removeprefix(prefix)):
        start = Position(line, 0)
        return TextEdit(start, start, f"{middle}\n")
    start, end = position, position
    if after.startswith(" "):
        end = Position(line, column + 1)
    elif before.endswith(" "):
        start = Position(line, column - 1)
    return TextEdit(start, end, f"\n{middle}\n{prefix}")


def _prefix(block: Block, row: int, line: str) -> str:
    """Return what a line of a quotation or of verse starts with before its content."""
    if block.kind not in {Kind.QUOTE, Kind.VERSE}:
        return ""
    return next((line[:column] for at, column in block.columns if at == row), "")


def _style_at(manuscript: Manuscript, line: int) -> _Style:
    outline = manuscript.outline
    chapter = outline.chapter_at(line)
    shelf = shelf_of(manuscript, chapter) if chapter is not None else Shelf(None, 0, 0, [], [], [], [])
    starts = [unit.body.origin or 0 for unit in shelf.units]
    lines = hard_gap(manuscript, shelf, sum(start <= line for start in starts)).piece.lines
    first = next(place for place, each in enumerate(lines) if not is_blank(each))
    last = next(place for place in range(len(lines) - 1, -1, -1) if not is_blank(lines[place]))
    return _Style(lines[first], first, len(lines) - 1 - last)


def _count_blank(lines: Sequence[str], line: int, step: int) -> int:
    """Count the blank lines from `line` on, downwards (step 1), or above `line`, upwards (step -1)."""
    at = line if step > 0 else line - 1
    count = 0
    while 0 <= at < len(lines) and is_blank(lines[at]):
        at += step
        count += 1
    return count


def _has_text_above(text: MarkedText, line: int) -> bool:
    """Say whether anything stands above a line in its file."""
    first = text.file_at(max(line - 1, 0)).first
    return text.block_from(first) < text.block_from(line)


def _wanted_below(text: MarkedText, line: int, style: _Style) -> int:
    """Return how many blank lines are wanted below a break: at the end of a file one more, to write on."""
    is_end = text.block_from(line) == text.block_from(text.file_at(max(line - 1, 0)).end)
    return style.below + 1 if is_end else style.below
