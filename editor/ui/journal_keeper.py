"""Keeps the journal of one window: every change is on the disk before it is on the screen, until it is saved.

There is a journal only while something is unsaved. It begins with the first change, from the text as the disk has it, and goes when
the text is saved, undone, or given up by the writer. What is written is safe from a killed program at once, and from a power
cut within a second. If the disk takes it no longer, the writer is told, and it is tried again every few seconds.

Limits: of a folder, a book title that is not saved yet is not in the journal.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from editor.manuscript.edits import Position
from editor.storage.complaints import cause_of
from editor.storage.disk import Disk
from editor.storage.journal import Journal, Subject
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.jobs import Job
from editor.ui.line_changes import Hunk, hunks_between
from editor.ui.messages import Notice
from editor.ui.page_pair import PagePair
from editor.ui.store import Store
from editor.ui.version_keeper import VersionKeeper

TOPIC = "journal"
SYNC_AFTER_MS = 400
TRY_AGAIN_AFTER_MS = 5_000
LONG_JOURNAL = 4 << 20
"""Bytes of changes from which a journal goes on in a shorter form."""
HUGE_DELETION = 2_000
"""Characters from which a deletion of a quarter of the text is taken for one that may be a mistake."""

UNSAVED_DELETION = 200
"""Characters of text that is in no file yet, from which deleting them keeps the text before as a version."""


class JournalKeeper(QObject):
    """Writes down what happens to one buffer."""

    noticed = Signal(object)  # Notice
    notice_settled = Signal(str)  # its topic

    def __init__(
        self,
        buffer: ManuscriptBuffer,
        store: Store,
        keeper: VersionKeeper,
        *,
        folder: Path,
        pages: PagePair,
        parent: QObject,
        disk: Disk | None = None,
    ) -> None:
        """Write into `folder`; `pages` tell where the caret is."""
        super().__init__(parent)
        self._buffer, self._store, self._keeper = buffer, store, keeper
        self._folder, self._pages, self._disk = folder, pages, disk
        self._writer = os.urandom(6).hex()
        self._journal: Journal | None = None
        self._left: list[Journal] = []  # could not be written to; they go when there is a good one
        self._told_caret: Position | None = None
        self._compact_at = LONG_JOURNAL
        self._syncing: Job | None = None
        self._pool = QThreadPool(self)  # of its own: an export must not make a sync wait
        self._pool.setMaxThreadCount(1)
        self._timer = QTimer(self, singleShot=True, interval=SYNC_AFTER_MS)
        self._timer.timeout.connect(self._sync)
        self._retry = QTimer(self, singleShot=True, interval=TRY_AGAIN_AFTER_MS)
        self._retry.timeout.connect(self._begin)
        self._settling = QTimer(self, singleShot=True, interval=0)
        self._settling.timeout.connect(self._settle)
        buffer.lines_changed.connect(self._note)
        buffer.lines_replaced.connect(self._begin)
        buffer.loaded.connect(self._drop)
        # A save that was not the last word says "unmodified" for a moment, so what it means is looked at afterwards.
        buffer.document.modificationChanged.connect(self._settling.start)
        store.saved.connect(self._settle)
        store.file_changed.connect(self._settle)

    @property
    def journal(self) -> Journal | None:
        """The journal that is being written; None while there is nothing unsaved, or nothing can be written."""
        return self._journal

    def sync(self) -> None:
        """Wait until everything so far is safe on the disk, as far as it can be."""
        if self._journal is not None:
            try:
                self._journal.sync()
            except OSError as error:
                self._fail(error)

    def stop(self) -> None:
        """The window closes, and the writer has decided about everything unsaved: the journal goes."""
        self._timer.stop()
        self._retry.stop()
        self._settling.stop()
        self._drop()
        self._pool.waitForDone()

    # -- what happens -----------------------------------------------------------------------------------------------

    def _note(self, hunks: Sequence[Hunk], removed: Sequence[Sequence[str]]) -> None:
        lost = _characters_lost(hunks, removed)
        is_huge = lost >= HUGE_DELETION and lost * 3 >= self._buffer.document.characterCount()
        if is_huge or (lost >= UNSAVED_DELETION and self._is_in_no_file(removed)):
            lines = _lines_before(self._buffer.read_so_far.text.lines, hunks, removed)
            self._keeper.keep_lines(
                lines, self._store.path, "before a deletion", "You can still undo what you deleted."
            )
        if self._journal is None:
            if not self._retry.isActive():
                self._begin()
            return
        try:
            if is_huge:
                self._begin_generation(keep_old=True)
            else:
                self._journal.note(hunks, removed)
        except OSError as error:
            self._fail(error)
        self._expect_sync()

    def _is_in_no_file(self, removed: Sequence[Sequence[str]]) -> bool:
        """Say whether enough of what was removed was never saved, so that no version has it."""
        saved = set(saved_lines(self._store))
        unsaved = (len(line) for lines in removed for line in lines if line not in saved)
        return sum(unsaved) >= UNSAVED_DELETION

    def _settle(self) -> None:
        """Take note of what the disk has now: the journal goes, or it begins from there."""
        if not self._store.is_modified:
            self._drop()
        elif self._journal is None:
            # Not a word was typed, and yet this window has the only copy: its file has gone.
            if not self._retry.isActive():
                self._begin()
        elif self._journal.base != saved_lines(self._store):
            self._begin()

    def _drop(self) -> None:
        """Everything is saved, or was never there."""
        self._retry.stop()
        self._timer.stop()
        journal, self._journal = self._journal, None
        for each in [*self._left, *([journal] if journal is not None else [])]:
            each.remove()
        self._left.clear()
        self.notice_settled.emit(TOPIC)

    def _begin(self) -> None:
        """Begin a journal from the text on disk, which leads to the text of the window; then the one before may go."""
        if self._journal is not None:
            self._journal.leave()
            self._left.append(self._journal)
            self._journal = None
        base, lines = saved_lines(self._store), self._buffer.read_so_far.text.lines
        try:
            self._journal = Journal(
                self._folder,
                _subject(self._store),
                base,
                self._writer,
                hunks=hunks_between(base, lines, 0),
                disk=self._disk,
            )
        except OSError as error:
            self._fail(error)
            return
        self._compact_at = LONG_JOURNAL
        self._told_caret = None
        self.notice_settled.emit(TOPIC)
        self._expect_sync()

    def _begin_generation(self, *, keep_old: bool) -> None:
        if self._journal is None:
            return
        lines = self._buffer.read_so_far.text.lines
        self._journal.begin_again(hunks_between(self._journal.base, lines, 0), keep_old=keep_old)
        self._compact_at = LONG_JOURNAL + 2 * self._journal.size
        self._told_caret = None

    # -- safe from a power cut ----------------------------------------------------------------------------------------

    def _expect_sync(self) -> None:
        if self._journal is not None and not self._timer.isActive():
            self._timer.start()

    def _sync(self) -> None:
        journal, caret = self._journal, self._pages.current.caret_position()
        if journal is None:
            return
        if self._syncing is not None:
            self._timer.start()
            return
        try:
            if caret != self._told_caret:
                journal.note_caret(caret.line, caret.column)
                self._told_caret = caret
            if journal.size > self._compact_at:
                self._begin_generation(keep_old=False)
        except OSError as error:
            self._fail(error)
            return
        self._syncing = Job(lambda _job: journal.sync())
        self._syncing.succeeded.connect(lambda _none: self._end_sync(journal))
        self._syncing.failed.connect(lambda error: self._fail_to_sync(journal, error))
        self._syncing.start(self._pool)

    def _end_sync(self, journal: Journal) -> None:
        self._syncing = None
        if journal is self._journal:
            for left in self._left:
                left.remove()
            self._left.clear()

    def _fail_to_sync(self, journal: Journal, error: Exception) -> None:
        self._syncing = None
        if not isinstance(error, OSError):
            raise error
        if isinstance(error, FileNotFoundError) and journal is self._journal:
            self._begin()
        elif journal is self._journal:
            self._fail(error)

    def _fail(self, error: OSError) -> None:
        """Nothing more goes into this journal; say so, and try with another one later."""
        journal, self._journal = self._journal, None
        if journal is not None:
            journal.leave()
            self._left.append(journal)
        text = (
            f"What you type cannot be written to the journal of unsaved text: {cause_of(error)}. Your text is safe in this window;"
            " save it often until this message goes."
        )
        self.noticed.emit(Notice(text, kind="warning", topic=TOPIC))
        self._retry.start()


def _subject(store: Store) -> Subject:
    return Subject(store.path.absolute() if store.path else None, store.is_folder)


def saved_lines(store: Store) -> Sequence[str]:
    """Return the text as the disk has it; text without a file as it was to begin with."""
    if store.folder.files is not None:
        return store.folder.files.lines()
    stored = store.files.stored
    return stored.decoded.lines if stored is not None else store.files.first_lines


def _characters_lost(hunks: Sequence[Hunk], removed: Sequence[Sequence[str]]) -> int:
    """Return by how many characters a change has made the text shorter."""
    if len(hunks) == 1 and len(removed[0]) == len(hunks[0][2]) == 1:
        return len(removed[0][0]) - len(hunks[0][2][0])
    return sum(sum(map(len, lines)) for lines in removed) - sum(sum(map(len, hunk[2])) for hunk in hunks)


def _lines_before(lines: Sequence[str], hunks: Sequence[Hunk], removed: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines before a change that led to `lines`."""
    before = list(lines)
    for (first, _, new), old in zip(hunks, removed, strict=True):
        before[first : first + len(new)] = old
    return before
