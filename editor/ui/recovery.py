"""At the start: put text that was not saved back where it was, and let the writer decide about it.

The text is restored without asking, as one undo step; a bar says how much it is. If the file has changed since, both are
merged. The old journal stays until a new one holds the same text, and after that for thirty days.
"""

import contextlib
import sys
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from editor.app.presence import is_file, is_folder, is_same_file
from editor.manuscript.differences import edits_between
from editor.manuscript.edits import Position
from editor.manuscript.merging import merge_lines, resolve
from editor.storage.journal_recovery import Unsaved, put_aside, release
from editor.ui.journal_keeper import saved_lines
from editor.ui.line_changes import hunks_between
from editor.ui.messages import Answer, Notice

if TYPE_CHECKING:
    from editor.ui.desk import Desk
    from editor.ui.main_window import MainWindow

TOPIC = "recovery"
LATER = (
    "There is text that was not saved when Dinkus last ended here. It is safe, and will be restored at the next start when no other"
    " program has this manuscript."
)
FEW_EDITS = 8


def restore_all(desk: "Desk", found: Sequence[Unsaved]) -> list[str]:
    """Put all that was found back; return sentences for the writer about what could not be, which stays where it is."""
    faults = []
    for unsaved in found:
        try:
            restore(desk, unsaved)
        except Exception as fault:  # noqa: BLE001 - whatever is wrong with one, the program starts and the others come back
            sys.excepthook(
                type(fault), fault, fault.__traceback__
            )  # written down, as if nobody had caught it
            path = unsaved.subject.path
            faults.append(
                f"Unsaved text of {path or 'an untitled manuscript'} could not be put back. It is still in {unsaved.folder}."
            )
    return faults


def restore(desk: "Desk", unsaved: Unsaved) -> None:
    """Put unsaved text into a window: that of its file, or one without a file if it has none or that cannot be opened."""
    path = unsaved.subject.path
    window = None
    if path is not None and (is_folder(path) if unsaved.subject.is_folder else is_file(path)):
        window = desk.open_path(path, is_meant=True)
    is_lost = window is None or window.store.path is None
    if is_lost or window is None:
        window = desk.open_untitled()
    Recovery(window, unsaved, is_lost=is_lost and path is not None).restore()


