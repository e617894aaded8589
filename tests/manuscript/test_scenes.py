"""Breaking, splitting, merging and deleting, told as texts before and after."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from editor.errors import InputError
from editor.manuscript.breaking import insert_break, split_scene
from editor.manuscript.edits import Position, apply_edits
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.scenes import delete_nodes, merge_with_next
from editor.markup.model import Kind, Level, WrapMode
from tests.manuscript.generated import manuscripts
from tests.manuscript.notation import manuscript_of, scene, titles


def broken(text: str, mode: WrapMode | None = None, *, command=insert_break) -> str:
    """Return `text` with a scene break where `|` stands."""
    before, after = text.split("|")
    position = Position(before.count("\n"), len(before.rpartition("\n")[2]))
    manuscript = manuscript_of(before + after, mode)
    return "\n".join(apply_edits(manuscript.text.lines, command(manuscript, position)))


def merged(text: str, title: str, mode: WrapMode | None = None) -> str:
    manuscript = manuscript_of(text, mode)
    return "\n".join(
        apply_edits(manuscript.text.lines, merge_with_next(manuscript, scene(manuscript, title).id))
    )


def without(text: str, *names: str) -> str:
    manuscript = manuscript_of(text)
    ids = [scene(manuscript, name).id for name in names]
    return "\n".join(apply_edits(manuscript.text.lines, delete_nodes(manuscript, ids)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("One.| Two.\n\n***\n\nThree.\n", "One.\n\n***\n\nTwo.\n\n***\n\nThree.\n"),
        ("One. |Two.\n\n***\n\nThree.\n", "One.\n\n***\n\nTwo.\n\n***\n\nThree.\n"),
        ("One.\n\n|Two.\n\n~~~\n\nThree.", "One.\n\n~~~\n\nTwo.\n\n~~~\n\nThree."),
        ("One.|\n\nTwo.\n\n~~~\n\nThree.", "One.\n\n~~~\n\nTwo.\n\n~~~\n\nThree."),
        ("One.\n|\nTwo.\n\n~~~\n\nThree.", "One.\n\n~~~\n\nTwo.\n\n~~~\n\nThree."),
        ("One.| Two.\n+++++\nThree.", "One.\n+++++\nTwo.\n+++++\nThree."),
        ("One.| Two.", "One.\n\n* * *\n\nTwo."),
        ("One.|", "One.\n\n* * *\n\n"),
        ("One.\n|", "One.\n\n* * *\n\n"),
        ("One.\n\n|", "One.\n\n* * *\n\n"),
        ("wor|d here.", "wor\n\n* * *\n\nd here."),
        ("> quoted |text here", "> quoted\n\n* * *\n\n> text here"),
        ("A line,\n|a second.", "A line,\n\n* * *\n\na second."),
    ],
)
def test_a_break_goes_to_the_caret_in_the_files_own_style(before, after):
    assert broken(before) == after


def test_a_weak_break_gets_the_blank_lines_it_needs():
    assert broken("#\n\nOne.| Two.", WrapMode.BLOCKS) == "#\n\nOne.\n\n#\n\nTwo."


def test_packed_lines_are_broken_without_blank_lines():
    assert broken("One.\nTwo.|\nThree.\nFour.", WrapMode.LINES) == "One.\nTwo.\n* * *\nThree.\nFour."


def test_a_scene_is_split_only_between_texts():
    for text in ("|One.", "One.|", "Chapter 1\n|\nOne.", "One.\n\n***\n\n|Two."):
        with pytest.raises(InputError, match="text on both sides"):
            broken(text, command=split_scene)


def test_a_split_that_would_make_a_heading_is_refused():
    with pytest.raises(InputError, match="heading"):
        broken("He read |Chapter 6: Rain", command=split_scene)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("One.\n\n***\n\nTwo.\n\n***\n\nThree.", "One.\n\nTwo.\n\n***\n\nThree."),
        ("One.\n+++++\nTwo.", "One.\n\nTwo."),
        ("One.\n\n***\n\nA/N: hm\n\n***\n\nTwo.", "One.\n\nA/N: hm\n\nTwo."),
        ("One.\n\n***\n\n***\n\n[[status: draft]]\n\nTwo.", "One.\n\n[[status: draft]]\n\nTwo."),
    ],
)
def test_merging_takes_the_break_out(before, after):
    assert merged(before, "One") == after


def test_merging_packed_lines_leaves_no_blank_line():
    assert merged("One.\nOne more.\n* * *\nTwo.\nTwo more.", "One", WrapMode.LINES) == (
        "One.\nOne more.\nTwo.\nTwo more."
    )


def test_only_scenes_with_an_untitled_one_after_them_are_merged():
    text = "Chapter 1\n\nOne.\n\n### Titled\n\nTwo.\n"
    with pytest.raises(InputError, match="has a heading, “Titled”"):
        merged(text, "One")
    with pytest.raises(InputError, match="last scene"):
        merged(text, "Titled")
    with pytest.raises(InputError, match="Only scenes"):
        merged(text, "Chapter 1")


def test_a_deleted_scene_takes_one_gap_with_it():
    text = "Chapter 1\n\nOne.\n\n***\n\nTwo.\n\n~~~\n\nThree.\n"
    assert without(text, "One") == "Chapter 1\n\nTwo.\n\n~~~\n\nThree.\n"
    assert without(text, "Two") == "Chapter 1\n\nOne.\n\n~~~\n\nThree.\n"
    assert without(text, "Three") == "Chapter 1\n\nOne.\n\n***\n\nTwo.\n"
    assert without(text, "One", "Three") == "Chapter 1\n\nTwo.\n"


def test_deleting_keeps_the_notes_in_the_gap():
    assert without("One.\n\n***\n\nA/N: hm\n\nTwo.\n", "Two") == "One.\n\nA/N: hm\n\n"


def test_a_deleted_chapter_takes_its_scenes_with_it():
    text = "Chapter 1\n\nOne.\n\nChapter 2\n\nTwo.\n\n***\n\nThree.\n\nChapter 3\n\nFour.\n"
    assert without(text, "Chapter 2", "Three") == "Chapter 1\n\nOne.\n\nChapter 3\n\nFour.\n"
    assert without(text, "Chapter 2", "Four") == "Chapter 1\n\nOne.\n\nChapter 3\n"


def test_everything_can_be_deleted():
    assert without("One.\n\n***\n\nTwo.", "One", "Two") == ""


FILTERS = [HealthCheck.filter_too_much, HealthCheck.too_slow]


@settings(max_examples=60, suppress_health_check=FILTERS)
@given(manuscripts(), st.data())
def test_a_split_between_paragraphs_is_undone_by_a_merge(manuscript, data):
    text = manuscript.text
    starts = [
        start
        for index, start in enumerate(text.starts[1:], start=1)
        if text.blocks[index].kind is Kind.PARAGRAPH and text.blocks[index - 1].kind is Kind.PARAGRAPH
    ]
    assume(starts)
    line = data.draw(st.sampled_from(starts))
    before, scenes = list(text.lines), len(list(manuscript.outline.scenes()))
    manuscript.apply(split_scene(manuscript, Position(line, 0)))
    assert len(list(manuscript.outline.scenes())) == scenes + 1
    manuscript.apply(merge_with_next(manuscript, manuscript.outline.scene_at(line - 1).id))
    strip = [each for each in text.lines if each]
    assert strip == [each for each in before if each]
    assert len(list(manuscript.outline.scenes())) == scenes


@settings(max_examples=60, suppress_health_check=FILTERS)
@given(manuscripts(), st.data())
def test_deleting_takes_those_nodes_out_of_the_outline_and_no_others(manuscript, data):
    nodes = list(manuscript.outline.walk())
    doomed = data.draw(
        st.lists(st.sampled_from(nodes), min_size=1, max_size=3, unique_by=lambda node: node.id)
    )
    gone = {
        inner.id
        for node in doomed
        for inner in [node, *node.children, *(g for c in node.children for g in c.children)]
    }
    stays = [node.title for node in nodes if node.id not in gone]
    edits = delete_nodes(manuscript, [node.id for node in doomed])
    after = Manuscript(apply_edits(manuscript.text.lines, edits), manuscript.text.mode)
    levels = Counter(block.level for block in after.text.blocks if block.level is not None)
    assume(levels == Counter(node.level for node in nodes if node.id not in gone and node.has_heading))
    assert [node.title for node in after.outline.walk()] == stays
    assert not any(node.level is Level.CHAPTER and not node.title for node in after.outline.walk())
    assert titles(after) == [row for row in titles(after) if row]


def test_deleting_may_let_the_remaining_headings_change_their_level():
    text = "### Scene\n\nOne.\n\n## Name\n\nTwo.\n"
    assert without(text, "Scene") == "## Name\n\nTwo.\n"
