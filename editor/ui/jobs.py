"""Run a function off the window's thread and hear of its result in the window's thread.

One job object for one run. What the function raises is handed over too; nothing is swallowed. A job belongs to the
application and goes when it has told its end, so it outlives a window that is closed meanwhile: whoever closes cancels.
"""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QMetaMethod, QObject, Qt, QThreadPool, Signal


class Job(QObject):
    """One function running in the background."""

    succeeded = Signal(object)
    failed = Signal(object)
    progressed = Signal(int, int)
    _ended = Signal()

    def __init__(self, function: Callable[["Job"], Any]) -> None:
        """`function` gets the job, to report progress to and to ask whether it is cancelled."""
        super().__init__(QCoreApplication.instance())
        self._function = function
        self._cancelled = threading.Event()
        self._done = threading.Event()
        self._reported = False
        self._outcome: tuple[Any, BaseException | None] = (None, None)
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def start(self, pool: QThreadPool | None = None) -> "Job":
        """Start running, in a pool of one's own or in that of everybody; return the job."""
        (pool or QThreadPool.globalInstance()).start(self._run)
        return self

    def cancel(self) -> None:
        """Ask the function to stop; its result, if there still is one, is not reported."""
        self._cancelled.set()

    def report_progress(self, done: int, total: int) -> None:
        """Tell how far the function is; called from its own thread."""
        self.progressed.emit(done, total)

    def wait(self) -> None:
        """Block until the function has ended, and report its result now."""
        self._done.wait()
        self._report()

    def _run(self) -> None:
        try:
            self._outcome = (self._function(self), None)
        except Exception as error:  # noqa: BLE001 - handed to the window's thread, which shows or re-raises it
            self._outcome = (None, error)
        self._done.set()
        self._ended.emit()

    def _end(self) -> None:
        try:
            self._report()
        finally:
            self.deleteLater()

    def _report(self) -> None:
        if self._reported:
            return
        self._reported = True
        result, error = self._outcome
        if self.is_cancelled:
            return
        if error is None:
            self.succeeded.emit(result)
        elif not self.isSignalConnected(QMetaMethod.fromSignal(self.failed)):
            raise error  # nobody else would hear of it
        else:
            self.failed.emit(error)
