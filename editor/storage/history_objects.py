"""The bytes of one history: a bare Git repository with one branch, written so that whatever fails, what was there is there.

Written here object by object, each synced under another name before it gets its own, the branch last; read through dulwich, and
every object is checked against its name, so that a text that was damaged is never taken for a version. Not here: what a version
is (`history_chain`), and what to do with a broken repository (`history`).

Limits: one writer at a time, which `history` sees to. Blocks while the disk works.
"""

import contextlib
import errno
import hashlib
import os
import stat
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar, cast

from dulwich.errors import ApplyDeltaError, ChecksumMismatch, FileFormatException
from dulwich.object_store import DiskObjectStore
from dulwich.objects import ShaFile
from dulwich.pack import Pack

from editor.errors import DinkusError
from editor.storage.disk import Disk
from editor.storage.replacing import remove_quietly, replace_patiently, write_temporary

if TYPE_CHECKING:
    from dulwich.objects import RawObjectID

Thing = TypeVar("Thing", bound=ShaFile)

BRANCH = "refs/heads/main"
NAME_OF_MANUSCRIPT = "manuscript"
"""The file in a repository that holds the path of the manuscript, as the system spells it."""

_HEAD = f"ref: {BRANCH}\n".encode()
_CONFIG = b"[core]\n\trepositoryformatversion = 0\n\tfilemode = false\n\tbare = true\n"
_FOLDERS = ("objects/pack", "objects/info", "refs/heads", "refs/tags")
_HEXADECIMAL = frozenset(b"0123456789abcdef")
_KINDS = {1: b"commit", 2: b"tree", 3: b"blob"}  # by Git's numbers
_LARGE = 1 << 20  # bytes from which on squeezing hard takes longer than a writer wants to wait
TEMPORARY = "tmp_"
"""How the names of files begin that are not whole yet; Git takes them for its own and leaves them alone."""

