"""Questions that are answered in the background, of which the newest of each kind alone matters."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from editor.errors import DinkusError
from editor.ui.jobs import Job


class Questions(QObject):
    """Runs one job a kind; a new one takes the place of that before, whose answer is not wanted any more."""

    failed = Signal(str)  # in words for the writer

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: dict[str, Job] = {}

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._jobs)

    def ask(
        self,
        kind: str,
        function: Callable[[Job], Any],
        take: Callable[[Any], object],
        progressed: Callable[[int, int], object] | None = None,
    ) -> None:
        """Run `function` with its job and hand over what it returns, unless another question of the kind was asked since.

        `progressed` hears of the progress that the function reports.
        """
        if kind in self._jobs:
            self._jobs.pop(kind).cancel()
        job = self._jobs[kind] = Job(function)
        job.succeeded.connect(partial(self._end, kind, job, take))
        job.failed.connect(partial(self._end, kind, job, self._fail))
        if progressed is not None:
            job.progressed.connect(progressed)
        job.start()

    def stop(self) -> None:
        """Want no answer any more."""
        for job in self._jobs.values():
            job.cancel()
        self._jobs.clear()

    def _end(self, kind: str, job: Job, take: Callable[[Any], object], outcome: object) -> None:
        if self._jobs.get(kind) is job:
            del self._jobs[kind]
            take(outcome)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, DinkusError):
            raise error
        self.failed.emit(str(error))
