"""Scene breaks (4.5): which lines are one wherever they stand, and which only when they stand alone.

Limits: whether a line is isolated is for `scanning` to say.
"""

import re

from editor.markup.characters import WHITE, WHITE_SPACE
from editor.markup.patterns import compile_later

_CORE = (
    "*#~=+-–—―_•·∙◦●○◆◇■□▪▫★☆✦✧✩✪"
    + "".join(map(chr, range(0x2736, 0x2740)))  # ✶ to ✿
    + "❀❁"
    + "".join(map(chr, range(0x2744, 0x274C)))  # ❄ to ❋
    + "※⁂⁎⁑❦❧☙❖§¶†‡♥♡♦♢♣♤♠♧♪♫∞≈⸻━─═"
)
_FILL = "<>^/\\|:.',()[]{}!oOxX0@%&$…"
_DASHES = "-–—―⸻"
_CORE_SET = frozenset(_CORE)
_LETTERS = frozenset("oOxX0")
BREAK_STARTS = frozenset(_CORE + _FILL)
"""What the first character of a break can be."""


_ONLY_BREAK_CHARACTERS = re.compile(rf"[{re.escape(_CORE + _FILL)}{WHITE}]*")
_SPACES = re.compile(rf"[{WHITE}]+")
_RULE_TAG = compile_later(r"<hr *(?:/ *)?>|\[hr\]", re.IGNORECASE)
_WORDS = compile_later(
    rf"[<\[({{{re.escape(_CORE)}{WHITE}]++"
    rf"(?:(?:scene|section|line|page)[- ]*(?:break|change|divider)|break)"
    rf"[>\])}}{re.escape(_CORE)}{WHITE}]++",
    re.IGNORECASE,
)
_LONGEST_WORDS = 200

_ALONE = frozenset("*#~•●◆◇■□★☆✦✧※⁂❦❧☙❖§∞♥")
_PAIR = compile_later(rf"[{re.escape(''.join(sorted(_CORE_SET - set(_DASHES) - {'_'})))}]{{2}}")
_DOTS = compile_later(rf"\.(?:[{WHITE}]+\.){{2,}}|\.{{6,}}|…(?:[{WHITE}]+…){{2,}}")
_RUNS = compile_later(r"[<>]{3,}|[/\\]{3,}|\|{3,}|:{3,}|[@$&]{3,}|[<>^]{4,}|['^]{5,}")
_ROUNDS = compile_later(r"(?=0*[oO])[oO0]{3,}")
_CROSSES = compile_later(r"[xX]{3,}")
_WORD_OF_ROUNDS = compile_later(r"Oo+")
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")


def is_escaped(trimmed: str) -> bool:
    """Say whether a trimmed line begins with an escape and so is never structural (4.11)."""
    return trimmed[0] == "\\" and _ESCAPE.match(trimmed) is not None


def is_strong_break(line: str) -> bool:
    """Say whether a line is a break that needs no blank lines around it."""
    trimmed = line.strip(WHITE_SPACE)
    if not trimmed or trimmed[0] not in BREAK_STARTS or trimmed.startswith("[["):
        return False
    if _ONLY_BREAK_CHARACTERS.fullmatch(trimmed):
        return not is_escaped(trimmed) and _is_strong_pattern(_SPACES.sub("", trimmed))
    return len(trimmed) <= _LONGEST_WORDS and (
        _RULE_TAG.fullmatch(trimmed) is not None or _is_word_break(trimmed)
    )


def is_weak_break(line: str) -> bool:
    """Say whether a line is a break if it is isolated."""
    trimmed = line.strip(WHITE_SPACE)
    if not trimmed or trimmed[0] not in BREAK_STARTS or not _ONLY_BREAK_CHARACTERS.fullmatch(trimmed):
        return False
    if is_escaped(trimmed) or trimmed.startswith("[["):
        return False
    close = _SPACES.sub("", trimmed)
    return (
        (len(close) == 1 and close in _ALONE)
        or trimmed == "--"
        or _PAIR.fullmatch(close) is not None
        or _is_weak_mixture(close)
        or _DOTS.fullmatch(trimmed) is not None
        or _RUNS.fullmatch(close) is not None
        or _is_letter_break(trimmed, close)
    )


def _is_word_break(trimmed: str) -> bool:
    """Say whether it is "scene break" or the like in brackets or ornaments; blanks alone are neither."""
    return (
        trimmed[0] != "\\"
        and trimmed[-1] in BREAK_STARTS
        and not trimmed[-1].isalnum()
        and _WORDS.fullmatch(trimmed) is not None
    )


def _is_strong_pattern(close: str) -> bool:
    """Judge the characters of a line, white space taken out."""
    core = sum(map(_CORE_SET.__contains__, close))
    if core == len(close):
        return core >= 3 and ("_" not in close or not close.strip("_"))
    return core >= 2 and len(close) >= 5 and "_" not in close


def _is_weak_mixture(close: str) -> bool:
    core = sum(map(_CORE_SET.__contains__, close))
    if core == len(close) or "_" in close:
        return False
    if 3 <= len(close) <= 4:
        return core >= 2
    return len(close) >= 5 and core == 1 and _LETTERS.isdisjoint(close)


def _is_letter_break(trimmed: str, close: str) -> bool:
    if _ROUNDS.fullmatch(close):
        return _WORD_OF_ROUNDS.fullmatch(trimmed) is None
    return _CROSSES.fullmatch(close) is not None and trimmed != "XXX"
