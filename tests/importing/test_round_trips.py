"""What we export as a document comes back: its words in order, its emphasis, its chapters and its scenes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.export.profile import DOCX, EPUB, HTML, ODT, RTF, Profile
from editor.export.registry import export_bytes
from editor.importing.draft import Draft, Role, Run
from editor.importing.marks import has_letter
from editor.importing.registry import import_bytes
from editor.importing.writing import write_lines
from editor.manuscript.manuscript import Manuscript
from editor.markup.model import PROSE, Kind, Level
from editor.markup.text import MarkedText
from tests.importing.reading import blocks_of

BOOK = """## Chapter 1: Dusk

It was *dark*, **very** dark — “no,” he said.

Un<i>frigging</i>believable, ***really***. 2*3, /usr/bin/ and \\*stars\\*.

* * *

Then *light* 😀 日本.
And a second line.

> Dear A,
>
> Come.

## Chapter 2: Dawn

She swam.

* * *

He did not."""


def prose(lines):
    return [runs for kind, runs in blocks_of(lines) if kind in PROSE]


def chapters(lines):
    return [
        block.content
        for block in MarkedText(lines).blocks
        if block.kind is Kind.HEADING and block.level is Level.CHAPTER
    ]


@pytest.mark.parametrize("renderer", [HTML, DOCX, ODT, RTF, EPUB])
def test_words_emphasis_chapters_and_scenes_come_back(renderer):
    lines = BOOK.split("\n")
    data = export_bytes(Manuscript(lines), Profile("x", renderer=renderer))
    back = list(import_bytes(data, "x.html" if renderer == HTML else "x").lines)
    assert prose(back) == prose(lines)
    assert chapters(back) == chapters(lines)
    breaks = [kind for kind, _runs in blocks_of(back)].count(Kind.BREAK)
    assert breaks == 2


WORDS = st.text(st.sampled_from("abe é—’ *_/\\.,!<&"), min_size=1, max_size=12).filter(has_letter)
RUNS = st.lists(st.builds(Run, WORDS, st.booleans(), st.booleans()), min_size=1, max_size=5)
PIECES = st.lists(st.tuples(st.sampled_from([Role.PARAGRAPH, Role.QUOTE]), RUNS), min_size=1, max_size=4)


def letters(paragraphs):
    """Return the letters of paragraphs, each with its look: typography may change the signs around them."""
    return [
        [(letter, run.emphasis, run.strong) for run in runs for letter in run.text if letter.isalnum()]
        for runs in paragraphs
    ]


@pytest.mark.parametrize("renderer", [HTML, DOCX, ODT, RTF, EPUB])
@given(PIECES)
@settings(max_examples=40)
def test_the_look_of_every_letter_survives_the_way_out_and_back(renderer, pieces):
    draft = Draft()
    draft.add(Role.HEADING, "Chapter 1", 1)
    for role, runs in pieces:
        draft.add(role, runs)
    lines = write_lines(draft)
    data = export_bytes(Manuscript(lines), Profile("x", renderer=renderer))
    back = import_bytes(data, "x.html" if renderer == HTML else "x").lines
    assert letters(prose(list(back))) == letters(prose(lines))
