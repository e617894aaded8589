"""The rows of the outline on the screen: painted, dragged, and following the caret.

The row of the scene with the caret is marked; if its chapter is closed, the chapter's row is. What keys and clicks do
is in `editor.ui.outline_view`.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyleOptionViewItem, QTreeView, QWidget

from editor.ui.outline_delegate import OutlineDelegate
from editor.ui.outline_drag import OutlineDrag
from editor.ui.outline_model import OutlineModel, Role
from editor.ui.outline_painting import (
    INDENTATION,
    paint_angle,
    paint_background,
    paint_divider,
    paint_drop_mark,
    paint_empty_text,
)
from editor.ui.outline_projection import RowKind

Index = QModelIndex | QPersistentModelIndex


class OutlineRows(QTreeView):
    """Rows of files, parts, chapters and scenes."""

    def __init__(self, model: OutlineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.outline_model = model
        self._current: int | None = None
        self.empty_text = ""
        self.drag = OutlineDrag(self, model)
        self.rows_delegate = OutlineDelegate(self)
        self.setItemDelegate(self.rows_delegate)
        self._set_up()
        # Backgrounds reach over the whole row, further than what Qt paints anew by itself.
        self.selectionModel().selectionChanged.connect(self.viewport().update)
        self.selectionModel().currentChanged.connect(self.viewport().update)

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

    def set_empty_text(self, text: str) -> None:
        """Show `text` where rows would be; "" where there are rows."""
        if text != self.empty_text:
            self.empty_text = text
            self.viewport().update()

    def set_dragging(self, *, is_on: bool) -> None:
        """Allow or forbid to drag rows."""
        self.setDragEnabled(is_on)
        self.setAcceptDrops(is_on)

    def mark_cut(self, ids: list[int]) -> None:
        """Fade the rows that were cut and wait to be pasted."""
        self.rows_delegate.cut_ids = frozenset(ids)
        self.viewport().update()

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

    def _shown_current(self) -> QModelIndex:
        return self.drag.shown_row(self.outline_model.index_of(self._current))

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the selected rows; whatever comes of it, no row is removed here."""
        self.drag.start(self.selectedIndexes())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take rows of this window and nothing else."""
        event.setAccepted(bool(self.outline_model.ids_in_hand(event.mimeData())))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the rows would land; the pointer says so where they would not."""
        ids = self.outline_model.ids_in_hand(event.mimeData())
        event.setDropAction(Qt.DropAction.MoveAction)
        event.setAccepted(self.drag.move(ids, event.position().toPoint()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the mark away."""
        self.drag.end()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the move."""
        ids = self.outline_model.ids_in_hand(event.mimeData())
        event.setDropAction(Qt.DropAction.MoveAction)
        event.setAccepted(self.drag.drop(ids, event.position().toPoint()))

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the background of a row over its whole width, then the row."""
        row = QRect(0, option.rect.top(), self.viewport().width(), option.rect.height())
        paint_background(self, painter, row, index, is_current=index == self._shown_current())
        if index.row() and index.data(Role.KIND) == RowKind.CUTS:
            paint_divider(self, painter, row)
        plain = QStyleOptionViewItem(option)
        plain.palette.setBrush(QPalette.ColorRole.Highlight, Qt.BrushStyle.NoBrush)
        super().drawRow(painter, plain, index)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint a small angle before a row that can be opened or closed."""
        if self.outline_model.rowCount(index):
            paint_angle(self, painter, rect, is_open=self.isExpanded(index))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, then the mark of a drag; words if there is no row to show."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        paint_empty_text(self, painter, self.empty_text)
        paint_drop_mark(self, painter, self.drag.mark())
        painter.end()
