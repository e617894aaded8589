"""What the file and the folder behind a window have in common: one save at a time, in the background, and what comes of it."""

from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, cast

from PySide6.QtCore import QEventLoop, QObject, Signal
from PySide6.QtWidgets import QWidget

from editor.errors import CannotEncode, DinkusError, FileConflict
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.jobs import Job
from editor.ui.messages import Answer, Notice
from editor.ui.version_keeper import VersionKeeper

SAVING = "saving"
T = TypeVar("T")


class SavingController(QObject):
    """What stands behind a window on disk. The buffer and the disk are the only state: `is_modified` is the document's."""

    file_changed = Signal()  # another path, encoding or line ends; other files in a folder
    saved = Signal()
    save_ended = Signal()  # done or not
    conflict_found = Signal()  # a save found a file that is not the one that was read; nothing was written
    noticed = Signal(object)  # Notice
    notice_settled = Signal(str)  # the topic of a notice that is out of date

    def __init__(self, buffer: ManuscriptBuffer, keeper: VersionKeeper, window: QWidget) -> None:
        super().__init__(window)
        self.buffer = self._buffer = buffer
        self._keeper, self._window = keeper, window
        self._saving: Job | None = None

    @property
    def is_modified(self) -> bool:
        return self._buffer.document.isModified()

    @property
    def is_saving(self) -> bool:
        return self._saving is not None

    def wait(self) -> None:
        """Block until a save that is under way has ended and been dealt with."""
        while (job := self._saving) is not None:
            job.wait()
            if self._saving is job:  # a fault of ours kept its end from being dealt with
                self._saving = None

    @abstractmethod
    def save(self) -> None:
        """Write the text in the background."""

    def _start_save(
        self,
        write: Callable[[], Any],
        take: Callable[[Any], None],
        ask_for_utf8: Callable[[CannotEncode], None],
    ) -> None:
        """Run `write` in the background, `take` what it returns, and tell what it raises."""
        self._saving = Job(lambda _job: write())
        self._saving.succeeded.connect(partial(self._end_save, take))
        self._saving.failed.connect(partial(self._fail_to_save, ask_for_utf8))
        self._saving.start()

    def _write_now(self, write: Callable[[], T]) -> T:
        """Run `write` off the window's thread, and return what it returns or raise what it raises.

        The window is painted meanwhile and takes no input.
        """
        outcome: list[tuple[T | None, Exception | None]] = []
        loop = QEventLoop()
        job = self._saving = Job(lambda _job: write())
        job.succeeded.connect(lambda result: outcome.append((result, None)))
        job.failed.connect(lambda error: outcome.append((None, error)))
        job.start()
        flags = QEventLoop.ProcessEventsFlag
        while not outcome:
            loop.processEvents(flags.ExcludeUserInputEvents | flags.WaitForMoreEvents)
        self._saving = None
        result, error = outcome[0]
        if error is not None:
            raise error
        return cast("T", result)

    def _end_save(self, take: Callable[[Any], None], written: object) -> None:
        self._saving = None
        take(written)
        self.save_ended.emit()

    def _fail_to_save(self, ask_for_utf8: Callable[[CannotEncode], None], error: Exception) -> None:
        self._saving = None
        if isinstance(error, FileConflict):
            self.conflict_found.emit()
        elif isinstance(error, CannotEncode):
            ask_for_utf8(error)
        elif isinstance(error, DinkusError):
            self._show_error(error, self.save)
        self.save_ended.emit()
        if not isinstance(error, DinkusError):
            raise error

    @abstractmethod
    def _show_error(self, error: DinkusError, again: Callable[[], object]) -> None:
        """Tell what could not be done, with ways out."""

    def _tell_encoding(self, error: CannotEncode, label: str, save_as_utf8: Callable[[], object]) -> None:
        answers = (Answer(label, save_as_utf8), Answer("Not now", lambda: None))
        self.noticed.emit(Notice(str(error), answers, "warning", SAVING))
