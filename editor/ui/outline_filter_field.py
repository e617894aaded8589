"""The field above the outline that narrows it.

While it holds something, only the rows that fit are shown, all chapters are open, and rows cannot be dragged: a place
between two rows that are shown may not be one place. When it is emptied, everything stands as it stood before.
"""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QWidget

from editor.markup.model import Level
from editor.ui.icons import themed_icon
from editor.ui.outline_filter import rows_left
from editor.ui.outline_projection import walk_rows
from editor.ui.outline_view import OutlineView

AGAIN_AFTER_MS = 150
"""How long after a change of the text the filter is applied anew, so that typing never waits for it."""


class OutlineFilterField(QLineEdit):
    """Hides the rows of a view that do not fit what is typed."""

    filtered = Signal()
    """Other rows are shown than before."""

    def __init__(self, view: OutlineView, parent: QWidget | None = None) -> None:
        super().__init__(parent, placeholderText="Filter scenes", clearButtonEnabled=True)
        self.setObjectName("outlineFilter")
        self.setAccessibleName("Filter scenes")
        self._view = view
        self._hidden: set[int] = set()
        self._open_before: set[int] | None = None
        self._again = QTimer(self, interval=AGAIN_AFTER_MS, singleShot=True)
        self._lens = QAction(self)
        self.addAction(self._lens, QLineEdit.ActionPosition.LeadingPosition)
        self._tint()
        self.textChanged.connect(self._apply)
        self._again.timeout.connect(self._apply)

    @property
    def hides_all(self) -> bool:
        """Whether no row is left."""
        return bool(self._hidden) and self._hidden.issuperset(self._view.outline_model.row_ids())

    @property
    def is_filtering(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.text().split())

    def follow(self) -> None:
        """The outline has changed: filter it anew soon, if it is filtered."""
        if self.is_filtering:
            self._again.start()

    def forget(self) -> None:
        """Another manuscript comes: show all of it."""
        self._hidden, self._open_before = set(), None
        self.clear()

    def _apply(self) -> None:
        model = self._view.outline_model
        left = rows_left(model.rows, self.text())
        hidden = set() if left is None else set(model.row_ids()) - left
        for node_id in hidden ^ self._hidden:
            index = model.index_of(node_id)
            if index.isValid():
                self._view.setRowHidden(index.row(), index.parent(), node_id in hidden)
        self._hidden = hidden
        self._remember_open(is_filtered=left is not None)
        self._view.set_dragging(is_on=left is None)
        self.filtered.emit()

    def _remember_open(self, *, is_filtered: bool) -> None:
        """Open everything while filtered, and afterwards only what was open before."""
        model = self._view.outline_model
        rows = [row for row in walk_rows(model.rows) if row.level is not Level.SCENE]
        indexes = {row.id: model.index_of(row.id) for row in rows}
        if is_filtered:
            if self._open_before is None:
                self._open_before = {one for one, index in indexes.items() if self._view.isExpanded(index)}
            for index in indexes.values():
                self._view.expand(index)
        elif self._open_before is not None:
            for node_id, index in indexes.items():
                self._view.setExpanded(index, node_id in self._open_before)
            self._open_before = None
            self._view.scrollTo(self._view.currentIndex())

    def _tint(self) -> None:
        self._lens.setIcon(themed_icon("find", self.palette().color(QPalette.ColorRole.PlaceholderText)))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the lens in the colour of a new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties the field, Down and Return go to the rows."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._view.setFocus(Qt.FocusReason.TabFocusReason)
            self._view.select_for_keys()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Claim Escape before the window's shortcuts get it, while there is something to empty."""
        is_claim = event.type() == QEvent.Type.ShortcutOverride and bool(self.text())
        if is_claim and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)
