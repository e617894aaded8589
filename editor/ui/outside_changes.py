"""What to do when somebody else changes the file of a window.

Clean text follows the disk as one undoable step; unsaved text is merged with it (`outside_merge`). What was in the window is
kept as a version before it is replaced.
"""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from editor.storage.files import StoredFile, Vanished, changed_outside, written_as_before
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.file_controller import FileController
from editor.ui.messages import Answer, Notice
from editor.ui.outside_look import Look, OutsideLook, is_emptied
from editor.ui.outside_merge import TOPIC, OutsideVersion
from editor.ui.version_keeper import VersionKeeper


class OutsideChanges(OutsideLook):
    """Looks at the disk for one window with a file."""

    def __init__(
        self, buffer: ManuscriptBuffer, files: FileController, keeper: VersionKeeper, window: QWidget
    ) -> None:
        super().__init__(buffer, files, keeper, window)
        self._files = files
        self._is_missing = False
        self._is_told_gone = False
        files.file_changed.connect(self._forget_question)

    def _next_look(self) -> Look | None:
        stored = self._files.stored
        if stored is None:
            return None
        return Look(
            lambda: changed_outside(stored),
            partial(self._see, stored),
            lambda: stored is not self._files.stored,
        )

    def _settle(self) -> None:
        super()._settle()
        self._is_missing = self._is_told_gone = False

    def _forget_question(self) -> None:
        """The writer has reverted, or gone on with another file: what was asked is answered."""
        if self._merge.is_asking or self._is_missing:
            self._settle()

    def _see(self, stored: StoredFile, found: StoredFile | Vanished | None) -> None:
        if isinstance(found, Vanished):
            self._miss(stored.path)
        elif found is None:
            if self._merge.is_asking or self._is_missing:
                self._settle()
        elif found.decoded.lines == self._buffer.lines():
            self._files.adopt(found)
        elif is_emptied(stored, found):
            self._see_emptied(stored, found)
        elif not self._files.is_modified:
            self._patch_in(stored, found)
        else:
            self._is_missing = False
            self._merge.take(self._version(stored, found))

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

    def _see_emptied(self, stored: StoredFile, found: StoredFile) -> None:
        """Leave the text in the window as if the file had gone, unless there is something in it again in a moment."""
        if not self._must_wait(found):
            self._files.rebase(written_as_before(stored, found))
            self._tell_emptied(found.path.name)

    def _patch_in(self, stored: StoredFile, found: StoredFile) -> None:
        if self._keeper.keep(stored.data, stored.path, "mine"):
            self._files.take(found)
            self._is_missing = False
            self._merge.tell_undoable(
                f"{found.path.name} was changed by another program. The changes are taken in."
            )

    def _version(self, stored: StoredFile, found: StoredFile) -> OutsideVersion:
        return OutsideVersion(
            found.path.name,
            found.fingerprint,
            stored.decoded.lines,
            found.decoded.lines,
            keep_theirs=lambda: self._keeper.keep(found.data, found.path, "theirs"),
            keep_mine=lambda lines: self._keeper.keep_lines(lines, found.path, "mine"),
            accept=lambda: self._files.rebase(found),
            is_current=lambda: self._files.stored is stored,
            save_mine_elsewhere=self._files.save_copy,
        )
