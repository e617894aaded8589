"""Adding a style to some characters of a content, and taking it off: edits by offset, each tried before it is proposed.

Word processors' habits hold: what already has the style inside a selection melts into it, and a selection that cuts
through a span of another style is marked in pieces. What counts is what the grammar then reads, so marks that would be
read otherwise are not used.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress, pairwise

from editor.manuscript.own_marks import MarkPair
from editor.markup.characters import CLASS_OF, UNSPACED, WHITE_SPACE, WORD
from editor.markup.model import Span, SpanKind, Style
from editor.markup.spans import parse_spans

ContentEdit = tuple[int, int, str]
"""Start, end and replacement, in offsets of a content."""

_Range = tuple[int, int]
_STYLES = {
    SpanKind.EMPHASIS: {Style.EMPHASIS},
    SpanKind.STRONG: {Style.STRONG},
    SpanKind.STRONG_EMPHASIS: {Style.STRONG, Style.EMPHASIS},
}


def trim(content: str, start: int, end: int) -> _Range:
    """Return a range without white space at its ends, and with no mark or atom cut by them."""
    spans = parse_spans(content)
    while True:
        found = _trim_space(content, *_out_of_marks(spans, start, end))
        if found == (start, end):
            return found
        start, end = found


def _trim_space(content: str, start: int, end: int) -> _Range:
    chosen = content[start:end]
    start += len(chosen) - len(chosen.lstrip(WHITE_SPACE))
    return start, start + len(chosen.strip(WHITE_SPACE))


def _out_of_marks(spans: Sequence[Span], start: int, end: int) -> _Range:
    for span in spans:
        if span.kind not in _STYLES:
            if span.start < start < span.end:
                start = span.start
            if span.start < end < span.end:
                end = span.end
        elif start < end:
            start = _start_beside_marks(span, start, end)
            end = _end_beside_marks(span, start, end)
    return start, max(start, end)


def _start_beside_marks(span: Span, start: int, end: int) -> int:
    if span.inner_end <= start < span.end:
        return span.end
    if span.start <= start < span.inner_start:
        return span.start if end >= span.end else span.inner_start
    return start


def _end_beside_marks(span: Span, start: int, end: int) -> int:
    if span.start < end <= span.inner_start:
        return span.start
    if span.inner_end < end <= span.end:
        return span.end if start <= span.start else span.inner_end
    return end


def find_styled(content: str, start: int, end: int, style: Style) -> list[Span]:
    """Return the spans that give a range a style: the innermost one around it, or several that leave no word out."""
    styled = [span for span in parse_spans(content) if style in _STYLES.get(span.kind, ())]
    around = [span for span in styled if span.start <= start and end <= span.end]
    if around:
        return around[-1:]
    parts = [span for span in styled if span.start < end and start < span.end]
    left_out = bytearray(b"\1") * len(content)
    for span in parts:
        left_out[span.start : span.end] = bytes(span.end - span.start)
    words_left_out = any(
        CLASS_OF[character] in {WORD, UNSPACED}
        for character in compress(content[start:end], left_out[start:end])
    )
    return [] if words_left_out else parts


def remove_style(span: Span, style: Style) -> list[ContentEdit]:
    """Return the edits that take a style off a span: its marks, or of `***` those of the style."""
    width = span.inner_start - span.start
    if span.kind is SpanKind.STRONG_EMPHASIS:
        width = 1 if style is Style.EMPHASIS else 2
        return [(span.start, span.start + width, ""), (span.end - width, span.end, "")]
    return [(span.start, span.inner_start, ""), (span.inner_end, span.end, "")]


def add_style(
    content: str, start: int, end: int, style: Style, choices: Sequence[MarkPair]
) -> list[ContentEdit]:
    """Return the edits that give a trimmed range a style by the first marks that read as meant; none if none do."""
    spans = parse_spans(content)
    start, end = _grown_over(spans, start, end, style)
    removed = [
        edit
        for span in spans
        if style in _STYLES.get(span.kind, ()) and start <= span.start and span.end <= end
        for edit in remove_style(span, style)
    ]
    pieces = list(_pieces(content, spans, start, end))
    wanted = _read(content, spans).with_style(style, pieces)
    for opening, closing in choices:
        added = [edit for first, last in pieces for edit in ((first, first, opening), (last, last, closing))]
        edits = _tidy(content, [*removed, *added])
        changed = edited(content, edits)
        if _read(changed, parse_spans(changed)) == wanted:
            return edits
    return []


def edited(content: str, edits: Sequence[ContentEdit]) -> str:
    """Return a content after edits in ascending order."""
    for start, end, text in reversed(edits):
        content = content[:start] + text + content[end:]
    return content


def _grown_over(spans: Sequence[Span], start: int, end: int, style: Style) -> _Range:
    """Return the range grown over the spans of the style that its ends cut."""
    for span in spans:
        if style in _STYLES.get(span.kind, ()) and span.start < end and start < span.end:
            start, end = min(start, span.start), max(end, span.end)
    return start, end


def _pieces(content: str, spans: Sequence[Span], start: int, end: int) -> Iterator[_Range]:
    """Yield a range in pieces that cut no marked span."""
    cuts = {start, end}
    for span in spans:
        if span.kind in _STYLES and (
            span.start < start < span.end < end or start < span.start < end < span.end
        ):
            cuts.update(
                cut for cut in (span.start, span.inner_start, span.inner_end, span.end) if start < cut < end
            )
    places = sorted(cuts)
    for first, last in pairwise(places):
        piece = _trim_space(content, first, last)
        is_mark = any(piece in {(span.start, span.inner_start), (span.inner_end, span.end)} for span in spans)
        if piece[0] < piece[1] and not is_mark:
            yield piece


def _tidy(content: str, edits: Sequence[ContentEdit]) -> list[ContentEdit]:
    """Sort edits, make one of those that touch, and leave out what changes nothing."""
    result: list[ContentEdit] = []
    for start, end, text in sorted(edits, key=lambda edit: edit[:2]):
        if result and result[-1][1] == start:
            first, _, before = result.pop()
            result.append((first, end, before + text))
        else:
            result.append((start, end, text))
    return [(start, end, text) for start, end, text in result if content[start:end] != text]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a reader gets: the characters that are no marks, and for each style which of them have it (1) or not (0).

    `places` are their offsets in the content.
    """

    characters: str
    styles: dict[Style, bytes]
    places: tuple[int, ...] = field(compare=False)

    def with_style(self, style: Style, ranges: Sequence[_Range]) -> "_Reading":
        """Return the reading in which some ranges of the content have a style too."""
        flags = bytearray(self.styles[style])
        for index, place in enumerate(self.places):
            if any(start <= place < end for start, end in ranges):
                flags[index] = 1
        return _Reading(self.characters, {**self.styles, style: bytes(flags)}, self.places)


def _read(content: str, spans: Sequence[Span]) -> _Reading:
    is_visible = bytearray(b"\1") * len(content)
    styles = {style: bytearray(len(content)) for style in Style}
    for span in spans:
        for style in _STYLES.get(span.kind, ()):
            styles[style][span.inner_start : span.inner_end] = b"\1" * (span.inner_end - span.inner_start)
        for start, end in ((span.start, span.inner_start), (span.inner_end, span.end)):
            is_visible[start:end] = bytes(end - start)
    return _Reading(
        "".join(compress(content, is_visible)),
        {style: bytes(compress(flags, is_visible)) for style, flags in styles.items()},
        tuple(compress(range(len(content)), is_visible)),
    )
