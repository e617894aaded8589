"""Where dragged rows land in a folder of chapter files."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.manuscript.moves import Place, Where, can_move
from editor.markup.model import Level
from editor.ui.outline_places import place_at, place_below, place_near
from editor.ui.outline_projection import project, walk_rows
from tests.ui.outlines import outline_of

BOOK = outline_of("""
    file one.txt #1
      chap Arrivals #2
        scene The ferry #3
        scene The inn #4
    file two.txt #5
      chap #6
        scene A key #7
    file three.txt #8
      chap Fire #9
        scene Smoke #10
      chap Ash #11
    file four.txt #12
    file five.txt #13
      part Late #14
        chap Snow #15
    file cuts.txt #16
      chap #17
        scene Gone #18
      chap Also gone #19
        scene Lost #20
""")
TOP, MIDDLE, BOTTOM = 0.1, 0.5, 0.9
BEFORE, AFTER, INTO = Where.BEFORE, Where.AFTER, Where.INTO
ROWS = [row.id for row in walk_rows(project(BOOK))]


@pytest.mark.parametrize(
    ("ids", "target", "fraction", "is_open", "place"),
    [
        # scenes: a row of a chapter file is its chapter
        ([7], 3, TOP, True, Place(3, BEFORE)),
        ([3], 5, MIDDLE, True, Place(6, INTO)),
        ([7], 1, MIDDLE, False, Place(2, INTO)),
        ([7], 1, TOP, True, Place(3, BEFORE)),
        ([3], 5, TOP, True, Place(4, AFTER)),
        ([3], 5, BOTTOM, True, Place(7, BEFORE)),
        # a file with several chapters: its end, its first chapter, the end of what is above it
        ([3], 8, MIDDLE, True, Place(8, INTO)),
        ([3], 8, BOTTOM, True, Place(9, INTO)),
        ([3], 8, TOP, True, Place(7, AFTER)),
        ([3], 9, TOP, True, Place(10, BEFORE)),
        ([3], 12, MIDDLE, False, Place(12, INTO)),
        ([3], 13, TOP, False, Place(12, INTO)),
        # the cuts
        ([3], 16, MIDDLE, False, Place(16, INTO)),
        ([3], 16, BOTTOM, True, Place(18, BEFORE)),
        ([3], 18, BOTTOM, True, Place(18, AFTER)),
        ([18], 3, TOP, True, Place(3, BEFORE)),
        # chapters go into the file that the pointer is over
        ([11], 1, MIDDLE, True, Place(1, INTO)),
        ([11], 1, BOTTOM, True, Place(2, BEFORE)),
        ([11], 3, TOP, True, Place(2, BEFORE)),
        ([11], 4, BOTTOM, True, Place(2, AFTER)),
        ([11], 1, BOTTOM, False, Place(1, INTO)),
        ([11], 7, TOP, True, Place(6, AFTER)),
        ([11], 12, TOP, False, Place(12, INTO)),
        ([15], 9, TOP, True, Place(9, BEFORE)),
        ([15], 8, BOTTOM, True, Place(9, BEFORE)),
        ([9], 16, MIDDLE, True, Place(16, INTO)),
        ([9], 18, TOP, True, Place(16, INTO)),
        ([9], 19, TOP, True, Place(19, BEFORE)),
        # a chapter without a heading would run into the one before it
        ([6], 4, BOTTOM, True, None),
        # files go among files, whatever row the pointer is over
        ([5], 1, TOP, True, Place(1, BEFORE)),
        ([5], 3, TOP, True, Place(1, BEFORE)),
        ([8], 4, BOTTOM, True, Place(1, AFTER)),
        ([1], 9, TOP, True, Place(8, BEFORE)),
        ([1], 11, BOTTOM, True, Place(8, AFTER)),
        ([1], 16, TOP, True, Place(16, BEFORE)),
        ([1], 16, BOTTOM, False, Place(16, BEFORE)),
        ([1], 18, BOTTOM, True, Place(16, BEFORE)),
        ([13], 16, TOP, True, None),
        ([16], 1, TOP, True, None),
        ([1, 5], 8, BOTTOM, False, Place(8, AFTER)),
        # parts
        ([14], 1, TOP, True, Place(1, INTO)),
        ([1, 7], 8, TOP, True, None),
    ],
)  # fmt: skip
def test_a_row_and_a_height_become_one_place(ids, target, fraction, is_open, place):
    assert place_near(BOOK, ids, target, fraction, is_open=is_open) == place


@pytest.mark.parametrize(
    ("ids", "place"),
    [([3], Place(16, INTO)), ([9], Place(16, INTO)), ([1], Place(13, AFTER)), ([13], None), ([16], None)],
)
def test_below_the_last_row_scenes_are_cut_and_files_stand_last_in_the_book(ids, place):
    assert place_below(BOOK, ids) == place


def test_without_cuts_below_the_last_row_is_the_end_of_the_last_file():
    book = outline_of("file one.txt #1\nchap One #2\nscene A #3\nscene B #4\nfile two.txt #5")
    assert place_below(book, [3]) == Place(5, INTO)
    assert place_below(book, [1]) == Place(5, AFTER)


ONE_LEVEL = st.sampled_from([Level.SCENE, Level.CHAPTER, Level.PART, Level.FILE]).flatmap(
    lambda level: st.lists(
        st.sampled_from([node.id for node in BOOK.walk() if node.level is level]), min_size=1, unique=True
    )
)


@given(ids=ONE_LEVEL, target=st.sampled_from(ROWS), fraction=st.floats(0, 1), is_open=st.booleans())
@settings(max_examples=400, deadline=None)
def test_a_place_is_always_one_that_the_rows_can_go_to(ids, target, fraction, is_open):
    place = place_near(BOOK, ids, target, fraction, is_open=is_open)
    if place is None:
        return
    landmark, level = BOOK.node(place.target), BOOK.node(ids[0]).level
    is_before_parts = level is Level.CHAPTER and landmark.level is Level.PART and place.where is BEFORE
    assert landmark.level < level if place.where is INTO else (landmark.level is level or is_before_parts)
    assert can_move(BOOK, ids, place)
    if level is Level.FILE:
        assert (place.target, place.where) != (16, AFTER)


@given(ids=ONE_LEVEL, parent=st.sampled_from([None, *ROWS]), row=st.integers(-1, 6))
@settings(max_examples=300, deadline=None)
def test_qt_s_way_to_ask_never_fails(ids, parent, row):
    place = place_at(BOOK, ids, parent, row)
    assert place is None or can_move(BOOK, ids, place)
