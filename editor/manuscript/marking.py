"""Italic and bold as the file itself writes them: what Ctrl+I and Ctrl+B do to the text.

A selection over several paragraphs gets its marks at both ends of each, as the grammar asks (6.5). What the grammar
cannot mark (a lone `?!`, the whole of a keyword heading) stays as it is: then there are no edits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from editor.manuscript.content_places import ContentPlaces
from editor.manuscript.edits import Position, TextEdit, apply_edits
from editor.manuscript.own_marks import MarkPair, mark_choices
from editor.manuscript.restyling import ContentEdit, add_style, find_styled, remove_style, trim
from editor.markup.characters import CLASS_OF, UNSPACED, WORD
from editor.markup.model import Block, Kind, Style
from editor.markup.text import MarkedText

_MARKED = frozenset({Kind.PARAGRAPH, Kind.VERSE, Kind.QUOTE, Kind.NOTE, Kind.HEADING})
_INSIDE_WORDS = "'’-\u2010\u2011"


@dataclass(frozen=True, slots=True)
class Marking:
    """The edits of a command and the selection after them."""

    edits: list[TextEdit]
    start: Position
    end: Position


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is chosen of one block: offsets in its content, trimmed."""

    block: Block
    first_line: int
    start: int
    end: int

    @property
    def places(self) -> ContentPlaces:
        return ContentPlaces(self.block, self.first_line)


def toggle_style(text: MarkedText, start: Position, end: Position, style: Style) -> Marking:
    """Give what is selected a style, or take it off if all of it has the style already.

    Without a selection the word at `start` is meant; between words a pair of marks is put around the caret, or an empty
    pair taken away.
    """
    if start == end:
        return _toggle_at_caret(text, start, style)
    pieces = list(_pieces_of(text, start, end))
    edits = _toggle(text, pieces, style)
    if not edits:
        return Marking([], start, end)
    first, last = pieces[0], pieces[-1]
    return Marking(
        edits,
        _moved(first.places.position_of(first.start), edits, is_after_insertions=True),
        _moved(last.places.position_of(last.end), edits, is_after_insertions=False),
    )


def _toggle(text: MarkedText, pieces: Sequence[_Piece], style: Style) -> list[TextEdit]:
    styled = [find_styled(piece.block.content, piece.start, piece.end, style) for piece in pieces]
    edits: list[TextEdit] = []
    choices: list[MarkPair] = []
    for piece, spans in zip(pieces, styled, strict=True):
        if all(styled):
            removed = [edit for span in spans for edit in remove_style(span, style)]
            edits += _in_text(piece.places, sorted(removed))
        elif not spans:
            choices = choices or mark_choices(text, piece.first_line, style)
            edits += _marked(text, piece, style, choices)
    return edits


def _marked(text: MarkedText, piece: _Piece, style: Style, choices: Sequence[MarkPair]) -> list[TextEdit]:
    edits = _in_text(piece.places, add_style(piece.block.content, piece.start, piece.end, style, choices))
    return edits if _keeps_its_kind(text, piece, edits) else []


def _keeps_its_kind(text: MarkedText, piece: _Piece, edits: Sequence[TextEdit]) -> bool:
    """Say whether the block, read by itself, is the same kind after the edits and has the new marks in its content.

    Marks around the whole of a keyword heading, for one, would be taken for its wrapping.
    """
    lines = text.lines[piece.first_line : piece.first_line + piece.block.height]
    lifted = [TextEdit(_lifted(edit.start, piece), _lifted(edit.end, piece), edit.text) for edit in edits]
    mode = text.file_at(piece.first_line).mode
    before = MarkedText(lines, mode).blocks
    after = MarkedText(apply_edits(lines, lifted), mode).blocks
    if [(block.kind, block.content) for block in before] != [(piece.block.kind, piece.block.content)]:
        return True  # it is what it is only among its neighbours, so nothing can be learnt this way
    growth = sum(len(edit.text) - (edit.end.column - edit.start.column) for edit in edits)
    kept = [(piece.block.kind, len(piece.block.content) + growth)]
    return [(block.kind, len(block.content)) for block in after] == kept


