"""The journal entry of a save of several files: what was there, what is to be there, and by which names in between.

An entry is one hidden file in the manuscript folder, so that it travels with it; where nothing may be made in that folder it
is in our folder for copies. First line: the SHA-256 of the rest. Second line: JSON. Then the old texts of the files that are
written. While its name ends in `.save~` files are written and names are cleared; then it is renamed to `.placing~`.
Not for doing any of it: see `joint_steps`.
"""

import contextlib
import json
import os
import platform
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from editor.storage.disk import Disk
from editor.storage.files import hash_of
from editor.storage.replacing import LONGEST_NAME

_ENTRY = re.compile(
    r"\.dinkus-(?P<folder>[0-9a-f]{16}-)?(?P<process>\d+)-(?P<code>[0-9a-f]{8})\.(?P<stage>save|placing)~"
)
_LEFT_OVER = re.compile(r"\..*\.\d+\.(?P<process>\d+)-(?P<code>[0-9a-f]{8})\.new~", re.DOTALL)
_FIELDS = ("source", "target", "old", "new", "real", "temporary", "aside", "is_in_place")


@dataclass(frozen=True, slots=True)
class Part:
    """What a save does to one file. Paths are names in the folder, or absolute ones; "" where there is none.

    `source` and `target` are its names before and after ("": it is new, it is removed); `real` is where the bytes under
    `source` are; `old` and `new` the SHA-256 of its bytes. `temporary` has the new bytes, if they are other ones, and is gone
    when they are in place; `aside` is what it is called while names are exchanged, if its name changes.
    """

    source: str
    target: str
    old: str = ""
    new: str = ""
    real: str = ""
    temporary: str = ""
    aside: str = ""
    is_in_place: bool = False
    old_text: bytes = b""


@dataclass(frozen=True, slots=True)
class Entry:
    """A save of several files under way in `folder`; `path` is the entry itself."""

    folder: Path
    path: Path
    parts: tuple[Part, ...]
    host: str = ""

    @property
    def is_placing(self) -> bool:
        """Say whether all names are cleared, so that files may be given their new ones."""
        return self.path.name.endswith(".placing~")

    @property
    def code(self) -> str:
        """Return what the names of this save's own files have in common."""
        return self.path.name.removeprefix(".dinkus-").partition(".")[0]

    @property
    def process(self) -> int:
        """Return the number of the process that made the entry."""
        match = _ENTRY.fullmatch(self.path.name)
        return int(match["process"]) if match else 0

    def at(self, name: str) -> Path:
        """Return the path of what a part names."""
        return self.folder / name

    def as_placing(self) -> "Entry":
        """Return the entry by the name that says that all names are cleared."""
        return replace(self, path=self.path.with_name(self.path.name.removesuffix(".save~") + ".placing~"))


def new_code() -> str:
    """Return what is to tell the names of one save from those of all others."""
    return f"{os.getpid()}-{secrets.token_hex(4)}"


def hidden_name(name: str, code: str, kind: str) -> str:
    """Return a hidden name beside `name`; `kind` is `new`, `moving` or `removed`."""
    return f".{os.fsdecode(os.fsencode(name)[:LONGEST_NAME])}.{code}.{kind}~"


def entry_path(place: Path, folder: Path, code: str) -> Path:
    """Return where an entry of `folder` is, in the folder itself or in another place."""
    return place / f".dinkus-{'' if place == folder else _mark_of(folder)}{code}.save~"


def entry_paths(folder: Path, disk: Disk) -> list[Path]:
    """Return the entries of a folder, whole or not. Raise OSError if the folder cannot be listed."""
    found = [
        folder / name for name in disk.names_in(folder) if (m := _ENTRY.fullmatch(name)) and not m["folder"]
    ]
    with contextlib.suppress(OSError):
        found += [
            disk.copies / name
            for name in disk.names_in(disk.copies)
            if (m := _ENTRY.fullmatch(name)) and m["folder"] == _mark_of(folder)
        ]
    return found


def process_of_left_over(name: str) -> int | None:
    """Return the process that wrote a text that is not in place yet, by its name; None for other files."""
    match = _LEFT_OVER.fullmatch(name)
    return int(match["process"]) if match else None


def write_entry(entry: Entry, disk: Disk) -> None:
    """Write an entry, synced with its name. Raise OSError, with nothing left if that is possible."""
    table = {
        "host": platform.node(),
        "parts": [
            {**{name: getattr(part, name) for name in _FIELDS}, "size": len(part.old_text)}
            for part in entry.parts
        ],
    }
    body = json.dumps(table).encode() + b"\n" + b"".join(part.old_text for part in entry.parts)
    descriptor = disk.create(entry.path, 0o600)
    try:
        try:
            disk.write_all(descriptor, hash_of(body).encode() + b"\n" + body)
            disk.sync(descriptor)
        finally:
            disk.close(descriptor)
        disk.sync_folder(entry.path.parent)
    except OSError:
        with contextlib.suppress(OSError):
            remove_entry(entry.path, disk)
        raise


def remove_entry(path: Path, disk: Disk) -> None:
    """Remove an entry for good. Raise OSError if it may come back."""
    if disk.is_there(path):
        disk.unlink(path)
    disk.sync_folder(path.parent)


def read_entry(path: Path, folder: Path, disk: Disk) -> Entry | None:
    """Read an entry; None if it is not whole. Raise OSError."""
    data = disk.read_whole(path)
    checksum, _, body = data.partition(b"\n")
    if checksum != hash_of(body).encode():
        return None
    head, _, texts = body.partition(b"\n")
    try:
        table = json.loads(head)
        parts = _parts_of(table["parts"], texts)
        return Entry(folder, path, parts, table["host"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _parts_of(rows: Sequence[dict[str, object]], texts: bytes) -> tuple[Part, ...]:
    parts, at = [], 0
    for row in rows:
        size = row["size"]
        if not isinstance(size, int):
            raise TypeError("a size is a number")
        values: dict[str, object] = {name: row[name] for name in _FIELDS}
        if any(
            not isinstance(value, bool if name == "is_in_place" else str) for name, value in values.items()
        ):
            raise TypeError("a name is a text")
        parts.append(Part(**values, old_text=texts[at : at + size]))  # type: ignore[arg-type] # looked at above
        at += size
    return tuple(parts)


def _mark_of(folder: Path) -> str:
    return hash_of(os.fsencode(folder))[:16] + "-"
