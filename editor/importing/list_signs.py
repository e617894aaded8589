"""What stands before an item of a list or a numbered heading, which most formats keep apart from the words.

A dash stays the dash it is, because speech that begins with one is often kept as a list; any other sign becomes a bullet.
Numbers are counted as the other program would show them.
"""

import re
from collections.abc import Sequence

from editor.importing.draft import Run

BULLET = "•"
_DASHES = frozenset("-‐‑‒–—―")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_ONES = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve", "Thirteen",
         "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen")  # fmt: skip
_TENS = ("", "", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety")
_WRITTEN = re.compile(r"\s*(\S{1,8})[ \n]*\u00a0[\u00a0\s]*")
_LARGEST = 3999
_LETTERS = 26
_WORDS_END = 100
_TYPES = {
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
"""The numbers that HTML and OpenDocument name by their first one, by Word's names for them."""


def tidy_sign(sign: str) -> str:
    """Return a sign as plain text shows it: numbers and words as they are, a dash as it is, "•" for all others."""
    sign = " ".join(sign.split())
    if len(sign) == 1 and sign not in _DASHES and not sign.isdigit():
        return BULLET
    return sign


def is_dash(sign: str) -> bool:
    """Say whether a sign is a dash, with which speech begins."""
    return sign in _DASHES


def number_text(number: int, kind: str) -> str:
    """Return a number in one of Word's kinds, or one of HTML's (a, A, i, I); in digits if the kind is none of them."""
    kind = _TYPES.get(kind, kind)
    if not 0 < number <= _LARGEST:
        return str(number)
    if kind in {"lowerRoman", "upperRoman"}:
        roman = _roman(number)
        return roman if kind == "lowerRoman" else roman.upper()
    if kind in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (number - 1) % _LETTERS) * ((number - 1) // _LETTERS + 1)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind == "cardinalText" and number < _WORDS_END:
        return _word(number)
    return str(number)


def with_sign(runs: Sequence[Run], sign: str, *, is_heading: bool = False) -> list[Run]:
    """Return the runs of a paragraph with a tidy sign before them."""
    if not sign:
        return list(runs)
    text = "".join(run.text for run in runs).strip()
    if not text:
        return [Run(sign)]
    is_named = is_heading and re.search(r"[^\W\d_].*\w\Z", sign)
    return [Run(f"{sign}: " if is_named else f"{sign} "), *runs]


def split_sign(runs: Sequence[Run]) -> tuple[str, list[Run]]:
    """Return the sign that stands before an item as characters, as Word writes it into web pages, and the runs after it."""
    found = _WRITTEN.match("".join(run.text for run in runs))
    if found is None:
        return "", list(runs)
    left, rest = found.end(), []
    for run in runs:
        rest.append(run._replace(text=run.text[left:]))
        left = max(0, left - len(run.text))
    return tidy_sign(found[1]), rest


def _roman(number: int) -> str:
    letters = []
    for value, letter in _ROMAN:
        count, number = divmod(number, value)
        letters.append(letter * count)
    return "".join(letters)


def _word(number: int) -> str:
    if number < len(_ONES):
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens]}-{_ONES[ones].lower()}" if ones else _TENS[tens]
