"""From a key press to the end of the paint that shows it, in the real window and in a bare QPlainTextEdit.

Both stand in the same process with the same text and the same size, and take turns, so that whatever the machine does
meanwhile is done to both. What happens between two keys (timers, deferred work) is measured too: a writer feels it as
a key that came late.
"""

import tempfile
from pathlib import Path

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit

from benchmarks.editing import measure_editing
from benchmarks.figures import Figure, against, percentile, spread
from benchmarks.typist import Typist, settle
from editor.app.settings import Folders
from editor.ui.desk import Desk

KEYS = 200
TURN = 20  # keys typed in one editor before the other has its turn
PLAIN = "the quick brown fox and "
MARKED = "a *word* and "
SPOTS = {"start": 0.0, "middle": 0.5, "end": 1.0}
WIDTH, HEIGHT = 1200, 800


def measure_keys(text: str, size: str, *, is_short: bool = False) -> list[Figure]:
    """Return the figures of typing at the start, in the middle, at the end, of typing marks, and of larger edits; only the middle if `is_short`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "manuscript.txt")
        path.write_text(text, encoding="utf-8")
        desk, window = open_window(path)
        window.buffer.finish_reading()
        editor = window.findChild(QPlainTextEdit, "manuscriptEditor")
        bare_window, bare_editor = open_bare(text, editor)
        window.resize(WIDTH, HEIGHT)
        bare_window.resize(WIDTH, HEIGHT)
        settle(1.0)
        ours, bare = Typist(editor), Typist(bare_editor)
        figures = []
        for spot, share in {"middle": SPOTS["middle"]}.items() if is_short else SPOTS.items():
            figures += _compare(ours, bare, share, PLAIN, f"key to paint, {spot}", size)
        if not is_short:
            figures += _compare(ours, bare, SPOTS["middle"], MARKED, "key to paint, typing *word*", size)
            figures += measure_editing(window, bare_editor, text, size)
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
        **against(bare.shown),
        goal=1.5,
    )
    slowest = Figure(
        f"{what}: p99", size, "ms", percentile(ours.shown, 0.99), min(ours.shown), max(ours.shown), goal=16
    )
    pause = Figure(f"{what}: longest work between keys", size, "ms", max(ours.between), 0, max(ours.between))
    return [figure, slowest, pause]


def open_window(path: Path) -> tuple[Desk, QMainWindow]:
    """Open a file or a folder in a real window, with settings of its own; a long text is still being read."""
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
    settle(0.05)
