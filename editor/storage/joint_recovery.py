"""Finish a save of several files that was cut off; to be called before a folder, or a file in it, is opened.

A whole entry means that all new texts are safe, so the save is carried on to its end. One that is not whole means that nothing
was begun. If a file is neither as before nor as after, nothing more is changed: all versions are put into a folder of their
own beside the entry, and the writer is told. Law: to finish twice is to finish once.
"""

import contextlib
import enum
import platform
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from editor.storage.disk import Disk
from editor.storage.joint_entry import (
    Entry,
    Part,
    entry_paths,
    process_of_left_over,
    read_entry,
    remove_entry,
)
from editor.storage.joint_steps import Diverged, is_untouched, lacks_texts, roll_forward, withdraw
from editor.storage.replacing import ABANDONED_NS, create_file, remove_quietly


class JointOutcome(enum.StrEnum):
    """What became of a save of several files that was cut off."""

    FINISHED = "finished"  # every file is as it was to be
    WITHDRAWN = "withdrawn"  # nothing of it was done, and its texts are not there; every file is as it was
    DIVERGED = "diverged"  # files are someone else's; all versions are in `kept_in`
    UNFINISHED = "unfinished"  # the disk failed, or another program is saving; it stays for the next time


@dataclass(frozen=True, slots=True)
class Versions:
    """A file that is neither as before nor as after a save: where it is now, and where those two texts are.

    None: that text is not there (the file is gone; it was new, or was to be removed; it was not to be changed).
    """

    now: Path | None
    before: Path | None
    to_save: Path | None


@dataclass(frozen=True, slots=True)
class InterruptedJointSave:
    """A save of several files that was found cut off.

    `paths` are the files that it was to leave; `parts` what it was to do.
    """

    folder: Path
    outcome: JointOutcome
    paths: tuple[Path, ...]
    versions: tuple[Versions, ...] = ()
    kept_in: Path | None = None
    parts: tuple[Part, ...] = ()


def finish_joint_save(
    folder: Path, discard: Callable[[Path], None], disk: Disk | None = None
) -> list[InterruptedJointSave]:
    """Finish the saves of several files in `folder` that were cut off; return what was found, to be told to the writer.

    `discard` moves a file to the trash; if it raises OSError or DinkusError the file becomes a hidden `.name.removed~`.
    Never raises for a disk that fails: what cannot be done now stays, and is reported as UNFINISHED.
    """
    disk = disk or Disk()
    try:
        folder = disk.real_path(folder)
        paths = entry_paths(folder, disk)
    except OSError:
        return []  # whoever opens the folder is told
    found = [report for path in paths if (report := _finish(path, folder, discard, disk))]
    if all(report.outcome is not JointOutcome.UNFINISHED for report in found):
        _sweep(folder, disk)
    return found


def _finish(
    path: Path, folder: Path, discard: Callable[[Path], None], disk: Disk
) -> InterruptedJointSave | None:
    unread = InterruptedJointSave(folder, JointOutcome.UNFINISHED, ())
    try:
        entry = read_entry(path, folder, disk)
        if entry is None:
            remove_entry(path, disk)
            return None
    except FileNotFoundError:
        return None  # another program has just finished it
    except OSError:
        return unread
    try:
        outcome, versions, kept_in = _carry_on(entry, discard, disk)
    except OSError:
        outcome, versions, kept_in = JointOutcome.UNFINISHED, (), None
    paths = tuple(entry.at(part.target) for part in entry.parts if part.target)
    return InterruptedJointSave(folder, outcome, paths, versions, kept_in, entry.parts)


