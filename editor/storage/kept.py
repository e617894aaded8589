"""Versions of a text that were not chosen or were overwritten, kept for thirty days.

One folder per file of the writer, named by a hash of its path, with `path` (where the file is) and the versions, whose
names begin with the time, so that they sort by it. The versions are plain copies: any editor opens them.
"""

import contextlib
import datetime as dt
import hashlib
import itertools
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

from editor.errors import SaveFailed
from editor.storage import complaints
from editor.storage.disk import Disk
from editor.storage.replacing import create_file

KEPT_SECONDS = 30 * 24 * 3600
_NAME_OF_PATH = "path"
_VERSION = re.compile(r"(?P<time>\d{8}T\d{6}\.\d{6}Z)(?:-\d+)? (?P<reason>[\w-]*) (?P<name>.*)", re.DOTALL)
_TIME_FORMAT = "%Y%m%dT%H%M%S.%fZ"


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """One version: where it is, when (seconds since 1970) and why it was kept."""

    path: Path
    time: float
    reason: str


def keep_version(
    folder: Path, path: Path, data: bytes, reason: str, now: float | None = None, *, disk: Disk | None = None
) -> Path:
    """Write `data`, a version of the file at `path`, into the folder of kept versions, synced; return where.

    `reason` is a word or two; `now` is in seconds since 1970. Never overwrites another version. Raise SaveFailed.
    """
    disk = disk or Disk()
    when = dt.datetime.fromtimestamp(time.time() if now is None else now, dt.UTC)
    name = f"{re.sub(r'[^A-Za-z0-9]+', '-', reason).strip('-')} {_safe_name(path.name)}"
    try:
        place = _place_of(folder, path)
        _name_place(place, path, disk)
        for number in itertools.count(1):
            again = f"-{number}" if number > 1 else ""
            kept = place / f"{when.strftime(_TIME_FORMAT)}{again} {name}"
            with contextlib.suppress(FileExistsError):
                create_file(kept, data, disk)
                return kept
    except OSError as error:
        raise SaveFailed(complaints.cannot_write(_place_of(folder, path), error), path) from error
    raise AssertionError("itertools.count ends")


def list_kept(folder: Path, path: Path, *, disk: Disk | None = None) -> list[KeptVersion]:
    """Return the kept versions of the file at `path`, the oldest first."""
    return _versions_in(_place_of(folder, path), disk or Disk())


def prune_kept(folder: Path, now: float, *, disk: Disk | None = None) -> None:
    """Remove the versions older than thirty days, but not the newest one of a file that no longer exists.

    What cannot be removed stays for the next time.
    """
    disk = disk or Disk()
    for name in _names_in(folder, disk):
        place = folder / name
        versions = _versions_in(place, disk)
        if not _original_exists(place, disk):
            versions = versions[:-1]
        for version in versions:
            if now - version.time > KEPT_SECONDS:
                with contextlib.suppress(OSError):
                    disk.unlink(version.path)


def _place_of(folder: Path, path: Path) -> Path:
    return folder / hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:20]


def _name_place(place: Path, path: Path, disk: Disk) -> None:
    """Make the folder of a file's versions and note which file it is."""
    disk.make_folder(place)
    with contextlib.suppress(FileExistsError):
        create_file(place / _NAME_OF_PATH, os.fsencode(path.absolute()), disk)


def _safe_name(name: str) -> str:
    """Return a name that every system takes, short enough to stand behind the time."""
    plain = re.sub(r"[^\w.() -]", "_", name.encode("utf-8", "replace").decode())
    stem, dot, suffix = plain.rpartition(".")
    if not dot or len(suffix) > 12:
        stem, suffix = plain, "txt"
    return f"{stem[:40].strip(' .') or 'text'}.{suffix.strip(' .') or 'txt'}"


def _names_in(folder: Path, disk: Disk) -> list[str]:
    try:
        return disk.names_in(folder)
    except OSError:
        return []


def _versions_in(place: Path, disk: Disk) -> list[KeptVersion]:
    versions = []
    for name in _names_in(place, disk):
        match = _VERSION.fullmatch(name)
        if match:
            when = dt.datetime.strptime(match["time"], _TIME_FORMAT).replace(tzinfo=dt.UTC)
            versions.append(KeptVersion(place / name, when.timestamp(), match["reason"]))
    return versions


def _original_exists(place: Path, disk: Disk) -> bool:
    """Say whether the writer's own file is still there; if that cannot be found out, it counts as gone."""
    try:
        original = Path(os.fsdecode(disk.read_whole(place / _NAME_OF_PATH)))
        disk.stat(original)
    except (OSError, ValueError):
        return False
    return True
