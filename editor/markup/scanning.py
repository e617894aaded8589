"""From lines to blocks, by the lines around each alone (4); what needs the whole text stays a `Claim`.

The scan can start at any block: it needs to know only whether that block is isolated above. Earlier subsections of the
specification win over later ones, so the order of the questions in `Scanner` is the order of the specification.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from editor.markup.breaks import is_escaped, is_strong_break, is_weak_break
from editor.markup.characters import WHITE_SPACE
from editor.markup.claims import Claim, Claims
from editor.markup.headings import (
    SENTENCE_ENDS,
    TRAILING_WRAPPERS,
    Keyword,
    is_short_title,
    parse_atx,
    parse_bare_number,
    parse_keyword,
    parse_label,
    split_core,
)
from editor.markup.lines import is_blank
from editor.markup.matter import NoteClaim, is_end_mark, note_claim
from editor.markup.model import Block, Kind, Level, WrapMode
from editor.markup.paragraphs import (
    build_quote,
    build_text,
    is_comment_line,
    is_quote_line,
    quote_content,
    starts_quote_paragraph,
)

_SETEXT_ENDS = (*SENTENCE_ENDS, "'", "’")
_CAPITAL_SUBTITLE_ENDS = (".", "!", "?", "…", '"', "”")
_ISOLATING = frozenset({Kind.BREAK, Kind.HEADING, Kind.HEADER, Kind.BOILERPLATE})

Scanned = tuple[Block, Claim | None]


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


def isolates(block: Block, claim: Claim | None) -> bool:
    """Say whether a line right below this block counts as isolated above."""
    return (claim.granted if claim is not None else block).kind in _ISOLATING


class Scanner:
    """Reads blocks from lines[:stop]; `lines` is not copied and must not change while a scan runs."""

    def __init__(self, lines: Sequence[str], stop: int, mode: WrapMode) -> None:
        self._lines = lines
        self._stop = stop
        self._mode = mode
        self._is_always_isolated = mode in {WrapMode.LINES, WrapMode.INDENTED}
        self._no_comment_end_from = stop  # no line from here on holds "-->"

    def scan(
        self, line: int, *, is_isolated: bool, is_known: Callable[[int, bool], bool] | None = None
    ) -> Scan:
        """Read blocks from `line` on, to the end or to the first block that `is_known`(line, is isolated above)."""
        scan = Scan()
        lines, stop = self._lines, self._stop
        while True:
            while line < stop and not lines[line].strip(WHITE_SPACE):
                line += 1
                is_isolated = True
            is_isolated = is_isolated or self._is_always_isolated
            if line >= stop or (is_known is not None and is_known(line, is_isolated)):
                scan.end = line
                return scan
            block, claim = self._scan_block(line, is_isolated=is_isolated)
            scan.add(line, block, claim)
            line += block.height
            is_isolated = isolates(block, claim)

    def _scan_block(self, line: int, *, is_isolated: bool) -> Scanned:
        trimmed = self._lines[line].strip(WHITE_SPACE)
        if trimmed.startswith("<!--"):
            return self._scan_after_comment_mark(line, trimmed, is_isolated=is_isolated)
        return self._scan_other(line, trimmed, is_isolated=is_isolated)

    def _scan_other(self, line: int, trimmed: str, *, is_isolated: bool) -> Scanned:
        """Ask the questions of section 4 in its order."""
        if is_escaped(trimmed):
            return self._scan_text(line, line, 0, is_structural=False)
        if trimmed.startswith("%%"):
            return self._comment_line(line, trimmed), None
        if not trimmed.startswith("[["):
            if is_strong_break(trimmed) or (is_isolated and self._is_weak_break(line)):
                return Block(Kind.BREAK, 1, trimmed, ((0, self._indent(line)),)), None
            if heading := self._scan_heading(line, trimmed, is_isolated=is_isolated):
                return heading
            if is_quote_line(self._lines[line]):
                return self._scan_quote(line), None
        return self._scan_text(line, line, 0, is_structural=True)

    def _indent(self, line: int) -> int:
        text = self._lines[line]
        return len(text) - len(text.lstrip(WHITE_SPACE))

    # Isolation

    def _is_weak_break(self, line: int) -> bool:
        return is_weak_break(self._lines[line]) and self._is_isolated_below(line)

    def _is_isolated_below(self, line: int) -> bool:
        """Say whether the line below is blank, the end, a strong break, or would be an ATX or keyword heading."""
        if self._is_always_isolated or line + 1 >= self._stop:
            return True
        below = self._lines[line + 1]
        return is_blank(below) or is_strong_break(below) or self._is_heading_line(below)

    def _is_heading_line(self, text: str) -> bool:
        """Say whether a line would be an ATX or keyword heading if it were isolated above."""
        trimmed = text.strip(WHITE_SPACE)
        if not trimmed or is_escaped(trimmed) or is_comment_line(trimmed):
            return False
        return parse_atx(text) is not None or parse_keyword(split_core(text)[1]) is not None

    # Comments, section 4.4

    def _comment_line(self, line: int, trimmed: str) -> Block:
        text = trimmed[2:].lstrip(WHITE_SPACE)
        return Block(Kind.COMMENT, 1, text, ((0, self._indent(line) + len(trimmed) - len(text)),))

    def _scan_after_comment_mark(self, line: int, trimmed: str, *, is_isolated: bool) -> Scanned:
        """Read a block comment, or whatever else it is if it is nowhere closed."""
        end = self._comment_end(line)
        if end is None:
            block, claim = self._scan_other(line, trimmed, is_isolated=is_isolated)
            return block, self._unclosed(block, claim)
        column = self._lines[end].index("-->", self._indent(line) + 4 if end == line else 0) + 3
        if not is_blank(self._lines[end][column:]):
            return self._scan_text(line, end, column, is_structural=True)
        inside = [(number, self._lines[line + number]) for number in range(end - line + 1)]
        return _block_comment(inside, self._indent(line) + 4, column - 3), None

    def _comment_end(self, line: int) -> int | None:
        """Return the line with the first "-->" after the "<!--" that begins `line`."""
        if "-->" in self._lines[line].strip(WHITE_SPACE)[4:]:
            return line
        for number in range(line + 1, self._no_comment_end_from):
            if "-->" in self._lines[number]:
                return number
        self._no_comment_end_from = min(self._no_comment_end_from, line + 1)
        return None

    def _unclosed(self, block: Block, claim: Claim | None) -> Claim:
        return replace(claim, unclosed=True) if claim else Claim(Claims.NOTHING, block, block, unclosed=True)

    # Headings, section 4.6

    def _scan_heading(self, line: int, trimmed: str, *, is_isolated: bool) -> Scanned | None:
        if trimmed[0] == "#" and (atx := parse_atx(self._lines[line])):
            rank, column, text = atx
            return _levelled(rank, text, column, 1, parse_keyword(split_core(text)[1]))
        if not is_isolated:
            return None
        if line + 1 < self._stop and (setext := self._scan_setext(line, trimmed)):
            return setext
        if len(trimmed) > 80 and trimmed[0].isalnum() and trimmed[-1] not in TRAILING_WRAPPERS:
            return None
        column, core = split_core(self._lines[line])
        if core and (keyword := parse_keyword(core)):
            height, content = 1, core
            columns: tuple[tuple[int, int], ...] = ((0, column),)
            if not keyword.has_title and (subtitle := self._find_subtitle(line)):
                height = subtitle - line + 1
                content += "\n" + self._lines[subtitle].strip(WHITE_SPACE)
                columns += ((subtitle - line, self._indent(subtitle)),)
            return _heading(Claims.KEYWORD, Block(Kind.HEADING, height, content, columns), keyword.level)
        return self._scan_number_or_label(line, trimmed, column, core)

    def _scan_setext(self, line: int, trimmed: str) -> Scanned | None:
        underline = self._lines[line + 1].strip(WHITE_SPACE)
        if underline[:1] not in {"=", "-"} or len(underline) < 3 or underline.strip(underline[0]):
            return None
        if is_quote_line(self._lines[line]):
            return None
        column, core = split_core(self._lines[line])
        keyword = parse_keyword(core) if core else None
        rank = 1 if underline[0] == "=" else 2
        if keyword:
            return _levelled(rank, core, column, 2, keyword)
        if is_short_title(trimmed, _SETEXT_ENDS) and abs(len(trimmed) - len(underline)) <= 3:
            return _levelled(rank, trimmed, self._indent(line), 2, None)
        return None

    def _find_subtitle(self, line: int) -> int | None:
        """Return the line that is the subtitle of the keyword heading on `line` (4.6d)."""
        below = line + 1
        if below < self._stop and not is_blank(self._lines[below]):
            return below if self._is_subtitle_right_below(below) else None
        if self._is_always_isolated:
            return None
        while below < self._stop and is_blank(self._lines[below]):
            below += 1
        return below if below < self._stop and self._is_capital_subtitle(below) else None

    def _is_subtitle_right_below(self, line: int) -> bool:
        trimmed = self._lines[line].strip(WHITE_SPACE)
        return (
            is_short_title(trimmed, _SETEXT_ENDS)
            and (line + 1 >= self._stop or is_blank(self._lines[line + 1]))
            and not is_strong_break(trimmed)
            and not is_weak_break(trimmed)
            and self._may_be_subtitle(line, trimmed)
        )

    def _is_capital_subtitle(self, line: int) -> bool:
        trimmed = self._lines[line].strip(WHITE_SPACE)
        letters = [character for character in trimmed[:61] if character.isalpha()]
        if len(letters) < 2 or not all(map(str.isupper, letters)):
            return False
        if not is_short_title(trimmed, _CAPITAL_SUBTITLE_ENDS) or not self._is_isolated_below(line):
            return False
        if is_strong_break(trimmed) or is_weak_break(trimmed) or is_end_mark(trimmed) or parse_label(trimmed):
            return False
        if line + 1 < self._stop and self._scan_setext(line, trimmed):
            return False
        return parse_bare_number(split_core(trimmed)[1]) is None and self._may_be_subtitle(line, trimmed)

    def _may_be_subtitle(self, line: int, trimmed: str) -> bool:
        """Say whether a line is no heading, comment, quote or note of its own."""
        text = self._lines[line]
        return not (
            is_comment_line(trimmed)
            or is_quote_line(text)
            or self._is_heading_line(text)
            or note_claim(trimmed) is NoteClaim.ANYWHERE
        )

    def _scan_number_or_label(self, line: int, trimmed: str, column: int, core: str) -> Scanned | None:
        number = parse_bare_number(core) if core and not is_end_mark(trimmed) else None
        label = parse_label(trimmed)
        if (number is None and label is None) or not self._is_isolated_below(line):
            return None
        refused = self._scan_label(line, label) if label else None
        if number is None:
            return refused
        heading = Block(Kind.HEADING, 1, core, ((0, column),))
        if refused is None:
            text, _ = self._scan_text(line, line, 0, is_structural=False, limit=1)
        else:
            text = replace(refused[0], content=core, columns=((0, column),), level=Level.SCENE)
        return heading, Claim(Claims.NUMBER, heading, text, number=number)

    def _scan_label(self, line: int, label: tuple[int, str]) -> Scanned | None:
        column, text = label
        if is_end_mark(text):
            return None
        keyword = parse_keyword(split_core(text)[1])
        block = Block(Kind.HEADING, 1, text, ((0, self._indent(line) + column),))
        if keyword:
            return _heading(Claims.KEYWORD, block, keyword.level)
        return _heading(Claims.LABEL, block, Level.SCENE)

    # Quotes and text (4.7 to 4.11)

    def _scan_quote(self, line: int) -> Block:
        """Read one paragraph of a quote, with the blank quote lines around it."""
        end = line
        while self._is_quote_at(end) and not quote_content(self._lines[end])[1]:
            end += 1
        first = end
        while self._is_quote_at(end) and (
            end == first or not starts_quote_paragraph(self._lines[end], self._mode)
        ):
            end += 1
        texts = [(number - line, self._lines[number]) for number in range(first, end)]
        while self._is_quote_at(end) and not quote_content(self._lines[end])[1]:
            end += 1
        if not texts:
            marks = [(number - line, self._lines[number], 0) for number in range(line, end)]
            return build_text(marks, end - line, self._mode, is_structural=False)[0]
        return build_quote(texts, end - line, self._mode)

    def _is_quote_at(self, line: int) -> bool:
        if line >= self._stop or not is_quote_line(self._lines[line]):
            return False
        text = self._lines[line]
        return not is_strong_break(text) and not (self._is_always_isolated and is_weak_break(text))

    def _scan_text(
        self, line: int, first: int, column: int, *, is_structural: bool, limit: int | None = None
    ) -> Scanned:
        """Read a paragraph that starts at `column` of line `first`, in the block that starts on `line`."""
        end = first + 1
        if self._mode is not WrapMode.LINES and limit is None:
            while end < self._stop and not self._ends_paragraph(end):
                end += 1
        texts = [(first - line, self._lines[first], column)]
        texts += [(number - line, self._lines[number], 0) for number in range(first + 1, end)]
        block, claim = build_text(texts, end - line, self._mode, is_structural=is_structural)
        if "<!--" in block.content and any(
            text[column:].strip(WHITE_SPACE).startswith("<!--") for _, text, column in texts[1:]
        ):
            return block, self._unclosed(block, claim)
        return block, claim

    def _ends_paragraph(self, line: int) -> bool:
        """Say whether a paragraph that goes on to here ends before `line`."""
        text = self._lines[line]
        trimmed = text.strip(WHITE_SPACE)
        if not trimmed:
            return True
        if is_escaped(trimmed):
            return self._mode is WrapMode.INDENTED and text[0] in WHITE_SPACE
        if trimmed[0].isalpha() and not self._is_always_isolated:
            return is_strong_break(trimmed)
        if trimmed.startswith("%%") or (trimmed.startswith("<!--") and self._comment_end(line) is not None):
            return True
        if is_strong_break(trimmed) or parse_atx(text) or is_quote_line(text):
            return True
        return self._mode is WrapMode.INDENTED and (
            text[0] in WHITE_SPACE
            or (not trimmed.startswith("[[") and self._is_structural_anywhere(line, trimmed))
        )

    def _is_structural_anywhere(self, line: int, trimmed: str) -> bool:
        """Say whether a line is a break or heading where every line counts as isolated."""
        return is_weak_break(trimmed) or self._scan_heading(line, trimmed, is_isolated=True) is not None


def _block_comment(lines: Sequence[tuple[int, str]], first_column: int, last_column: int) -> Block:
    """Build a comment from its numbered lines; the last one's text ends at `last_column`."""
    texts: list[str] = []
    columns: list[tuple[int, int]] = []
    for number, line in lines:
        start = first_column if number == 0 else 0
        text = line[start : last_column if number == len(lines) - 1 else None]
        if trimmed := text.strip(WHITE_SPACE):
            texts.append(trimmed)
            columns.append((number, start + len(text) - len(text.lstrip(WHITE_SPACE))))
    return Block(Kind.COMMENT, len(lines), "\n".join(texts), tuple(columns) or ((0, 0),))


def _levelled(rank: int, text: str, column: int, height: int, keyword: Keyword | None) -> Scanned:
    block = Block(Kind.HEADING, height, text, ((0, column),))
    return _heading(Claims.LEVELLED, block, keyword.level if keyword else None, rank)


def _heading(kind: Claims, block: Block, level: Level | None, rank: int = 0) -> Scanned:
    return block, Claim(kind, block, block, rank=rank, own_level=level)
