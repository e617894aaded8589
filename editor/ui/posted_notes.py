"""What was posted of the manuscript of a window, on the disk: read when a text is there, noted after each export.

Everything on the disk is done in a thread of its own, one after the other, in the order in which it was asked for. What goes
wrong is told and hinders no export.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from editor.errors import DinkusError
from editor.manuscript.posted_chapters import Posted
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.jobs import Job
from editor.ui.messages import Notice
from editor.ui.store import Store

if TYPE_CHECKING:
    from editor.app.posting import PostedLedger

OPENED_AFTER_MS = 400
"""What was posted is looked up when the text is there; nothing is to slow its coming."""
LAST_WAIT_MS = 3000

Work = Callable[["PostedLedger"], Posted | None]


class PostedNotes(QObject):
    """The notes of one window. `folder` holds those of all manuscripts."""

    noticed = Signal(object)  # Notice
    changed = Signal()
    """`posted` is another."""

    def __init__(
        self, folder: Path, buffer: ManuscriptBuffer, store: Store, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.posted = Posted()
        self.pool = QThreadPool(self)
        self.pool.setMaxThreadCount(1)
        self.is_stopped = False
        self._folder, self._store = folder, store
        self._ledger: PostedLedger | None = None
        self._path: Path | None = None
        self._is_loaded = True  # the text is another since the path was taken
        self._opening = QTimer(self, singleShot=True, interval=OPENED_AFTER_MS)
        self._opening.timeout.connect(self._open)
        buffer.loaded.connect(self._note_loaded)
        store.file_changed.connect(self._take_path)
        store.looked.connect(self._look)

    def run(self, work: Work) -> None:
        """Do something with the ledger, after all that was asked for before, and take what was posted from it (None: as it is)."""
        if self._opening.isActive():
            self._open()
        self._start(work)

    def change(self, function: Callable[[Posted], Posted]) -> None:
        """Put what `function` makes of it in the place of what was posted."""
        self.run(lambda ledger: ledger.change(function))

    def stop(self) -> None:
        """Tell nothing any more; what is to be noted is."""
        self._opening.stop()
        self.is_stopped = True
        self.pool.waitForDone(LAST_WAIT_MS)

    def _note_loaded(self) -> None:
        self._is_loaded = True

    def _take_path(self) -> None:
        """Go on with the path that the manuscript has now; if it is the same text, what was posted goes along."""
        path = self._store.path
        if self._is_loaded:
            self._path, self._is_loaded = path, False
            self._take(Posted())
            self._opening.start()
        elif path != self._path:
            if self._opening.isActive():
                self._open()
            self._path = path
            self._start(lambda ledger: ledger.open_at(path, carries=True))

    def _open(self) -> None:
        self._opening.stop()
        path = self._path
        self._start(lambda ledger: ledger.open_at(path))

    def _look(self) -> None:
        if self._path is not None and not self._opening.isActive():
            self._start(lambda ledger: ledger.read_if_changed())

    def _start(self, work: Work) -> None:
        job = Job(lambda _job: self._work(work))
        job.succeeded.connect(partial(self._end, self._path))
        job.failed.connect(
            partial(self._fail)
        )  # also when the window has gone: a plain slot would go with it
        job.start(self.pool)

    def _work(self, work: Work) -> tuple[Posted | None, list[str]]:
        if self._ledger is None:
            from editor.app.posting import PostedLedger

            self._ledger = PostedLedger(self._folder)
        return work(self._ledger), self._ledger.take_problems()

    def _end(self, path: Path | None, done: tuple[Posted | None, list[str]]) -> None:
        posted, problems = done
        if self.is_stopped:
            return
        for problem in problems:
            self.noticed.emit(Notice(problem, kind="warning", topic="posted"))
        if posted is not None and path == self._path:
            self._take(posted)

    def _take(self, posted: Posted) -> None:
        if posted != self.posted:
            self.posted = posted
            self.changed.emit()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, DinkusError):
            raise error
        if not self.is_stopped:
            self.noticed.emit(Notice(str(error), kind="warning", topic="posted"))
