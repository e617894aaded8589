"""Dragging rows of the outline with the mouse: where they would land, and showing it.

What is shown is always derived from the place itself and never from the pointer: the line stands exactly where the rows
will stand, a highlighted chapter or file means "at its end", and no line means that nothing will happen. A line that stands
further in than the row of a file lies inside that file. Near the edges the list
scrolls; a closed chapter opens after a moment. Limits: rows of one view's own window; text is not dragged here.
"""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QTreeView

from editor.manuscript.selection import Place, Where
from editor.ui.outline_model import OutlineModel
from editor.ui.outline_painting import DropMark, paint_drag_card
from editor.ui.outline_places import place_below, place_near

OPEN_AFTER_MS = 650
SCROLL_EVERY_MS = 30
SCROLL_MARGIN = 28
"""Pixels from the upper and lower edge where the list starts to scroll."""


class OutlineDrag(QObject):
    """One drag over one view, from its start or its entry to the drop."""

    def __init__(self, view: QTreeView, model: OutlineModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._ids: list[int] = []
        self._pointer = QPoint()
        self.place: Place | None = None
        self._scrolling = QTimer(self, interval=SCROLL_EVERY_MS)
        self._scrolling.timeout.connect(self._scroll)
        self._opening = QTimer(self, interval=OPEN_AFTER_MS, singleShot=True)
        self._opening.timeout.connect(self._open)

    def start(self, indexes: Sequence[QModelIndex]) -> None:
        """Drag the rows at `indexes` until they are dropped or Escape is pressed."""
        data = self._model.mimeData(indexes)
        ids = self._model.ids_in_hand(data)
        if not ids or any(self._is_fixed(one) for one in ids):
            return
        drag = QDrag(self._view)
        drag.setMimeData(data)
        drag.setPixmap(paint_drag_card(self._view, self._title_of(ids[0]), len(ids)))
        drag.setHotSpot(QPoint(-12, 8))
        drag.exec(Qt.DropAction.MoveAction)
        self.end()

    def move(self, ids: list[int], pointer: QPoint) -> bool:
        """Show where `ids` would land at `pointer`; return whether they would land at all."""
        self._ids, self._pointer = ids, pointer
        self._show(self._place_at(pointer))
        self._watch_edges()
        self._watch_closed()
        return self.place is not None

    def drop(self, ids: list[int], pointer: QPoint) -> bool:
        """Ask for the move that a drop at `pointer` means; return whether there was one."""
        self._ids = ids
        place = self._place_at(pointer)
        self.end()
        self._model.request_move(ids, place)
        return place is not None

    def end(self) -> None:
        """Forget the drag and take its marks away."""
        self._ids = []
        self._scrolling.stop()
        self._opening.stop()
        self._show(None)

    def mark(self) -> DropMark | None:
        """Return what shows the place where the rows would land, in the coordinates of the viewport."""
        target = self._model.index_of(self.place.target if self.place else None)
        if self.place is None or not target.isValid():
            return None
        shown = self.shown_row(target)
        row = self._view.visualRect(shown)
        if self.place.where is Where.INTO or shown != target:
            return DropMark(QRect(0, row.top(), self._view.viewport().width(), row.height()), is_line=False)
        is_before = self.place.where is Where.BEFORE
        if target.internalId() != self.place.target:  # inside the file, beside its only chapter
            row = row.adjusted(*self._step_in())
            y = row.bottom() + 1 if is_before else self._bottom_of(target)
        else:
            y = row.top() if is_before else self._bottom_of(target)
        y = max(1, min(y, self._view.viewport().height() - 2))
        return DropMark(QRect(row.left(), y, row.width(), 1), is_line=True)

    def _step_in(self) -> tuple[int, int, int, int]:
        """What makes a row's rectangle that of a row below it."""
        step = self._view.indentation()
        is_mirrored = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return (0, 0, -step, 0) if is_mirrored else (step, 0, 0, 0)

    def _is_fixed(self, node_id: int) -> bool:
        node = self._model.node_of(self._model.index_of(node_id))
        return node is not None and node.is_cuts

    def shown_row(self, index: QModelIndex) -> QModelIndex:
        """Return the index itself, or the outermost closed row that hides it."""
        shown, above = index, index.parent()
        while above.isValid():
            shown = shown if self._view.isExpanded(above) else above
            above = above.parent()
        return shown

    def _place_at(self, pointer: QPoint) -> Place | None:
        """Return where the rows would land; only the height of the pointer counts, never how far left it is."""
        outline = self._model.outline
        if outline is None or not self._ids or any(one not in outline.paths() for one in self._ids):
            return None  # the text may change under a drag
        index = self._view.indexAt(QPoint(self._view.viewport().width() // 2, pointer.y()))
        node = self._model.node_of(index)
        if node is None:
            return place_below(outline, self._ids) if pointer.y() > 0 else None
        row = self._view.visualRect(index)
        fraction = (pointer.y() - row.top() + 0.5) / max(1, row.height())
        return place_near(outline, self._ids, node.id, fraction, is_open=self._view.isExpanded(index))

    def _show(self, place: Place | None) -> None:
        if place != self.place:
            self.place = place
            self._view.viewport().update()

    def _bottom_of(self, index: QModelIndex) -> int:
        """The lower edge of a row with all that is shown below it."""
        while self._view.isExpanded(index) and self._model.rowCount(index):
            index = self._model.index(self._model.rowCount(index) - 1, 0, index)
        return self._view.visualRect(index).bottom() + 1

    def _watch_edges(self) -> None:
        if self._speed():
            if not self._scrolling.isActive():
                self._scrolling.start()
        else:
            self._scrolling.stop()

    def _speed(self) -> int:
        """How many pixels to scroll at a time: more, the nearer the pointer is to an edge."""
        above = SCROLL_MARGIN - self._pointer.y()
        below = self._pointer.y() - (self._view.viewport().height() - SCROLL_MARGIN)
        return (max(0, below) - max(0, above)) // 2

    def _scroll(self) -> None:
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + self._speed())
        self._show(self._place_at(self._pointer))
        self._view.viewport().update()

    def _watch_closed(self) -> None:
        """Let the closed row under the pointer open after a moment; moving on to another row starts anew."""
        node = self._model.node_of(self._view.indexAt(self._pointer))
        waiting_for = self._opening.property("node") if self._opening.isActive() else None
        if node is None or not node.children or self._view.isExpanded(self._model.index_of(node.id)):
            self._opening.stop()
        elif waiting_for != node.id:
            self._opening.setProperty("node", node.id)
            self._opening.start()

    def _open(self) -> None:
        self._view.expand(self._model.index_of(self._opening.property("node")))
        self._show(self._place_at(self._pointer))

    def _title_of(self, node_id: int) -> str:
        return str(self._model.index_of(node_id).data())
