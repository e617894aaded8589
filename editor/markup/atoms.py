"""The first reading of a paragraph's content: atoms, tags and runs of marks (6.1, 6.2, and the tags of 6.5).

Limits: which tags are a pair and which runs are marks is not decided here; see `tags` and `spans`.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from editor.markup.characters import CLASS_OF, WHITE, WHITE_IN_LINE, WORD
from editor.markup.model import Span, SpanKind
from editor.markup.patterns import compile_later

Run = tuple[str, int, int]
"""A run of one mark character: the run itself, where it starts and where it ends in the content.

A chain of equal runs inside one word, like the underscores of `a_b_c_d`, is given as its first run only: none of them
can open or close strongly, and what the first can do as a weak closer the others could not do any more.
"""

_ATTRIBUTE = rf"[{WHITE}]+[A-Za-z_:][\w:.\-]*+(?:=(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\"'=<>`{WHITE}]++))?+"
_REST_OF_TAG = rf"/?+[A-Za-z][A-Za-z0-9\-]*+(?:{_ATTRIBUTE})*+[ \t\n]*+/?+>"
_CHAIN = r"(?=[0-9A-Za-z])(?<=[0-9A-Za-z](?P<mark>[*_/]))(?:[0-9A-Za-z]++(?P=mark)(?=[0-9A-Za-z]))*+"
_REST_OF_ESCAPE = rf"[!-/:-@\[-`{{-~]|[{WHITE_IN_LINE}]*+\n"
_RESTS = (
    rf"{_CHAIN}|(?<=[*])[*]*+|(?<=_)_*+|(?<=/)/*+|(?<=\\)(?:{_REST_OF_ESCAPE})|(?<=\[)\[|(?<=<){_REST_OF_TAG}"
)
_PIECE = re.compile(rf"[*_/\\\[<](?:{_RESTS})")
_PIECE_OR_URL = re.compile(rf"[*_/\\\[<hfmw](?:{_RESTS}|(?<=h)ttps?://|(?<=f)tp://|(?<=m)ailto:|(?<=w)ww\.)")
# Each begins with the set of its first characters: then Python skips all others without trying the alternatives.
_URL_BODY = compile_later(rf"[^{WHITE}<>\"]*")
_NOT_AT_URL_END = ".,;:!?'\"*_)]}>»”’…"
_STYLE_TAGS = {
    f"<{slash}{name}>": (name, slash == "/") for name in ("i", "em", "b", "strong") for slash in ("", "/")
}
_BREAK_TAGS = frozenset({"<br>", "<br/>", "<br />"})


class Tag(NamedTuple):
    """A tag that may be a mark: `<i>`, `</strong>`, ..."""

    name: str
    is_close: bool
    start: int
    end: int


@dataclass(slots=True)
class Pieces:
    """What stands in a content: its atoms, the tags that may be marks, and the runs of mark characters, in order.

    `hidden` are the ranges that no reader sees as letters: comments, style tags and break tags.
    """

    atoms: list[Span] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    hidden: list[tuple[int, int]] = field(default_factory=list)


def scan_pieces(content: str) -> Pieces:
    """Read a content once, from left to right, what is inside an atom counting for nothing else (6.2)."""
    pieces = Pieces()
    pattern = _PIECE_OR_URL if "://" in content or "www." in content or "mailto:" in content else _PIECE
    last_comment_end = content.rfind("]]")
    position: int | None = 0
    while position is not None:
        position = _scan_from(position, content, pattern, last_comment_end, pieces)
    return pieces


def _scan_from(
    position: int, content: str, pattern: re.Pattern[str], last_comment_end: int, pieces: Pieces
) -> int | None:
    """Scan until an atom ends elsewhere than the pattern thinks, and return where to go on; None at the end."""
    add_run, add_atom = pieces.runs.append, pieces.atoms.append
    for found in pattern.finditer(content, position):
        start, end = found.span()
        first = content[start]
        if first in "*_/":
            run_end = start + 1 if found["mark"] else end
            add_run((content[start:run_end], start, run_end))
        elif first == "\\":
            if content[end - 1] == "\n":
                add_atom(Span(SpanKind.LINE_BREAK, start, end, end, end))
            else:
                add_atom(Span(SpanKind.ESCAPE, start, end, start + 1, end))
        elif first == "[":
            if start + 2 <= last_comment_end:
                end = content.index("]]", end) + 2
                add_atom(Span(SpanKind.COMMENT, start, end, end, end))
                pieces.hidden.append((start, end))
                return end
        elif first == "<":
            _add_tag(content, start, end, pieces)
        elif start == 0 or CLASS_OF[content[start - 1]] != WORD:
            url_end = _url_end(content, start, end)
            if url_end > end:
                add_atom(Span(SpanKind.URL, start, url_end, start, url_end))
                return url_end
    return None


def _url_end(content: str, start: int, prefix_end: int) -> int:
    body = _URL_BODY.match(content, prefix_end)
    body_end = body.end() if body else prefix_end
    return start + len(content[start:body_end].rstrip(_NOT_AT_URL_END))


def _add_tag(content: str, start: int, end: int, pieces: Pieces) -> None:
    text = content[start:end].lower()
    if style := _STYLE_TAGS.get(text):
        pieces.tags.append(Tag(*style, start, end))
    elif text in _BREAK_TAGS:
        pieces.atoms.append(Span(SpanKind.LINE_BREAK, start, end, end, end))
    else:
        return
    pieces.hidden.append((start, end))
