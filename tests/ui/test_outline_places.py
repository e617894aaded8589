"""Where dragged rows land: for every row and every height on it, and nowhere silly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.errors import InputError
from editor.manuscript.moves import Place, Where, can_move
from editor.markup.model import Level
from editor.ui.outline_places import gather_roots, place_at, place_below, place_near
from tests.ui.outlines import outline_of

BOOK = outline_of("""
    chap Prologue #20
      scene Smoke #21
    part One #1
      chap Arrivals #2
        scene The ferry #3
        scene The inn #4
      chap Letters #5
        scene A key #6
    part Two #7
      chap Fire #8
    part Three #9
""")
TOP, MIDDLE, BOTTOM = 0.1, 0.5, 0.9
ALL = [node.id for node in BOOK.walk()]


@pytest.mark.parametrize(
    "ids, target, fraction, is_open, place",
    [
        # scenes on scenes: before or after
        ([6], 3, TOP, True, Place(3, Where.BEFORE)),
        ([6], 3, BOTTOM, True, Place(3, Where.AFTER)),
        # scenes on a chapter: at its end; at its edges the nearest gap
        ([3], 5, MIDDLE, True, Place(5, Where.INTO)),
        ([3], 5, TOP, True, Place(4, Where.AFTER)),
        ([4], 5, BOTTOM, True, Place(6, Where.BEFORE)),
        ([4], 5, BOTTOM, False, Place(5, Where.INTO)),
        ([6], 20, TOP, True, Place(21, Where.BEFORE)),
        ([6], 8, MIDDLE, False, Place(8, Where.INTO)),
        # scenes on a part: the end of its last chapter, the end of the chapter before it
        ([3], 7, MIDDLE, True, Place(8, Where.INTO)),
        ([3], 7, TOP, True, Place(6, Where.AFTER)),
        ([3], 9, MIDDLE, True, None),
        # chapters among chapters, whatever scene the pointer is over
        ([5], 2, TOP, True, Place(2, Where.BEFORE)),
        ([8], 3, TOP, True, Place(2, Where.BEFORE)),
        ([8], 4, BOTTOM, True, Place(2, Where.AFTER)),
        ([8], 2, BOTTOM, False, Place(2, Where.AFTER)),
        ([5], 7, MIDDLE, True, Place(7, Where.INTO)),
        ([5], 9, MIDDLE, True, Place(9, Where.INTO)),
        ([2], 7, TOP, True, Place(5, Where.AFTER)),
        ([2], 7, BOTTOM, True, Place(8, Where.BEFORE)),
        # parts among parts, never in the middle of one
        ([7], 3, TOP, True, Place(1, Where.BEFORE)),
        ([9], 6, BOTTOM, True, Place(1, Where.AFTER)),
        ([7], 20, MIDDLE, True, Place(1, Where.BEFORE)),
        # where they stand already, or in themselves
        ([3], 3, TOP, True, None),
        ([3], 3, BOTTOM, True, None),
        ([3], 4, TOP, True, None),
        ([6], 5, MIDDLE, True, None),
        ([2], 2, BOTTOM, True, None),
        ([2], 4, BOTTOM, True, None),
        ([3, 4], 3, BOTTOM, True, None),
        # some that are apart come together where the pointer is
        ([3, 6], 6, TOP, True, Place(6, Where.BEFORE)),
        ([3, 5], 4, TOP, True, None),
    ],
)
def test_a_row_and_a_height_become_one_place(ids, target, fraction, is_open, place):
    assert place_near(BOOK, ids, target, fraction, is_open=is_open) == place


@pytest.mark.parametrize(
    "ids, place",
    [
        ([3], Place(8, Where.INTO)),
        ([2], Place(8, Where.AFTER)),
        ([1], Place(9, Where.AFTER)),
        ([9], None),
        ([3, 5], None),
    ],
)
def test_below_the_last_row_means_the_end(ids, place):
    assert place_below(BOOK, ids) == place


def test_scenes_inside_a_chapter_that_is_dragged_come_along_and_are_not_counted_again():
    assert gather_roots(BOOK, [6, 4, 2, 3]) == [2, 6]


def test_a_scene_that_is_gone_is_an_error():
    with pytest.raises(InputError):
        gather_roots(BOOK, [3, 999])


ONE_LEVEL = st.sampled_from([Level.SCENE, Level.CHAPTER, Level.PART]).flatmap(
    lambda level: st.lists(
        st.sampled_from([node.id for node in BOOK.walk() if node.level is level]), min_size=1, unique=True
    )
)


@given(ids=ONE_LEVEL, target=st.sampled_from(ALL), fraction=st.floats(0, 1), is_open=st.booleans())
@settings(max_examples=300, deadline=None)
def test_a_place_is_always_one_that_the_rows_can_go_to(ids, target, fraction, is_open):
    place = place_near(BOOK, ids, target, fraction, is_open=is_open)
    if place is None:
        return
    landmark, level = BOOK.node(place.target), BOOK.node(ids[0]).level
    assert landmark.level == (level - 1 if place.where is Where.INTO else level)
    assert can_move(BOOK, ids, place)


@given(ids=ONE_LEVEL, parent=st.sampled_from([None, *ALL]), row=st.integers(-1, 4))
@settings(max_examples=200, deadline=None)
def test_qt_s_way_to_ask_never_fails_and_never_says_something_silly(ids, parent, row):
    place = place_at(BOOK, ids, parent, row)
    if place is not None:
        assert BOOK.node(place.target).level <= BOOK.node(ids[0]).level
        assert can_move(BOOK, ids, place)
