"""Filling lines: breaking a paragraph into lines of a given width, and knowing how wide a text is.

A width is counted in the columns of a terminal or of a typewriter face: East Asian wide characters take two, combining
marks none. Lines are broken at spaces only, and between two wide characters; what is longer than the line stays whole.
"""

import re
import unicodedata
from functools import lru_cache

from editor.markup.patterns import compile_later

_CAREFUL = compile_later(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0900-\u109f\u1100-\u11ff\u1780-\u17ff"
    "\u1ab0-\u1aff\u200b-\u200f\u2060\u20d0-\u20ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff"
    "\ufe00-\ufe0f\ufe20-\ufe6f\ufeff\uff00-\uffef\U0001f000-\U0001faff\U00020000-\U0003ffff]"
)
"""Characters of which some are not one column wide; a text without any is filled by one regular expression."""

_LATIN = compile_later("[\x00-\u02ff\u2010-\u2027]*\\Z")
"""What most texts are made of: none of the characters above, and quickly seen."""

_NO_START = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】〙〗ぁぃぅぇぉっゃゅょァィゥェォッャュョ…‥"
)
_NO_END = frozenset("‘“（〔［｛〈《「『【〘〖")


def measure(text: str) -> int:
    """Return the number of columns that `text` takes."""
    return len(text) if _has_even_columns(text) else sum(map(_columns, text))


def _has_even_columns(text: str) -> bool:
    return text.isascii() or _LATIN.match(text) is not None or _CAREFUL.search(text) is None


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def centre(text: str, width: int) -> str:
    """Return `text` with spaces before it that put it in the middle of `width` columns."""
    return " " * ((width - measure(text)) // 2) + text


def fill(text: str, width: int, indent: int = 0) -> list[str]:
    """Return the lines of `text` (one line), none wider than `width` where that can be, no spaces around them.

    The first line is `indent` columns shorter (longer, if that is negative): the caller puts something before it. A
    width of 0 breaks nothing.
    """
    text = text.strip(" ")
    if width <= 0 or len(text) * 2 + indent <= width:
        return [text]
    if _has_even_columns(text):
        return _fill_plain(text, width, indent)
    return _fill_pieces(_pieces(text), width, indent)


@lru_cache(maxsize=64)
def _line(width: int) -> re.Pattern[str]:
    return re.compile(rf"(.{{1,{width}}}|[^ ]+)(?: +|$)", re.DOTALL)


def _fill_plain(text: str, width: int, indent: int) -> list[str]:
    first = _line(max(1, width - indent)).match(text)
    if first is None:
        return [text]
    return [first[1].rstrip(" "), *(line.rstrip(" ") for line in _line(width).findall(text, first.end()))]


def _fill_pieces(pieces: list[tuple[str, str]], width: int, indent: int) -> list[str]:
    lines: list[str] = []
    line, gap, column = "", "", indent
    for piece, space in pieces:
        columns = measure(piece)
        if line and column + len(gap) + columns > width:
            lines.append(line)
            line, gap, column = "", "", 0
        line += gap + piece
        column += len(gap) + columns
        gap = space
    return [*lines, line]


def _pieces(text: str) -> list[tuple[str, str]]:
    """Return the pieces that a line break may stand between, each with the space after it."""
    pieces: list[tuple[str, str]] = []
    for word in filter(None, text.split(" ")):
        start = 0
        for place in range(1, len(word)):
            if _may_break(word[place - 1], word[place]):
                pieces.append((word[start:place], ""))
                start = place
        pieces.append((word[start:], " "))
    return pieces


def _may_break(before: str, after: str) -> bool:
    return (
        _columns(before) == 2
        and _columns(after) == 2
        and after not in _NO_START
        and before not in _NO_END
        and not ("가" <= before <= "힣" and "가" <= after <= "힣")  # Korean breaks at its spaces
    )
