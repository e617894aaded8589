"""Where the manuscript was posted, which chapters have changed since, and what the outline shows of it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMessageBox,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
)

from editor.app.posting import day_of
from editor.manuscript.posted_chapters import ChapterState, State
from editor.ui.posted_keeper import PostedKeeper

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow

TARGET = Qt.ItemDataRole.UserRole
ABOUT = (
    "Each export and each copied chapter is remembered here, per format. Tick a format to see in the outline"
    " which chapters have changed since, or were not posted yet."
)
NOTHING = "Nothing was posted yet. What you export or copy from now on appears here; what you posted before can be marked below."
WORDS = {State.NEW: "Not posted yet", State.SAME: "As posted", State.CHANGED: "Changed since"}


class PostedDialog(QDialog):
    """The targets with their counts, and the chapters of the one that is chosen."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.setObjectName("postedDialog")
        self.setWindowTitle("Changed since posted")
        self.resize(680, 560)
        self._keeper: PostedKeeper = window.posted
        self._about = QLabel(ABOUT, self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._about.setObjectName("postedAbout")
        self._targets = self._make_tree(
            "postedTargets", "Formats", ["Format", "As posted", "Changed", "Not posted", "Last"]
        )
        self._chapters = self._make_tree("postedChapters", "Chapters", ["Chapter", "State", "Posted"])
        self._chapters.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._box = QComboBox(self)
        self._box.setObjectName("postedFormat")
        self._box.setAccessibleName("Format to mark chapters for")
        for name, title in self._keeper.profile_titles().items():
            self._box.addItem(title, name)
        self._mark = self._make_button("postedMark", "&Mark as posted")
        self._forget = self._make_button("postedForget", "&Forget...")
        self._close = self._make_button("postedClose", "Close")
        self._lay_out()
        self._targets.currentItemChanged.connect(lambda *_: self._choose_current())
        self._targets.itemChanged.connect(self._show_or_hide)
        self._chapters.itemSelectionChanged.connect(self._name_mark)
        self._box.activated.connect(lambda _: self._show_chapters())
        self._mark.clicked.connect(self._mark_chapters)
        self._forget.clicked.connect(self._forget_target)
        self._close.clicked.connect(self.accept)
        self._keeper.changed.connect(self.show_all)
        self.show_all()

    def show_all(self) -> None:
        """Show what was posted as it is now."""
        chosen = self._targets.currentItem()
        name = None if chosen is None else chosen.data(0, TARGET)
        titles = self._keeper.targets()
        with QSignalBlocker(self._targets):
            self._targets.clear()
            for target, title in sorted(titles.items(), key=lambda each: each[1].casefold()):
                item = self._make_target(target, title)
                self._targets.addTopLevelItem(item)
                if target == name:
                    self._targets.setCurrentItem(item)
            first = self._targets.topLevelItem(0)
            if self._targets.currentItem() is None and first is not None:
                self._targets.setCurrentItem(first)
        self._about.setText(ABOUT if titles else NOTHING)
        self._choose_current()

    def _make_tree(self, name: str, label: str, headings: list[str]) -> QTreeWidget:
        tree = QTreeWidget(self, columnCount=len(headings))
        tree.setObjectName(name)
        tree.setAccessibleName(label)
        tree.setHeaderLabels(headings)
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        return tree

    def _make_button(self, name: str, label: str) -> QPushButton:
        button = QPushButton(label, self)
        button.setObjectName(name)
        button.setAccessibleName(label.replace("&", "").rstrip("."))
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.addWidget(self._about, 0, 0)
        grid.addWidget(self._targets, 1, 0)
        grid.setRowStretch(1, 2)
        row = QHBoxLayout()
        label = QLabel("&Chapters for", self)
        label.setObjectName("postedFormatLabel")
        label.setBuddy(self._box)
        row.addWidget(label)
        row.addWidget(self._box, 1)
        grid.addLayout(row, 2, 0)
        grid.addWidget(self._chapters, 3, 0)
        grid.setRowStretch(3, 3)
        buttons = QHBoxLayout()
        buttons.addWidget(self._mark)
        buttons.addWidget(self._forget)
        buttons.addStretch()
        buttons.addWidget(self._close)
        grid.addLayout(buttons, 4, 0)

    def _make_target(self, target: str, title: str) -> QTreeWidgetItem:
        states = self._keeper.states(target)
        last = max((each.when for each in self._keeper.posted.targets[target]), default="")
        counts = [
            str(sum(each.state is state for each in states))
            for state in (State.SAME, State.CHANGED, State.NEW)
        ]
        item = QTreeWidgetItem([title, *counts, day_of(last)])
        for column in (1, 2, 3):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setData(0, TARGET, target)
        is_shown = target in self._keeper.posted.shown
        item.setCheckState(0, Qt.CheckState.Checked if is_shown else Qt.CheckState.Unchecked)
        item.setToolTip(0, "Ticked: shown in the outline")
        return item

    def _choose_current(self) -> None:
        item = self._targets.currentItem()
        if item is not None:
            self._box.setCurrentIndex(self._box.findData(item.data(0, TARGET)))
        self._show_chapters()

    def _show_chapters(self) -> None:
        target = self._target()
        chosen = self._selected_ids()
        with QSignalBlocker(self._chapters):
            self._chapters.clear()
            for each in self._keeper.states(target):
                item = _make_chapter(each)
                self._chapters.addTopLevelItem(item)
                item.setSelected(each.chapter.id in chosen)
        self._forget.setEnabled(target in self._keeper.posted.targets)
        self._name_mark()

    def _target(self) -> str:
        """Return the target that the chapters are shown for: also one to which nothing was posted yet, or whose profile is gone."""
        item, target = self._targets.currentItem(), self._box.currentData()
        return str(item.data(0, TARGET) if target is None and item is not None else target)

    def _selected_ids(self) -> set[int]:
        return {item.data(0, TARGET) for item in self._chapters.selectedItems()}

    def _name_mark(self) -> None:
        count = len(self._chapters.selectedItems())
        what = "&Mark all as posted" if not count else f"&Mark {count} as posted"
        self._mark.setText(what)
        self._mark.setEnabled(self._chapters.topLevelItemCount() > 0)

    def _mark_chapters(self) -> None:
        ids = self._selected_ids() or {item.data(0, TARGET) for item in _items(self._chapters)}
        self._keeper.mark(ids, self._target())

    def _forget_target(self) -> None:
        target = self._target()
        box = QMessageBox(QMessageBox.Icon.Question, "Changed since posted", "", parent=self)
        box.setObjectName("postedForgetQuestion")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Forget what was posted to {self._keeper.targets().get(target, target)}?")
        box.setInformativeText("Your text and what you exported stay as they are.")
        box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
        if box.exec() == QMessageBox.StandardButton.Yes:
            self._keeper.forget(target)

    def _show_or_hide(self, item: QTreeWidgetItem) -> None:
        is_shown = item.checkState(0) is Qt.CheckState.Checked
        self._keeper.show_target(str(item.data(0, TARGET)), is_shown=is_shown)


def _make_chapter(each: ChapterState) -> QTreeWidgetItem:
    day = day_of(each.posted.when) if each.posted is not None else ""
    item = QTreeWidgetItem(
        [each.chapter.title or f"Chapter {each.chapter.place + 1}", WORDS[each.state], day]
    )
    item.setData(0, TARGET, each.chapter.id)
    return item


def _items(tree: QTreeWidget) -> Iterator[QTreeWidgetItem]:
    for index in range(tree.topLevelItemCount()):
        item = tree.topLevelItem(index)
        if item is not None:
            yield item
