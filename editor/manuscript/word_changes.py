"""Two versions of a text as one text to read: which words came, which went, and what between them stayed.

Limits: for reading, not for applying. Long stretches that are the same are left out, and of very long passages that differ the
whole counts as replaced.
"""

import enum
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from editor.manuscript.differences import matching_runs
from editor.markup.lines import BOUNDARY, is_blank

AROUND = 1
"""Paragraphs that are shown before and after a passage that differs."""

LONGEST_SAME = 240  # characters of a stretch within a paragraph that are shown whole
_TOKENS_LIMIT = 30_000
_TOKEN = re.compile(r"\w+(?:['’]\w+)*|\n|[^\S\n]+|[^\w\s]")


class Fate(enum.Enum):
    """What became of a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text and its fate; of a skipped one the text says how much it is."""

    fate: Fate
    text: str


def word_pieces(old: Sequence[str], new: Sequence[str], limit: int = 100_000) -> list[Piece]:
    """Return the pieces that show how the old lines became the new ones; none if they are the same.

    After about `limit` characters the rest is left out, and said to be.
    """
    pieces: list[Piece] = []
    size = 0
    for piece in _joined(_all_pieces(old, new)):
        if size > limit:
            pieces.append(Piece(Fate.SKIPPED, "more differences follow"))
            break
        pieces.append(piece)
        size += len(piece.text)
    return pieces if any(piece.fate in {Fate.ADDED, Fate.REMOVED} for piece in pieces) else []


def _all_pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    old_at = new_at = 0
    runs = matching_runs(old, new)
    for old_start, new_start, length in [*runs, (len(old), len(new), 0)]:
        if (old_at, new_at) != (old_start, new_start):
            yield from _changed(old[old_at:old_start], new[new_at:new_start])
        old_at, new_at = old_start + length, new_start + length
        is_first, is_last = not new_start and not old_start, old_at == len(old) and new_at == len(new)
        yield from _same(new[new_start:new_at], has_before=not is_first, has_after=not is_last)


def _same(lines: Sequence[str], *, has_before: bool, has_after: bool) -> Iterator[Piece]:
    """Yield lines that stayed, shortened to what stands next to what differs."""
    if not lines:
        return
    head = _reach(lines, AROUND) if has_before else 0
    tail = _reach(lines[::-1], AROUND) if has_after else 0
    if head + tail >= len(lines):
        yield Piece(Fate.SAME, _text_of(lines))
        return
    if head:
        yield Piece(Fate.SAME, _text_of(lines[:head]))
    words = sum(len(line.split()) for line in lines[head : len(lines) - tail])
    if words:
        yield Piece(Fate.SKIPPED, f"{words:,} word{'' if words == 1 else 's'} the same")
    if tail:
        yield Piece(Fate.SAME, _text_of(lines[len(lines) - tail :]))


def _reach(lines: Sequence[str], paragraphs: int) -> int:
    """Return how many lines it takes to have so many that are not blank."""
    for count, line in enumerate(lines, 1):
        if not is_blank(line):
            paragraphs -= 1
            if not paragraphs:
                return count
    return len(lines)


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    old_tokens, new_tokens = _TOKEN.findall(_text_of(old)), _TOKEN.findall(_text_of(new))
    if len(old_tokens) + len(new_tokens) > _TOKENS_LIMIT:
        yield Piece(Fate.REMOVED, _text_of(old))
        yield Piece(Fate.ADDED, _text_of(new))
        return
    old_at = new_at = 0
    runs = [
        run
        for run in matching_runs(old_tokens, new_tokens)
        if _is_worth_showing(new_tokens[run[1] : run[1] + run[2]])
    ]
    for old_start, new_start, length in [*runs, (len(old_tokens), len(new_tokens), 0)]:
        yield Piece(Fate.REMOVED, "".join(old_tokens[old_at:old_start]))
        yield Piece(Fate.ADDED, "".join(new_tokens[new_at:new_start]))
        old_at, new_at = old_start + length, new_start + length
        yield from _shortened("".join(new_tokens[new_start:new_at]))


def _is_worth_showing(tokens: Sequence[str]) -> bool:
    """Say whether something that stayed between changes is more than a blank or a stop."""
    return any(each == "\n" or each[0].isalnum() for each in tokens)


def _shortened(text: str) -> Iterator[Piece]:
    if len(text) <= LONGEST_SAME:
        yield Piece(Fate.SAME, text)
        return
    head, tail = text[:80].rpartition(" ")[0] or text[:80], text[-80:].partition(" ")[2] or text[-80:]
    yield Piece(Fate.SAME, f"{head} … {tail}")


def _text_of(lines: Sequence[str]) -> str:
    return "".join(f"{line.removeprefix(BOUNDARY)}\n" for line in lines)


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Yield the pieces without empty ones, those of one fate beside each other as one."""
    last: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if last is not None and last.fate is piece.fate is not Fate.SKIPPED:
            last = Piece(piece.fate, last.text + piece.text)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
