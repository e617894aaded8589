"""What changed between two versions of the same lines."""

import itertools
import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.manuscript.differences import edits_between, matching_runs
from editor.manuscript.edits import Position, TextEdit, apply_edits

LINE = st.one_of(
    st.sampled_from(["", "", "* * *", "a", "b", "ab", "one", "two"]), st.text("abc é", max_size=6)
)
LINES = st.lists(LINE, min_size=1, max_size=25)


@st.composite
def edited_lines(draw):
    """Lines, and the same lines after some cuts, pastes and moves."""
    old = draw(LINES)
    new = list(old)
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(new)))
        end = draw(st.integers(start, min(len(new), start + 5)))
        piece = new[start:end]
        new[start:end] = draw(st.lists(LINE, max_size=4))
        if draw(st.booleans()):
            place = draw(st.integers(0, len(new)))
            new[place:place] = piece
    return old, new or [""]


@settings(max_examples=400, deadline=None)
@given(st.one_of(edited_lines(), st.tuples(LINES, LINES)))
def test_runs_match_ascend_and_do_not_touch(pair):
    old, new = pair
    old_at = new_at = -1
    for old_start, new_start, length in matching_runs(old, new):
        assert length > 0
        assert old_start >= max(old_at, 0)
        assert new_start >= max(new_at, 0)
        assert (old_start, new_start) != (old_at, new_at)
        assert old[old_start : old_start + length] == new[new_start : new_start + length]
        old_at, new_at = old_start + length, new_start + length


@settings(max_examples=400, deadline=None)
@given(st.one_of(edited_lines(), st.tuples(LINES, LINES)))
def test_edits_lead_from_the_old_lines_to_the_new(pair):
    old, new = pair
    edits = edits_between(old, new)
    assert apply_edits(old, edits) == new
    for before, after in itertools.pairwise(edits):
        assert before.end <= after.start
    for edit in edits:
        assert edit.start <= edit.end


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_equal_lines_need_no_edit(lines):
    assert edits_between(lines, list(lines)) == []
    assert matching_runs(lines, list(lines)) == [(0, 0, len(lines))]


def test_an_edit_within_a_line_is_the_characters_that_changed():
    edits = edits_between(["One.", "He saw her.", "Three."], ["One.", "He said to her.", "Three."])
    assert edits == [TextEdit(Position(1, 5), Position(1, 6), "id to")]


def test_a_line_that_was_split_is_one_line_break():
    assert edits_between(["One. Two."], ["One.", "Two."]) == [TextEdit(Position(0, 4), Position(0, 5), "\n")]


def test_two_changed_lines_are_two_edits():
    edits = edits_between(["one", "two"], ["one!", "two?"])
    assert edits == [
        TextEdit(Position(0, 3), Position(0, 3), "!"),
        TextEdit(Position(1, 3), Position(1, 3), "?"),
    ]


def test_a_new_paragraph_leaves_its_neighbours_alone():
    old = ["One.", "", "Three."]
    assert edits_between(old, ["One.", "", "Two.", "", "Three."]) == [
        TextEdit(Position(2, 0), Position(2, 0), "Two.\n\n")
    ]


def test_a_moved_scene_is_one_deletion_and_one_insertion():
    scenes = [[f"Scene {n}, line {i}." for i in range(5)] for n in range(4)]
    old = [line for scene in scenes for line in scene]
    new = [line for n in (0, 2, 3, 1) for line in scenes[n]]
    assert len(edits_between(old, new)) == 2


def test_hundred_thousand_lines_are_compared_in_moments():
    words = random.Random(3)
    old = [
        " ".join(words.choices(["she", "he", "said", "walked", "dark", "sea", "the"], k=9))
        for _ in range(50_000)
    ]
    old = [line for pair in zip(old, [""] * 50_000, strict=True) for line in pair]
    new = list(old)
    for _ in range(300):
        place = words.randrange(len(new))
        new[place : place + words.randrange(3)] = ["changed here", ""][: words.randrange(3)]
    new[1000:1000] = new[60_000:61_000]
    start = time.perf_counter()
    assert apply_edits(old, edits_between(old, new)) == new
    assert time.perf_counter() - start < 10


def test_lines_that_all_look_alike_are_compared_in_moments():
    old, new = ["", "x"] * 20_000, ["x", "x", ""] * 15_000
    start = time.perf_counter()
    assert apply_edits(old, edits_between(old, new)) == new
    assert time.perf_counter() - start < 10
