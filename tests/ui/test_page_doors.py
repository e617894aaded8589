"""Random hands on a page of several files, through real events: no boundary is ever harmed, and undo brings all back."""

import random

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent

from editor.ui.text_bridge import read_lines
from tests.conftest import FUZZ_FACTOR
from tests.ui.page_hands import (
    COPY,
    CTRL,
    CUTS,
    FILES,
    MOVE,
    NONE,
    ONE,
    SHIFT,
    THREE,
    TWO,
    assert_files_unharmed,
    choose,
    click,
    compose,
    drop,
    mime,
    press,
    shown_page,
    sweep,
)

# A click in a line in which something is composed at the end of the text: Qt counts the composed characters and stays put.
pytestmark = pytest.mark.qt_log_ignore("QTextCursor::setPosition: Position '\\d+' out of range")

Key = Qt.Key
EMPTY_FILES = [ONE, "", TWO, "", THREE, "", CUTS, ""]
TYPED = [Key.Key_A, Key.Key_Space, Key.Key_Asterisk, Key.Key_Slash]
MOVES = [
    (key, held)
    for key in (Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End)
    for held in (NONE, SHIFT, CTRL, CTRL | SHIFT)
] + [(key, held) for key in (Key.Key_PageUp, Key.Key_PageDown) for held in (NONE, SHIFT)]
EDITS = [
    *[(key, NONE) for key in (Key.Key_Return, Key.Key_Enter, Key.Key_Tab, Key.Key_Backspace, Key.Key_Delete)],
    *[(key, SHIFT) for key in (Key.Key_Return, Key.Key_Backspace, Key.Key_Delete, Key.Key_Insert)],
    *[(key, CTRL) for key in (Key.Key_Backspace, Key.Key_Delete, Key.Key_Insert)],
    *[(key, CTRL) for key in (Key.Key_K, Key.Key_U, Key.Key_D, Key.Key_H, Key.Key_W, Key.Key_Backslash)],
    (Key.Key_Insert, CTRL | SHIFT),
]
COMMANDS = [(Key.Key_A, CTRL), (Key.Key_C, CTRL), (Key.Key_X, CTRL), (Key.Key_V, CTRL)]
COMMANDS += [(Key.Key_Y, CTRL), (Key.Key_Z, CTRL), (Key.Key_Z, CTRL | SHIFT)]
PIECES = [
    "word",
    "two\nlines",
    "\n",
    "# Heading\n",
    "😀",
    "\x1cfalse.txt",
    "\rfalse.txt\r\n",
    "a\u2029\x1cb",
    "a\0",
]
MENU = ["edit-undo", "edit-redo", "edit-cut", "edit-copy", "edit-paste", "edit-delete", "select-all"]
LONGEST = 3000  # characters, so that every step stays quick


