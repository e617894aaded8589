"""The parts of a file or folder that is imported, read one by one and within bounds. Nothing is ever unpacked to the disk.

Sizes that a file states of itself are not believed: bytes are counted while they are read.
"""

import io
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from posixpath import join, normpath
from typing import Protocol
from urllib.parse import unquote

from editor.importing.refusal import (
    DAMAGED,
    MEMBER_LIMIT,
    MOST_PARTS,
    MOST_TIMES_SMALLER,
    PROTECTED,
    TOO_LARGE,
    TOTAL_LIMIT,
    Refusal,
)

_NOT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A pipe under the name of a file must not keep us waiting for a writer."""

_CHUNK = 64 * 1024
_RATIO_COUNTS_FROM = 1024 * 1024
_ENCRYPTED = 0x1
_ENTRY = b"PK\x01\x02"
_PLAIN_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class Parts(Protocol):
    """Named parts; names have "/" between folders."""

    @property
    def names(self) -> Sequence[str]:
        """All names, sorted."""

    def read(self, name: str) -> bytes:
        """Return a part; raise KeyError if there is none, Refusal if it passes the bounds."""


class PackedParts:
    """The members of a zip file."""

    def __init__(self, data: bytes) -> None:
        """Read the list of members; raise Refusal if there are too many, or the file is no zip file."""
        if data.count(_ENTRY) > 2 * MOST_PARTS:
            raise Refusal(TOO_LARGE)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, LookupError, OSError, NotImplementedError) as error:
            raise Refusal(DAMAGED) from error
        members = [member for member in self._zip.infolist() if not member.filename.endswith("/")]
        if len(members) > MOST_PARTS:
            raise Refusal(TOO_LARGE)
        self._members = {member.filename: member for member in members}
        self._left = TOTAL_LIMIT

    @property
    def names(self) -> Sequence[str]:
        return sorted(self._members)

    def read(self, name: str) -> bytes:
        """Return a member; raise KeyError, Refusal."""
        member = self._members[name]
        if member.flag_bits & _ENCRYPTED:
            raise Refusal(PROTECTED)
        if member.compress_type not in _PLAIN_METHODS:
            raise Refusal("is packed in a way that Dinkus does not read")
        limit = min(MEMBER_LIMIT, self._left)
        fair = max(_RATIO_COUNTS_FROM, member.compress_size * MOST_TIMES_SMALLER)
        parts = []
        size = 0
        for part in self._chunks(member):
            size += len(part)
            if size > limit or size > fair:
                raise Refusal(TOO_LARGE)
            parts.append(part)
        self._left -= size
        return b"".join(parts)

    def _chunks(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            with self._zip.open(member) as stream:
                while part := stream.read(_CHUNK):
                    yield part
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError) as error:
            raise Refusal(DAMAGED) from error


class FolderParts:
    """The files in a folder, those in folders within it too. Links are not followed: they may lead anywhere."""

    def __init__(self, folder: Path) -> None:
        """List the files; raise Refusal if there are too many."""
        self._folder = folder
        self._names = sorted(self._walk())
        self._left = TOTAL_LIMIT

    @property
    def names(self) -> Sequence[str]:
        return self._names

    def read(self, name: str) -> bytes:
        """Return a file; raise KeyError, Refusal."""
        if name not in self._names:
            raise KeyError(name)
        data = read_bounded(self._folder / name, min(MEMBER_LIMIT, self._left))
        self._left -= len(data)
        return data

    def _walk(self) -> Iterator[str]:
        seen = 0
        for folder, folders, files in os.walk(self._folder, followlinks=False):
            folders.sort()
            for name in files:
                seen += 1
                if seen > MOST_PARTS * 10:  # a project keeps snapshots and settings beside its text
                    raise Refusal(TOO_LARGE)
                path = Path(folder, name)
                if not path.is_symlink() and path.is_file():
                    yield path.relative_to(self._folder).as_posix()


def read_bounded(path: Path, limit: int = TOTAL_LIMIT) -> bytes:
    """Return the bytes of a file; raise Refusal if it has more than `limit` of them or is no file, OSError."""
    descriptor = os.open(path, os.O_RDONLY | _NOT_WAITING)
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Refusal("is no file that can be read")
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise Refusal(TOO_LARGE)
    return data


def resolve_part(folder: str, reference: str) -> str:
    """Return the name of the part that a reference in a page of that folder means; nothing outside the file has one."""
    return normpath(join(folder, unquote(reference.partition("#")[0])))
