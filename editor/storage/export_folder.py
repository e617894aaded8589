"""Write the files of an export into a folder, all of them or none.

A folder that is not there yet is made whole beside its place and renamed to it. In one that is there, the files are written whole to a folder
inside first and take their names then, one after the other; files of other names are never touched. Limits: if the system fails
between two of those names, some files are new and some old, each of them whole; a killed program leaves its temporary folder, which
begins with a dot.
"""

import contextlib
import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path

from editor.errors import FileConflict, SaveFailed
from editor.storage import complaints
from editor.storage.disk import Disk

_MODE = 0o777  # less what the system takes off


def write_export_folder(
    folder: Path, files: Mapping[str, bytes], *, overwrite: bool = False, disk: Disk | None = None
) -> None:
    """Write `files`, by name, into `folder`, which is made if it is not there.

    Raise FileConflict if a file is there already (and not `overwrite`), or something that is no folder; SaveFailed.
    """
    disk = disk or Disk()
    try:
        place = disk.real_path(folder)
        if not disk.is_there(place):
            _make_whole(place, files, disk)
            return
        if disk.kind_of(place) != stat.S_IFDIR:
            raise FileConflict(
                f"“{folder}” is there already and is not a folder. Choose another name.", folder
            )
        taken = {name.casefold() for name in disk.names_in(place)}
        clashes = [name for name in files if name.casefold() in taken]
        if clashes and not overwrite:
            raise FileConflict(
                f"“{clashes[0]}” is already there in “{folder}”. Nothing was written; choose another folder, or agree to"
                " overwrite it.",
                folder,
            )
        _fill(place, files, disk)
    except OSError as error:
        raise SaveFailed(complaints.cannot_write(folder, error), folder) from error


def _make_whole(place: Path, files: Mapping[str, bytes], disk: Disk) -> None:
    temporary = place.with_name(_temporary_name(place))
    _write_all(temporary, files, disk)
    try:
        disk.replace(temporary, place)
    except BaseException:
        _remove_quietly(temporary, files, disk)
        raise
    disk.sync_folder(place.parent)


def _fill(place: Path, files: Mapping[str, bytes], disk: Disk) -> None:
    temporary = place / _temporary_name(place)
    _write_all(temporary, files, disk)
    try:
        for name in files:
            disk.replace(temporary / name, place / name)
        disk.sync_folder(place)
    finally:
        _remove_quietly(temporary, files, disk)


def _write_all(temporary: Path, files: Mapping[str, bytes], disk: Disk) -> None:
    """Make a folder with the files in it, synced; leave nothing if that fails."""
    disk.make_one_folder(temporary, _MODE)
    try:
        for name, data in files.items():
            descriptor = disk.create(temporary / name, 0o666)
            try:
                disk.write_all(descriptor, data)
                disk.sync(descriptor)
            finally:
                disk.close(descriptor)
        disk.sync_folder(temporary)
    except BaseException:
        _remove_quietly(temporary, files, disk)
        raise


def _temporary_name(place: Path) -> str:
    return f".{place.name[:60]}.{os.getpid()}-{secrets.token_hex(4)}.tmp~"


def _remove_quietly(temporary: Path, files: Mapping[str, bytes], disk: Disk) -> None:
    for name in files:
        with contextlib.suppress(OSError):
            disk.unlink(temporary / name)
    with contextlib.suppress(OSError):
        disk.remove_folder(temporary)
