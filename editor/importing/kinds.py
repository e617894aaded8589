"""Which files and folders are for the import and not for opening, told quickly and without reading them.

A Markdown file is plain text that our grammar reads, so it is opened. So is a web page: whoever writes one by hand wants its tags;
the window offers to import it. What a file really is, `registry` finds out.
"""

import os
from pathlib import Path

SUFFIXES = (
    "docx",
    "docm",
    "odt",
    "fodt",
    "rtf",
    "html",
    "htm",
    "xhtml",
    "md",
    "markdown",
    "epub",
    "scriv",
    "scrivx",
    "nwx",
    "yw7",
    "msk",
)
"""The ends of the names of what can be imported, for file dialogs."""

_FOREIGN = frozenset({".docx", ".docm", ".odt", ".fodt", ".epub", ".scrivx", ".nwx", ".yw7", ".msk", ".pdf"})
_UNSURE = frozenset({".doc", ".rtf"})  # some are plain text
_STARTS = (b"\xd0\xcf\x11\xe0", b"{\\rtf", b"PK\x03\x04")
_WEB = frozenset({".html", ".htm", ".xhtml", ".xht"})
_PROJECT_FILES = frozenset({"nwProject.nwx", "MANUSKRIPT"})
_MOST_NAMES = 10_000


def is_foreign(path: Path) -> bool:
    """Say whether a path is a file of another program, or the folder of its project; False for what is not there."""
    suffix = path.suffix.lower()
    try:
        if path.is_dir():
            return suffix in {".scriv", *_FOREIGN} or _is_project(path)
        if not path.is_file():
            return False
        if suffix in _UNSURE:
            with path.open("rb") as stream:
                return stream.read(8).startswith(_STARTS)
    except (OSError, ValueError):
        return False
    return suffix in _FOREIGN


def is_web_page(path: Path) -> bool:
    """Say whether a file is a web page by its name."""
    return path.suffix.lower() in _WEB


def _is_project(folder: Path) -> bool:
    names = set(os.listdir(folder)[:_MOST_NAMES])  # noqa: PTH208 - names are enough
    is_manuskript = {"infos.txt", "outline"} <= names
    return bool(names & _PROJECT_FILES) or is_manuskript or any(name.endswith(".scrivx") for name in names)
