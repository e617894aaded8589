"""Scenes and chapters as they are named on the command line."""

import pytest

from editor.errors import InputError
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.references import parse_selection, resolve_chapter, resolve_scene
from tests.manuscript.notation import manuscript_of

BOOK = "Prelude text.\n\nPart One\n\nChapter 1\n\nOne.\n\n***\n\nTwo.\n\nPart Two\n\nChapter 2\n\nChapter 3\n\nThree.\n"


@pytest.fixture
def outline():
    return manuscript_of(BOOK).outline


@pytest.mark.parametrize(
    ("reference", "title"),
    [("1.1", "Prelude text."), ("2.2", "Two."), ("4.1", "Three."), ("7", "One."), (":7", "One."), ("L11", "Two."), ("line:19", "Three.")],
)  # fmt: skip
def test_a_scene_is_named_by_its_numbers_or_a_line(outline, reference, title):
    assert resolve_scene(reference, outline).title == title


def test_chapters_are_counted_across_parts_untitled_ones_included(outline):
    assert [resolve_chapter(str(number), outline).title for number in (1, 2, 3, 4)] == [
        "",
        "Chapter 1",
        "Chapter 2",
        "Chapter 3",
    ]


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("5.1", "There is no chapter 5: the manuscript has 4."),
        ("2.3", "There is no scene 3: chapter 2 has 2."),
        ("3.1", "There is no scene 1: chapter 3 has none."),
        ("2.0", "There is no scene 0"),
        ("15", "There is no scene at line 15."),
        ("0", "There is no scene at line 0."),
        ("999", "There is no scene at line 999."),
        ("two", "“two” names no scene"),
    ],
)
def test_a_scene_that_is_not_there_is_told_in_words(outline, reference, message):
    with pytest.raises(InputError, match=message.replace(".", r"\.")):
        resolve_scene(reference, outline)


def test_a_selection_lists_parts_chapters_and_scenes_once_each(outline):
    ids = parse_selection("chapter:2, scene:4.1,line:7,part:2,Scene:4.1", outline)
    assert [outline.node(node_id).title for node_id in ids] == ["Chapter 1", "Three.", "One.", "Part Two"]


@pytest.mark.parametrize(
    "selection", ["", "2", "chapter:", "chapter:x", "book:1", "part:3", "scene:9.9", "chapter:1,,"]
)
def test_a_selection_that_means_nothing_is_told_in_words(outline, selection):
    with pytest.raises(InputError):
        parse_selection(selection, outline)


FOLDER = """\
\rone.txt
Chapter One

Rain.

Part Two

Chapter Two

\rtwo.txt

Snow.
\rthree: a.txt
Chapter Three

***

Sun.
\rcuts.txt
Gone.
"""


@pytest.fixture
def folder():
    return Manuscript(FOLDER.split("\n")).outline


@pytest.mark.parametrize(
    ("reference", "title"),
    [
        ("1.1", "Rain."),
        ("3.1", "Snow."),
        ("4.1", "Sun."),
        ("one.txt:3", "Rain."),
        ("line:two.txt:2", "Snow."),
    ],
)
def test_scenes_are_counted_through_all_files_and_a_line_is_named_with_its_file(folder, reference, title):
    assert resolve_scene(reference, folder).title == title


def test_a_scene_that_was_cut_is_named_by_its_line_and_has_no_number(folder):
    assert resolve_scene("cuts.txt:1", folder).title == "Gone."
    assert resolve_scene("three: a.txt:5", folder).title == "Sun."
    with pytest.raises(InputError, match="There is no chapter 5: the manuscript has 4"):
        resolve_chapter("5", folder)


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("5", "named with its file, as in one.txt:5"),
        ("L5", "named with its file"),
        ("four.txt:1", "There is no file called four.txt"),
        ("two.txt:9", "There is no scene at line 9 of two.txt"),
        ("two.txt:0", "There is no scene at line 0 of two.txt"),
    ],
)
def test_a_line_of_no_file_is_told_in_words(folder, reference, message):
    with pytest.raises(InputError, match=message):
        resolve_scene(reference, folder)


def test_a_selection_in_a_folder_counts_parts_and_chapters_of_the_book(folder):
    ids = parse_selection("chapter:2,part:1,line:two.txt:2", folder)
    assert [folder.node(one).title for one in ids] == ["Chapter Two", "Part Two", "Snow."]
