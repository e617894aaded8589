"""What to do when somebody else changes the folder of a window: its files, their names, and which there are.

Hints come from the watcher, from the window getting the focus and from a save that found a conflict; the disk decides.
Files whose text is not touched here follow the disk; files that appear are taken in, renamed ones follow; what both sides
have changed, or what has vanished, is asked about. Nothing is overwritten or dropped silently.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from editor.errors import DinkusError
from editor.storage.files import Fingerprint, StoredFile, read_file
from editor.storage.folder_files import FolderFiles
from editor.storage.folder_sight import Sight, look_at
from editor.storage.folders import ConflictCopy, FolderListing
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.compare_dialog import CompareDialog
from editor.ui.folder_arrivals import FolderArrivals
from editor.ui.folder_controller import FolderController
from editor.ui.jobs import Job
from editor.ui.messages import Answer, Notice
from editor.ui.outside_changes import GONE_FOR_GOOD_MS, TOLD_FOR_MS, TOPIC
from editor.ui.version_keeper import VersionKeeper


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
        self._arrivals = FolderArrivals(buffer, folder, keeper)
        self._arrivals.noticed.connect(self.noticed)
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
        listing = files.listing
        self._looking = Job(lambda _job: look_at(listing, known))
        self._looking.succeeded.connect(lambda sight: self._see(files, known, sight))
        self._looking.failed.connect(self._fail)
        self._looking.start()

    def wait(self) -> None:
        """Block until what is being looked at has been seen and dealt with."""
        while (job := self._looking) is not None:
            job.wait()
            if self._looking is job:  # a fault of ours kept its end from being dealt with
                self._looking = None

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
        self._arrivals.settle()
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
            label = self._arrivals.take_in(files, found, sight.listing)
            if label is not None and self._asked.get(label) != found.fingerprint:
                self._ask(label, found)
        if self._arrivals.miss(files, sight.gone):
            self._patience.start()
        self._tell_conflicts(sight.listing.conflicts)
        for error in sight.errors:
            self._tell_once(str(error))

    def _follow_rename(self, files: FolderFiles, old: StoredFile, new: StoredFile) -> None:
        label, is_clean = self._arrivals.follow_rename(files, old, new)
        if label is None or new.decoded.lines == old.decoded.lines:
            return
        if is_clean:
            self._folder.take(label, new)
        else:
            self._ask(label, new)

    def _follow_change(self, files: FolderFiles, found: StoredFile) -> None:
        label = files.label_at(found.path)
        if label is None:
            return
        mine, stored = self._arrivals.lines_of(label), files.stored(label)
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
        if self._keeper.keep_lines(self._arrivals.lines_of(label) or [], found.path, "mine"):
            self._asked.pop(label, None)
            self._folder.take(label, found)
        else:
            self._ask(label, found)

    def _compare(self, label: str, found: StoredFile) -> None:
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
        CompareDialog(mine or [], theirs, ("In this window", copy.path.name), self._window).open()

    def _tell_once(self, text: str) -> None:
        if text not in self._told:
            self._told.add(text)
            self.noticed.emit(Notice(text, kind="warning", topic=TOPIC))
