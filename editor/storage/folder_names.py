"""What the name of a file in a manuscript folder says: its place in the order, and what is not a chapter."""

import re
import unicodedata
from pathlib import Path

CUTS_NAME = "cuts.txt"
SETTINGS_NAME = "manuscript.toml"
TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".mail", ".eml"})

_NUMBER = re.compile(r"(\d+)")
_BACKUP = re.compile(
    r".*~|#.*#|~\$.*|.*\.(?:bak|orig|old|swp|swo|swn|tmp|temp|part|backup)", re.IGNORECASE | re.DOTALL
)
# The name of the original is what is left when the mark is taken out.
_CONFLICT_MARKS = (
    re.compile(r" \([^()]*\bconflicted copy\b[^()]*\)", re.IGNORECASE),  # Dropbox, Nextcloud
    re.compile(r" \(case conflict(?: \d+)?\)", re.IGNORECASE),  # Dropbox
    re.compile(r"\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?"),  # Syncthing
    re.compile(r"_conflict-\d{8}-\d{6}"),  # ownCloud, older Nextcloud
)


def natural_key(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """Return a key that sorts "2" before "10" and "b" beside "B"; names that differ have keys that differ."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    parts = [
        (0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _NUMBER.split(folded) if part
    ]
    return parts, name


def name_key(name: str) -> str:
    """Return what two names share that are one name on a disk that does not tell capitals apart."""
    return unicodedata.normalize("NFC", name).casefold()


def is_hidden_or_backup(name: str) -> bool:
    """Say whether a file is no text of the book by its name: hidden, ours for a moment, a backup, an editor's copy."""
    return name.startswith(".") or _BACKUP.fullmatch(name) is not None


def is_cuts(name: str) -> bool:
    """Say whether a file is the one that scenes taken out of the book rest in."""
    return name.casefold() == CUTS_NAME


def is_text(name: str) -> bool:
    """Say whether a file is a text by its suffix."""
    return Path(name).suffix.casefold() in TEXT_SUFFIXES


def original_name(name: str) -> str | None:
    """Return the name of the file that a sync client's conflict copy was made from; None for any other file."""
    for mark in _CONFLICT_MARKS:
        if match := mark.search(name):
            return name[: match.start()] + name[match.end() :]
    return None


def is_series(names: list[str]) -> bool:
    """Say whether most of the names (nine of ten) are one word or phrase with a number: `scene 001`, `scene 002`, ..."""
    shapes: dict[str, int] = {}
    for name in names:
        found = _NUMBER.search(name)
        if found:
            shape = name[: found.start()].casefold()
            shapes[shape] = shapes.get(shape, 0) + 1
    return max(shapes.values(), default=0) >= 0.9 * len(names)
