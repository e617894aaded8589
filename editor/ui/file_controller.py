"""The file behind a window: open it, save it.

Saving happens away from the window's thread and follows the protocol of `editor.storage.files`; what is about to be
replaced is kept first. Changes by other programs are the work of `outside_changes`. The buffer and the file are the only
state: `is_modified` is the document's.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from editor.errors import CannotEncode, DinkusError
from editor.manuscript.differences import edits_between
from editor.markup.model import WrapMode
from editor.storage.files import StoredFile, read_file, save_as, save_file
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.messages import Answer, Notice
from editor.ui.saving import SAVING, SavingController
from editor.ui.version_keeper import VersionKeeper

ENCODING = "encoding"
FILE_FILTER = "Text (*.txt *.text *.md *.markdown *.mail *.eml);;All files (*)"
UNSAVED = "Save or revert first: reading the file in another encoding replaces what is in the window."


def ask_save_path(parent: QWidget | None, suggestion: str) -> str:
    """Ask for a file to save to; "" if the writer would rather not. The dialog asks before it takes an existing one."""
    return QFileDialog.getSaveFileName(parent, "Save as", suggestion, FILE_FILTER)[0]


class FileController(SavingController):
    """The file of one window."""

    def __init__(
        self,
        buffer: ManuscriptBuffer,
        keeper: VersionKeeper,
        window: QWidget,
        ask_path: Callable[[QWidget | None, str], str] = ask_save_path,
    ) -> None:
        """`ask_path` asks for a file (tests answer by themselves)."""
        super().__init__(buffer, keeper, window)
        self._ask_path = ask_path
        self._stored: StoredFile | None = None
        self.first_lines: Sequence[str] = [""]
        """The text as it began, as long as there is no file."""

    @property
    def path(self) -> Path | None:
        return self._stored.path if self._stored else None

    @property
    def stored(self) -> StoredFile | None:
        """The file as it was last read or written."""
        return self._stored

    def start_untitled(self, lines: Sequence[str] = ("",)) -> None:
        """Show text that has no file yet."""
        self._stored = None
        self.first_lines = list(lines)
        self._buffer.load(list(lines))
        self.file_changed.emit()

    def open_file(self, path: Path, encoding: str | None = None, mode: WrapMode | None = None) -> None:
        """Read `path` and show it; raise a FileError and leave everything as it was if that cannot be done."""
        self._stored = stored = read_file(path, encoding)
        self._buffer.load(stored.decoded.lines, mode)
        self.file_changed.emit()
        if stored.decoded.notice and encoding is None:
            self.noticed.emit(Notice(stored.decoded.notice, topic=ENCODING))

    def save(self, *, as_utf8: bool = False) -> None:
        """Write the text to its file in the background; without a file, ask for one.

        `as_utf8`: the writer agreed to change the encoding, because the text does not fit in the file's own.
        """
        if self._stored is None:
            self.save_elsewhere()
            return
        self.wait()
        stored, lines = self._stored, self._buffer.lines()
        self._start_save(
            lambda: save_file(stored, lines, as_utf8=as_utf8),
            self._settle,
            partial(self._ask_for_utf8, partial(self.save, as_utf8=True)),
        )

    def save_elsewhere(self) -> bool:
        """Ask for a file, write the text there and go on with that file; return whether it was done."""
        return self._save_to(self._ask(), goes_on=True)

    def save_copy(self) -> bool:
        """Ask for a file, write the text there and stay with the present one; return whether it was done."""
        return self._save_to(self._ask(), goes_on=False)

    def save_again(self) -> bool:
        """Write the text to its file, which has gone; return whether it was done."""
        return self.path is not None and self._save_to(str(self.path), goes_on=True)

    def revert(self) -> None:
        """Take the text from disk again, as one undo step; what was in the window is kept as a version too."""
        self.wait()
        if self._stored is None:
            return
        try:
            stored = read_file(self._stored.path, self._stored.chosen_encoding)
        except DinkusError as error:
            self._show_error(error, self.revert)
            return
        if not self.is_modified or self._keeper.keep_lines(self._buffer.lines(), self.path, "reverted"):
            self.take(stored)

    def reopen_as(self, encoding: str) -> None:
        """Read the file again in another encoding; only done while nothing is unsaved."""
        self.wait()
        if self._stored is None:
            return
        if self.is_modified:
            self.noticed.emit(Notice(UNSAVED, kind="warning", topic=ENCODING))
            return
        try:
            self.open_file(self._stored.path, encoding, self._buffer.manuscript.text.mode)
        except DinkusError as error:
            self.noticed.emit(Notice(str(error), kind="error", topic=ENCODING))

    def take(self, found: StoredFile) -> None:
        """Show what is on disk, as one undo step that touches only the lines that differ."""
        self._stored = found
        self._buffer.apply(edits_between(self._buffer.lines(), found.decoded.lines))
        self._buffer.note_saved(found.decoded.lines)
        self.file_changed.emit()

    def rebase(self, found: StoredFile) -> None:
        """Go on with the text in the window, to be written over what is on disk."""
        self._stored = found
        self._buffer.note_saved(found.decoded.lines)
        self.file_changed.emit()

    def adopt(self, found: StoredFile) -> None:
        """Take note that the file now holds exactly the text in the window."""
        self._settle(found)

    def _ask(self) -> str:
        title = (self._buffer.manuscript.outline.title or "Untitled").replace("/", "-").replace("\0", "")
        return self._ask_path(self._window, str(self.path or Path.home() / f"{title[:60]}.txt"))

    def _save_to(self, name: str, *, goes_on: bool, as_utf8: bool = False) -> bool:
        if not name:
            return False
        self.wait()
        path, like = Path(name), self._stored.decoded if self._stored else None
        again = partial(self._save_to, name, goes_on=goes_on)
        if not self._keeper.keep_file(path, "overwritten"):
            return False
        chosen = None if as_utf8 or self._stored is None else self._stored.chosen_encoding
        lines = self._buffer.lines()
        try:
            written = self._write_now(lambda: save_as(path, lines, like, overwrite=True, as_utf8=as_utf8))
        except CannotEncode as error:
            self._ask_for_utf8(partial(again, as_utf8=True), error)
            return False
        except DinkusError as error:
            self._show_error(error, again)
            return False
        if goes_on:
            self.adopt(replace(written, chosen_encoding=chosen))
            self.file_changed.emit()
        return True

    def _settle(self, written: StoredFile) -> None:
        """Go on with a file that holds `written`; the text may have changed since that was handed over."""
        before, self._stored = self._stored, written
        self._buffer.note_saved(written.decoded.lines)
        self.notice_settled.emit(SAVING)
        if before is None or before.decoded.encoding != written.decoded.encoding:
            self.file_changed.emit()
        self.saved.emit()

    def _ask_for_utf8(self, save_as_utf8: Callable[[], object], error: CannotEncode) -> None:
        self._tell_encoding(error, "Save as UTF-8", save_as_utf8)

    def _show_error(self, error: DinkusError, again: Callable[[], object]) -> None:
        answers = (Answer("Try again", again), Answer("Save elsewhere...", self.save_elsewhere))
        self.noticed.emit(Notice(str(error), answers, "error", SAVING))
