"""Filling lines."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.export.filling import centre, fill, measure


def test_a_text_is_broken_at_spaces_where_the_next_word_does_not_fit():
    assert fill("the quick brown fox jumps", 10) == ["the quick", "brown fox", "jumps"]


def test_a_line_may_be_exactly_as_wide_as_the_page():
    assert fill("abcd efghi jk", 10) == ["abcd efghi", "jk"]


def test_a_word_longer_than_the_line_stays_whole():
    assert fill("a http://lamp.example/a/very/long/path b", 10) == [
        "a",
        "http://lamp.example/a/very/long/path",
        "b",
    ]


def test_no_line_is_broken_at_a_no_break_space():
    assert fill("aaaa bbbb\u00a0cccc dddd", 10) == ["aaaa", "bbbb\u00a0cccc", "dddd"]


def test_width_zero_breaks_nothing():
    assert fill("a " * 500 + "b", 0) == ["a " * 500 + "b"]


def test_the_first_line_leaves_room_for_an_indent():
    assert fill("aaaa bbbb cccc", 10, indent=4) == ["aaaa", "bbbb cccc"]


def test_wide_characters_take_two_columns_and_break_between_themselves():
    assert fill("他来了又走了", 6) == ["他来了", "又走了"]
    assert measure("他a") == 3


def test_closing_punctuation_never_starts_a_line():
    assert fill("他来了，又走了。", 6) == ["他来", "了，又", "走了。"]


def test_korean_breaks_at_its_spaces():
    assert fill("그는 왔다가 갔다", 10) == ["그는", "왔다가", "갔다"]


def test_combining_marks_take_no_room():
    assert measure("e\u0301") == 1


def test_centring_puts_spaces_before():
    assert centre("* * *", 11) == "   * * *"
    assert centre("漢字", 10) == "   漢字"


@given(
    st.lists(st.text("ab漢é’—.", min_size=1, max_size=14), min_size=1, max_size=30),
    st.integers(20, 60),
    st.integers(0, 8),
)
@settings(deadline=None, max_examples=100)
def test_filling_keeps_every_character_and_no_line_is_too_wide(words, width, indent):
    text = " ".join(words)
    lines = fill(text, width, indent)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(measure(line) <= width for line in lines)
    assert not any(line != line.strip(" ") for line in lines)


@pytest.mark.parametrize("text", ["", " ", "  a  b  ", "a" * 300, " " + "a" * 300])
def test_odd_texts_lose_nothing(text):
    assert "".join("".join(fill(text, 20)).split()) == "".join(text.split())
