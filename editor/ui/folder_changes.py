"""What to do when somebody else changes the folder of a window: its files, their names, and which there are.

Hints come from the watcher, from the window getting the focus and from a save that found a conflict; the disk decides.
Files whose text is not touched here follow the disk; files that appear are taken in, renamed ones follow; what both sides
have changed, or what has vanished, is asked about. Nothing is overwritten or dropped silently.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from editor.errors import DinkusError, FileError
from editor.manuscript.chapter_files import split_into_files
from editor.manuscript.edits import Position, TextEdit
from editor.markup.lines import BOUNDARY
from editor.storage.files import Fingerprint, StoredFile, Vanished, changed_outside, read_file
from editor.storage.folder_files import FolderFiles
from editor.storage.folders import ConflictCopy, FolderListing, list_folder
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.compare_dialog import CompareDialog
from editor.ui.folder_controller import FolderController
from editor.ui.jobs import Job
from editor.ui.messages import Answer, Notice
from editor.ui.outside_changes import GONE_FOR_GOOD_MS, TOLD_FOR_MS
from editor.ui.version_keeper import VersionKeeper

TOPIC = "outside"


@dataclass(slots=True)
class Sight:
    """What a look at the folder has found: files that hold something else, that are gone, that came, and those that were
    renamed (old and new); `errors` are files that cannot be read."""

    listing: FolderListing
    changed: list[StoredFile] = field(default_factory=list)
    gone: list[StoredFile] = field(default_factory=list)
    came: list[StoredFile] = field(default_factory=list)
    renamed: list[tuple[StoredFile, StoredFile]] = field(default_factory=list)
    errors: list[FileError] = field(default_factory=list)


def look_at(folder: Path, known: Sequence[StoredFile]) -> Sight:
    """Compare a folder with the files that are `known` of it; raise FileUnreadable if the folder cannot be listed."""
    sight = Sight(list_folder(folder))
    for stored in known:
        try:
            found = changed_outside(stored)
        except FileError as error:
            sight.errors.append(error)
            continue
        if isinstance(found, Vanished):
            sight.gone.append(stored)
        elif found is not None:
            sight.changed.append(found)
    paths = {stored.path for stored in known}
    listed = [*sight.listing.chapters, *([sight.listing.cuts] if sight.listing.cuts else [])]
    for path in listed:
        if path not in paths:
            try:
                _sort_in(read_file(path), sight)
            except FileError as error:
                sight.errors.append(error)
    return sight


def _sort_in(new: StoredFile, sight: Sight) -> None:
    """Note a file that was not known: one that is gone, under another name, or a new one."""
    for old in sight.gone:
        is_same = old.fingerprint.sha256 == new.fingerprint.sha256
        if is_same or (old.fingerprint.device, old.fingerprint.inode) == (
            new.fingerprint.device,
            new.fingerprint.inode,
        ):
            sight.gone.remove(old)
            sight.renamed.append((old, new))
            return
    sight.came.append(new)


class FolderChanges(QObject):
    """Looks at the folder of one window."""

    noticed = Signal(object)  # Notice
    notice_settled = Signal(str)  # its topic

    def __init__(
        self, buffer: ManuscriptBuffer, folder: FolderController, keeper: VersionKeeper, window: QWidget
    ) -> None:
        super().__init__(window)
        self._buffer, self._folder, self._keeper, self._window = buffer, folder, keeper, window
        self._looking: Job | None = None
        self._must_look_again = False
        self._asked: dict[str, Fingerprint] = {}
        self._missing: set[str] = set()
        self._told_gone: set[str] = set()
        self._told: set[str] = set()  # what cannot be read, and conflict copies, once each
        self._patience = QTimer(self, singleShot=True, interval=GONE_FOR_GOOD_MS)
        self._patience.timeout.connect(self.look)
        folder.conflict_found.connect(self._look_and_ask)
        folder.save_ended.connect(self._look_after_save)
        folder.saved.connect(self._settle)

    @property
    def is_looking(self) -> bool:
        return self._looking is not None

    def start(self, listing: FolderListing) -> None:
        """Begin with a folder that was opened: tell of the conflict copies in it."""
        self._settle()
        self._told.clear()
        self._tell_conflicts(listing.conflicts)

    def look(self) -> None:
        """Find out in the background whether somebody else changed the folder."""
        files = self._folder.files
        if files is None:
            return
        if self._looking is not None or self._folder.is_saving:
            self._must_look_again = True
            return
        self._must_look_again = False
        known = [stored for label in files.labels if (stored := files.stored(label)) is not None]
        folder = files.folder
        self._looking = Job(lambda _job: look_at(folder, known))
        self._looking.succeeded.connect(lambda sight: self._see(files, known, sight))
        self._looking.failed.connect(self._fail)
        self._looking.start()

    def wait(self) -> None:
        """Block until what is being looked at has been seen and dealt with."""
        while self._looking is not None:
            self._looking.wait()

    def stop(self) -> None:
        """Look no more; what is being looked at is not dealt with."""
        self._patience.stop()
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None

    def _look_after_save(self) -> None:
        if self._must_look_again:
            self.look()

    def _look_and_ask(self, _result: int = 0) -> None:
        self._asked.clear()
        self.look()

    def _settle(self) -> None:
        self._asked.clear()
        self._missing.clear()
        self._told_gone.clear()
        self.notice_settled.emit(TOPIC)

    def _fail(self, error: Exception) -> None:
        self._looking = None
        self._must_look_again = False
        if not isinstance(error, DinkusError):
            raise error
        self._tell_once(str(error))

    def _see(self, files: FolderFiles, known: Sequence[StoredFile], sight: Sight) -> None:
        self._looking = None
        now = [stored for label in files.labels if (stored := files.stored(label)) is not None]
        is_stale = len(known) != len(now) or any(a is not b for a, b in zip(known, now, strict=False))
        if self._folder.files is not files or self._folder.is_saving or is_stale or self._must_look_again:
            self.look()
            return
        for old, new in sight.renamed:
            self._follow_rename(files, old, new)
        for found in sight.changed:
            self._follow_change(files, found)
        for found in sight.came:
            self._take_in(files, found, sight.listing)
        self._miss(files, sight.gone)
        self._tell_conflicts(sight.listing.conflicts)
        for error in sight.errors:
            self._tell_once(str(error))

    # -- what was changed -----------------------------------------------------------------------------------------

    def _lines_of(self, label: str) -> list[str] | None:
        files = split_into_files(self._buffer.lines())
        return next((file.lines for file in files if file.label == label), None)

    def _follow_change(self, files: FolderFiles, found: StoredFile) -> None:
        label = files.label_at(found.path)
        if label is None:
            return
        mine, stored = self._lines_of(label), files.stored(label)
        if mine is None or mine == found.decoded.lines:
            files.update(label, found)
            self._folder.settle()
        elif stored is not None and mine == stored.decoded.lines:
            self._folder.take(label, found)
            self._tell_taken(f"{found.path.name} was changed by another program. The changes are taken in.")
        elif self._asked.get(label) != found.fingerprint:
            self._ask(label, found)

    def _tell_taken(self, text: str) -> None:
        self.noticed.emit(Notice(text, (), "info", TOPIC, TOLD_FOR_MS))

    def _ask(self, label: str, found: StoredFile) -> None:
        self._asked[label] = found.fingerprint
        answers = (
            Answer("Keep mine", partial(self._keep_mine, label, found)),
            Answer("Take theirs", partial(self._take_theirs, label, found)),
            Answer("Compare", partial(self._compare, label, found)),
        )
        text = f"{found.path.name} was changed by another program while you were writing. Nothing has been overwritten."
        self.noticed.emit(Notice(text, answers, "warning", f"{TOPIC} {label}"))

    def _keep_mine(self, label: str, found: StoredFile) -> None:
        files = self._folder.files
        if files is not None and self._keeper.keep(found.data, found.path, "theirs"):
            files.update(label, found)
            self._asked.pop(label, None)
            self._folder.settle()
        else:
            self._ask(label, found)

    def _take_theirs(self, label: str, found: StoredFile) -> None:
        if self._keeper.keep_lines(self._lines_of(label) or [], found.path, "mine"):
            self._asked.pop(label, None)
            self._folder.take(label, found)
        else:
            self._ask(label, found)

    def _compare(self, label: str, found: StoredFile) -> None:
        titles = ("In this window", "On disk")
        dialog = CompareDialog(self._lines_of(label) or [], found.decoded.lines, titles, self._window)
        dialog.finished.connect(self._look_and_ask)
        dialog.open()

    # -- files that come, go and get other names ------------------------------------------------------------------

    def _follow_rename(self, files: FolderFiles, old: StoredFile, new: StoredFile) -> None:
        label = files.label_at(old.path)
        if label is None:
            return
        is_clean = self._lines_of(label) == old.decoded.lines
        here = files.move(label, new)
        top = self._top_of(label)
        if top is not None:
            end = Position(top, len(self._buffer.manuscript.text.lines[top]))
            self._buffer.apply([TextEdit(Position(top, 0), end, BOUNDARY + here)])
        self._folder.note_order()
        self._tell_taken(f"{old.path.name} was renamed by another program to {new.path.name}.")
        if new.decoded.lines != old.decoded.lines:
            self._follow_change_of_renamed(here, new, is_clean=is_clean)

    def _follow_change_of_renamed(self, label: str, new: StoredFile, *, is_clean: bool) -> None:
        if is_clean:
            self._folder.take(label, new)
        else:
            self._ask(label, new)

    def _take_in(self, files: FolderFiles, new: StoredFile, listing: FolderListing) -> None:
        label = files.take_in(new)
        if self._top_of(label) is None:
            line = self._place_for(label, new.path, listing)
            rows = [BOUNDARY + label, *new.decoded.lines]
            self._buffer.apply([_inserted(self._buffer.manuscript.text.lines, line, rows)])
        self._folder.note_order()
        self._tell_taken(f"{new.path.name} has appeared in the folder and is taken in.")

    def _place_for(self, label: str, path: Path, listing: FolderListing) -> int:
        """Return the line where a new file goes: behind the file that the folder lists before it."""
        text = self._buffer.manuscript.text
        tops = {file.label: file for file in text.files}
        if path == listing.cuts:
            return len(text.lines)
        names = [chapter.name for chapter in listing.chapters]
        above = names[: names.index(path.name)] if path.name in names else names
        for name in reversed(above):
            if name in tops and name != label:
                return tops[name].end
        return 0

    def _top_of(self, label: str) -> int | None:
        return next((file.top for file in self._buffer.manuscript.text.files if file.label == label), None)

    def _miss(self, files: FolderFiles, gone: Sequence[StoredFile]) -> None:
        """Tell of files that are gone, if they are still gone a second after that was first seen."""
        labels = {label for stored in gone if (label := files.label_at(stored.path)) is not None}
        self._missing &= labels
        self._told_gone &= labels
        if labels - self._missing:
            self._missing |= labels
            self._patience.start()
        elif not self._patience.isActive():
            for label in sorted(labels - self._told_gone):
                self._told_gone.add(label)
                self._tell_gone(files, label)

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
        lines = self._lines_of(label)
        files = self._folder.files
        if lines is None or files is None or not self._keeper.keep_lines(lines, files.path_of(label), "gone"):
            return
        files.forget(label)
        file = next(file for file in self._buffer.manuscript.text.files if file.label == label)
        self._buffer.apply([_taken_out(self._buffer.manuscript.text.lines, file.top, file.end)])
        self._folder.note_order()

    # -- conflict copies ------------------------------------------------------------------------------------------

    def _tell_conflicts(self, conflicts: Sequence[ConflictCopy]) -> None:
        for copy in conflicts:
            if str(copy.path) in self._told:
                continue
            self._told.add(str(copy.path))
            of = f" of {copy.original.name}" if copy.original is not None else ""
            text = f"{copy.path.name} is a copy{of} that a sync program made. It is not part of the book."
            answers = (Answer("Compare", partial(self._compare_copy, copy)),) if copy.original else ()
            self.noticed.emit(Notice(text, answers, "warning", f"conflict {copy.path}"))

    def _compare_copy(self, copy: ConflictCopy) -> None:
        files = self._folder.files
        label = files.label_at(copy.original) if files is not None and copy.original is not None else None
        try:
            theirs = read_file(copy.path).decoded.lines
        except DinkusError as error:
            self.noticed.emit(Notice(str(error), kind="warning", topic=TOPIC))
            return
        mine = self._lines_of(label) if label is not None else None
        CompareDialog(mine or [], theirs, ("In this window", copy.path.name), self._window).open()

    def _tell_once(self, text: str) -> None:
        if text not in self._told:
            self._told.add(text)
            self.noticed.emit(Notice(text, kind="warning", topic=TOPIC))


def _inserted(lines: Sequence[str], line: int, rows: Sequence[str]) -> TextEdit:
    if line < len(lines):
        return TextEdit(Position(line, 0), Position(line, 0), "".join(f"{row}\n" for row in rows))
    end = Position(len(lines) - 1, len(lines[-1]))
    return TextEdit(end, end, "".join(f"\n{row}" for row in rows))


def _taken_out(lines: Sequence[str], first: int, end: int) -> TextEdit:
    if end < len(lines):
        return TextEdit(Position(first, 0), Position(end, 0), "")
    return TextEdit(Position(first - 1, len(lines[first - 1])), Position(end - 1, len(lines[end - 1])), "")
