"""The steps of a save of several files, for the save itself and for finishing it after a crash: one code for both.

1. Each new text takes the place of the old one, under the name the file has. 2. Names are cleared: renamed files step
aside, removed ones are discarded. 3. The entry is renamed to say so. 4. Files get their new names. 5. The entry is removed.
Between any two the folders are synced. Each step can be repeated: what is left to do is seen from which of the save's own
names are there, and a file is only touched whose bytes are those before or after the save (or a mixture that a write in
place left). A program that takes a name or writes between a look and the step after it can still be run over, as in any save.
"""

import contextlib
import errno
from collections.abc import Callable
from pathlib import Path

from editor.errors import DinkusError
from editor.storage.disk import Disk
from editor.storage.files import hash_of
from editor.storage.folder_names import name_key
from editor.storage.joint_entry import Entry, Part, remove_entry
from editor.storage.replacing import NOT_THIS_WAY, remove_quietly, replace_patiently
from editor.storage.rewrites import is_mixture, overwrite


class Diverged(Exception):
    """Files are neither as they were before the save nor as after it; the save goes no further."""

    def __init__(self, parts: list[Part]) -> None:
        super().__init__(", ".join(part.target or part.source for part in parts))
        self.parts = parts


def roll_forward(entry: Entry, discard: Callable[[Path], None], disk: Disk) -> None:
    """Do what is left of a save. Raise OSError (it can be called again) or Diverged."""
    diverged = [part for part in entry.parts if has_diverged(part, entry, disk)]
    if diverged:
        raise Diverged(diverged)
    if not entry.is_placing:
        _write_texts(entry, disk)
        moving = [part for part in entry.parts if part.aside]
        for part in moving:
            _clear_name(part, entry, discard, disk)
        if moving:
            disk.sync_folder(entry.folder)
            placing = entry.as_placing()
            disk.replace(entry.path, placing.path)
            entry = placing
            disk.sync_folder(entry.path.parent)
    if any(not part.source or part.aside for part in entry.parts):
        for part in entry.parts:
            _place(part, entry, disk)
        disk.sync_folder(entry.folder)
    disk.unlink(entry.path)
    # All is safe already; an entry that a power cut brings back has nothing left to do.
    with contextlib.suppress(OSError):
        disk.sync_folder(entry.path.parent)


def has_diverged(part: Part, entry: Entry, disk: Disk) -> bool:
    """Say whether a file is neither as before the save nor as after it, so that it must be left alone."""
    if not part.source:
        if not disk.is_there(entry.at(part.temporary)):
            return not entry.is_placing and not disk.is_there(entry.at(part.target))
        return _is_taken(part, entry, disk)
    if entry.is_placing:
        # What does not stand aside any more is in its place, or was until somebody took it from there.
        return bool(part.aside) and disk.is_there(entry.at(part.aside)) and _is_taken(part, entry, disk)
    if part.aside and disk.is_there(entry.at(part.aside)):
        return _is_taken(part, entry, disk)
    return not _fits(part, entry, disk) or _is_taken(part, entry, disk)


def _fits(part: Part, entry: Entry, disk: Disk) -> bool:
    """Say whether the bytes of a file that has its old name are those of before or after."""
    try:
        now = disk.read_whole(entry.at(part.real))
    except FileNotFoundError:
        return not part.target  # it was removed
    if not part.temporary:
        return hash_of(now) == part.old
    if not disk.is_there(entry.at(part.temporary)):
        return hash_of(now) != part.old  # the new text was there, whoever wrote since
    if hash_of(now) in {part.old, part.new}:
        return True
    return is_mixture(now, part.old_text, disk.read_whole(entry.at(part.temporary)))


def _is_taken(part: Part, entry: Entry, disk: Disk) -> bool:
    """Say whether somebody else has the name that a file is to get."""
    if part.target in {"", part.source} or not disk.is_there(entry.at(part.target)):
        return False
    if not entry.is_placing and name_key(part.target) in {
        name_key(other.source) for other in entry.parts if other.aside
    }:
        return False
    return bool(part.source) or not _holds(entry.at(part.target), part.new, disk)


