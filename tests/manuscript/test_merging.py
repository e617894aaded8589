"""Merging what two sides made of a manuscript: what merges, what is a conflict, and how moved text is followed."""

import random
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.manuscript.merging import Conflict, both_of, merge_lines, resolve
from editor.markup.lines import BOUNDARY
from tests.manuscript.versions import book, chapter, prose, scene

A, B, C = prose("A"), prose("B"), prose("C")


def lines_of(text: str) -> list[str]:
    """Return lines written with | for the end of a line."""
    return text.split("|")


def merged(base, mine, theirs):
    """Return the merged lines, and make sure that there is no conflict, whichever side is mine."""
    merge = merge_lines(base, mine, theirs)
    assert merge.conflicts == ()
    assert merge_lines(base, theirs, mine) == merge
    return merge.lines


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("A!||B||C", "A||B||C!", "A!||B||C!"),
        ("A!||B||C", "A||B!||C", "A!||B!||C"),
        ("A!||B||C", "A||X||B||C", "A!||X||B||C"),
        ("A||B!||C", "A||X||B||C", "A||X||B!||C"),
        ("A||C", "A||B||C!", "A||C!"),
        ("A||C", "A!||B||C", "A!||C"),
        ("A||C", "A||X||B||C", "A||X||C"),
        ("A||C", "A||B||X||C", "A||X||C"),
        ("X||A||B||C", "A||B||C||Y", "X||A||B||C||Y"),
        ("A||B!||C", "A||B!||C", "A||B!||C"),
        ("A||C", "A||C", "A||C"),
        ("A||B||X||C", "A||B||X||C", "A||B||X||C"),
        ("A!||B||C!", "A||B||C!", "A!||B||C!"),
    ],
)
def test_changes_of_different_paragraphs_merge(mine, theirs, expected):
    assert merged(*map(lines_of, ("A||B||C", mine, theirs))) == lines_of(expected)


@pytest.mark.parametrize(
    ("mine", "theirs", "conflict"),
    [
        ("A||B!||C", "A||B?||C", Conflict(2, 3, ("B",), ("B?",))),
        ("A||C", "A||B?||C", Conflict(2, 2, ("B", ""), ("B?", ""))),
        ("A||B!||C", "A||C", Conflict(2, 4, ("B", ""), ())),
        ("A||B||X||C", "A||B||Y||C", Conflict(4, 5, (), ("Y",))),
        ("A||B!||C", "X", Conflict(0, 5, ("A", "", "B", "", "C"), ("X",))),
    ],
)
def test_changes_of_the_same_paragraph_are_a_conflict_and_mine_stands(mine, theirs, conflict):
    merge = merge_lines(*map(lines_of, ("A||B||C", mine, theirs)))
    assert merge.lines == lines_of(mine)
    assert merge.conflicts == (conflict,)


def test_different_lines_of_a_hard_wrapped_paragraph_merge_if_a_line_stands_between():
    assert merged(["a", "b", "c"], ["a!", "b", "c"], ["a", "b", "c!"]) == ["a!", "b", "c!"]
    merge = merge_lines(["a", "b"], ["a!", "b"], ["a", "b!"])
    assert merge.conflicts == (Conflict(0, 2, ("a", "b"), ("a", "b!")),)


def test_what_both_did_alike_at_the_edge_of_a_conflict_is_no_part_of_it():
    base, mine, theirs = (lines_of(text) for text in ("A||B||C", "X||B!||C", "X||B?||C"))
    merge = merge_lines(base, mine, theirs)
    assert merge.lines == mine
    assert merge.conflicts == (Conflict(2, 3, ("B",), ("B?",)),)


# -- moves ------------------------------------------------------------------------------------------------------------

SCENES = [scene(number) for number in range(4)]
CHANGED = [SCENES[0], [SCENES[1][0], prose("1.1, changed"), SCENES[1][2]], SCENES[2], SCENES[3]]


def moved(scenes, old, new):
    """Return scenes with one of them elsewhere."""
    result = [*scenes[:old], *scenes[old + 1 :]]
    return [*result[:new], scenes[old], *result[new:]]


@pytest.mark.parametrize("new", [0, 2, 3])
def test_a_change_lands_in_the_scene_that_the_other_side_moved(new):
    result = merged(chapter(SCENES), chapter(moved(SCENES, 1, new)), chapter(CHANGED))
    assert result == chapter(moved(CHANGED, 1, new))


def test_a_scene_that_was_moved_and_changed_by_the_same_side_takes_a_change_of_the_other_too():
    mine = moved(SCENES, 1, 3)
    mine[3] = [prose("1.0, mine"), *SCENES[1][1:]]
    theirs = [*SCENES]
    theirs[1] = [*SCENES[1][:2], prose("1.2, theirs")]
    expected = moved(SCENES, 1, 3)
    expected[3] = [prose("1.0, mine"), SCENES[1][1], prose("1.2, theirs")]
    assert merged(*map(chapter, (SCENES, mine, theirs))) == chapter(expected)


