"""Headings as blocks: what `headings` reads in a line, with the lines around it (4.6a to f)."""

from dataclasses import replace

from editor.markup.breaks import is_strong_break, is_weak_break
from editor.markup.characters import WHITE_SPACE
from editor.markup.claims import Claim, Claims, Scanned
from editor.markup.facts import parse_facts
from editor.markup.headings import (
    SENTENCE_ENDS,
    BareNumber,
    Keyword,
    is_keyword_line,
    is_short_title,
    may_have_core,
    parse_atx,
    parse_bare_number,
    parse_keyword,
    parse_label,
    split_core,
)
from editor.markup.lines import is_comment_line
from editor.markup.matter import NoteClaim, is_end_mark, note_claim
from editor.markup.model import Block, Kind, Level
from editor.markup.paragraphs import build_text, is_quote_line
from editor.markup.surroundings import Surroundings

_SETEXT_ENDS = (*SENTENCE_ENDS, "'", "’")
_CAPITAL_SUBTITLE_ENDS = (".", "!", "?", "…", '"', "”")


class HeadingReader:
    """Reads the heading that a line is, if it is one."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._lines = around.lines

    def read(self, line: int, trimmed: str, *, is_isolated: bool, is_joined: bool) -> Scanned | None:
        """Return the heading on `line` (or what claims to be one), or None.

        `is_isolated`: above; `is_joined`: the line above is text that this line may belong to if it is no heading.
        """
        if trimmed[0] == "#" and (atx := parse_atx(self._lines[line])):
            rank, column, text = atx
            return _levelled(rank, text, column, 1, parse_keyword(split_core(text)[1]))
        if not is_isolated:
            return None
        if setext := self._read_setext(line, trimmed):
            return setext
        if may_have_core(trimmed):
            column, core = split_core(self._lines[line])
            if keyword := parse_keyword(core):
                return self._read_keyword(line, column, core, keyword)
            if (number := parse_bare_number(core)) and not is_end_mark(trimmed):
                return self._read_number(line, column, core, number, is_joined=is_joined)
        if label := parse_label(trimmed):
            return self._read_label(line, label)
        return None

    def _read_setext(self, line: int, trimmed: str) -> Scanned | None:
        rank = self._underline_rank(line + 1)
        if rank is None or is_quote_line(self._lines[line]):
            return None
        column, core = split_core(self._lines[line])
        if keyword := parse_keyword(core):
            return _levelled(rank, core, column, 2, keyword)
        length = len(self._lines[line + 1].strip(WHITE_SPACE))
        if is_short_title(trimmed, _SETEXT_ENDS) and abs(len(trimmed) - length) <= 3:
            return _levelled(rank, trimmed, self._around.indent(line), 2, None)
        return None

    def _underline_rank(self, line: int) -> int | None:
        """Return the level that a line of `=` or `-` gives to the one above, or None if it is no such line."""
        if line >= self._around.stop or self._lines[line].lstrip(WHITE_SPACE)[:3] not in {"===", "---"}:
            return None
        underline = self._lines[line].strip(WHITE_SPACE)
        if underline.strip(underline[0]):
            return None
        return 1 if underline[0] == "=" else 2

    def _read_keyword(self, line: int, column: int, core: str, keyword: Keyword) -> Scanned:
        subtitle = None if keyword.has_title else self._find_subtitle(line)
        if subtitle is None:
            return _heading(Claims.KEYWORD, Block(Kind.HEADING, 1, core, ((0, column),)), keyword.level)
        content = core + "\n" + self._lines[subtitle].strip(WHITE_SPACE)
        columns = ((0, column), (subtitle - line, self._around.indent(subtitle)))
        block = Block(Kind.HEADING, subtitle - line + 1, content, columns)
        return _heading(Claims.KEYWORD, block, keyword.level)

    def _read_number(
        self, line: int, column: int, core: str, number: BareNumber, *, is_joined: bool
    ) -> Scanned | None:
        """Return a bare number, which is a heading only if the whole text counts (4.6e)."""
        if not self._around.is_isolated_below(line):
            return None
        heading = Block(Kind.HEADING, 1, core, ((0, column),))
        if parse_label(self._lines[line].strip(WHITE_SPACE)):
            refused = Block(Kind.HEADING, 1, core, ((0, column),), level=Level.SCENE)
        else:
            refused, _ = build_text([(0, self._lines[line], 0)], 1, self._around.mode, is_structural=False)
        is_joined = is_joined or self._joins_below(line)
        return heading, Claim(Claims.NUMBER, heading, refused, number=number, is_joined=is_joined)

    def _joins_below(self, line: int) -> bool:
        """Say whether the line below would go on with a paragraph on `line`."""
        return not self._around.is_gap(line + 1) and self._lines[line + 1][0] not in WHITE_SPACE

    def _read_label(self, line: int, label: tuple[int, str]) -> Scanned | None:
        column, text = label
        if is_end_mark(text) or not self._around.is_isolated_below(line):
            return None
        keyword = parse_keyword(split_core(text)[1])
        block = Block(Kind.HEADING, 1, text, ((0, self._around.indent(line) + column),))
        if keyword:
            return _heading(Claims.KEYWORD, block, keyword.level)
        return _heading(Claims.LABEL, block, Level.SCENE)

    # Subtitles, section 4.6d

    def _find_subtitle(self, line: int) -> int | None:
        """Return the line that is the subtitle of the keyword heading on `line`."""
        below = line + 1
        if not self._around.is_gap(below):
            return below if self._is_subtitle_right_below(below) else None
        if self._around.is_always_isolated:
            return None
        while below < self._around.stop and self._around.is_gap(below):
            below += 1
        return below if below < self._around.stop and self._is_capital_subtitle(below) else None

    def _is_subtitle_right_below(self, line: int) -> bool:
        trimmed = self._lines[line].strip(WHITE_SPACE)
        return (
            is_short_title(trimmed, _SETEXT_ENDS)
            and self._around.is_gap(line + 1)
            and not is_strong_break(trimmed)
            and not is_weak_break(trimmed)
            and self._may_be_subtitle(line, trimmed)
        )

    def _is_capital_subtitle(self, line: int) -> bool:
        trimmed = self._lines[line].strip(WHITE_SPACE)
        if not is_short_title(trimmed, _CAPITAL_SUBTITLE_ENDS) or not self._around.is_isolated_below(line):
            return False
        letters = list(filter(str.isalpha, trimmed))
        if len(letters) < 2 or not all(map(str.isupper, letters)):
            return False
        if is_strong_break(trimmed) or is_weak_break(trimmed) or is_end_mark(trimmed):
            return False
        if self._read_setext(line, trimmed) or parse_label(trimmed):
            return False
        return parse_bare_number(split_core(trimmed)[1]) is None and self._may_be_subtitle(line, trimmed)

    def _may_be_subtitle(self, line: int, trimmed: str) -> bool:
        """Say whether a line is no heading, comment, quote or note of its own."""
        return not (
            is_comment_line(trimmed)
            or is_quote_line(self._lines[line])
            or parse_atx(self._lines[line])
            or is_keyword_line(trimmed)
            or note_claim(trimmed) is NoteClaim.ANYWHERE
        )


def _levelled(rank: int, text: str, column: int, height: int, keyword: Keyword | None) -> Scanned:
    block = Block(Kind.HEADING, height, text, ((0, column),))
    return _heading(Claims.LEVELLED, block, keyword.level if keyword else None, rank)


def _heading(kind: Claims, block: Block, level: Level | None, rank: int = 0) -> Scanned:
    if facts := parse_facts(block.content):
        block = replace(block, facts=facts)
    return block, Claim(kind, block, block, rank=rank, own_level=level)
