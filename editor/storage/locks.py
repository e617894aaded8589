"""Who has which manuscript open on this computer: one lock file for each, in the program's own state folder.

A lock is made whole or not at all, and no two programs hold one for the same manuscript: whoever looks or writes claims a
guard file first, which the system frees when a process dies. A lock whose program no longer runs is nobody's. A file and the
folder it lies in are one manuscript here.

Limits: advice, not force: other editors do not ask, and the check by hash at each save stands behind it. Where the guard cannot
be had within a second (its holder stands still), two programs that take over one dead lock at once may both believe they have
it; the next look of the one that lost it tells. Of other computers, see `shared_locks`.
"""

import contextlib
import hashlib
import json
import os
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from editor.storage.complaints import cause_of
from editor.storage.disk import Disk
from editor.storage.own_files import read_own, set_aside
from editor.storage.owner import Owner, is_here, is_running, read_owner, this_program
from editor.storage.replacing import create_file

GUARD_SECONDS = 1.0
_GUARD = "guard"
_SUFFIX = ".json"
_ATTEMPTS = 3
_DOOR = re.compile(r"door-(\d{1,9})-[0-9a-f]{8}")
_LONGEST_DOOR = 100  # bytes: a socket's path may have 106


@dataclass(frozen=True, slots=True)
class Holder:
    """A program that has a manuscript. `manuscript` is a real path; `door` is where the program can be asked, or ""."""

    owner: Owner
    manuscript: Path
    is_folder: bool = False
    door: str = ""


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock that this program has made."""

    file: Path
    holder: Holder


@dataclass(frozen=True, slots=True)
class Taking:
    """What became of asking for a lock: the lock, or else who has it; neither where the state folder takes none.

    `told` is what the writer should hear: of broken files that were set aside, or why there is no lock.
    """

    lock: Lock | None = None
    holder: Holder | None = None
    told: tuple[str, ...] = ()


class LockFolder:
    """The locks of this computer's programs, in `folder`. `door` is where this program can be asked, noted in its locks."""

    def __init__(self, folder: Path, door: str = "", disk: Disk | None = None) -> None:
        self._folder, self._door, self._disk = folder, door, disk or Disk()

    def take(self, manuscript: Path, *, is_folder: bool = False, takes_over: bool = False) -> Taking:
        """Lock a manuscript for this program; where another program has it, say which, unless it `takes_over`."""
        try:
            real = self._disk.real_path(manuscript)
        except OSError:
            real = manuscript.absolute()
        mine = Holder(this_program(), real, is_folder, self._door)
        return self._make(self._folder / _name_of(real), mine, takes_over=takes_over)

    def take_program(self) -> Taking:
        """Note that this program is the one that others may ask to open files, unless another one is."""
        return self._make(self._folder / f"program{_SUFFIX}", Holder(this_program(), Path(), door=self._door))

    def find(self, manuscript: Path | None) -> Holder | None:
        """Return the program that has a manuscript, or (None) the one that others may ask; changes nothing.

        Only what runs on this computer is found, and never this program.
        """
        with contextlib.suppress(OSError):
            real = self._disk.real_path(manuscript) if manuscript is not None else None
            file = self._folder / (_name_of(real) if real is not None else f"program{_SUFFIX}")
            with contextlib.suppress(ValueError):
                holder = _holder_of(read_own(file, self._disk))
                return holder if _blocks(holder) and is_here(holder.owner) else None
        return None

    def look(self, lock: Lock) -> Taking:
        """Say whether a lock is still ours; one that has gone is made again."""
        try:
            if _holder_of(read_own(lock.file, self._disk)).owner == lock.holder.owner:
                return Taking(lock)
        except (OSError, ValueError):
            pass  # gone or broken: seen to under the guard
        return self._make(lock.file, lock.holder)

    def release(self, lock: Lock) -> None:
        """Remove a lock, if it is still ours. What cannot be removed is nobody's when this program has ended."""
        with contextlib.suppress(OSError, ValueError), self._guarded():
            if _holder_of(read_own(lock.file, self._disk)).owner == lock.holder.owner:
                self._disk.unlink(lock.file)

    def _make(self, file: Path, mine: Holder, *, takes_over: bool = False) -> Taking:
        told: list[str] = []
        try:
            self._disk.make_folder(self._folder)
            with self._guarded():
                for _ in range(_ATTEMPTS):  # more than one only where there is no guard
                    with contextlib.suppress(FileExistsError):
                        return self._make_guarded(file, mine, takes_over, told)
        except OSError as error:
            why = cause_of(error)
        else:
            why = "another program writes there again and again"
        told.append(
            f"Dinkus cannot note which texts are open ({self._folder}: {why}), so it cannot warn when two of it have one."
        )
        return Taking(told=tuple(told))

    def _make_guarded(self, file: Path, mine: Holder, takes_over: bool, told: list[str]) -> Taking:
        there = self._read_all(told)
        others = {
            path: holder for path, holder in there.items() if _is_same(holder, mine) and _blocks(holder)
        }
        if others and not takes_over:
            return Taking(holder=next(iter(others.values())), told=tuple(told))
        for path in {*others, file}:
            with contextlib.suppress(FileNotFoundError):
                self._disk.unlink(path)
        create_file(file, _as_bytes(mine), self._disk)
        return Taking(Lock(file, mine), told=tuple(told))

    def _read_all(self, told: list[str]) -> dict[Path, Holder]:
        """Return the locks there are; those of programs that have ended go, and what is broken is set aside."""
        found = {}
        for name in self._disk.names_in(self._folder):
            path = self._folder / name
            if not name.endswith(_SUFFIX):
                self._sweep_door(path)
                continue
            try:
                holder = _holder_of(read_own(path, self._disk))
            except FileNotFoundError:
                continue
            except (OSError, ValueError):
                told.append(self._put_away(path))
                continue
            if is_here(holder.owner) and holder.owner.process != os.getpid() and not is_running(holder.owner):
                with contextlib.suppress(OSError):
                    self._disk.unlink(path)
            else:
                found[path] = holder
        return found

    def _sweep_door(self, path: Path) -> None:
        """Remove the door of a program that was killed."""
        match = _DOOR.fullmatch(path.name)
        if match and not self._disk.is_own(process := int(match[1])) and not self._disk.is_running(process):
            with contextlib.suppress(OSError):
                self._disk.unlink(path)

    def _put_away(self, path: Path) -> str:
        try:
            aside = set_aside(path, self._disk)
        except OSError as error:
            return f"{path}, a note of an open text, is broken and cannot be set aside: {cause_of(error)}. Your texts are not affected."
        return f"{path.name}, a note of an open text, was broken and is now {aside}. Your texts are not affected."

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        """Keep other programs from looking and writing meanwhile; after a second go on without."""
        try:
            descriptor = self._open_guard()
        except OSError:
            yield
            return
        try:
            latest = time.monotonic() + GUARD_SECONDS
            with contextlib.suppress(OSError):  # some disks cannot do this
                while not self._disk.claim(descriptor) and time.monotonic() < latest:
                    time.sleep(0.01)
            yield
        finally:
            with contextlib.suppress(OSError):
                self._disk.close(descriptor)

    def _open_guard(self) -> int:
        path = self._folder / _GUARD
        try:
            return self._disk.open_to_rewrite(path)
        except FileNotFoundError:
            pass
        try:
            return self._disk.create(path, 0o600)
        except FileExistsError:
            return self._disk.open_to_rewrite(path)


