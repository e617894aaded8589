"""What may not be typed over: the boundaries between files, and lines that are folded away.

A *stretch* is a run of lines without such a line. A deletion that reaches over several stretches is done piece by piece,
so that every protected line stays and no line merges with it; text that is to go in place of such a selection goes where
the selection began. Whatever changes the document on behalf of a hand (keys, clipboard, mouse, input method) goes
through here. Commands that change the files of a manuscript are text edits of their own (`text_bridge.apply_edits`).

What is not seen is not changed by a hand; a copy, which changes nothing, takes all between its ends but the boundaries.

Limits: a selection is walked over block by block; without one, only the blocks beside the caret are looked at.
"""

from collections.abc import Callable, Iterator

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from editor.ui.text_bridge import is_boundary_block, selected_lines, veil_typed

_KEEP = QTextCursor.MoveMode.KeepAnchor

_Piece = tuple[int, int]
"""Start and end in UTF-16 units of the document."""


def is_protected(block: QTextBlock) -> bool:
    """Say whether no hand may change `block`."""
    return not block.isVisible() or is_boundary_block(block)


def selected_text(cursor: QTextCursor) -> str:
    """Return the text that `cursor` selects without the boundaries in it, its lines separated by a newline."""
    return _text_of(cursor, is_boundary_block)


def seen_text(cursor: QTextCursor) -> str:
    """Return what `PageGuard.remove` would take away: as `selected_text`, but without what is folded away."""
    return _text_of(cursor, is_protected)


class PageGuard:
    """Changes `document` as a hand may. Positions are those of Qt."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document

    def is_free(self, cursor: QTextCursor) -> bool:
        """Say whether `cursor` stands or selects in one stretch, so that Qt itself may type and delete there."""
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        blocks = list(_blocks(self._document, start, end))
        return bool(blocks) and not any(map(is_protected, blocks))

    def remove(self, cursor: QTextCursor) -> None:
        """Delete what `cursor` selects as one step of undo, all but protected lines; the caret goes to its start."""
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        pieces = list(_pieces(self._document, start, end, is_protected))
        editor = QTextCursor(cursor)
        editor.beginEditBlock()
        try:
            for left, right in reversed(pieces):
                editor.setPosition(left)
                editor.setPosition(right, _KEEP)
                editor.removeSelectedText()
        finally:
            editor.endEditBlock()
        place = self.free_position(start)
        cursor.setPosition(start if place is None else place)

    def insert(self, cursor: QTextCursor, text: str) -> bool:
        """Put `text`, as it was typed or pasted, in place of what `cursor` selects, as one step of undo.

        Return False, and leave everything as it is, if nothing of the file at that place is seen.
        """
        place = self.free_position(cursor.selectionStart())
        if place is None:
            return False
        if self.is_free(cursor):
            cursor.insertText(veil_typed(text))
            return True
        cursor.beginEditBlock()
        try:
            self.remove(cursor)
            cursor.setPosition(place)
            cursor.insertText(veil_typed(text))
        finally:
            cursor.endEditBlock()
        return True

    def free_position(self, position: int) -> int | None:
        """Return where text for `position` may go: there, else behind the boundary or beside what is folded away.

        The place is in the same file; None if nothing of that file is seen.
        """
        block = self._document.findBlock(position)
        if not is_protected(block):
            return position
        for after in _rest_of_file(block, QTextBlock.next):
            if after.isVisible():
                return after.position()
        for before in () if is_boundary_block(block) else _rest_of_file(block, QTextBlock.previous):
            if before.isVisible():
                return before.position() + before.length() - 1
        return None

    def stretch(self, position: int) -> _Piece:
        """Return start and end of the stretch around `position`; of a protected line, `position` twice."""
        block = self._document.findBlock(position)
        if is_protected(block):
            return position, position
        first = last = block
        while first.previous().isValid() and not is_protected(first.previous()):
            first = first.previous()
        while last.next().isValid() and not is_protected(last.next()):
            last = last.next()
        return first.position(), last.position() + last.length() - 1

    def clamp(self, start: int, end: int, position: int) -> _Piece:
        """Return as much of `start` to `end` as is in the stretch around `position`."""
        block = self._document.findBlock(position)
        if min(start, end) >= block.position() and max(start, end) < block.position() + block.length():
            return (position, position) if is_protected(block) else (start, end)
        left, right = self.stretch(position)
        return max(left, min(start, right)), max(left, min(end, right))


def _text_of(cursor: QTextCursor, is_left_out: Callable[[QTextBlock], bool]) -> str:
    part, lines = QTextCursor(cursor), []
    for start, end in _pieces(cursor.document(), cursor.selectionStart(), cursor.selectionEnd(), is_left_out):
        part.setPosition(start)
        part.setPosition(end, _KEEP)
        lines += selected_lines(part)
    return "\n".join(lines)


def _pieces(
    document: QTextDocument, start: int, end: int, is_left_out: Callable[[QTextBlock], bool]
) -> Iterator[_Piece]:
    """Yield the pieces of `start` to `end` that lie between the lines that are left out."""
    left: int | None = None
    right = start
    for block in _blocks(document, start, end):
        if not is_left_out(block):
            left = max(start, block.position()) if left is None else left
            right = min(end, block.position() + block.length() - 1)
        elif left is not None:
            yield left, right
            left = None
    if left is not None:
        yield left, right


def _blocks(document: QTextDocument, start: int, end: int) -> Iterator[QTextBlock]:
    block = document.findBlock(start)
    while block.isValid() and block.position() <= end:
        yield block
        block = block.next()


def _rest_of_file(block: QTextBlock, step: Callable[[QTextBlock], QTextBlock]) -> Iterator[QTextBlock]:
    """Yield the lines of a file from `block` on, which is not among them, in the direction of `step`."""
    block = step(block)
    while block.isValid() and not is_boundary_block(block):
        yield block
        block = step(block)
