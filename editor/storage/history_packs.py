"""Put the many small files of a history into one, in which a version costs little more than what it changed.

A pack is written and read back outside the place where packs are looked for; only when every object in it has been read again
does it come there, and only then do the files go that it stands for. So it may be cut off anywhere.
"""

import contextlib
import hashlib
import io
import os
import stat
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dulwich import pack as git_pack

from editor.storage.disk import Disk
from editor.storage.history_chain import Link, read_entries
from editor.storage.history_objects import TEMPORARY, ObjectFiles
from editor.storage.replacing import remove_quietly

MANY_FILES = 200
MANY_BYTES = 16 << 20
MANY_PACKS = 12
GRACE = 24 * 3600
"""Seconds that a file of which nothing knows stays; somebody may be reading it."""

_PACKING = f"{TEMPORARY}packing"
_LONGEST_ROW = 40  # texts that are told by their difference from the one before
_SLOW_FROM = 200_000  # bytes from which on differences are not worked out where dulwich comes without its compiled part
_IS_COMPILED = hasattr(git_pack, "_create_delta_rs")
_BY_DIFFERENCE = 6  # Git's number for it


@dataclass(slots=True)
class Belongings:
    """The objects that the versions of a history need: commits, trees, and the texts of each file, the newest first."""

    commits: dict[bytes, None] = field(default_factory=dict)
    trees: dict[bytes, None] = field(default_factory=dict)
    texts: dict[str, dict[bytes, None]] = field(default_factory=dict)

    def everything(self) -> set[bytes]:
        """Return the names of all of them."""
        return {*self.commits, *self.trees, *(name for names in self.texts.values() for name in names)}

    def rows(self, wanted: set[bytes]) -> list[list[bytes]]:
        """Return those that are wanted, each once, as rows of objects of which each is like the one before."""
        taken = set[bytes]()
        rows = []
        for names in (self.commits, self.trees, *self.texts.values()):
            row = [name for name in names if name in wanted and name not in taken]
            taken.update(row)
            rows.append(row)
        return rows


def belongings_of(objects: ObjectFiles, links: Iterable[Link]) -> Belongings:
    """Return what versions, the newest first, need. Raise BrokenHistory if one of their trees cannot be read."""
    found = Belongings()
    for link in links:
        found.commits[link.commit] = None
        if link.tree in found.trees:
            continue
        found.trees[link.tree] = None
        for name, blob in read_entries(objects, link.tree).items():
            found.texts.setdefault(name, {})[blob] = None
    return found


def sweep(objects: ObjectFiles, needed: set[bytes], now: float) -> None:
    """Remove the files of objects that no version needs and that are not new, and what was cut off half way."""
    disk = objects.disk
    remove_tree(objects.repository / _PACKING, disk)
    for name in disk.names_in(objects.repository):
        if name.startswith(TEMPORARY):
            remove_quietly(objects.repository / name, disk)
    for name_of_object, path in objects.loose():
        if name_of_object not in needed and now - objects.state_of(path).st_mtime > GRACE:
            disk.unlink(path)


def pack(objects: ObjectFiles, belongings: Belongings, *, is_due: bool = False) -> bool:
    """Pack what is loose, if that is much; everything, if there are many packs. Return whether that was done.

    Raise OSError or BrokenHistory; then everything is where it was.
    """
    needed = belongings.everything()
    loose = {name: path for name, path in objects.loose() if name in needed}
    packs = objects.packs()
    size = sum(objects.state_of(path).st_size for path in loose.values())
    if not is_due and len(loose) < MANY_FILES and size < MANY_BYTES and len(packs) < MANY_PACKS:
        return False
    is_whole = len(packs) >= MANY_PACKS
    wanted = needed if is_whole else set(loose)
    if not wanted:
        return False
    new = _write_pack(objects, belongings.rows(wanted))
    objects.reopen()
    for path in loose.values():
        objects.disk.unlink(path)
    for old in packs if is_whole else ():
        if old != new:
            objects.disk.unlink(old.with_suffix(".idx"))
            objects.disk.unlink(old)
    return True


