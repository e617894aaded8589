"""Moves, told as texts before and after."""

import pytest

from editor.errors import InputError
from editor.manuscript.edits import apply_edits
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.moves import Place, Where, can_move, move_down, move_nodes, move_up
from editor.markup.model import WrapMode
from tests.manuscript.notation import manuscript_of, scene, titles


def moved(text: str, what: str | list[str], where: Where, target: str, mode: WrapMode | None = None) -> str:
    """Return `text` with the nodes whose titles start with `what` moved."""
    manuscript = manuscript_of(text, mode)
    names = [what] if isinstance(what, str) else what
    ids = [scene(manuscript, name).id for name in names]
    edits = move_nodes(manuscript, ids, Place(scene(manuscript, target).id, where))
    return "\n".join(apply_edits(manuscript.text.lines, edits))


def test_scenes_change_places_and_the_breaks_stay():
    assert moved("One.\n\n***\n\nTwo.\n\n~~~~~\n\nThree.\n", "Three", Where.BEFORE, "One") == (
        "Three.\n\n***\n\nOne.\n\n~~~~~\n\nTwo.\n"
    )


def test_a_text_without_a_final_newline_stays_without():
    assert moved("One.\n\n***\n\nTwo.", "One", Where.AFTER, "Two") == "Two.\n\n***\n\nOne."


def test_breaks_without_blank_lines_keep_their_manner():
    text = "One.\n++++++++++\nTwo.\n~~~~~\nThree.\n-=-=-=-\nFour."
    assert moved(text, "Four", Where.BEFORE, "Two") == "One.\n++++++++++\nFour.\n~~~~~\nTwo.\n-=-=-=-\nThree."


def test_a_scene_takes_the_break_before_it_to_another_chapter():
    text = "Chapter 1\n\nOne.\n\n***\n\nTwo.\n\nChapter 2\n\nThree.\n"
    assert (
        moved(text, "Two", Where.AFTER, "Three")
        == "Chapter 1\n\nOne.\n\nChapter 2\n\nThree.\n\n***\n\nTwo.\n"
    )


def test_the_first_scene_takes_the_break_after_it():
    text = "Chapter 1\n\nOne.\n\n***\n\nTwo.\n\nChapter 2\n\nThree.\n"
    assert (
        moved(text, "One", Where.BEFORE, "Three")
        == "Chapter 1\n\nTwo.\n\nChapter 2\n\nOne.\n\n***\n\nThree.\n"
    )


def test_the_only_scene_leaves_an_empty_chapter_and_gets_a_break_in_the_style_of_its_new_one():
    text = "Chapter 1\n\nOne.\n\nChapter 2\n\nTwo.\n\n++++++\n\nThree.\n"
    assert moved(text, "One", Where.INTO, "Chapter 2") == (
        "Chapter 1\n\nChapter 2\n\nTwo.\n\n++++++\n\nThree.\n\n++++++\n\nOne.\n"
    )


def test_without_a_break_to_learn_from_three_stars_are_written():
    text = "Chapter 1\n\nOne.\n\nChapter 2\n\nTwo.\n"
    assert moved(text, "One", Where.INTO, "Chapter 2") == "Chapter 1\n\nChapter 2\n\nTwo.\n\n* * *\n\nOne.\n"


def test_a_scene_comes_into_an_empty_chapter_without_a_break():
    text = "Chapter 1\n\nOne.\n\n***\n\nTwo.\n\nChapter 2\n\nChapter 3\n\nThree.\n"
    assert moved(text, "Two", Where.INTO, "Chapter 2") == (
        "Chapter 1\n\nOne.\n\nChapter 2\n\nTwo.\n\nChapter 3\n\nThree.\n"
    )


def test_the_end_of_a_chapter_is_above_its_end_matter():
    text = "Chapter 1\n\nOne.\n\n***\n\nTwo.\n\n***\n\nTo Be Concluded in Chapter 2\n"
    assert moved(text, "One", Where.INTO, "Chapter 1") == (
        "Chapter 1\n\nTwo.\n\n***\n\nOne.\n\n***\n\nTo Be Concluded in Chapter 2\n"
    )


def test_notes_to_readers_stay_with_their_chapter():
    text = "Chapter 1\n\nA/N: thanks!\n\nOne.\n\n***\n\nTwo.\n\nA/N: review!\n"
    assert moved(text, "Two", Where.BEFORE, "One") == (
        "Chapter 1\n\nA/N: thanks!\n\nTwo.\n\n***\n\nOne.\n\nA/N: review!\n"
    )


