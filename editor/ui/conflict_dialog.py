"""The places that the writer and another program both changed, one at a time, side by side, with a choice for each.

Nothing is changed here: `choices` says what is to stand in each place once the dialog is accepted. Closing it decides
nothing. Limits: plain text; a place is shown with the paragraph before it, not with the whole page.
"""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QColor, QFont, QPalette, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from editor.manuscript.merging import Merge, both_of
from editor.manuscript.word_differences import word_differences
from editor.markup.lines import BOUNDARY, is_blank, is_boundary
from editor.ui.text_bridge import load_lines, read_lines, utf16_column

LONGEST_CONTEXT = 160
PAGE_MARGIN = 8


class Choice(StrEnum):
    """What is to stand in a place."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"
    BY_HAND = "by hand"


_LABELS = {
    Choice.MINE: "&Mine",
    Choice.THEIRS: "&Theirs",
    Choice.BOTH: "&Both, mine first",
    Choice.BY_HAND: "By &hand",
}
_TITLES = {Choice.MINE: "In this window (mine)", Choice.THEIRS: "On disk (theirs)"}


class ConflictDialog(QDialog):
    """Asks what is to stand in each place of a merge where both sides changed something."""

    def __init__(self, merge: Merge, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("conflictDialog")
        self.setWindowTitle(f"Changed here and by another program: {name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(940, 640)
        self._merge = merge
        self._sides = [
            (merge.lines[conflict.first : conflict.end], list(conflict.theirs))
            for conflict in merge.conflicts
        ]
        self._chosen: list[Choice | None] = [None] * len(self._sides)
        self._by_hand: list[list[str]] = [both_of(*sides) for sides in self._sides]
        self._place = 0
        self._heading, self._context = QLabel(self), QLabel(self)
        self._pages = {side: self._make_page(side.value, title) for side, title in _TITLES.items()}
        self._result = self._make_page("result", "What will stand there")
        self._result.setReadOnly(False)
        self._radios = {choice: QRadioButton(label, self) for choice, label in _LABELS.items()}
        self._group = QButtonGroup(self)
        self._buttons = QDialogButtonBox(self)
        self._lay_out()
        self._connect()
        self._show_place(0)

    def choices(self) -> list[list[str]]:
        """Return the lines that are to stand in each place; mine where nothing was chosen."""
        return [self._lines_at(number) for number in range(len(self._sides))]

    def choose(self, choice: Choice) -> None:
        """Choose for the place that is shown."""
        self._chosen[self._place] = choice
        self._show_result()
        self._show_state()

    def choose_everywhere(self, choice: Choice) -> None:
        """Choose the same for all places."""
        self._chosen = [choice] * len(self._sides)
        self._show_result()
        self._show_state()

    def _lines_at(self, number: int) -> list[str]:
        mine, theirs = self._sides[number]
        match self._chosen[number]:
            case Choice.THEIRS:
                return theirs
            case Choice.BOTH:
                return both_of(mine, theirs)
            case Choice.BY_HAND:
                return self._by_hand[number]
        return mine

    # -- parts ----------------------------------------------------------------------------------------------------

    def _make_page(self, name: str, title: str) -> QPlainTextEdit:
        page = QPlainTextEdit(self, readOnly=True, tabChangesFocus=True)
        page.setObjectName(f"conflict_{name}")
        page.setAccessibleName(title)
        page.document().setDocumentMargin(PAGE_MARGIN)
        font = page.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)  # prose is read here, not a label
        page.setFont(font)
        return page

    def _make_button(self, name: str, label: str) -> QPushButton:
        button = QPushButton(label, self, autoDefault=False)
        button.setObjectName(name)
        button.setAccessibleName(label.replace("&", "").replace("...", ""))
        return button

    def _lay_out(self) -> None:
        self._previous = self._make_button("conflictPrevious", "&Previous place")
        self._next = self._make_button("conflictNext", "&Next place")
        self._all_mine = self._make_button("conflictAllMine", "A&ll mine")
        self._all_theirs = self._make_button("conflictAllTheirs", "&All theirs")
        for label, name in ((self._heading, "conflictHeading"), (self._context, "conflictContext")):
            label.setObjectName(name)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        heading = QFont(self._heading.font())
        heading.setBold(True)
        self._heading.setFont(heading)
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        for button in (self._previous, self._next):
            top.addWidget(button)
        sides = QGridLayout()
        for column, (side, page) in enumerate(self._pages.items()):
            sides.addWidget(QLabel(_TITLES[side], self), 0, column)
            sides.addWidget(page, 1, column)
        choices = QHBoxLayout()
        for choice, radio in self._radios.items():
            radio.setObjectName(f"conflictChoice-{choice.name.lower()}")
            self._group.addButton(radio)
            choices.addWidget(radio)
        choices.addStretch(1)
        for button in (self._all_mine, self._all_theirs):
            choices.addWidget(button)
        below = QLabel("What will stand there (write in it to &change it):", self)
        below.setBuddy(self._result)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self._context)
        layout.addLayout(sides, 3)
        layout.addLayout(choices)
        layout.addWidget(below)
        layout.addWidget(self._result, 2)
        layout.addWidget(self._buttons)

    def _connect(self) -> None:
        roles = QDialogButtonBox.ButtonRole
        self._take = self._buttons.addButton("Take these choices", roles.AcceptRole)
        self._take.setObjectName("conflictTake")
        later = self._buttons.addButton("Not now", roles.RejectRole)
        later.setObjectName("conflictLater")
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._previous.clicked.connect(lambda: self._show_place(self._place - 1))
        self._next.clicked.connect(lambda: self._show_place(self._place + 1))
        self._all_mine.clicked.connect(lambda: self.choose_everywhere(Choice.MINE))
        self._all_theirs.clicked.connect(lambda: self.choose_everywhere(Choice.THEIRS))
        for choice, radio in self._radios.items():
            radio.clicked.connect(lambda _on, choice=choice: self.choose(choice))
        self._radios[Choice.BY_HAND].clicked.connect(self._result.setFocus)
        self._result.textChanged.connect(self._take_written)

    # -- what is shown --------------------------------------------------------------------------------------------

    def _show_place(self, number: int) -> None:
        self._place = max(0, min(number, len(self._sides) - 1))
        above = next(
            (
                line
                for line in reversed(self._merge.lines[: self._merge.conflicts[self._place].first])
                if not is_blank(line)
            ),
            "",
        )
        self._context.setText(_context(above))
        mine, theirs = self._sides[self._place]
        marks = word_differences("\n".join(mine), "\n".join(theirs))
        for page, lines, ranges in zip(self._pages.values(), (mine, theirs), marks, strict=True):
            load_lines(page.document(), lines)
            page.setPlaceholderText("" if lines else "(taken out)")
            page.setExtraSelections(self._marks(page, "\n".join(lines), ranges))
        self._show_result()
        self._show_state()

    def _show_result(self) -> None:
        with QSignalBlocker(self._result):
            is_open = self._chosen[self._place] is None
            load_lines(self._result.document(), [""] if is_open else self._lines_at(self._place))
            self._result.setPlaceholderText(
                "Choose mine, theirs or both, or write here." if is_open else "(nothing)"
            )

    def _show_state(self) -> None:
        count = len(self._sides)
        left = self._chosen.count(None)
        rest = "all chosen" if not left else f"{left:,} still to choose"
        self._heading.setText(f"Place {self._place + 1:,} of {count:,} ({rest})")
        self._previous.setEnabled(self._place > 0)
        self._next.setEnabled(self._place < count - 1)
        self._take.setEnabled(not left)
        chosen = self._chosen[self._place]
        self._group.setExclusive(False)
        for choice, radio in self._radios.items():
            radio.setChecked(choice is chosen)
        self._group.setExclusive(True)

    def _take_written(self) -> None:
        """The writer writes what is to stand there."""
        lines = [line.lstrip(BOUNDARY) for line in read_lines(self._result.document())]
        self._by_hand[self._place] = [] if lines == [""] else lines
        self._chosen[self._place] = Choice.BY_HAND
        self._show_state()

    def _marks(
        self, page: QPlainTextEdit, text: str, ranges: Sequence[tuple[int, int]]
    ) -> list[QTextEdit.ExtraSelection]:
        """Return marks on some characters: coloured and underlined, so that they do not depend on colour alone."""
        look = QTextCharFormat()
        tint = QColor(self.palette().color(QPalette.ColorRole.Highlight))
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        look.setUnderlineColor(tint)
        tint.setAlphaF(0.3)
        look.setBackground(tint)
        found = []
        for start, end in ranges:
            cursor = QTextCursor(page.document())
            cursor.setPosition(utf16_column(text, start))
            cursor.setPosition(utf16_column(text, end), QTextCursor.MoveMode.KeepAnchor)
            selection = QTextEdit.ExtraSelection()
            selection.cursor, selection.format = cursor, look
            found.append(selection)
        return found


def _context(above: str) -> str:
    if not above:
        return "At the beginning."
    if is_boundary(above):
        return f"At the beginning of {above[1:]}."
    short = above if len(above) <= LONGEST_CONTEXT else "..." + above[-LONGEST_CONTEXT:]
    return f"After: {short}"