def remove_tree(folder: Path, disk: Disk) -> None:
    """Remove a folder of our own with all in it, if it is there. Raise OSError."""
    if not disk.is_there(folder):
        return
    if disk.kind_of(folder) != stat.S_IFDIR:
        disk.unlink(folder)
        return
    for name in disk.names_in(folder):
        remove_tree(folder / name, disk)
    disk.attempt(os.rmdir, folder)


def _write_pack(objects: ObjectFiles, rows: Sequence[Sequence[bytes]]) -> Path:
    """Write a pack, look whether it is whole, and put it where packs are; return it."""
    disk = objects.disk
    names = [name for row in rows for name in row]
    outside = objects.repository / _PACKING
    remove_tree(outside, disk)
    disk.make_folder(outside / "objects" / "pack")
    stem = (
        "pack-"
        + hashlib.sha1(
            b"".join(bytes.fromhex(n.decode()) for n in sorted(names)), usedforsecurity=False
        ).hexdigest()
    )
    made, target = outside / "objects" / "pack", objects.objects / "pack"
    descriptor = disk.create(made / f"{stem}.pack", 0o600)
    try:
        index = _fill_pack(objects, rows, descriptor)
        disk.sync(descriptor)
    finally:
        disk.close(descriptor)
    descriptor = disk.create(made / f"{stem}.idx", 0o600)
    try:
        disk.write_all(descriptor, index)
        disk.sync(descriptor)
    finally:
        disk.close(descriptor)
    with ObjectFiles(outside, disk) as again:
        for name in names:
            again.read_raw(name)
    for suffix in (".pack", ".idx"):
        disk.replace(made / f"{stem}{suffix}", target / f"{stem}{suffix}")
    disk.sync_folder(target)
    with contextlib.suppress(OSError):
        remove_tree(outside, disk)
    return target / f"{stem}.pack"


def _fill_pack(objects: ObjectFiles, rows: Sequence[Sequence[bytes]], descriptor: int) -> bytes:
    """Write the objects into an open file, as Git's format has it; return the bytes of the index."""
    disk, checksum = objects.disk, hashlib.sha1(usedforsecurity=False)
    at = 0

    def write(data: bytes) -> None:
        nonlocal at
        checksum.update(data)
        disk.write_all(descriptor, data)
        at += len(data)

    write(b"PACK" + (2).to_bytes(4, "big") + sum(map(len, rows)).to_bytes(4, "big"))
    entries: list[tuple[bytes, int, int | None]] = []
    for row in rows:
        base, base_at, length = b"", 0, 0
        for name in row:
            kind, data = objects.read_raw(name)
            difference = _difference(base, data) if 0 < length < _LONGEST_ROW else None
            if difference is None:
                entry, length = _head(kind, len(data)) + zlib.compress(data), 1
            else:
                entry = (
                    _head(_BY_DIFFERENCE, len(difference))
                    + _distance(at - base_at)
                    + zlib.compress(difference)
                )
                length += 1
            base, base_at = data, at
            entries.append((bytes.fromhex(name.decode()), at, zlib.crc32(entry)))
            write(entry)
    digest = checksum.digest()
    disk.write_all(descriptor, digest)
    index = io.BytesIO()
    git_pack.write_pack_index_v2(index, sorted(entries), digest)
    return index.getvalue()


def _difference(base: bytes, data: bytes) -> bytes | None:
    """Return how `data` differs from `base`, None if that is not worth telling."""
    if not _IS_COMPILED and max(len(base), len(data)) > _SLOW_FROM:
        return None
    difference = b"".join(git_pack.create_delta(base, data))
    return difference if len(difference) < len(data) // 2 else None


def _head(kind: int, size: int) -> bytes:
    """Return kind and size as they stand before an object in a pack."""
    first, size = (kind << 4) | (size & 15), size >> 4
    head = bytearray()
    while size:
        head.append(first | 128)
        first, size = size & 127, size >> 7
    head.append(first)
    return bytes(head)


def _distance(distance: int) -> bytes:
    """Return how far back in the pack an object stands."""
    parts = [distance & 127]
    while distance := distance >> 7:
        distance -= 1
        parts.append(128 | (distance & 127))
    return bytes(reversed(parts))
