"""What a line break inside a block of text means in this text (section 3, detection)."""

import math
from collections.abc import Sequence
from operator import and_

from editor.markup.breaks import is_strong_break
from editor.markup.characters import WHITE_SPACE
from editor.markup.header import parse_header
from editor.markup.headings import parse_atx
from editor.markup.matter import find_body
from editor.markup.model import WrapMode
from editor.markup.paragraphs import is_full_join, is_quote_line

_FEWEST_JOINS = 3


def detect_mode(lines: Sequence[str]) -> WrapMode:
    """Return the wrap mode of a text."""
    if _count_joins(lines) < _FEWEST_JOINS:
        return WrapMode.BLOCKS
    start, stop = find_body(lines)
    header = parse_header(lines, start, stop)
    return _mode_of(lines[header.end :] if header.end > header.first else lines)


def _count_joins(lines: Sequence[str]) -> int:
    """Return how many lines stand right below another one, empty ones aside: never fewer than the joins of the text."""
    filled = list(map(bool, lines))
    return sum(map(and_, filled, filled[1:]))


def _mode_of(lines: Sequence[str]) -> WrapMode:
    lengths: list[int] = []
    joins: list[tuple[str, str]] = []
    gaps = 0
    above = ""  # the line above, if it is a text line
    after_gap = False  # nothing but blank lines since the last text line
    for line in lines:
        trimmed = line.strip(WHITE_SPACE)
        if not trimmed:
            after_gap = after_gap or bool(above)
            above = ""
        elif _is_text(line, trimmed):
            lengths.append(len(line.rstrip(WHITE_SPACE)))
            if above:
                joins.append((above, line))
            gaps += after_gap
            above, after_gap = line, False
        else:
            above, after_gap = "", False
    return _decide(lengths, joins, gaps)


def _is_text(line: str, trimmed: str) -> bool:
    if trimmed[0].isalpha() and trimmed[0] not in "oOxX":
        return True
    return not (is_strong_break(trimmed) or is_quote_line(line) or parse_atx(line))


def _decide(lengths: list[int], joins: list[tuple[str, str]], gaps: int) -> WrapMode:
    if len(joins) < _FEWEST_JOINS:
        return WrapMode.BLOCKS
    width = sorted(lengths)[math.ceil(0.95 * len(lengths)) - 1]
    indented = sum(below[0] in WHITE_SPACE for _, below in joins)
    if 40 <= width <= 100:
        full = sum(is_full_join(above, below, width) for above, below in joins)
        if 2 * full >= len(joins):
            return WrapMode.INDENTED if indented > gaps else WrapMode.WRAPPED
    if len(joins) > gaps and (width > 100 or 2 * indented >= len(joins)):
        return WrapMode.LINES
    return WrapMode.BLOCKS
