"""At the start: find the text that a program which has ended had not saved.

A journal belongs to whom it names; that of a program that still runs, here or on another computer, is left alone. A torn end is
cut off at the last good record. Nothing is removed here but what holds no change at all: a journal that was recovered is put
into `recovered`, for thirty days, and one that cannot be understood too.
"""

import contextlib
import json
import os
import re
import stat
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from editor.storage.disk import Disk
from editor.storage.journal import BASE_NAME, DONE, Subject, encode_base, remove_journal
from editor.storage.journal_format import VERSION, Record, Replayed, read_records, replay
from editor.storage.kept import KEPT_SECONDS
from editor.storage.owner import Owner, is_running, read_owner, this_program
from editor.storage.replacing import remove_quietly

_CHANGES = re.compile(r"changes-(?P<generation>\d+)\.journal")
_PROGRAM = re.compile(r"-(?P<process>\d+)-[0-9a-f]+$")
_ASIDE = "recovered"
_CLAIM = "claim"
_MARK = "aside"
_JUST_NOW = 600  # seconds
_MOMENT = 5.0  # seconds
SIZE_LIMIT = 1 << 30
"""Bytes of a journal beyond which it is not ours."""


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Changes that were not saved. `begun` is when, in seconds since 1970; `base` is None if its file is lost.

    `is_damaged`: there was more, which cannot be read. `superseded` are the folders of older journals of the same text.
    """

    subject: Subject
    owner: Owner
    writer: str
    begun: float
    base: list[str] | None
    base_size: int
    base_checksum: int
    records: Sequence[Record]
    folder: Path
    is_damaged: bool = False
    superseded: tuple[Path, ...] = ()

    def fits(self, lines: Sequence[str]) -> bool:
        """Say whether `lines` are those that the changes begin from."""
        if self.base is not None:
            return self.base == list(lines)
        data = encode_base(lines)
        return (len(data), zlib.crc32(data)) == (self.base_size, self.base_checksum)

    def text_from(self, base: Sequence[str]) -> Replayed:
        """Return the text as it was, from its base."""
        return replay(base, self.records)


@dataclass(frozen=True, slots=True)
class Found:
    """What lay in the folder of journals; `problems` are sentences for the writer."""

    unsaved: tuple[Unsaved, ...]
    problems: tuple[str, ...]


def find_unsaved(folder: Path, disk: Disk | None = None) -> Found:
    """Return what programs that have ended left unsaved, the oldest first; never raises for a disk that fails.

    What is returned is claimed: no other program will find it while this one runs.
    """
    disk = disk or Disk()
    unsaved: list[Unsaved] = []
    problems: list[str] = []
    for name in _names_in(folder, disk):
        place = folder / name
        if name == _ASIDE or not _is_folder(place, disk):
            continue
        with contextlib.suppress(OSError):
            if name.endswith(DONE):
                _remove_rest(place, disk)
                continue
        try:
            found = _read_journal(place, disk)
        except _Unreadable as fault:
            problems.append(str(fault))
            continue
        if found is not None and _claim(place / _CLAIM, disk):
            unsaved.append(found)
    return Found(tuple(_newest_of_each(unsaved)), tuple(problems))


def release(unsaved: Unsaved, disk: Disk | None = None) -> None:
    """Leave a journal to whoever looks next."""
    for place in (*unsaved.superseded, unsaved.folder):
        remove_quietly(place / _CLAIM, disk or Disk())


def put_aside(unsaved: Unsaved, disk: Disk | None = None) -> None:
    """Put a journal that was recovered where it stays for thirty days; raise OSError."""
    for place in (
        *unsaved.superseded,
        unsaved.folder,
    ):  # the newest last: what is left must not be an older text
        _put_aside(place, disk or Disk())


def prune_recovered(folder: Path, now: float, disk: Disk | None = None) -> None:
    """Remove what was put aside more than thirty days ago (`now`: seconds since 1970); what cannot be removed stays."""
    disk = disk or Disk()
    aside = folder / _ASIDE
    for name in _names_in(aside, disk):
        with contextlib.suppress(OSError):
            if now - disk.stat(aside / name).st_mtime > KEPT_SECONDS:
                remove_journal(aside / name, disk)


class _Unreadable(Exception):
    """A journal that was put aside because nothing can be made of it; the text is for the writer."""


def _newest_of_each(unsaved: Sequence[Unsaved]) -> list[Unsaved]:
    """Return of each writer's journals the newest that says something and has its base."""
    by_writer: dict[str, list[Unsaved]] = {}
    for each in unsaved:
        by_writer.setdefault(each.writer, []).append(each)
    chosen = []
    for journals in by_writer.values():
        best = max(journals, key=lambda each: (bool(each.records), each.base is not None, each.begun))
        others = sorted((each for each in journals if each is not best), key=lambda each: each.begun)
        chosen.append(replace(best, superseded=tuple(each.folder for each in others)))
    return sorted(chosen, key=lambda each: each.begun)


