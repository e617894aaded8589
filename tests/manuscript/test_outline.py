"""What the outline says, and what stays the same in it through edits."""

import pytest

from editor.manuscript.manuscript import Manuscript
from editor.markup.model import Level
from tests.manuscript.notation import manuscript_of, scene, titles

BOOK = """\
Title: The Weir

Part One

Chapter 1

[[status: draft]]
[[POV: Mara]]

Rain fell.

* * *

[[title: The Ferry]]

More rain fell.
And more.

[[check this]]

* * *

To Be Concluded in Chapter 2

Chapter 2

### The bridge

### The lock

Text.
"""


def test_parts_chapters_and_scenes_stand_in_document_order():
    assert titles(manuscript_of(BOOK)) == [
        "title: The Weir",
        "part: Part One",
        "chapter: Chapter 1",
        "scene: Rain fell.",
        "scene: The Ferry",
        "chapter: Chapter 2",
        "scene: The bridge",
        "scene: The lock",
    ]


def test_a_scene_runs_from_its_leading_comments_through_those_that_trail_it():
    manuscript = manuscript_of(BOOK)
    outline, ferry = manuscript.outline, scene(manuscript, "The Ferry")
    lines = manuscript.text.lines[outline.line_of(ferry.id) : outline.end_line_of(ferry.id)]
    assert lines == ["[[title: The Ferry]]", "", "More rain fell.", "And more.", "", "[[check this]]"]


def test_facts_are_read_with_small_keys():
    assert scene(manuscript_of(BOOK), "Rain fell").facts == (("status", "draft"), ("pov", "Mara"))


def test_a_scene_may_be_kept_out_of_exports():
    manuscript = manuscript_of("[[export: No]]\n\nOne.\n\n***\n\nTwo.")
    assert [node.is_exported for node in manuscript.outline.scenes()] == [False, True]


def test_words_are_summed_upwards():
    outline = manuscript_of(BOOK).outline
    assert [node.words for node in outline.walk()] == [8, 7, 2, 5, 1, 0, 1]
    assert outline.words == 8


def test_a_named_scene_exists_while_it_is_empty_and_a_break_below_its_heading_is_idle():
    assert titles(manuscript_of("Chapter 1\n\n### Empty\n\n### Full\n\n***\n\nText.")) == [
        "chapter: Chapter 1",
        "scene: Empty",
        "scene: Full",
    ]


def test_notes_and_end_marks_belong_to_no_scene():
    manuscript = manuscript_of("A/N: hello\n\nOne.\n\nThe End\n\nA/N: bye")
    (node,) = manuscript.outline.scenes()
    assert (manuscript.outline.line_of(node.id), manuscript.outline.end_line_of(node.id)) == (2, 3)


def test_a_line_finds_its_scene_and_chapter():
    manuscript = manuscript_of(BOOK)
    outline = manuscript.outline
    found = [outline.deepest_at(line) for line in (0, 2, 4, 9, 11, 14, 26)]
    assert [node.title if node else None for node in found] == [
        None,
        "Part One",
        "Chapter 1",
        "Rain fell.",
        "Rain fell.",
        "The Ferry",
        "The bridge",
    ]
    assert outline.scene_at(4) is None
    assert outline.chapter_at(14).title == "Chapter 1"
    assert outline.chapter_at(2) is None


def test_typing_keeps_every_other_node_the_same_object():
    manuscript = manuscript_of(BOOK)
    before = {node.id: node for node in manuscript.outline.walk()}
    line = manuscript.text.lines.index("Rain fell.")
    manuscript.replace_lines(line, 1, ["Heavy rain fell.", "", "It did."])
    changed = [node.title for node in manuscript.outline.walk() if before[node.id] is not node]
    assert changed == ["Part One", "Chapter 1", "Heavy rain fell."]
    assert manuscript.outline.words == 11


def test_an_older_outline_stays_what_it_was():
    manuscript = manuscript_of(BOOK)
    older, ferry = manuscript.outline, scene(manuscript, "The Ferry")
    manuscript.replace_lines(0, 0, ["", "", ""])
    assert manuscript.outline.line_of(ferry.id) == older.line_of(ferry.id) + 3
    assert manuscript.outline.revision == older.revision + 1


def test_a_new_scene_break_makes_one_new_id():
    manuscript = manuscript_of(BOOK)
    before = {node.id for node in manuscript.outline.walk()}
    manuscript.replace_lines(manuscript.text.lines.index("And more."), 0, ["", "***", ""])
    after = [node.id for node in manuscript.outline.walk()]
    assert len(set(after) - before) == 1
    assert before < set(after)


def test_a_scene_cut_and_pasted_in_two_steps_returns_with_its_id():
    manuscript = manuscript_of("Chapter 1\n\nOne.\n\n***\n\nTwo.\n\nChapter 2\n\nThree.")
    two = scene(manuscript, "Two")
    manuscript.replace_lines(4, 4, [])
    assert two.id not in manuscript.outline
    manuscript.replace_lines(len(manuscript.text.lines), 0, ["", "***", "", "Two."])
    assert scene(manuscript, "Two").id == two.id
    assert manuscript.outline.parent(two.id).title == "Chapter 2"


def test_a_scene_whose_first_paragraph_is_rewritten_stays_itself():
    manuscript = manuscript_of("One.\n\n***\n\nTwo.")
    one = scene(manuscript, "One")
    manuscript.replace_lines(0, 1, ["A new start.", "", "With a second paragraph."])
    assert scene(manuscript, "A new start").id == one.id


def test_nothing_is_no_outline():
    outline = Manuscript([""]).outline
    assert list(outline.walk()) == []
    assert outline.deepest_at(0) is None


def test_a_node_that_is_gone_is_a_key_error():
    with pytest.raises(KeyError):
        manuscript_of(BOOK).outline.node(999)


def test_chapters_and_scenes_can_be_listed_by_level():
    outline = manuscript_of(BOOK).outline
    assert [node.level for node in outline.chapters()] == [Level.CHAPTER] * 2
    assert len(list(outline.scenes())) == 4