class Recovery(QObject):
    """What was restored in one window."""

    def __init__(self, window: "MainWindow", unsaved: Unsaved, *, is_lost: bool) -> None:
        """`is_lost`: the file that the text belongs to is not there any more."""
        super().__init__(window)
        self._window, self._unsaved, self._is_lost = window, unsaved, is_lost
        self._text = ""
        self._base: Sequence[str] = ()
        self._theirs: Sequence[str] = ()
        self._has_conflicts = False
        self._other = ""

    def restore(self) -> None:
        """Put the text back, and say so."""
        unsaved, buffer = self._unsaved, self._window.buffer
        if buffer.is_read_only:
            release(unsaved)
            self._window.show_notice(Notice(LATER, kind="warning", topic=TOPIC))
            return
        here = buffer.lines()
        first, end = self._place(len(here))
        part = here[first:end]
        base = unsaved.base if unsaved.base is not None else part if unsaved.fits(part) else None
        if base is None:
            self._tell_unreadable()
            return
        replayed = unsaved.text_from(base)
        # What stands around a chapter in its book is the same on all sides.
        base, lines = [[*here[:first], *text, *here[end:]] for text in (base, replayed.lines)]
        conflicts = 0
        if base != here and unsaved.subject.path is not None and not self._is_lost:
            lines, conflicts = self._merged(base, lines, here)
        if lines == here:
            self._put_aside()
            return
        edits = edits_between(here, lines)
        if len(edits) > FEW_EDITS:
            buffer.finish_reading()  # else each of them is followed twice, and the top is read anew for each
        buffer.apply(edits)
        self._go_to(replayed.caret, first)
        self._window.journal.sync()
        if self._window.journal.journal is not None:
            self._put_aside()
        else:  # the disk is full: later, when the text is in a journal again or the writer has decided about it
            self._window.journal.notice_settled.connect(self._put_aside)
        self._text = self._told(here, lines, conflicts)
        self._tell()

    def _merged(self, base: Sequence[str], mine: Sequence[str], here: Sequence[str]) -> tuple[list[str], int]:
        """Return both texts in one, and at how many places they contradict each other; there it is mine, theirs is kept."""
        merge = merge_lines(base, mine, here)
        if merge.conflicts:
            is_kept = self._window.keeper.keep_lines(here, self._window.store.path, "theirs")
            self._other = (
                "the other is kept" if is_kept else "the other could not be kept and is only on the disk"
            )
            self._base, self._theirs, self._has_conflicts = base, here, True
        return merge.lines, len(merge.conflicts)

    def _place(self, count: int) -> tuple[int, int]:
        """Return from which line to which the text belongs in a window of `count` lines: a chapter may be open in its book."""
        subject, known = self._unsaved.subject, self._window.store.folder.files
        if known is None or subject.is_folder or subject.path is None:
            return 0, count
        path = subject.path
        label = next((label for label in known.labels if is_same_file(known.path_of(label), path)), None)
        files = self._window.buffer.read_so_far.text.files
        return next(((file.first, file.end) for file in files if file.label == label), (0, count))

    def _go_to(self, caret: Position | None, first: int) -> None:
        if caret is not None:
            line = min(first + caret.line, self._window.buffer.document.blockCount() - 1)
            self._window.page.go_to(Position(line, caret.column), centre=True)

    def _put_aside(self, _topic: str = "") -> None:
        with contextlib.suppress(OSError):  # found again at the next start, when it makes no difference
            put_aside(self._unsaved)

    def _told(self, before: Sequence[str], after: Sequence[str], conflicts: int) -> str:
        words = words_restored(before, after)
        what = f"{words:,} {'word' if words == 1 else 'words'}" if words else "changes"
        text = f"Restored {what} that {'was' if words == 1 else 'were'} not saved."
        if self._is_lost and self._unsaved.subject.path is not None:
            text += f" {self._unsaved.subject.path} is not there any more."
        if self._unsaved.is_damaged:
            text += f" Part of the journal is damaged; it stays in {self._unsaved.folder.parent / 'recovered'} for thirty days."
        if conflicts:
            places = "one place" if conflicts == 1 else f"{conflicts:,} places"
            text += f" In {places} the file was changed by another program too; yours stands there, {self._other}."
        return text

    def _tell(self, _result: int = 0) -> None:
        choose = (Answer("Choose...", self._choose),) if self._has_conflicts else ()
        answers = (
            *choose,
            Answer("Keep", lambda: None),
            Answer("Compare", self._compare),
            Answer("Discard", self._discard),
        )
        self._window.show_notice(Notice(self._text, answers, topic=TOPIC))

    def _choose(self) -> None:
        """Show the places that the file's other writer has changed too, side by side."""
        from editor.ui.conflict_dialog import ConflictDialog

        mine, path = self._window.buffer.lines(), self._window.store.path
        merge = merge_lines(self._base, mine, self._theirs)
        if not merge.conflicts or path is None:
            return
        dialog = ConflictDialog(merge, path.name, self._window)
        dialog.accepted.connect(lambda: self._take(mine, resolve(merge, dialog.choices())))
        dialog.rejected.connect(self._tell)
        dialog.show()

    def _take(self, before: Sequence[str], chosen: Sequence[str]) -> None:
        """Put in what was chosen for a text that may have been written on meanwhile; there what was written stands."""
        now = self._window.buffer.lines()
        self._window.buffer.apply(edits_between(now, merge_lines(before, now, chosen).lines))

    def _compare(self) -> None:
        from editor.ui.compare_dialog import CompareDialog

        window = self._window
        saved, titles = saved_lines(window.store), ("Restored, in this window", "As it was saved")
        dialog = CompareDialog(window.buffer.lines(), saved, titles, window)
        dialog.finished.connect(self._tell)
        dialog.open()

    def _discard(self) -> None:
        window = self._window
        lines, saved = window.buffer.lines(), saved_lines(window.store)
        if not window.keeper.keep_lines(lines, window.store.path or self._unsaved.subject.path, "discarded"):
            self._tell()
            return
        window.buffer.apply(edits_between(lines, saved))
        if window.store.is_folder:
            window.store.folder.settle()
        else:
            window.buffer.note_saved(saved)

    def _tell_unreadable(self) -> None:
        path = self._unsaved.subject.path
        self._put_aside()
        text = (
            f"There was unsaved text of {path.name if path else 'an untitled manuscript'}, and what it began from is lost, so it cannot be"
            f" put together. The changes are in {self._unsaved.folder.parent / 'recovered'}."
        )
        self._window.show_notice(Notice(text, kind="warning", topic=TOPIC))


def words_restored(before: Sequence[str], after: Sequence[str]) -> int:
    """Return how many words `after` has that `before` has not, where they differ."""
    words: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    for first, count, new in hunks_between(before, after, 0):
        words.update(" ".join(new).split())
        gone.update(" ".join(before[first : first + count]).split())
    return (words - gone).total()