def _carry_on(
    entry: Entry, discard: Callable[[Path], None], disk: Disk
) -> tuple[JointOutcome, tuple[Versions, ...], Path | None]:
    if _is_under_way(entry, disk):
        return JointOutcome.UNFINISHED, (), None
    try:
        roll_forward(entry, discard, disk)
    except Diverged as error:
        entry = _as_it_is_now(entry, disk)
        if is_untouched(entry, disk) and lacks_texts(entry, disk):
            withdraw(entry, disk)
            return JointOutcome.WITHDRAWN, (), None
        kept_in, versions = set_aside(entry, error.parts, disk)
        return JointOutcome.DIVERGED, versions, kept_in
    return JointOutcome.FINISHED, (), None


def _as_it_is_now(entry: Entry, disk: Disk) -> Entry:
    return entry if disk.is_there(entry.path) else entry.as_placing()


def _is_under_way(entry: Entry, disk: Disk) -> bool:
    """Say whether another program seems to be at this save now: one that runs, or runs elsewhere, and has just begun."""
    if entry.host == platform.node() and (disk.is_own(entry.process) or not disk.is_running(entry.process)):
        return False
    return 0 <= time.time_ns() - disk.stat(entry.path).st_mtime_ns < ABANDONED_NS


def set_aside(entry: Entry, diverged: list[Part], disk: Disk) -> tuple[Path, tuple[Versions, ...]]:
    """Put the versions of all files of a save into a folder of their own, and forget the save. Raise OSError.

    A chapter that had stepped aside gets a name back: its old one, or its new one, or a place in that folder.
    """
    kept_in = entry.path.parent / f"interrupted save {entry.code}"
    disk.make_folder(kept_in)
    for path, data in _texts_of(entry, kept_in, disk):
        with contextlib.suppress(FileExistsError):
            create_file(path, data, disk)
    for part in entry.parts:
        _give_a_name_back(part, entry, kept_in, disk)
    disk.sync_folder(kept_in)
    disk.sync_folder(entry.folder)
    remove_entry(entry.path, disk)
    for part in entry.parts:
        if part.temporary:
            remove_quietly(entry.at(part.temporary), disk)
    return kept_in, tuple(_versions_of(part, entry, kept_in, disk) for part in diverged)


def _texts_of(entry: Entry, kept_in: Path, disk: Disk) -> Iterator[tuple[Path, bytes]]:
    for part in entry.parts:
        if part.temporary and part.source:
            yield _kept_before(part, kept_in), part.old_text
        if part.temporary and disk.is_there(entry.at(part.temporary)):
            yield _kept_to_save(part, kept_in), disk.read_whole(entry.at(part.temporary))


def _give_a_name_back(part: Part, entry: Entry, kept_in: Path, disk: Disk) -> None:
    aside = entry.at(part.aside)
    if not part.aside or not part.target or not disk.is_there(aside):
        return
    names = (entry.at(part.source), entry.at(part.target), kept_in / part.source)
    for name in names:
        if not disk.is_there(name):
            disk.replace(aside, name)
            return


def _versions_of(part: Part, entry: Entry, kept_in: Path, disk: Disk) -> Versions:
    names = [entry.at(name) for name in (part.source, part.target) if name]
    now = next((path for path in names if disk.is_there(path)), None)
    before, to_save = _kept_before(part, kept_in), _kept_to_save(part, kept_in)
    return Versions(
        now, before if disk.is_there(before) else None, to_save if disk.is_there(to_save) else None
    )


def _kept_before(part: Part, kept_in: Path) -> Path:
    path = Path(part.source or part.target)
    return kept_in / f"{path.stem} (before){path.suffix}"


def _kept_to_save(part: Part, kept_in: Path) -> Path:
    path = Path(part.target or part.source)
    return kept_in / f"{path.stem} (to be saved){path.suffix}"


def _sweep(folder: Path, disk: Disk) -> None:
    """Remove new texts of saves that never began; none that another program may be writing."""
    with contextlib.suppress(OSError):
        for name in disk.names_in(folder):
            process = process_of_left_over(name)
            if process is None:
                continue
            age = time.time_ns() - disk.stat(folder / name).st_mtime_ns
            if disk.is_own(process) or age > ABANDONED_NS:
                remove_quietly(folder / name, disk)
