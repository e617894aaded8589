"""Scenes and chapters as they are named on the command line."""

import pytest

from editor.errors import InputError
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
