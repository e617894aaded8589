"""Notes to the reader (4.8), end matter (4.9) and the markers of boilerplate (4.1): what their characters say.

Limits: what some of them are depends on the text around them; see `resolution`.
"""

import enum
import re
from collections.abc import Sequence

from editor.markup.characters import WHITE, WHITE_IN_LINE, WHITE_SPACE
from editor.markup.headings import LEADING_WRAPPERS, TRAILING_WRAPPERS
from editor.markup.numbers import NUMBER
from editor.markup.patterns import compile_later


class NoteClaim(enum.Enum):
    """How sure a paragraph is to be a note to the reader."""

    NONE = enum.auto()
    BEFORE_TEXT = enum.auto()  # only before the first text of its chapter
    ANYWHERE = enum.auto()


_NOTE = re.compile(
    rf"[\[({{*_/{WHITE_IN_LINE}]*+(?:(?P<anywhere>"
    rf"(?i:A/N)(?![^\W_])|A\.[ ]?N\.|AN[{WHITE}]?:|(?i:author(?:['’]?s['’]?)[{WHITE}]+notes?)(?![^\W_])(?=[*_/{WHITE_IN_LINE}]*(?:[:\-–—.)\]}}]|\Z))"
    rf"|(?i:T/N)(?![^\W_])|(?i:TL)[{WHITE}]+(?i:notes?)(?![^\W_])|(?i:translator['’]s[{WHITE}]+notes?)(?![^\W_])"
    rf"|(?i:B/N|E/N)[{WHITE}]?:|(?i:editor['’]s[{WHITE}]+notes?)(?![^\W_])|(?i:disclaimer)[*_/{WHITE}]*:)"
    rf"|(?i:summary|ratings?|(?:trigger[{WHITE}]+|content[{WHITE}]+)?warnings?|spoilers?|notes?|pairings?|fandom|archive"
    rf"|feedback|distribution)[*_/{WHITE}]*:)"
)

_END_WRAPPERS = "#()（）" + WHITE_SPACE
_LEADING = LEADING_WRAPPERS + _END_WRAPPERS
_TRAILING = TRAILING_WRAPPERS + _END_WRAPPERS + ".!…"
_LONGEST_END = 160
_END_WORDS = frozenset(
    {
        *(
            "the end",
            "end",
            "fin",
            "finis",
            "fine",
            "ende",
            "koniec",
            "конец",
            "owari",
            "完",
            "终",
            "終",
            "全文完",
        ),
        *("tbc", "t.b.c", "the end?", "未完待续", "つづく", "続く", "продолжение следует", "à suivre"),
        *("continuará", "fortsetzung folgt"),
    }
)
_END_PHRASE = compile_later(
    rf"(?:the[ ])?end(?:[ ]of)?(?:[ ]this)?[ ](?:chapter|part|book|story|prologue|epilogue|volume|act)(?:[ ](?i:{NUMBER}))?"
    rf"|to[ ]be[ ](?:continued|concluded)(?:[^\w].{{0,50}})?"
    rf"|(?:continued|concluded)[ ]in[ ].{{1,60}}"
)
_THIRTY = compile_later(r"[-–—] ?30 ?[-–—]")
_END_FIRST = frozenset({word[0] for word in _END_WORDS} | set("tecTECFfOoKkКкПпÀà"))
_END_STARTS = _END_FIRST | frozenset(_LEADING) | {"3"}
_WHITE_RUN = compile_later(rf"[{WHITE}]+")

_START_MARKER = compile_later(r"\*\*\*[ \t]*START OF TH(?:E|IS) PROJECT GUTENBERG", re.IGNORECASE)
_END_MARKER = compile_later(r"\*\*\*[ \t]*END OF TH(?:E|IS) PROJECT GUTENBERG", re.IGNORECASE)
_END_LINE = compile_later(r"End of (?:the )?Project Gutenberg", re.IGNORECASE)


def note_claim(content: str) -> NoteClaim:
    """Say whether a paragraph starts like a note to the reader (4.8)."""
    found = _NOTE.match(content)
    if found is None:
        return NoteClaim.NONE
    return NoteClaim.ANYWHERE if found["anywhere"] else NoteClaim.BEFORE_TEXT


def is_end_mark(trimmed: str) -> bool:
    """Say whether a trimmed line reads like the end of a text (4.9)."""
    if not trimmed or trimmed[0] not in _END_STARTS:
        return False
    bare = trimmed.lstrip(_LEADING)
    if not bare or (len(trimmed) > _LONGEST_END and trimmed[-1].isalpha()):
        return False
    if bare[0] not in _END_FIRST:
        return bare[0] == "3" and _THIRTY.fullmatch(trimmed.strip("*_/~ \t")) is not None
    bare = bare.rstrip(_TRAILING)
    if len(bare) > _LONGEST_END:
        return False
    bare = _WHITE_RUN.sub(" ", bare.lower())
    return bare in _END_WORDS or _END_PHRASE.fullmatch(bare) is not None


def find_body(lines: Sequence[str]) -> tuple[int, int]:
    """Return the first line after boilerplate and the first line of the boilerplate behind it (4.1)."""
    start, stop = 0, len(lines)
    everything = "".join(lines)
    if "GUTENBERG" not in everything and "Gutenberg" not in everything:
        return start, stop
    marked = [number for number, line in enumerate(lines) if "GUTENBERG" in line or "Gutenberg" in line]
    for number in marked:
        if _START_MARKER.match(lines[number].strip(WHITE_SPACE)):
            start = number + 1
            break
    for number in marked:
        if number >= start and _END_MARKER.match(lines[number].strip(WHITE_SPACE)):
            stop = number
            break
    if stop < len(lines):
        above = [number for number in marked if max(start, stop - 30) <= number < stop]
        stop = next((number for number in above if _END_LINE.match(lines[number].strip(WHITE_SPACE))), stop)
    return start, stop


def is_marker(line: str) -> bool:
    """Say whether boilerplate may start or end at a line."""
    return ("GUTENBERG" in line or "Gutenberg" in line) and (
        _START_MARKER.match(line.strip(WHITE_SPACE)) is not None
        or _END_MARKER.match(line.strip(WHITE_SPACE)) is not None
        or _END_LINE.match(line.strip(WHITE_SPACE)) is not None
    )