def _read_journal(place: Path, disk: Disk) -> Unsaved | None:
    """Return what the newest generation that says anything leads to; None if nothing, or if its owner still runs."""
    names = sorted(
        (int(match["generation"]), name)
        for name in _names_in(place, disk)
        if (match := _CHANGES.fullmatch(name))
    )
    is_damaged = False
    for _, name in reversed(names):
        records, is_broken = read_records(_read(place / name, disk) or b"")
        header = records[0][1] if records and _is_header(records[0]) else None
        owner = read_owner(header.get("owner")) if header is not None else None
        is_damaged |= is_broken
        if header is None or owner is None:
            continue  # torn before it had begun: the generation before it says everything
        if is_running(owner):
            return None
        first = [["lines", header["hunks"]]] if header.get("hunks") else []
        return _unsaved_from(header, owner, [*first, *records[1:]], place, disk, is_damaged=is_damaged)
    if _is_beginning(place, disk):
        return None
    if any(_size_of(place / name, disk) for _, name in names):
        with contextlib.suppress(OSError):
            _put_aside(place, disk)
        raise _Unreadable(
            f"A journal of unsaved text cannot be read ({place.name}). It is now in {place.parent / _ASIDE}; your files are not"
            " affected."
        )
    _remove_unused(place, disk)
    return None


def _unsaved_from(
    header: dict[str, object],
    owner: Owner,
    records: Sequence[Record],
    place: Path,
    disk: Disk,
    *,
    is_damaged: bool,
) -> Unsaved:
    path, size, checksum, begun = (header.get(key) for key in ("path", "size", "checksum", "begun"))
    writer = header.get("writer")
    subject = Subject(
        Path(os.fsdecode(path.encode("utf-8", "surrogateescape"))) if isinstance(path, str) else None,
        header.get("is_folder") is True,
    )
    size = size if isinstance(size, int) else -1
    checksum = checksum if isinstance(checksum, int) else -1
    data = _read(place / BASE_NAME, disk)
    is_good = data is not None and (len(data), zlib.crc32(data)) == (size, checksum)
    base = data.decode("utf-8", "surrogatepass").split("\n") if data is not None and is_good else None
    return Unsaved(
        subject,
        owner,
        writer if isinstance(writer, str) else place.name,
        float(begun) if isinstance(begun, int | float) else 0.0,
        base,
        size,
        checksum,
        records,
        place,
        is_damaged,
    )


def _is_beginning(place: Path, disk: Disk) -> bool:
    """Say whether the program that a folder is named after still runs: it may be writing the first record."""
    match = _PROGRAM.search(place.name)
    process = int(match["process"]) if match else os.getpid()
    try:
        owner = replace(this_program(), process=process, started=0, noted=disk.stat(place).st_mtime)
    except OSError:
        return False
    return process != os.getpid() and is_running(owner)


def _is_header(record: Record) -> bool:
    match record:
        case ["journal", {"version": int(version)}]:
            return version == VERSION
        case _:
            return False


def _claim(path: Path, disk: Disk) -> bool:
    """Take a journal for this program; return whether no other one has it."""
    for _ in range(2):
        try:
            descriptor = disk.create(path, 0o600)
            try:
                disk.write_all(descriptor, json.dumps(this_program().as_table()).encode("ascii"))
            finally:
                disk.close(descriptor)
        except FileExistsError:
            owner = _claimer(path, disk)
            is_taken = is_running(owner) if owner is not None else _is_fresh(path, disk)
            if is_taken:
                return False
            remove_quietly(path, disk)
        except FileNotFoundError:
            return False  # the journal has gone meanwhile: its text is saved, or another program has it
        except OSError:
            return True  # the disk takes no claims; better twice than never
        else:
            return True
    return False


def _is_fresh(path: Path, disk: Disk) -> bool:
    """Say whether a claim that says nothing was made this moment: another program is about to write it."""
    try:
        return abs(this_program().noted - disk.stat(path).st_mtime) < _MOMENT
    except OSError:
        return False


def _claimer(path: Path, disk: Disk) -> Owner | None:
    try:
        return read_owner(json.loads(_read(path, disk) or b""))
    except (ValueError, RecursionError):
        return None


def _put_aside(place: Path, disk: Disk) -> None:
    aside = place.parent / _ASIDE
    disk.make_folder(aside)
    with contextlib.suppress(OSError):  # the thirty days begin now, however long it has lain here
        disk.close(disk.create(place / _MARK, 0o600))
    disk.replace(place, aside / place.name)
    disk.sync_folder(aside)
    disk.sync_folder(place.parent)


def _remove_unused(place: Path, disk: Disk) -> None:
    """Remove a journal in which nothing was written, unless it may just be beginning."""
    with contextlib.suppress(OSError):
        if this_program().noted - disk.stat(place).st_mtime > _JUST_NOW:
            remove_journal(place, disk)


def _remove_rest(place: Path, disk: Disk) -> None:
    for name in disk.names_in(place):
        disk.unlink(place / name)
    disk.remove_folder(place)


def _is_folder(place: Path, disk: Disk) -> bool:
    try:
        return disk.kind_of(place) == stat.S_IFDIR
    except OSError:
        return False


def _names_in(folder: Path, disk: Disk) -> list[str]:
    try:
        return disk.names_in(folder)
    except OSError:
        return []


def _size_of(path: Path, disk: Disk) -> int:
    try:
        return disk.stat(path).st_size
    except OSError:
        return -1


def _read(path: Path, disk: Disk) -> bytes | None:
    """Return what is in a file; None if it cannot be read or cannot be ours."""
    try:
        if disk.stat(path).st_size > SIZE_LIMIT:
            return None
        return disk.read_whole(path)
    except OSError:
        return None
