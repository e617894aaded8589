"""Bring together what another program wrote and what is not saved yet in the window.

What both sides did in different places is merged at once, as one step of undo. Where both changed the same place, mine stands
and the writer is asked; until then the disk's version counts as unknown, so that no save overwrites it. Both versions are
kept before anything is replaced. Each answer merges anew from the text as it then is, so it matters neither what was written
nor what was undone meanwhile.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from editor.manuscript.differences import edits_between
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.messages import Answer, Notice

if TYPE_CHECKING:
    from editor.manuscript.merging import Conflict, Merge
    from editor.ui.conflict_dialog import ConflictDialog

TOPIC = "outside"
TOLD_FOR_MS = 15_000
Choose = Callable[[Sequence[str], "Conflict"], Sequence[str]]
"""What is to stand in a place: from my lines there, and the conflict."""


@dataclass(frozen=True, slots=True)
class OutsideVersion:
    """What another program made of the manuscript: its lines, and those that both sides began with.

    `key` tells versions apart. `keep_theirs` and `keep_mine` keep versions and return whether they are safe. `accept` goes on
    from theirs, `is_current` says whether that is still what is on disk as far as is known.
    """

    name: str
    key: Hashable
    base: Sequence[str]
    theirs: Sequence[str]
    keep_theirs: Callable[[], bool]
    keep_mine: Callable[[Sequence[str]], bool]
    accept: Callable[[], None]
    is_current: Callable[[], bool]
    save_mine_elsewhere: Callable[[], bool]


class OutsideMerge(QObject):
    """Merges for one window, and asks about what does not merge."""

    noticed = Signal(object)  # Notice
    notice_settled = Signal(str)  # its topic
    look_requested = Signal()

    def __init__(self, buffer: ManuscriptBuffer, window: QWidget) -> None:
        super().__init__(window)
        self._buffer, self._window = buffer, window
        self._asked: Hashable | None = None
        self._kept_theirs: Hashable | None = None
        self._kept_mine: Sequence[str] | None = None
        self._undoable: Notice | None = None  # what is told of a change that is still the last step of undo
        self._dialog: ConflictDialog | None = None
        buffer.edited.connect(self._withdraw_undo)

    @property
    def is_asking(self) -> bool:
        return self._asked is not None

    def take(self, version: OutsideVersion) -> None:
        """Merge another program's version into the text, and ask about the places that both sides changed."""
        if version.key == self._asked:
            return
        mine = self._buffer.lines()
        merge = _merged(version.base, mine, version.theirs)
        if not self._keep(version, mine):
            self._ask(version, len(merge.conflicts))
            return
        self._apply(mine, merge.lines)
        if merge.conflicts:
            self._ask(version, len(merge.conflicts))
            return
        self._end_question()
        version.accept()
        rest = (
            "The changes are taken in."
            if merge.lines == version.theirs
            else "Its changes and yours are both in."
        )
        self.tell_undoable(f"{version.name} was changed by another program. {rest}")

    def tell_undoable(self, text: str) -> None:
        """Tell of a change that was the last step, with a button that takes it back as long as it is."""
        self._undoable = Notice(text, (), "info", TOPIC, TOLD_FOR_MS, is_correction=True)
        self.noticed.emit(Notice(text, (Answer("Undo", self._take_back),), "info", TOPIC, TOLD_FOR_MS))

    def settle(self) -> None:
        """Forget what was asked: it is answered."""
        if self.is_asking:
            self.notice_settled.emit(TOPIC)
        self._end_question()

    def forget_question(self) -> None:
        """Ask again when the same version is seen the next time."""
        if self._dialog is None:
            self._asked = None
        else:
            self._dialog.raise_()
            self._dialog.activateWindow()

    def stop(self) -> None:
        """Close what is open."""
        self._end_question()

    def _end_question(self) -> None:
        self._asked = None
        if self._dialog is not None:
            dialog, self._dialog = self._dialog, None
            dialog.close()

    def _take_back(self) -> None:
        self._undoable = None
        self._buffer.document.undo()

    def _withdraw_undo(self) -> None:
        """Offer no more to undo what is no longer the last step."""
        notice, self._undoable = self._undoable, None
        if notice is not None:
            self.noticed.emit(notice)

    def _keep(self, version: OutsideVersion, mine: Sequence[str]) -> bool:
        """Keep both versions, unless they are kept already; return whether they are safe."""
        if version.key != self._kept_theirs:
            if not version.keep_theirs():
                return False
            self._kept_theirs = version.key
        if mine != self._kept_mine:
            if not version.keep_mine(mine):
                return False
            self._kept_mine = mine
        return True

    def _apply(self, old: Sequence[str], new: Sequence[str]) -> None:
        if old != new:
            self._buffer.apply(edits_between(old, new))

    def _ask(self, version: OutsideVersion, count: int, why: str = "") -> None:
        self._asked, self._undoable = version.key, None
        answers = (
            Answer("Choose...", partial(self._choose, version)),
            Answer("Keep mine", partial(self._answer, version, lambda mine, _conflict: mine)),
            Answer("Take theirs", partial(self._answer, version, lambda _mine, conflict: conflict.theirs)),
            Answer("Save mine elsewhere...", partial(self._save_mine_elsewhere, version)),
        )
        self.noticed.emit(Notice(why + _question(version.name, count), answers, "warning", TOPIC))

    def _answer(self, version: OutsideVersion, choose: Choose) -> None:
        """Merge, with the same choice in all places."""
        mine = self._buffer.lines()
        merge = _merged(version.base, mine, version.theirs)
        self._finish(version, _resolved(merge, _choices(merge, choose)))

    def _save_mine_elsewhere(self, version: OutsideVersion) -> None:
        if version.save_mine_elsewhere():
            self._answer(version, lambda _mine, conflict: conflict.theirs)
        else:
            self._ask_again(version)

    def _choose(self, version: OutsideVersion) -> None:
        """Show the places side by side."""
        mine = self._buffer.lines()
        merge = _merged(version.base, mine, version.theirs)
        if not merge.conflicts:
            self._finish(version, merge.lines)
            return
        from editor.ui.conflict_dialog import ConflictDialog

        dialog = self._dialog = ConflictDialog(merge, version.name, self._window)
        dialog.accepted.connect(partial(self._take_choices, version, mine, merge, dialog))
        dialog.rejected.connect(partial(self._put_off, version, dialog))
        dialog.show()

    def _put_off(self, version: OutsideVersion, dialog: "ConflictDialog") -> None:
        if dialog is self._dialog:
            self._dialog = None
            self._ask_again(version)

    def _take_choices(
        self, version: OutsideVersion, mine: Sequence[str], merge: "Merge", dialog: "ConflictDialog"
    ) -> None:
        self._dialog = None
        chosen = _resolved(merge, dialog.choices())
        # What was written while the dialog was open is a third side: it began from `mine` too.
        meanwhile = _merged(mine, self._buffer.lines(), chosen)
        if meanwhile.conflicts:
            self._ask_again(version, "You wrote in one of these places meanwhile. Please choose again: ")
        else:
            self._finish(version, meanwhile.lines)

    def _finish(self, version: OutsideVersion, lines: Sequence[str]) -> None:
        """Put the answer in, and go on from the disk's version."""
        mine = self._buffer.lines()
        if not version.is_current():
            self._asked = None
            self.look_requested.emit()
        elif self._keep(version, mine):
            self._end_question()
            self._apply(mine, lines)
            version.accept()
            self.notice_settled.emit(TOPIC)
        else:
            self._ask_again(version)

    def _ask_again(self, version: OutsideVersion, why: str = "") -> None:
        merge = _merged(version.base, self._buffer.lines(), version.theirs)
        self._ask(version, len(merge.conflicts), why)


def _merged(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> "Merge":
    from editor.manuscript.merging import merge_lines

    return merge_lines(base, mine, theirs)


def _resolved(merge: "Merge", choices: Sequence[Sequence[str]]) -> list[str]:
    from editor.manuscript.merging import resolve

    return resolve(merge, choices)


def _choices(merge: "Merge", choose: Choose) -> list[Sequence[str]]:
    return [choose(merge.lines[conflict.first : conflict.end], conflict) for conflict in merge.conflicts]


def _question(name: str, count: int) -> str:
    if not count:
        return f"{name} was changed by another program while you were writing. Nothing has been overwritten."
    places = "1 place" if count == 1 else f"{count:,} places"
    verb = "was" if count == 1 else "were"
    return f"{places} in {name} {verb} changed here and by another program. Nothing has been overwritten."
