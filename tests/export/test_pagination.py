"""Pages: every line once and in order, none alone, nothing that belongs to what follows left behind."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.export.pagination import Box, paginate

HEIGHT = 10.0

boxes = st.lists(
    st.builds(
        Box,
        lines=st.lists(st.sampled_from([1.0, 2.0]), min_size=1, max_size=14).map(tuple),
        above=st.sampled_from([0.0, 1.0, 30.0]),
        below=st.sampled_from([0.0, 1.0]),
        keeps_next=st.booleans(),
        keeps_together=st.booleans(),
        starts_page=st.booleans(),
        starts_right=st.booleans(),
        keeps_previous=st.booleans(),
        divided=st.frozensets(st.integers(0, 13)),
    ),
    max_size=12,
)


def shape(made):
    """Return, for each page, the (box, line) pairs on it."""
    return [[(each.box, each.line) for each in page] for page in made]


def text(count, **more):
    return Box((1.0,) * count, **more)


@given(boxes)
def test_every_line_stands_once_and_in_order_and_within_its_page(given_boxes):
    made = paginate(given_boxes, HEIGHT)
    wanted = [(index, line) for index, box in enumerate(given_boxes) for line in range(len(box.lines))]
    assert [pair for page in shape(made) for pair in page] == wanted
    for page in made:
        bottoms = [each.top + given_boxes[each.box].lines[each.line] for each in page]
        assert all(bottom <= each.top for bottom, each in zip(bottoms, page[1:], strict=False))
        assert len(page) == 1 or not bottoms or max(bottoms) <= HEIGHT


@given(boxes)
def test_what_starts_a_page_is_the_first_on_it(given_boxes):
    for page in shape(paginate(given_boxes, HEIGHT)):
        for box, line in page[1:]:
            assert line or not given_boxes[box].starts_page
            assert line or not given_boxes[box].starts_right


@given(boxes)
def test_what_starts_on_a_right_page_is_on_the_first_or_the_third_or_the_fifth(given_boxes):
    made = shape(paginate(given_boxes, HEIGHT))
    for number, page in enumerate(made):
        assert not any(given_boxes[box].starts_right and not line for box, line in page) or number % 2 == 0
    for page, following in pairwise(made):
        assert page or given_boxes[following[0][0]].starts_right


@given(st.lists(st.integers(1, 9), min_size=1, max_size=9))
def test_no_line_of_a_paragraph_is_alone_on_a_page(counts):
    for page in shape(paginate([text(count) for count in counts], HEIGHT)):
        for box in {box for box, _ in page}:
            assert sum(other == box for other, _ in page) >= min(2, counts[box])


@pytest.mark.parametrize("above", range(11))
def test_a_scene_break_takes_the_paragraph_below_it_along(above):
    made = shape(paginate([text(above), Box((1.0,), keeps_next=True), text(5)], HEIGHT) if above else [])
    for page in made:
        if (1, 0) in page:
            assert (2, 0) in page
            assert (2, 1) in page


def test_a_title_stays_where_it_is_if_what_follows_has_a_page_of_its_own():
    boxes = [text(1), text(1, above=6, keeps_next=True), text(9, starts_page=True)]
    assert shape(paginate(boxes, HEIGHT)) == [[(0, 0), (1, 0)], [(2, line) for line in range(9)]]


def test_a_paragraph_longer_than_a_page_goes_on():
    assert [len(page) for page in paginate([text(25, keeps_together=True)], HEIGHT)] == [10, 10, 5]


def test_verse_is_not_divided_where_it_fits_on_a_page():
    assert [len(page) for page in paginate([text(5), text(8, keeps_together=True)], HEIGHT)] == [5, 8]


def test_space_above_is_left_out_at_the_top_of_a_page_but_not_above_a_chapter():
    made = paginate([text(10), text(2, above=3), text(2, above=3, starts_page=True)], HEIGHT)
    assert [page[0].top for page in made] == [0, 0, 3]


@pytest.mark.parametrize("above", range(10))
def test_the_end_takes_two_lines_along(above):
    boxes = [*[text(1)] * above, text(6), text(1, above=1, keeps_previous=True)]
    for page in shape(paginate(boxes, HEIGHT)):
        if (above + 1, 0) in page:
            assert len([box for box, _ in page if box == above]) >= 2


def test_a_short_paragraph_goes_along_with_the_end_as_a_whole():
    made = shape(paginate([text(7), text(3), text(1, keeps_previous=True)], HEIGHT))
    assert made == [[(0, line) for line in range(7)], [(1, 0), (1, 1), (1, 2), (2, 0)]]


@pytest.mark.parametrize(
    ("divided", "first"), [((), 10), ((9,), 9), ((8, 9), 8), ((7, 8, 9), 10), ((3, 19), 10)]
)
def test_a_page_does_not_end_with_a_part_of_a_word_if_few_lines_less_will_do(divided, first):
    made = paginate([text(20, divided=frozenset(divided))], HEIGHT)
    assert len(made[0]) == first


@given(st.lists(st.tuples(st.integers(1, 9), st.frozensets(st.integers(0, 8))), min_size=1, max_size=9))
def test_no_line_is_alone_for_the_sake_of_a_divided_word(given_boxes):
    for page in shape(paginate([text(count, divided=divided) for count, divided in given_boxes], HEIGHT)):
        for box in {box for box, _ in page}:
            assert sum(other == box for other, _ in page) >= min(2, given_boxes[box][0])


def test_of_nothing_there_is_one_empty_page():
    assert paginate([], HEIGHT) == [[]]
