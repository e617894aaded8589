"""One line as a heading (4.6 a, c, e, f): what its characters alone can say.

Limits: whether the line is isolated, and what a level or a bare number means in this document, is not known here; see
`scanning` and `resolution`.
"""

import re
from collections import Counter
from dataclasses import dataclass

from editor.markup.breaks import is_escaped
from editor.markup.characters import CLASS_OF, UNSPACED, WHITE, WHITE_SPACE
from editor.markup.heading_words import (
    ALONE,
    FIRST_WORDS_OF_HEADINGS,
    FOREIGN,
    FOREIGN_NUMBERED,
    FOREIGN_WORDED,
    HAN,
    LEVEL_OF_WORD,
    NUMBER_FIRST,
    NUMBER_WORDS,
    NUMBERED,
    UNNUMBERED,
)
from editor.markup.model import Level
from editor.markup.numbers import NUMBER, Style, read_number
from editor.markup.patterns import compile_later

LEADING_WRAPPERS = '*_/~-–—=+<[({"“|•:'
TRAILING_WRAPPERS = '*_/~-–—=+>])}"”|•'
SENTENCE_ENDS = (".", "!", "?", ",", ";", ":", "…", '"', "”")
"""What a heading without a separator does not end in: it would be prose."""

_PROSE_ENDS = tuple(end for end in SENTENCE_ENDS if end != ":")
"""What prose after a dash or comma ends in; a colon is not among them."""

LONGEST_CORE = 80
"""The most characters of a keyword heading's core."""

_LEADING = LEADING_WRAPPERS + WHITE_SPACE
_TRAILING = TRAILING_WRAPPERS + WHITE_SPACE
_LEADING_SET, _TRAILING_SET = frozenset(LEADING_WRAPPERS), frozenset(TRAILING_WRAPPERS)
_OPENER_OF = {")": "(", "]": "[", "}": "{", ">": "<", "”": "“"}
_PAIRED_WITH_ITSELF = frozenset('*_/~"|')

_ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")
_SEPARATOR = compile_later(rf"[{WHITE}]*([.:,\-–—：](?:[{WHITE}]*[.:,\-–—：])*)[{WHITE}]*")
_FIRST_TOKEN = re.compile(rf"[^{WHITE}.:,–—：0-9]+|[0-9]+")
_NUMBER = compile_later(NUMBER)
_NUMBERED_TITLE = compile_later(rf"({NUMBER})[{WHITE}]*(?:[.:)]|[-–—]+)[{WHITE}]*(?=[^{WHITE}])")
_FREE_SEPARATORS = frozenset(".:：")
_HAN_SENTENCE = tuple('。！？，、；：…”」』.!?,;:"')
_LIGHT_RUN = compile_later(r"[*~=+•◆★]{2,}")
_HEAVY_RUN = compile_later(r"[\-–—=~*+]{3,}")
_OPENING_MARKS = "\"“'‘‚„«»‹›*_/~([{<¿¡"


NumberStyle = tuple[Style, bool]
"""How a bare number is written, and whether a title follows it: each such style counts by itself."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword heading (4.6c): what it opens, and whether it says more than its keyword and number."""

    level: Level
    has_title: bool


@dataclass(frozen=True, slots=True)
class BareNumber:
    """A line that is a number, or a number and a title (4.6e), and may be a heading."""

    style: Style
    has_title: bool
    value: int

    @property
    def of_style(self) -> NumberStyle:
        """Return what it is counted with."""
        return self.style, self.has_title


def split_core(line: str) -> tuple[int, str]:
    """Return the column of a line's core and the core (4.6c).

    A trailing mark or bracket whose partner stands inside the core belongs to it: `Chapter 1: The *Boat*` keeps both.
    """
    left = line.lstrip(_LEADING)
    start = len(line) - len(left)
    end = len(left.rstrip(_TRAILING))
    if end < len(left) and end <= LONGEST_CORE:
        left = left[
            : LONGEST_CORE + 1
        ]  # a longer core is none; no need to look at a long tail again and again
        while end < len(left) and (length := _length_of_partner(left, end)):
            end += length
    return start, left[:end]


