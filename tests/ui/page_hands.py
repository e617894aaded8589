"""Hands on a page of several files: real events of keys, mouse, clipboard, input method and drops, and what must hold."""

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QTextCursor,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.manuscript.edits import Position
from editor.ui.manuscript_editor import ManuscriptEditor
from editor.ui.page_guard import selected_text
from editor.ui.text_bridge import utf16_position
from tests.ui.page_fixtures import THEME, settle

ONE, TWO, THREE, CUTS = "\r⟦one⟧.txt", "\r⟦two⟧.txt", "\r⟦three⟧.txt", "\rcuts.txt"
FILES = [
    ONE, "Chapter One", "", "It began on a *Tuesday*.", "It went on.",
    TWO, "",
    THREE, "# Three", "Nobody 😀 knew.", "", "The end.",
    CUTS, "A scene that was cut.",
]  # fmt: skip
LABELS = [line[1:] for line in FILES if line.startswith("\r")]
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
COPY, MOVE = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction


class HandledEditor(ManuscriptEditor):
    """An editor whose drags end where the test wants, since no mouse can drag without a screen."""

    def __init__(self):
        super().__init__()
        self.drag_ends = None
        self.dragged_text = None

    def run_drag(self, drag, actions):
        self.dragged_text = drag.mimeData().text()
        target, point, action = self.drag_ends or (None, None, Qt.DropAction.IgnoreAction)
        action = action if actions & action else Qt.DropAction.IgnoreAction
        if target is not None and action != Qt.DropAction.IgnoreAction:
            drop(target, drag.mimeData(), point, action)
        return action


def shown_page(lines=FILES, size=(620, 900), buffer=None):
    editor = HandledEditor()
    editor.set_theme(THEME)
    if buffer is None:
        editor.buffer.load(lines)
    else:
        editor.set_buffer(buffer)
    editor.resize(*size)
    editor.show()
    editor.setFocus()
    settle()
    return editor


def at(line, column=0):
    return Position(line, column)


def mime(text=None, **others):
    data = QMimeData()
    if text is not None:
        data.setText(text)
    for name, value in others.items():
        data.setData(name, value)
    return data


def press(editor, key, modifiers=NONE, text=None):
    """Press and release a key, which may type an odd text."""
    if text is None:
        QTest.keyClick(editor, key, modifiers)
        return
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(editor, QKeyEvent(kind, key, modifiers, text))


def compose(editor, *, preedit="", commit="", replaced=(0, 0), attributes=()):
    """Let an input method speak; `replaced` is a start relative to the caret and a length."""
    event = QInputMethodEvent(preedit, list(attributes))
    event.setCommitString(commit, *replaced)
    QApplication.sendEvent(editor, event)


def point_at(editor, line, column=0):
    """Return where on the viewport the character at a line and column stands."""
    cursor = QTextCursor(editor.document())
    cursor.setPosition(utf16_position(editor.document(), at(line, column)))
    return editor.cursorRect(cursor).center() + QPoint(1, 0)


def click(editor, point, *, times=1, button=LEFT, modifiers=NONE):
    viewport = editor.viewport()
    for number in range(times):
        if number == 1:
            QTest.mouseDClick(viewport, button, modifiers, point)
        else:
            QTest.mousePress(viewport, button, modifiers, point)
        QTest.mouseRelease(viewport, button, modifiers, point)


def move_mouse(editor, point):
    place = QPointF(point)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        place,
        editor.viewport().mapToGlobal(place),
        Qt.MouseButton.NoButton,
        LEFT,
        NONE,
    )
    QApplication.sendEvent(editor.viewport(), event)


def sweep(editor, start, end):
    """Press the left button at `start`, move to `end` and let go: selects, or drags what is selected."""
    QTest.mousePress(editor.viewport(), LEFT, NONE, start)
    for share in (0.3, 0.7, 1):
        move_mouse(editor, start + (end - start) * share)
    QTest.mouseRelease(editor.viewport(), LEFT, NONE, end)


def drop(editor, data, point, action=COPY):
    viewport, actions = editor.viewport(), COPY | MOVE
    enter = QDragEnterEvent(point, actions, data, LEFT, NONE)
    move = QDragMoveEvent(point, actions, data, LEFT, NONE)
    let_go = QDropEvent(QPointF(point), actions, data, LEFT, NONE)
    for event in (enter, move, let_go):
        event.setDropAction(action)
        QApplication.sendEvent(viewport, event)


def choose(editor, name):
    """Choose what the menu of the right button calls `name` inside."""
    menu = editor.page_menu()
    action = next(action for action in menu.actions() if action.objectName() == name)
    action.trigger()
    menu.deleteLater()


def assert_files_unharmed(editor, labels=LABELS):
    """Every boundary stands where it stood, alone on its line, with a line behind it; nothing gives one away."""
    blocks = editor.document().toRawText().split("\u2029")
    heads = [number for number, text in enumerate(blocks) if text.startswith("\x1c")]
    assert [blocks[number][1:] for number in heads] == labels
    assert heads[0] == 0
    assert all(end - start > 1 for start, end in zip(heads, [*heads[1:], len(blocks)], strict=True))
    assert not any("\x1c" in text[1:] or "\r" in text for text in blocks)
    assert editor.textCursor().blockNumber() not in heads, "a caret never rests on a boundary"
    assert_gives_no_boundary(editor, labels)


def assert_gives_no_boundary(editor, labels=LABELS):
    whole = QTextCursor(editor.document())
    whole.select(QTextCursor.SelectionType.Document)
    given = [
        selected_text(whole),
        editor.selected_text(),
        editor.createMimeDataFromSelection().text(),
        editor.dragged_text or "",
    ]
    assert not any("\r" in text for text in given)
    for text in (*given, QGuiApplication.clipboard().text()):
        assert not any(label in text for label in labels)
