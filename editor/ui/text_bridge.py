"""The one place where our lines and columns meet Qt's text.

Qt counts UTF-16 units and cannot carry every character: it drops a leading U+FEFF and lone surrogates, and takes U+2029,
U+FDD0, U+FDD1 and a carriage return for the end of a block. Such a character is *veiled*: it stands in the document as
one private-use character of plane 16, and a character of the text that looks like a veiled one gets an escape before it.
Ordinary text holds none of these, and a quick test finds that out.

A file boundary is a carriage return and a label among our lines, and U+001C and the label in the document, because no
text that was loaded, typed or pasted can bring a bare U+001C there: that of a text is veiled.

Nothing else in the program converts positions, and nothing else reads text out of a `QTextDocument`: `toPlainText` turns
no-break spaces into spaces and U+2028 into a new line.
"""

import re
from collections.abc import Sequence

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from editor.manuscript.edits import Position, TextEdit
from editor.markup.lines import BOUNDARY, split_lines

_PLANE_16 = 0x100000
_ESCAPE = "\U0010fffd"
_UNSAFE = "\x1c\u2029\ufdd0\ufdd1\ufeff\ud800-\udfff"
_VEILED = "\U0010001c\U00102029\U0010fdd0\U0010fdd1\U0010feff\U0010d800-\U0010dfff"
_TO_VEIL = re.compile(f"[{_UNSAFE}{_VEILED}{_ESCAPE}]")
_TO_UNVEIL = re.compile(f"{_ESCAPE}[{_VEILED}{_ESCAPE}]|[{_VEILED}]")
_WIDE = re.compile(f"[{_UNSAFE}\U00010000-\U0010ffff]")

_PLANE_16_BYTE = b"\xf4"  # the first byte of all its characters in UTF-8
_UNSAFE_BYTES = (
    b"\x1c",  # the only one in ASCII
    _PLANE_16_BYTE,
    *(character.encode("utf-8") for character in "\u2029\ufdd0\ufdd1\ufeff"),
)


BOUNDARY_MARK = "\x1c"
"""What a file boundary begins with in the document; `BOUNDARY` of `editor.markup.lines` in our lines."""


def veil(text: str) -> str:
    """Return `text`, lines of a manuscript, as Qt can carry it; a boundary stays one."""
    veiled = text if _is_ordinary(text) else _TO_VEIL.sub(_veiled, text)
    return veiled.replace(BOUNDARY, BOUNDARY_MARK)


def veil_typed(text: str) -> str:
    """Return `text` that was typed, pasted or dropped as Qt can carry it: whatever is in it, it makes no boundary.

    NULs, with which some programs end a text, are left out: a file with one would not be opened as text again.
    """
    return veil("\n".join(split_lines(text.replace("\0", ""))))


def unveil(text: str) -> str:
    """Return the text that was given to `veil`."""
    shown = text.replace(BOUNDARY_MARK, BOUNDARY)
    return _TO_UNVEIL.sub(_unveiled, shown) if _may_be_veiled(shown) else shown


def is_boundary_block(block: QTextBlock) -> bool:
    """Say whether `block` is a boundary between two files."""
    return block.text().startswith(BOUNDARY_MARK)


def label_of(block: QTextBlock) -> str:
    """Return the label of a boundary: the name of the file that begins behind it."""
    return unveil(block.text()[len(BOUNDARY_MARK) :])


def is_wide(line: str) -> bool:
    """Say whether some character of `line` takes more than one UTF-16 unit in its block."""
    return not (line.isascii() and _is_ordinary(line)) and _WIDE.search(line) is not None


def utf16_column(line: str, column: int) -> int:
    """Return where code point `column` of `line` stands in its block, in UTF-16 units."""
    head = line[:column]
    return len(head) + sum(_extra_units(found.group()) for found in _WIDE.finditer(head))


