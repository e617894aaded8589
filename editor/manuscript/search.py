"""Finding text: quotes, spaces and hyphens are found by what they are, not by which one was typed.

Limits: a match never spans lines; letters are compared by simple case folding, one character for one (`ß` is found as
`ß` and `ẞ`, not as `ss`), so that columns stay exact.
"""

import itertools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from editor.markup.lines import is_boundary

_ALIKE = ("'‘’‚‛ʼ＇", '"“”„‟＂', "-‐‑")
_SPACE = r"[^\S\n]"
_CLASS_OF = {char: f"[{re.escape(alike)}]" for alike in _ALIKE for char in alike}


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """A find: columns [start, end) of `line`, in code points."""

    line: int
    start: int
    end: int


def find_matches(
    lines: Sequence[str], query: str, *, matches_case: bool = False, whole_words: bool = False
) -> list[Match]:
    """Return all matches of `query` in `lines`, in order, without overlaps; none for an empty query.

    The boundaries between files are not searched. Straight and curly quotes are alike, so are all kinds of spaces, hyphens, and composed and decomposed accents.
    """
    if not query or "\n" in query:
        return []
    pattern = re.compile(_pattern(query, whole_words=whole_words), 0 if matches_case else re.IGNORECASE)
    starts = list(itertools.accumulate([len(line) + 1 for line in lines], initial=0))
    matches = []
    number = 0
    for found in pattern.finditer("\n".join(lines)):
        first, end = found.span()
        if starts[number + 1] <= first:
            number = bisect_right(starts, first, number) - 1
        if is_boundary(lines[number]):
            continue
        matches.append(Match(number, first - starts[number], end - starts[number]))
    return matches


def _pattern(query: str, *, whole_words: bool) -> str:
    query = unicodedata.normalize("NFC", query)
    pattern = "".join(_pattern_of(char) for char in query)
    if whole_words and _is_word(query[0]):
        pattern = rf"(?<!\w){pattern}"
    if whole_words and _is_word(query[-1]):
        pattern = rf"{pattern}(?!\w)"
    return pattern


def _pattern_of(char: str) -> str:
    if char in _CLASS_OF:
        return _CLASS_OF[char]
    if char.isspace():
        return _SPACE
    decomposed = unicodedata.normalize("NFD", char)
    if decomposed != char:
        return f"(?:{re.escape(char)}|{re.escape(decomposed)})"
    return re.escape(char)


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"
