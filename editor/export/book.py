"""The format-neutral form of a manuscript on its way out.

Renderers turn a `Book` into bytes and see nothing else of the manuscript. Everything a profile decides about content
(what is left out, typography, heading text) has already happened; what remains is form.
"""

import enum
from dataclasses import dataclass

from editor.markup.inlines import text_of
from editor.markup.model import Inline
from editor.markup.words import count_words


class Part(enum.StrEnum):
    """What one element of a book is."""

    TITLE = "title"
    PART = "part"
    CHAPTER = "chapter"
    SCENE_TITLE = "scene title"
    PARAGRAPH = "paragraph"
    VERSE = "verse"
    QUOTE = "quote"  # one per paragraph of the quotation; adjacent ones belong together
    NOTE = "note"  # to the reader
    END_MATTER = "end matter"
    DINKUS = "dinkus"  # between two scenes of one chapter


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its part in the book and its inlines (none for a dinkus)."""

    part: Part
    inlines: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """Where a chapter begins: the index of its first element (the heading of its part included), its title or ""."""

    start: int
    title: str


@dataclass(frozen=True, slots=True)
class Book:
    """A book: `elements` in reading order. `language` is a BCP 47 tag. `header` holds the fields of the story header
    that the profile lets through, as typed. `title` is never empty: it names the page even where no title is printed.
    `author` is printed below the title, unless it is empty; `unprinted_author` is told by the file only. `chapters` says where
    chapters begin, with a heading or without."""

    title: str
    language: str
    header: tuple[tuple[str, str], ...]
    elements: tuple[Element, ...]
    author: str = ""
    chapters: tuple[Chapter, ...] = ()
    unprinted_author: str = ""

    @property
    def credit(self) -> str:
        """Return whom the file names as its author where programs look for that, "" for nobody."""
        return self.author or self.unprinted_author


SCENE = frozenset({Part.PARAGRAPH, Part.VERSE, Part.QUOTE})
"""The parts whose words are counted."""


def words_of(elements: tuple[Element, ...]) -> int:
    """Return the number of words of scenes among `elements`, as the window counts them."""
    return sum(count_words(text_of(each.inlines)) for each in elements if each.part in SCENE)
