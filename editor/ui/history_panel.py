"""The history of a manuscript, at the right of the page: its versions, what changed in the one that is chosen, what to do with it.

It shows what it is given and says what is asked for; `history_controller` does the work.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from editor.app.themes import Theme
from editor.manuscript.word_changes import Piece
from editor.ui.history_diff import HistoryDiff
from editor.ui.icons import IconButton

EMPTY = (
    "No versions yet. Each time you save, the text is kept here as it was, and you can look at it, bring it back, or bring"
    " back a scene of it. Nothing of this is in the folder of your manuscript."
)
NO_SCENE = (
    "There is no scene at the caret, or nothing is kept of it yet. Put the caret into a scene of the text."
)
READING = "Looking through the versions..."


@dataclass(frozen=True, slots=True)
class Row:
    """A version as it is listed: when, its name or why it was kept, and what came and went, "" if that is not known yet."""

    time: str
    name: str = ""
    change: str = ""


class HistoryPanel(QFrame):
    """A list of versions above what changed in one of them."""

    version_chosen = Signal(int)  # its row
    scope_changed = Signal(bool)  # only the scene at the caret
    comparison_changed = Signal(bool)  # with the version before, else with the text now
    restore_requested = Signal(int)
    name_requested = Signal(int)
    scenes_gone_requested = Signal(int)
    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("historyPanel")
        self.setAccessibleName("History")
        self.setAutoFillBackground(True)
        self.setMinimumWidth(260)
        self._rows: Sequence[Row] = ()
        self.title = _label("historyTitle", self)
        self.close_button = IconButton("close", "Close the history", "historyClose", self)
        self.scene_box = QCheckBox("&Only this scene", self)
        self.against_box = QComboBox(self)
        self.against_box.addItems(["Compare with the text now", "Compare with the version before"])
        self.list = QListWidget(self)
        self.diff = HistoryDiff(self)
        self.empty = _label("historyEmpty", self)
        self.restore_button = QPushButton("&Restore", self)
        self.name_button = QPushButton("&Name...", self)
        self.scenes_button = QPushButton("Lost &scenes...", self)
        self._set_up()
        self._lay_out()
        self._connect()
        self.show_rows([], READING)

    @property
    def current_row(self) -> int:
        """The row of the chosen version, -1 if there is none."""
        return self.list.currentRow()

    @property
    def is_scene(self) -> bool:
        """Whether only the scene at the caret is looked at."""
        return self.scene_box.isChecked()

    @property
    def is_against_before(self) -> bool:
        """Whether a version is compared with the one before it, else with the text now."""
        return self.against_box.currentIndex() == 1

    def show_title(self, text: str) -> None:
        """Say whose history it is."""
        self.title.setText(text)
        self.title.setToolTip(text)

    def show_rows(self, rows: Sequence[Row], empty: str, current: int = 0) -> None:
        """List versions, one of them chosen; or say why there are none."""
        self._rows = rows
        with QSignalBlocker(self.list):
            self.list.clear()
            for row in rows:
                self.list.addItem(_item_of(row))
            self.list.setCurrentRow(min(current, len(rows) - 1))
        self.empty.setText(empty)
        self.empty.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self.diff.setVisible(bool(rows))
        if not rows:
            self.diff.show_pieces(())
        self._enable()

    def show_change(self, row: int, change: str) -> None:
        """Say in a row what came and went."""
        item = self.list.item(row)
        if item is not None:
            _fill(item, replace(self._rows[row], change=change))

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show what changed."""
        self.diff.show_pieces(pieces)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of what came and went; all others come with the palette."""
        self.diff.set_theme(theme)

    def _set_up(self) -> None:
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.title.setWordWrap(False)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        named = (
            (self.scene_box, "historyOnlyScene", "Only this scene"),
            (self.against_box, "historyAgainst", "What to compare with"),
            (self.list, "historyVersions", "Versions"),
            (self.restore_button, "historyRestore", "Restore this version"),
            (self.name_button, "historyName", "Name this version"),
            (self.scenes_button, "historyScenesGone", "Scenes that are not in the text now"),
        )
        for widget, name, accessible in named:
            widget.setObjectName(name)
            widget.setAccessibleName(accessible)
        self.restore_button.setToolTip("Take this version into the text; Ctrl+Z brings yours back")
        self.name_button.setToolTip("Give this version a name; it is then kept for good")
        self.scenes_button.setToolTip("Bring back a scene of this version that is not in the text now")
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setUniformItemSizes(True)
        self.list.setSpacing(2)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        parts = QSplitter(Qt.Orientation.Vertical, self)
        parts.setObjectName("historyParts")
        parts.addWidget(self.list)
        parts.addWidget(self.diff)
        parts.setChildrenCollapsible(False)
        parts.setSizes([220, 420])
        buttons = QGridLayout()
        for column, button in enumerate((self.restore_button, self.name_button, self.scenes_button)):
            button.setAutoDefault(False)
            buttons.addWidget(button, 0, column)
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(10, 8, 10, 10)
        column_of_all.addLayout(head)
        column_of_all.addWidget(self.scene_box)
        column_of_all.addWidget(self.against_box)
        column_of_all.addWidget(self.empty)
        column_of_all.addWidget(parts, 1)
        column_of_all.addLayout(buttons)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.close_requested)
        self.scene_box.toggled.connect(self.scope_changed)
        self.against_box.currentIndexChanged.connect(lambda index: self.comparison_changed.emit(index == 1))
        self.list.currentRowChanged.connect(self._choose)
        asks = (
            (self.restore_button, self.restore_requested),
            (self.name_button, self.name_requested),
            (self.scenes_button, self.scenes_gone_requested),
        )
        for button, asked in asks:
            button.clicked.connect(lambda _checked=False, asked=asked: asked.emit(self.current_row))

    def _choose(self, row: int) -> None:
        self._enable()
        if row >= 0:
            self.version_chosen.emit(row)

    def _enable(self) -> None:
        for button in (self.restore_button, self.name_button, self.scenes_button):
            button.setEnabled(self.current_row >= 0)
        self.restore_button.setText("&Restore scene" if self.is_scene else "&Restore")


def _label(name: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _item_of(row: Row) -> QListWidgetItem:
    item = QListWidgetItem()
    _fill(item, row)
    return item


def _fill(item: QListWidgetItem, row: Row) -> None:
    text = _text_of(row)
    item.setText(text)
    # A tooltip takes tags, as a name may hold them, for more than text.
    item.setToolTip(html.escape(text, quote=False) if "<" in text else text)


def _text_of(row: Row) -> str:
    return "   ".join(filter(None, (row.time, row.change, row.name)))
