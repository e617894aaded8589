"""What must not stall the window: a hundred thousand file events, a paragraph of a megabyte, a folder of chapters."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from benchmarks.corpus import write_folder, write_manuscript, write_wrapped
from benchmarks.editing import milliseconds_of, press_letter
from benchmarks.figures import REPEATS, Figure, against, skipped, spread, throughput
from benchmarks.keys import HEIGHT, KEYS, WIDTH, close_all, measure_keys, open_bare, open_window
from benchmarks.typist import Typist, settle
from editor.manuscript.manuscript import Manuscript
from editor.markup.lines import split_lines

EVENTS = 100_000
GIANT = 1_000_000  # characters
CHAPTERS = 200

_TOUCH = """
import os, sys
files = [os.open(name, os.O_RDWR | os.O_CREAT) for name in (sys.argv[1], sys.argv[1] + "~")]
first = os.read(files[0], 1)
for number in range(int(sys.argv[2])):
    os.pwrite(files[number % 2], first, 0)  # by turns: the system makes one of events that are alike
"""


def measure_stress(text: str, size: str) -> list[Figure]:
    """Return the figures that are measured once, with texts of their own; `text` and `size` are not looked at."""
    return [*_measure_events(), *_measure_giant(), *_measure_wrapped(), *_measure_folder()]


def _measure_events() -> list[Figure]:
    """Let another process write the open file again and again, the same bytes; return the longest turn of the event loop meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "manuscript.txt")
        path.write_text(write_manuscript(15_000), encoding="utf-8")
        desk, window = open_window(path)
        bare, _editor = open_bare("", window.page)
        settle(1.0)
        with subprocess.Popen([sys.executable, "-c", _TOUCH, str(path), str(EVENTS)]) as other:
            start, longest = time.perf_counter(), 0.0
            while other.poll() is None and time.perf_counter() - start < 60:
                longest = max(longest, settle(0.1))
            other.kill()
        longest = max(longest, settle(2.0))
        close_all(desk, bare)
    stall = 1000 * longest
    return [Figure(f"{EVENTS:,} file events: longest stall", "15k", "ms", stall, stall, stall, goal=100)]


def _measure_giant() -> list[Figure]:
    """Type in the middle of a paragraph of a megabyte."""
    sentence = "She had not *meant* to say it, and the moment she had, the room went quiet. "
    text = "Chapter One\n\n" + sentence * (GIANT // len(sentence)) + "\n\nThe last one.\n"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "manuscript.txt")
        path.write_text(text, encoding="utf-8")
        desk, window = open_window(path)
        bare_window, bare_editor = open_bare(text, window.page)
        settle(1.0)
        samples: dict[QPlainTextEdit, list[float]] = {bare_editor: [], window.page: []}
        for editor in samples:
            editor.window().activateWindow()
            cursor = QTextCursor(editor.document().findBlockByNumber(2))
            cursor.movePosition(QTextCursor.MoveOperation.Right, n=100)
            editor.setTextCursor(cursor)
            settle(0.5)
            samples[editor] = [milliseconds_of(editor, press_letter) for _ in range(REPEATS)]
        window.page.document().setModified(False)
        close_all(desk, bare_window)
    ours, bare = samples[window.page], samples[bare_editor]
    return [Figure("key in a paragraph of a megabyte", "1m", "ms", **spread(ours), **against(bare), goal=1.5)]


def _measure_wrapped() -> list[Figure]:
    """Read a hard-wrapped book of three megabytes, and type in it."""
    text = write_wrapped(3_000_000)
    lines = split_lines(text)
    reading = throughput(
        "outline with counts (Manuscript), hard-wrapped", "3m", len(text.encode()), lambda: Manuscript(lines)
    )
    return [reading, *measure_keys(text, "3m wrapped", is_short=True)]


def _measure_folder() -> list[Figure]:
    """Open a folder of chapter files and type in the middle, if the window can open folders."""
    what = f"folder of {CHAPTERS} chapters: open and paint"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "book")
        text = write_manuscript(6_000_000)
        write_folder(folder, text, CHAPTERS)
        start = time.perf_counter()
        desk, window = open_window(folder)
        settle(0.01)
        opened = 1000 * (time.perf_counter() - start)
        if window.page.document().blockCount() < CHAPTERS:
            window.hide()
            window.deleteLater()
            return [skipped(what, "6m", "this version cannot open a folder")]
        start = time.perf_counter()
        bare_window, bare_editor = open_bare(text, window.page)
        settle(0.01)
        bare_opened = 1000 * (time.perf_counter() - start)
        for each in (window, bare_window):
            each.resize(WIDTH, HEIGHT)
        window.buffer.finish_reading()
        settle(1.0)
        ours, bare = Typist(window.page), Typist(bare_editor)
        for typist in (bare, ours):
            typist.editor.window().activateWindow()
            typist.go_to(0.5)
            typist.type_keys(("the quick brown fox and " * KEYS)[:KEYS])
        window.page.document().setModified(False)
        close_all(desk, bare_window)
    return [
        Figure(what, "6m", "ms", opened, opened, opened, **against([bare_opened]), goal=1.5),
        Figure(
            "key to paint, middle of a folder",
            "6m",
            "ms",
            **spread(ours.shown),
            **against(bare.shown),
            goal=1.5,
        ),
    ]
