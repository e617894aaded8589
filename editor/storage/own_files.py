"""Small files of our own (settings, session, locks): read with a limit, and set aside when they are broken.

What is broken is never deleted and never written over: it gets another name beside, which is told. Not for the writer's texts.
"""

import errno
import os
from itertools import chain, count
from pathlib import Path

from editor.storage.disk import Disk

SIZE_LIMIT = 4 * 1024 * 1024


def read_own(path: Path, disk: Disk, limit: int = SIZE_LIMIT) -> bytes:
    """Return the bytes of a file of our own; raise OSError if it cannot be read or has more than `limit` bytes."""
    size = disk.stat(path).st_size
    if size > limit:
        raise OSError(errno.EFBIG, f"{size:,} bytes are too many")
    return disk.read_whole(path)


def set_aside(path: Path, disk: Disk) -> Path:
    """Give a broken file, or whatever stands in its place, a free name beside it, and return that; raise OSError."""
    numbered = (f"-{number}" for number in count(2))
    for number in chain([""], numbered):
        aside = path.with_name(f"{path.name}.broken{number}")
        if not disk.is_there(aside):
            disk.replace(path, aside)
            return aside
    raise AssertionError("itertools.count ends")


def why_broken(error: Exception) -> str:
    """Return what is wrong with a file of our own, in words, and nothing of what is in it."""
    if isinstance(error, OSError):
        return (error.strerror or os.strerror(error.errno or errno.EIO)).lower()
    return "it is damaged"
