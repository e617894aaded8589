"""The outline as a list one can walk, select, drag and edit.

It asks for everything by signals with ids; it changes nothing itself. Every drag has a keyboard twin: Ctrl+Shift+Up and
Down, cut and paste of rows, and "Move to chapter" in the menu. The row of the scene with the caret is marked; if its
chapter is closed, the chapter's row is.
"""

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import (
    QEvent,
    QKeyCombination,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyleOptionViewItem, QTreeView, QWidget

from editor.ui.outline_delegate import OutlineDelegate
from editor.ui.outline_drag import OutlineDrag
from editor.ui.outline_model import OutlineModel
from editor.ui.outline_painting import (
    INDENTATION,
    paint_angle,
    paint_background,
    paint_drop_mark,
    paint_empty_text,
)
from editor.ui.outline_places import place_near

Index = QModelIndex | QPersistentModelIndex

_MOVE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class OutlineView(QTreeView):
    """Rows of parts, chapters and scenes."""

    scene_activated = Signal(int)
    move_up_requested = Signal(object)
    move_down_requested = Signal(object)
    delete_requested = Signal(object)
    copy_requested = Signal(object)
    menu_requested = Signal(object, QPoint)
    """The selected ids, and where on the screen."""

    def __init__(self, model: OutlineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outlineView")
        self.setAccessibleName("Outline")
        self.setModel(model)
        self._rows = model
        self._current: int | None = None
        self._is_plain_click = False
        self.empty_text = ""
        self.drag = OutlineDrag(self, model)
        self.rows_delegate = OutlineDelegate(self)
        self.setItemDelegate(self.rows_delegate)
        self._keys = self._table_of_keys()
        self._set_up()
        self.clicked.connect(self._activate_clicked)
        # Backgrounds reach over the whole row, further than what Qt paints anew by itself.
        self.selectionModel().selectionChanged.connect(self.viewport().update)
        self.selectionModel().currentChanged.connect(self.viewport().update)

    def selected_ids(self) -> list[int]:
        """Return the selected rows in the order of the text, without those inside other selected ones."""
        return self._rows.ids_in_hand(self._rows.mimeData(self.selectedIndexes()))

    def set_current(self, node_id: int | None) -> None:
        """Mark the row of the scene with the caret and show it; neither the focus nor a selection in use changes."""
        if node_id == self._current:
            return
        self._current = node_id
        self.viewport().update()
        shown = self._shown_current()
        if not shown.isValid() or self.drag.place is not None:
            return
        if not self.hasFocus():
            self.setCurrentIndex(shown)
        self.scrollTo(shown)

    def current_id(self) -> int | None:
        """Return the id that `set_current` marked."""
        return self._current

    def forget(self) -> None:
        """Mark no row as cut or as the one with the caret."""
        self._current = None
        self._mark_cut([])

    def set_empty_text(self, text: str) -> None:
        """Show `text` where rows would be; "" where there are rows."""
        if text != self.empty_text:
            self.empty_text = text
            self.viewport().update()

    def select_first_shown(self) -> None:
        """Make the first row that is not hidden the current one, unless the current one is shown."""
        index = self.currentIndex() if self.currentIndex().isValid() else self._rows.index(0)
        while index.isValid() and self.visualRect(index).isEmpty():
            index = self.indexBelow(index)
        self.setCurrentIndex(index)

    def set_dragging(self, *, is_on: bool) -> None:
        """Allow or forbid to drag rows."""
        self.setDragEnabled(is_on)
        self.setAcceptDrops(is_on)

    def paste(self) -> None:
        """Ask to move the rows on the clipboard behind the current row."""
        ids = self._rows.ids_in_hand(QGuiApplication.clipboard().mimeData(), is_drop=False)
        node, outline = self._rows.node_of(self.currentIndex()), self._rows.outline
        if ids and node is not None and outline is not None and self.acceptDrops():
            place = place_near(outline, ids, node.id, 0.6, is_open=False)
            self._mark_cut([])
            self._rows.request_move(ids, place)

    def cut(self) -> None:
        """Put the selected rows on the clipboard, to be moved by `paste`."""
        ids = self.selected_ids()
        if ids:
            QGuiApplication.clipboard().setMimeData(self._rows.mimeData(self.selectedIndexes()))
            self._mark_cut(ids)

    def copy(self) -> None:
        """Copy the titles of the selected rows as text, and tell that it was asked for: the text is not known here."""
        ids = self.selected_ids()
        if ids:
            titles = [str(self._rows.index_of(node_id).data()) for node_id in ids]
            QGuiApplication.clipboard().setText("\n".join(titles))
            self.copy_requested.emit(ids)

    def _set_up(self) -> None:
        self.setHeaderHidden(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(INDENTATION)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDropIndicatorShown(False)
        self.setAutoScroll(False)
        self.set_dragging(is_on=True)

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
        node = self._rows.node_of(index)
        if node is not None and self._is_plain_click:
            self.scene_activated.emit(node.id)

    def _mark_cut(self, ids: list[int]) -> None:
        self.rows_delegate.cut_ids = frozenset(ids)
        self.viewport().update()

    def _shown_current(self) -> QModelIndex:
        return self.drag.shown_row(self._rows.index_of(self._current))

    def _open_menu(self, at: QPoint) -> None:
        ids = self.selected_ids()
        if ids:
            self.menu_requested.emit(ids, self.viewport().mapToGlobal(at))

    def _answer_to(self, event: QKeyEvent) -> Callable[[], None] | None:
        """What a key does here, or None if it is not ours."""
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
        node = self._rows.node_of(self.currentIndex())
        if node is not None:
            self.scene_activated.emit(node.id)

    def event(self, event: QEvent) -> bool:
        """Claim our keys before the window's shortcuts get them: Ctrl+X means rows here."""
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
        elif event.key() == Qt.Key.Key_Escape and self.rows_delegate.cut_ids:
            self._mark_cut([])
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

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the selected rows; whatever comes of it, no row is removed here."""
        self.drag.start(self.selectedIndexes())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take rows of this window and nothing else."""
        event.setAccepted(bool(self._rows.ids_in_hand(event.mimeData())))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the rows would land; the pointer says so where they would not."""
        ids = self._rows.ids_in_hand(event.mimeData())
        event.setDropAction(Qt.DropAction.MoveAction)
        event.setAccepted(self.drag.move(ids, event.position().toPoint()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the mark away."""
        self.drag.end()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the move."""
        ids = self._rows.ids_in_hand(event.mimeData())
        event.setDropAction(Qt.DropAction.MoveAction)
        event.setAccepted(self.drag.drop(ids, event.position().toPoint()))

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the background of a row over its whole width, then the row."""
        row = QRect(0, option.rect.top(), self.viewport().width(), option.rect.height())
        paint_background(self, painter, row, index, is_current=index == self._shown_current())
        plain = QStyleOptionViewItem(option)
        plain.palette.setBrush(QPalette.ColorRole.Highlight, Qt.BrushStyle.NoBrush)
        super().drawRow(painter, plain, index)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint a small angle before a row that can be opened or closed."""
        if self._rows.rowCount(index):
            paint_angle(self, painter, rect, is_open=self.isExpanded(index))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, then the mark of a drag; words if there is no row to show."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        paint_empty_text(self, painter, self.empty_text)
        paint_drop_mark(self, painter, self.drag.mark())
        painter.end()
