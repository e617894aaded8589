"""Chapter files: made, split, joined and renamed in the text alone."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editor.errors import InputError
from editor.manuscript.chapter_files import (
    cuts_file,
    join_files,
    join_with_next,
    new_file,
    rename_file,
    split_file,
    split_into_files,
)
from editor.manuscript.edits import Position, apply_edits
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.moves import Place, Where, move_down, move_nodes, move_up
from editor.manuscript.scenes import delete_nodes
from editor.markup.model import Kind
from tests.manuscript.folders import files_of, folders

BOOK = "\rone.txt\nChapter 1\n\nFirst.\n\n* * *\n\nSecond.\n\n\rtwo.txt\nChapter 2\n\nThird.\n"


def manuscript_of(text: str = BOOK) -> Manuscript:
    return Manuscript(text.split("\n"))


def after(manuscript: Manuscript, edits) -> dict[str, str]:
    """Return the files once `edits` are applied, each as the text it has on disk."""
    files = files_of(apply_edits(manuscript.text.lines, edits))
    return {label: "\n".join(lines) for label, lines in files.items()}


def file(manuscript: Manuscript, label: str):
    return next(node for node in manuscript.outline.files if node.title == label)


def words(manuscript_lines: list[str]) -> list[str]:
    return [word for line in manuscript_lines if not line.startswith("\r") for word in line.split()]


@given(folders())
def test_the_files_of_a_manuscript_joined_again_are_its_lines(manuscript):
    assert join_files(split_into_files(manuscript.text.lines)) == manuscript.text.lines


def test_a_new_file_stands_behind_the_one_it_was_asked_for():
    manuscript = manuscript_of()
    found = after(manuscript, new_file(manuscript, "new.txt", file(manuscript, "one.txt")))
    assert list(found) == ["one.txt", "new.txt", "two.txt"]
    assert found["new.txt"] == ""
    assert found["one.txt"] == "Chapter 1\n\nFirst.\n\n* * *\n\nSecond.\n"


def test_a_new_file_stands_at_the_end_of_the_book_but_before_what_was_cut():
    manuscript = manuscript_of(BOOK + "\n\rcuts.txt\nOld.")
    assert list(after(manuscript, new_file(manuscript, "new.txt"))) == [
        "one.txt",
        "two.txt",
        "new.txt",
        "cuts.txt",
    ]


def test_the_file_for_cuts_is_made_once():
    manuscript = manuscript_of()
    manuscript.apply(cuts_file(manuscript))
    assert files_of(manuscript.text.lines)["cuts.txt"] == [""]
    assert cuts_file(manuscript) == []


def test_a_file_gets_another_name_and_keeps_its_text_and_its_id():
    manuscript = manuscript_of()
    one = file(manuscript, "one.txt")
    manuscript.apply(rename_file(manuscript, one, "first.txt"))
    assert manuscript.outline.node(one.id).title == "first.txt"
    assert list(files_of(manuscript.text.lines)) == ["first.txt", "two.txt"]


@pytest.mark.parametrize("taken", ["two.txt", "TWO.txt", "cuts.txt", "Cuts.TXT"])
def test_a_name_that_is_taken_is_refused(taken):
    manuscript = manuscript_of()
    with pytest.raises(InputError):
        rename_file(manuscript, file(manuscript, "one.txt"), taken)


def test_a_file_is_split_at_a_heading():
    manuscript = manuscript_of("\rone.txt\nChapter 1\n\nFirst.\n\nChapter 2\n\nSecond.\n")
    found = after(manuscript, split_file(manuscript, Position(5, 0), "b.txt"))
    assert found == {"one.txt": "Chapter 1\n\nFirst.\n", "b.txt": "Chapter 2\n\nSecond.\n"}


def test_a_file_is_split_inside_a_paragraph_and_one_space_goes():
    manuscript = manuscript_of("\rone.txt\nChapter 1\n\nThe first half, and the second.\n")
    found = after(manuscript, split_file(manuscript, Position(3, 15), "b.txt"))
    assert found == {"one.txt": "Chapter 1\n\nThe first half,\n", "b.txt": "and the second.\n"}


@pytest.mark.parametrize("place", [Position(1, 0), Position(3, 6), Position(4, 0)])
def test_a_file_is_not_split_where_one_side_would_be_empty(place):
    manuscript = manuscript_of("\rone.txt\nChapter 1\n\nFirst.\n")
    with pytest.raises(InputError):
        split_file(manuscript, place, "b.txt")


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(folders(), st.data())
def test_splitting_keeps_every_word_in_its_order(manuscript, data):
    line = data.draw(st.integers(0, len(manuscript.text.lines) - 1))
    column = data.draw(st.integers(0, len(manuscript.text.lines[line])))
    before = list(manuscript.text.lines)
    try:
        edits = split_file(manuscript, Position(line, column), "new.txt")
    except InputError:
        return
    lines = apply_edits(before, edits)
    assert "".join(words(lines)) == "".join(words(before))
    assert len(files_of(lines)) == len(files_of(before)) + 1


def test_files_are_joined_and_a_heading_keeps_its_distance():
    manuscript = manuscript_of()
    found = after(manuscript, join_with_next(manuscript, file(manuscript, "one.txt")))
    assert found == {"one.txt": "Chapter 1\n\nFirst.\n\n* * *\n\nSecond.\n\nChapter 2\n\nThird.\n"}


def test_a_file_without_a_heading_is_joined_as_a_scene_of_its_own():
    manuscript = manuscript_of("\rone.txt\nChapter 1\n\nFirst.\n\n* * *\n\nSecond.\n\n\rtwo.txt\nThird.\n")
    found = after(manuscript, join_with_next(manuscript, file(manuscript, "one.txt")))
    assert found == {"one.txt": "Chapter 1\n\nFirst.\n\n* * *\n\nSecond.\n\n* * *\n\nThird.\n"}


def test_a_story_header_is_not_joined_into_the_middle_of_a_file():
    manuscript = manuscript_of(
        "\rone.txt\nFirst.\n\n\rtwo.txt\nTitle: The Weir\nAuthor: N. Body\n\nSecond.\n"
    )
    with pytest.raises(InputError, match="story header"):
        join_with_next(manuscript, file(manuscript, "one.txt"))


def test_the_last_file_of_the_book_is_not_joined_with_what_was_cut():
    manuscript = manuscript_of(BOOK + "\n\rcuts.txt\nOld.")
    with pytest.raises(InputError):
        join_with_next(manuscript, file(manuscript, "two.txt"))


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(folders(), st.data())
def test_joining_keeps_every_paragraph_and_the_number_of_scenes(manuscript, data):
    one = data.draw(st.sampled_from(manuscript.outline.files))
    count = sum(1 for _ in manuscript.outline.scenes())
    prose = [block for block in manuscript.text.blocks if block.kind not in {Kind.BOUNDARY, Kind.BREAK}]
    try:
        edits = join_with_next(manuscript, one)
    except InputError:
        return
    manuscript.apply(edits)
    assert [b for b in manuscript.text.blocks if b.kind not in {Kind.BOUNDARY, Kind.BREAK}] == prose
    assert sum(1 for _ in manuscript.outline.scenes()) == count


def test_a_scene_is_cut_and_comes_back():
    manuscript = manuscript_of(BOOK + "\n\rcuts.txt\n")
    outline = manuscript.outline
    second = next(node for node in outline.walk() if node.title == "Second.")
    book_words = outline.words
    manuscript.apply(move_nodes(manuscript, [second.id], Place(outline.cuts.id, Where.INTO)))
    assert files_of(manuscript.text.lines)["cuts.txt"][0] == "Second."
    assert manuscript.outline.words == book_words - second.words
    first = next(node for node in manuscript.outline.walk() if node.title == "First.")
    manuscript.apply(move_nodes(manuscript, [second.id], Place(first.id, Where.AFTER)))
    assert files_of(manuscript.text.lines)["one.txt"] == [
        "Chapter 1",
        "",
        "First.",
        "",
        "* * *",
        "",
        "Second.",
        "",
    ]
    assert manuscript.outline.words == book_words


def test_no_key_pushes_a_scene_or_a_file_across_the_end_of_the_book():
    manuscript = manuscript_of(BOOK + "\n\rcuts.txt\nOld.\n\n* * *\n\nOlder.")
    nodes = {node.title: node for node in manuscript.outline.walk()}
    assert move_down(manuscript, [nodes["Third."].id]) == []
    assert move_down(manuscript, [nodes["two.txt"].id]) == []
    assert move_up(manuscript, [nodes["Old."].id]) == []
    assert move_down(manuscript, [nodes["Old."].id]) != []


def test_the_file_of_what_was_cut_is_not_deleted_as_a_whole():
    manuscript = manuscript_of(BOOK + "\n\rcuts.txt\nOld.")
    with pytest.raises(InputError):
        delete_nodes(manuscript, [manuscript.outline.cuts.id])
