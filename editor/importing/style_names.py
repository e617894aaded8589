"""What the name of a paragraph's style says of it, in the languages that word processors write their names in.

Names are in lower case. The styles that a program brings are mostly named in English, whatever the writer sees.
"""

import re

_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|rubrik|overskrift|kop|nagłówek|nadpis|заголовок|見出し|标题)\s*(\d)?(?!\w)"
)
_RANKS = (
    (re.compile(r"part (?:title|heading|name|number)|teilüberschrift"), 1),
    (
        re.compile(
            r"chapter(?: (?:title|heading|name|number))?|kapitel(?:überschrift|titel)?|chapitre|capítulo|capitolo"
        ),
        2,
    ),
    (re.compile(r"scene (?:title|heading|name)|szenenüberschrift"), 3),
)
_QUOTES = ("quot", "block text", "zitat", "citation", "citazione", "citazion", "cita ", "цитата", "citaat")
_TITLES = frozenset({"title", "titel", "book title", "buchtitel"})
_RULES = ("horizontal line", "horizontale linie", "scene break", "scene separator", "szenentrenner")


def depth_of(name: str) -> int:
    """Return the depth of the heading that a style of this name is for, from 1; 0 if for none."""
    if found := _HEADING.fullmatch(name):
        return int(found[1] or 1)
    return next((depth for pattern, depth in _RANKS if pattern.fullmatch(name)), 0)


def is_quote(name: str) -> bool:
    """Say whether the style is for quotations."""
    return any(word in name for word in _QUOTES)


def is_title(name: str) -> bool:
    """Say whether the style is for the title of the work."""
    return name in _TITLES


def is_contents(name: str) -> bool:
    """Say whether the style is for a line of a table of contents."""
    return name.startswith(("toc ", "contents ", "verzeichnis "))


def is_rule(name: str) -> bool:
    """Say whether an empty paragraph of the style is a line across the page."""
    return name.startswith(_RULES)
