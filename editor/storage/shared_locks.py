"""Tell other computers that share a folder that a manuscript is open here: a hidden note beside it, if the writer wants that.

The note names user, computer and time, and is written again every few minutes, so that an old one is seen to be old. It starts
with a dot, so it is never a chapter. Only for the same manuscript under the same name; on this computer `locks` decides.

Limits: advice only. Sync clients bring it late or not at all, and two computers that open a text in the same moment both write
it; the last one stands, and the other is told at its next look. A note that cannot be read counts as none.
"""

import hashlib
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editor.storage.disk import Disk
from editor.storage.files import write_export
from editor.storage.own_files import read_own
from editor.storage.owner import Owner, is_here, read_owner

REFRESH_SECONDS = 180
STALE_SECONDS = 4 * REFRESH_SECONDS
"""A note that is older was left by a program that has ended, or whose computer sleeps."""
PREFIX = ".dinkus-lock"
_LONGEST = 200  # bytes of the manuscript's name in that of the note
_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class SharedNote:
    """What a note says: who, and when it was last written, in seconds since 1970."""

    owner: Owner
    seen: float


def note_path(manuscript: Path, *, is_folder: bool) -> Path:
    """Return where the note of a manuscript is: beside the file, or in the folder."""
    if is_folder:
        return manuscript / PREFIX
    name = os.fsencode(manuscript.name)
    if len(name) > _LONGEST:
        return manuscript.with_name(f"{PREFIX}-{hashlib.sha256(name).hexdigest()[:24]}")
    return manuscript.with_name(f"{PREFIX}-{manuscript.name}")


def read_note(manuscript: Path, *, is_folder: bool, disk: Disk | None = None) -> SharedNote | None:
    """Return the note of another computer, None if there is none."""
    try:
        table = _read_table(note_path(manuscript, is_folder=is_folder), disk or Disk())
        owner, seen = read_owner(table.get("owner")), float(table["seen"])
    except (OSError, ValueError, LookupError, TypeError, OverflowError):
        return None
    return None if owner is None or is_here(owner) else SharedNote(owner, seen)


def write_note(
    manuscript: Path, owner: Owner, *, is_folder: bool, now: float | None = None, disk: Disk | None = None
) -> None:
    """Write or refresh the note of this computer over whatever note there is; raise SaveFailed."""
    path = note_path(manuscript, is_folder=is_folder)
    table = {"owner": owner.as_table(), "seen": time.time() if now is None else now}
    write_export(path, json.dumps(table, indent=1).encode(), overwrite=True, disk=disk)


def remove_note(manuscript: Path, owner: Owner, *, is_folder: bool, disk: Disk | None = None) -> None:
    """Remove the note if it is still that of `owner`; raise OSError if it cannot be removed."""
    disk = disk or Disk()
    path = note_path(manuscript, is_folder=is_folder)
    try:
        table = _read_table(path, disk)
    except (FileNotFoundError, ValueError):
        return
    if read_owner(table.get("owner")) == owner:
        disk.unlink(path)


def is_stale(note: SharedNote, now: float) -> bool:
    """Say whether a note has not been refreshed for so long that its program has probably ended."""
    return now - note.seen > STALE_SECONDS


def _read_table(path: Path, disk: Disk) -> dict[str, Any]:
    """Return what a note says; raise OSError, or ValueError if it is none."""
    try:
        table = json.loads(read_own(path, disk, _LIMIT).decode())
    except RecursionError as error:
        raise ValueError("not a note") from error
    return table if isinstance(table, dict) else {}
