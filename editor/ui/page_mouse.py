"""The page under the mouse: clicks on a file boundary, dragging a selection, dropping, the menu of the right button.

Qt would delete a dragged or cut selection itself, over every boundary in it; so the drag, the drop of one's own text and
the commands of the menu are done here. A drag takes what it can take away, so that moving text doubles nothing.
"""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragLeaveEvent,
    QDropEvent,
    QMouseEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from editor.ui.clipboard import OwnText, fill
from editor.ui.guarded_page import GuardedPage
from editor.ui.page_guard import seen_text
from editor.ui.text_bridge import is_boundary_block

_LEFT, _NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
_COPY, _MOVE = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction


class DraggedText(OwnText):
    """Text that is being dragged away from a page. `source` is that page."""

    def __init__(self, source: "MousePage", text: str) -> None:
        super().__init__()
        self.source = source
        fill(self, text)


class MousePage(GuardedPage):
    """A guarded page with what the mouse does on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._press: QPointF | None = None  # where the button went down on the selection
        self._dragged: QTextCursor | None = None
        self._is_spent = False  # the pressed button has dragged and does nothing more

    def page_menu(self) -> QMenu:
        """Return the menu of the right button: the commands that Qt offers, done by the page."""
        menu, offered = QMenu(self), self.createStandardContextMenu()
        commands = {
            "edit-undo": self.undo,
            "edit-redo": self.redo,
            "edit-cut": self.cut,
            "edit-copy": self.copy,
            "edit-paste": self.paste,
            "edit-delete": self.delete_selection,
            "select-all": self.selectAll,
        }
        for action in offered.actions():
            command = commands.get(action.objectName())
            if action.isSeparator():
                menu.addSeparator()
            elif command is not None:
                mine = menu.addAction(action.icon(), action.text(), command)
                mine.setObjectName(action.objectName())
                mine.setEnabled(action.isEnabled())
        offered.deleteLater()
        return menu

    def drag_selection(self) -> None:
        """Drag what is selected and seen; if it is moved away, delete it here."""
        self._dragged = QTextCursor(self.textCursor())
        drag = QDrag(self)  # not the viewport, as Qt has it: Qt deletes what its own drags have moved
        drag.setMimeData(DraggedText(self, seen_text(self._dragged)))
        try:
            action = self.run_drag(drag, _COPY if self.isReadOnly() else _COPY | _MOVE)
            moved = self.take_dragged()
        finally:
            self._dragged = None
        if action == _MOVE and moved is not None and not self.isReadOnly():
            self.guard.remove(moved)
            self.setTextCursor(moved)

    def run_drag(self, drag: QDrag, actions: Qt.DropAction) -> Qt.DropAction:
        """Let the writer drag, and return what became of it."""
        return drag.exec(actions, _MOVE if actions & _MOVE else _COPY)

    def take_dragged(self) -> QTextCursor | None:
        """Return what is being dragged from here, once: who takes it sees to its deletion."""
        dragged, self._dragged = self._dragged, None
        return dragged

    def _may_move(self, event: QDropEvent, source: "MousePage") -> bool:
        return event.dropAction() == _MOVE and source.buffer is self._buffer

    def _drop_moved(self, event: QDropEvent, source: "MousePage") -> bool:
        """Move text inside the document as one step of undo; say whether it went anywhere."""
        dragged = source.take_dragged()
        target = self.guard.free_position(self.cursorForPosition(event.position().toPoint()).position())
        if dragged is None or target is None or self.isReadOnly():
            return False
        if dragged.selectionStart() <= target <= dragged.selectionEnd():
            return False
        dragged.beginEditBlock()
        try:
            super().dropEvent(event)
            self.guard.remove(dragged)
        finally:
            dragged.endEditBlock()
        return True

    def _is_boundary_at(self, event: QMouseEvent) -> bool:
        return is_boundary_block(self.cursorForPosition(event.position().toPoint()).block())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take note of a press on the selection, which may become a drag."""
        before = self.textCursor()
        super().mousePressEvent(event)
        after = self.textCursor()
        held = event.button() == _LEFT and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        is_kept = (after.anchor(), after.position()) == (before.anchor(), before.position())
        self._is_spent = False
        self._press = event.position() if held and is_kept and after.hasSelection() else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the selection once the mouse has gone far enough."""
        if self._is_spent:
            return
        if self._press is None or not event.buttons() & _LEFT:
            super().mouseMoveEvent(event)
            return
        way = (event.position() - self._press).toPoint()
        if way.manhattanLength() < QApplication.startDragDistance():
            return
        press, self._press, self._is_spent = self._press, None, True
        cursor = self.textCursor()
        super().mouseReleaseEvent(
            _release(self, press)
        )  # Qt, too, waits to drag, and drops the selection instead
        self.setTextCursor(cursor)
        self.drag_selection()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let Qt know, unless it has been told before the drag."""
        is_spent, self._press, self._is_spent = self._is_spent, None, False
        if not is_spent:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word, but nothing of a boundary."""
        if self._is_boundary_at(event):
            event.accept()
        else:
            super().mouseDoubleClickEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what is dropped; text of this manuscript that is moved arrives once and leaves its boundaries."""
        mime = event.mimeData()
        if not isinstance(mime, DraggedText) or not self._may_move(event, mime.source):
            super().dropEvent(event)
            return
        if not self._drop_moved(event, mime.source):
            super().dragLeaveEvent(QDragLeaveEvent())  # takes away the mark of where the text would go
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu of the page."""
        menu = self.page_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())


def _release(page: QWidget, place: QPointF) -> QMouseEvent:
    """Return the release of the left button at `place` of the viewport of `page`."""
    point = QPointF(page.mapToGlobal(place))
    kind = QMouseEvent.Type.MouseButtonRelease
    return QMouseEvent(kind, place, point, _LEFT, _NO_BUTTON, Qt.KeyboardModifier.NoModifier)
