"""The figures of a manuscript: of the whole, and of each chapter; what was cut out of the book is not counted."""

import math
from dataclasses import dataclass

from editor.manuscript.chapter_names import chapter_name, is_in_book
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.outline import Node
from editor.markup.inlines import plain_text
from editor.markup.model import PROSE

WORDS_PER_MINUTE = 250
"""How fast fiction is read silently, for reading times."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted in a chapter or a manuscript.

    `words` by section 7. `characters` are those a reader sees in the prose, spaces included, marks not. `paragraphs`
    are blocks of prose (paragraphs, verses, quotations).
    """

    words: int
    characters: int
    paragraphs: int
    scenes: int
    chapters: int

    @property
    def reading_minutes(self) -> int:
        """How long reading takes, in minutes, rounded up."""
        return math.ceil(self.words / WORDS_PER_MINUTE)


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures of a manuscript and of its chapters, each with its title, else the name of its file ("" without either)."""

    whole: Figures
    chapters: tuple[tuple[str, Figures], ...]


def count_statistics(manuscript: Manuscript) -> Statistics:
    """Return the figures of a manuscript."""
    outline = manuscript.outline
    chapters = tuple(
        (chapter_name(outline, node), _figures_of(manuscript, node))
        for node in outline.chapters()
        if is_in_book(outline, node)
    )
    figures = [figures for _title, figures in chapters]
    whole = Figures(
        words=sum(each.words for each in figures),
        characters=sum(each.characters for each in figures),
        paragraphs=sum(each.paragraphs for each in figures),
        scenes=sum(each.scenes for each in figures),
        chapters=len(figures),
    )
    return Statistics(whole, chapters)


def _figures_of(manuscript: Manuscript, chapter: Node) -> Figures:
    first = manuscript.outline.first_block_of(chapter.id)
    blocks = manuscript.text.blocks[first : first + chapter.extent.blocks]
    prose = [block for block in blocks if block.kind in PROSE]
    return Figures(
        words=chapter.words,
        characters=sum(len(plain_text(block)) for block in prose),
        paragraphs=len(prose),
        scenes=len(chapter.children),
        chapters=1,
    )
