"""How the chapters of a window's manuscript stand to what was posted of them: compared, and shown in the outline.

The text is compared when the writer pauses, away from the window's thread, and only if something was posted at all; so the
export dialog and the outline need not wait for it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from editor.manuscript.chapter_prints import ChapterPrint, Known, chapters_within, print_chapters
from editor.manuscript.outline import Outline
from editor.manuscript.posted_chapters import ChapterState, How, Posted, State
from editor.ui.export_job import ExportRequest, open_request
from editor.ui.jobs import Job
from editor.ui.posted_notes import PostedNotes

if TYPE_CHECKING:
    from editor.app.posting import PostedLedger
    from editor.export.profile import Profile
    from editor.ui.main_window import MainWindow

PAUSE_MS = 300
NEVER = "Nothing was posted in this format yet."
ALL_SAME = "All chapters are as they were posted."


class PostedKeeper(QObject):
    """What one window knows of what was posted."""

    changed = Signal()
    """What was posted, or how the text stands to it, may be another."""

    def __init__(self, window: "MainWindow", profiles: Callable[[], Mapping[str, "Profile"]]) -> None:
        """`profiles` gives the export profiles as they are when asked: they name the targets."""
        super().__init__(window)
        self._window, self._profiles = window, profiles
        self._titles: dict[str, str] = {}
        self._outline: Outline | None = None  # that of the fingerprints
        self._chapters: list[ChapterPrint] = []
        self._known: Known = {}
        self.notes = PostedNotes(window.folders.posted, window.buffer, window.store, self)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._compare)
        self.notes.changed.connect(self._follow_notes)
        self.notes.noticed.connect(window.notices.show)
        window.closed.connect(self.stop)
        window.buffer.loaded.connect(self._forget_prints)
        window.buffer.outline_changed.connect(self._compare_later)
        window.exports.posted.connect(self.note)
        window.exports.stale_for = self.stale_for
        window.outline.menu.posted_requested.connect(self.mark)
        window.outline.menu.posted_targets = self.targets

    @property
    def posted(self) -> Posted:
        return self.notes.posted

    def profile_titles(self) -> dict[str, str]:
        """Return the names of all formats for the writer, by the names of their profiles."""
        return {name: profile.title or name for name, profile in self._profiles().items()}

    def targets(self) -> dict[str, str]:
        """Return the targets to which something was posted, with their names for the writer."""
        if not set(self.posted.targets) <= set(self._titles):
            self._titles = {**{name: name for name in self.posted.targets}, **self.profile_titles()}
        return {name: self._titles[name] for name in self.posted.targets}

    def states(self, target: str) -> list[ChapterState]:
        """Return how the chapters of the text as it is now stand to what was posted to `target`."""
        return self.posted.states(target, self._chapters_now())

    def stale_for(self, target: str) -> tuple[list[int], str]:
        """Return the chapters that are not as they were posted to `target`, and if there are none, why."""
        if target not in self.posted.targets:
            return [], NEVER
        stale = [each.chapter.id for each in self.states(target) if each.state is not State.SAME]
        return stale, "" if stale else ALL_SAME

    def note(self, request: ExportRequest, how: How, places: Collection[int] | None) -> None:
        """Note that an export was made: all of it, or only the chapters at `places` in the book."""

        def work(ledger: "PostedLedger") -> Posted:
            from editor.app.posting import noting

            manuscript, selection = open_request(request)
            target = request.profile.name
            return ledger.change(noting(manuscript, target, how, selection=selection, places=places))

        self.notes.run(work)

    def mark(self, ids: Collection[int], target: str) -> None:
        """Note that the chapters in the nodes `ids` are posted to `target` as they are now, by the writer's word."""
        from editor.app.posting import now_in_utc

        chapters, when = list(self._chapters_now()), now_in_utc()
        taken = chapters_within(self._window.buffer.manuscript.outline, ids)
        self.notes.change(lambda posted: posted.with_chapters(target, chapters, taken, when, How.MARK))

    def forget(self, target: str) -> None:
        """Forget what was posted to `target`."""
        self.notes.change(lambda posted: posted.without(target))

    def show_target(self, target: str, *, is_shown: bool) -> None:
        """Show in the outline how the chapters stand to what was posted to `target`, or do not."""
        self.notes.change(lambda posted: posted.with_shown(target, is_shown=is_shown))

    def stop(self) -> None:
        """Look no more; what is to be noted is."""
        self._pause.stop()
        self.notes.stop()

    @property
    def _shows(self) -> bool:
        return bool(self.posted.shown & set(self.posted.targets))

    def _forget_prints(self) -> None:
        self._outline, self._known = None, {}

    def _follow_notes(self) -> None:
        self._compare()
        self.changed.emit()

    def _compare_later(self) -> None:
        if self.posted.targets:
            self._pause.start()

    def _chapters_now(self) -> list[ChapterPrint]:
        manuscript = self._window.buffer.manuscript
        if manuscript.outline is not self._outline:
            made = print_chapters(manuscript.outline, manuscript.text.blocks, self._known)
            self._take_prints(manuscript.outline, made)
        return self._chapters

    def _compare(self) -> None:
        """Read the chapters anew in the background, if need be, and show how they stand."""
        buffer = self._window.buffer
        if not self.posted.targets or buffer.is_reading or buffer.manuscript.outline is self._outline:
            self._show_marks()
            return
        outline, known, blocks = buffer.manuscript.outline, self._known, list(buffer.manuscript.text.blocks)
        job = Job(lambda _job: print_chapters(outline, blocks, known))
        job.succeeded.connect(partial(self._take_compared, outline))
        job.start(self.notes.pool)

    def _take_compared(self, outline: Outline, made: tuple[Sequence[ChapterPrint], Known]) -> None:
        if self.notes.is_stopped or outline is not self._window.buffer.read_so_far.outline:
            return  # the writer went on; there will be another look
        self._take_prints(outline, made)
        self._show_marks()
        self.changed.emit()

    def _take_prints(self, outline: Outline, made: tuple[Sequence[ChapterPrint], Known]) -> None:
        self._outline = outline
        self._chapters, self._known = list(made[0]), made[1]

    def _show_marks(self) -> None:
        marks: Mapping[int, Any] = {}
        if self._shows and self._outline is not None:
            from editor.ui.posted_marks import marks_of

            marks = marks_of(self.posted, self._chapters, self._outline, self.targets())
        self._window.outline.model.show_posted(marks)
