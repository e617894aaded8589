"""The folder behind a window: its chapter files opened as one manuscript, and saved as one.

The buffer is the manuscript, `FolderFiles` what the disk holds; a save makes the disk agree, off the window's thread, as one
journaled transaction. What is about to be removed is kept as a version first. Changes by other programs are the work of
`folder_changes`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from editor.errors import CannotEncode, DinkusError, FileError
from editor.manuscript.chapter_files import split_into_files
from editor.manuscript.differences import edits_between
from editor.manuscript.edits import Position, TextEdit
from editor.markup.model import WrapMode
from editor.storage.files import StoredFile, read_file
from editor.storage.folder_files import FolderFiles, SavePlan
from editor.storage.folders import FolderListing, list_folder, read_folder
from editor.storage.joint_plan import ChapterSave
from editor.storage.joint_save import save_chapters
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.file_controller import ENCODING, UNSAVED
from editor.ui.messages import Answer, Notice
from editor.ui.saving import SAVING, SavingController
from editor.ui.trash import move_to_trash
from editor.ui.version_keeper import VersionKeeper


def ask_folder_path(parent: QWidget | None, suggestion: str) -> str:
    """Ask for a folder; "" if the writer would rather not."""
    return QFileDialog.getExistingDirectory(parent, "Save all files to a folder", suggestion)


class FolderController(SavingController):
    """The folder of one window; `files` is None while the window shows a single file."""

    def __init__(
        self,
        buffer: ManuscriptBuffer,
        keeper: VersionKeeper,
        window: QWidget,
        ask_folder: Callable[[QWidget | None, str], str] = ask_folder_path,
        discard: Callable[[Path], None] = move_to_trash,
    ) -> None:
        """`ask_folder` asks for a folder, `discard` takes a file that was removed (tests answer by themselves)."""
        super().__init__(buffer, keeper, window)
        self._ask_folder, self.discard = ask_folder, discard
        self.files: FolderFiles | None = None
        self._saved_order: tuple[str, ...] = ()

    @property
    def path(self) -> Path | None:
        """The folder."""
        return self.files.folder if self.files else None

    def stored_at(self, line: int) -> StoredFile | None:
        """Return the file that a line belongs to as it was last read or written, None if it is not on disk yet."""
        return self.files.stored(self._buffer.read_so_far.text.file_at(line).label) if self.files else None

    def open_listing(
        self,
        listing: FolderListing,
        encodings: Mapping[str, str] | None = None,
        modes: Mapping[str, WrapMode] | None = None,
    ) -> None:
        """Read the files of a folder and show them as one manuscript; what cannot be read is told.

        `encodings` and `modes`, by file name, are what the writer has chosen before.
        """
        read, errors = read_folder(listing)
        chosen = [_reread(stored, (encodings or {}).get(stored.path.name)) for stored in read]
        self.files = FolderFiles(listing, chosen)
        self._buffer.load(
            self.files.lines(),
            modes=dict[str | None, WrapMode]((modes or {}).items()),
            title=listing.settings.title,
        )
        self._saved_order = self._labels()
        self.settle()
        self.file_changed.emit()
        self._tell_unread(errors, listing.problems)

    def save(self, *, as_utf8: Collection[str] = ()) -> None:
        """Write what has changed in the background, all of it or nothing.

        `as_utf8`: the labels of files whose encoding the writer agreed to change.
        """
        self.wait()
        if self.files is None:
            return
        try:
            plan = self.files.plan(self._buffer.lines(), as_utf8)
        except DinkusError as error:
            self._show_error(error, self.save)
            return
        if not all(self._keeper.keep(stored.data, stored.path, "removed") for stored in plan.removed):
            return
        folder, discard, known = self.files.folder, self.discard, self.files.settings.raw
        self._start_save(
            lambda: save_chapters(
                folder,
                plan.chapters,
                removed=plan.removed,
                settings=plan.settings,
                settings_before=known or None,
                discard=discard,
            ),
            partial(self._take_saved, plan),
            partial(self._ask_for_utf8, plan, as_utf8),
        )

    def save_elsewhere(self) -> bool:
        """Ask for a folder, write all files there and go on with that folder; return whether it was done."""
        return self._save_to(goes_on=True)

    def save_copy(self) -> bool:
        """Ask for a folder, write all files there and stay with the present one; return whether it was done."""
        return self._save_to(goes_on=False)

    def revert(self) -> None:
        """Take all files from disk again, as one undo step; what was in the window is kept as a version too."""
        self.wait()
        if self.files is None:
            return
        try:
            listing = list_folder(self.files.folder)
            read, errors = read_folder(listing)
        except DinkusError as error:
            self._show_error(error, self.revert)
            return
        if self.is_modified and not self._keeper.keep_lines(self._buffer.lines(), self.path, "reverted"):
            return
        self.files = FolderFiles(listing, read)
        self._buffer.apply(edits_between(self._buffer.lines(), self.files.lines()))
        self._saved_order = self._labels()
        self.settle()
        self.file_changed.emit()
        self._tell_unread(errors, listing.problems)

    def reopen_as(self, encoding: str, line: int) -> None:
        """Read the file at a line again in another encoding; only done while it holds nothing unsaved."""
        self.wait()
        stored = self.stored_at(line)
        label = self._buffer.read_so_far.text.file_at(line).label
        if self.files is None or stored is None or label is None:
            return
        if label in self.files.changed(split_into_files(self._buffer.lines())):
            self.noticed.emit(Notice(UNSAVED, kind="warning", topic=ENCODING))
            return
        try:
            self.take(label, read_file(stored.path, encoding))
        except DinkusError as error:
            self.noticed.emit(Notice(str(error), kind="error", topic=ENCODING))

    def choices(self) -> dict[str, dict[str, str]]:
        """Return what is to be remembered of the files: wrap modes by label, encodings that were chosen by name."""
        modes = self._buffer.manuscript.text.modes
        return {
            "modes": {str(label): str(mode) for label, mode in modes.items()},
            "encodings": self.encodings(),
        }

    def encodings(self) -> dict[str, str]:
        """Return the encodings that the writer chose, by file name."""
        labels = self.files.labels if self.files is not None else ()
        stored = [found for label in labels if self.files and (found := self.files.stored(label))]
        return {each.path.name: each.chosen_encoding for each in stored if each.chosen_encoding}

    def take(self, label: str, found: StoredFile) -> None:
        """Show what is on disk of one file, as one undo step that touches only the lines that differ."""
        if self.files is None:
            return
        file = next(file for file in self._buffer.read_so_far.text.files if file.label == label)
        lines = self._buffer.read_so_far.text.lines[file.first : file.end]
        self.files.update(label, found)
        self._buffer.apply([_shifted(edit, file.first) for edit in edits_between(lines, found.decoded.lines)])
        self.settle()
        self.file_changed.emit()

    def settle(self) -> None:
        """Work out anew whether anything is unsaved."""
        if self.files is None:
            return
        lines = self._buffer.lines()
        files = split_into_files(lines)
        is_same = self._labels() == self._saved_order and not self.files.has_new_title
        is_saved = is_same and not self.files.changed(files)
        self._buffer.note_saved(lines if is_saved else None)

    def set_title(self, title: str) -> None:
        """Give the book a title; it is written to manuscript.toml when the writer saves."""
        if self.files is not None:
            self.files.set_title(title)
            self._buffer.set_title(title)
            self.settle()

    def note_order(self) -> None:
        """Take the present order and number of files for that on disk."""
        self._saved_order = self._labels()
        self.settle()

    def _labels(self) -> tuple[str, ...]:
        return tuple(file.label or "" for file in self._buffer.read_so_far.text.files)

    def _save_to(self, *, goes_on: bool) -> bool:
        if self.files is None:
            return False
        name = self._ask_folder(self._window, str(self.files.folder.parent))
        if not name:
            return False
        self.wait()
        folder = Path(name)
        again = partial(self._save_to, goes_on=goes_on)
        try:
            plan = self.files.plan(self._buffer.lines())
            copies = [_copy_in(folder, chapter) for chapter in plan.chapters]
            self._write_now(
                lambda: save_chapters(folder, copies, settings=plan.settings, discard=self.discard)
            )
            listing = list_folder(folder)
        except DinkusError as error:
            self._show_error(error, again)
            return False
        if goes_on:
            self.files = FolderFiles(listing, read_folder(listing)[0])
            self.note_order()
            self.file_changed.emit()
            self.saved.emit()
        return True

    def _take_saved(self, plan: SavePlan, written: Sequence[StoredFile]) -> None:
        if self.files is not None:
            self.files.take_saved(plan, written)
        self._saved_order = plan.labels
        self._buffer.note_saved(plan.lines)
        self.notice_settled.emit(SAVING)
        self.file_changed.emit()
        self.saved.emit()

    def _ask_for_utf8(self, plan: SavePlan, as_utf8: Collection[str], error: CannotEncode) -> None:
        save = partial(self.save, as_utf8={*as_utf8, _label_of(plan, error)})
        self._tell_encoding(error, "Save it as UTF-8", save)

    def _show_error(self, error: DinkusError, again: Callable[[], object]) -> None:
        answers = (Answer("Try again", again), Answer("Save a copy elsewhere...", self.save_copy))
        self.noticed.emit(Notice(str(error), answers, "error", SAVING))

    def _tell_unread(self, errors: Sequence[FileError], problems: Sequence[str]) -> None:
        for text in [*map(str, errors), *problems]:
            self.noticed.emit(Notice(text, kind="warning"))


def _reread(stored: StoredFile, encoding: str | None) -> StoredFile:
    """Return the file read in the encoding that the writer chose for it, if that still works."""
    if encoding is None or encoding == stored.chosen_encoding:
        return stored
    try:
        return read_file(stored.path, encoding)
    except DinkusError:
        return stored


def _copy_in(folder: Path, chapter: ChapterSave) -> ChapterSave:
    """Return the same text as a new file of another folder, encoded alike."""
    like = chapter.stored.decoded if chapter.stored is not None else chapter.like
    return ChapterSave(folder / chapter.path.name, chapter.lines, None, like, chapter.as_utf8)


def _label_of(plan: SavePlan, error: FileError) -> str:
    return next(
        (
            label
            for label, chapter in zip(plan.labels, plan.chapters, strict=True)
            if error.path in {chapter.path, chapter.stored.path if chapter.stored else None}
        ),
        "",
    )


def _shifted(edit: TextEdit, lines: int) -> TextEdit:
    start, end = edit.start, edit.end
    return TextEdit(
        Position(start.line + lines, start.column), Position(end.line + lines, end.column), edit.text
    )
