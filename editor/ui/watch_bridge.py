"""Bring the watcher's hints from its thread to the window's: one wake-up, however many events there are.

A clock gives hints too, because a watcher may miss things; and where watching does not work, the writer is told so once.
"""

import contextlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from editor.ui.messages import Notice

if TYPE_CHECKING:
    from editor.storage.watcher import FileWatcher

START_AFTER_MS = 50
"""By then a window that was opened is painted: to start watching for the first time takes about as long."""


LOOK_EVERY_MS = 30_000
TOLD_FOR_MS = 15_000
POLLING = "Changes by other programs are looked for every 5 seconds here."


class WatchBridge(QObject):
    """Watches one file, or one folder, at a time for a window. Hints only: whoever hears one looks at the disk.

    The first time, watching starts a moment after it was asked for, with a hint, so that nothing is missed in between.
    """

    hinted = Signal()
    noticed = Signal(object)  # Notice
    _woken = Signal()
    _began_to_poll = Signal()

    def __init__(self, parent: QWidget | None = None, look_every_ms: int = LOOK_EVERY_MS) -> None:
        """`parent` is the window: while it is minimised the clock gives no hints."""
        super().__init__(parent)
        self._window = parent
        self._lock = threading.Lock()
        self._is_awake = False
        self._path: Path | None = None
        self._is_folder = False
        self._watcher: FileWatcher | None = None
        self._start = QTimer(self, singleShot=True, interval=START_AFTER_MS)
        self._start.timeout.connect(self._start_watching)
        self._clock = QTimer(self, interval=look_every_ms)
        self._clock.timeout.connect(self._look_by_clock)
        self._is_told_polling = False
        self._woken.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._began_to_poll.connect(self._tell_polling, Qt.ConnectionType.QueuedConnection)

    def watch(self, path: Path | None, *, is_folder: bool = False) -> None:
        """Watch a file, or everything in a folder, from now on, and nothing else; None: nothing."""
        if path == self._path:
            return
        if self._watcher is not None and self._path is not None:
            self._watcher.unwatch(self._path)
        self._path = path
        self._is_folder = is_folder
        if path is None:
            self._clock.stop()
        else:
            self._clock.start()
        if path is not None and self._watcher is not None:
            self._begin(self._watcher, path)
        elif path is not None:
            self._start.start()

    def stop(self) -> None:
        """Stop watching for good."""
        self._start.stop()
        self._clock.stop()
        if self._watcher is not None:
            self._watcher.stop()
            self._watcher = None
        self._path = None

    def _start_watching(self) -> None:
        if self._path is None or self._watcher is not None:
            return
        from editor.storage.watcher import FileWatcher

        watcher = FileWatcher(self._hint, on_polling=self._began_to_poll.emit)
        self._begin(watcher, self._path)
        self._watcher = watcher
        self.hinted.emit()

    def _begin(self, watcher: "FileWatcher", path: Path) -> None:
        with contextlib.suppress(OSError):  # the folder is gone again; the next look tells
            if self._is_folder:
                watcher.watch_all_in(path)
            else:
                watcher.watch(path)

    def _hint(self, _path: Path) -> None:
        with self._lock:
            was_awake, self._is_awake = self._is_awake, True
        if not was_awake:
            self._woken.emit()

    def _tell(self) -> None:
        with self._lock:
            self._is_awake = False
        if self._path is not None:
            self.hinted.emit()

    def _look_by_clock(self) -> None:
        if self._window is None or not self._window.isMinimized():
            self.hinted.emit()

    def _tell_polling(self) -> None:
        if not self._is_told_polling:
            self._is_told_polling = True
            self.noticed.emit(Notice(POLLING, topic="polling", timeout_ms=TOLD_FOR_MS))
