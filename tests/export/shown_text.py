"""What a reader sees of a book: the oracle that exports are read back against."""

import re

from editor.export.book import Part
from editor.export.runs import PLAIN, Run, lines_of, tidy
from editor.markup.model import Style

INVISIBLE = re.compile("[\u200b]")


def shown(book, *, has_front=True, dinkus=""):
    """Return the visible characters of a book, in order."""
    return "".join(
        text for _, lines in shown_elements(book, has_front=has_front, dinkus=dinkus) for text in lines
    )


def shown_elements(book, *, has_front=True, dinkus=""):
    """Yield (part, lines) for each element with something to see, front matter (part None) after the title."""
    head = 1 if book.elements and book.elements[0].part is Part.TITLE else 0
    for element in book.elements[:head]:
        yield from _element(element, dinkus)
    if has_front:
        front = [(tidy(key), tidy(value)) for key, value in book.header]
        for text in [tidy(book.author), *(f"{key}:{value}" if key else value for key, value in front)]:
            if text:
                yield None, [squeeze(text)]
    for element in book.elements[head:]:
        yield from _element(element, dinkus)


def _element(element, dinkus):
    if element.part is Part.DINKUS and dinkus:
        yield element.part, [dinkus]
        return
    lines = [squeeze("".join(run.text for run in line)) for line in lines_of(element.inlines)]
    if any(lines):
        yield element.part, [line for line in lines if line]


def styled_runs(book):
    """Return the runs with white space taken out and neighbours of one style joined, of all of the book."""
    pieces = []
    for element in book.elements:
        for line in lines_of(element.inlines):
            pieces += [*((squeeze(run.text), run.styles) for run in line), None]
    return join_pieces(pieces)


def join_pieces(pieces):
    """Join (text, styles) pieces of one style; None divides."""
    joined = []
    for piece in pieces:
        if piece is None or not piece[0]:
            continue
        if joined and joined[-1][1] == piece[1]:
            joined[-1] = (joined[-1][0] + piece[0], piece[1])
        else:
            joined.append(piece)
    return joined


def squeeze(text):
    """Return a text without white space and without what nobody sees."""
    return "".join(INVISIBLE.sub("", text).split())


EMPHASIS, STRONG = frozenset({Style.EMPHASIS}), frozenset({Style.STRONG})
BOTH = EMPHASIS | STRONG
__all__ = ["BOTH", "EMPHASIS", "PLAIN", "STRONG", "Run", "join_pieces", "shown", "squeeze", "styled_runs"]