def code_point_column(line: str, utf16: int) -> int:
    """Return the code point of `line` that covers unit `utf16` of its block; inside a pair, that of the pair."""
    extra = 0
    for found in _WIDE.finditer(line, 0, utf16 + 1):  # in a giant line, what comes behind is not looked at
        start = found.start() + extra
        if start >= utf16:
            break
        width = 1 + _extra_units(found.group())
        if utf16 < start + width:
            return found.start()
        extra += width - 1
    return min(utf16 - extra, len(line))


def line_of(block: QTextBlock) -> str:
    """Return the line that `block` shows."""
    return unveil(block.text())


def load_lines(document: QTextDocument, lines: Sequence[str]) -> None:
    """Replace everything in `document` by `lines`; the undo history starts afresh and the document is unmodified."""
    document.setUndoRedoEnabled(False)
    document.setPlainText(veil("\n".join(lines)))
    document.setUndoRedoEnabled(True)
    document.setModified(False)


def read_lines(document: QTextDocument) -> list[str]:
    """Return all lines of `document`, exactly as they were loaded or typed."""
    return _lines_in(document.toRawText())


def read_block_lines(document: QTextDocument, first: int, end: int) -> list[str]:
    """Return the lines from `first` up to `end`, which is not included."""
    block = document.findBlockByNumber(first)
    if end - first == 1:
        return [unveil(block.text())]
    last = document.findBlockByNumber(end - 1)
    cursor = QTextCursor(block)
    cursor.setPosition(last.position() + last.length() - 1, QTextCursor.MoveMode.KeepAnchor)
    return selected_lines(cursor)


def selected_lines(cursor: QTextCursor) -> list[str]:
    """Return the lines that `cursor` selects, the first and the last as far as they are selected."""
    return _lines_in(cursor.selectedText())


def position_of(document: QTextDocument, utf16_position: int) -> Position:
    """Return the line and column of Qt's position `utf16_position`."""
    block = document.findBlock(utf16_position)
    return Position(block.blockNumber(), code_point_column(line_of(block), utf16_position - block.position()))


def utf16_position(document: QTextDocument, position: Position) -> int:
    """Return Qt's position of `position`; one past the end of a line or of the text is taken for that end."""
    block = document.findBlockByNumber(position.line)
    if not block.isValid():
        return document.characterCount() - 1
    return block.position() + utf16_column(line_of(block), position.column)


def apply_edits(document: QTextDocument, edits: Sequence[TextEdit], *, joins: bool = False) -> None:
    """Apply `edits`, as `editor.manuscript.edits` describes them, as one step of undo, or as part of the step before."""
    if not edits:
        return
    cursor = QTextCursor(document)
    cursor.setPosition(utf16_position(document, edits[0].start))  # where undo will put the caret
    if joins:
        cursor.joinPreviousEditBlock()
    else:
        cursor.beginEditBlock()
    try:
        for edit in reversed(edits):
            cursor.setPosition(utf16_position(document, edit.start))
            cursor.setPosition(utf16_position(document, edit.end), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(veil(edit.text))
    finally:
        cursor.endEditBlock()


def _lines_in(raw: str) -> list[str]:
    """Return the lines of what Qt gives as text; only the line ends of Qt stand in it as U+2029."""
    return unveil(raw.replace("\u2029", "\n")).split("\n")


def _is_ordinary(text: str) -> bool:
    """Say whether `veil` has nothing to do; a few searches for bytes are ten times as quick as a regular expression."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:  # lone surrogates
        return False
    return not any(part in data for part in (_UNSAFE_BYTES[:1] if text.isascii() else _UNSAFE_BYTES))


def _may_be_veiled(text: str) -> bool:
    return not text.isascii() and _PLANE_16_BYTE in text.encode("utf-8", "surrogatepass")


def _veiled(found: re.Match[str]) -> str:
    character = found.group()
    return _ESCAPE + character if character >= "\U00100000" else chr(_PLANE_16 + ord(character))


def _unveiled(found: re.Match[str]) -> str:
    text = found.group()
    return text[1] if len(text) == 2 else chr(ord(text) - _PLANE_16)


def _extra_units(character: str) -> int:
    """Return how many UTF-16 units more than one `character` takes in the document."""
    return len(veil(character).encode("utf-16-le")) // 2 - 1
