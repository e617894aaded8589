"""Detection of the wrap mode (section 3)."""

from hypothesis import given
from hypothesis import strategies as st

from editor.markup.wrapping import detect_mode

WRAPPED = [
    "The lock-keeper had kept the lock for thirty years and in all that",
    "time he had never once seen the gate move on its own; but tonight",
    "it moved, and nobody was there to see it except for him and the",
    "heron, which did not care.",
]


def test_fewer_than_three_joins_say_nothing():
    assert detect_mode([]) == "blocks"
    assert detect_mode(["One.", "Two.", "Three."]) == "blocks"


def test_full_joins_at_a_usual_width_are_hard_wrapped():
    assert detect_mode(WRAPPED) == "wrapped"


def test_more_indented_joins_than_gaps_are_indented_paragraphs():
    indented = ["  " + WRAPPED[0], *WRAPPED[1:]]
    assert detect_mode(indented * 3) == "indented"
    assert detect_mode([*indented, "", *indented, "", *indented, "", *indented]) == "wrapped"


def test_short_indented_lines_without_gaps_are_a_paragraph_each():
    assert detect_mode(["  One.", "  Two.", "  Three.", "  Four.", "  Five."]) == "lines"


def test_long_lines_without_gaps_are_a_paragraph_each():
    assert detect_mode(["word " * 40, "word", "word " * 30, "word", "word " * 21]) == "lines"


def test_short_lines_of_a_letter_are_blocks():
    assert detect_mode(["Dear Tom,", "the rope is rotten.", "Send more.", "Yours, M."]) == "blocks"


def test_breaks_headings_and_quotes_are_no_text_and_make_no_gap():
    assert detect_mode(["# " + "x" * 80, "***", "> " + "x" * 80, "One."] * 5) == "blocks"


def test_the_header_is_left_out():
    header = ["Title: The Weir", "Author: N. Body", "Rating: PG", "Series: Locks", "Status: done", ""]
    assert detect_mode([*header, *WRAPPED]) == "wrapped"
    assert detect_mode([*header, "One."]) == "blocks"


def test_width_is_that_of_the_95th_percentile():
    assert detect_mode([*WRAPPED * 10, "", "x" * 150]) == "wrapped"


@given(st.lists(st.sampled_from(["", " ", "\t", *WRAPPED, "* * *", "Short."]), max_size=30))
def test_lines_of_blanks_and_empty_lines_are_the_same(lines):
    assert detect_mode(lines) == detect_mode([line if line.strip() else "" for line in lines])
