"""Fingerprints of chapters: they see what an export shows, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.export.assemble import assemble_book
from editor.export.book import Part
from editor.export.pieces import split_chapters
from editor.export.profile import Profile
from editor.manuscript.chapter_prints import chapters_within, print_chapters
from editor.manuscript.manuscript import Manuscript
from editor.markup.model import WrapMode
from tests.manuscript.folders import folders
from tests.manuscript.generated import manuscripts

EVERYTHING = Profile(
    "everything",
    include_title=False,
    include_headings=True,
    include_scene_titles=True,
    include_notes=True,
    include_end_matter=True,
    typography="typed",
    header="none",
)
THREE = """/Chapter One/

Rain on the *roof*.

* * *

It stopped.

/Chapter Two/

Ice.

/Chapter Three/

Snow.
"""


def prints(text, mode=None):
    manuscript = Manuscript(text.split("\n"), mode)
    return print_chapters(manuscript.outline, manuscript.text.blocks)[0]


def wholes(text, mode=None):
    return [chapter.whole for chapter in prints(text, mode)]


def test_each_chapter_has_a_fingerprint_and_its_title():
    assert [chapter.title for chapter in prints(THREE)] == ["Chapter One", "Chapter Two", "Chapter Three"]
    assert len(set(wholes(THREE))) == 3


def test_text_before_the_first_chapter_is_a_chapter_and_a_text_without_chapters_is_one():
    assert len(prints("Early.\n\n" + THREE)) == 4
    assert wholes("Early.\n\n" + THREE)[1:] == wholes(THREE)
    assert len(prints("Rain.\n\nSnow.\n")) == 1


@pytest.mark.parametrize(
    "old, new",
    [
        ("Rain on the *roof*.", "Rain on the *roof*. [[check the weather]]"),
        ("Rain on the *roof*.", "[[status: done]]\n\nRain on the *roof*."),
        ("Rain on the *roof*.", "Rain on\nthe *roof*.  "),
        ("Rain on the *roof*.", "Rain on the _roof_."),
        ("Rain on the *roof*.", "Rain  on the *roof*.\n\n"),
        ("* * *", "#####"),
        ("Ice.", "Ice.\n\n\n* * *\n"),
        ("Ice.", "Ice.\n\n* * *\n\n[[export: no]]\n\nNot for anybody."),
        ("/Chapter One/", "Title: A Book\nAuthor: Somebody\n\n/Chapter One/"),
    ],
)
def test_what_no_export_shows_leaves_every_fingerprint_as_it_is(old, new):
    assert wholes(THREE.replace(old, new), WrapMode.WRAPPED) == wholes(THREE, WrapMode.WRAPPED)


@pytest.mark.parametrize(
    "old, new, changed",
    [
        ("Rain on", "Rain, on", 0),
        ("*roof*", "roof", 0),
        ("\n* * *\n", "", 0),
        ("/Chapter Two/", "/Chapter Two: Cold/", 1),
        ("Ice.", "Ice.\n\nA/N: thank you all", 1),
        ("Ice.", "Ice.\n\n* * *\n\nMore ice.", 1),
        ("Snow.", "    Snow.", None),
    ],
)
def test_what_an_export_shows_changes_the_fingerprint_of_its_chapter_and_no_other(old, new, changed):
    before, after = wholes(THREE, WrapMode.BLOCKS), wholes(THREE.replace(old, new), WrapMode.BLOCKS)
    assert [place for place in range(3) if before[place] != after[place]] == (
        [] if changed is None else [changed]
    )


def test_a_heading_is_in_the_whole_and_not_in_the_body():
    before, after = prints(THREE)[1], prints(THREE.replace("Chapter Two", "Chapter Two: Cold"))[1]
    assert before.whole != after.whole
    assert before.body == after.body


def test_what_stands_above_a_chapter_belongs_to_it():
    text = "# Part One\n\n## First\n\nRain.\n\n# Part Two\n\n## Second\n\nSnow.\n"
    before, after = wholes(text), wholes(text.replace("Part Two", "Part the Second"))
    assert before[0] == after[0]
    assert before[1] != after[1]


def test_the_cuts_of_a_folder_are_no_chapters():
    lines = ["\rone.txt", "# One", "", "Rain.", "", "\rcuts.txt", "Gone.", ""]
    manuscript = Manuscript(lines)
    assert [each.title for each in print_chapters(manuscript.outline, manuscript.text.blocks)[0]] == ["One"]


def exported(manuscript):
    """What an export of everything shows of each chapter, as a comparison value."""
    book = assemble_book(manuscript, EVERYTHING)
    shown = {}
    for place, chapter in enumerate(book.chapters):
        end = book.chapters[place + 1].start if place + 1 < len(book.chapters) else len(book.elements)
        elements = list(book.elements[chapter.start if place else 0 : end])
        while elements and elements[0].part is Part.DINKUS:
            del elements[0]
        shown[place] = tuple(elements)
    return shown


@given(st.one_of(manuscripts(), folders()), st.data())
def test_fingerprints_are_the_same_exactly_where_the_export_is(manuscript, data):
    other = Manuscript(list(manuscript.text.lines), modes=manuscript.text.modes)
    line = data.draw(st.integers(len(other.outline.files) > 0, len(other.text.lines) - 1))
    new = data.draw(
        st.sampled_from(["", "Other words.", "[[a note]]", "* * *", "[[export: no]]", "A/N: dear readers"])
    )
    other.replace_lines(line, data.draw(st.integers(0, 2)), [new])
    known = print_chapters(manuscript.outline, manuscript.text.blocks)[1]
    one, two = (print_chapters(each.outline, each.text.blocks)[0] for each in (manuscript, other))
    shown, others = exported(manuscript), exported(other)
    assert len(one) == len(shown)
    assert len(two) == len(others)
    for here in one:
        for there in two:
            is_same = shown[here.place] == others[there.place]
            assert (here.whole == there.whole) == is_same
    assert print_chapters(other.outline, other.text.blocks, known)[0] == two


@given(st.one_of(manuscripts(), folders()))
def test_pieces_are_chapters_of_the_book(manuscript):
    chapters = print_chapters(manuscript.outline, manuscript.text.blocks)[0]
    pieces = split_chapters(assemble_book(manuscript, EVERYTHING), notes_apart=True)
    assert {piece.chapter for piece in pieces} == {
        chapter.place for chapter in chapters if chapter.whole
    } or len(pieces) == 1


def test_a_selection_takes_the_chapters_of_which_it_leaves_nothing_out():
    manuscript = Manuscript(THREE.split("\n"))
    first, second, _third = manuscript.outline.chapters()
    rain, dry = first.children
    assert chapters_within(manuscript.outline, {rain.id}) == frozenset()
    assert chapters_within(manuscript.outline, {rain.id, dry.id}) == {first.id}
    assert chapters_within(manuscript.outline, {second.id}) == {second.id}
