"""A draft as lines of our own text.

The lines are written the plain way and read by our own grammar; a piece whose words the grammar would not show (a comment, a
quotation, boilerplate) is written again with its first characters escaped. A paragraph that reads as a heading, a note or an
end mark may: it says what the writer said. The mode of the whole must be one paragraph a line; where it is not, hard
breaks are written as `<br>`.

Limits: a heading's own emphasis is kept, its depth becomes what the grammar makes of it; where the other program says what a
heading opens and the grammar would read something else, a word is put before it ("Part 2: The river").
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from editor.importing.draft import Draft, Loss, Piece, Rank, Role
from editor.importing.marks import STANDARD, has_letter, mark_up, tag_up
from editor.markup.breaks import is_strong_break, is_weak_break
from editor.markup.model import Block, Kind, Level, WrapMode
from editor.markup.text import MarkedText

BREAK = "* * *"
_ROUNDS = 3
_LEVELS = {Rank.PART: Level.PART, Rank.CHAPTER: Level.CHAPTER, Rank.SCENE: Level.SCENE}
_WORDS = {Rank.PART: "Part", Rank.CHAPTER: "Chapter"}
_LONGEST_LABEL = 60
_PARAGRAPHS_TO_A_GAP = 3
_NUMBERED = re.compile(r"(\d{1,4}|[ivxlcIVXLC]{1,7})(?=[.:)])")
_OPENS = re.compile(r"\*{1,3}(?=[^\s*])|_{1,2}(?=[^\s_])|<[bi]>")
"""A mark of emphasis; with an escape before it it would be none."""

_SHOWN = frozenset({Kind.PARAGRAPH, Kind.NOTE, Kind.END_MATTER, Kind.HEADING, Kind.CONTENTS, Kind.HEADER})
_ALLOWED: dict[Role, frozenset[Kind]] = {
    Role.HEADING: frozenset({Kind.HEADING, Kind.CONTENTS}),
    Role.PARAGRAPH: _SHOWN,
    Role.ITEM: frozenset({Kind.PARAGRAPH}),
    Role.VERSE: frozenset({Kind.VERSE}),
    Role.QUOTE: frozenset({Kind.QUOTE}),
    Role.NOTE: frozenset({Kind.NOTE, Kind.HEADER}),
    Role.COMMENT: frozenset({Kind.COMMENT}),
    Role.FACT: frozenset({Kind.COMMENT}),
    Role.BREAK: frozenset({Kind.BREAK}),
}


@dataclass(slots=True)
class _Written:
    """A piece and the text it is written as; `care` counts how often the plain way did not do."""

    piece: Piece
    text: str
    care: int = 0
    lines: list[str] = field(default_factory=list)


def write_lines(draft: Draft, own_mark: str = STANDARD, *, keeps_breaks: bool = False) -> list[str]:
    """Return the lines of our text for a draft. What cannot be said is counted in its `losses`. Linear in its length.

    `own_mark` is what emphasis is best written with. `keeps_breaks`: write line breaks as tags, for a file in which the end of a line
    says nothing.
    """
    written = [
        _Written(piece, _content(piece, draft, own_mark))
        for piece in _without_idle_breaks(_settle_gaps(draft.pieces))
    ]
    header = [f"{key}: {value}" for key, value in draft.fields]
    tags = keeps_breaks
    for _ in range(_ROUNDS):
        lines, starts = _lay_out(written, header, tags=tags)
        marked = MarkedText(lines)
        uncertain = _care_for(written, starts, marked)
        if marked.mode is not WrapMode.BLOCKS and not tags:
            tags = uncertain = True
        if not uncertain:
            break
    return lines


def _content(piece: Piece, draft: Draft, own_mark: str) -> str:
    if piece.role in {Role.FACT, Role.COMMENT}:
        return piece.text
    text, is_whole = mark_up(piece.runs, own_mark)
    draft.lose(Loss.EMPHASIS, 0 if is_whole else 1)
    return text


def _settle_gaps(pieces: Sequence[Piece]) -> list[Piece]:
    """Take empty paragraphs for breaks where they are rare and nothing else is a break; else leave them out.

    A quotation of signs alone becomes a paragraph: with ">" before them they would be a break, however they are escaped.
    """
    pieces = [
        replace(piece, role=Role.PARAGRAPH)
        if piece.role is Role.QUOTE and not has_letter(piece.text)
        else piece
        for piece in pieces
    ]
    gaps = sum(piece.role is Role.GAP for piece in pieces)
    texts = sum(piece.role in {Role.PARAGRAPH, Role.ITEM, Role.VERSE, Role.QUOTE} for piece in pieces)
    are_breaks = gaps and gaps * _PARAGRAPHS_TO_A_GAP <= texts and not any(map(_is_break, pieces))
    if are_breaks:
        return [Piece(Role.BREAK) if piece.role is Role.GAP else piece for piece in pieces]
    return [piece for piece in pieces if piece.role is not Role.GAP]


def _is_break(piece: Piece) -> bool:
    if piece.role is not Role.PARAGRAPH:
        return piece.role is Role.BREAK
    text = piece.text
    return len(text) <= _LONGEST_LABEL and (is_strong_break(text) or is_weak_break(text))


def _without_idle_breaks(pieces: Sequence[Piece]) -> list[Piece]:
    """Leave out breaks before a heading, after one, or next to another: they part nothing."""
    kept: list[Piece] = []
    for piece in pieces:
        if piece.role is Role.BREAK and (not kept or kept[-1].role in {Role.BREAK, Role.HEADING}):
            continue
        if piece.role is Role.HEADING and kept and kept[-1].role is Role.BREAK:
            kept.pop()
        kept.append(piece)
    if kept and kept[-1].role is Role.BREAK:
        kept.pop()
    return kept


# --- the way a piece is written


def _lay_out(
    written: Sequence[_Written], header: Sequence[str], *, tags: bool
) -> tuple[list[str], list[int]]:
    """Return all lines, and the line each piece starts on."""
    lines = [*header, "", ""] if header else []
    starts: list[int] = []
    ordinals = dict.fromkeys(Rank, 0)
    depths = _depths([each.piece for each in written])
    before: Role | None = None
    for each in written:
        piece = each.piece
        if piece.role is Role.HEADING:
            each.lines = [_heading(each, depths, ordinals)]
        else:
            each.lines = _body(each, tags=tags)
        if before is not None and not (before is piece.role is Role.FACT):
            lines.append(">" if before is piece.role is Role.QUOTE else "")
        starts.append(len(lines))
        lines += each.lines
        before = piece.role
    return lines, starts


def _depths(pieces: Sequence[Piece]) -> dict[int, int]:
    """Return how many signs a level is written with: ranks from part down, depths as they rank among themselves."""
    levels = sorted({piece.level for piece in pieces if piece.role is Role.HEADING})
    return {level: min(6, index + 1) for index, level in enumerate(levels)}


def _heading(each: _Written, depths: dict[int, int], ordinals: dict[Rank, int]) -> str:
    text, level = " ".join(each.text.split("\n")), each.piece.level
    if level in set(Rank):
        rank = Rank(level)
        ordinals[rank] += 1
        if rank is Rank.SCENE and len(text) <= _LONGEST_LABEL and not each.care:
            return f"*** {text} ***"
        if each.care > 1 and rank in _WORDS:
            text = f"{_WORDS[rank]} {ordinals[rank]}: {text}"
    return f"{'#' * depths[level]} {_guarded_end(text)}"


def _guarded_end(text: str) -> str:
    return f"{text[:-1]}\\#" if text.endswith("#") and not text.endswith("\\#") else text


def _body(each: _Written, *, tags: bool) -> list[str]:
    role, text = each.piece.role, each.text
    if role is Role.BREAK:
        return [BREAK]
    if role is Role.FACT:
        return [f"[[{each.piece.key}: {text}]]"]
    lines = text.split("\n")
    if role is Role.COMMENT:
        return [f"%% {line}".rstrip() for line in lines]
    if role is Role.VERSE and len(lines) > 1 and each.care < _ROUNDS - 1:
        return [f"    {_guarded(line) if each.care else line}" for line in lines]
    if tags and len(lines) > 1:
        lines = ["<br>".join(lines)]
    if each.care:
        lines = [_guarded(line) for line in lines]
    if role is Role.QUOTE:
        return [f"> {_guarded(line) if line.startswith('>') else line}" for line in lines]
    if role is Role.NOTE and each.care:
        lines[0] = f"A/N: {lines[0].removeprefix(chr(92))}"
    return lines


def _guarded(line: str) -> str:
    """Escape the first sign of a line, so that nothing but words is read in it."""
    if numbered := _NUMBERED.match(line):
        return f"{numbered[1]}\\{line[numbered.end(1) :]}"
    if line[:1] in {"", "\\"} or line[0].isalnum() or not line[0].isascii() or _OPENS.match(line):
        return line
    return f"\\{line}"


# --- what the grammar makes of it


def _care_for(written: Sequence[_Written], starts: Sequence[int], marked: MarkedText) -> bool:
    """Have more care with each piece that the grammar does not read as it is meant; say whether there is one."""
    uncertain = False
    for each, start in zip(written, starts, strict=True):
        if not _is_read(each.piece, start, len(each.lines), marked):
            each.care += 1
            if each.care == 1 and any(run.emphasis or run.strong for run in each.piece.runs):
                each.text = tag_up(each.piece.runs) or each.text
            uncertain = True
    return uncertain


def _is_read(piece: Piece, start: int, height: int, marked: MarkedText) -> bool:
    index = bisect_left(marked.starts, start)
    if piece.role is Role.HEADING and piece.level in set(Rank):
        return index < len(marked.blocks) and _opens(marked.blocks[index], piece.level)
    if piece.role in {Role.QUOTE, Role.COMMENT, Role.FACT}:
        blocks = {marked.block_at(line) for line in range(start, start + height)}
        return all(each is not None and marked.blocks[each].kind in _ALLOWED[piece.role] for each in blocks)
    allowed = _ALLOWED[piece.role]
    if piece.role is Role.PARAGRAPH and not any(run.emphasis or run.strong for run in piece.runs):
        allowed |= {Kind.BREAK}  # a line of signs is a break, whoever typed it
    if piece.role is Role.VERSE and "\n" not in piece.text:
        allowed = _SHOWN
    found = marked.block_at(start)
    if found is None or marked.blocks[found].kind not in allowed:
        return False
    if marked.blocks[found].kind is Kind.HEADING and marked.lines[start].startswith("#"):
        return piece.role is Role.HEADING  # the sign would not be seen
    end = marked.starts[found] + marked.blocks[found].height
    return marked.blocks[found].kind is Kind.HEADER or (
        marked.starts[found] == start and end >= start + height
    )


def _opens(block: Block, level: int) -> bool:
    return block.kind is Kind.CONTENTS or (block.kind is Kind.HEADING and block.level is _LEVELS[Rank(level)])