def test_facts_and_comments_travel_with_their_scene():
    text = "One.\n\n[[after one]]\n\n***\n\n[[status: draft]]\n[[pov: Mara]]\n\nTwo.\n"
    assert moved(text, "Two", Where.BEFORE, "One") == (
        "[[status: draft]]\n[[pov: Mara]]\n\nTwo.\n\n***\n\nOne.\n\n[[after one]]\n"
    )


def test_idle_breaks_stay_where_they_are():
    text = "***\n\n***\n\nOne.\n\n***\n\n***\n\nTwo.\n\n***\n"
    assert moved(text, "Two", Where.BEFORE, "One") == "***\n\n***\n\nTwo.\n\n***\n\n***\n\nOne.\n\n***\n"


def test_several_scenes_from_several_chapters_keep_their_order():
    text = "Chapter 1\n\nOne.\n\n***\n\nTwo.\n\n***\n\nThree.\n\nChapter 2\n\nFour.\n\n+++\n\nFive.\n"
    assert moved(text, ["Three", "One", "Five"], Where.BEFORE, "Four") == (
        "Chapter 1\n\nTwo.\n\nChapter 2\n\nOne.\n\n***\n\nThree.\n\n***\n\nFive.\n\n+++\n\nFour.\n"
    )


def test_scene_headings_need_no_break_and_an_untitled_scene_gets_one():
    text = "Chapter 1\n\nIntro.\n\n### A\n\nText a.\n\n### B\n\nText b.\n"
    assert moved(text, "Intro", Where.AFTER, "A") == (
        "Chapter 1\n\n### A\n\nText a.\n\n* * *\n\nIntro.\n\n### B\n\nText b.\n"
    )
    again = moved(text, "Intro", Where.AFTER, "A")
    assert moved(again, "Intro", Where.BEFORE, "A") == text


def test_hard_wrapped_paragraphs_stay_together():
    text = "The rain fell on\nthe slipway.\n\n***\n\nIt fell on the\nweir as well.\n"
    assert moved(text, "The rain", Where.AFTER, "It fell", WrapMode.WRAPPED) == (
        "It fell on the\nweir as well.\n\n***\n\nThe rain fell on\nthe slipway.\n"
    )


def test_packed_lines_stay_packed():
    text = "Chapter 1\nOne.\nOne more.\n* * *\nTwo.\nChapter 2\nThree.\n"
    assert moved(text, "One", Where.INTO, "Chapter 2", WrapMode.LINES) == (
        "Chapter 1\nTwo.\nChapter 2\nThree.\n* * *\nOne.\nOne more.\n"
    )


def test_a_blank_line_is_put_where_a_break_would_underline_the_text_above_it():
    text = "One.\n-----\nA lamp\n\n***\n\nThree.\n"
    result = moved(text, "One", Where.AFTER, "Three", WrapMode.BLOCKS)
    assert titles(manuscript_of(result, WrapMode.BLOCKS)) == [
        "chapter:",
        "scene: A lamp",
        "scene: Three.",
        "scene: One.",
    ]


def test_a_chapter_moves_with_its_scenes_and_the_breaks_between_chapters_stay():
    text = "+++\nChapter 1\n\nOne.\n\n***\n\nTwo.\n\n+++\nChapter 2\n\nThree.\n"
    assert moved(text, "Chapter 2", Where.BEFORE, "Chapter 1") == (
        "+++\nChapter 2\n\nThree.\n\n+++\nChapter 1\n\nOne.\n\n***\n\nTwo.\n"
    )


def test_a_chapter_moves_to_another_part():
    text = "Part One\n\nChapter 1\n\nOne.\n\nChapter 2\n\nTwo.\n\nPart Two\n\nChapter 3\n\nThree.\n"
    assert moved(text, "Chapter 1", Where.INTO, "Part Two") == (
        "Part One\n\nChapter 2\n\nTwo.\n\nPart Two\n\nChapter 3\n\nThree.\n\nChapter 1\n\nOne.\n"
    )


def test_a_chapter_moves_out_of_all_parts():
    text = "Part One\n\nChapter 1\n\nOne.\n\nChapter 2\n\nTwo.\n"
    assert moved(text, "Chapter 2", Where.BEFORE, "Part One") == (
        "Chapter 2\n\nTwo.\n\nPart One\n\nChapter 1\n\nOne.\n"
    )


def test_parts_change_places():
    text = "Part One\n\nChapter 1\n\nOne.\n\n\nPart Two\n\nChapter 2\n\nTwo."
    assert moved(text, "Part Two", Where.BEFORE, "Part One") == (
        "Part Two\n\nChapter 2\n\nTwo.\n\n\nPart One\n\nChapter 1\n\nOne."
    )


