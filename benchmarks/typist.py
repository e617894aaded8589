"""Types into a QPlainTextEdit and sees when the paint is done. Knows Qt and nothing of Dinkus.

So it can be used on a bare editor in a process of its own, without the time and memory of our imports.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit

PAUSE_S = 0.012
"""Between two keys; deferred work runs meanwhile."""


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
        settle(0.4)
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
            self.between.append(1000 * settle(PAUSE_S))


def settle(duration_s: float, done: Callable[[], bool] | None = None) -> float:
    """Run events for a while; return the longest that one turn of the event loop took, in seconds."""
    longest, end = 0.0, time.perf_counter() + duration_s
    while (start := time.perf_counter()) < end and not (done and done()):
        QApplication.processEvents()
        taken = time.perf_counter() - start
        longest = max(longest, taken)
        if taken < 0.0005:
            time.sleep(0.0005)
    return longest