class Hands:
    """A writer who does anything, as `dice` fall."""

    def __init__(self, dice, page):
        self.dice, self.page = dice, page
        self.doings = [self.move] * 6 + [self.edit] * 8 + [self.type] * 4 + [self.command] * 3
        self.doings += [self.click] * 2 + [self.sweep] * 4 + [self.compose] * 3 + [self.drop, self.paste]
        self.doings += [self.use_menu, self.type_oddly, self.use_slot]

    def act(self):
        if self.page.document().characterCount() > LONGEST:
            press(self.page, Key.Key_A, CTRL)
            press(self.page, Key.Key_Delete)
        self.dice.choice(self.doings)()

    def move(self):
        press(self.page, *self.dice.choice(MOVES))

    def edit(self):
        press(self.page, *self.dice.choice(EDITS))

    def type(self):
        press(self.page, self.dice.choice(TYPED), self.dice.choice([NONE, SHIFT]))

    def type_oddly(self):
        press(self.page, Key.Key_unknown, NONE, self.dice.choice(PIECES))

    def command(self):
        press(self.page, *self.dice.choice(COMMANDS))

    def place(self):
        rect = self.page.viewport().rect()
        return QPoint(self.dice.randrange(rect.width()), self.dice.randrange(rect.height()))

    def click(self):
        button = self.dice.choice(
            [Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton]
        )
        times, held = self.dice.choice([1, 1, 2, 3]), self.dice.choice([NONE, NONE, SHIFT])
        click(self.page, self.place(), times=times, button=button, modifiers=held)

    def sweep(self):
        """Select; or, where a selection is hit, drag it."""
        start, end = self.place(), self.place()
        cursor = self.page.textCursor()
        if cursor.hasSelection() and self.dice.random() < 0.7:
            cursor.setPosition(self.dice.randrange(cursor.selectionStart(), cursor.selectionEnd() + 1))
            start = self.page.cursorRect(cursor).center()
        target, action = self.dice.choice([self.page, self.page, None]), self.dice.choice([COPY, MOVE, MOVE])
        self.page.drag_ends = (target, end, action)
        before = self.characters()
        sweep(self.page, start, end)
        if target is not None and action == MOVE:
            assert self.characters() == before, "what is moved is neither lost nor doubled"

    def characters(self):
        """Return all characters of the text, in no order; line ends may come and go."""
        return sorted("".join(read_lines(self.page.document())))

    def compose(self):
        kind = QInputMethodEvent.AttributeType.Selection
        selecting = QInputMethodEvent.Attribute(
            kind, self.dice.randrange(-9, -3), self.dice.randrange(4), None
        )
        if self.dice.random() < 0.5:
            compose(self.page, preedit=self.dice.choice(["", "x", "か", "\x1c"]))
            compose(self.page, preedit="か", attributes=[selecting] if self.dice.random() < 0.3 else [])
        replaced = (self.dice.randrange(-40, 40), self.dice.choice([0, 1, 5, 60]))
        compose(
            self.page,
            commit=self.dice.choice(["", "仮", *PIECES]),
            replaced=replaced if self.dice.random() < 0.4 else (0, 0),
        )

    def data(self):
        text = self.dice.choice(PIECES)
        if self.dice.random() < 0.3:
            return mime(text, **{"application/x-dinkus-text": text.encode()})
        return mime(text) if self.dice.random() < 0.8 else self.rich(text)

    def rich(self, text):
        data = QMimeData()
        data.setHtml(f"<p>{text}</p><p>b</p>")
        return data

    def drop(self):
        drop(self.page, self.data(), self.place(), self.dice.choice([COPY, MOVE]))

    def paste(self):
        QGuiApplication.clipboard().setMimeData(self.data())
        self.page.paste()

    def use_menu(self):
        choose(self.page, self.dice.choice(MENU))

    def use_slot(self):
        text = self.dice.choice(PIECES)
        slots = [self.page.cut, self.page.copy, self.page.undo, self.page.redo, self.page.delete_selection]
        slots += [lambda: self.page.insertPlainText(text), lambda: self.page.appendPlainText(text)]
        self.dice.choice(slots)()


@pytest.mark.parametrize("lines", [FILES, EMPTY_FILES], ids=["text", "empty"])
@pytest.mark.parametrize("seed", range(2 + 20 * FUZZ_FACTOR))
def test_no_hand_harms_a_file(qtbot, seed, lines):
    QGuiApplication.clipboard().clear()
    page = shown_page(lines)
    qtbot.addWidget(page)
    hands = Hands(random.Random(f"{seed} {len(lines)}"), page)
    for _ in range(750):
        hands.act()
        assert_files_unharmed(page)
    assert page.buffer.manuscript.text.lines == read_lines(page.document())
    while page.document().isUndoAvailable():
        page.undo()
        assert_files_unharmed(page)
    assert page.buffer.lines() == lines


@pytest.mark.parametrize("seed", range(1 + 10 * FUZZ_FACTOR))
def test_no_hand_changes_what_is_folded_away(qtbot, seed):
    page = shown_page([*FILES, "last"])
    qtbot.addWidget(page)
    hidden = ["Nobody 😀 knew.", ""]
    for number in (9, 10):
        page.document().findBlockByNumber(number).setVisible(False)
    page.document().markContentsDirty(0, page.document().characterCount())
    hands = Hands(random.Random(seed), page)
    for _ in range(300):
        hands.act()
        assert_files_unharmed(page)
        blocks = [page.document().findBlockByNumber(number) for number in range(page.document().blockCount())]
        assert [block.text() for block in blocks if not block.isVisible()] == hidden
