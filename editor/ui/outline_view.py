"""The outline as a list one can walk, select, drag and edit.

It asks for everything by signals with ids; it changes nothing itself. Every drag has a keyboard twin: Ctrl+Shift+Up and
Down, cut and paste of rows, and "Move to chapter" in the menu.
"""

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QKeyCombination,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from editor.markup.model import Level
from editor.ui.outline_model import OutlineModel
from editor.ui.outline_places import place_near
from editor.ui.outline_projection import start_of
from editor.ui.outline_tree_view import OutlineRows

_MOVE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class OutlineView(OutlineRows):
    """The rows with what keys, clicks and the clipboard do."""

    scene_activated = Signal(int)
    move_up_requested = Signal(object)
    move_down_requested = Signal(object)
    delete_requested = Signal(object)
    copy_requested = Signal(object)
    menu_requested = Signal(object, QPoint)
    """The selected ids, and where on the screen."""

    def __init__(self, model: OutlineModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.setObjectName("outlineView")
        self.setAccessibleName("Outline")
        self._is_plain_click = False
        self._keys = self._table_of_keys()
        self.clicked.connect(self._activate_clicked)

    def selected_ids(self) -> list[int]:
        """Return the selected rows in the order of the text, without those inside other selected ones."""
        return self.outline_model.ids_in_hand(self.outline_model.mimeData(self.selectedIndexes()))

    def text_ids(self) -> list[int]:
        """Return the nodes whose text the selected rows are, in its order: of a file what stands below its name."""
        outline = self.outline_model.outline
        nodes = [outline.node(node_id) for node_id in self.selected_ids()] if outline is not None else []
        return [one.id for node in nodes for one in (node.children if node.level is Level.FILE else (node,))]

    def forget(self) -> None:
        """Mark no row as cut or as the one with the caret."""
        self._current = None
        self.mark_cut([])

    def select_for_keys(self) -> None:
        """Select a row for the keys to act on, unless one is: that of the scene with the caret, else the first shown."""
        if any(not self.visualRect(index).isEmpty() for index in self.selectedIndexes()):
            return
        index = self._shown_current()
        if not index.isValid() or self.visualRect(index).isEmpty():
            index = self.outline_model.index(0)
        while index.isValid() and self.visualRect(index).isEmpty():
            index = self.indexBelow(index)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def paste(self) -> None:
        """Ask to move the rows on the clipboard behind the current row."""
        ids = self.outline_model.ids_in_hand(QGuiApplication.clipboard().mimeData(), is_drop=False)
        node, outline = self.outline_model.node_of(self.currentIndex()), self.outline_model.outline
        if ids and node is not None and outline is not None and self.acceptDrops():
            place = place_near(outline, ids, node.id, 0.6, is_open=False)
            self.mark_cut([])
            self.outline_model.request_move(ids, place)

    def cut(self) -> None:
        """Put the selected rows on the clipboard, to be moved by `paste`."""
        ids = self.selected_ids()
        if ids and not any(row.is_cuts for row in self.outline_model.rows if row.id in ids):
            QGuiApplication.clipboard().setMimeData(self.outline_model.mimeData(self.selectedIndexes()))
            self.mark_cut(ids)

    def copy(self) -> None:
        """Copy the titles of the selected rows as text, and tell that it was asked for: the text is not known here."""
        ids = self.selected_ids()
        if ids:
            titles = [str(self.outline_model.index_of(node_id).data()) for node_id in ids]
            QGuiApplication.clipboard().setText("\n".join(titles))
            self.copy_requested.emit(self.text_ids())

    def _table_of_keys(self) -> dict[QKeySequence.StandardKey | QKeyCombination, Callable[[], None]]:
        standard = QKeySequence.StandardKey
        return {
            standard.Cut: self.cut,
            standard.Copy: self.copy,
            standard.Paste: self.paste,
            standard.Delete: partial(self._emit_selected, self.delete_requested),
            QKeyCombination(_MOVE, Qt.Key.Key_Up): partial(self._emit_selected, self.move_up_requested),
            QKeyCombination(_MOVE, Qt.Key.Key_Down): partial(self._emit_selected, self.move_down_requested),
            QKeyCombination(Qt.Key.Key_Return): self._activate_current,
            QKeyCombination(Qt.KeyboardModifier.KeypadModifier, Qt.Key.Key_Enter): self._activate_current,
        }

    def _activate_clicked(self, index: QModelIndex) -> None:
        node = self.outline_model.node_of(index)
        if node is not None and self._is_plain_click:
            self.scene_activated.emit(start_of(node))

    def _open_menu(self, at: QPoint) -> None:
        ids = self.selected_ids()
        if ids:
            self.menu_requested.emit(ids, self.viewport().mapToGlobal(at))

    def _answer_to(self, event: QKeyEvent) -> Callable[[], None] | None:
        """What a key does here, or None if it is not ours."""
        if event.key() == Qt.Key.Key_Escape and self.rows_delegate.cut_ids:
            return partial(self.mark_cut, [])
        for key, answer in self._keys.items():
            if (
                event.matches(key)
                if isinstance(key, QKeySequence.StandardKey)
                else event.keyCombination() == key
            ):
                return answer
        return None

    def _emit_selected(self, signal: SignalInstance) -> None:
        ids = self.selected_ids()
        if ids:
            signal.emit(ids)

    def _activate_current(self) -> None:
        node = self.outline_model.node_of(self.currentIndex())
        if node is not None:
            self.scene_activated.emit(start_of(node))

    def event(self, event: QEvent) -> bool:
        """Claim our keys before the window's shortcuts get them: Ctrl+X means rows here, Escape those that were cut."""
        if event.type() == QEvent.Type.ShortcutOverride and self._answer_to(cast("QKeyEvent", event)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the keys of the table say; the rest is walking, as in every tree."""
        # Return in the field of a title comes here too, once the field has taken it.
        is_editing = self.state() == QAbstractItemView.State.EditingState
        answer = None if is_editing else self._answer_to(event)
        if answer is not None:
            answer()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember whether a click asks to go there or only to select."""
        self._is_plain_click = event.modifiers() == Qt.KeyboardModifier.NoModifier
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the selected rows, at the pointer or at the current row."""
        is_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self._open_menu(self.visualRect(self.currentIndex()).center() if is_key else event.pos())