def test_a_paragraph_that_both_changed_in_a_moved_scene_is_a_conflict_where_the_scene_stands_now():
    mine = moved(SCENES, 1, 3)
    mine[3] = [SCENES[1][0], prose("1.1, mine"), SCENES[1][2]]
    merge = merge_lines(*map(chapter, (SCENES, mine, CHANGED)))
    assert merge.lines == chapter(mine)
    (conflict,) = merge.conflicts
    assert merge.lines[conflict.first : conflict.end] == [prose("1.1, mine")]
    assert conflict.theirs == (prose("1.1, changed"),)


def test_both_sides_move_different_scenes():
    mine, theirs = moved(SCENES, 0, 3), moved(SCENES, 2, 1)
    assert merged(*map(chapter, (SCENES, mine, theirs))) == chapter(
        [SCENES[2], SCENES[1], SCENES[3], SCENES[0]]
    )


def test_a_scene_that_both_moved_stands_once_where_i_moved_it():
    mine, theirs = moved(SCENES, 0, 3), moved(SCENES, 0, 1)
    merge = merge_lines(*map(chapter, (SCENES, mine, theirs)))
    assert merge.lines == chapter(mine)
    assert merge_lines(*map(chapter, (SCENES, mine, mine))).lines == chapter(mine)


def test_a_scene_moved_to_another_file_takes_the_change_along():
    base = {"1.txt": SCENES[:2], "2.txt": SCENES[2:]}
    mine = {"1.txt": SCENES[:1], "2.txt": [SCENES[2], SCENES[1], SCENES[3]]}
    theirs = {"1.txt": CHANGED[:2], "2.txt": SCENES[2:]}
    expected = {"1.txt": SCENES[:1], "2.txt": [SCENES[2], CHANGED[1], SCENES[3]]}
    assert merged(*map(book, (base, mine, theirs))) == book(expected)


def test_a_new_paragraph_at_the_end_of_a_scene_goes_with_it():
    theirs = [*SCENES]
    theirs[1] = [*SCENES[1], prose("1.3, new")]
    expected = moved(theirs, 1, 3)
    assert merged(chapter(SCENES), chapter(moved(SCENES, 1, 3)), chapter(theirs)) == chapter(expected)


def test_a_new_scene_behind_one_that_was_moved_stays():
    theirs = [*SCENES[:2], scene(9), *SCENES[2:]]
    expected = [SCENES[0], scene(9), SCENES[2], SCENES[3], SCENES[1]]
    assert merged(chapter(SCENES), chapter(moved(SCENES, 1, 3)), chapter(theirs)) == chapter(expected)


# -- files ------------------------------------------------------------------------------------------------------------

FILES = {"1.txt": SCENES[:1], "2.txt": CHANGED[1:2], "3.txt": SCENES[2:]}
PLAIN = {"1.txt": SCENES[:1], "2.txt": SCENES[1:2], "3.txt": SCENES[2:]}


@pytest.mark.parametrize(
    "row", [["2.txt", "1.txt", "3.txt"], ["3.txt", "2.txt", "1.txt"], ["1.txt", "3.txt", "2.txt"]]
)
def test_files_in_another_order_take_changes_along(row):
    mine = {label: PLAIN[label] for label in row}
    assert merged(*map(book, (PLAIN, mine, FILES))) == book({label: FILES[label] for label in row})


def test_a_file_under_another_name_takes_changes_along():
    mine = {"1.txt": PLAIN["1.txt"], "The Weir.txt": PLAIN["2.txt"], "3.txt": PLAIN["3.txt"]}
    expected = {"1.txt": PLAIN["1.txt"], "The Weir.txt": FILES["2.txt"], "3.txt": PLAIN["3.txt"]}
    assert merged(*map(book, (PLAIN, mine, FILES))) == book(expected)


def test_a_file_that_was_joined_to_another_takes_changes_along():
    mine = [line for line in book(PLAIN) if line != BOUNDARY + "2.txt"]
    assert merged(book(PLAIN), mine, book(FILES)) == [
        line for line in book(FILES) if line != BOUNDARY + "2.txt"
    ]


def test_a_file_that_was_split_takes_changes_along():
    mine = book({"1.txt": SCENES[:1], "2.txt": SCENES[1:2], "3.txt": SCENES[2:3], "4.txt": SCENES[3:]})
    theirs = {
        "1.txt": SCENES[:1],
        "2.txt": SCENES[1:2],
        "3.txt": [SCENES[2], [prose("3.0, changed"), *SCENES[3][1:]]],
    }
    expected = {**PLAIN, "3.txt": SCENES[2:3], "4.txt": theirs["3.txt"][1:]}
    assert merged(book(PLAIN), mine, book(theirs)) == book(expected)


