"""The outline as a model: what its rows say, and what may be done with them.

The model is read-only. What the writer asks for by a drop or by editing a title leaves as a signal, becomes a text edit
elsewhere, and comes back as the next outline; the rows are never touched from here.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QModelIndex, Qt, Signal

from editor.manuscript.outline import Node
from editor.manuscript.selection import Place
from editor.markup.model import Level
from editor.ui.outline_mime import MIME_TYPE, read_mime, write_mime
from editor.ui.outline_places import gather_roots, place_at
from editor.ui.outline_projection import FileRow, kind_of, label_from
from editor.ui.outline_tree import Index, OutlineTree
from editor.ui.outline_words import describe_node, display_title, fact_of, tooltip_of

if TYPE_CHECKING:
    from editor.ui.posted_marks import PostedMark


class Role(IntEnum):
    """What can be asked about a row besides what Qt asks."""

    ID = Qt.ItemDataRole.UserRole + 1
    TITLE = Qt.ItemDataRole.UserRole + 2
    IS_TITLED = Qt.ItemDataRole.UserRole + 3
    LEVEL = Qt.ItemDataRole.UserRole + 4
    WORDS = Qt.ItemDataRole.UserRole + 5
    STATUS = Qt.ItemDataRole.UserRole + 6
    IS_EXCLUDED = Qt.ItemDataRole.UserRole + 7
    FACTS = Qt.ItemDataRole.UserRole + 8
    KIND = Qt.ItemDataRole.UserRole + 9
    """A `RowKind`."""
    EDITED = Qt.ItemDataRole.UserRole + 10
    """What is edited in the row, in words."""
    POSTED = Qt.ItemDataRole.UserRole + 11
    """How its chapter stands to what was posted of it, a `State`; None if there is nothing to tell."""


_ANSWERS: dict[int, Callable[[Node], Any]] = {
    Qt.ItemDataRole.DisplayRole: display_title,
    Role.ID: lambda node: node.id,
    Role.TITLE: lambda node: node.title,
    Role.IS_TITLED: lambda node: node.is_titled,
    Role.LEVEL: lambda node: node.level,
    Role.WORDS: lambda node: node.words,
    Role.STATUS: lambda node: fact_of(node, "status"),
    Role.IS_EXCLUDED: lambda node: not node.is_exported,
    Role.FACTS: lambda node: node.facts,
    Role.KIND: kind_of,
}

_TOLD = frozenset({Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole, Role.POSTED})

_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsEditable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemIsDropEnabled
)
_CUTS_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDropEnabled
_SCENE_FLAGS = _FLAGS | Qt.ItemFlag.ItemNeverHasChildren


class OutlineModel(OutlineTree):
    """The rows with what they say, dragged and dropped, renamed, and never changed."""

    move_requested = Signal(object, object)
    """The ids of the rows to move (a list), and the `Place` where."""
    rename_requested = Signal(int, str)
    file_rename_requested = Signal(int, str)
    """The id of a file, and its new name with its ending."""

    naming_file: int | None = None
    """The row whose file is named, and not its chapter, when it is edited next."""

    _posted: Mapping[int, "PostedMark"] = MappingProxyType({})

    def ids_in_hand(self, data: QMimeData | None, *, is_drop: bool = True) -> list[int]:
        """Return the rows in `data`: none if it is not ours, from another window, or if one of the rows is gone.

        A drop must speak of the outline that is shown; what was cut may be pasted after more typing.
        """
        rows = read_mime(data)
        if rows is None or rows.session != self.session or self.outline is None:
            return []
        if (is_drop and rows.revision != self.outline.revision) or any(
            one not in self._tree for one in rows.ids
        ):
            return []
        return gather_roots(self.outline, rows.ids)

    def request_move(self, ids: Sequence[int], place: Place | None) -> bool:
        """Ask for a move if there is anything to move; always False, so that Qt never takes rows away itself."""
        if ids and place is not None:
            self.move_requested.emit(list(ids), place)
        return False

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row says about `role`."""
        answer, node = _ANSWERS.get(role), self.node_of(index)
        if role in _TOLD and node is not None:
            return self._told(node, role)
        if role == Qt.ItemDataRole.EditRole and node is not None:
            return self._edited_text(node)
        if role == Role.EDITED and node is not None:
            return "File name" if isinstance(node, FileRow) and self._names_file(node) else "Title"
        return answer(node) if answer and node else None

    def show_posted(self, marks: Mapping[int, "PostedMark"]) -> None:
        """Show how chapters stand to what was posted of them, by the id of the row; the others have no mark."""
        before, self._posted = self._posted, dict(marks)
        for node_id in before.keys() | marks.keys():
            if before.get(node_id) != marks.get(node_id) and (index := self.index_of(node_id)).isValid():
                self.dataChanged.emit(index, index)

    def _told(self, node: Node, role: int) -> Any:
        mark = self._posted.get(node.id)
        if role == Role.POSTED:
            return mark.state if mark else None
        lines = mark.lines if mark else ()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join((describe_node(node), *lines))
        # Qt guesses whether a tooltip is rich text; escaped and marked as such, a title is shown as it stands.
        text = "\n".join((tooltip_of(node), *(f"{line}." for line in lines)))
        return f"<p style='white-space: pre-wrap'>{escape(text)}</p>"

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another title; the row changes when the text has."""
        node, text = self.node_of(index), str(value).strip()
        if node is None or role != Qt.ItemDataRole.EditRole or text == self._edited_text(node):
            return False
        if not isinstance(node, FileRow):
            self.rename_requested.emit(node.id, text)
        elif self._names_file(node):
            if text and not node.is_cuts:
                self.file_rename_requested.emit(node.id, label_from(text, node.file.title))
        elif node.chapter is not None:
            self.rename_requested.emit(node.chapter.id, text)
        return False

    def _names_file(self, row: FileRow) -> bool:
        return row.id == self.naming_file or not row.is_named_by_heading

    def _edited_text(self, node: Node) -> str:
        return node.file.title if isinstance(node, FileRow) and node.id == self.naming_file else node.title

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a row: everything; the cuts stay where they are; below all rows, a drop."""
        node = self.node_of(index)
        if node is None:
            return Qt.ItemFlag.ItemIsDropEnabled
        if node.is_cuts:
            return _CUTS_FLAGS
        return _SCENE_FLAGS if node.level is Level.SCENE else _FLAGS

    def mimeTypes(self) -> list[str]:
        """Return the one type of data that is given and taken."""
        return [MIME_TYPE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the rows at `indexes`, in the order of the text, as data for a drag or the clipboard."""
        if self.outline is None:
            return QMimeData()
        ids = gather_roots(self.outline, [index.internalId() for index in indexes if index.isValid()])
        return write_mime(self.session, self.outline.revision, ids)

    def supportedDropActions(self) -> Qt.DropAction:
        """Return that rows can be moved, and nothing else."""
        return Qt.DropAction.MoveAction

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, _column: int, parent: Index
    ) -> bool:
        """Return whether a drop before row `row` of `parent` (-1: on it) would change anything."""
        return action == Qt.DropAction.MoveAction and self._place_for(data, row, parent) is not None

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, _column: int, parent: Index
    ) -> bool:
        """Ask for the move that a drop means; False, so that Qt never takes rows away itself."""
        place = self._place_for(data, row, parent) if action == Qt.DropAction.MoveAction else None
        return self.request_move(self.ids_in_hand(data), place)

    def _place_for(self, data: QMimeData, row: int, parent: Index) -> Place | None:
        ids = self.ids_in_hand(data)
        if not ids or self.outline is None:
            return None
        return place_at(self.outline, ids, parent.internalId() if parent.isValid() else None, row)
