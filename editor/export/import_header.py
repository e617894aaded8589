"""The story header in the lines that the import of Archive of Our Own looks for.

The import takes the first line of a page that has a name of its own and a colon, and all up to the end of that line. So the
title comes first (its name ends the name of the chapter's title too), short fields before long ones, which may hold such names
themselves, and nothing is written that is empty: the import would take the next line for it. Limits: what the import does not know
is left out and told; the names are those of its source, in English.
"""

from collections.abc import Iterable

CHAPTER_TITLE = "Chapter Title"

_ALIASES = {
    "Title": (),
    "Fandom": ("fandom", "fandoms"),
    "Rating": ("rating", "rated"),
    "Warning": ("warning", "warnings", "archive warning", "archive warnings"),
    "Relationship": ("relationship", "relationships", "pairing", "pairings", "ship", "ships"),
    "Character": ("character", "characters"),
    "Tag": ("tag", "tags", "additional tag", "additional tags", "keywords", "genre", "genres"),
    "Date": ("date", "posted", "posted on", "published"),
    "Summary": ("summary", "description"),
    "Note": ("note", "notes", "author's note", "author's notes", "a/n"),
}
_LONG = frozenset({"Summary", "Note"})
_TOLD_ELSEWHERE = frozenset({"title", "language", "author", "authors", "by"})

Fields = tuple[tuple[str, str], ...]


def import_fields(header: Iterable[tuple[str, str]], title: str) -> Fields:
    """Return the lines of the import for the fields of a story header: names of the import with their values."""
    found: dict[str, list[str]] = {name: [] for name in _ALIASES}
    found["Title"] = [title]
    for key, value in header:
        name = _name_of(key)
        if name is not None:
            found[name].append(value.strip())
    joined = (
        (name, (" " if name in _LONG else ", ").join(filter(None, values))) for name, values in found.items()
    )
    return tuple((name, value) for name, value in joined if value)


def not_imported(header: Iterable[tuple[str, str]]) -> list[str]:
    """Return the names of the fields of a story header for which the import has no place."""
    return [key for key, _ in header if key and key.lower() not in _TOLD_ELSEWHERE and _name_of(key) is None]


def _name_of(key: str) -> str | None:
    plain = " ".join(key.lower().replace("’", "'").split())
    return next((name for name, aliases in _ALIASES.items() if plain in aliases), None)
