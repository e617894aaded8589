"""Put bytes where a file is, so that whatever fails the file is the old one or the new one.

Three ways: a new file, a temporary file that changes names with the old one (or is renamed over it), and, where that would
break a link or is not allowed, the old file rewritten in place with a synced copy of both texts beside (see `rewrites`).
What another program wrote in that very moment comes out as a conflict copy. Not for deciding whether a file may be
overwritten: `files` does that and hands down a check that is made at the last moment.
"""

import contextlib
import errno
import itertools
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from editor.storage.disk import Disk
from editor.storage.rewrites import OnDisk, rewrite

_TEMPORARY = re.compile(rb"\.(?P<name>.+)\.(?P<process>\d+)-[0-9a-f]{8}\.tmp~", re.DOTALL)
LONGEST_NAME = 200  # bytes of the file's own name in a temporary name, which may have 255
ABANDONED_NS = 600 * 10**9
# What says that a rename is not the way here, but that writing in place may be.
NOT_THIS_WAY = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTSUP, errno.EXDEV, errno.EBUSY})
_NO_LINKS_HERE = frozenset({errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EACCES})


class NotThisWay(Exception):
    """The file cannot be replaced by a rename."""


def is_temporary(name: str) -> bool:
    """Say whether a file name is one of ours, for a moment only."""
    return _TEMPORARY.fullmatch(os.fsencode(name)) is not None


def owner_of_temporary(name: str) -> tuple[int, str]:
    """Return the process that made a temporary file, and the name (its start, if long) of the file it is for."""
    match = _TEMPORARY.fullmatch(os.fsencode(name))
    if match is None:
        raise ValueError("not a temporary file of ours")
    return int(match["process"]), os.fsdecode(match["name"])


def create_file(path: Path, data: bytes, disk: Disk) -> os.stat_result:
    """Write a file that must not be there yet (FileExistsError), whole or not at all; return its state."""

    def give_name(temporary: Path) -> None:
        try:
            disk.link(temporary, path)
        except FileExistsError:
            raise
        except OSError as error:
            if error.errno not in _NO_LINKS_HERE:
                raise
            _rename_to_free_name(temporary, path, disk)
        else:
            remove_quietly(temporary, disk)

    return _write_and_name(path, data, None, give_name, disk)


def _rename_to_free_name(temporary: Path, path: Path, disk: Disk) -> None:
    try:
        disk.stat(path)
    except FileNotFoundError:
        disk.replace(temporary, path)
    else:
        raise FileExistsError(errno.EEXIST, "the file exists", str(path))


def put_in_place_of(
    path: Path, data: bytes, old: OnDisk, check: Callable[[], None], disk: Disk
) -> os.stat_result:
    """Write `data` in place of the file `old`; return the state of the new file.

    `path` is a real path. `check` is called last before anything is changed, and raises to stop. Links, mode, owner, group and extended attributes are kept.
    """
    if not has_other_names(path, old.state, disk):

        def give_name(temporary: Path) -> None:
            check()
            try:
                _take_place(temporary, path, data, old, disk)
            except FileNotFoundError:
                check()  # it has gone since; that is for the check to tell
                raise

        with contextlib.suppress(NotThisWay):
            return _write_and_name(path, data, old.state, give_name, disk)
    return rewrite(path, data, old, check, disk)


def _take_place(temporary: Path, path: Path, data: bytes, old: OnDisk, disk: Disk) -> None:
    """Give the new file its name. Where the system can exchange names, what stood there at that very moment comes out.

    If that is not `old`, another program wrote it since the last look; it becomes a conflict copy beside the file.
    """
    if not disk.exchange(temporary, path):
        replace_patiently(temporary, path, disk)
        return
    try:
        if not _is_same(disk.stat(temporary), old.state) and disk.read_whole(temporary) not in {
            data,
            old.data,
        }:
            _make_conflict_copy(temporary, path, disk)
            return
    except OSError:
        disk.exchange(temporary, path)  # what came out is not known to be safe, so it goes back
        raise
    remove_quietly(temporary, disk)


def _is_same(one: os.stat_result, other: os.stat_result) -> bool:
    return (one.st_dev, one.st_ino, one.st_size, one.st_mtime_ns) == (
        other.st_dev,
        other.st_ino,
        other.st_size,
        other.st_mtime_ns,
    )


