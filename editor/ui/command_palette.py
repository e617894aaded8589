"""A list of things to choose from by typing a few letters: commands, or scenes.

It knows neither commands nor scenes: it is given rows and says which one was chosen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: what it stands for, its text, and a dimmer text at its end (a shortcut, a word count)."""

    key: str
    text: str
    detail: str = ""


def rank_choice(query: str, text: str) -> int | None:
    """Return how well `text` fits the letters of `query` (less is better), or None if it does not."""
    wanted, there = query.casefold().strip(), text.casefold()
    if wanted in there:
        return there.index(wanted)
    if all(word in there for word in wanted.split()):
        return 1_000
    at = -1
    for letter in wanted.replace(" ", ""):
        at = there.find(letter, at + 1)
        if at < 0:
            return None
    return 2_000


class CommandPalette(QDialog):
    """A field and the rows that fit what is typed in it."""

    chosen = Signal(str)

    def __init__(self, title: str, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Dialog)
        self.setObjectName("commandPalette")
        self.setWindowTitle(title)
        self.setMinimumSize(520, 380)
        self._choices = tuple(choices)
        self._field = QLineEdit(self, placeholderText=title, clearButtonEnabled=True)
        self._field.setObjectName("paletteField")
        self._field.setAccessibleName(title)
        self._list = QTreeWidget(self, columnCount=2)
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setObjectName("paletteList")
        self._list.setAccessibleName("Choices")
        self._list.setHeaderHidden(True)
        self._list.setIndentation(4)
        self._list.header().setStretchLastSection(False)
        self._list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        layout = QVBoxLayout(self)
        layout.addWidget(self._field)
        layout.addWidget(self._list)
        self._field.textChanged.connect(self._show_fitting)
        self._field.returnPressed.connect(self._choose)
        self._list.itemActivated.connect(self._choose)
        self._field.installEventFilter(self)
        self._show_fitting("")

    def _show_fitting(self, query: str) -> None:
        ranked = [(rank_choice(query, choice.text), choice) for choice in self._choices]
        fitting = sorted(
            ((rank, choice) for rank, choice in ranked if rank is not None), key=lambda pair: pair[0]
        )
        self._list.clear()
        for _rank, choice in fitting if query.strip() else [(0, choice) for choice in self._choices]:
            item = QTreeWidgetItem([choice.text, choice.detail])
            item.setData(0, Qt.ItemDataRole.UserRole, choice.key)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setForeground(1, self.palette().placeholderText())
            self._list.addTopLevelItem(item)
        self._list.setCurrentIndex(self._list.model().index(0, 0))

    def _choose(self, *_item: object) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.accept()
            self.chosen.emit(item.data(0, Qt.ItemDataRole.UserRole))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if (
            watched is self._field
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in keys
        ):
            self._list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)
