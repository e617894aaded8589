"""The page with every door guarded through which a hand changes the text: keys, clipboard, input method, Qt's own slots.

Where nothing protected is near, Qt does the editing itself; else `PageGuard` does. The mouse is in `editor.ui.page_mouse`.
"""

import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QWidget

from editor.ui.boundary_watch import has_boundaries
from editor.ui.caret_steps import step_into_sight, step_out
from editor.ui.clipboard import can_take, mime_of, plain_text_of, text_of
from editor.ui.page_guard import PageGuard, is_protected, seen_text, selected_text
from editor.ui.page_view import PageView
from editor.ui.text_bridge import position_of, veil_typed

if TYPE_CHECKING:
    from editor.ui.rich_paste import PastePlace

_Move = QTextCursor.MoveOperation
_Key = QKeySequence.StandardKey
_KEEP = QTextCursor.MoveMode.KeepAnchor

_DELETIONS = (
    (_Key.Delete, _Move.NextCharacter),
    (_Key.Backspace, _Move.PreviousCharacter),
    (_Key.DeleteEndOfWord, _Move.NextWord),
    (_Key.DeleteStartOfWord, _Move.PreviousWord),
    (_Key.DeleteEndOfLine, _Move.EndOfBlock),
)
_NEW_LINES = (_Key.InsertParagraphSeparator, _Key.InsertLineSeparator)
_VERTICAL_KEYS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_HELD_KEYS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
    }
)
_UNTYPED = frozenset({"Cc", "Cn"})
_TYPING = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
"""What is held while a printable character is typed, which is no command then."""
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
)


