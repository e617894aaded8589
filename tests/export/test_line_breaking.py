"""Lines: every piece once and in order, none too long, few hyphens, and even."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.export.line_breaking import MOST_HYPHENS, Break, Piece, break_evenly, break_lines

WIDTH = 60.0
SPACE = 3.0

syllables = st.lists(st.integers(4, 18).map(float), min_size=1, max_size=3)


def word(widths, *, is_last=False):
    """Return the pieces of a word that can be divided between its syllables."""
    *first, last = widths
    return [Piece(width, Break.HYPHEN, 2.0) for width in first] + [Piece(last, Break.SPACE, SPACE)]


def lines_of(pieces, ends):
    starts = [0, *ends][:-1]
    return [pieces[start:end] for start, end in zip(starts, ends, strict=True)]


def natural(line):
    """Return the width of a line, and of the spaces in it."""
    spaces = sum(each.after_width for each in line[:-1] if each.after is Break.SPACE)
    hyphen = line[-1].after_width if line[-1].after is Break.HYPHEN else 0.0
    return sum(each.width for each in line) + spaces + hyphen, spaces


def text(words):
    return [piece for widths in words for piece in word(widths)]


@given(st.lists(syllables, max_size=60), st.sampled_from([WIDTH, WIDTH - 10]))
def test_every_piece_stands_once_on_a_line_that_is_not_too_long(words, first_width):
    pieces = text(words)
    ends = break_lines(pieces, WIDTH, first_width)
    assert ends == sorted(set(ends))
    assert ends[-1:] == ([len(pieces)] if pieces else [])
    for index, line in enumerate(lines_of(pieces, ends)):
        width, spaces = natural(line)
        assert width - 0.2 * spaces <= (WIDTH if index else first_width) + 1e-6


@given(st.lists(syllables, max_size=60))
def test_no_more_than_two_lines_in_a_row_end_with_a_hyphen(words):
    pieces = text(words)
    run = 0
    for line in lines_of(pieces, break_lines(pieces, WIDTH, WIDTH)):
        run = run + 1 if line[-1].after is Break.HYPHEN else 0
        assert run <= MOST_HYPHENS


@given(st.lists(syllables, max_size=60))
def test_where_lines_are_even_anyway_there_is_no_hyphen(words):
    pieces = text(words)
    ends = break_evenly(pieces, WIDTH, WIDTH)
    for line in lines_of(pieces, ends or [])[:-1]:
        width, spaces = natural(line)
        assert line[-1].after is Break.SPACE
        assert -0.2 * spaces - 1e-6 <= WIDTH - width <= 1.3 * 0.5 * spaces + 1e-6


def test_lines_are_made_even_over_the_whole_paragraph():
    words = [[width] for width in (18, 18, 12, 16, 16, 20, 17, 17, 17, 4)]
    pieces = text(words)
    ends = break_lines(pieces, WIDTH, WIDTH)
    loosest = max(WIDTH - natural(line)[0] for line in lines_of(pieces, ends)[:-1])
    assert loosest <= 6


def test_a_line_of_one_word_is_the_last_resort():
    pieces = text([[10], [20], [20], [8, 12], [35], [18]])
    assert break_lines(pieces, WIDTH, WIDTH - 5)[0] > 1


def test_a_piece_wider_than_the_line_stands_alone():
    pieces = text([[10], [100], [10]])
    assert break_lines(pieces, WIDTH, WIDTH) == [1, 2, 3]


def test_a_word_longer_than_several_lines_is_divided_as_often_as_it_must():
    pieces = [Piece(40.0, Break.HYPHEN, 2.0)] * 7 + [Piece(40.0, Break.SPACE, SPACE)]
    assert break_lines(pieces, WIDTH, WIDTH) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_the_rest_of_a_divided_word_is_not_alone_on_the_last_line_if_it_need_not_be():
    pieces = [*text([[13], [13], [13]]), *word([9.0, 5.0])]
    assert natural(pieces)[0] > WIDTH
    assert break_lines(pieces, WIDTH - 3, WIDTH - 3) == [3, 5]


@pytest.mark.parametrize("pieces", [[], text([[5]]), text([[5], [5]])])
def test_what_fits_stands_on_one_line(pieces):
    assert (
        break_lines(pieces, WIDTH, WIDTH)
        == break_evenly(pieces, WIDTH, WIDTH)
        == [len(pieces)][: len(pieces)]
    )