_DAMAGE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EIO, errno.ELOOP, errno.ENAMETOOLONG})
# What dulwich raises for files that are not what they should be.
_UNREADABLE = (
    ApplyDeltaError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    BufferError,
    ChecksumMismatch,
    EOFError,
    FileFormatException,
    LookupError,
    MemoryError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


class BrokenHistory(DinkusError):
    """A history, or a version in it, cannot be read: its files are damaged."""


class MissingObject(BrokenHistory):
    """An object is nowhere in a history."""


class ObjectFiles:
    """The objects and the branch of the repository at `repository`.

    Methods raise BrokenHistory for what is damaged or missing, and OSError for a disk that refuses for another reason. Close it
    after use.
    """

    def __init__(self, repository: Path, disk: Disk) -> None:
        self.repository = repository
        self.disk = disk
        self.objects = repository / "objects"
        self._store = DiskObjectStore(str(self.objects))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the packs."""
        with contextlib.suppress(OSError, *_UNREADABLE):
            self._store.close()

    def reopen(self) -> None:
        """See the packs anew."""
        self.close()
        self._store = DiskObjectStore(str(self.objects))

    def read(self, name: bytes, kind: type[Thing]) -> Thing:
        """Return the object of that name (40 hexadecimal digits), which must be of that kind."""
        number, data = self.read_raw(name)
        if number != kind.type_num:
            raise BrokenHistory(f"{self.repository} is damaged: an object is not what it is said to be.")
        with self._damage_told():
            found = ShaFile.from_raw_string(number, data)
            found.check()
            if isinstance(found, kind):
                return found
        raise BrokenHistory(f"{self.repository} is damaged: an object is not what it is said to be.")

    def read_raw(self, name: bytes) -> tuple[int, bytes]:
        """Return the number of an object's kind and its bytes, from wherever it stands whole.

        Raise MissingObject if it stands nowhere.
        """
        found: str | None = None
        for read in self._places_of(name):
            outcome = _try_to_read(read)
            if isinstance(outcome, tuple):
                if _name_of(_KINDS.get(outcome[0], b""), outcome[1]) == name:
                    return outcome
                outcome = "it is not what its name says"
            found = outcome or found
        if found is None:
            raise MissingObject(f"{self.repository} is damaged: an object is missing.")
        raise BrokenHistory(f"{self.repository} is damaged: {found}.")

    def _places_of(self, name: bytes) -> Iterator[Callable[[], tuple[int, bytes]]]:
        """Yield what reads an object: from its own file, then from each pack; a damaged pack must not hide another one."""
        yield partial(self._read_loose, name)
        with self._damage_told():
            packs = list(self._store.packs)
        for pack in packs:
            yield partial(_read_packed, pack, name)

    def _read_loose(self, name: bytes) -> tuple[int, bytes]:
        found = ShaFile.from_path(str(self.objects / name[:2].decode() / name[2:].decode()))
        return found.type_num, found.as_raw_string()

    def tip(self) -> bytes:
        """Return the name of the newest commit."""
        with self._damage_told():
            data = self._read_file(self.repository / BRANCH)
            name = data.partition(b"\n")[0].strip() if data is not None else self._packed_tip()
            if name is not None and len(name) == 40 and _HEXADECIMAL.issuperset(name):
                return name
        raise BrokenHistory(f"{self.repository} is damaged: it does not say which version is the newest.")

    def loose(self) -> Iterator[tuple[bytes, Path]]:
        """Yield the objects that have a file of their own, and the file."""
        for folder in self.disk.names_in(self.objects):
            if len(folder) != 2 or not _HEXADECIMAL.issuperset(os.fsencode(folder)):
                continue
            for rest in self.disk.names_in(self.objects / folder):
                name = os.fsencode(folder + rest)
                if len(name) == 40 and _HEXADECIMAL.issuperset(name):
                    yield name, self.objects / folder / rest

    def state_of(self, path: Path) -> os.stat_result:
        """Return the state of a file of the repository."""
        with self._damage_told():
            return self.disk.stat(path)

    def packs(self) -> list[Path]:
        """Return the packs that have an index."""
        folder = self.objects / "pack"
        names = set(self.disk.names_in(folder))
        return [
            folder / name for name in sorted(names) if name.endswith(".pack") and f"{name[:-5]}.idx" in names
        ]

    def _read_file(self, path: Path) -> bytes | None:
        try:
            descriptor = self.disk.open_to_read(path)
        except FileNotFoundError:
            return None
        try:
            if not stat.S_ISREG(self.disk.stat_open(descriptor).st_mode):
                raise IsADirectoryError(errno.EISDIR, "not a file", str(path))
            return self.disk.read_all(descriptor)
        finally:
            self.disk.close(descriptor)

    def _packed_tip(self) -> bytes | None:
        """Return the newest commit where somebody has had Git put its branches into one file."""
        for line in (self._read_file(self.repository / "packed-refs") or b"").split(b"\n"):
            name, _, branch = line.partition(b" ")
            if branch.strip() == BRANCH.encode():
                return name
        return None

    @contextlib.contextmanager
    def _damage_told(self) -> Iterator[None]:
        """Turn what is raised for damaged files into BrokenHistory."""
        try:
            yield
        except OSError as error:
            if _is_passing(error):
                raise
            raise BrokenHistory(f"{self.repository} is damaged: {error}.") from error
        except _UNREADABLE as error:
            raise BrokenHistory(f"{self.repository} is damaged: {type(error).__name__}.") from error


class ObjectWriter(ObjectFiles):
    """The same, to be written too; one at a time for a repository."""

    def __init__(self, repository: Path, disk: Disk) -> None:
        super().__init__(repository, disk)
        self._new: set[bytes] = set()
        self._unsynced: set[Path] = set()

    def begin(self, manuscript: Path) -> None:
        """Make the folders and files that a repository has besides its objects."""
        for folder in _FOLDERS:
            self.disk.make_folder(self.repository / folder)
        self.write_file(self.repository / NAME_OF_MANUSCRIPT, os.fsencode(manuscript))
        self.write_file(self.repository / "description", os.fsencode(f"The history of {manuscript}\n"))
        self.mend()

    def mend(self) -> None:
        """See to it that Git finds what it wants to find in a repository besides objects and branch."""
        for folder in _FOLDERS:
            self.disk.make_folder(self.repository / folder)
        for name, content in (("HEAD", _HEAD), ("config", _CONFIG)):
            try:
                found = self._read_file(self.repository / name)
            except OSError as error:
                if _is_passing(error):
                    raise
                self.disk.replace(
                    self.repository / name, self.repository / f"{name}.broken-{os.urandom(4).hex()}"
                )
                found = None
            if found != content:
                self.write_file(self.repository / name, content)

    def write(self, thing: ShaFile) -> bytes:
        """Write an object, unless it is there and whole; return its name. It is safe after `sync` only."""
        name = bytes(thing.id)
        if name in self._new or self._is_whole(name):
            return name
        folder = self.objects / name[:2].decode()
        self.disk.make_folder(folder)
        raw = thing.as_raw_string()
        level = 1 if len(raw) > _LARGE else 6
        self._write_beside(folder / name[2:].decode(), thing.as_legacy_object(level))
        self._new.add(name)
        self._unsynced.add(folder)
        return name

    def sync(self) -> None:
        """Wait until all that was written is safe on the disk."""
        for folder in sorted(self._unsynced):
            self.disk.sync_folder(folder)
        self._unsynced.clear()

    def set_tip(self, name: bytes) -> None:
        """Make a commit the newest one; everything else must be safe by then."""
        self.sync()
        self.write_file(self.repository / BRANCH, name + b"\n")

    def write_file(self, path: Path, data: bytes) -> None:
        """Write a file in place of what is there, synced, whole or not at all."""
        self._write_beside(path, data)
        self.disk.sync_folder(path.parent)

    def _write_beside(self, path: Path, data: bytes) -> None:
        # In the repository's own folder: a file in refs would be taken for a branch.
        temporary = self.repository / f"{TEMPORARY}{os.getpid()}_{os.urandom(4).hex()}"
        write_temporary(temporary, data, path, None, self.disk, new_mode=0o600)
        try:
            replace_patiently(temporary, path, self.disk)
        except BaseException:
            remove_quietly(temporary, self.disk)
            raise

    def _is_whole(self, name: bytes) -> bool:
        try:
            self.read_raw(name)
        except MissingObject:
            return False
        return True


def _read_packed(pack: Pack, name: bytes) -> tuple[int, bytes]:
    number, data = pack.get_raw(cast("RawObjectID", bytes.fromhex(name.decode())))
    return number, bytes(data)


def _try_to_read(read: Callable[[], tuple[int, bytes]]) -> tuple[int, bytes] | str | None:
    """Return what was read, what is wrong with it, or None if it is not there.

    The exception must be gone before the packs are closed: its frames hold on to them.
    """
    try:
        return read()
    except (FileNotFoundError, KeyError):
        return None
    except OSError as error:
        if _is_passing(error):
            raise
        return str(error)
    except _UNREADABLE as error:
        return type(error).__name__


def _is_passing(error: OSError) -> bool:
    """Say whether a disk refuses for a reason that says nothing about its files."""
    return error.errno is not None and error.errno not in _DAMAGE


def _name_of(kind: bytes, data: bytes) -> bytes:
    head = kind + b" " + str(len(data)).encode() + b"\0"
    return hashlib.sha1(head + data, usedforsecurity=False).hexdigest().encode()
