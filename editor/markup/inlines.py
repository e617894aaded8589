"""A block's content as its reader sees it: marks, comments and escapes resolved, lines joined or broken (3, 4.11, 6).

What a line break becomes depends on the characters the reader sees on its two sides, so marks and comments at the end
of a line do not matter. A line of which a comment leaves nothing leaves no line.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from editor.markup.characters import CLASS_OF, SPACE, UNSPACED, WHITE, WHITE_SPACE, is_cjk_punctuation
from editor.markup.model import Block, Close, Inline, Kind, LineBreak, Open, Span, SpanKind, Style, Text
from editor.markup.patterns import compile_later
from editor.markup.spans import parse_spans

_DASHES = "-–—"
_ENDS_A_CORE = frozenset(".:-–—")
_NEEDS_A_LOOK = compile_later(rf"\n(?<=[{_DASHES}{WHITE}\u0e00-\u10ff\u1100-\u17ff\u2e80-\U0010ffff]\n)")
_SPACES = re.compile(r"[ \t]{2,}|\t")
_STYLES = {
    SpanKind.EMPHASIS: (Style.EMPHASIS,),
    SpanKind.STRONG: (Style.STRONG,),
    SpanKind.STRONG_EMPHASIS: (Style.STRONG, Style.EMPHASIS),
}

_Piece = Inline | str
"""An inline, or characters that may still be trimmed and are not yet gathered into one `Text`."""

_Join = Callable[[Iterator[str], str], _Piece]
"""What a line break becomes between the characters before it, last first, and the one after it ("": a break tag)."""


def resolve_inlines(block: Block) -> tuple[Inline, ...]:
    """Return what the reader sees of a block."""
    spans = parse_spans(block.content)
    if block.kind is Kind.HEADING and "\n" in block.content:
        return _resolve(block.content, spans, _join_heading)
    return resolve_content(block.content, spans, block.reflows)


def resolve_content(content: str, spans: Sequence[Span], reflows: bool) -> tuple[Inline, ...]:
    """Return what the reader sees of a content whose spans are known; `reflows` as in `Block`."""
    if not spans and "\n" not in content:
        text = _collapse(content.strip(WHITE_SPACE))
        return (Text(text),) if text else ()
    if not spans and reflows and joins_with_spaces(content):
        lines = [line.strip(WHITE_SPACE) for line in content.split("\n")]
        text = _collapse(" ".join(filter(None, lines)))
        return (Text(text),) if text else ()
    return _resolve(content, spans, _reflow if reflows else _keep_break)


def plain_text(block: Block) -> str:
    """Return a block's text without any marks, hard line breaks as "\\n"."""
    return text_of(resolve_inlines(block))


def text_of(inlines: Sequence[Inline]) -> str:
    """Return the characters of some inlines, line breaks as "\\n"."""
    if len(inlines) == 1 and isinstance(inlines[0], Text):
        return inlines[0].text
    return "".join(
        inline.text if isinstance(inline, Text) else "\n" if isinstance(inline, LineBreak) else ""
        for inline in inlines
    )


def _collapse(text: str) -> str:
    return _SPACES.sub(" ", text) if "  " in text or "\t" in text else text


def joins_with_spaces(content: str) -> bool:
    """Say whether reflowing a content without spans surely means a space for each line break (3)."""
    return "\n" not in content or not _NEEDS_A_LOOK.search(content)


def _resolve(content: str, spans: Sequence[Span], join: "_Join") -> tuple[Inline, ...]:
    lines = _Lines(join)
    position = 0
    around: list[Span] = []
    for span in spans:
        while around and around[-1].end <= span.start:
            position = _close(content, position, around.pop(), lines)
        if position < span.start:
            lines.add_text(content[position : span.start])
        position = span.end
        if styles := _STYLES.get(span.kind):
            lines.pieces += map(Open, styles)
            position = span.inner_start
            around.append(span)
        elif span.kind is SpanKind.LINE_BREAK:
            lines.add_break(is_line_end=content[span.end - 1] == "\n")
        elif span.kind is not SpanKind.COMMENT:
            lines.add_literal(content[span.inner_start : span.inner_end])
    while around:
        position = _close(content, position, around.pop(), lines)
    lines.add_text(content[position:])
    return lines.finish()


def _close(content: str, position: int, span: Span, lines: "_Lines") -> int:
    lines.add_text(content[position : span.inner_end])
    lines.pieces += map(Close, reversed(_STYLES[span.kind]))
    return span.end


