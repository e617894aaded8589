"""Run a function off the window's thread and hear of its result in the window's thread.

One job object for one run. What the function raises is handed over too; nothing is swallowed.
"""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal


class Job(QObject):
    """One function running in the background."""

    succeeded = Signal(object)
    failed = Signal(object)
    progressed = Signal(int, int)
    _ended = Signal(object, object)

    def __init__(self, function: Callable[["Job"], Any], parent: QObject | None = None) -> None:
        """`function` gets the job, to report progress to and to ask whether it is cancelled."""
        super().__init__(parent)
        self._function = function
        self._cancelled = threading.Event()
        self._done = threading.Event()
        self._reported = False
        self._outcome: tuple[Any, BaseException | None] = (None, None)
        self._ended.connect(self._report, Qt.ConnectionType.QueuedConnection)

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def start(self) -> "Job":
        """Start running; return the job."""
        QThreadPool.globalInstance().start(self._run)
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
        self._ended.emit(None, None)

    def _report(self) -> None:
        if self._reported:
            return
        self._reported = True
        result, error = self._outcome
        if self.is_cancelled:
            return
        if error is None:
            self.succeeded.emit(result)
        else:
            self.failed.emit(error)