def _lifted(position: Position, piece: _Piece) -> Position:
    return Position(position.line - piece.first_line, position.column)


def _toggle_at_caret(text: MarkedText, caret: Position, style: Style) -> Marking:
    choices = mark_choices(text, caret.line, style)
    if emptied := _without_empty_pair(text.lines[caret.line], caret, choices):
        return emptied
    index = text.block_at(caret.line)
    if index is None:
        return _with_empty_pair(caret, choices[0])
    block, first_line = text.blocks[index], text.starts[index]
    if block.kind not in _MARKED:
        return Marking([], caret, caret)
    places = ContentPlaces(block, first_line)
    offset = places.offset_of(caret)
    start, end = _word_at(block.content, offset)
    start, end = trim(block.content, start, end)
    if start == end and not find_styled(block.content, offset, offset, style):
        return _with_empty_pair(caret, choices[0])
    edits = _toggle(text, [_Piece(block, first_line, start, end)], style)
    after = _moved(caret, edits, is_after_insertions=caret != places.position_of(end))
    return Marking(edits, after, after)


def _without_empty_pair(line: str, caret: Position, choices: Sequence[MarkPair]) -> Marking | None:
    for opening, closing in choices:
        start, end = caret.column - len(opening), caret.column + len(closing)
        if start >= 0 and line[start:end] == opening + closing:
            first = Position(caret.line, start)
            return Marking([TextEdit(first, Position(caret.line, end), "")], first, first)
    return None


def _with_empty_pair(caret: Position, pair: MarkPair) -> Marking:
    inside = Position(caret.line, caret.column + len(pair.opening))
    return Marking([TextEdit(caret, caret, "".join(pair))], inside, inside)


def _pieces_of(text: MarkedText, start: Position, end: Position) -> Iterator[_Piece]:
    """Yield what a selection chooses of each block that can be marked."""
    at_start = text.block_at(start.line)
    index = text.block_from(start.line) if at_start is None else at_start
    while index < len(text.blocks) and text.starts[index] <= end.line:
        block, first_line = text.blocks[index], text.starts[index]
        if block.kind in _MARKED:
            places = ContentPlaces(block, first_line)
            first, last = trim(block.content, places.offset_of(start), places.offset_of(end))
            if first < last:
                yield _Piece(block, first_line, first, last)
        index += 1


def _word_at(content: str, offset: int) -> tuple[int, int]:
    """Return the range of the word that an offset is in or beside; an empty range if there is none."""
    start = end = offset
    while start > 0 and _is_in_word(content, start - 1):
        start -= 1
    while end < len(content) and _is_in_word(content, end):
        end += 1
    return start, end


def _is_in_word(content: str, index: int) -> bool:
    if content[index] not in _INSIDE_WORDS:
        return CLASS_OF[content[index]] in {WORD, UNSPACED}
    return 0 < index < len(content) - 1 and all(
        CLASS_OF[content[beside]] in {WORD, UNSPACED} for beside in (index - 1, index + 1)
    )


def _in_text(places: ContentPlaces, edits: Sequence[ContentEdit]) -> list[TextEdit]:
    return [TextEdit(places.position_of(start), places.position_of(end), text) for start, end, text in edits]


def _moved(position: Position, edits: Sequence[TextEdit], *, is_after_insertions: bool) -> Position:
    """Return where a position is after edits that each stay within a line."""
    column = position.column
    for edit in edits:
        if edit.start.line != position.line or edit.start > position:
            continue
        if edit.end < position or (edit.end == position and (edit.start < edit.end or is_after_insertions)):
            column += len(edit.text) - (edit.end.column - edit.start.column)
        elif edit.start < position:
            column -= position.column - edit.start.column
    return Position(position.line, column)
