"""Pygments' view of a manuscript: `pygmentize -l manuscript`.

Blocks come from `text`, spans from `spans`; nothing is recognised here, so what is coloured is what is exported. The unit
is the block (`lex_block`), which is where lexing can start again after a change.

Laws: the tokens concatenate to the text, with its own line ends, and their offsets are code points.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from pygments.lexer import Lexer
from pygments.util import get_choice_opt

from editor.markup import tokens
from editor.markup.characters import WHITE, WHITE_SPACE
from editor.markup.lines import split_line_ends
from editor.markup.model import PROSE, Block, Kind, SpanKind, WrapMode
from editor.markup.spans import parse_spans
from editor.markup.text import MarkedText
from editor.markup.tokens import TokenType, token_of_block

_HAS_SPANS = PROSE | {Kind.NOTE, Kind.END_MATTER, Kind.HEADING}
_STYLES = {SpanKind.EMPHASIS: 1, SpanKind.STRONG: 2, SpanKind.STRONG_EMPHASIS: 3}
_OF_STYLE = {1: tokens.EMPHASIS, 2: tokens.STRONG, 3: tokens.STRONG_EMPHASIS}
_HEADER_KEY = re.compile(
    rf"(?P<before>[{WHITE}*_]*)(?P<key>[^:]+?)(?P<after>[{WHITE}*_]*:[*_]*)(?P<value>.*)", re.DOTALL
)
_SPACE_OR_MARK = re.compile(rf"[{WHITE}]+|(?P<mark>[^{WHITE}]+)")

_Token = tuple[TokenType, str]
_Stretch = tuple[int, TokenType]
"""Where in a content a stretch ends that starts where the last one ended, and what its characters are."""


class ManuscriptLexer(Lexer):
    """Fiction in plain text.

    Option `mode`: the wrap mode (`blocks`, `wrapped`, `indented`, `lines`); detected if it is not given.
    """

    name = "Plain-text fiction"
    aliases: ClassVar[list[str]] = ["manuscript"]
    filenames: ClassVar[list[str]] = []

    def __init__(self, **options: object) -> None:
        options.setdefault("stripnl", False)
        options.setdefault("ensurenl", False)
        super().__init__(**options)
        mode = get_choice_opt(options, "mode", ["", *WrapMode], "")
        self._mode = WrapMode(mode) if mode else None

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, TokenType, str]]:
        """Yield offset, type and characters of every token of a text with any line ends."""
        lines, ends = split_line_ends(text)
        offset = 0
        for token, value in _restore_ends(_lex_text(MarkedText(lines, self._mode)), ends):
            if value:
                yield offset, token, value
                offset += len(value)


def lex_block(block: Block, lines: Sequence[str]) -> Iterator[_Token]:
    """Yield the tokens of a block that covers `lines`; they concatenate to the lines joined by "\\n"."""
    if block.kind is Kind.HEADER:
        yield from _lex_header(lines)
    elif block.kind in _HAS_SPANS:
        yield from _lex_content(block, lines)
    else:
        yield from _lex_whole_lines(token_of_block(block), lines)


def _lex_text(text: MarkedText) -> Iterator[_Token]:
    """Yield the tokens of a whole text, its line ends as "\\n"."""
    line = 0
    for start, block in zip(text.starts, text.blocks, strict=True):
        yield tokens.SPACE, "".join(f"{blank}\n" for blank in text.lines[line:start])
        line = start + block.height
        yield from lex_block(block, text.lines[start:line])
        if line < len(text.lines):
            yield tokens.SPACE, "\n"
    yield tokens.SPACE, "\n".join(text.lines[line:])


def _restore_ends(lexed: Iterable[_Token], ends: Sequence[str]) -> Iterator[_Token]:
    """Put each line's own end where the tokens have "\\n"."""
    line = 0
    for token, value in lexed:
        breaks = value.count("\n")
        if breaks:
            first, *others = value.split("\n")
            pairs = zip(ends[line : line + breaks], others, strict=True)
            yield token, first + "".join(end + other for end, other in pairs)
            line += breaks
        else:
            yield token, value


def _lex_whole_lines(token: TokenType, lines: Sequence[str]) -> Iterator[_Token]:
    for number, line in enumerate(lines):
        text = line.strip(WHITE_SPACE)
        before = line[: len(line) - len(line.lstrip(WHITE_SPACE))]
        yield tokens.SPACE, ("\n" if number else "") + before
        yield token, text
        yield tokens.SPACE, line[len(before) + len(text) :]


def _lex_header(lines: Sequence[str]) -> Iterator[_Token]:
    for number, line in enumerate(lines):
        if number:
            yield tokens.SPACE, "\n"
        if line.strip(WHITE_SPACE) in {"---", "..."}:
            yield tokens.MARK, line
        elif found := _HEADER_KEY.fullmatch(line):
            yield tokens.MARK, found["before"]
            yield tokens.HEADER_KEY, found["key"]
            yield tokens.MARK, found["after"]
            yield tokens.HEADER_VALUE, found["value"]
        else:
            yield tokens.HEADER_VALUE, line


def _lex_content(block: Block, lines: Sequence[str]) -> Iterator[_Token]:
    """Yield the tokens of a block with spans: its content, and around its lines what the content leaves out."""
    source = "\n".join(lines)
    line_starts = [0]
    for line in lines:
        line_starts.append(line_starts[-1] + len(line) + 1)
    stretches = iter(_stretches(block))
    end, token = 0, tokens.PROSE
    source_position = content_position = 0
    for (line_number, column), content_line in zip(block.columns, block.content.split("\n"), strict=True):
        content_start = line_starts[line_number] + column
        yield from _lex_wrapping(source[source_position:content_start])
        content_end = content_position + len(content_line)
        while content_position < content_end:
            if content_position >= end:
                end, token = next(stretches)
                continue
            stop = min(end, content_end)
            yield token, block.content[content_position:stop]
            content_position = stop
        content_position = content_end + 1
        source_position = content_start + len(content_line)
    yield from _lex_wrapping(source[source_position:])


def _lex_wrapping(source: str) -> Iterator[_Token]:
    """Yield what stands between the lines of a content: line ends and indentation, or markers of quotes and headings."""
    for found in _SPACE_OR_MARK.finditer(source):
        yield (tokens.MARK if found["mark"] else tokens.SPACE), found[0]


def _stretches(block: Block) -> Iterator[_Stretch]:
    """Yield what the characters of a block's content are, in order and without gaps."""
    base = token_of_block(block)
    around: list[tuple[int, int, int]] = []  # inner end, end, styles outside
    styles = 0
    for span in parse_spans(block.content):
        while around and around[-1][1] <= span.start:
            inner_end, end, outside = around.pop()
            yield inner_end, _OF_STYLE.get(styles, base)
            yield end, tokens.MARK
            styles = outside
        yield span.start, _OF_STYLE.get(styles, base)
        if style := _STYLES.get(span.kind):
            yield span.inner_start, tokens.MARK
            around.append((span.inner_end, span.end, styles))
            styles |= style
        else:
            yield span.end, tokens.OF_ATOM[span.kind]
    for inner_end, end, outside in reversed(around):
        yield inner_end, _OF_STYLE.get(styles, base)
        yield end, tokens.MARK
        styles = outside
    yield len(block.content), base
