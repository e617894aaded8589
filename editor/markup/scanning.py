"""From lines to blocks, by the lines around each alone (4); what needs the whole text stays a `Claim`.

The scan can start at any block: it needs to know only whether the line above is text (`is_joined`). Earlier subsections of
the specification win over later ones, so the order of the questions is the order of the specification.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

from editor.markup.breaks import BREAK_STARTS, is_escaped, is_strong_break, is_weak_break
from editor.markup.characters import WHITE_SPACE
from editor.markup.claims import Claim, Claims, Scanned
from editor.markup.heading_blocks import HeadingReader
from editor.markup.headings import BareNumber, NumberStyle, may_have_core, parse_atx
from editor.markup.lines import is_blank
from editor.markup.model import Block, Kind, WrapMode
from editor.markup.paragraphs import (
    build_line,
    build_quote,
    build_text,
    is_quote_line,
    quote_content,
    starts_quote_paragraph,
)
from editor.markup.surroundings import Surroundings

_ISOLATING = frozenset({Kind.BREAK, Kind.HEADING, Kind.HEADER, Kind.BOILERPLATE, Kind.BOUNDARY})
_NO_TEXT = frozenset({Kind.COMMENT, Kind.NOTE})
_STRUCTURAL_STARTS = BREAK_STARTS | frozenset("%#>\\")

IsKnown = Callable[[int, bool], bool]
"""Tells a scan, by a line and whether it is joined to text above, that the blocks from there on are known."""


@dataclass(slots=True)
class Scan:
    """Blocks in order, the line each starts on, and what each claims; and the line where the scan ended."""

    starts: list[int] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    claims: list[Claim | None] = field(default_factory=list)
    end: int = 0

    def add(self, start: int, block: Block, claim: Claim | None) -> None:
        """Append one block."""
        self.starts.append(start)
        self.blocks.append(block)
        self.claims.append(claim)

    def extend(self, other: "Scan") -> None:
        """Append the blocks of a scan that went on where this one ended."""
        self.starts += other.starts
        self.blocks += other.blocks
        self.claims += other.claims
        self.end = other.end


@dataclass(frozen=True, slots=True)
class PlainNumbers:
    """Styles of bare numbers that do not cut a paragraph, because the whole text says that they are no headings.

    `inside`: those below a line of text; `anywhere`: also those that a paragraph starts with.
    """

    inside: frozenset[NumberStyle] = frozenset()
    anywhere: frozenset[NumberStyle] = frozenset()


NO_PLAIN_NUMBERS = PlainNumbers()


def joins_below(block: Block, claim: Claim | None) -> bool:
    """Say whether a line right below this block is not isolated above."""
    return (claim.granted if claim is not None else block).kind not in _ISOLATING


class Scanner:
    """Reads blocks from lines[:stop].

    `plain_numbers` are for `indented`, where a bare number may be a line of a paragraph.
    """

    def __init__(
        self,
        lines: Sequence[str],
        stop: int,
        mode: WrapMode,
        plain_numbers: PlainNumbers = NO_PLAIN_NUMBERS,
    ) -> None:
        self._lines = lines
        self._stop = stop
        self._mode = mode
        self._plain_numbers = plain_numbers
        self._around = Surroundings(lines, stop, mode)
        self._headings = HeadingReader(self._around)

    def scan(self, line: int, *, is_joined: bool, is_known: IsKnown | None = None) -> Scan:
        """Read blocks from `line` on, to the end or to the first block that is known."""
        scan = Scan()
        lines, stop = self._lines, self._stop
        while True:
            while line < stop and not lines[line].strip(WHITE_SPACE):
                line += 1
                is_joined = False
            if line >= stop or (is_known is not None and is_known(line, is_joined)):
                scan.end = line
                return scan
            block, claim = self._scan_block(line, is_joined=is_joined)
            scan.add(line, block, claim)
            line += block.height
            is_joined = joins_below(block, claim)

    def read_block(self, line: int) -> Scanned:
        """Read the one block that starts at `line`, which is not blank and has no text right above it."""
        return self._scan_block(line, is_joined=False)

    def _scan_block(self, line: int, *, is_joined: bool) -> Scanned:
        text = self._lines[line]
        trimmed = text.strip(WHITE_SPACE)
        is_isolated = self._around.is_always_isolated or not is_joined
        if trimmed[0] in _STRUCTURAL_STARTS:
            return self._scan_structural(line, trimmed, is_isolated=is_isolated, is_joined=is_joined)
        if not may_have_core(trimmed) and line + 1 < self._stop and not self._lines[line + 1]:
            return build_line(
                text, self._mode
            )  # nearly every paragraph: it can be no heading, no part of one
        heading = self._scan_heading(line, trimmed, is_isolated=is_isolated, is_joined=is_joined)
        return heading or self._scan_text(line, line, 0)

    def _scan_heading(self, line: int, trimmed: str, *, is_isolated: bool, is_joined: bool) -> Scanned | None:
        heading = self._headings.read(line, trimmed, is_isolated=is_isolated, is_joined=is_joined)
        if heading and (number := _plain_number(heading, self._plain_numbers.anywhere)):
            return self._scan_text(line, line, 0, numbers=[(0, number)])
        return heading

    def _scan_structural(self, line: int, trimmed: str, *, is_isolated: bool, is_joined: bool) -> Scanned:
        """Ask all the questions of section 4, in its order."""
        if is_escaped(trimmed):
            return self._scan_text(line, line, 0, is_structural=False)
        if trimmed.startswith("%%"):
            return self._comment_line(line, trimmed), None
        if trimmed.startswith("[["):
            return self._scan_text(line, line, 0)
        end = self._around.comment_end(line) if trimmed.startswith("<!--") else None
        if end is not None:
            return self._scan_comment(line, end)
        block, claim = self._scan_uncommented(line, trimmed, is_isolated=is_isolated, is_joined=is_joined)
        return block, _unclosed(block, claim) if trimmed.startswith("<!--") else claim

    def _scan_uncommented(self, line: int, trimmed: str, *, is_isolated: bool, is_joined: bool) -> Scanned:
        if is_strong_break(trimmed) or (
            is_isolated and is_weak_break(trimmed) and self._around.is_isolated_below(line)
        ):
            return Block(Kind.BREAK, 1, trimmed, ((0, self._around.indent(line)),)), None
        if heading := self._scan_heading(line, trimmed, is_isolated=is_isolated, is_joined=is_joined):
            return heading
        if is_quote_line(self._lines[line]):
            return self._scan_quote(line), None
        return self._scan_text(line, line, 0)

    # Comments, section 4.4

    def _comment_line(self, line: int, trimmed: str) -> Block:
        text = trimmed[2:].lstrip(WHITE_SPACE)
        return Block(Kind.COMMENT, 1, text, ((0, self._around.indent(line) + len(trimmed) - len(text)),))

    def _scan_comment(self, line: int, end: int) -> Scanned:
        """Read a block comment; text right behind it is the first line of a paragraph."""
        first_column = self._around.indent(line) + 4
        last_column = self._lines[end].index("-->", first_column if end == line else 0)
        if not is_blank(self._lines[end][last_column + 3 :]):
            return self._scan_text(line, end, last_column + 3)
        return _block_comment(self._lines[line : end + 1], first_column, last_column), None

    # Quotes and text, sections 4.7 to 4.11

    def _scan_quote(self, line: int) -> Block:
        """Read one paragraph of a quote, with the blank quote lines around it."""
        first = self._skip_blank_quote(line)
        end = first
        while self._is_quote_at(end) and (
            end == first or not starts_quote_paragraph(self._lines[end], self._mode)
        ):
            end += 1
        texts = [(number - line, self._lines[number]) for number in range(first, end)]
        end = self._skip_blank_quote(end)
        if texts:
            return build_quote(texts, end - line, self._mode)
        # Nothing is quoted: the marks are all there is to see.
        marks = [(number - line, self._lines[number], 0) for number in range(line, end)]
        return build_text(marks, end - line, self._mode, is_structural=False)[0]

    def _skip_blank_quote(self, line: int) -> int:
        while self._is_quote_at(line) and not quote_content(self._lines[line])[1]:
            line += 1
        return line

    def _is_quote_at(self, line: int) -> bool:
        if line >= self._stop or not is_quote_line(self._lines[line]):
            return False
        text = self._lines[line]
        return not is_strong_break(text) and not (self._around.is_always_isolated and is_weak_break(text))

    def _scan_text(
        self,
        line: int,
        first: int,
        column: int,
        *,
        is_structural: bool = True,
        numbers: Sequence[tuple[int, BareNumber]] = (),
    ) -> Scanned:
        """Read a paragraph that starts at `column` of line `first`, in the block that starts on `line`.

        `numbers` are the bare numbers known to be in it, with their offsets in the block.
        """
        end = first + 1
        is_one_line = self._mode is WrapMode.LINES or self._around.is_gap(end)
        if is_one_line and first == line and is_structural and not numbers:
            return build_line(self._lines[line], self._mode)
        inside = list(numbers)
        if self._mode is not WrapMode.LINES:
            while end < self._stop and not self._ends_paragraph(end, end - line, inside):
                end += 1
        if inside and not numbers:
            offset, number = inside[0]
            if self._may_be_first_text(number, first, column, line + offset):
                end, inside = line + offset, []
        texts = [(first - line, self._lines[first], column)]
        texts += [(number - line, self._lines[number], 0) for number in range(first + 1, end)]
        block, claim = build_text(texts, end - line, self._mode, is_structural=is_structural)
        if "<!--" in block.content and any(
            text.lstrip(WHITE_SPACE).startswith("<!--") for _, text, _ in texts[1:]
        ):
            claim = _unclosed(block, claim)
        if inside:
            claim = replace(claim or Claim(Claims.NOTHING, block, block), numbers_inside=tuple(inside))
        return block, claim

    def _may_be_first_text(self, number: BareNumber, first: int, column: int, end: int) -> bool:
        """Say whether a number below lines[first:end] may be the first text of the document: they are none (4.6e)."""
        if number.of_style in self._plain_numbers.anywhere:
            return False
        texts = [
            (above - first, self._lines[above], column if above == first else 0)
            for above in range(first, end)
        ]
        block, _ = build_text(texts, end - first, self._mode, is_structural=True)
        return block.kind in _NO_TEXT

    def _ends_paragraph(self, line: int, offset: int, numbers: list[tuple[int, BareNumber]]) -> bool:
        """Say whether a paragraph that goes on to here ends before `line`.

        A bare number that does not end it is added to `numbers`, with its `offset` in the block.
        """
        text = self._lines[line]
        trimmed = text.strip(WHITE_SPACE)
        if not trimmed:
            return True
        is_indented = self._mode is WrapMode.INDENTED
        if is_indented and text[0] in WHITE_SPACE:
            return True
        if is_escaped(trimmed) or trimmed.startswith("[["):
            return False
        if trimmed[0] in _STRUCTURAL_STARTS and self._is_structural(line, trimmed):
            return True
        return is_indented and self._is_structural_anywhere(line, trimmed, offset, numbers)

    def _is_structural(self, line: int, trimmed: str) -> bool:
        """Say whether a line is structural even right below text."""
        if trimmed.startswith("%%") or (
            trimmed.startswith("<!--") and self._around.comment_end(line) is not None
        ):
            return True
        text = self._lines[line]
        return is_strong_break(trimmed) or parse_atx(text) is not None or is_quote_line(text)

    def _is_structural_anywhere(
        self, line: int, trimmed: str, offset: int, numbers: list[tuple[int, BareNumber]]
    ) -> bool:
        """Say whether a line is a break or heading where every line counts as isolated."""
        if is_weak_break(trimmed):
            return True
        heading = self._headings.read(line, trimmed, is_isolated=True, is_joined=True)
        if heading is None:
            return False
        number = _plain_number(heading, self._plain_numbers.inside)
        if number is None:
            return True
        numbers.append((offset, number))
        return False


def _plain_number(heading: Scanned, styles: Collection[NumberStyle]) -> BareNumber | None:
    """Return the bare number that a heading is, if it is of one of `styles` and its line would join a paragraph."""
    claim = heading[1]
    if claim is None or claim.number is None or claim.refused.level is not None or not claim.is_joined:
        return None
    return claim.number if claim.number.of_style in styles else None


def _unclosed(block: Block, claim: Claim | None) -> Claim:
    return replace(claim or Claim(Claims.NOTHING, block, block), unclosed=True)


def _block_comment(lines: Sequence[str], first_column: int, last_column: int) -> Block:
    """Build a comment of whose lines the first starts, and the last ends, at a column."""
    texts: list[str] = []
    columns: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        start = first_column if number == 0 else 0
        text = line[start : last_column if number == len(lines) - 1 else None]
        if trimmed := text.strip(WHITE_SPACE):
            texts.append(trimmed)
            columns.append((number, start + len(text) - len(text.lstrip(WHITE_SPACE))))
    return Block(Kind.COMMENT, len(lines), "\n".join(texts), tuple(columns) or ((0, 0),))