class GuardedPage(PageView):
    """A page on which no hand removes, doubles or edits a file boundary or what is folded away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._came_from: int | None = None
        self._is_vertical = False
        self._composition: QTextCursor | None = None  # in the line in which an input method composes
        self.cursorPositionChanged.connect(self._leave_boundary)
        self.textChanged.connect(self._leave_boundary)

    @property
    def guard(self) -> PageGuard:
        """The guard of the document that is shown."""
        return PageGuard(self._buffer.document)

    def selected_text(self) -> str:
        """Return the selected text without file boundaries, its lines separated by a newline."""
        return selected_text(self.textCursor())

    def insert_typed(self, text: str) -> None:
        """Put `text` in place of the selection, as if it had been typed."""
        cursor = self.textCursor()
        if not self.isReadOnly() and self.guard.insert(cursor, text):
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def delete_selection(self) -> None:
        """Delete what is selected, as Delete does."""
        cursor = self.textCursor()
        if cursor.hasSelection() and not self.isReadOnly():
            self.guard.remove(cursor)
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def copy(self) -> None:
        """Copy all that is selected, also what is folded away; without text in the selection, leave the clipboard."""
        if self.selected_text():
            super().copy()

    def cut(self) -> None:
        """Copy what can be deleted of the selection, and delete it."""
        text = seen_text(self.textCursor())
        if text and not self.isReadOnly():
            QGuiApplication.clipboard().setMimeData(mime_of(text))
            self.delete_selection()

    def selectAll(self) -> None:
        """Select all that is not folded away."""
        lines = self._buffer.page.shown_lines()
        if not self._buffer.page.is_folded:
            super().selectAll()
            return
        document, cursor = self._buffer.document, self.textCursor()
        last = document.findBlockByNumber(lines[-1])
        cursor.setPosition(document.findBlockByNumber(lines[0]).position())
        cursor.setPosition(last.position() + last.length() - 1, _KEEP)
        self.setTextCursor(cursor)

    def clear(self) -> None:
        """Delete all text that is seen; unlike Qt's, it can be undone and leaves the boundaries."""
        self.selectAll()
        self.delete_selection()

    def setPlainText(self, text: str) -> None:
        """Put `text` in place of all that is seen, behind the first boundary; a manuscript is loaded by its buffer."""
        self.selectAll()
        self.insert_typed(text)

    def insertPlainText(self, text: str) -> None:
        """Put `text` in place of the selection."""
        self.insert_typed(text)

    def appendPlainText(self, text: str) -> None:
        """Put `text` behind the last line."""
        self.moveCursor(_Move.End)
        self.insert_typed("\n" + text)

    def appendHtml(self, html: str) -> None:
        """Put the words of `html` behind the last line."""
        self.appendPlainText(plain_text_of(html))

    def _leave_boundary(self) -> None:
        page = self._buffer.page
        if (
            self._composition is None
            and not page.is_folded
            and not has_boundaries(self._buffer.read_so_far.text)
        ):
            return
        cursor = self.textCursor()
        before = self._came_from if self._is_vertical else None
        has_moved = page.is_folded and step_into_sight(cursor, page.shown_lines(), before)
        if has_moved or step_out(cursor, self._came_from, is_vertical=self._is_vertical):
            self.setTextCursor(cursor)
        if self._composition is not None and self._composition.block() != cursor.block():
            self._end_composition()

    def _press_key(self, event: QKeyEvent) -> bool:
        """Do what `event` asks for if it is an edit that Qt must not do here; say whether it was."""
        if event.modifiers() in _TYPING and event.text().isprintable() and event.text():
            return self._type(event)
        if event.matches(_Key.Cut):
            self.cut()
        elif event.matches(_Key.Copy):
            self.copy()
        elif event.matches(_Key.SelectAll):
            self.selectAll()
        elif self.isReadOnly():
            return False
        elif any(map(event.matches, _NEW_LINES)):
            self.insert_typed("\n")  # a file has no other line end
        elif (move := _deletion_of(event)) is not None:
            return self._delete(move)
        else:
            return self._type(event)
        return True

    def _type(self, event: QKeyEvent) -> bool:
        """Type the text of `event` if Qt must not do so here; say whether that was so."""
        text = _typed_text(event)
        if self.isReadOnly() or not text:
            return False
        if veil_typed(text) == text and self.guard.is_free(self.textCursor()):
            return False
        self.insert_typed(text)
        return True

    def _delete(self, move: QTextCursor.MoveOperation) -> bool:
        """Delete the selection, or what `move` passes over in the caret's stretch; say whether that was ours to do."""
        cursor, guard = self.textCursor(), self.guard
        is_plain = move in (_Move.NextCharacter, _Move.PreviousCharacter)
        if cursor.hasSelection():
            if guard.is_free(cursor):
                return False
            self.delete_selection()
            return True
        position = cursor.position()
        cursor.movePosition(move, _KEEP)
        reach = cursor.selectionStart(), cursor.selectionEnd()
        start, end = guard.clamp(*reach, position)
        if is_plain and (start, end) == reach and not is_protected(cursor.block()):
            return False  # Qt joins such deletions to one step of undo
        cursor.setPosition(start)
        cursor.setPosition(end, _KEEP)
        if start < end:
            guard.remove(cursor)
            self.setTextCursor(cursor)
        return True

    def _end_composition(self) -> None:
        """Have composed text committed before a key that the input method left to us, or when the caret has gone.

        WORKAROUND(Qt 6.11): Up and Down in a line with composed text count it as text and leave the document.
        """
        place = self._composition
        if place is None:
            return
        if place.block() == self.textCursor().block():
            QGuiApplication.inputMethod().commit()
        self._composition = None
        self._forget_composed(place)

    def _forget_composed(self, place: QTextCursor) -> None:
        block = place.block()
        layout = block.layout()
        if layout is not None and layout.preeditAreaText():
            layout.setPreeditArea(-1, "")
            layout.clearFormats()
            self._buffer.document.markContentsDirty(block.position(), block.length())
            self._want_formats()

    def _make_room_for(self, event: QInputMethodEvent) -> QInputMethodEvent | None:
        """Take away what `event` would replace of a selection, and return it so that it harms nothing else.

        None if there is no place for it.
        """
        cursor, guard = self.textCursor(), self.guard
        if not _is_input(event, cursor):
            return event
        if cursor.hasSelection() or not guard.is_free(cursor):
            guard.remove(cursor)
            self.setTextCursor(cursor)
            if not guard.is_free(cursor):
                return None
        position, commit = cursor.position(), veil_typed(event.commitString())
        start = position + event.replacementStart()
        left, right = guard.clamp(start, start + event.replacementLength(), position)
        if commit == event.commitString() and (left, right - left) == (start, event.replacementLength()):
            return event
        safe = QInputMethodEvent(event.preeditString(), event.attributes())
        safe.setCommitString(commit, left - position, right - left)
        return safe

    def createMimeDataFromSelection(self) -> QMimeData:
        """Give every character of the selection away, and no boundary."""
        return mime_of(self.selected_text())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text; leave files and scenes to others."""
        return can_take(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take the text of `source` in place of the selection."""
        if can_take(source):
            self.insert_typed(text_of(source, self._paste_place))

    def _paste_place(self) -> "PastePlace":
        from editor.ui.rich_paste import place_at

        cursor, document = self.textCursor(), self._buffer.document
        first = position_of(document, cursor.selectionStart())
        last = position_of(document, cursor.selectionEnd())
        return place_at(self._buffer.read_so_far, (first.line, first.column), (last.line, last.column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Qt do what is harmless; a caret that a key moves onto a boundary goes on."""
        if event.key() not in _HELD_KEYS:
            self._end_composition()
        if self._press_key(event):
            event.accept()
            return
        self._came_from = self.textCursor().position()
        self._is_vertical = event.key() in _VERTICAL_KEYS
        try:
            super().keyPressEvent(event)
        finally:
            self._came_from, self._is_vertical = None, False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Compose as Qt does; its formats for the composed text take away ours, which are put back."""
        allowed = None if self.isReadOnly() else self._make_room_for(event)
        if allowed is None:  # Qt would commit text even to a page that is only read
            event.ignore()
            return
        super().inputMethodEvent(allowed)
        event.setAccepted(allowed.isAccepted())
        block, before = self.textCursor().block(), self._composition
        is_composing = bool(block.layout().preeditAreaText())
        self._composition = QTextCursor(block) if is_composing else None
        if before is not None and before.block() != block:
            self._forget_composed(before)
        if is_composing:
            self._highlighter.add_composition(block, block.layout().formats())
        else:
            self._want_formats()
            self.viewport().update()


def _deletion_of(event: QKeyEvent) -> QTextCursor.MoveOperation | None:
    """Return how far the deletion goes that `event` asks for; None if it asks for none."""
    if event.key() == Qt.Key.Key_Backspace and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
        return _Move.PreviousCharacter  # which Qt's table of standard keys does not have on every platform
    return next((move for key, move in _DELETIONS if event.matches(key)), None)


def _typed_text(event: QKeyEvent) -> str:
    """Return the text that `event` types, by Qt's own rule; empty if it is a command or types nothing."""
    text, held = event.text(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if not text or held in _COMMANDS:
        return ""
    return text if text[0] == "\t" or unicodedata.category(text[0]) not in _UNTYPED else ""


def _is_input(event: QInputMethodEvent, cursor: QTextCursor) -> bool:
    """Say, by Qt's own rule, whether `event` composes or commits anything."""
    known = cursor.block().layout().preeditAreaText()
    return bool(event.commitString() or event.replacementLength() > 0 or event.preeditString() != known)
