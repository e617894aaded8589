"""Which reader a file is for, and the one way from a file to lines of our text. Runs in this process: see `worker` for files
that nobody vouches for.

What a file is, its first bytes say; its name decides only where they cannot (Markdown).
"""

import importlib
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from editor.importing.draft import Draft
from editor.importing.refusal import DAMAGED, NOT_KNOWN, PROTECTED, TOO_DEEP, TOO_LARGE, Refusal
from editor.importing.sources import FolderParts, PackedParts, Parts, read_bounded
from editor.importing.writing import write_lines

FORMATS = {
    "docx": "Word",
    "odt": "LibreOffice",
    "fodt": "LibreOffice, flat",
    "rtf": "Rich text",
    "html": "Web page",
    "markdown": "Markdown",
    "epub": "EPUB",
    "scrivener": "Scrivener 3",
    "novelwriter": "novelWriter",
    "ywriter": "yWriter 7",
    "manuskript": "Manuskript",
}
"""Formats by the name of their reader's module."""

_HEAD = 4096
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKDOWN = frozenset({".md", ".markdown", ".mkd", ".mdown"})
_WEB = frozenset({".html", ".htm", ".xhtml", ".xht"})
_PROJECT_FILES = frozenset({".scrivx", ".nwx"})


@dataclass(frozen=True, slots=True)
class Imported:
    """What came: lines of our text, what was left out or changed (a sentence each), and the name of the format."""

    lines: tuple[str, ...]
    left_out: tuple[str, ...]
    format: str

    @property
    def data(self) -> bytes:
        """The text as the bytes of a file, in UTF-8."""
        return "\n".join([*self.lines, ""]).encode("utf-8", "replace")


def import_path(path: Path) -> Imported:
    """Read a file, or the folder of a project. Raise Refusal, OSError."""
    try:
        if path.suffix.lower() in _PROJECT_FILES and path.parent.is_dir():
            path = path.parent
        if path.is_dir():
            return import_parts(FolderParts(path))
        data = read_bounded(path)
        project = path.with_suffix("")
        if path.suffix.lower() == ".msk" and not data.startswith(b"PK") and project.is_dir():
            return import_parts(FolderParts(project), "manuskript")
        return import_bytes(data, path.name)
    except MemoryError as error:
        raise Refusal(TOO_LARGE) from error


def import_bytes(data: bytes, name: str) -> Imported:
    """Read a file that is not a folder; raise Refusal."""
    if data.startswith(b"PK"):
        return import_parts(PackedParts(data))
    kind = _kind_of(data, name)
    return _finish(kind, lambda: cast("Draft", _reader(kind)(data)))


def import_parts(parts: Parts, kind: str = "") -> Imported:
    """Read a file or folder of several parts; raise Refusal."""
    known = kind or _kind_of_parts(parts)
    return _finish(known, lambda: cast("Draft", _reader(known)(parts)))


def _reader(kind: str) -> Callable[[object], object]:
    return cast(
        "Callable[[object], object]", importlib.import_module(f"editor.importing.readers.{kind}").read
    )


def _finish(kind: str, read: Callable[[], Draft]) -> Imported:
    """Read and write. What a damaged file makes a reader stumble over is no fault of the program."""
    try:
        draft = read()
        lines = write_lines(draft)
    except (LookupError, ValueError, ArithmeticError, EOFError, zlib.error) as error:
        raise Refusal(DAMAGED) from error
    except RecursionError as error:
        raise Refusal(TOO_DEEP) from error
    if not any(lines):
        raise Refusal("holds no text")
    left_out = tuple(loss.tell(count) for loss, count in sorted(draft.losses.items(), key=_by_name))
    return Imported(tuple(lines), left_out, FORMATS[kind])


def _by_name(item: tuple[object, int]) -> str:
    return str(item[0])


def _kind_of(data: bytes, name: str) -> str:
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    suffix = Path(name).suffix.lower()
    for start, kind in ((rb"{\rtf", "rtf"), (b"<!doctype html", "html"), (b"<html", "html")):
        if head.startswith(start):
            return kind
    if b"<ywriter7" in head:
        return "ywriter"
    if b"<office:document" in head:
        return "fodt"
    if suffix in _WEB or (b"<html" in head and b"\x00" not in head):
        return "html"
    if suffix in _MARKDOWN and b"\x00" not in head:
        return "markdown"
    raise Refusal(_why_not(data, suffix))


def _why_not(data: bytes, suffix: str) -> str:
    if data.startswith(_OLD_OFFICE):
        return "is protected by a password, or a Word file of the old kind (.doc); save it as .docx, without a password"
    if data.startswith(b"%PDF"):
        return "is a PDF, which holds a picture of the pages and not the text; export it in another form"
    if not data:
        return "is empty"
    if suffix == ".txt":
        return "is plain text already; open it, there is nothing to import"
    return NOT_KNOWN


def _kind_of_parts(parts: Parts) -> str:
    names = set(parts.names)
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return "docx"
    if any(name.endswith(".scrivx") for name in names):
        return "scrivener"
    if "nwProject.nwx" in names:
        return "novelwriter"
    if "MANUSKRIPT" in names or ("infos.txt" in names and any(name.startswith("outline/") for name in names)):
        return "manuskript"
    if "META-INF/container.xml" in names:
        return "epub"
    if "content.xml" in names:
        return "odt"
    if "EncryptedPackage" in names:
        raise Refusal(PROTECTED)
    raise Refusal(NOT_KNOWN)