def test_the_story_header_and_the_boilerplate_stay():
    text = (
        "*** START OF THE PROJECT GUTENBERG EBOOK ***\n\nTitle: Rain\n\nChapter 1\n\nOne.\n\nChapter 2\n\nTwo.\n\n"
        "*** END OF THE PROJECT GUTENBERG EBOOK ***\n"
    )
    result = moved(text, "Chapter 2", Where.BEFORE, "Chapter 1")
    assert result == text.replace(
        "Chapter 1\n\nOne.\n\nChapter 2\n\nTwo.", "Chapter 2\n\nTwo.\n\nChapter 1\n\nOne."
    )


def test_numbers_that_would_no_longer_count_up_are_refused_in_words():
    text = "Chapter One\n\nI.\n\nFirst.\n\nII.\n\nSecond.\n"
    with pytest.raises(InputError, match=r"“I\.” would no longer be read as a heading"):
        moved(text, "II.", Where.BEFORE, "I.")


def test_a_scene_that_would_become_the_story_header_is_refused_in_words():
    text = "One.\n\n***\n\nTo: Mara\nFrom: Jo\n\nTwo.\n"
    with pytest.raises(InputError, match="Nothing was changed"):
        moved(text, "To: Mara", Where.BEFORE, "One")


def test_a_chapter_without_a_heading_stands_first_or_nowhere():
    text = "Rain.\n\nChapter 1\n\nOne.\n"
    manuscript = manuscript_of(text)
    untitled, first = manuscript.outline.roots
    assert not can_move(manuscript, [untitled.id], Place(first.id, Where.AFTER))
    with pytest.raises(InputError, match="without a heading"):
        move_nodes(manuscript, [first.id], Place(untitled.id, Where.BEFORE))


@pytest.mark.parametrize(
    ("what", "where", "target"),
    [("One", Where.BEFORE, "One"), ("One", Where.BEFORE, "Two"), ("Two", Where.INTO, "Chapter 1")],
)
def test_a_move_to_where_it_is_changes_nothing(what, where, target):
    manuscript = manuscript_of("Chapter 1\n\nOne.\n\n***\n\nTwo.\n")
    place = Place(scene(manuscript, target).id, where)
    assert move_nodes(manuscript, [scene(manuscript, what).id], place) == []
    assert not can_move(manuscript.outline, [scene(manuscript, what).id], place)


def test_scenes_go_beside_scenes_and_into_chapters_only():
    manuscript = manuscript_of("Part One\n\nChapter 1\n\nOne.\n\n***\n\nTwo.\n\nChapter 2\n\nThree.\n")
    one = scene(manuscript, "One").id
    for target, where in [("Part One", Where.INTO), ("Chapter 2", Where.AFTER), ("Two", Where.INTO)]:
        assert not can_move(manuscript, [one], Place(scene(manuscript, target).id, where))
    assert can_move(manuscript, [one], Place(scene(manuscript, "Chapter 2").id, Where.INTO))
    assert not can_move(manuscript, [one, scene(manuscript, "Chapter 2").id], Place(one, Where.AFTER))


def test_a_scene_moves_down_past_the_edge_of_its_chapter_and_up_again():
    text = "Chapter 1\n\nOne.\n\n***\n\nTwo.\n\nChapter 2\n\nThree.\n"
    manuscript = manuscript_of(text)
    two = scene(manuscript, "Two").id
    manuscript.apply(move_down(manuscript, [two]))
    assert "\n".join(manuscript.text.lines) == "Chapter 1\n\nOne.\n\nChapter 2\n\nTwo.\n\n***\n\nThree.\n"
    manuscript.apply(move_down(manuscript, [two]))
    assert titles(manuscript)[-2:] == ["scene: Three.", "scene: Two."]
    assert move_down(manuscript, [two]) == []
    for _step in range(3):
        manuscript.apply(move_up(manuscript, [two]))
    assert titles(manuscript)[:3] == ["chapter: Chapter 1", "scene: Two.", "scene: One."]
    assert move_up(manuscript, [two]) == []


def test_a_node_that_is_gone_is_told_in_words():
    manuscript = manuscript_of("One.")
    with pytest.raises(InputError, match="no longer there"):
        move_nodes(manuscript, [999], Place(1, Where.BEFORE))


def test_working_out_a_move_leaves_the_manuscript_alone():
    manuscript = Manuscript(["Chapter 1", "", "One.", "", "***", "", "Two.", ""])
    blocks, outline = list(manuscript.text.blocks), manuscript.outline
    move_nodes(manuscript, [scene(manuscript, "Two").id], Place(scene(manuscript, "One").id, Where.BEFORE))
    assert all(a is b for a, b in zip(manuscript.text.blocks, blocks, strict=True))
    assert manuscript.outline is outline