def is_untouched(entry: Entry, disk: Disk) -> bool:
    """Say whether no step of a save was done, so that it can be called off. Raise OSError."""
    if entry.is_placing:
        return False
    for part in entry.parts:
        if not part.source:
            if not disk.is_there(entry.at(part.temporary)) and disk.is_there(entry.at(part.target)):
                return False
        elif (part.aside and disk.is_there(entry.at(part.aside))) or not _holds(
            entry.at(part.real), part.old, disk
        ):
            return False
    return True


def lacks_texts(entry: Entry, disk: Disk) -> bool:
    """Say whether new texts are missing: of a save that was not done, they never were on the disk or are taken back."""
    return any(part.temporary and not disk.is_there(entry.at(part.temporary)) for part in entry.parts)


def withdraw(entry: Entry, disk: Disk) -> None:
    """Call off a save of which no step was done. Raise OSError if the entry may come back."""
    remove_entry(entry.path, disk)
    for part in entry.parts:
        if part.temporary:
            remove_quietly(entry.at(part.temporary), disk)


def _holds(path: Path, sha256: str, disk: Disk) -> bool:
    try:
        return hash_of(disk.read_whole(path)) == sha256
    except FileNotFoundError:
        return False


def _write_texts(entry: Entry, disk: Disk) -> None:
    written = [part for part in entry.parts if part.source and part.temporary]
    for part in written:
        if disk.is_there(entry.at(part.temporary)):
            _write_text(part, entry, disk)
    for folder in {path.parent for p in written for path in (entry.at(p.real), entry.at(p.temporary))}:
        disk.sync_folder(folder)


def _write_text(part: Part, entry: Entry, disk: Disk) -> None:
    real, temporary = entry.at(part.real), entry.at(part.temporary)
    now = disk.read_whole(real)
    if hash_of(now) != part.new:
        if not part.is_in_place and hash_of(now) == part.old:
            try:
                replace_patiently(temporary, real, disk)
            except OSError as error:
                if error.errno not in NOT_THIS_WAY:
                    raise
            else:
                return
        if not _fits(part, entry, disk):
            raise Diverged([part])
        _rewrite(real, now, disk.read_whole(temporary), part, disk)
    disk.unlink(temporary)


def _rewrite(real: Path, now: bytes, new: bytes, part: Part, disk: Disk) -> None:
    """Write a text in place; both texts are safe in the entry and the temporary file. An error puts the old one back."""
    if hash_of(new) != part.new:
        raise OSError(errno.EIO, "the new text reads back differently")
    descriptor = disk.open_to_rewrite(real)
    try:
        try:
            overwrite(descriptor, new, disk)
        except OSError:
            if hash_of(now) == part.old:
                overwrite(descriptor, now, disk)
            raise
    finally:
        disk.close(descriptor)


def _clear_name(part: Part, entry: Entry, discard: Callable[[Path], None], disk: Disk) -> None:
    source, aside = entry.at(part.source), entry.at(part.aside)
    if disk.is_there(aside) or not disk.is_there(source):
        return
    if not part.target:
        # What cannot be discarded is put out of the way below; whoever passed `discard` knows why.
        with contextlib.suppress(OSError, DinkusError):
            discard(source)
        if not disk.is_there(source):
            return
    disk.replace(source, aside)


def _place(part: Part, entry: Entry, disk: Disk) -> None:
    piece = entry.at(part.aside if part.source else part.temporary)
    if not part.target or piece == entry.folder or not disk.is_there(piece):
        return
    if disk.is_there(entry.at(part.target)):
        if part.source or not _holds(entry.at(part.target), part.new, disk):
            raise Diverged([part])
        disk.unlink(piece)
    else:
        disk.replace(piece, entry.at(part.target))
