"""Marks that a writer surely meant and the grammar does not take: emphasis not closed in its paragraph, spaced stars (6.5).

Limits: says where they are, for the window to underline; it changes nothing and guesses no more than the two cases.
"""

import re

from editor.markup.characters import WHITE
from editor.markup.model import SpanKind
from editor.markup.spans import parse_spans

_OPENING = re.compile(rf"[\"'“‘„«(\[]*(\*{{1,3}}|_{{1,2}})(?![*_{WHITE}])(?=.)", re.DOTALL)
_SPACED = re.compile(r"(\*\*?|__?)[ \t](?=[^*_]*[^\W_])[^*_]*[ \t](\1)(?![*_])")
_MARKED = {SpanKind.EMPHASIS, SpanKind.STRONG, SpanKind.STRONG_EMPHASIS}


def find_doubtful_marks(content: str) -> tuple[tuple[int, int], ...]:
    """Return start and end of the marks of a paragraph's content that have no partner but were meant to have one.

    These are an opening mark at its very start (quotes and brackets aside) and the two of `* spaced *` there.
    """
    if spaced := _SPACED.match(content):
        return spaced.span(1), spaced.span(2)
    opening = _OPENING.match(content)
    if opening is None:
        return ()
    start, end = opening.span(1)
    is_marked = any(span.start <= start < span.end and span.kind in _MARKED for span in parse_spans(content))
    return () if is_marked else ((start, end),)
