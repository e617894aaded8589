"""What to do when somebody else changes the file of a window.

Hints come from the watcher, from the window getting the focus and from a save that found a conflict; the hash of the disk's
bytes decides. Clean text follows the disk as one undoable step; unsaved text is asked about; nothing is overwritten, and
the version that is not chosen is kept.
"""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from editor.errors import DinkusError
from editor.storage.files import Fingerprint, StoredFile, Vanished, changed_outside
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.file_controller import FileController
from editor.ui.jobs import Job
from editor.ui.messages import Answer, Notice
from editor.ui.version_keeper import VersionKeeper

TOPIC = "outside"
GONE_FOR_GOOD_MS = 1_000  # programs that delete a file and make it again are quicker
TOLD_FOR_MS = 15_000


class OutsideChanges(QObject):
    """Looks at the disk for one window."""

    noticed = Signal(object)  # Notice
    notice_settled = Signal(str)  # its topic

    def __init__(
        self, buffer: ManuscriptBuffer, files: FileController, keeper: VersionKeeper, window: QWidget
    ) -> None:
        super().__init__(window)
        self._buffer, self._files, self._keeper, self._window = buffer, files, keeper, window
        self._looking: Job | None = None
        self._must_look_again = False
        self._asked: Fingerprint | None = None
        self._is_missing = False
        self._is_told_gone = False
        self._undoable = ""  # what is told of changes that were taken in and are still the last step of undo
        self._patience = QTimer(self, singleShot=True, interval=GONE_FOR_GOOD_MS)
        self._patience.timeout.connect(self.look)
        files.conflict_found.connect(self._look_and_ask)
        files.saved.connect(self._settle)
        files.save_ended.connect(self._look_after_save)
        files.file_changed.connect(self._forget_question)
        buffer.edited.connect(self._withdraw_undo)

    @property
    def is_looking(self) -> bool:
        return self._looking is not None

    def look(self) -> None:
        """Find out in the background whether somebody else changed the file."""
        stored = self._files.stored
        if stored is None:
            return
        if self._looking is not None or self._files.is_saving:
            self._must_look_again = True  # what is being looked at or written may be older than this hint
            return
        self._must_look_again = False
        self._looking = Job(lambda _job: changed_outside(stored))
        self._looking.succeeded.connect(lambda found: self._see(stored, found))
        self._looking.failed.connect(self._fail)
        self._looking.start()

    def _look_after_save(self) -> None:
        if self._must_look_again:
            self.look()

    def wait(self) -> None:
        """Block until what is being looked at has been seen and dealt with."""
        while (job := self._looking) is not None:
            job.wait()
            if self._looking is job:  # a fault of ours kept its end from being dealt with
                self._looking = None

    def stop(self) -> None:
        """Look no more; what is being looked at is not dealt with."""
        self._patience.stop()
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None

    def _take_back(self) -> None:
        self._undoable = ""
        self._buffer.document.undo()

    def _look_and_ask(self, _result: int = 0) -> None:
        self._asked = None  # the writer may have closed the message; a save that was refused must say why
        self.look()

    def _settle(self) -> None:
        self._asked, self._is_missing, self._is_told_gone = None, False, False
        self.notice_settled.emit(TOPIC)

    def _forget_question(self) -> None:
        """The writer has reverted, or gone on with another file: what was asked is answered."""
        if self._asked or self._is_missing:
            self._settle()

    def _withdraw_undo(self) -> None:
        """Offer no more to undo what is no longer the last step."""
        text, self._undoable = self._undoable, ""
        if text:
            self.noticed.emit(Notice(text, (), "info", TOPIC, TOLD_FOR_MS, is_correction=True))

    def _fail(self, error: Exception) -> None:
        self._looking = None
        self._must_look_again = False
        if not isinstance(error, DinkusError):
            raise error
        self.noticed.emit(Notice(str(error), kind="warning", topic=TOPIC))

    def _see(self, stored: StoredFile, found: StoredFile | Vanished | None) -> None:
        self._looking = None
        if self._files.is_saving or stored is not self._files.stored or self._must_look_again:
            self.look()  # saved or changed meanwhile; what was seen is out of date
        elif isinstance(found, Vanished):
            self._miss(stored.path)
        elif found is None:
            if self._asked or self._is_missing:
                self._settle()
        elif found.decoded.lines == self._buffer.lines():
            self._files.adopt(found)
        elif not self._files.is_modified:
            self._patch_in(found)
        elif self._asked != found.fingerprint:
            self._ask(found)

    def _miss(self, path: Path) -> None:
        """Tell that the file is gone, if it is still gone a second after that was first seen."""
        if not self._is_missing:
            self._is_missing = True
            self._patience.start()
        elif not self._patience.isActive() and not self._is_told_gone:
            self._is_told_gone = True
            self._buffer.note_saved(None)
            answers = (
                Answer("Save again", self._files.save_again),
                Answer("Save elsewhere...", self._files.save_elsewhere),
            )
            text = f"{path.name} is no longer in {path.parent}. The text is safe in this window."
            self.noticed.emit(Notice(text, answers, "warning", TOPIC))

    def _patch_in(self, found: StoredFile) -> None:
        self._files.take(found)
        self._is_missing = False
        answers = (Answer("Undo", self._take_back),)
        text = f"{found.path.name} was changed by another program. The changes are taken in."
        self.noticed.emit(Notice(text, answers, "info", TOPIC, TOLD_FOR_MS))
        self._undoable = text

    def _ask(self, found: StoredFile) -> None:
        self._asked, self._undoable = found.fingerprint, ""
        answers = (
            Answer("Keep mine", lambda: self._keep_mine(found)),
            Answer("Take theirs", lambda: self._take_theirs(found)),
            Answer("Save mine elsewhere...", lambda: self._save_mine_elsewhere(found)),
            Answer("Compare", lambda: self._compare(found)),
        )
        text = f"{found.path.name} was changed by another program while you were writing. Nothing has been overwritten."
        self.noticed.emit(Notice(text, answers, "warning", TOPIC))

    def _keep_mine(self, found: StoredFile) -> None:
        if self._keeper.keep(found.data, found.path, "theirs"):
            self._files.rebase(found)
            self._settle()
        else:
            self._ask(found)

    def _take_theirs(self, found: StoredFile) -> None:
        if self._keeper.keep_lines(self._buffer.lines(), found.path, "mine"):
            self._files.take(found)
            self._settle()
        else:
            self._ask(found)

    def _save_mine_elsewhere(self, found: StoredFile) -> None:
        if self._files.save_copy():
            self._files.take(found)
            self._settle()
        else:
            self._ask(found)

    def _compare(self, found: StoredFile) -> None:
        titles = ("In this window", "On disk")
        from editor.ui.compare_dialog import CompareDialog

        dialog = CompareDialog(self._buffer.lines(), found.decoded.lines, titles, self._window)
        dialog.finished.connect(self._look_and_ask)
        dialog.open()
