"""Dated copies of a whole manuscript in a folder of the writer's choice: one zip file for each time it was closed.

A zip holds the files byte for byte as they are on the disk, and says in its comment which manuscript it is of and what it holds
(as hashes). So nothing is written when nothing has changed since the last one, and only our own zips of the same manuscript are
ever removed, after the new one is safe.

Limits: the zip is made in memory. The folder must be there: one on a disk that is not connected is not made anew.
"""

import contextlib
import hashlib
import io
import json
import os
import re
import stat
import time
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from editor.errors import FileError, FileUnreadable, SaveFailed
from editor.storage import complaints
from editor.storage.disk import Disk
from editor.storage.files import read_steadily
from editor.storage.folder_names import SETTINGS_NAME, is_hidden_or_backup, is_text
from editor.storage.folders import FolderListing, list_folder
from editor.storage.replacing import create_file, is_temporary, owner_of_temporary

_DATED = re.compile(r".* \d{4}-\d\d-\d\d \d\d\.\d\d(?: \(\d+\))?\.zip", re.DOTALL)
_MARK = "Dinkus backup"
_LONGEST_TITLE = 120  # bytes
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE | re.DOTALL)
_MINUTES = 1_000  # names for zips of one minute


@dataclass(frozen=True, slots=True)
class Backup:
    """A zip of ours: where it is, its number (clocks go backwards, numbers do not), and the hash of what it holds."""

    path: Path
    number: int
    content: str


def back_up(
    manuscript: Path,
    folder: Path,
    title: str,
    newest: int,
    now: float | None = None,
    *,
    disk: Disk | None = None,
) -> Path | None:
    """Write a zip of a manuscript (a file, or a folder of chapter files) into `folder`; return where.

    None if the newest zip of it holds the same. Then only the `newest` zips of this manuscript are left (at least one). `now` is in
    seconds since 1970. Raise SaveFailed; whatever fails, the manuscript and the zips that were there are whole.
    """
    disk = disk or Disk()
    try:
        files = [(path.name, _read(path, disk)) for path in _files_of(manuscript, disk)]
    except FileError as error:
        raise SaveFailed(f"No backup of “{manuscript.name}” was made. {error}", manuscript) from error
    except OSError as error:
        raise SaveFailed(
            f"No backup of “{manuscript.name}” was made: {complaints.cause_of(error)}. The manuscript is as it was.",
            manuscript,
        ) from error
    try:
        if not folder.is_absolute():
            raise ValueError("which folder it is would depend on where the program was started")
        whose, content = _hash(os.fsencode(disk.real_path(manuscript))), _hash_of_files(files)
        before = list_backups(manuscript, folder, disk=disk)
        if before and before[-1].content == content:
            return None
        number = before[-1].number + 1 if before else 1
        note = {"kind": _MARK, "manuscript": whose, "content": content, "number": number}
        data = _zipped(files, note)
        path = _write(folder, _safe_title(title), time.localtime(now), data, disk)
    except (OSError, ValueError) as error:
        why = complaints.cause_of(error) if isinstance(error, OSError) else "no folder can have that name"
        raise SaveFailed(
            f"No backup of “{manuscript.name}” was made in {folder}: {why}."
            " The manuscript and earlier backups are as they were.",
            folder,
        ) from error
    for old in before[: max(0, len(before) - max(newest, 1) + 1)]:
        with contextlib.suppress(OSError):  # the next time tries again
            disk.unlink(old.path)
    return path


def list_backups(manuscript: Path, folder: Path, *, disk: Disk | None = None) -> list[Backup]:
    """Return the zips that were made of a manuscript, the oldest first; raise OSError if the folder cannot be read."""
    disk = disk or Disk()
    whose = _hash(os.fsencode(disk.real_path(manuscript)))
    found = []
    for name in disk.names_in(folder):
        if is_temporary(name):
            _sweep(folder / name, disk)
        elif _DATED.fullmatch(name) is not None:
            with contextlib.suppress(OSError, ValueError, RecursionError):
                note = _note_in(disk.read_whole(folder / name))
                number = note.get("number")
                if note.get("manuscript") == whose and isinstance(number, int):
                    found.append(Backup(folder / name, number, str(note.get("content"))))
    return sorted(found, key=lambda backup: (backup.number, backup.path.name))


