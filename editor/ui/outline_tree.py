"""The rows of the outline, for Qt's views: which there are, and how they follow the text.

The rows own nothing: `set_outline` takes the next outline and tells the views which rows came, went, moved or changed,
so that expansion and selection survive, and a key press touches one row.

Limits: indexes carry the integer ids of nodes, never Python objects, because reading a stale object crashes. A chapter
that changes places with the part above it, under the same ids, resets the model.
"""

import os
from collections.abc import Collection, Sequence
from itertools import groupby, takewhile

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex

from editor.manuscript.outline import Node, Outline
from editor.ui.outline_changes import compare_rows, longest_rising
from editor.ui.outline_projection import project, row_id_of, walk_rows
from editor.ui.outline_rows import RowTree

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class OutlineTree(QAbstractItemModel):
    """A tree of files, parts, chapters and scenes in one column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = os.urandom(16).hex()
        """Differs for every manuscript in every window: ids mean nothing outside it."""
        self._outline: Outline | None = None
        self.rows: tuple[Node, ...] = ()
        """The rows at the top, as `editor.ui.outline_projection` makes them of the outline."""
        self._nodes: dict[int, Node] = {}
        self._tree = RowTree()

    @property
    def outline(self) -> Outline | None:
        """The outline that is shown."""
        return self._outline

    def set_outline(self, outline: Outline) -> None:
        """Show `outline`; rows of nodes that both outlines have stay the same rows.

        An outline of revision 0 is that of another manuscript: its ids say nothing about the rows there were.
        """
        old, old_rows = self._outline, self.rows
        if outline is old:
            return
        self._outline = outline
        self.rows = project(outline, old_rows)
        if old is None or outline.revision == 0:
            self.session = os.urandom(16).hex()
        if old is None or outline.revision == 0 or not old_rows:
            self._start_again()
            return
        change = compare_rows(old_rows, self.rows)
        self._nodes.update(change.added)
        self._nodes.update((node.id, node) for node in change.changed)
        for parent, wanted in change.reordered.items():
            if not self._arrange(parent, wanted):
                self._start_again()
                return
        for parent in change.reordered:
            self._remove(parent, change.gone)
        for node_id in change.gone:
            del self._nodes[node_id]
        for node in change.changed:
            index = self.index_of(node.id)
            self.dataChanged.emit(index, index)

    def index_of(self, node_id: int | None) -> QModelIndex:
        """Return the index of a node, or of the file's row that shows it; an invalid one if there is none, or for None."""
        if node_id is not None and node_id not in self._tree and self._outline and node_id in self._outline:
            node_id = row_id_of(self._outline, node_id)
        if node_id is None or node_id not in self._tree:
            return QModelIndex()
        return self.createIndex(self._tree.row(node_id), 0, node_id)

    def row_ids(self) -> Collection[int]:
        """Return the ids of all rows."""
        return self._nodes.keys()

    def node_of(self, index: Index) -> Node | None:
        """Return the node that an index shows (of a file its `FileRow`), or None."""
        return self._nodes.get(index.internalId()) if index.isValid() else None

    def _start_again(self) -> None:
        self.beginResetModel()
        self._tree = RowTree()
        self._nodes = {node.id: node for node in walk_rows(self.rows)}
        self._tree.insert(None, 0, [node.id for node in self.rows])
        for node in self._nodes.values():
            if node.children:
                self._tree.insert(node.id, 0, [child.id for child in node.children])
        self.endResetModel()

    def _arrange(self, parent: int | None, wanted: Sequence[int]) -> bool:
        """Bring `wanted` below `parent` in this order, each after the one before it; False if that cannot be done."""
        order = {node_id: position for position, node_id in enumerate(wanted)}
        rising = longest_rising([order[one] for one in self._tree.children(parent) if one in order])
        row = position = 0
        while position < len(wanted):
            node_id = wanted[position]
            if node_id not in self._tree:
                run = list(takewhile(lambda one: one not in self._tree, wanted[position:]))
                self._insert(parent, row, run)
                row, position = row + len(run), position + len(run)
                continue
            if position not in rising and not self._move(node_id, parent, row):
                return False
            row, position = self._tree.row(node_id) + 1, position + 1
        return True

    def _insert(self, parent: int | None, row: int, ids: Sequence[int]) -> None:
        self.beginInsertRows(self.index_of(parent), row, row + len(ids) - 1)
        self._tree.insert(parent, row, ids)
        self.endInsertRows()

    def _move(self, node_id: int, parent: int | None, row: int) -> bool:
        if self._tree.is_below(parent, node_id):
            return False
        old_parent, old_row = self._tree.parent(node_id), self._tree.row(node_id)
        if old_parent != parent or old_row not in {row, row - 1}:
            self.beginMoveRows(self.index_of(old_parent), old_row, old_row, self.index_of(parent), row)
            self._tree.move(node_id, parent, row)
            self.endMoveRows()
        return True

    def _remove(self, parent: int | None, gone: Collection[int]) -> None:
        """Take away the rows of `parent` that are `gone`, neighbours together, the last ones first."""
        for is_gone, run in groupby(reversed(list(self._tree.children(parent))), key=gone.__contains__):
            if is_gone:
                rows = [self._tree.row(node_id) for node_id in run]
                self.beginRemoveRows(self.index_of(parent), rows[-1], rows[0])
                self._tree.remove(parent, rows[-1], len(rows))
                self.endRemoveRows()

    def index(self, row: int, column: int = 0, parent: Index = NOWHERE) -> QModelIndex:
        """Return the index of a row below `parent`."""
        children = self._tree.children(parent.internalId() if parent.isValid() else None)
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, children[row])

    def parent(self, index: Index) -> QModelIndex:
        """Return the index of the chapter or part above `index`."""
        known = index.isValid() and index.internalId() in self._tree
        return self.index_of(self._tree.parent(index.internalId())) if known else QModelIndex()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many rows stand below `parent`."""
        return len(self._tree.children(parent.internalId() if parent.isValid() else None))

    def columnCount(self, _parent: Index = NOWHERE) -> int:
        """Return 1: a row is painted as a whole by the delegate."""
        return 1
