"""What stands behind a window on disk: a file, or a folder of chapter files. Everything else asks here and need not know."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from editor.app.presence import is_same_file
from editor.storage.files import StoredFile
from editor.storage.folder_names import is_text
from editor.storage.folders import list_folder
from editor.storage.joint_recovery import finish_joint_save
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.file_controller import FileController
from editor.ui.folder_changes import FolderChanges
from editor.ui.folder_controller import FolderController
from editor.ui.interrupted import tell_joint_save
from editor.ui.messages import Answer, Notice
from editor.ui.outside_changes import OutsideChanges
from editor.ui.version_keeper import VersionKeeper
from editor.ui.window_memory import remembered_encodings, remembered_modes


class Store(QObject):
    """The file or the folder of one window, and what other programs do to it."""

    file_changed = Signal()
    saved = Signal()
    noticed = Signal(object)  # Notice
    notice_settled = Signal(str)
    looked = Signal()  # at what other programs may have done
    folder_requested = Signal(object)  # Path: the writer means it, though it looks like no book

    def __init__(self, buffer: ManuscriptBuffer, keeper: VersionKeeper, window: QWidget) -> None:
        super().__init__(window)
        self.may_save: Callable[[], bool] = lambda: True  # says why, where not
        self.files = FileController(buffer, keeper, window)
        self.folder = FolderController(buffer, keeper, window)
        self.outside = OutsideChanges(buffer, self.files, keeper, window)
        self.folder_changes = FolderChanges(buffer, self.folder, keeper, window)
        for source in (self.files, self.folder):
            source.file_changed.connect(self.file_changed)
            source.saved.connect(self.saved)
        for speaker in (self.files, self.folder, self.outside, self.folder_changes):
            speaker.noticed.connect(self.noticed)
            speaker.notice_settled.connect(self.notice_settled)

    @property
    def is_folder(self) -> bool:
        return self.folder.files is not None

    @property
    def active(self) -> FileController | FolderController:
        """What saves and reads for this window."""
        return self.folder if self.is_folder else self.files

    @property
    def path(self) -> Path | None:
        """The file or the folder; None for text that has neither yet."""
        return self.active.path

    @property
    def is_modified(self) -> bool:
        return self.active.is_modified

    def open_folder(self, path: Path, place: Mapping[str, Any], *, is_meant: bool = False) -> bool:
        """Show the chapter files in a folder, a save that a crash cut off finished first; raise a FileError if that fails.

        Return False, and ask, where many unrelated texts lie in it, unless it `is_meant`.
        """
        self.finish_interrupted(path)
        listing = list_folder(path)
        if listing.is_crowd and not is_meant:
            text = f"{path.name} holds {len(listing.chapters):,} text files that do not look like one book."
            answers = (
                Answer("Open them as one", lambda: self.folder_requested.emit(path)),
                Answer("Not now", lambda: None),
            )
            self.noticed.emit(Notice(text, answers, "warning", "crowd"))
            return False
        if not listing.files:
            text = f"There are no text files in {path.name}. An empty chapter file is shown; it is made when you save."
            self.noticed.emit(Notice(text, topic="open"))
        self.folder.open_listing(listing, remembered_encodings(place), remembered_modes(place))
        self.folder_changes.start(listing)
        return True

    def finish_interrupted(self, folder: Path) -> None:
        """Finish a save of several files in `folder` that a crash cut off, and tell."""
        for found in finish_joint_save(folder, self.folder.discard):
            self.noticed.emit(tell_joint_save(found))

    def stored_at(self, line: int) -> StoredFile | None:
        """Return the file that a line belongs to, as it was last read or written."""
        return self.folder.stored_at(line) if self.is_folder else self.files.stored

    def first_line_of(self, path: Path) -> int:
        """Return the line of the manuscript where the file at `path` begins; 0 unless it is one of several."""
        label = self.folder.files.label_at(path) if self.folder.files is not None else None
        files = self.folder.buffer.read_so_far.text.files
        return next((file.first for file in files if label is not None and file.label == label), 0)

    def holds(self, path: Path) -> bool:
        """Say whether `path` is one of the files of this window."""
        files = self.folder.files
        if files is None:
            return self.files.path is not None and is_same_file(path, self.files.path)
        return any(is_same_file(path, files.path_of(label)) for label in files.labels)

    @property
    def export_base(self) -> Path | None:
        """The path that an export is called after: the file's, or one beside the folder."""
        path = self.path
        return path.with_name(f"{path.name}.txt") if path is not None and self.is_folder else path

    def why_no_export_to(self, path: Path) -> str | None:
        """Return why an export must not be written to `path`, None if it may."""
        if self.holds(path):
            return "That file is the manuscript itself. Choose another name for the export."
        folder = self.folder.path
        if folder is not None and is_same_file(path.parent, folder) and is_text(path.name):
            return f"A text in {folder.name} would become a chapter of the manuscript. Choose another folder for the export."
        return None

    def save(self) -> None:
        """Write the text in the background, unless another program has the manuscript."""
        if self.may_save():
            self.active.save()

    def save_elsewhere(self) -> bool:
        """Ask where, write everything there and go on with that; return whether it was done."""
        return self.active.save_elsewhere()

    def save_copy(self) -> bool:
        """Ask where, write everything there and stay; return whether it was done."""
        return self.active.save_copy()

    def revert(self) -> None:
        """Take the text from disk again, as one undo step."""
        self.active.revert()

    def reopen_as(self, encoding: str, line: int) -> None:
        """Read the file at a line again in another encoding."""
        if self.is_folder:
            self.folder.reopen_as(encoding, line)
        else:
            self.files.reopen_as(encoding)

    def look(self) -> None:
        """Find out in the background whether somebody else changed something."""
        (self.folder_changes if self.is_folder else self.outside).look()
        self.looked.emit()

    def wait(self) -> None:
        """Block until a save that is under way has ended and been dealt with."""
        self.active.wait()

    def stop(self) -> None:
        """Look no more."""
        self.outside.stop()
        self.folder_changes.stop()
