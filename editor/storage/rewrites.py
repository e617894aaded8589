"""Rewrite a file in place: for hard links, and for folders in which nothing may be renamed.

A write in place that is killed half way leaves a mixture. So both texts are written to a copy of our own and synced before
anything is touched; an error puts the old text back; and after a crash `finish_rewrites` at the next start writes the
new text again. The copy is one file: a line of JSON (path, sizes, hashes), the old bytes, the new bytes.
"""

import contextlib
import enum
import errno
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from editor.manuscript.differences import common_prefix
from editor.storage.disk import Disk

_SUFFIX = ".rewrite"


@dataclass(frozen=True, slots=True)
class OnDisk:
    """What is at a path now."""

    state: os.stat_result
    data: bytes


class LeftTorn(OSError):
    """A rewrite failed, and so did putting the old text back; both texts are in the file `copy`."""

    def __init__(self, cause: OSError, copy: Path) -> None:
        super().__init__(cause.errno, cause.strerror)
        self.copy = copy


class Outcome(enum.StrEnum):
    """What became of a rewrite that was interrupted."""

    UNTOUCHED = "untouched"  # the file is still the old text; the new one is in `Interrupted.text`
    DONE = "done"  # the file already was the new text
    FINISHED = "finished"  # the file was a mixture and now is the new text
    OTHERWISE = "otherwise"  # the file is gone or someone else's; the text that was to be saved is in `Interrupted.text`
    UNFINISHED = "unfinished"  # the disk failed again; the copy stays for the next start


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A save that was cut off, found at the next start."""

    path: Path
    outcome: Outcome
    text: bytes
    copy: Path


def rewrite(path: Path, data: bytes, old: OnDisk, check: Callable[[], None], disk: Disk) -> os.stat_result:
    """Write `data` into the existing file at `path`; return its new state.

    `check` is called last before the file is touched. Raise OSError if the old text is back in place, LeftTorn if not.
    """
    copy = _keep_both(path, old.data, data, disk)
    try:
        check()
        descriptor = disk.open_to_rewrite(path)
    except BaseException:
        _forget(copy, disk)
        raise
    try:
        state = _overwrite_or_put_back(descriptor, data, old.data, copy, disk)
    finally:
        disk.close(descriptor)
    _forget(copy, disk)
    return state


def _overwrite_or_put_back(
    descriptor: int, data: bytes, old: bytes, copy: Path, disk: Disk
) -> os.stat_result:
    try:
        overwrite(descriptor, data, disk)
        return disk.stat_open(descriptor)
    except OSError as error:
        try:
            overwrite(descriptor, old, disk)
        except OSError:
            raise LeftTorn(error, copy) from error
        _forget(copy, disk)
        raise


def overwrite(descriptor: int, data: bytes, disk: Disk) -> None:
    """Write `data` over an open file, sync it and read it back; raise OSError, with the file in any state."""
    disk.rewind(descriptor)
    disk.write_all(descriptor, data)
    disk.cut(descriptor, len(data))
    disk.sync(descriptor)
    disk.rewind(descriptor)
    if disk.read_all(descriptor) != data:
        raise OSError(errno.EIO, "the file reads back differently")


def _keep_both(path: Path, old: bytes, new: bytes, disk: Disk) -> Path:
    """Write the copy of both texts, synced, and return its path."""
    header = {
        "path": os.fsdecode(path),
        "old": [len(old), hashlib.sha256(old).hexdigest()],
        "new": [len(new), hashlib.sha256(new).hexdigest()],
    }
    disk.make_folder(disk.copies)
    copy = (
        disk.copies / f"{hashlib.sha256(os.fsencode(path)).hexdigest()[:16]}-{os.urandom(4).hex()}{_SUFFIX}"
    )
    descriptor = disk.create(copy, 0o600)
    try:
        try:
            disk.write_all(descriptor, json.dumps(header).encode() + b"\n" + old + new)
            disk.sync(descriptor)
        finally:
            disk.close(descriptor)
        disk.sync_folder(disk.copies)
    except BaseException:
        _forget(copy, disk)
        raise
    return copy


def _forget(copy: Path, disk: Disk) -> None:
    with contextlib.suppress(OSError):
        disk.unlink(copy)


def finish_rewrites(disk: Disk) -> list[Interrupted]:
    """Finish the rewrites that a crash interrupted; to be called at the start, before any file is opened.

    The copies stay until `forget_rewrite`, so that `Interrupted.text` can be kept first.
    """
    found = []
    for copy in _copies_in(disk):
        try:
            both = _read_copy(copy, disk)
        except OSError:
            continue  # it stays for the next start
        if both is None:
            _forget(copy, disk)  # it was never synced, so the file was never touched
        else:
            path, old, new = both
            found.append(Interrupted(path, _finish(path, old, new, disk), new, copy))
    return found


def forget_rewrite(interrupted: Interrupted, disk: Disk) -> None:
    """Remove the copy of a rewrite that needs no more attention."""
    _forget(interrupted.copy, disk)


def _copies_in(disk: Disk) -> list[Path]:
    try:
        return [disk.copies / name for name in disk.names_in(disk.copies) if name.endswith(_SUFFIX)]
    except OSError:
        return []


def _read_copy(copy: Path, disk: Disk) -> tuple[Path, bytes, bytes] | None:
    head, _, body = disk.read_whole(copy).partition(b"\n")
    try:
        header = json.loads(head)
        path, (old_size, old_hash), (new_size, new_hash) = header["path"], header["old"], header["new"]
        old, new = body[:old_size], body[old_size:]
    except (ValueError, TypeError, KeyError):
        return None
    hashes = [hashlib.sha256(data).hexdigest() for data in (old, new)]
    if len(new) != new_size or hashes != [old_hash, new_hash]:
        return None
    return Path(path), old, new


def _finish(path: Path, old: bytes, new: bytes, disk: Disk) -> Outcome:
    try:
        now = disk.read_whole(path)
        if now == new:
            return Outcome.DONE
        if now == old:
            return Outcome.UNTOUCHED
        if not is_mixture(now, old, new):
            return Outcome.OTHERWISE
        descriptor = disk.open_to_rewrite(path)
        try:
            overwrite(descriptor, new, disk)
        finally:
            disk.close(descriptor)
    except FileNotFoundError:
        return Outcome.OTHERWISE
    except OSError:
        return Outcome.UNFINISHED
    return Outcome.FINISHED


def is_mixture(now: bytes, old: bytes, new: bytes) -> bool:
    """Say whether a file is what an interrupted rewrite leaves: pieces of the one text, then of the other, in place.

    Three pieces at most: the old text put back at the start, the new one behind it, and the rest that was never reached.
    """
    at = 0
    for _ in range(3):
        at += max(common_prefix(now[at:], old[at:]), common_prefix(now[at:], new[at:]))
    return at == len(now) >= min(len(old), len(new))
