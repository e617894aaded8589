"""A disk on which the n-th operation goes wrong, in a way of one's choice."""

import contextlib
import errno
import os

from editor.storage.disk import Disk


class Killed(BaseException):
    """The process is gone: nothing it does afterwards reaches the disk."""


class FaultyDisk(Disk):
    """Lets operations through but the one numbered `fail_at` (from 1), which `fault` spoils."""

    def __init__(self, copies, fail_at, fault):
        super().__init__(copies)
        self.count = 0
        self.has_failed = False
        self._fail_at = fail_at
        self._fault = fault
        self._is_dead = False
        self._descriptors = set()

    def attempt(self, operation, *arguments):
        if self._is_dead:
            raise Killed
        self.count += 1
        if operation is os.close and self.count != self._fail_at:
            self._descriptors.discard(arguments[0])
        result = self._do(operation, arguments)
        if operation is os.open:
            self._descriptors.add(result)
        return result

    def _do(self, operation, arguments):
        is_due = self.count >= self._fail_at if self._fault.lasts else self.count == self._fail_at
        if not is_due:
            return operation(*arguments)
        self.has_failed = True
        return self._fault.spoil(self, operation, arguments)

    def die(self):
        self._is_dead = True
        raise Killed

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for descriptor in self._descriptors:
            with contextlib.suppress(OSError):  # the operation that failed may have closed it
                os.close(descriptor)


class Fault:
    """One way in which an operation goes wrong. `lasts`: everything after it goes wrong too."""

    lasts = False

    def __repr__(self):
        return type(self).__name__


class Error(Fault):
    """The system refuses."""

    def __init__(self, number, *, lasts=False):
        self.number = number
        self.lasts = lasts

    def spoil(self, disk, operation, arguments):
        if operation is os.close:
            operation(*arguments)
        raise OSError(self.number, os.strerror(self.number))

    def __repr__(self):
        return errno.errorcode[self.number] + (" from then on" if self.lasts else "")


class ShortWrite(Fault):
    """The system takes half of what is written; everything else goes well."""

    def spoil(self, disk, operation, arguments):
        return operation(*_half(arguments)) if operation is os.write else operation(*arguments)


class FullAfterHalf(Fault):
    """The system takes half of what is written, and from then on there is no room."""

    lasts = True

    def __init__(self):
        self._is_full = set()

    def spoil(self, disk, operation, arguments):
        if operation is not os.write:
            return operation(*arguments)
        if disk in self._is_full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._is_full.add(disk)
        return operation(*_half(arguments))


class Interruption(Fault):
    """A signal comes first."""

    def spoil(self, disk, operation, arguments):
        if operation is os.close:
            operation(*arguments)
        raise InterruptedError(errno.EINTR, "interrupted")


class KillBefore(Fault):
    """The process is killed before the operation."""

    def spoil(self, disk, operation, arguments):
        disk.die()


class KillAfter(Fault):
    """The process is killed when the operation is done."""

    def spoil(self, disk, operation, arguments):
        operation(*arguments)
        disk.die()


class KillHalfWay(Fault):
    """The process is killed in the middle of a write."""

    def spoil(self, disk, operation, arguments):
        if operation is os.write:
            operation(*_half(arguments))
        disk.die()


def _half(arguments):
    descriptor, data = arguments
    return descriptor, data[: max(1, len(data) // 2)]


FAULTS = [
    *(
        Error(number)
        for number in (errno.EIO, errno.ENOSPC, errno.EACCES, errno.EPERM, errno.EROFS, errno.EXDEV)
    ),
    *(Error(number, lasts=True) for number in (errno.EIO, errno.ENOSPC)),
    ShortWrite(),
    FullAfterHalf(),
    Interruption(),
    KillBefore(),
    KillAfter(),
    KillHalfWay(),
]
