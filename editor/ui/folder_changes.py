"""What to do when somebody else changes the folder of a window: its files, their names, and which there are.

While nothing is unsaved the text follows the disk; else the whole manuscript is merged (`outside_merge`), so that text that
either side moved to another file is followed. Files that appear are taken in, renamed ones follow; a new file of the same name
on both sides, or one that has vanished, is asked about. Nothing is overwritten or dropped silently.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from editor.errors import DinkusError
from editor.manuscript.chapter_files import FileText, join_files, split_into_files
from editor.storage.files import StoredFile, read_file, written_as_before
from editor.storage.folder_files import FolderFiles
from editor.storage.folder_sight import Sight, look_at
from editor.storage.folders import ConflictCopy, FolderListing
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.folder_arrivals import FolderArrivals
from editor.ui.folder_controller import FolderController
from editor.ui.messages import Answer, Notice
from editor.ui.outside_look import Look, OutsideLook, is_emptied
from editor.ui.outside_merge import TOLD_FOR_MS, TOPIC, OutsideVersion
from editor.ui.version_keeper import VersionKeeper


class FolderChanges(OutsideLook):
    """Looks at the folder of one window."""

    def __init__(
        self, buffer: ManuscriptBuffer, folder: FolderController, keeper: VersionKeeper, window: QWidget
    ) -> None:
        super().__init__(buffer, folder, keeper, window)
        self._folder = folder
        self._asked: dict[str, Hashable] = {}
        self._arrivals = FolderArrivals(buffer, folder, keeper)
        self._arrivals.noticed.connect(self.noticed)
        self._told: set[str] = set()  # what cannot be read, and conflict copies, once each

    def start(self, listing: FolderListing) -> None:
        """Begin with a folder that was opened: tell of the conflict copies in it."""
        self._settle()
        self._told.clear()
        self._tell_conflicts(listing.conflicts)

    def _next_look(self) -> Look | None:
        files = self._folder.files
        if files is None:
            return None
        known, listing = _known(files), files.listing
        return Look(
            lambda: look_at(listing, known),
            partial(self._see, files),
            lambda: self._folder.files is not files or not _same(known, _known(files)),
        )

    def _look_and_ask(self, _result: int = 0) -> None:
        self._asked.clear()
        super()._look_and_ask()

    def _settle(self) -> None:
        self._asked.clear()
        self._arrivals.settle()
        super()._settle()

    def _see(self, files: FolderFiles, sight: Sight) -> None:
        changed = {
            label: found for found in sight.changed if (label := files.label_at(found.path)) is not None
        }
        for old, new in sight.renamed:
            # Its text is as yet the one that was read; if that has changed too, it is one of the changed files.
            here = replace(old, path=new.path, real_path=new.real_path)
            is_same = new.decoded.lines == old.decoded.lines
            label = self._arrivals.follow_rename(files, old, new if is_same else here)
            if label is not None and not is_same:
                changed[label] = new
        self._take_changes(files, changed)
        for found in sight.came:
            label = self._arrivals.take_in(files, found, sight.listing)
            if label is not None and self._asked.get(label) != found.fingerprint:
                self._ask(label, found)
        if self._arrivals.miss(files, sight.gone):
            self._patience.start()
        self._tell_conflicts(sight.listing.conflicts)
        for error in sight.errors:
            self._tell_once(str(error))

    def _take_changes(self, files: FolderFiles, changed: Mapping[str, StoredFile]) -> None:
        """Take in files that hold something else now, or merge them with what is unsaved."""
        unsaved: dict[str, StoredFile] = {}
        is_waiting = False
        for label, found in changed.items():
            stored, mine = files.stored(label), self._arrivals.lines_of(label)
            if stored is None:
                continue
            if mine == found.decoded.lines or (mine is None and files.is_foreign(label)):
                files.update(label, found)
                self._folder.settle()
            elif is_emptied(stored, found):
                is_waiting = self._see_emptied(files, label, stored, found) or is_waiting
            elif self._folder.is_modified or mine is None:
                unsaved[label] = found
            elif self._keeper.keep(stored.data, stored.path, "mine"):
                self._folder.take(label, found)
                self._tell_taken(
                    f"{found.path.name} was changed by another program. The changes are taken in."
                )
        if unsaved:
            self._merge.take(self._version(files, unsaved))
        elif not is_waiting:
            self._merge.settle()

    def _see_emptied(self, files: FolderFiles, label: str, stored: StoredFile, found: StoredFile) -> bool:
        """Leave the text of an emptied file in the window; return whether there may be something in it in a moment."""
        if self._must_wait(found):
            return True
        files.update(label, written_as_before(stored, found))
        self._folder.settle()
        self._tell_emptied(found.path.name)
        return False

    def _version(self, files: FolderFiles, changed: Mapping[str, StoredFile]) -> OutsideVersion:
        """Return what the disk holds now as a version of the whole manuscript."""
        known = {label: stored for label in files.labels if (stored := files.stored(label)) is not None}
        now = {**known, **changed}

        def keep_mine(lines: Sequence[str]) -> bool:
            own = split_into_files(lines)
            unsaved = set(files.changed(own))
            return all(
                self._keeper.keep_lines(file.lines, files.path_of(file.label), "mine")
                for file in own
                if file.label is not None and file.label in unsaved
            )

        def accept() -> None:
            for label, found in changed.items():
                files.update(label, found)
            self._folder.settle()
            self._folder.file_changed.emit()

        return OutsideVersion(
            _names_of(changed),
            frozenset(found.fingerprint for found in changed.values()),
            _lines_of(known),
            _lines_of(now),
            lambda: all(self._keeper.keep(found.data, found.path, "theirs") for found in changed.values()),
            keep_mine,
            accept,
            lambda: self._folder.files is files and _same(list(known.values()), _known(files)),
            self._folder.save_copy,
        )

    def _tell_taken(self, text: str) -> None:
        self.noticed.emit(Notice(text, (), "info", TOPIC, TOLD_FOR_MS))

    def _ask(self, label: str, found: StoredFile) -> None:
        self._asked[label] = found.fingerprint
        answers = (
            Answer("Keep mine", partial(self._keep_mine, label, found)),
            Answer("Take theirs", partial(self._take_theirs, label, found)),
            Answer("Compare", partial(self._compare, label, found)),
        )
        text = f"{found.path.name} was made by another program too, while you were writing. Nothing has been overwritten."
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
        if self._keeper.keep_lines(self._arrivals.lines_of(label) or [], found.path, "mine"):
            self._asked.pop(label, None)
            self._folder.take(label, found)
        else:
            self._ask(label, found)

    def _compare(self, label: str, found: StoredFile) -> None:
        from editor.ui.compare_dialog import CompareDialog

        titles = ("In this window", "On disk")
        dialog = CompareDialog(
            self._arrivals.lines_of(label) or [], found.decoded.lines, titles, self._window
        )
        dialog.finished.connect(self._look_and_ask)
        dialog.open()

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
        mine = self._arrivals.lines_of(label) if label is not None else None
        from editor.ui.compare_dialog import CompareDialog

        CompareDialog(mine or [], theirs, ("In this window", copy.path.name), self._window).open()

    def _tell_once(self, text: str) -> None:
        if text not in self._told:
            self._told.add(text)
            self.noticed.emit(Notice(text, kind="warning", topic=TOPIC))


def _known(files: FolderFiles) -> list[StoredFile]:
    return [stored for label in files.labels if (stored := files.stored(label)) is not None]


def _same(some: Sequence[StoredFile], others: Sequence[StoredFile]) -> bool:
    return len(some) == len(others) and all(a is b for a, b in zip(some, others, strict=True))


def _lines_of(files: Mapping[str, StoredFile]) -> list[str]:
    return join_files([FileText(label, list(stored.decoded.lines)) for label, stored in files.items()])


def _names_of(changed: Mapping[str, StoredFile]) -> str:
    names = [found.path.name for found in changed.values()]
    return " and ".join(names) if len(names) < 3 else f"{len(names):,} files"