def new_door(folder: Path) -> str:
    """Return a name for the door of this program that no other has: a path in `folder` where the system takes one."""
    own = f"door-{os.getpid()}-{os.urandom(4).hex()}"
    path = os.fspath(folder / own)
    if sys.platform == "win32" or len(os.fsencode(path)) > _LONGEST_DOOR:
        return f"dinkus-{os.urandom(8).hex()}"
    return path


def _name_of(real: Path) -> str:
    return hashlib.sha256(os.fsencode(real)).hexdigest()[:24] + _SUFFIX


def _blocks(holder: Holder) -> bool:
    """Say whether a lock is another program's that runs."""
    is_own = is_here(holder.owner) and holder.owner.process == os.getpid()
    return not is_own and is_running(holder.owner)


def _is_same(one: Holder, other: Holder) -> bool:
    """Say whether two locks are about one manuscript: the same path, or a file and the folder it lies in."""
    if one.manuscript == other.manuscript:
        return True
    if one.is_folder != other.is_folder:
        folder, file = (one, other) if one.is_folder else (other, one)
        return file.manuscript.parent == folder.manuscript
    return False


def _as_bytes(holder: Holder) -> bytes:
    table = {
        "owner": holder.owner.as_table(),
        "manuscript": os.fspath(holder.manuscript),
        "is_folder": holder.is_folder,
        "door": holder.door,
    }
    return json.dumps(table, indent=1).encode()


def _holder_of(data: bytes) -> Holder:
    """Return what a lock file says; raise ValueError if it says nothing."""
    try:
        table = json.loads(data.decode("utf-8"))
    except RecursionError as error:
        raise ValueError("not a lock") from error
    table = table if isinstance(table, dict) else {}
    owner, manuscript = read_owner(table.get("owner")), table.get("manuscript")
    is_folder, door = table.get("is_folder"), table.get("door")
    if (
        owner is None
        or not isinstance(manuscript, str)
        or not isinstance(is_folder, bool)
        or not isinstance(door, str)
    ):
        raise ValueError("not a lock")
    return Holder(owner, Path(manuscript), is_folder, door)
