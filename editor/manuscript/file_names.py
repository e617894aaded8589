"""The names of chapter files: how one is written on a boundary line, and which a writer may choose."""

import re
from collections.abc import Collection

from editor.errors import InputError
from editor.markup.lines import CUTS_LABEL

TEXT_SUFFIXES = (".txt", ".text", ".md", ".markdown", ".mail", ".eml")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0\ufdd1\ufeff]")
_FORBIDDEN = re.compile(
    r'[<>:"/\\|?*\x00-\x1f\x7f]'
)  # what some file system the book may come to does not take
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_LONGEST = 200  # bytes


def label_of(name: str, taken: Collection[str] = ()) -> str:
    """Return what stands on the boundary of a file called `name`: the name, made safe for one line, and not yet `taken`."""
    label = _UNPRINTABLE.sub("\ufffd", name) or "\ufffd"
    number = 2
    unique = label
    while unique in taken:
        unique = f"{label} ({number})"
        number += 1
    return unique


def checked_name(name: str) -> str:
    """Return the file name that a writer means, with `.txt` if it has no ending of a text file.

    Raises InputError, which says why, for a name that not every system takes or that would not be a chapter file.
    """
    name = name.strip()
    if not name:
        raise InputError("A file needs a name.")
    if found := _FORBIDDEN.search(name):
        character = found[0] if found[0].isprintable() else "a control character"
        raise InputError(f"A file name cannot hold {character}.")
    if not name.lower().endswith(TEXT_SUFFIXES):
        name += ".txt"
    if name.startswith((".", "~", "#")) or name.endswith("~"):
        raise InputError(f"“{name}” would be taken for a hidden file or a backup. Choose another name.")
    if _RESERVED.fullmatch(name):
        raise InputError(f"“{name}” is reserved on Windows. Choose another name.")
    if len(name.encode("utf-8", "surrogatepass")) > _LONGEST:
        raise InputError("This name is too long for a file.")
    if name.casefold() == CUTS_LABEL:
        raise InputError(f"{CUTS_LABEL} is the name of the file with what was cut. Choose another name.")
    return name


def suggested_name(title: str, taken: Collection[str]) -> str:
    """Return a free file name made from a title, for a file that is split off or new."""
    stem = _FORBIDDEN.sub(" ", _UNPRINTABLE.sub(" ", title))
    stem = " ".join(stem.split()).strip(" .~#")[:60].strip(" .") or "Chapter"
    if _RESERVED.fullmatch(stem):  # whatever follows the first full stop
        stem = " ".join(stem.replace(".", " ", 1).split())
    used = {name.casefold() for name in taken} | {CUTS_LABEL}
    name, number = f"{stem}.txt", 2
    while name.casefold() in used or _RESERVED.fullmatch(name):
        name, number = f"{stem} {number}.txt", number + 1
    return name
