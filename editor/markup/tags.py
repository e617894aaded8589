"""HTML pairs (6.5): which of the tags that writers for web archives type are marks."""

from collections.abc import Callable, Sequence

from editor.markup.atoms import Tag
from editor.markup.model import Span, SpanKind

Pair = tuple[Tag, Tag]

_KIND_OF_TAG = {
    "i": SpanKind.EMPHASIS,
    "em": SpanKind.EMPHASIS,
    "b": SpanKind.STRONG,
    "strong": SpanKind.STRONG,
}


def pair_tags(tags: Sequence[Tag], has_word: Callable[[int, int], bool]) -> list[Pair]:
    """Return the pairs of tags that nest properly and have a word between them, in the order of their open tags."""
    partner = _partners(tags)
    pairs: list[Pair] = []
    inside: list[int] = []
    crossed: set[int] = set()
    for index, tag in enumerate(tags):
        if index not in partner:
            continue
        if not tag.is_close:
            inside.append(index)
        elif partner[index] not in crossed:
            while inside[-1] != partner[index]:
                crossed.update((inside.pop(), partner[index]))
            inside.pop()
            if partner[index] not in crossed:
                pairs.append((tags[partner[index]], tag))
    pairs.sort(key=lambda pair: pair[0].start)
    return [(opening, closing) for opening, closing in pairs if has_word(opening.end, closing.start)]


def _partners(tags: Sequence[Tag]) -> dict[int, int]:
    """Match each close tag with the last open tag of its name; return both directions."""
    open_tags: dict[str, list[int]] = {}
    partner: dict[int, int] = {}
    for index, tag in enumerate(tags):
        waiting = open_tags.setdefault(tag.name, [])
        if not tag.is_close:
            waiting.append(index)
        elif waiting:
            opening = waiting.pop()
            partner[opening], partner[index] = index, opening
    return partner


def drop_crossing(pairs: Sequence[Pair], marked: Sequence[Span]) -> list[Pair]:
    """Return the pairs that do not overlap the ends of any marked span."""
    items: list[tuple[int, int, Pair | None]] = [(span.start, -span.end, None) for span in marked]
    items += [(pair[0].start, -pair[1].end, pair) for pair in pairs]
    items.sort(key=lambda item: item[:2])
    kept: list[Pair] = []
    around: list[tuple[int, Pair | None]] = []
    dropped: set[int] = set()
    for start, negative_end, pair in items:
        while around and around[-1][0] <= start:
            around.pop()
        crosses = False
        while around and around[-1][0] < -negative_end:
            outer = around[-1][1]
            if outer is None:
                crosses = True
                break
            dropped.add(outer[0].start)
            around.pop()
        if not crosses:
            around.append((-negative_end, pair))
            if pair is not None:
                kept.append(pair)
    return [pair for pair in kept if pair[0].start not in dropped]


def span_of(pair: Pair) -> Span:
    """Return the span that a pair marks."""
    opening, closing = pair
    return Span(_KIND_OF_TAG[opening.name], opening.start, closing.end, opening.end, closing.start)
