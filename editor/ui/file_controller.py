"""The file behind a window: open, save, and what to do when somebody else changes it.

Saving and looking at the disk happen away from the window's thread; nothing is ever overwritten silently, and the version
that is not chosen is kept. The buffer and the file are the only state: `is_modified` is the document's.
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from editor.errors import CannotEncode, DinkusError, FileConflict
from editor.manuscript.differences import edits_between
from editor.markup.model import WrapMode
from editor.storage.files import StoredFile, Vanished, changed_outside, read_file, save_as, save_file
from editor.storage.kept import keep_version
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.compare_dialog import CompareDialog
from editor.ui.jobs import Job
from editor.ui.messages import Answer, Notice

OUTSIDE = "outside"
SAVING = "saving"
FILE_FILTER = "Text (*.txt *.text *.md *.markdown *.mail *.eml);;All files (*)"


def ask_save_path(parent: QWidget | None, suggestion: str) -> str:
    """Ask for a file to save to; "" if the writer would rather not. The dialog asks before it takes an existing one."""
    return QFileDialog.getSaveFileName(parent, "Save as", suggestion, FILE_FILTER)[0]


class FileController(QObject):
    """The file of one window."""

    file_changed = Signal()  # another path, encoding or line ends
    saved = Signal()
    noticed = Signal(object)  # Notice
    notice_settled = Signal(str)  # the topic of a notice that is out of date

    def __init__(
        self,
        buffer: ManuscriptBuffer,
        kept: Path,
        window: QWidget,
        ask_path: Callable[[QWidget | None, str], str] = ask_save_path,
    ) -> None:
        """`kept` is the folder for versions not chosen; `ask_path` asks for a file (tests answer by themselves)."""
        super().__init__(window)
        self._buffer, self._kept, self._window, self._ask_path = buffer, kept, window, ask_path
        self._stored: StoredFile | None = None
        self._saving: Job | None = None
        self._looking: Job | None = None
        self._is_utf8_agreed = False
        self._seen: StoredFile | None = None

    @property
    def path(self) -> Path | None:
        return self._stored.path if self._stored else None

    @property
    def stored(self) -> StoredFile | None:
        """The file as it was last read or written."""
        return self._stored

    @property
    def is_modified(self) -> bool:
        return self._buffer.document.isModified()

    @property
    def is_saving(self) -> bool:
        return self._saving is not None

    def start_untitled(self, lines: Sequence[str] = ("",)) -> None:
        """Show text that has no file yet."""
        self._stored = None
        self._buffer.load(list(lines))
        self.file_changed.emit()

    def open_file(self, path: Path, encoding: str | None = None, mode: WrapMode | None = None) -> None:
        """Read `path` and show it; raise a FileError and leave everything as it was if that cannot be done."""
        stored = read_file(path, encoding)
        self._stored = stored
        self._is_utf8_agreed = False
        self._buffer.load(stored.decoded.lines, mode)
        self.file_changed.emit()
        if stored.decoded.notice and encoding is None:
            self.noticed.emit(Notice(stored.decoded.notice, topic="encoding"))

    def save(self) -> None:
        """Write the text to its file in the background; without a file, ask for one."""
        if self._stored is None:
            self.save_elsewhere()
            return
        if self._saving is not None:
            self.wait()
        stored, lines, is_agreed = self._stored, self._buffer.lines(), self._is_utf8_agreed
        self._run_save(lambda _job: save_file(stored, lines, as_utf8=is_agreed))

    def save_now(self) -> bool:
        """Save and wait for it; return whether the text is safe on disk."""
        self.save()
        self.wait()
        return not self.is_modified

    def save_elsewhere(self) -> bool:
        """Ask for a file, write the text there and go on with that file; return whether it was done."""
        return self._save_to(self._ask(), goes_on=True)

    def save_copy(self) -> bool:
        """Ask for a file, write the text there and stay with the present one; return whether it was done."""
        return self._save_to(self._ask(), goes_on=False)

    def revert(self) -> None:
        """Take the text from disk again, as one undo step; what was in the window is kept as a version too."""
        if self._stored is not None:
            try:
                stored = read_file(self._stored.path, self._stored.chosen_encoding)
            except DinkusError as error:
                self._show_error(error)
                return
            if self.is_modified:
                self._keep_text("reverted")
            self._take(stored)

    def reopen_as(self, encoding: str) -> None:
        """Read the file again in another encoding; only done while nothing is unsaved."""
        if self._stored is None:
            return
        if self.is_modified:
            text = (
                "Save or revert first: reading the file in another encoding replaces what is in the window."
            )
            self.noticed.emit(Notice(text, kind="warning", topic="encoding"))
            return
        try:
            self.open_file(self._stored.path, encoding, self._buffer.manuscript.text.mode)
        except (DinkusError, ValueError) as error:
            text = (
                str(error)
                if isinstance(error, DinkusError)
                else f"{self._stored.path.name} is not text in {encoding}."
            )
            self.noticed.emit(Notice(text, kind="error", topic="encoding"))

    def look_at_disk(self) -> None:
        """Find out in the background whether somebody else changed the file."""
        if self._stored is None or self._saving is not None or self._looking is not None:
            return
        stored = self._stored
        self._looking = Job(lambda _job: changed_outside(stored), self)
        self._looking.succeeded.connect(lambda found: self._see(stored, found))
        self._looking.failed.connect(self._stop_looking)
        self._looking.start()

    def keep_unsaved(self) -> bool:
        """Keep what is in the window, though the writer does not want to save it, as a version; return whether it is safe."""
        return self._keep_text("not saved")

    def wait(self) -> None:
        """Block until a save or a look at the disk that is under way has ended and been dealt with."""
        for job in (self._saving, self._looking):
            if job is not None:
                job.wait()

    # -- saving ---------------------------------------------------------------------------------------------------

    def _ask(self) -> str:
        suggestion = (
            self.path
            or Path.home() / f"{self._buffer.manuscript.outline.title or 'Untitled'}.txt".replace("/", "-")
        )
        return self._ask_path(self._window, str(suggestion))

    def _save_to(self, name: str, *, goes_on: bool) -> bool:
        if not name:
            return False
        self.wait()
        path, like = Path(name), self._stored.decoded if self._stored else None
        if not self._keep_overwritten(path):
            return False
        try:
            stored = save_as(path, self._buffer.lines(), like, overwrite=True, as_utf8=self._is_utf8_agreed)
        except CannotEncode as error:
            self._ask_for_utf8(error)
            return False
        except DinkusError as error:
            self._show_error(error)
            return False
        if goes_on:
            self._end_save(stored, self._buffer.document.revision())
            self.file_changed.emit()
        return True

    def _keep_overwritten(self, path: Path) -> bool:
        """Keep the text of another file that the writer lets this one replace."""
        if path == self.path or not path.is_file():
            return True
        try:
            return self._keep(path.read_bytes(), path, "overwritten")
        except OSError as error:
            text = f"{path} is there and cannot be read ({error.strerror}), so it is not replaced. Choose another name."
            self.noticed.emit(Notice(text, kind="error", topic=SAVING))
            return False

    def _run_save(self, work: Callable[[Job], StoredFile]) -> None:
        revision = self._buffer.document.revision()
        job = self._saving = Job(work, self)
        job.succeeded.connect(lambda stored: self._end_save(stored, revision))
        job.failed.connect(self._fail_to_save)
        job.start()

    def _end_save(self, stored: StoredFile, revision: int) -> None:
        self._saving = None
        is_renamed = self._stored is None or stored.decoded.encoding != self._stored.decoded.encoding
        self._stored, self._seen, self._is_utf8_agreed = stored, None, False
        if self._buffer.document.revision() == revision:
            self._buffer.document.setModified(False)
        self.notice_settled.emit(SAVING)
        self.notice_settled.emit(OUTSIDE)
        if is_renamed:
            self.file_changed.emit()
        self.saved.emit()

    def _fail_to_save(self, error: Exception) -> None:
        self._saving = None
        if isinstance(error, FileConflict):
            self.look_at_disk()
        elif isinstance(error, CannotEncode):
            self._ask_for_utf8(error)
        elif isinstance(error, DinkusError):
            self._show_error(error)
        else:
            raise error

    def _ask_for_utf8(self, error: CannotEncode) -> None:
        answers = (Answer("Save as UTF-8", self._save_as_utf8), Answer("Not now", lambda: None))
        self.noticed.emit(Notice(str(error), answers, "warning", SAVING))

    def _save_as_utf8(self) -> None:
        self._is_utf8_agreed = True
        self.save()

    def _show_error(self, error: DinkusError) -> None:
        answers = (Answer("Try again", self.save), Answer("Save elsewhere...", self._save_elsewhere_again))
        self.noticed.emit(Notice(str(error), answers, "error", SAVING))

    def _save_elsewhere_again(self) -> None:
        self.save_elsewhere()

    # -- changes from outside -------------------------------------------------------------------------------------

    def _stop_looking(self, error: Exception) -> None:
        self._looking = None
        if not isinstance(error, DinkusError):
            raise error
        self.noticed.emit(Notice(str(error), kind="warning", topic=OUTSIDE))

    def _see(self, stored: StoredFile, found: StoredFile | Vanished | None) -> None:
        self._looking = None
        if stored is not self._stored:
            return  # saved meanwhile; what was seen is out of date
        if found is None:
            if self._seen is not None:
                self._seen = None
                self.notice_settled.emit(OUTSIDE)
        elif isinstance(found, Vanished):
            self._tell_vanished(stored.path)
        elif found.decoded.lines == self._buffer.lines():
            self._end_save(found, self._buffer.document.revision())
        elif not self.is_modified:
            self._patch_in(found)
        elif self._seen is None or self._seen.fingerprint != found.fingerprint:
            self._ask_which(found)

    def _tell_vanished(self, path: Path) -> None:
        self._buffer.document.setModified(True)
        answers = (
            Answer("Save again", self._save_vanished),
            Answer("Save elsewhere...", self._save_elsewhere_again),
        )
        text = f"{path.name} is no longer in {path.parent}. The text is safe in this window."
        self.noticed.emit(Notice(text, answers, "warning", OUTSIDE))

    def _save_vanished(self) -> None:
        if self.path is not None:
            self._save_to(str(self.path), goes_on=True)

    def _patch_in(self, found: StoredFile) -> None:
        self._take(found)
        text = f"{found.path.name} was changed by another program. The changes are taken in."
        self.noticed.emit(
            Notice(text, (Answer("Undo", self._buffer.document.undo),), "info", OUTSIDE, 15_000)
        )

    def _ask_which(self, found: StoredFile) -> None:
        self._seen = found
        answers = (
            Answer("Keep mine", lambda: self._keep_mine(found)),
            Answer("Take theirs", lambda: self._take_theirs(found)),
            Answer("Save mine elsewhere...", lambda: self._save_mine_elsewhere(found)),
            Answer("Compare", lambda: self._compare(found)),
        )
        text = f"{found.path.name} was changed by another program while you were writing. Nothing has been overwritten."
        self.noticed.emit(Notice(text, answers, "warning", OUTSIDE))

    def _keep_mine(self, found: StoredFile) -> None:
        if self._keep(found.data, found.path, "theirs"):
            self._stored, self._seen = found, None
            self._buffer.document.setModified(True)
            self.notice_settled.emit(OUTSIDE)

    def _take_theirs(self, found: StoredFile) -> None:
        if self._keep_text("mine"):
            self._take(found)
            self.notice_settled.emit(OUTSIDE)

    def _save_mine_elsewhere(self, found: StoredFile) -> None:
        if self.save_copy():
            self._take(found)
            self.notice_settled.emit(OUTSIDE)
        else:
            self._ask_which(found)

    def _compare(self, found: StoredFile) -> None:
        titles = ("In this window", "On disk")
        dialog = CompareDialog(self._buffer.lines(), found.decoded.lines, titles, self._window)
        dialog.finished.connect(lambda _result: self._ask_which(found))
        dialog.open()

    def _take(self, found: StoredFile) -> None:
        """Show what is on disk, as one undo step that touches only the lines that differ."""
        self._stored, self._seen = found, None
        self._buffer.apply(edits_between(self._buffer.lines(), found.decoded.lines))
        self._buffer.document.setModified(False)
        self.file_changed.emit()

    def _keep_text(self, reason: str) -> bool:
        data = "\n".join(self._buffer.lines()).encode("utf-8", "surrogatepass")
        return self._keep(data, self.path or Path("Untitled.txt"), reason)

    def _keep(self, data: bytes, path: Path, reason: str) -> bool:
        try:
            keep_version(self._kept, path, data, reason, time.time())
        except DinkusError as error:
            self.noticed.emit(Notice(f"{error} Nothing was changed.", kind="error", topic=OUTSIDE))
            return False
        return True