def _make_conflict_copy(temporary: Path, path: Path, disk: Disk) -> None:
    when = time.strftime("%Y-%m-%d %H%M%S")
    for number in itertools.count(1):
        again = f" {number}" if number > 1 else ""
        with contextlib.suppress(FileExistsError):
            name = f"{path.stem} (conflicted copy {when}{again}){path.suffix}"
            _rename_to_free_name(temporary, path.with_name(name), disk)
            return


def has_other_names(path: Path, state: os.stat_result, disk: Disk) -> bool:
    """Say whether a file has hard links, other than a temporary name that a killed save left it."""
    if state.st_nlink == 1:
        return False
    _sweep(path, state, disk)
    return disk.stat(path).st_nlink > 1


def _write_and_name(
    path: Path, data: bytes, like: os.stat_result | None, give_name: Callable[[Path], None], disk: Disk
) -> os.stat_result:
    """Write a temporary file beside `path`, sync it, have it named, sync the folder."""
    temporary = _temporary_beside(path)
    state = write_temporary(temporary, data, path, like, disk)
    try:
        with _another_way(is_there=like is not None):
            give_name(temporary)
    except BaseException:
        remove_quietly(temporary, disk)
        raise
    disk.sync_folder(path.parent)
    _sweep(path, state, disk)
    return state


def write_temporary(
    temporary: Path,
    data: bytes,
    path: Path,
    like: os.stat_result | None,
    disk: Disk,
    *,
    new_mode: int = 0o666,
) -> os.stat_result:
    """Write and sync a file that is to take the place of the one at `path`, whose state is `like`.

    None: there is none; then it gets the mode `new_mode`, less what the system takes off.

    Raise OSError, or NotThisWay where only a rewrite in place may do; then nothing is left behind.
    """
    with _another_way(is_there=like is not None):
        descriptor = disk.create(temporary, new_mode if like is None else 0o600)
    try:
        try:
            disk.write_all(descriptor, data)
            if like is not None:
                with _another_way(is_there=True):
                    disk.copy_attributes(path, descriptor)
                    disk.copy_permissions(descriptor, like)
            disk.sync(descriptor)
            return disk.stat_open(descriptor)
        finally:
            disk.close(descriptor)
    except BaseException:
        remove_quietly(temporary, disk)
        raise


@contextlib.contextmanager
def _another_way(*, is_there: bool) -> Iterator[None]:
    """Turn a refusal that a rewrite in place may get around into `NotThisWay`."""
    try:
        yield
    except OSError as error:
        if is_there and error.errno in NOT_THIS_WAY:
            raise NotThisWay from error
        raise


def _temporary_beside(path: Path) -> Path:
    name = os.fsdecode(os.fsencode(path.name)[:LONGEST_NAME])
    return path.with_name(f".{name}.{os.getpid()}-{os.urandom(4).hex()}.tmp~")


def replace_patiently(temporary: Path, path: Path, disk: Disk) -> None:
    """Rename; on Windows wait up to two seconds for a scanner or a sync client to let go of the file."""
    for _ in range(10 if sys.platform == "win32" else 0):
        try:
            disk.replace(temporary, path)
        except PermissionError:
            time.sleep(0.2)
        else:
            return
    disk.replace(temporary, path)


def _sweep(path: Path, saved: os.stat_result, disk: Disk) -> None:
    """Remove temporary files of this file that an earlier, killed save left; never one that may still be written."""
    own = os.fsencode(path.name)[:LONGEST_NAME]
    with contextlib.suppress(OSError):
        for name in disk.names_in(path.parent):
            match = _TEMPORARY.fullmatch(os.fsencode(name))
            if match is None or match["name"] != own:
                continue
            left = path.with_name(name)
            found = disk.stat(left)
            is_ours = int(match["process"]) == os.getpid() or found.st_ino == saved.st_ino
            if is_ours or saved.st_mtime_ns - found.st_mtime_ns > ABANDONED_NS:
                remove_quietly(left, disk)


def remove_quietly(path: Path, disk: Disk) -> None:
    """Remove a file of our own, if that is possible."""
    with contextlib.suppress(OSError):
        disk.unlink(path)
