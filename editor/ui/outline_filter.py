"""Which rows of the outline a filter leaves. Pure.

A row stays if every word of the filter is in its title, status, point of view, label or synopsis, or in its file's name. What stands above a
row that stays, stays too; so do the scenes of a chapter that stays by its own title.
"""

from collections.abc import Iterator, Sequence

from editor.manuscript.outline import Node
from editor.ui.outline_projection import FileRow

_FACTS = ("status", "pov", "label", "synopsis")
_PLAIN = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " "})


def rows_left(rows: Sequence[Node], query: str) -> set[int] | None:
    """Return the ids of those of `rows` and below them that `query` leaves, or None if it is empty and leaves all."""
    words = _fold(query).split()
    return set(_left_among(rows, words)) if words else None


def _left_among(nodes: Sequence[Node], words: Sequence[str]) -> Iterator[int]:
    for node in nodes:
        fits = all(word in _text_of(node) for word in words)
        below = [child.id for child in _below(node)] if fits else list(_left_among(node.children, words))
        if fits or below:
            yield node.id
            yield from below


def _below(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _below(child)


def _text_of(node: Node) -> str:
    name = node.file.title if isinstance(node, FileRow) else ""
    return _fold(" ".join((node.title, name, *(value for key, value in node.facts if key in _FACTS))))


def _fold(text: str) -> str:
    return text.translate(_PLAIN).casefold()