def _length_of_partner(text: str, end: int) -> int:
    """Return how many characters at `end` close something that is open in text[:end]: 0 if none."""
    character = text[end]
    opener = _OPENER_OF.get(character)
    if opener is not None:
        return int(text.count(opener, 0, end) > text.count(character, 0, end))
    if character not in _PAIRED_WITH_ITSELF:
        return 0
    longest = len(text) - end - len(text[end:].lstrip(character))
    opened = Counter(map(len, re.findall(rf"{re.escape(character)}+", text[:end])))
    return max((length for length, count in opened.items() if count % 2 and length <= longest), default=0)


def may_have_core(trimmed: str) -> bool:
    """Say whether a trimmed line can have a core short enough to be a heading: cheap, and mostly no in prose."""
    return len(trimmed) <= LONGEST_CORE or trimmed[0] in _LEADING_SET or trimmed[-1] in _TRAILING_SET


def is_keyword_line(trimmed: str) -> bool:
    """Say whether the core of a trimmed line is a keyword heading (4.6c)."""
    return may_have_core(trimmed) and parse_keyword(split_core(trimmed)[1]) is not None


def parse_atx(line: str) -> tuple[int, int, str] | None:
    """Return level, column and text of an ATX heading (4.6a), or None."""
    found = _ATX.match(line)
    if found is None:
        return None
    text = found[2].rstrip(WHITE_SPACE)
    unclosed = text.rstrip("#")
    if not unclosed or unclosed[-1] in WHITE_SPACE:
        text = unclosed.rstrip(WHITE_SPACE)
    title = text.lstrip(WHITE_SPACE)
    return (len(found[1]), found.start(2) + len(text) - len(title), title) if title else None


def parse_keyword(core: str) -> Keyword | None:
    """Return what keyword heading a core is, or None (4.6c)."""
    if not core or len(core) > LONGEST_CORE or not _may_be_keyword(core):
        return None
    if core[0] == "第":
        return _parse_han(core)
    if found := NUMBERED.match(core) or FOREIGN_NUMBERED.match(core) or NUMBER_FIRST.match(core):
        return _with_title(core, found.end(), LEVEL_OF_WORD[found["word"].lower().rstrip(".")])
    if (found := FOREIGN_WORDED.match(core)) and not core.endswith(SENTENCE_ENDS):
        # Words that only look like numbers ("Teil eines Ganzen") go on after a mere space; headings do not.
        is_over = found.end() == len(core) or _SEPARATOR.match(core, found.end())
        return _with_title(core, found.end(), LEVEL_OF_WORD[found["word"].lower()]) if is_over else None
    if found := ALONE.match(core):
        return _parse_unnumbered(core[found.end() :])
    return None


def _may_be_keyword(core: str) -> bool:
    """Say whether the expensive patterns are worth trying: nearly always no."""
    found = _FIRST_TOKEN.match(core)
    if found is None:
        return False
    word = found[0].lower()
    if word in FIRST_WORDS_OF_HEADINGS or core[0] == "第" or word.partition("-")[0] in UNNUMBERED:
        return True
    return not FOREIGN.isdisjoint([token.rstrip(".:,-–—") for token in core.lower().split(None, 3)[:3]])


def _with_title(core: str, end: int, level: Level) -> Keyword | None:
    """Judge what follows keyword and number: nothing, a separator and a title, or a space and a title."""
    rest = core[end:]
    if not rest:
        return Keyword(level, has_title=False)
    if separator := _SEPARATOR.match(rest):
        title = rest[separator.end() :]
        if _FREE_SEPARATORS.isdisjoint(separator[1]) and _is_prose_after_dash(title):
            return None
        return Keyword(level, has_title=bool(title))
    if rest[0] not in WHITE_SPACE:
        return None
    title = rest.strip(WHITE_SPACE)
    is_title = starts_like_title(title, allows_digit=True) and not title.endswith(SENTENCE_ENDS)
    return Keyword(level, has_title=True) if is_title else None


