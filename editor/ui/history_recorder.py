"""Have every save of a window kept in the history, and what was opened the first time, away from the window's thread.

What is kept are the bytes that were read or written, looked at once more; versions are kept one after the other, in the order in
which they came. A history that fails is told of once and hinders nothing.
"""

import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from editor.errors import DinkusError
from editor.manuscript.chapter_files import split_into_files
from editor.markup.lines import is_boundary
from editor.storage.files import StoredFile
from editor.storage.folder_names import SETTINGS_NAME
from editor.ui.jobs import Job
from editor.ui.messages import Notice
from editor.ui.store import Store
from editor.ui.version_keeper import UNTITLED, VersionKeeper

SAVES_BETWEEN_THINNING = 40
OPENED_AFTER_MS = 1500
"""What was opened is kept when the window is there; nothing is to slow its coming."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """A version to be kept: of which manuscript, its files (read ones, or bytes by name), why, and when."""

    manuscript: Path
    files: tuple[StoredFile, ...]
    data: Mapping[str, bytes]
    reason: str
    time: float
    is_part: bool = False
    thins: bool = False


class HistoryRecorder(QObject):
    """Keeps the versions of what one window shows. `folder` holds all histories."""

    noticed = Signal(object)  # Notice
    recorded = Signal()
    """A version was kept."""

    def __init__(
        self, folder: Path, store: Store, keeper: VersionKeeper, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.folder = folder
        self._store = store
        self._waiting: deque[Keeping] = deque()
        self._job: Job | None = None
        self._opened: Path | None = None
        self._saves = 0
        self._told: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(OPENED_AFTER_MS)
        self._timer.timeout.connect(self._start)
        store.saved.connect(self._keep_saved)
        store.file_changed.connect(self._keep_opened)
        keeper.kept.connect(self._keep_safe)
        keeper.keep_in_history = self._keep_now

    @property
    def is_recording(self) -> bool:
        """Whether a version is still to be kept."""
        return self._job is not None or bool(self._waiting)

    def wait(self) -> None:
        """Block until everything that was to be kept is."""
        self._start()
        while self._job is not None:
            self._job.wait()

    def _keep_saved(self) -> None:
        self._saves += 1
        self._opened = self._store.path
        self._keep_whole("saved", thins=self._saves % SAVES_BETWEEN_THINNING == 0)

    def _keep_opened(self) -> None:
        """Keep what was read, the first time a window shows a file, so that there is something before the first save."""
        path = self._store.path
        if path != self._opened:
            self._opened = path
            if path is not None:
                self._keep_whole("opened", thins=True)

    def _keep_whole(self, reason: str, *, thins: bool) -> None:
        path, data = self._store.path, dict[str, bytes]()
        if path is None:
            return
        if self._store.folder.files is not None:
            files = self._store.folder.files
            stored = tuple(found for label in files.labels if (found := files.stored(label)) is not None)
            if files.settings.raw:
                data[SETTINGS_NAME] = files.settings.raw
        else:
            stored = (self._store.files.stored,) if self._store.files.stored is not None else ()
        if stored:
            self._enqueue(Keeping(path, stored, data, reason, time.time(), thins=thins))

    def _keep_safe(self, data: bytes, path: Path | None, reason: str) -> None:
        self._enqueue(self._safety(data, path, reason))

    def _keep_now(self, data: bytes, path: Path | None, reason: str) -> bool:
        self.wait()
        try:
            keep(self.folder, self._safety(data, path, reason))
        except DinkusError:
            return False
        return True

    def _safety(self, data: bytes, path: Path | None, reason: str) -> Keeping:
        """Return a text that was replaced or not chosen as a version of the manuscript it belongs to."""
        now = time.time()
        if path is None:
            return Keeping(self.folder.parent / UNTITLED, (), {UNTITLED.name: data}, reason, now)
        files = self._store.folder.files
        if files is None:
            return Keeping(path, (), {path.name: data}, reason, now)
        if path == files.folder:
            lines = data.decode("utf-8", "surrogatepass").split("\n")
            texts = split_into_files(lines) if is_boundary(lines[0]) else []
            parts = {
                files.path_of(text.label or "").name: "\n".join(text.lines).encode("utf-8", "surrogatepass")
                for text in texts
            }
            return Keeping(path, (), parts or {UNTITLED.name: data}, reason, now, is_part=True)
        is_inside = path.parent == files.folder
        manuscript = files.folder if is_inside else path
        return Keeping(manuscript, (), {path.name: data}, reason, now, is_part=is_inside)

    def finish(self) -> None:
        """Have what is still to be kept kept, though the window is about to go."""
        self._timer.stop()
        if self._job is not None:
            self._job.wait()
        self._start()

    def _enqueue(self, keeping: Keeping) -> None:
        self._waiting.append(keeping)
        if keeping.reason == "opened":
            self._timer.start()
        else:
            self._start()

    def _start(self) -> None:
        if self._job is not None or not self._waiting:
            return
        self._timer.stop()
        folder, waiting = self.folder, self._waiting
        self._job = Job(lambda _job: keep_all(folder, waiting))
        self._job.succeeded.connect(self._end)
        self._job.failed.connect(self._fail)
        self._job.start()

    def _end(self, problems: list[str]) -> None:
        self._job = None
        self._start()
        for problem in problems:
            self._tell(problem)
        self.recorded.emit()

    def _fail(self, error: Exception) -> None:
        self._job = None
        raise error

    def _tell(self, text: str) -> None:
        if text not in self._told:
            self._told.add(text)
            self.noticed.emit(Notice(text, kind="warning", topic="history"))


def keep_all(folder: Path, waiting: deque[Keeping]) -> list[str]:
    """Keep versions until none is waiting; return what the writer is to be told."""
    problems = []
    while waiting:
        try:
            problems += keep(folder, waiting.popleft())
        except DinkusError as error:
            problems.append(str(error))
    return problems


def keep(folder: Path, keeping: Keeping) -> list[str]:
    """Keep a version; return what the writer is to be told. Raise SaveFailed."""
    from editor.storage.history import History

    history = History(folder, keeping.manuscript)
    files = {stored.path.name: _bytes_of(stored) for stored in keeping.files}
    history.keep({**files, **keeping.data}, keeping.reason, keeping.time, is_part=keeping.is_part)
    if keeping.thins:
        history.thin(keeping.time)
    return history.problems


def _bytes_of(stored: StoredFile) -> bytes:
    """Return the very bytes of a file that was read or written."""
    from editor.storage.files import hash_of, read_file

    data = stored.data
    if hash_of(data) == stored.fingerprint.sha256:
        return data
    found = read_file(stored.path)  # never seen; then the disk is asked
    return found.data
