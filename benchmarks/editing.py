"""Larger edits and jumps, in the real window and in a bare QPlainTextEdit with the same text, by turns."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from benchmarks.core import edits_to_the_end, scenes_of
from benchmarks.figures import Figure, against, spread
from benchmarks.typist import settle
from editor.ui.main_window import MainWindow

ROUNDS = 3
HITS = 1_000
PASTED = 100_000  # characters
PAUSE_S = 0.15

Action = Callable[[QPlainTextEdit], object]


def measure_editing(window: MainWindow, bare: QPlainTextEdit, text: str, size: str) -> list[Figure]:
    """Return the figures of Enter, pasting, replacing all, undoing each, jumping, and moving a scene."""
    page = window.page
    figures = _compare(page, bare, size, [("Enter key", 1.5, _press_enter, _press_enter)])
    QApplication.clipboard().setText((text * (PASTED // len(text) + 1))[:PASTED])
    figures += _compare(
        page,
        bare,
        size,
        [
            ("paste 100 kB", 2.0, QPlainTextEdit.paste, QPlainTextEdit.paste),
            ("undo of that paste", 2.0, QPlainTextEdit.undo, QPlainTextEdit.undo),
        ],
    )
    word, count = _word_with_hits(text)
    figures += _compare(
        page,
        bare,
        size,
        [
            (
                f"replace all, {count:,} hits",
                2.0,
                lambda _page: window.search.replace_all(word.upper()),
                lambda editor: _replace_all(editor, word),
            ),
            ("undo of that replacing", 2.0, QPlainTextEdit.undo, QPlainTextEdit.undo),
        ],
        prepare=lambda: window.search._search(word, matches_case=True, whole_words=False),
    )
    last = page.document().blockCount() - 1
    figures += _compare(
        page,
        bare,
        size,
        [
            ("jump to 2/3 of the book", 1.5, *[lambda editor: _jump(editor, 2 * last // 3)] * 2),
            ("Ctrl+End", 1.5, _press_end, _press_end),
            ("jump to the start", 1.5, *[lambda editor: _jump(editor, 0)] * 2),
        ],
    )
    return figures + _measure_moves(window, size)


def _compare(
    page: QPlainTextEdit,
    bare: QPlainTextEdit,
    size: str,
    steps: list[tuple[str, float, Action, Action]],
    prepare: Callable[[], object] = lambda: None,
) -> list[Figure]:
    """Do the steps one after the other in both editors, some rounds of it."""
    prepare()
    taken: dict[str, tuple[list[float], list[float]]] = {what: ([], []) for what, *_ in steps}
    for _ in range(ROUNDS):
        for side, editor in ((1, bare), (0, page)):
            editor.window().activateWindow()
            for what, _goal, ours, theirs in steps:
                taken[what][side].append(milliseconds_of(editor, theirs if side else ours))
    return [
        Figure(what, size, "ms", **spread(taken[what][0]), **against(taken[what][1]), goal=goal)
        for what, goal, *_ in steps
    ]


def milliseconds_of(editor: QPlainTextEdit, action: Action) -> float:
    """Return how long `action` takes until it is painted, whole; what it leaves to idle time is done afterwards, unmeasured."""
    start = time.perf_counter()
    action(editor)
    editor.viewport().repaint()
    QApplication.processEvents()
    taken = 1000 * (time.perf_counter() - start)
    settle(PAUSE_S)
    return taken


def _press_enter(editor: QPlainTextEdit) -> None:
    _press(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")


def press_letter(editor: QPlainTextEdit) -> None:
    """Type one letter."""
    _press(editor, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")


def _press_end(editor: QPlainTextEdit) -> None:
    _press(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier, "")


def _press(editor: QPlainTextEdit, key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(editor, QKeyEvent(kind, key, modifiers, text))


def _jump(editor: QPlainTextEdit, line: int) -> None:
    editor.setTextCursor(QTextCursor(editor.document().findBlockByNumber(line)))
    editor.centerCursor()


def _word_with_hits(text: str) -> tuple[str, int]:
    """Return the word of the text that stands nearest to a thousand times in it, and how often it does."""
    words = set(text[:50_000].split())
    counts = {word: text.count(word) for word in sorted(words) if len(word) > 4 and word.isalpha()}
    word = min(counts, key=lambda word: abs(counts[word] - HITS))
    return word, counts[word]


def _replace_all(editor: QPlainTextEdit, word: str) -> None:
    """Replace as a plain program would: find in the document, from the top, in one edit block."""
    cursor = QTextCursor(editor.document())
    cursor.beginEditBlock()
    text, position = editor.document().toRawText(), 0
    while (position := text.find(word, position)) >= 0:
        cursor.setPosition(position)
        cursor.setPosition(position + len(word), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(word.upper())
        position += len(word)
    cursor.endEditBlock()


def _measure_moves(window: MainWindow, size: str) -> list[Figure]:
    """Return how long it takes until text, outline and tree show a scene moved across the book, undone and redone."""
    buffer = window.buffer
    if len(scenes_of(buffer.manuscript)) < 3:
        return []
    steps: list[tuple[str, Action]] = [
        (
            "move a scene across the book, all up to date",
            lambda _page: buffer.apply(edits_to_the_end(buffer.manuscript)),
        ),
        ("undo that move", QPlainTextEdit.undo),
        ("redo that move", QPlainTextEdit.redo),
        ("undo it again", QPlainTextEdit.undo),
    ]
    taken: dict[str, list[float]] = {what: [] for what, _ in steps}
    for _ in range(ROUNDS):
        for what, action in steps:
            taken[what].append(milliseconds_of(window.page, action))
    return [Figure(what, size, "ms", **spread(samples), goal=100) for what, samples in taken.items()]
