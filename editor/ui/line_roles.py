"""What each line of a block looks like: which roles of the theme its characters play.

Pure functions from a block and its source lines; the grammar has already decided what everything means. Limits: a
paragraph of more than `LONGEST_STYLED` characters is shown without its spans, so that typing in it stays quick.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from editor.app.themes import Role
from editor.markup.doubts import find_doubtful_marks
from editor.markup.model import Block, Kind, Level, SpanKind
from editor.markup.spans import parse_spans

LONGEST_STYLED = 50_000
"""Characters of a paragraph up to which its spans are shown."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters `start` to `end` of a line, in code points, play `roles`, the outermost first."""

    start: int
    end: int
    roles: tuple[Role, ...]


_BASE: dict[Kind, tuple[Role, ...]] = {
    Kind.PARAGRAPH: (),
    Kind.VERSE: (Role.VERSE,),
    Kind.QUOTE: (Role.QUOTE,),
    Kind.NOTE: (Role.NOTE,),
    Kind.END_MATTER: (Role.END_MATTER,),
    Kind.BREAK: (Role.BREAK,),
    Kind.HEADER: (Role.HEADER,),
    Kind.COMMENT: (Role.COMMENT,),
    Kind.BOILERPLATE: (Role.BOILERPLATE,),
    Kind.CONTENTS: (Role.CONTENTS,),
}
_HEADINGS = {
    Level.TITLE: (Role.TITLE,),
    Level.PART: (Role.PART,),
    Level.CHAPTER: (Role.CHAPTER,),
    Level.SCENE: (Role.SCENE,),
}
_WITH_SPANS = frozenset({Kind.PARAGRAPH, Kind.VERSE, Kind.QUOTE, Kind.NOTE, Kind.END_MATTER, Kind.HEADING})
_ENCLOSED: dict[SpanKind, tuple[Role, ...]] = {
    SpanKind.EMPHASIS: (Role.EMPHASIS,),
    SpanKind.STRONG: (Role.STRONG,),
    SpanKind.STRONG_EMPHASIS: (Role.STRONG, Role.EMPHASIS),
    SpanKind.COMMENT: (),
    SpanKind.ESCAPE: (),
    SpanKind.URL: (Role.LINK,),
    SpanKind.LINE_BREAK: (),
}


def base_roles(block: Block) -> tuple[Role, ...]:
    """Return the roles that all of `block` plays."""
    if block.kind is Kind.HEADING:
        return _HEADINGS[Level.CHAPTER if block.level is None else block.level]
    if block.kind is Kind.COMMENT and block.facts:
        return (Role.FACT,)
    return _BASE.get(block.kind, ())  # a file boundary is painted by the page


@lru_cache(maxsize=2048)
def line_runs(block: Block, lines: tuple[str, ...]) -> tuple[tuple[Run, ...], ...]:
    """Return the runs of each of the source `lines` that `block` covers; plain prose has none."""
    base = base_roles(block)
    if block.kind is Kind.HEADER:
        return tuple(_header_runs(block, line) for line in lines)
    if block.kind in _WITH_SPANS and len(block.content) <= LONGEST_STYLED:
        return _content_runs(block, lines, base)
    return tuple((Run(0, len(line), base),) if line and base else () for line in lines)


def _header_runs(block: Block, line: str) -> tuple[Run, ...]:
    """Set the key of a header line back from its value."""
    for key, _ in block.fields:
        start = line.casefold().find(key.casefold()) if key else -1
        if 0 <= start <= 3 and (colon := line.find(":", start + len(key))) >= 0:
            return (Run(0, colon + 1, (Role.HEADER_KEY,)), Run(colon + 1, len(line), (Role.HEADER,)))
    return (Run(0, len(line), (Role.HEADER,)),) if line else ()


def _content_runs(
    block: Block, lines: tuple[str, ...], base: tuple[Role, ...]
) -> tuple[tuple[Run, ...], ...]:
    contents = block.content.split("\n")
    starts = list(accumulate((len(text) + 1 for text in contents), initial=0))
    runs: list[list[Run]] = [[] for _ in lines]
    bare = set(range(len(lines)))
    for run in _flatten(list(_intervals(block.content)), starts, base):
        index = bisect_right(starts, run.start) - 1
        line, column = block.columns[index]
        end = min(run.end - starts[index], len(contents[index]))
        if run.start - starts[index] < end:
            runs[line].append(Run(run.start - starts[index] + column, end + column, run.roles))
    for (line, column), text in zip(block.columns, contents, strict=False):
        bare.discard(line)
        if base:
            _add_wrappers(runs[line], lines[line], column, column + len(text), base)
    for line in bare if base else ():
        runs[line] = [Run(0, len(lines[line]), (*base, Role.MARK))] if lines[line] else []
    return tuple(map(tuple, runs))


def _add_wrappers(runs: list[Run], line: str, start: int, end: int, base: tuple[Role, ...]) -> None:
    """Fade what stands in `line` around its content, as the `>` of a quote or the slashes of a heading."""
    roles = (*base, Role.MARK)
    if line[:start].strip():
        runs.insert(0, Run(0, start, roles))
    if line[end:].strip():
        runs.append(Run(end, len(line), roles))


def _intervals(content: str) -> Iterator[Run]:
    """Yield what each span does to the content, parents before the spans in them."""
    for span in parse_spans(content):
        if span.kind in (SpanKind.COMMENT, SpanKind.LINE_BREAK):
            role = Role.COMMENT if span.kind is SpanKind.COMMENT else Role.MARK
            yield Run(span.start, span.end, (role,))
            continue
        yield Run(span.start, span.inner_start, (Role.MARK,))
        yield Run(span.inner_start, span.inner_end, _ENCLOSED[span.kind])
        yield Run(span.inner_end, span.end, (Role.MARK,))
    for start, end in find_doubtful_marks(content):
        yield Run(start, end, (Role.UNCLOSED,))


def _flatten(intervals: Sequence[Run], line_starts: Sequence[int], base: tuple[Role, ...]) -> Iterator[Run]:
    """Yield runs that neither overlap nor cross a line, from `intervals` that nest."""
    opening: dict[int, list[Run]] = {}
    for interval in intervals:
        if interval.roles and interval.start < interval.end:
            opening.setdefault(interval.start, []).append(interval)
    edges = sorted(opening.keys() | {run.end for group in opening.values() for run in group} | {*line_starts})
    active: list[Run] = []
    for start, end in pairwise(edges):
        active = [run for run in active if run.end > start] + opening.get(start, [])
        roles = base + tuple(role for run in active for role in run.roles)
        if roles:
            yield Run(start, end, roles)
