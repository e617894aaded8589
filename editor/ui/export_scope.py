"""Choose what of the manuscript to export: all of it, or chapters and scenes ticked in a list.

The rows are those of the outline, without what was cut.
"""

from collections.abc import Callable, Collection, Iterator, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
    QVBoxLayout,
    QWidget,
)

from editor.manuscript.outline import Node, Outline
from editor.markup.model import Level
from editor.ui.outline_projection import FileRow, project
from editor.ui.outline_words import display_title

PLACE = Qt.ItemDataRole.UserRole
CHAPTER = Qt.ItemDataRole.UserRole + 1
"""The place of what a row stands for to the writer: of a file that is one chapter, the chapter's."""


class ExportScope(QWidget):
    """A tick for the whole manuscript and, without it, a tree of chapters and scenes to tick."""

    scope_changed = Signal()

    def __init__(
        self, outline: Outline, chosen: Collection[int] | None, parent: QWidget | None = None
    ) -> None:
        """`chosen`: ids of nodes that are ticked at first; None for everything."""
        super().__init__(parent)
        self._whole = QCheckBox("The whole manuscript", self)
        self._whole.setChecked(chosen is None)
        self._whole.setObjectName("exportWhole")
        self._whole.setAccessibleName("Export the whole manuscript")
        self._tree = QTreeWidget(self, columnCount=1)
        self._tree.setHeaderHidden(True)
        self._tree.setObjectName("exportScopeTree")
        self._tree.setAccessibleName("Chapters and scenes to export")
        self.stale_for: Callable[[str], tuple[list[int], str]] = lambda _target: ([], "")
        self._stale: list[int] = []
        self._changed = QPushButton("&Only what changed since it was posted", self)
        self._changed.setObjectName("exportOnlyChanged")
        self._changed.setAccessibleName("Export only what changed since it was posted")
        self._changed.clicked.connect(self._tick_changed)
        self._why = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._why.setObjectName("exportOnlyChangedWhy")
        self._places = {node.id: place for place, node in enumerate(outline.walk())}
        for node in project(outline):
            if not node.is_cuts:
                self._tree.addTopLevelItem(self._make_item(node, chosen or ()))
        self._tree.expandAll()
        self._tree.setEnabled(chosen is not None)
        layout = QVBoxLayout(self)
        layout.addWidget(self._whole)
        layout.addWidget(self._tree)
        layout.addWidget(self._changed)
        layout.addWidget(self._why)
        self._whole.toggled.connect(self._switch)
        self._tree.itemChanged.connect(lambda *_: self.scope_changed.emit())

    def ordinals(self) -> frozenset[int] | None:
        """Return the places in the outline of the scenes and chapters to export, or None for everything."""
        if self._whole.isChecked():
            return None
        found: set[int] = set()
        for index in range(self._tree.topLevelItemCount()):
            self._collect(self._tree.topLevelItem(index), found)
        return frozenset(found)

    def show_target(self, target: str) -> None:
        """Offer what has changed since it was posted to `target`, or say why there is nothing to offer."""
        self._stale, why = self.stale_for(target)
        self._changed.setEnabled(bool(self._stale))
        self._why.setText(why)
        self._why.setVisible(bool(why))

    def _tick_changed(self) -> None:
        """Tick the chapters that have changed, and nothing else."""
        places = {self._places[node_id] for node_id in self._stale if node_id in self._places}
        with QSignalBlocker(self._tree), QSignalBlocker(self._whole):
            self._whole.setChecked(False)
            self._tree.setEnabled(True)
            items = list(_items_of(self._tree))
            self._tick_only([item for item in items if item.data(0, CHAPTER) in places], items)
        self.scope_changed.emit()

    def _tick_only(self, ticked: Sequence[QTreeWidgetItem], items: Sequence[QTreeWidgetItem]) -> None:
        with QSignalBlocker(self._tree.model()):  # else a part looks at all its chapters at each of them
            for item in items:
                if not item.childCount():
                    item.setCheckState(0, Qt.CheckState.Unchecked)
            for item in ticked:
                _tick(item)
        self._tree.viewport().update()

    def ids(self) -> frozenset[int] | None:
        """Return the ids of the scenes and chapters to export, or None for everything."""
        places = self.ordinals()
        return (
            None if places is None else frozenset(each for each, at in self._places.items() if at in places)
        )

    def _make_item(self, node: Node, chosen: Collection[int]) -> QTreeWidgetItem:
        item = QTreeWidgetItem(
            [display_title(node) if isinstance(node, FileRow) else node.title or "(untitled)"]
        )
        item.setData(0, PLACE, self._places[node.id])
        chapter = node.chapter if isinstance(node, FileRow) else node
        item.setData(0, CHAPTER, None if chapter is None else self._places[chapter.id])
        for child in node.children:
            item.addChild(self._make_item(child, chosen))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
        if node.children:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsAutoTristate)
        if node.id in chosen or (isinstance(node, FileRow) and node.chapter and node.chapter.id in chosen):
            _tick(item)
        elif not node.children:
            item.setCheckState(0, Qt.CheckState.Unchecked)
        if node.level is not Level.SCENE and not _is_only_file(node) and item.font(0).weight() < 600:
            font = item.font(0)
            font.setBold(True)
            item.setFont(0, font)
        return item

    def _collect(self, item: QTreeWidgetItem | None, found: set[int]) -> None:
        if item is None:
            return
        if item.checkState(0) is Qt.CheckState.Checked:
            found.add(int(item.data(0, PLACE)))
        for index in range(item.childCount()):
            self._collect(item.child(index), found)

    def _switch(self, is_whole: bool) -> None:
        self._tree.setEnabled(not is_whole)
        if not is_whole and not self.ordinals():
            for index in range(self._tree.topLevelItemCount()):
                _tick(self._tree.topLevelItem(index))
        self.scope_changed.emit()


def _items_of(tree: QTreeWidget) -> Iterator[QTreeWidgetItem]:
    iterator = QTreeWidgetItemIterator(tree)
    while (item := iterator.value()) is not None:
        yield item
        iterator += 1


def _is_only_file(node: Node) -> bool:
    return isinstance(node, FileRow) and node.chapter is None


def _tick(item: QTreeWidgetItem | None) -> None:
    if item is None:
        return
    item.setCheckState(0, Qt.CheckState.Checked)
    for index in range(item.childCount()):
        _tick(item.child(index))
