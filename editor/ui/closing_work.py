"""Work that is left when a window closes, and that must not keep it open: done in threads of its own, waited for with a limit.

Not a `Job`: the thread pool waits for its jobs without a limit when the program ends, and a folder on a network may not answer.
"""

import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from editor.errors import DinkusError


class ClosingWork(QObject):
    """What is still being done for windows that have closed."""

    failed = Signal(str)
    """What went wrong, in words."""
    _ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._faults: list[str] = []
        self._running: list[tuple[threading.Thread, str]] = []
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def start(self, function: Callable[[], object], if_late: str) -> None:
        """Do something in a thread; `if_late` is what is told if it is not done when the program ends."""

        def run() -> None:
            try:
                function()
            except DinkusError as error:
                with self._lock:
                    self._faults.append(str(error))
            self._ended.emit()

        thread = threading.Thread(target=run, name="closing", daemon=True)
        self._running = [one for one in self._running if one[0].is_alive()]
        self._running.append((thread, if_late))
        thread.start()

    def wait(self, seconds: float) -> list[str]:
        """Wait until all is done, but no longer; return what the writer has not been told."""
        latest = time.monotonic() + seconds
        for thread, _ in self._running:
            thread.join(max(0.0, latest - time.monotonic()))
        late = [text for thread, text in self._running if thread.is_alive()]
        return self._take_faults() + late

    def _take_faults(self) -> list[str]:
        with self._lock:
            faults, self._faults = self._faults, []
        return faults

    def _tell(self) -> None:
        for text in self._take_faults():
            self.failed.emit(text)
