"""Where words may be divided at the end of a line, by the patterns of their language (those of LibreOffice and TeX, from pyphen).

Left whole are names (words with a capital first, but for German, where every noun has one), words all in capitals, addresses
of the net, words with digits, and the parts of words that have a hyphen already. Limits: a place where dividing would change the
spelling is not used; a language without patterns is not hyphenated, and none is where pyphen is missing.
"""

import re
from collections.abc import Callable
from functools import cache

_LEAST_BEFORE, _LEAST_AFTER = 2, 3
"""Letters that stay on the line and that go to the next, at least; one more or less looks torn off."""

_SHORTEST = _LEAST_BEFORE + _LEAST_AFTER
_WITH_CAPITAL_NOUNS = frozenset({"de", "lb"})
_OWN_NAMES = {"no": "nb", "iw": "he"}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ADDRESS = re.compile(r"[\d_@/\\\u0300-\u036f-]|[^\W\d_]\.[^\W\d_]")

Divide = Callable[[str], tuple[int, ...]]
"""A function of the letters between two spaces: the places, in code points, where a hyphen may be put."""


@cache
def find_hyphenation(language: str) -> Divide | None:
    """Return how words of a language (a BCP 47 tag) are divided, None if nothing is known of it."""
    try:
        from pyphen import Pyphen, language_fallback
    except ImportError:  # a program put together without its patterns still makes books
        return None

    first, *rest = language.split("-")
    name = language_fallback("_".join([_OWN_NAMES.get(first.lower(), first.lower()), *rest]))
    if name is None:
        return None
    patterns = Pyphen(lang=name, left=_LEAST_BEFORE, right=_LEAST_AFTER, cache=False)
    return _divider(patterns.positions, are_names_whole=first.lower() not in _WITH_CAPITAL_NOUNS)


def _divider(positions: Callable[[str], list[int]], *, are_names_whole: bool) -> Divide:
    def divide(chunk: str) -> tuple[int, ...]:
        if len(chunk) < _SHORTEST or _ADDRESS.search(chunk):
            return ()
        places: list[int] = []
        for found in _WORD.finditer(chunk):
            word, start = found[0], found.start()
            if len(word) < _SHORTEST or word.isupper() or (are_names_whole and word[0].isupper()):
                continue
            places += [start + place for place in positions(word) if _is_good(word, place)]
        return tuple(places)

    return divide


def _is_good(word: str, place: int) -> bool:
    """Return whether a word may be divided there: in its spelling, and not beside or behind an apostrophe."""
    changes_spelling = getattr(place, "data", None) is not None
    return not changes_spelling and not {"'", "’"} & set(word[max(0, place - 2) :])