def _files_of(manuscript: Path, disk: Disk) -> list[Path]:
    """Return the files of a manuscript: the chapters, what was cut, and the folder's own settings; all, or FileError."""
    if not stat.S_ISDIR(disk.stat(manuscript).st_mode):
        return [manuscript]
    listing = list_folder(manuscript, disk)
    _refuse_to_leave_out(listing, disk)
    settings = manuscript / SETTINGS_NAME
    return [*listing.files, *([settings] if disk.is_there(settings) else [])]


def _refuse_to_leave_out(listing: FolderListing, disk: Disk) -> None:
    """Raise if a text could not be looked at: a copy that lacks a chapter would in time take the place of whole ones."""
    known = {path.name for path in (*listing.files, *(copy.path for copy in listing.conflicts))}
    states = [disk.stat(path) for path in listing.files]
    same = {(state.st_dev, state.st_ino) for state in states}
    for name in disk.names_in(listing.folder):
        if name in known or is_hidden_or_backup(name) or not is_text(name):
            continue
        with contextlib.suppress(FileNotFoundError):  # a link that leads nowhere
            state = disk.stat(listing.folder / name)
            if stat.S_ISREG(state.st_mode) and (state.st_dev, state.st_ino) not in same:
                raise FileUnreadable(f"“{name}” could not be looked at.", listing.folder)


def _read(path: Path, disk: Disk) -> bytes:
    return read_steadily(disk.real_path(path), path, disk).data


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _hash_of_files(files: Sequence[tuple[str, bytes]]) -> str:
    return _hash("".join(f"{_hash(os.fsencode(name))} {_hash(data)}\n" for name, data in files).encode())


def _zipped(files: Sequence[tuple[str, bytes]], note: Mapping[str, object]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            info = zipfile.ZipInfo(
                _free_name(name.encode("utf-8", "replace").decode(), archive.namelist()), _ZIP_TIME
            )
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
        archive.comment = json.dumps(note).encode()
    return target.getvalue()


_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a zip: that of the backup is in its name, and the same texts give the same bytes."""


def _free_name(name: str, taken: Sequence[str]) -> str:
    """Return a name that is not taken: names that are no text may differ only in what a zip cannot hold."""
    while name in taken:
        name = f"_{name}"
    return name


def _note_in(data: bytes) -> dict[str, object]:
    """Return the note in the comment of a zip of ours, {} if it is somebody else's; raise ValueError."""
    end = data.rfind(b"PK\x05\x06")
    note = json.loads(data[end + 22 :].decode("utf-8")) if end >= 0 else {}
    return note if isinstance(note, dict) and note.get("kind") == _MARK else {}


def _write(folder: Path, title: str, when: time.struct_time, data: bytes, disk: Disk) -> Path:
    date = time.strftime("%Y-%m-%d %H.%M", when)
    for number in range(1, _MINUTES):
        again = f" ({number})" if number > 1 else ""
        path = folder / f"{title} {date}{again}.zip"
        with contextlib.suppress(FileExistsError):
            create_file(path, data, disk)
            return path
    raise FileExistsError("there are too many backups of this minute")


def _safe_title(title: str) -> str:
    """Return a title as a part of a file name that every system takes."""
    plain = re.sub(
        r'[\x00-\x1f\x7f<>:"/\\|?*]+', "-", " ".join(title.split()).encode("utf-8", "replace").decode()
    )
    short = plain.encode()[:_LONGEST_TITLE].decode("utf-8", "ignore").strip(" .-")
    if not short or _RESERVED.fullmatch(short) or is_temporary(short):
        return f"manuscript {short}".strip()
    return short


def _sweep(temporary: Path, disk: Disk) -> None:
    """Remove what a killed program left of a zip of ours; what is still being written stays."""
    process, own = owner_of_temporary(temporary.name)
    if _DATED.fullmatch(own) and not disk.is_own(process) and not disk.is_running(process):
        with contextlib.suppress(OSError):
            disk.unlink(temporary)
