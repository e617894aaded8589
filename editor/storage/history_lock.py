"""One writer at a time for a history. The system lets go of the lock when its holder ends, however it ends.

Limits: on a disk that knows no locks, two programs that keep a version in the same moment may lose one of the two; the state
folder is on such a disk for nobody we know of.
"""

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from editor.storage.disk import Disk

_STEP = 0.05  # seconds between two tries
_HELD = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})
_UNKNOWN = frozenset({errno.ENOTSUP, errno.ENOSYS, errno.ENOLCK, errno.EINVAL})
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)


@contextlib.contextmanager
def holding(path: Path, disk: Disk, patience: float) -> Iterator[None]:
    """Hold the lock whose file is `path`; wait up to `patience` seconds for it. Raise BlockingIOError, or another OSError."""
    descriptor = _open(path, disk)
    try:
        _take(descriptor, disk, patience)
        yield
    finally:
        disk.close(descriptor)


def _open(path: Path, disk: Disk) -> int:
    while True:
        try:
            return disk.attempt(os.open, path, _FLAGS, 0o600)
        except InterruptedError:
            continue
        except OSError as error:
            if error.errno not in {errno.EISDIR, errno.ELOOP}:
                raise
            disk.replace(path, path.with_name(f"{path.name}.broken-{os.urandom(4).hex()}"))


def _take(descriptor: int, disk: Disk, patience: float) -> None:
    left = patience
    while True:
        try:
            _lock(descriptor, disk)
        except InterruptedError:
            continue
        except OSError as error:
            if error.errno in _UNKNOWN:
                return
            if error.errno not in _HELD or left <= 0:
                raise
            time.sleep(_STEP)
            left -= _STEP
        else:
            return


def _lock(descriptor: int, disk: Disk) -> None:
    if sys.platform == "win32":
        import msvcrt

        disk.attempt(msvcrt.locking, descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        disk.attempt(fcntl.flock, descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
