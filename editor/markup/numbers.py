"""The numbers of headings (4.6c): digits, roman numerals, English number words.

Limits: numbers of other languages are recognised in `heading_words`, without their value.
"""

import enum
import re

from editor.markup.patterns import compile_later

_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_UNIT_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_TEEN_ORDINALS = [
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_TEN_ORDINALS = [
    "twentieth",
    "thirtieth",
    "fortieth",
    "fiftieth",
    "sixtieth",
    "seventieth",
    "eightieth",
    "ninetieth",
]

_WORD_VALUES = {
    **{word: value for words in (_UNITS, _UNIT_ORDINALS) for value, word in enumerate(words, 1)},
    **{word: value for words in (_TEENS, _TEEN_ORDINALS) for value, word in enumerate(words, 10)},
    **{word: 10 * value for words in (_TENS, _TEN_ORDINALS) for value, word in enumerate(words, 2)},
}
FIRST_WORDS = frozenset(_WORD_VALUES)
"""The words an English number can begin with, in lower case."""

_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN_LOWER = "(?=[clxvi])c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
ROMAN = f"(?:{_ROMAN_LOWER}|{_ROMAN_LOWER.upper()})"
"""A roman numeral up to 399 in one case."""

_units = "|".join([*_UNITS, *_UNIT_ORDINALS])
_words = "|".join([*_TEENS, *_TEEN_ORDINALS, *_TEN_ORDINALS, *_UNITS, *_UNIT_ORDINALS])
NUMBER = (
    rf"(?:(?i:the[ \t]+)?(?:[0-9]{{1,4}}|{ROMAN}|"
    rf"(?i:(?:{'|'.join(_TENS)})(?:(?:[ \t]+|[ \t]*-[ \t]*)(?:{_units})(?!\w))?|{_words}))(?!\w))"
)
"""A number: digits, a roman numeral or an English word, with nothing of a word after it."""

_THE = compile_later(r"the[ \t]+", re.IGNORECASE)
_NOT_LETTERS = compile_later(r"[^a-z]+")


class Style(enum.StrEnum):
    """How a number is written."""

    DIGITS = "digits"
    ROMAN_CAPITALS = "roman capitals"
    ROMAN_SMALL = "roman small"
    WORD = "word"


def read_number(text: str) -> tuple[Style, int]:
    """Return style and value of a text that `NUMBER` matched."""
    text = _THE.sub("", text, count=1)
    if text[0].isdigit():
        return Style.DIGITS, int(text)
    parts = _NOT_LETTERS.split(text.lower())
    if all(part in _WORD_VALUES for part in parts):
        return Style.WORD, sum(_WORD_VALUES[part] for part in parts)
    style = Style.ROMAN_CAPITALS if text.isupper() else Style.ROMAN_SMALL
    return style, _roman_value(text.lower())


def _roman_value(letters: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in letters]
    return sum(
        -value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True)
    )
