"""Files of a folder that another program made, renamed or removed while it is open: taken in, followed, or shown as gone."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from editor.manuscript.chapter_files import split_into_files
from editor.manuscript.edits import Position, TextEdit
from editor.manuscript.splicing import Splice, edits_for
from editor.markup.lines import BOUNDARY
from editor.storage.files import StoredFile
from editor.storage.folder_files import FolderFiles
from editor.storage.folders import FolderListing
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.folder_controller import FolderController
from editor.ui.messages import Answer, Notice
from editor.ui.outside_merge import TOLD_FOR_MS, TOPIC
from editor.ui.version_keeper import VersionKeeper


class FolderArrivals(QObject):
    """Keeps the files of a manuscript those of its folder."""

    noticed = Signal(object)  # Notice

    def __init__(self, buffer: ManuscriptBuffer, folder: FolderController, keeper: VersionKeeper) -> None:
        super().__init__(folder)
        self._buffer, self._folder, self._keeper = buffer, folder, keeper
        self._missing: set[str] = set()
        self._told_gone: set[str] = set()

    def lines_of(self, label: str) -> list[str] | None:
        """Return the lines of a file as they stand on the page, None if it is not there."""
        files = split_into_files(self._buffer.lines())
        return next((file.lines for file in files if file.label == label), None)

    def follow_rename(self, files: FolderFiles, old: StoredFile, new: StoredFile) -> str | None:
        """Give a file that was renamed on disk its new label; return that, None if it is none of ours."""
        label = files.label_at(old.path)
        if label is None:
            return None
        here = files.move(label, new)
        top = self._top_of(label)
        if top is not None:
            end = Position(top, len(self._buffer.read_so_far.text.lines[top]))
            self._buffer.apply([TextEdit(Position(top, 0), end, BOUNDARY + here)])
        self._folder.note_order()
        self._tell(f"{old.path.name} was renamed by another program to {new.path.name}.")
        return here

    def take_in(self, files: FolderFiles, new: StoredFile, listing: FolderListing) -> str | None:
        """Put a file that appeared in the folder into the manuscript, where the folder has it.

        If there is a file of that name here that was not saved yet, nothing is done and its label returned.
        """
        here = next((file for file in self._labels() if files.path_of(file) == new.path), None)
        if here is not None and self.lines_of(here) != new.decoded.lines:
            return here
        label = files.take_in(new)
        if here is None:
            line = self._place_for(label, new.path, listing)
            rows = (BOUNDARY + label, *new.decoded.lines)
            self._buffer.apply(edits_for(self._buffer.read_so_far.text.lines, [Splice(line, line, rows)]))
        self._folder.note_order()
        self._tell(f"{new.path.name} has appeared in the folder and is taken in.")
        return None

    def _place_for(self, label: str, path: Path, listing: FolderListing) -> int:
        """Return the line where a new file goes: behind the file that the folder lists before it."""
        text = self._buffer.read_so_far.text
        tops = {file.label: file for file in text.files}
        if path == listing.cuts:
            return len(text.lines)
        names = [chapter.name for chapter in listing.chapters]
        above = names[: names.index(path.name)] if path.name in names else names
        for name in reversed(above):
            if name in tops and name != label:
                return tops[name].end
        return 0

    def _labels(self) -> list[str]:
        return [file.label for file in self._buffer.read_so_far.text.files if file.label is not None]

    def _top_of(self, label: str) -> int | None:
        return next((file.top for file in self._buffer.read_so_far.text.files if file.label == label), None)

    def miss(self, files: FolderFiles, gone: Sequence[StoredFile]) -> bool:
        """Tell of files that are gone if they were gone at the look before; return whether to look again in a moment."""
        labels = {label for stored in gone if (label := files.label_at(stored.path)) is not None}
        for label in [label for label in labels if self.lines_of(label) is None]:
            files.forget(label)  # it was taken out here too
            labels.discard(label)
        self._missing &= labels
        self._told_gone &= labels
        if files.missing != self._told_gone:
            files.missing = frozenset(self._told_gone)
            self._folder.file_changed.emit()  # the disk has another text now
        if labels - self._missing:
            self._missing |= labels
            return True
        for label in sorted(labels - self._told_gone):
            self._told_gone.add(label)
            files.missing |= {label}
            self._tell_gone(files, label)
        return False

    def settle(self) -> None:
        """Forget which files were missed: everything is saved."""
        self._missing.clear()
        self._told_gone.clear()

    def _tell(self, text: str) -> None:
        self.noticed.emit(Notice(text, (), "info", TOPIC, TOLD_FOR_MS))

    def _tell_gone(self, files: FolderFiles, label: str) -> None:
        name = files.path_of(label).name
        answers = (
            Answer("Save it again", partial(self._save_again, label)),
            Answer("Take it out here too", partial(self._take_out, label)),
        )
        self._buffer.note_saved(None)
        text = f"{name} is no longer in {files.folder}. Its text is safe in this window."
        self.noticed.emit(Notice(text, answers, "warning", f"{TOPIC} {label}"))

    def _save_again(self, label: str) -> None:
        if self._folder.files is not None:
            self._folder.files.forget(label)
            self._folder.save()

    def _take_out(self, label: str) -> None:
        lines = self.lines_of(label)
        files = self._folder.files
        if lines is None or files is None or not self._keeper.keep_lines(lines, files.path_of(label), "gone"):
            return
        files.forget(label)
        file = next(file for file in self._buffer.read_so_far.text.files if file.label == label)
        self._buffer.apply(edits_for(self._buffer.read_so_far.text.lines, [Splice(file.top, file.end, ())]))
        self._folder.note_order()
