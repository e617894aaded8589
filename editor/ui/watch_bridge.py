"""Bring the watcher's hints from its thread to the window's: a set of paths and one wake-up, however many events there are."""

import contextlib
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from editor.storage.watcher import FileWatcher

START_AFTER_MS = 50
"""By then a window that was opened is painted: to start watching for the first time takes about as long."""


class WatchBridge(QObject):
    """Watches one file, or one folder, at a time for a window. Hints only: whoever hears one looks at the disk.

    The first time, watching starts a moment after it was asked for, with a hint, so that nothing is missed in between.
    """

    hinted = Signal()
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._is_awake = False
        self._path: Path | None = None
        self._is_folder = False
        self._watcher: FileWatcher | None = None
        self._start = QTimer(self, singleShot=True, interval=START_AFTER_MS)
        self._start.timeout.connect(self._start_watching)
        self._woken.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def watch(self, path: Path | None, *, is_folder: bool = False) -> None:
        """Watch a file, or everything in a folder, from now on, and nothing else; None: nothing."""
        if path == self._path:
            return
        if self._watcher is not None and self._path is not None:
            self._watcher.unwatch(self._path)
        self._path = path
        self._is_folder = is_folder
        if path is not None and self._watcher is not None:
            self._begin(self._watcher, path)
        elif path is not None:
            self._start.start()

    def stop(self) -> None:
        """Stop watching for good."""
        self._start.stop()
        if self._watcher is not None:
            self._watcher.stop()
            self._watcher = None
        self._path = None

    def _start_watching(self) -> None:
        if self._path is None or self._watcher is not None:
            return
        from editor.storage.watcher import FileWatcher

        watcher = FileWatcher(self._hint)
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
