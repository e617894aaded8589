"""A book in pieces: chapter by chapter, as it is posted, with the notes of a chapter apart if that is wished.

Every element of the book is in one piece, in its place; only scene breaks at the ends of a piece go. The first piece has the
title, the author and the fields of the story header.
"""

import enum
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from editor.export.book import Book, Chapter, Element, Part
from editor.manuscript.file_names import suggested_name

_SCENE = frozenset({Part.PARAGRAPH, Part.VERSE, Part.QUOTE})
_LONGEST_STEM = 150  # bytes; with a number, a suffix and a temporary name around it, every system takes it


class PieceKind(enum.StrEnum):
    """What a piece is for: the text of a chapter, or the notes before or after it."""

    TEXT = "text"
    NOTES = "notes"
    END_NOTES = "end notes"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: of chapter `number` (from 1), what for, and its content. `title` is never empty.

    `chapter` is the place of that chapter among all of the book, from 0; those of which nothing is exported count.
    """

    number: int
    title: str
    kind: PieceKind
    book: Book
    chapter: int = 0

    @property
    def name(self) -> str:
        """Return what the piece is called in a message."""
        return self.title if self.kind is PieceKind.TEXT else f"{self.title}: {self.kind}"

    def file_stem(self, width: int) -> str:
        """Return the name of its file without suffix, its number padded to `width` digits."""
        last = "" if self.kind is PieceKind.TEXT else f" - {self.kind}"
        return f"{self.number:0{width}} {file_stem(self.title)}{last}"


def split_chapters(book: Book, *, notes_apart: bool, title_field: str = "") -> list[Piece]:
    """Return the pieces of `book` in order, at least one. A chapter of which nothing is exported has none.

    `title_field` is the name of a field of the header that is to hold the title of each chapter that has one.
    """
    chapters = enumerate(_chapters(book))
    filled = [(place, chapter, part) for place, (chapter, part) in chapters if _without_loose_breaks(part)]
    if not filled:
        return [Piece(1, book.title, PieceKind.TEXT, book)]
    is_only = len(filled) == 1
    pieces: list[Piece] = []
    for number, (place, chapter, part) in enumerate(filled, start=1):
        title = chapter.title or (book.title if is_only else f"Chapter {number}")
        own = replace(book, title=title, chapters=())
        if number > 1:
            own = replace(own, author="", header=())
        if title_field and chapter.title:
            own = replace(own, header=(*own.header, (title_field, chapter.title)))
        made = _pieces_of(number, title, replace(own, elements=part), notes_apart=notes_apart)
        pieces += [replace(piece, chapter=place) for piece in made]
    return pieces


def file_stem(title: str) -> str:
    """Return a file name without suffix, made from a title, that every system takes."""
    visible = "".join(each for each in unicodedata.normalize("NFC", title) if each.isprintable())
    stem = suggested_name(visible, ()).removesuffix(".txt")
    return stem.encode("utf-8", "replace")[:_LONGEST_STEM].decode("utf-8", "replace").strip(" .\ufffd")


def _chapters(book: Book) -> Iterator[tuple[Chapter, tuple[Element, ...]]]:
    """Yield the chapters with their elements; what stands before the first belongs to it."""
    chapters = book.chapters or (Chapter(0, ""),)
    ends = [*(each.start for each in chapters), len(book.elements)]
    for chapter, (start, end) in zip(chapters, pairwise(ends), strict=True):
        yield chapter, book.elements[0 if chapter is chapters[0] else start : end]


def _pieces_of(number: int, title: str, book: Book, *, notes_apart: bool) -> Iterator[Piece]:
    elements = book.elements
    before: tuple[Element, ...] = ()
    after: tuple[Element, ...] = ()
    if notes_apart:
        first, last = _first_of_scene(elements), len(elements) - _first_of_scene(elements[::-1])
        before = tuple(each for each in elements[:first] if each.part is Part.NOTE)
        after = tuple(each for each in elements[max(first, last) :] if each.part is Part.NOTE)
        elements = (
            *(each for each in elements[:first] if each.part is not Part.NOTE),
            *elements[first : max(first, last)],
            *(each for each in elements[max(first, last) :] if each.part is not Part.NOTE),
        )
    notes = replace(book, author="", header=())
    if before:
        yield Piece(number, title, PieceKind.NOTES, replace(notes, elements=before))
    text = _without_loose_breaks(elements)
    if text or book.header or book.author:
        yield Piece(number, title, PieceKind.TEXT, replace(book, elements=text))
    if after:
        yield Piece(number, title, PieceKind.END_NOTES, replace(notes, elements=after))


def _first_of_scene(elements: Sequence[Element]) -> int:
    return next((index for index, each in enumerate(elements) if each.part in _SCENE), len(elements))


def _without_loose_breaks(elements: tuple[Element, ...]) -> tuple[Element, ...]:
    """Return elements without the breaks that no scene stands before or after."""
    first, last = _first_of_scene(elements), len(elements) - _first_of_scene(elements[::-1])
    return tuple(
        each for index, each in enumerate(elements) if each.part is not Part.DINKUS or first < index < last
    )