def test_a_new_file_of_theirs_comes_in_among_my_own_order():
    mine = {label: PLAIN[label] for label in ("3.txt", "1.txt", "2.txt")}
    theirs = {"1.txt": PLAIN["1.txt"], "1b.txt": [scene(9)], "2.txt": PLAIN["2.txt"], "3.txt": PLAIN["3.txt"]}
    expected = {
        "3.txt": PLAIN["3.txt"],
        "1.txt": PLAIN["1.txt"],
        "1b.txt": [scene(9)],
        "2.txt": PLAIN["2.txt"],
    }
    assert merge_lines(*map(book, (PLAIN, mine, theirs))).lines == book(expected)


def test_a_file_that_they_removed_while_i_changed_it_keeps_its_boundary():
    theirs = {"1.txt": PLAIN["1.txt"], "3.txt": PLAIN["3.txt"]}
    merge = merge_lines(*map(book, (PLAIN, FILES, theirs)))
    assert BOUNDARY + "2.txt" in merge.lines
    assert prose("1.1, changed") in merge.lines
    assert merge.conflicts


# -- the oracle -------------------------------------------------------------------------------------------------------

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def merged_by_git(folder, base, mine, theirs):
    """Return how many conflicts `git merge-file` finds, and its lines."""
    for name, lines in (("base", base), ("mine", mine), ("theirs", theirs)):
        (folder / name).write_bytes("".join(line + "\n" for line in lines).encode())
    names = [str(folder / name) for name in ("mine", "base", "theirs")]
    done = subprocess.run(["git", "merge-file", "-p", *names], capture_output=True, check=False)
    return done.returncode, done.stdout.decode().split("\n")[:-1]


@st.composite
def parted_edits(draw):
    """Return a manuscript and what two sides made of different paragraphs of it, nothing moved."""
    count = draw(st.integers(2, 14))
    base, mine, theirs = [], [], []
    for number in range(count):
        piece = [prose(str(number)), draw(st.sampled_from(["", "", "", "* * *"]))]
        sides = [piece, piece]
        side = draw(st.sampled_from([0, 1]))
        kind = draw(st.sampled_from(["", "", "change", "take out", "put in"]))
        if kind == "change":
            sides[side] = [prose(f"{number}, changed"), piece[1]]
        elif kind == "take out":
            sides[side] = []
        elif kind == "put in":
            sides[side] = [prose(f"{number}, new"), "", *piece]
        base += piece
        mine += sides[0]
        theirs += sides[1]
    return base, mine, theirs


@needs_git
@given(parted_edits())
def test_what_git_merges_we_merge_alike(tmp_path_factory, edits):
    """Git calls some changes a conflict that a blank line parts; we do not, by design (see `merge_regions`)."""
    conflicts, lines = merged_by_git(tmp_path_factory.mktemp("git"), *edits)
    if conflicts == 0:
        merge = merge_lines(*edits)
        assert merge.conflicts == ()
        assert merge.lines == lines


def test_a_book_of_six_megabytes_with_a_thousand_changes_a_side_merges_in_moments():
    chance = random.Random(7)
    base = []
    for number in range(30_000):
        base += [
            f"Paragraph {number} " + " ".join(["weir", "café", "rain"][number % 3] for _ in range(36)),
            "",
        ]
    mine, theirs = list(base), list(base)
    for place in chance.sample(range(0, 60_000, 2), 2_000):
        side = mine if place % 4 else theirs
        side[place] += " And more."
    expected = [one if one != old else other for old, one, other in zip(base, mine, theirs, strict=True)]
    mine[:1_000], expected[:1_000] = [], []
    merge = merge_lines(base, [*mine, *base[:1_000]], theirs)
    assert merge.conflicts == ()
    assert merge.lines[: len(expected)] == expected
    assert len(merge.lines) == len(base)


# -- choosing ---------------------------------------------------------------------------------------------------------


def test_choices_stand_where_mine_stood():
    base, mine, theirs = (lines_of(text) for text in ("A||B||C", "A!||B||C!", "A?||B||C?"))
    merge = merge_lines(base, mine, theirs)
    assert len(merge.conflicts) == 2
    assert resolve(merge, [["A!"], ["C!"]]) == mine
    assert resolve(merge, [["A?"], ["C?"]]) == theirs
    assert resolve(merge, [both_of(["A!"], ["A?"]), []]) == lines_of("A!||A?||B|")


def test_both_are_parted_by_a_blank_line_only_where_none_is():
    assert both_of(["A"], ["B"]) == ["A", "", "B"]
    assert both_of(["A", ""], ["B"]) == ["A", "", "B"]
    assert both_of([], ["B"]) == ["B"]
    assert both_of(["A"], []) == ["A"]


def test_a_file_keeps_a_line_where_both_sides_emptied_other_parts_of_it():
    base = [BOUNDARY + "1.txt", A, "", BOUNDARY + "2.txt", B]
    merge = merge_lines(base, [base[0], "", *base[3:]], [base[0], A, *base[3:]])
    assert merge.lines[:2] == [BOUNDARY + "1.txt", ""]
