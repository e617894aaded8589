"""Looking at the disk for a window: one look at a time, off the window's thread, and again if something happened meanwhile.

Hints come from the watcher, from a clock, from the window getting the focus and from a save that found a conflict; the disk
decides. What is found is the business of `outside_changes` (a file) and `folder_changes` (a folder).
"""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from editor.errors import DinkusError
from editor.markup.lines import is_blank
from editor.storage.files import Fingerprint, StoredFile
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.jobs import Job
from editor.ui.messages import Notice
from editor.ui.outside_merge import TOPIC, OutsideMerge
from editor.ui.saving import SavingController
from editor.ui.version_keeper import VersionKeeper

GONE_FOR_GOOD_MS = 1_000  # programs that delete or empty a file and write it again are quicker


@dataclass(frozen=True, slots=True)
class Look:
    """One look: what to `run` in the background, what to do with what it has `seen`, and whether that is out of date."""

    run: Callable[[], Any]
    see: Callable[[Any], None]
    is_stale: Callable[[], bool]


class OutsideLook(QObject):
    """Looks at the disk for one window."""

    noticed = Signal(object)  # Notice
    notice_settled = Signal(str)  # its topic

    def __init__(
        self, buffer: ManuscriptBuffer, disk: SavingController, keeper: VersionKeeper, window: QWidget
    ) -> None:
        super().__init__(window)
        self._buffer, self._disk, self._keeper, self._window = buffer, disk, keeper, window
        self._looking: Job | None = None
        self._must_look_again = False
        self._failure = ""  # what was told last of a look that failed
        self._emptied: set[Fingerprint] = set()
        self._merge = OutsideMerge(buffer, window)
        self._merge.noticed.connect(self.noticed)
        self._merge.notice_settled.connect(self.notice_settled)
        self._merge.look_requested.connect(self.look)
        self._patience = QTimer(self, singleShot=True, interval=GONE_FOR_GOOD_MS)
        self._patience.timeout.connect(self.look)
        disk.conflict_found.connect(self._look_and_ask)
        disk.saved.connect(self._settle)
        disk.save_ended.connect(self._look_after_save)

    @property
    def is_looking(self) -> bool:
        return self._looking is not None

    def look(self) -> None:
        """Find out in the background whether somebody else changed something."""
        look = self._next_look()
        if look is None:
            return
        if self._looking is not None or self._disk.is_saving:
            self._must_look_again = True  # what is being looked at or written may be older than this hint
            return
        self._must_look_again = False
        self._looking = Job(lambda _job: look.run())
        self._looking.succeeded.connect(partial(self._end, look))
        self._looking.failed.connect(self._fail)
        self._looking.start()

    def wait(self) -> None:
        """Block until what is being looked at has been seen and dealt with."""
        while (job := self._looking) is not None:
            job.wait()
            if self._looking is job:  # a fault of ours kept its end from being dealt with
                self._looking = None

    def stop(self) -> None:
        """Look no more; what is being looked at is not dealt with."""
        self._patience.stop()
        self._merge.stop()
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None

    @abstractmethod
    def _next_look(self) -> Look | None:
        """Return the look to take now, None if nothing stands behind the window."""

    def _settle(self) -> None:
        """Everything is saved: what was asked is answered."""
        self._merge.settle()
        self.notice_settled.emit(TOPIC)

    def _look_and_ask(self, _result: int = 0) -> None:
        self._merge.forget_question()  # the writer may have closed it; a save that was refused must say why
        self.look()

    def _look_after_save(self) -> None:
        if self._must_look_again:
            self.look()

    def _must_wait(self, found: StoredFile) -> bool:
        """Say whether a file that holds nothing was only just emptied: programs do that before they write. Look again later."""
        if found.fingerprint not in self._emptied:
            self._emptied.add(found.fingerprint)
            self._patience.start()
        return self._patience.isActive()

    def _tell_emptied(self, name: str) -> None:
        text = (
            f"{name} was emptied by another program. Its text is safe in this window; save to write it again."
        )
        self.noticed.emit(Notice(text, (), "warning", TOPIC))

    def _end(self, look: Look, seen: object) -> None:
        self._looking = None
        self._failure = ""
        if self._disk.is_saving or self._must_look_again or look.is_stale():
            self.look()
        else:
            look.see(seen)

    def _fail(self, error: Exception) -> None:
        self._looking = None
        self._must_look_again = False
        if not isinstance(error, DinkusError):
            raise error
        if str(error) != self._failure:
            self._failure = str(error)
            self.noticed.emit(Notice(str(error), kind="warning", topic=TOPIC))


def is_emptied(stored: StoredFile, found: StoredFile) -> bool:
    """Say whether all text was taken out of a file."""
    return not any(map(_has_text, found.decoded.lines)) and any(map(_has_text, stored.decoded.lines))


def _has_text(line: str) -> bool:
    return not is_blank(line)
