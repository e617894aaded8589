"""A manuscript from the disk, whether it is a file or a folder of chapter files; for programs without a window.

Not for reading again and again: the window keeps what it read and looks for changes itself. What only folders need is
imported when there is one.
"""

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from editor.errors import FileUnreadable, InputError
from editor.manuscript.manuscript import Manuscript
from editor.markup.model import WrapMode
from editor.storage.files import StoredFile, read_file, save_file

if TYPE_CHECKING:
    from editor.storage.folder_files import FolderFiles


@dataclass(frozen=True, slots=True)
class OpenedManuscript:
    """A manuscript and the files it was read from; `folder` is None for a single file."""

    path: Path
    manuscript: Manuscript
    stored: tuple[StoredFile, ...]
    folder: "FolderFiles | None" = None

    @property
    def encoding(self) -> str:
        """The encoding of the files, "mixed" if they have different ones."""
        return _common(file.decoded.encoding for file in self.stored)

    @property
    def eol(self) -> str:
        """The line ends of the files, "mixed" if they have different ones."""
        return _common(file.decoded.eol for file in self.stored)

    def holds(self, path: Path) -> bool:
        """Say whether `path` leads to one of the files."""
        with contextlib.suppress(OSError):
            return path.exists() and any(path.samefile(file.path) for file in self.stored)
        return False

    def save(self, lines: Sequence[str]) -> None:
        """Write these lines to the files; raise CannotEncode, FileConflict, SaveFailed."""
        if self.folder is None:
            save_file(self.stored[0], lines)
            return
        from editor.storage.joint_save import save_chapters

        plan = self.folder.plan(lines)
        if plan.removed:
            raise InputError("A file would be removed. Do that in the window, where its text is kept.")
        save_chapters(
            self.folder.folder,
            plan.chapters,
            settings=plan.settings,
            settings_before=self.folder.settings.raw or None,
            discard=_refuse,
        )


def open_manuscript(
    path: Path, encoding: str | None = None, mode: WrapMode | None = None, *, counts: bool = True
) -> OpenedManuscript:
    """Read a file or a folder. `encoding` and `mode` are what the user said, for every file of it; for `counts` see `Manuscript`.

    A save of several files that a crash cut off is finished first; a file that it was to remove is only hidden. Raise
    FileError where any file cannot be read.
    """
    if not path.is_dir():
        stored = read_file(path, encoding)
        return OpenedManuscript(path, Manuscript(stored.decoded.lines, mode, counts=counts), (stored,))
    from editor.storage.folder_files import FolderFiles
    from editor.storage.folders import list_folder, read_folder
    from editor.storage.joint_recovery import finish_joint_save

    finish_joint_save(path, _refuse)
    listing = list_folder(path)
    if not listing.files:
        raise FileUnreadable(f"There is no text file in the folder “{path}”.", path)
    read, errors = read_folder(listing)
    if errors:
        raise errors[0]
    if encoding is not None:
        read = [read_file(stored.path, encoding) for stored in read]
    files = FolderFiles(listing, read)
    modes: dict[str | None, WrapMode] = {label: mode for label in files.labels if mode is not None}
    return OpenedManuscript(
        path,
        Manuscript(files.lines(), modes=modes, title=listing.settings.title, counts=counts),
        tuple(read),
        files,
    )


def _refuse(path: Path) -> None:
    raise OSError(f"{path} is not removed from the command line")


def _common(values: Iterable[str]) -> str:
    found = set(values)
    return found.pop() if len(found) == 1 else "mixed"
