"""The blocks that a paragraph's lines can be: text, verse, quote, comment, note, end mark (4.4, 4.7 to 4.11)."""

import re
from collections.abc import Sequence
from itertools import pairwise

from editor.markup.characters import WHITE, WHITE_SPACE
from editor.markup.claims import Claim, Claims, Scanned
from editor.markup.facts import is_all_comment, parse_facts
from editor.markup.matter import NoteClaim, is_end_mark, note_claim
from editor.markup.model import Block, Kind, WrapMode

_QUOTE = re.compile(r" {0,3}>(?!From )(?: ?>)* ?")
_FIRST_WORD = re.compile(rf"[^{WHITE}]+")
_SET_OFF = re.compile(r"\t| {2}")
_AT_START = ((0, 0),)
_OPENING = "\"“”'‘’„«»‹›*_/([{" + WHITE_SPACE

NumberedLine = tuple[int, str, int]
"""The number of a line inside its block, the line, and the column where the paragraph starts in it."""


def is_quote_line(line: str) -> bool:
    """Say whether a line is one of a quote (4.7)."""
    return ">" in line[:4] and _QUOTE.match(line) is not None


def quote_content(line: str) -> tuple[int, str]:
    """Return the column and the text of a quote line without its markers."""
    found = _QUOTE.match(line)
    end = found.end() if found else 0
    text = line[end:].lstrip(WHITE_SPACE)
    return len(line) - len(text), text.rstrip(WHITE_SPACE)


def starts_quote_paragraph(line: str, mode: WrapMode) -> bool:
    """Say whether a quote line that follows another starts a paragraph, or is a blank line between two."""
    column, text = quote_content(line)
    if not text or mode is WrapMode.LINES:
        return True
    found = _QUOTE.match(line)
    return mode is WrapMode.INDENTED and found is not None and found.end() < column


def reflows_in(mode: WrapMode) -> bool:
    """Say whether line breaks inside a paragraph mean nothing in this mode (3)."""
    return mode is WrapMode.WRAPPED or mode is WrapMode.INDENTED


def build_quote(lines: Sequence[tuple[int, str]], height: int, mode: WrapMode) -> Block:
    """Build one paragraph of a quote from its numbered lines."""
    contents = [(number, *quote_content(line)) for number, line in lines]
    content = "\n".join([text for _, _, text in contents])
    columns = tuple([(number, column) for number, column, _ in contents])
    if is_all_comment(content):
        return Block(Kind.COMMENT, height, content, columns, facts=parse_facts(content))
    return Block(Kind.QUOTE, height, content, columns, reflows_in(mode), facts=parse_facts(content))


def build_line(line: str, mode: WrapMode) -> Scanned:
    """Build what a paragraph of one whole line is, as `build_text` would: most paragraphs are no more."""
    content = line.strip(WHITE_SPACE)
    if "[[" in content or note_claim(content) is not NoteClaim.NONE or is_end_mark(content):
        return build_text([(0, line, 0)], 1, mode, is_structural=True)
    columns = _AT_START if line[0] == content[0] else ((0, line.index(content)),)
    reflows = mode is WrapMode.WRAPPED or mode is WrapMode.INDENTED
    return Block(Kind.PARAGRAPH, 1, content, columns, reflows), None


def build_text(lines: Sequence[NumberedLine], height: int, mode: WrapMode, *, is_structural: bool) -> Scanned:
    """Build what the lines of a paragraph are; `is_structural`: they may be something else than prose."""
    trimmed = [line[start:].strip(WHITE_SPACE) for _, line, start in lines]
    content = "\n".join(trimmed)
    columns = tuple(
        [
            (number, line.index(text, start))
            for (number, line, start), text in zip(lines, trimmed, strict=True)
        ]
    )
    facts = parse_facts(content) if "[[" in content else ()
    if content.startswith("[[") and is_all_comment(content):
        return Block(Kind.COMMENT, height, content, columns, facts=facts), None
    return _build_prose(
        lines, Block(Kind.PARAGRAPH, height, content, columns, facts=facts), mode, is_structural
    )


def _build_prose(lines: Sequence[NumberedLine], block: Block, mode: WrapMode, is_structural: bool) -> Scanned:
    reflows = reflows_in(mode)
    content, height, columns, facts = block.content, block.height, block.columns, block.facts
    note = note_claim(content) if is_structural else NoteClaim.NONE
    if note is NoteClaim.ANYWHERE:
        return Block(Kind.NOTE, height, content, columns, reflows, facts=facts), None
    kind = Kind.PARAGRAPH
    if len(lines) > 1 and mode in {WrapMode.BLOCKS, WrapMode.WRAPPED}:
        kind = _set_off_kind([line[start:] for _, line, start in lines], mode)
    reflows = reflows and kind is not Kind.VERSE
    text = Block(kind, height, content, columns, reflows, facts=facts)
    if note is NoteClaim.BEFORE_TEXT:
        granted = Block(Kind.NOTE, height, content, columns, reflows_in(mode), facts=facts)
        return granted, Claim(Claims.NOTE, granted, text)
    if is_structural and len(lines) == 1 and is_end_mark(content):
        granted = Block(Kind.END_MATTER, height, content, columns, reflows, facts=facts)
        return granted, Claim(Claims.END, granted, text)
    return text, None


def _set_off_kind(lines: Sequence[str], mode: WrapMode) -> Kind:
    """Say what several lines are by their indentation (4.10)."""
    if not all(map(_SET_OFF.match, lines)):
        return Kind.PARAGRAPH
    return Kind.QUOTE if mode is WrapMode.WRAPPED and _is_wrapped_quote(lines) else Kind.VERSE


def _is_wrapped_quote(lines: Sequence[str]) -> bool:
    if len(lines) < 3 or max([len(line.strip(WHITE_SPACE)) for line in lines]) < 40:
        return False
    longest = max([len(line.rstrip(WHITE_SPACE)) for line in lines])
    full = sum(is_full_join(above, below, longest) for above, below in pairwise(lines))
    capitals = sum(line.lstrip(_OPENING)[:1].isupper() for line in lines[1:])
    return 2 * full >= len(lines) - 1 and 2 * capitals <= len(lines) - 1


def is_full_join(above: str, below: str, width: int) -> bool:
    """Say whether the first word of `below` would not have fitted at the end of `above` (3)."""
    first_word = _FIRST_WORD.match(below.lstrip(WHITE_SPACE))
    return len(above.rstrip(WHITE_SPACE)) + 1 + (first_word.end() if first_word else 0) > width - 8
