"""From a key press to the end of the paint that shows it, in the real window and in a bare QPlainTextEdit.

Both stand in the same process with the same text and the same size, and take turns, so that whatever the machine does
meanwhile is done to both. What happens between two keys (timers, deferred work) is measured too: a writer feels it as
a key that came late.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit

from benchmarks.core import edits_to_the_end, scenes_of
from benchmarks.figures import REPEATS, Figure, percentile, spread
from editor.app.settings import Folders
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.desk import Desk

KEYS = 200
TURN = 20  # keys typed in one editor before the other has its turn
PAUSE_S = 0.012  # between two keys; deferred work runs meanwhile
PLAIN = "the quick brown fox and "
MARKED = "a *word* and "
SPOTS = {"start": 0.0, "middle": 0.5, "end": 1.0}
WIDTH, HEIGHT = 1200, 800


class _Paints(QObject):
    """Counts the paint events of a viewport."""

    def __init__(self, editor: QPlainTextEdit) -> None:
        super().__init__(editor)
        self.count = 0
        editor.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


class Typist:
    """Types into one editor and notes how long each key took to show, and what came between."""

    def __init__(self, editor: QPlainTextEdit) -> None:
        self.editor = editor
        self.paints = _Paints(editor)
        self.shown: list[float] = []
        self.between: list[float] = []

    def go_to(self, share: float) -> None:
        """Put the caret at the end of the line of text nearest to a share of the text, and let everything settle."""
        document = self.editor.document()
        block = document.findBlock(int(share * (document.characterCount() - 1)))
        while len(block.text()) < 60 and (block.next().isValid() or share == 1.0):
            block = block.previous() if share == 1.0 else block.next()
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self.editor.setTextCursor(cursor)
        self.editor.centerCursor()
        _settle(0.4)
        self.shown, self.between = [], []

    def type_keys(self, text: str) -> None:
        """Type `text`, one key after the other."""
        for character in text:
            seen = self.paints.count
            start = time.perf_counter()
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
                QApplication.sendEvent(self.editor, event)
            while self.paints.count == seen and time.perf_counter() - start < 1:
                QApplication.processEvents()
            self.shown.append(1000 * (time.perf_counter() - start))
            self.between.append(1000 * _settle(PAUSE_S))


def measure_keys(text: str, size: str) -> list[Figure]:
    """Return the figures of typing at the start, in the middle, at the end, and of typing marks."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "manuscript.txt")
        path.write_text(text, encoding="utf-8")
        desk, window = open_window(path)
        editor = window.findChild(QPlainTextEdit, "manuscriptEditor")
        bare_window, bare_editor = open_bare(text, editor)
        window.resize(WIDTH, HEIGHT)
        bare_window.resize(WIDTH, HEIGHT)
        _settle(1.0)
        ours, bare = Typist(editor), Typist(bare_editor)
        figures = []
        for spot, share in SPOTS.items():
            figures += _compare(ours, bare, share, PLAIN, f"key to paint, {spot}", size)
        figures += _compare(ours, bare, SPOTS["middle"], MARKED, "key to paint, typing *word*", size)
        figures += _measure_moves(window.buffer, size)
        editor.document().setModified(False)
        close_all(desk, bare_window)
    return figures


def _compare(ours: Typist, bare: Typist, share: float, text: str, what: str, size: str) -> list[Figure]:
    for typist in (ours, bare):
        typist.editor.window().activateWindow()
        typist.go_to(share)
    text = (text * KEYS)[:KEYS]
    for start in range(0, KEYS, TURN):
        for typist in (bare, ours):
            typist.type_keys(text[start : start + TURN])
    figure = Figure(
        what,
        size,
        "ms",
        **spread(ours.shown),
        p99=percentile(ours.shown, 0.99),
        bare=spread(bare.shown)["median"],
        goal=1.5,
    )
    slowest = Figure(
        f"{what}: p99", size, "ms", percentile(ours.shown, 0.99), min(ours.shown), max(ours.shown), goal=16
    )
    pause = Figure(f"{what}: longest work between keys", size, "ms", max(ours.between), 0, max(ours.between))
    return [figure, slowest, pause]


def _measure_moves(buffer: ManuscriptBuffer, size: str) -> list[Figure]:
    """Return how long it takes until text, outline and tree show a scene moved across the book, and moved back."""
    if len(scenes_of(buffer.manuscript)) < 3:
        return []
    moves, undos = [], []
    for _ in range(REPEATS):
        for samples, action in ((moves, _move_first_scene), (undos, _undo)):
            start = time.perf_counter()
            action(buffer)
            samples.append(1000 * (time.perf_counter() - start))
            _settle(0.2)
    return [
        Figure("move a scene across the book, all up to date", size, "ms", **spread(moves), goal=100),
        Figure("undo that move", size, "ms", **spread(undos), goal=100),
    ]


def _move_first_scene(buffer: ManuscriptBuffer) -> None:
    buffer.apply(edits_to_the_end(buffer.manuscript))
    QApplication.processEvents()


def _undo(buffer: ManuscriptBuffer) -> None:
    buffer.document.undo()
    QApplication.processEvents()


def open_window(path: Path) -> tuple[Desk, QMainWindow]:
    """Open a file in a real window, with settings of its own."""
    folder = path.parent
    desk = Desk(QApplication.instance(), Folders(folder / "config", folder / "state"))
    return desk, desk.open_path(path)


def open_bare(text: str, like: QPlainTextEdit) -> tuple[QMainWindow, QPlainTextEdit]:
    """Open the text in a bare editor with the font and the measure of `like`."""
    window, editor = QMainWindow(), QPlainTextEdit()
    editor.setFont(QFont(like.font()))
    editor.setPlainText(text)
    window.setCentralWidget(editor)
    window.show()
    side = max(0, (WIDTH - like.viewport().width()) // 2)
    editor.setViewportMargins(side, 0, side, 0)
    return window, editor


def close_all(desk: Desk, bare: QMainWindow) -> None:
    """Close the windows without asking about what was typed."""
    bare.close()
    for window in desk.windows:
        window.hide()
        window.deleteLater()
    _settle(0.05)


def _settle(duration_s: float, done: Callable[[], bool] | None = None) -> float:
    """Run events for a while; return the longest that one turn of the event loop took, in seconds."""
    longest, end = 0.0, time.perf_counter() + duration_s
    while (start := time.perf_counter()) < end and not (done and done()):
        QApplication.processEvents()
        taken = time.perf_counter() - start
        longest = max(longest, taken)
        if taken < 0.0005:
            time.sleep(0.0005)
    return longest