def _parse_unnumbered(rest: str) -> Keyword | None:
    """Judge what follows a word like "Prologue": nothing, a full stop, or a colon or dash and a title."""
    if not rest.rstrip(".:" + WHITE_SPACE):
        return Keyword(Level.CHAPTER, has_title=False)
    separator = _SEPARATOR.match(rest)
    if separator is None or not set(separator[1]) <= set(":：-–—"):
        return None
    title = rest[separator.end() :]
    if _FREE_SEPARATORS.isdisjoint(separator[1]) and _is_prose_after_dash(title):
        return None
    return Keyword(Level.CHAPTER, has_title=bool(title))


def _parse_han(core: str) -> Keyword | None:
    found = HAN.match(core)
    if found is None or len(core) > 40:
        return None
    rest = core[found.end() :]
    if rest and CLASS_OF[rest[0]] in "UW" and rest.endswith(_HAN_SENTENCE):
        return None
    level = Level.CHAPTER if found["chapter"] else Level.PART
    return Keyword(level, has_title=bool(rest.strip(".:,-–—：、．" + WHITE_SPACE)))


def _is_prose_after_dash(title: str) -> bool:
    bare = title.lstrip(_OPENING_MARKS + WHITE_SPACE)
    return bare[:1].islower() and title.endswith(_PROSE_ENDS)


def starts_like_title(title: str, *, allows_digit: bool) -> bool:
    """Say whether a title starts with a capital, opening quotes and marks aside, or in a script that has none."""
    first = title.lstrip(_OPENING_MARKS)[:1]
    if not first:
        return False
    return (
        first.isupper()
        or first.istitle()
        or CLASS_OF[first] == UNSPACED
        or (allows_digit and first.isdigit())
    )


def parse_bare_number(core: str) -> BareNumber | None:
    """Return what bare number a core is, alone or with a title (4.6e), or None."""
    if not core or len(core) > 60 or not _may_be_number(core):
        return None
    if found := _NUMBER.match(core):
        rest = core[found.end() :]
        style, value = read_number(found[0])
        if not rest or (rest == "." and style is not Style.WORD):
            return BareNumber(style, has_title=False, value=value)
    found = _NUMBERED_TITLE.match(core)
    if found is None or core.endswith(SENTENCE_ENDS):
        return None
    if not starts_like_title(core[found.end() :], allows_digit=False):
        return None
    style, value = read_number(found[1])
    return BareNumber(style, has_title=True, value=value)


def _may_be_number(core: str) -> bool:
    if core[0] in "0123456789ivxlcIVXLC":
        return True
    found = _FIRST_TOKEN.match(core)
    return found is not None and found[0].lower().partition("-")[0] in NUMBER_WORDS


def parse_label(trimmed: str) -> tuple[int, str] | None:
    """Return column and text of the label of a labelled break (4.6f) in a trimmed line, or None."""
    if len(trimmed) < 5 or trimmed[0] not in "*~=+•◆★-–—":
        return None
    first, last = trimmed.split(None, 1)[0], trimmed.rsplit(None, 1)[-1]
    if not _are_same_kind(first, last) or len(first) + len(last) + 2 >= len(trimmed):
        return None
    label = trimmed[len(first) : -len(last)].strip(WHITE_SPACE)
    if len(label) > 60 or not any(map(str.isalpha, label)):
        return None
    return trimmed.index(label, len(first)), label


def _are_same_kind(first: str, last: str) -> bool:
    return any(runs.fullmatch(first) and runs.fullmatch(last) for runs in (_LIGHT_RUN, _HEAVY_RUN))


def is_short_title(trimmed: str, ends: tuple[str, ...]) -> bool:
    """Say whether a trimmed line is at most 60 characters and ends in none of `ends`."""
    return len(trimmed) <= 60 and not trimmed.endswith(ends) and not is_escaped(trimmed)
