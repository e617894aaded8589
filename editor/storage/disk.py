"""Every operation on the disk that storage does goes through one object, so that tests can fail any of them.

Not for deciding anything: no policy here, only the calls and what each system needs for them. Callers pass another `Disk`
whose `attempt` fails, records or stops at the n-th operation.
"""

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import platformdirs

T = TypeVar("T")

_CHUNK = 1 << 20
# What some network shares answer to fsync although the data is as safe as it gets there.
_NO_FSYNC_HERE = frozenset({errno.EINVAL, errno.ENOTSUP, errno.ENOSYS})
_NO_EXCHANGE_HERE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM})
_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)


class Disk:
    """The disk of this machine. Every method raises OSError; interrupted calls are repeated.

    `copies` is the folder for the copies that a rewrite in place needs; the program's state folder, if none is given.
    """

    def __init__(self, copies: Path | None = None) -> None:
        self.copies = copies or platformdirs.user_state_path("dinkus", appauthor=False) / "rewrites"

    def attempt(self, operation: Callable[..., T], *arguments: object) -> T:
        """Do one operation once. Tests override this."""
        return operation(*arguments)

    def open_to_read(self, path: Path) -> int:
        """Open a file for reading; never wait for the other end of a pipe."""
        return self._perform(os.open, path, os.O_RDONLY | _NO_WAIT | _BINARY)

    def create(self, path: Path, mode: int) -> int:
        """Create a file that must not be there yet, for writing."""
        return self._perform(os.open, path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | _BINARY, mode)

    def open_to_rewrite(self, path: Path) -> int:
        """Open an existing file for reading and writing in place; nothing is cut off yet."""
        return self._perform(os.open, path, os.O_RDWR | _BINARY)

    def read_all(self, descriptor: int) -> bytes:
        """Read from where the file stands to its end."""
        parts = []
        while part := self._perform(os.read, descriptor, _CHUNK):
            parts.append(part)
        return b"".join(parts)

    def read_whole(self, path: Path) -> bytes:
        """Return what is in a file."""
        descriptor = self.open_to_read(path)
        try:
            return self.read_all(descriptor)
        finally:
            self.close(descriptor)

    def write_all(self, descriptor: int, data: bytes) -> None:
        """Write all of `data`, however little the system takes at a time."""
        rest = memoryview(data)
        while rest:
            written = self._perform(os.write, descriptor, rest[: 64 * _CHUNK])
            if written <= 0:
                raise OSError(errno.EIO, "nothing was written")
            rest = rest[written:]

    def rewind(self, descriptor: int) -> None:
        """Go back to the start of an open file."""
        self._perform(os.lseek, descriptor, 0, os.SEEK_SET)

    def cut(self, descriptor: int, size: int) -> None:
        """Cut an open file off after `size` bytes."""
        self._perform(os.ftruncate, descriptor, size)

    def sync(self, descriptor: int) -> None:
        """Wait until an open file is safe on the disk."""
        try:
            if sys.platform == "darwin":
                import fcntl

                self._perform(fcntl.fcntl, descriptor, fcntl.F_FULLFSYNC)
            else:
                self._perform(os.fsync, descriptor)
        except OSError as error:
            if error.errno not in _NO_FSYNC_HERE:
                raise

    def close(self, descriptor: int) -> None:
        """Close an open file; an interrupted close has closed it."""
        try:
            self.attempt(os.close, descriptor)
        except InterruptedError:
            return

    def sync_folder(self, folder: Path) -> None:
        """Wait until the names in a folder are safe on the disk."""
        if sys.platform == "win32":
            return  # Windows cannot open folders; NTFS journals its names
        descriptor = self._perform(os.open, folder, os.O_RDONLY)
        try:
            self.sync(descriptor)
        finally:
            self.close(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        """Give `source` the name `target`, in place of what had it."""
        self._perform(os.replace, source, target)

    def exchange(self, one: Path, other: Path) -> bool:
        """Let two names change places in one step; return whether that was done: some systems cannot."""
        if sys.platform != "linux":
            return False
        try:
            self._perform(exchange_names, one, other)
        except OSError as error:
            if error.errno in _NO_EXCHANGE_HERE:
                return False
            raise
        return True

    def link(self, source: Path, target: Path) -> None:
        """Give `source` a second name, which must not be there yet."""
        self._perform(os.link, source, target)

    def unlink(self, path: Path) -> None:
        """Remove a name."""
        self._perform(os.unlink, path)

    def stat(self, path: Path) -> os.stat_result:
        """Return the state of what a path leads to."""
        return self._perform(os.stat, path)

    def stat_open(self, descriptor: int) -> os.stat_result:
        """Return the state of an open file."""
        return self._perform(os.fstat, descriptor)

    def claim(self, descriptor: int) -> bool:
        """Claim an open file for this process until it is closed or the process ends; False while another has it."""
        try:
            if sys.platform == "win32":
                import msvcrt

                self._perform(msvcrt.locking, descriptor, msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                self._perform(fcntl.flock, descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}:
                return False
            raise
        return True

    def may_write(self, path: Path) -> bool:
        """Say whether this process may write to a file."""
        return self._perform(os.access, path, os.W_OK)

    def real_path(self, path: Path) -> Path:
        """Return where a path leads, links resolved; what is missing at its end stays."""
        return Path(self._perform(os.path.realpath, path))

    def make_folder(self, folder: Path, mode: int = 0o700) -> None:
        """Make a folder, by default for our own use, and those above it, safely on the disk, if it is not there."""
        if self._perform(os.path.isdir, folder):
            return
        self.make_folder(folder.parent, mode)
        with contextlib.suppress(FileExistsError):
            self._perform(os.mkdir, folder, mode)
        self.sync_folder(folder.parent)

    def make_one_folder(self, folder: Path, mode: int = 0o700) -> None:
        """Make a folder, by default for our own use, which must not be there yet, in one that is; not synced."""
        self._perform(os.mkdir, folder, mode)

    def remove_folder(self, folder: Path) -> None:
        """Remove an empty folder."""
        self._perform(os.rmdir, folder)

    def is_there(self, path: Path) -> bool:
        """Say whether there is anything of that name, a link that leads nowhere included."""
        return self._perform(os.path.lexists, path)

    def kind_of(self, path: Path) -> int:
        """Return the type bits (`stat.S_IFMT`) of a name itself, links not followed."""
        return stat.S_IFMT(self._perform(os.lstat, path).st_mode)

    def is_running(self, process: int) -> bool:
        """Say whether a process of this machine is at work; on Windows that is not known and denied."""
        if sys.platform == "win32":
            return False
        try:
            self._perform(os.kill, process, 0)
        except ProcessLookupError:
            return False
        except OSError:
            pass  # it belongs to someone else
        return True

    def is_own(self, process: int) -> bool:
        """Say whether a process number is that of this process."""
        return process == os.getpid()

    def names_in(self, folder: Path) -> list[str]:
        """Return the names in a folder, sorted."""
        return sorted(self._perform(os.listdir, folder))

    def copy_permissions(self, descriptor: int, state: os.stat_result) -> None:
        """Give an open file the owner, group and mode of another one."""
        if sys.platform == "win32":
            return
        now = self.stat_open(descriptor)
        if (now.st_uid, now.st_gid) != (state.st_uid, state.st_gid):
            self._perform(os.fchown, descriptor, state.st_uid, state.st_gid)
        self._perform(os.fchmod, descriptor, state.st_mode & 0o7777)

    def copy_attributes(self, source: Path, descriptor: int) -> None:
        """Give an open file the extended attributes of another one (access lists are among them).

        Those that belong to the system (`security.`, `trusted.`) may refuse: it sets its own.
        """
        if sys.platform != "linux":
            return
        for name in self._attribute_names(source):
            try:
                value = self._perform(os.getxattr, source, name)
                self._perform(os.setxattr, descriptor, name, value)
            except OSError:
                if name.startswith(("user.", "system.")):
                    raise

    def _attribute_names(self, source: Path) -> list[str]:
        if sys.platform != "linux":
            return []
        try:
            return self._perform(os.listxattr, source)
        except OSError as error:
            if error.errno in {errno.ENOTSUP, errno.ENOSYS}:
                return []
            raise

    def _perform(self, operation: Callable[..., T], *arguments: object) -> T:
        while True:
            try:
                return self.attempt(operation, *arguments)
            except InterruptedError:
                continue


def exchange_names(one: Path, other: Path) -> None:
    """Let two names change places; raise OSError, ENOSYS where the system's library cannot."""
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "renameat2"):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(one))
    this_folder, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    if library.renameat2(this_folder, os.fsencode(one), this_folder, os.fsencode(other), exchange):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(one))
