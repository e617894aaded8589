"""Which rows of the outline are open when they are new; afterwards the writer opens and closes them.

Of a long manuscript only the parts, and the files with several chapters, are open at first. What was cut is looked at when it is
wanted.
"""

from PySide6.QtCore import QModelIndex, QObject

from editor.ui.outline_model import Role
from editor.ui.outline_projection import RowKind, kind_of, walk_rows
from editor.ui.outline_view import OutlineView

ALL_OPEN_UP_TO = 400
"""The number of rows up to which a manuscript is shown with all its chapters open."""
_CLOSED = {RowKind.SCENE, RowKind.CUTS}


class OutlineOpening(QObject):
    """Remembers the rows that are new in a view, and opens them once all rows stand where they belong."""

    def __init__(self, view: OutlineView) -> None:
        super().__init__(view)
        self._view = view
        self._new: list[int] = []
        view.outline_model.rowsInserted.connect(self._note_new)
        view.outline_model.modelReset.connect(self._note_all)

    def open_new(self) -> None:
        """Open the rows that came since the last time."""
        for node_id in self._new:
            self._view.expand(self._view.outline_model.index_of(node_id))
        self._new = []

    def _note_new(self, parent: QModelIndex, first: int, last: int) -> None:
        rows = (self._view.outline_model.index(row, 0, parent) for row in range(first, last + 1))
        self._new += [index.data(Role.ID) for index in rows if index.data(Role.KIND) not in _CLOSED]

    def _note_all(self) -> None:
        rows = list(walk_rows(self._view.outline_model.rows))
        closed = _CLOSED if len(rows) <= ALL_OPEN_UP_TO else {*_CLOSED, RowKind.CHAPTER}
        self._new = [row.id for row in rows if kind_of(row) not in closed]
