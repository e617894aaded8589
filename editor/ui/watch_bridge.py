"""Bring the watcher's hints from its thread to the window's: a set of paths and one wake-up, however many events there are."""

import threading
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from editor.storage.watcher import FileWatcher


class WatchBridge(QObject):
    """Watches one file, or one folder, at a time for a window. Hints only: whoever hears one looks at the disk."""

    hinted = Signal()
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._is_awake = False
        self._path: Path | None = None
        self._watcher: FileWatcher | None = None
        self._woken.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def watch(self, path: Path | None, *, is_folder: bool = False) -> None:
        """Watch a file, or everything in a folder, from now on, and nothing else; None: nothing."""
        if path == self._path:
            return
        if self._watcher is not None and self._path is not None:
            self._watcher.unwatch(self._path)
        self._path = path
        if path is not None:
            if self._watcher is None:
                self._watcher = FileWatcher(self._hint)
            if is_folder:
                self._watcher.watch_all_in(path)
            else:
                self._watcher.watch(path)

    def stop(self) -> None:
        """Stop watching for good."""
        if self._watcher is not None:
            self._watcher.stop()
            self._watcher = None
        self._path = None

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
