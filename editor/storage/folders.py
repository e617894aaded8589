"""A folder of chapter files that is one manuscript: which files, in which order, and what changed since.

Chapters are the files directly in the folder with a text suffix, and those that `manuscript.toml` names. Not: hidden files,
backups, what sync clients leave after a conflict (listed apart), and `cuts.txt`, which is always last.
Not for writing: see `joint_save`. Limits: folders within it are not looked into. Blocks while the disk works.
"""

import bisect
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from editor.errors import FileError, FileUnreadable
from editor.manuscript.differences import common_prefix
from editor.storage import complaints
from editor.storage.disk import Disk
from editor.storage.files import StoredFile, hash_of, read_file, read_steadily
from editor.storage.folder_names import (
    SETTINGS_NAME,
    is_cuts,
    is_hidden_or_backup,
    is_series,
    is_text,
    natural_key,
    original_name,
)
from editor.storage.folder_settings import FolderSettings, parse_settings

CROWD = 300
"""More text files than this, without a manuscript.toml and not one numbered series, are hardly one book."""


@dataclass(frozen=True, slots=True)
class ConflictCopy:
    """A version that a sync client put beside a file because two computers had changed it; `original` may be gone."""

    path: Path
    original: Path | None


@dataclass(frozen=True, slots=True)
class FolderListing:
    """What is in a manuscript folder. `chapters` are in the order of the book; `problems` are sentences for the writer.

    `is_crowd`: ask before opening it as one book (see CROWD).
    """

    folder: Path
    chapters: tuple[Path, ...]
    cuts: Path | None
    conflicts: tuple[ConflictCopy, ...]
    settings: FolderSettings
    is_crowd: bool
    problems: tuple[str, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the chapters, then the cuts file if there is one: the sections of the manuscript."""
        return self.chapters if self.cuts is None else (*self.chapters, self.cuts)


@dataclass(frozen=True, slots=True)
class FolderChange:
    """What became of a folder since it was read. `renamed` are pairs (from, to), which the other two do not name."""

    listing: FolderListing
    appeared: tuple[Path, ...]
    vanished: tuple[Path, ...]
    renamed: tuple[tuple[Path, Path], ...]
    is_reordered: bool

    @property
    def is_nothing(self) -> bool:
        """Say whether the same files are there, in the same order."""
        return not (self.appeared or self.vanished or self.renamed or self.is_reordered)


def list_folder(path: Path, disk: Disk | None = None) -> FolderListing:
    """List a manuscript folder without reading its chapters.

    Raise FileUnreadable if it is missing, is no folder or may not be read.
    """
    disk = disk or Disk()
    try:
        names = disk.names_in(path)
    except NotADirectoryError as error:
        raise FileUnreadable(f"“{path}” is a file, not a folder. Open it as a file.", path) from error
    except OSError as error:
        raise FileUnreadable(complaints.cannot_read(path, error), path) from error
    settings = _read_settings(path / SETTINGS_NAME, disk) if SETTINGS_NAME in names else FolderSettings()
    problems = [settings.problem] if settings.problem else []
    conflicts = tuple(
        ConflictCopy(path / name, path / original if original in names else None)
        for name in names
        if not is_hidden_or_backup(name)
        and (is_text(name) or name in settings.order)
        and (original := original_name(name))
    )
    copies = {conflict.path.name for conflict in conflicts}
    texts = [
        name
        for name in names
        if name not in copies and _may_be_text(name, settings) and _is_file(path / name, problems, disk)
    ]
    texts = _without_second_names(path, texts, problems, disk)
    problems += [_left_over_message(name) for name in names if name.endswith(".moving~")]
    cuts = sorted([name for name in texts if is_cuts(name)], reverse=True)  # "cuts.txt" before "Cuts.txt"
    problems += [f"“{name}” is a second file for cuts. It is left out; rename it." for name in cuts[1:]]
    chapters = [name for name in texts if not is_cuts(name)]
    is_crowd = len(chapters) > CROWD and SETTINGS_NAME not in names and not is_series(chapters)
    ordered = tuple(path / name for name in put_in_order(chapters, settings.order))
    cuts_path = path / cuts[0] if cuts else None
    return FolderListing(path, ordered, cuts_path, conflicts, settings, is_crowd, tuple(problems))


def put_in_order(names: Sequence[str], order: Sequence[str]) -> list[str]:
    """Return `names` in the order given, which may name what is gone.

    A name that the order does not have goes behind the named one that comes nearest before it by nature, wherever that
    stands; one that comes before all of them goes first.
    """
    there = set(names)
    named = [name for name in dict.fromkeys(order) if name in there]
    by_nature = sorted((natural_key(name), place) for place, name in enumerate(named))
    behind: dict[int, list[str]] = {}
    for name in sorted(there.difference(named), key=natural_key):
        at = bisect.bisect(by_nature, (natural_key(name), len(named)))
        # The nearest of the named ones that come before it by nature.
        behind.setdefault(by_nature[at - 1][1] if at else -1, []).append(name)
    result = list(behind.get(-1, []))
    for place, name in enumerate(named):
        result += [name, *behind.get(place, [])]
    return result


def read_folder(listing: FolderListing, disk: Disk | None = None) -> tuple[list[StoredFile], list[FileError]]:
    """Read the chapters in order and then the cuts; a file that cannot be read or is no text is among the errors."""
    disk = disk or Disk()
    stored: list[StoredFile] = []
    errors: list[FileError] = []
    for path in listing.files:
        try:
            stored.append(read_file(path, disk=disk))
        except FileError as error:
            errors.append(error)
    return stored, errors


def folder_changed(
    listing: FolderListing, stored: Sequence[StoredFile], disk: Disk | None = None
) -> FolderChange:
    """List a folder again and say what is new, gone or renamed; `stored` are its files as last read or written.

    Renamed is what has the very bytes of a file that is gone, or its inode and half of its text. Changes within files are not
    looked for: that is `files.changed_outside`. Raise FileUnreadable as `list_folder` does.
    """
    disk = disk or Disk()
    now = list_folder(listing.folder, disk)
    known = {file.path.name: file for file in stored}
    old, new = [path.name for path in listing.files], [path.name for path in now.files]
    vanished = [known[name] for name in old if name not in new and name in known]
    gone = [name for name in old if name not in new and name not in known]
    appeared = [path for path in now.files if path.name not in old]
    pairs: list[tuple[Path, Path]] = []
    for is_same in (_has_same_bytes, _is_same_file_edited):
        for path in list(appeared):
            before = next((file for file in vanished if is_same(path, file, disk)), None)
            if before is not None:
                pairs.append((before.path, path))
                vanished.remove(before)
                appeared.remove(path)
    renamed = {before.name: after.name for before, after in pairs}
    stayed = [renamed.get(name, name) for name in old if renamed.get(name, name) in new]
    is_reordered = stayed != [name for name in new if name in stayed]
    lost = (*[file.path for file in vanished], *[listing.folder / name for name in gone])
    return FolderChange(now, tuple(appeared), lost, tuple(pairs), is_reordered)


def _may_be_text(name: str, settings: FolderSettings) -> bool:
    if name == SETTINGS_NAME or is_hidden_or_backup(name):
        return False
    return is_text(name) or name in settings.order


def _is_file(path: Path, problems: list[str], disk: Disk) -> bool:
    try:
        return stat.S_ISREG(disk.stat(path).st_mode)
    except FileNotFoundError:
        problems.append(f"“{path.name}” is a link to a file that is not there. It is left out.")
    except OSError as error:
        problems.append(f"“{path.name}” cannot be looked at: {complaints.cause_of(error)}. It is left out.")
    return False


def _without_second_names(folder: Path, names: list[str], problems: list[str], disk: Disk) -> list[str]:
    """Leave out links to files that are there under their own name, so that no text is in the book twice."""
    kept: dict[tuple[int, int], str] = {}
    for name in sorted(names, key=lambda name: (_is_link(folder / name, disk), natural_key(name))):
        state = _state_of(folder / name, disk)
        identity = (state.st_dev, state.st_ino) if state and state.st_ino else None
        if identity is not None and kept.setdefault(identity, name) != name:
            problems.append(f"“{name}” is the same file as “{kept[identity]}”. It is shown once.")
            names = [other for other in names if other != name]
    return names


def _is_link(path: Path, disk: Disk) -> bool:
    try:
        return stat.S_ISLNK(disk.kind_of(path))
    except OSError:
        return False


def _state_of(path: Path, disk: Disk) -> os.stat_result | None:
    try:
        return disk.stat(path)
    except OSError:
        return None


def _read_settings(path: Path, disk: Disk) -> FolderSettings:
    try:
        return parse_settings(read_steadily(disk.real_path(path), path, disk).data)
    except OSError as error:
        return FolderSettings(problem=complaints.cannot_read(path, error))
    except FileUnreadable as error:
        return FolderSettings(problem=str(error))


def _left_over_message(name: str) -> str:
    return f"“{name}” is a chapter that an interrupted save was renaming. Rename it to bring it back."


def _has_same_bytes(path: Path, before: StoredFile, disk: Disk) -> bool:
    state = _state_of(path, disk)
    if state is None or state.st_size != before.fingerprint.size or state.st_size == 0:
        return False
    data = _bytes_of(path, disk)
    return data is not None and hash_of(data) == before.fingerprint.sha256


def _is_same_file_edited(path: Path, before: StoredFile, disk: Disk) -> bool:
    """Say whether a file has the inode of another and half of its text: inodes of removed files are soon used again."""
    state, known = _state_of(path, disk), before.fingerprint
    if state is None or not state.st_ino or (state.st_dev, state.st_ino) != (known.device, known.inode):
        return False
    data, old = _bytes_of(path, disk), before.data
    if data is None:
        return False
    start = common_prefix(data, old)
    end = common_prefix(data[start:][::-1], old[start:][::-1])
    return 2 * (start + end) >= max(len(data), len(old))


def _bytes_of(path: Path, disk: Disk) -> bytes | None:
    try:
        return read_steadily(disk.real_path(path), path, disk).data
    except (OSError, FileUnreadable):
        return None
