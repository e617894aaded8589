"""Read a long manuscript away from the window's thread, so that its first page and the first key do not wait for it.

The buffer goes on with a manuscript of which only the top has been read, and notes every edit; when the reading is done the
edits are made there too. Limits: Python runs one thread at a time, so the window is a little slower for that half second.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from editor.manuscript.manuscript import Manuscript
from editor.markup.model import WrapMode
from editor.ui.jobs import Job

LONG = 400_000
"""Characters from which a manuscript is read in the background."""
START_DELAY_MS = 50
"""How long it waits for the first page to be painted, which the reading would hold up."""
TOP = 400
"""Lines that are read at once."""
_SWITCH_SECONDS = 0.0005  # how long the reading may hold the interpreter while the window wants it


class BackgroundReading(QObject):
    """One reading. `done` comes with the `Manuscript`, which holds all edits that were noted."""

    done = Signal(object)

    def __init__(
        self,
        lines: Sequence[str],
        mode: WrapMode | None,
        modes: Mapping[str | None, WrapMode] | None,
        title: str,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._edits: list[tuple[int, int, list[str]]] = []
        self._read = partial(Manuscript, lines, mode, modes, title=title)
        self._job = Job(lambda _job: _giving_way(self._read))
        self._job.succeeded.connect(self._catch_up)
        self._job.failed.connect(self._read_here)
        self._is_started = False
        QTimer.singleShot(START_DELAY_MS, self, self._start)

    def note(self, first: int, count: int, lines: list[str]) -> None:
        """Take note of an edit that was made while reading goes on."""
        self._edits.append((first, count, lines))

    def finish(self) -> None:
        """Block until it is done, and tell it."""
        self._start()
        self._job.wait()

    def cancel(self) -> None:
        """Forget it: another manuscript is loaded."""
        self._job.cancel()
        if not self._is_started:
            self._is_started = True
            self._job.deleteLater()

    def _start(self) -> None:
        if not self._is_started:
            self._is_started = True
            self._job.start()

    def _read_here(self, error: Exception) -> None:
        """Read once more in this thread, so that the text is not left half read; and let the fault be heard."""
        self._catch_up(self._read())
        raise error

    def _catch_up(self, manuscript: Manuscript) -> None:
        for first, count, lines in self._edits:
            manuscript.replace_lines(first, count, lines)
        self.done.emit(manuscript)


def is_long(lines: Sequence[str]) -> bool:
    """Say whether a manuscript is so long that its first page should not wait for the reading of all."""
    return sum(map(len, lines)) > LONG


def _giving_way(read: Callable[[], Manuscript]) -> Manuscript:
    """Read, and let the window's thread have the interpreter sooner than Python does by itself."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        return read()
    finally:
        sys.setswitchinterval(usual)