class _Lines:
    """Gathers pieces as they come and settles the white space between them.

    A gap is where a line has ended; what it becomes is settled, by `join`, when the next visible character is known.
    """

    def __init__(self, join: _Join) -> None:
        self._join = join
        self.pieces: list[_Piece] = []
        self._gap: int | None = None
        self._gap_is_hard = False
        self._is_line_empty = True
        self._ends_in_space = False

    def add_text(self, text: str) -> None:
        """Add characters as they stand in the source, line breaks included."""
        first, *others = text.split("\n") if "\n" in text else (text,)
        self._add_line(first)
        for line in others:
            if not self._is_line_empty:
                self._end_line(is_hard=False)
            self._add_line(line)

    def add_literal(self, text: str) -> None:
        """Add characters that typography must leave alone; no white space is among them."""
        self._settle_gap(text[0])
        self.pieces.append(Text(text, is_literal=True))
        self._is_line_empty = self._ends_in_space = False

    def add_break(self, is_line_end: bool) -> None:
        """Add a hard break: a tag inside a line, or a backslash at the end of one."""
        self._settle_gap("")
        if is_line_end:
            self._end_line(is_hard=True)
        else:
            self.pieces.append(LineBreak())
            self._is_line_empty = self._ends_in_space = False

    def finish(self) -> tuple[Inline, ...]:
        """Return the inlines, trimmed at the end, characters gathered into as few texts as there can be."""
        self._trim_end()
        return tuple(_gather(self.pieces))

    def _add_line(self, line: str) -> None:
        if self._is_line_empty:
            line = line.lstrip(WHITE_SPACE)
        line = _collapse(line)
        if self._ends_in_space and line.startswith(" "):
            line = line[1:]
        if line:
            self._settle_gap(line[0])
            self.pieces.append(line)
            self._is_line_empty = False
            self._ends_in_space = line.endswith(" ")

    def _end_line(self, is_hard: bool) -> None:
        self._trim_end()
        self._gap = len(self.pieces)
        self._gap_is_hard = is_hard
        self.pieces.append("")
        self._is_line_empty = True

    def _settle_gap(self, after: str) -> None:
        if self._gap is not None:
            self.pieces[self._gap] = (
                LineBreak() if self._gap_is_hard else self._join(self._characters_back(), after)
            )
            self._gap = None

    def _trim_end(self) -> None:
        """Take white space off the end of what is visible so far."""
        for index in range(len(self.pieces) - 1, -1, -1):
            piece = self.pieces[index]
            if isinstance(piece, str):
                self.pieces[index] = piece = piece.rstrip(WHITE_SPACE)
            if isinstance(piece, (Text, LineBreak)) or (isinstance(piece, str) and piece):
                break
        self._ends_in_space = False

    def _characters_back(self) -> Iterator[str]:
        """Yield the visible characters before the gap, last first."""
        for index in range((self._gap or 0) - 1, -1, -1):
            piece = self.pieces[index]
            if isinstance(piece, LineBreak):
                return
            if isinstance(piece, (str, Text)):
                yield from reversed(piece if isinstance(piece, str) else piece.text)


def _keep_break(_before: Iterator[str], _after: str) -> _Piece:
    return LineBreak()


def _reflow(before: Iterator[str], after: str) -> _Piece:
    """Join two lines by the rules of reflowing (3)."""
    last = next(before, "")
    if not last or not after:
        return ""
    if last in _DASHES:
        word_end = next((character for character in before if character not in _DASHES), " ")
        return " " if CLASS_OF[word_end] == SPACE else ""
    return "" if _needs_no_space(last, after) else " "


def _join_heading(before: Iterator[str], _after: str) -> _Piece:
    """Join a heading and its subtitle (4.6d)."""
    return " " if next(before, "") in _ENDS_A_CORE else ": "


def _needs_no_space(before: str, after: str) -> bool:
    if CLASS_OF[before] == UNSPACED:
        return CLASS_OF[after] == UNSPACED or is_cjk_punctuation(after)
    return CLASS_OF[after] == UNSPACED and is_cjk_punctuation(before)


def _gather(pieces: Sequence[_Piece]) -> Iterator[Inline]:
    for kind, group in groupby((piece for piece in pieces if piece != ""), _gathered_as):
        if kind is None:
            yield from (piece for piece in group if not isinstance(piece, str))
        else:
            text = "".join(
                piece if isinstance(piece, str) else piece.text
                for piece in group
                if isinstance(piece, (str, Text))
            )
            yield Text(text, is_literal=kind)


def _gathered_as(piece: _Piece) -> bool | None:
    """Say whether a piece is part of a literal text (True), of an ordinary one (False), or no text at all (None)."""
    if isinstance(piece, str):
        return False
    return piece.is_literal if isinstance(piece, Text) else None
