"""The character classes that the rules of spans, joins and counts are written in (0.1).

A class is one letter, so that tables can be keyed by pairs of them. `CLASS_OF["x"]` is the way in: it works each
character out once and remembers it.
"""

import unicodedata

WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
)
"""Every character for which Unicode `White_Space` holds (WS). `str.strip()` alone would also take U+001C to U+001F."""

WHITE = r"\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""WS for use inside the brackets of a regular expression."""

WHITE_IN_LINE = WHITE.replace(r"\t-\r", r"\t\v\f\r")
"""The same without the line feed that joins the lines of a content."""

SPACE = " "  # WS
UNSPACED = "U"  # of a script written without spaces between words, or emphasised inside a run
WORD = "W"  # any other letter, mark or number
SYMBOL = "S"  # Sm, Sc, Sk
OTHER = "P"  # everything else: punctuation, the underscore, pictures, controls

_UNSPACED_RANGES = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1100, 0x11FF),
    (0x1780, 0x17FF),
    (0x2E80, 0x2FDF),
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3031, 0x3035),
    (0x3040, 0x30FF),
    (0x3100, 0x318F),
    (0x31A0, 0x31BF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x20000, 0x323AF),
)


def _class_of(character: str) -> str:
    if character in WHITE_SPACE:
        return SPACE
    category = unicodedata.category(character)
    if category[0] in "LNM":
        code = ord(character)
        return UNSPACED if any(low <= code <= high for low, high in _UNSPACED_RANGES) else WORD
    return SYMBOL if category in {"Sm", "Sc", "Sk"} else OTHER


class _Classes(dict[str, str]):
    """Class by character, each worked out when it is first asked for."""

    def __missing__(self, character: str) -> str:
        self[character] = found = _class_of(character)
        return found


CLASS_OF = _Classes()
"""The class of a character: one of SPACE, UNSPACED, WORD, SYMBOL, OTHER."""


def is_cjk_punctuation(character: str) -> bool:
    """Say whether this is a full-width or ideographic punctuation mark (reflowing, 3)."""
    return (
        "\u3001" <= character <= "\u303f"
        or "\ufe30" <= character <= "\ufe4f"
        or "\uff01" <= character <= "\uff65"
    ) and CLASS_OF[character] in {OTHER, SYMBOL}
