"""The marks with which this file writes emphasis and strong, learnt from the file."""

from collections import Counter
from typing import NamedTuple

from editor.markup.model import SpanKind, Style
from editor.markup.spans import parse_spans
from editor.markup.text import MarkedText

_SAMPLE_BLOCKS = 300  # on each side; reading a whole book for one key would be felt


class MarkPair(NamedTuple):
    """What stands before and after marked text."""

    opening: str
    closing: str


_KNOWN = {
    Style.EMPHASIS: (MarkPair("*", "*"), MarkPair("_", "_"), MarkPair("/", "/"), MarkPair("<i>", "</i>")),
    Style.STRONG: (MarkPair("**", "**"), MarkPair("__", "__"), MarkPair("<b>", "</b>")),
}
_KIND = {Style.EMPHASIS: SpanKind.EMPHASIS, Style.STRONG: SpanKind.STRONG}


def mark_choices(text: MarkedText, line: int, style: Style) -> list[MarkPair]:
    """Return the marks for a style, those used most around `line` first, then as the specification names them.

    The pair of tags comes last unless the file uses it: it is the one that works inside a word.
    """
    middle = text.block_from(line)
    used: Counter[str] = Counter()
    for block in text.blocks[max(0, middle - _SAMPLE_BLOCKS) : middle + _SAMPLE_BLOCKS]:
        for span in parse_spans(block.content):
            if span.kind is _KIND[style]:
                used[block.content[span.start : span.inner_start].lower()] += 1
    known = _KNOWN[style]
    own = [MarkPair(opening, opening.replace("<", "</")) for opening, _ in used.most_common()]
    return sorted({*own, *known}, key=lambda pair: (-used[pair.opening], _rank(known, pair)))


def _rank(known: tuple[MarkPair, ...], pair: MarkPair) -> int:
    return known.index(pair) if pair in known else len(known)
