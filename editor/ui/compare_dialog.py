"""Two versions of a text side by side, line by line, the differing ones marked. For reading only.

Limits: shows the differing passages with two lines around them, not the whole book; lines are compared as wholes.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from editor.manuscript.differences import matching_runs

AROUND = 2
Passage = tuple[list[str], list[str], list[str]]
"""(common lines before, my lines, their lines)"""


def differing_passages(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[Passage]:
    """Yield each place where the two texts differ, with up to two common lines before it."""
    at_mine = at_theirs = 0
    for mine_start, theirs_start, length in [*matching_runs(mine, theirs), (len(mine), len(theirs), 0)]:
        if mine_start > at_mine or theirs_start > at_theirs:
            before = list(mine[max(0, at_mine - AROUND) : at_mine])
            yield before, list(mine[at_mine:mine_start]), list(theirs[at_theirs:theirs_start])
        at_mine, at_theirs = mine_start + length, theirs_start + length


class CompareDialog(QDialog):
    """My text on the left, the one on disk on the right."""

    def __init__(
        self,
        mine: Sequence[str],
        theirs: Sequence[str],
        titles: tuple[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("compareDialog")
        self.setWindowTitle("Compare")
        self.resize(1000, 640)
        self._sides = tuple(
            self._make_side(name, title) for name, title in zip(("mine", "theirs"), titles, strict=True)
        )
        columns = QHBoxLayout()
        for title, side in zip(titles, self._sides, strict=True):
            column = QVBoxLayout()
            column.addWidget(QLabel(title, self))
            column.addWidget(side)
            columns.addLayout(column)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setObjectName("compareClose")
        layout = QVBoxLayout(self)
        layout.addLayout(columns)
        layout.addWidget(buttons)
        self._fill(mine, theirs)

    def _make_side(self, name: str, title: str) -> QPlainTextEdit:
        side = QPlainTextEdit(self, readOnly=True)
        side.setObjectName(f"compare_{name}")
        side.setAccessibleName(title)
        return side

    def _fill(self, mine: Sequence[str], theirs: Sequence[str]) -> None:
        marked = QTextCharFormat()
        marked.setBackground(QColor(230, 170, 60, 70))
        for before, my_lines, their_lines in differing_passages(mine, theirs):
            height = max(len(my_lines), len(their_lines))
            for side, lines in zip(self._sides, (my_lines, their_lines), strict=True):
                cursor = QTextCursor(side.document())
                cursor.movePosition(QTextCursor.MoveOperation.End)
                cursor.insertText("\n".join(["···", *before, ""]), QTextCharFormat())
                cursor.insertText("\n".join([*lines, *[""] * (height - len(lines)), ""]), marked)
        for side in self._sides:
            side.moveCursor(QTextCursor.MoveOperation.Start)
