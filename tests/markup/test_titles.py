"""Titles derived from the first words of a scene (5)."""

import pytest
from hypothesis import given

from editor.markup.titles import derive_title
from tests.markup.reading import contents


@pytest.mark.parametrize(
    ("plain", "title"),
    [
        ("One.", "One."),
        ("The tide was out.", "The tide was out."),
        ("one two three four five six", "one two three four five six"),
        ("one two three four five six seven", "one two three four five six…"),
        ("one two three four five six, seven", "one two three four five six…"),
        ("one two three four five -- six", "one two three four five…"),
        ('"Who, precisely, is there?"', '"Who, precisely, is there?"'),
        ("...and still the river rose, inch by inch", "...and still the river rose, inch…"),
        ("Incomprehensibilities notwithstanding, it", "Incomprehensibilities notwithstanding, i…"),
        ("Incomprehensibilities notwithstandingly, a", "Incomprehensibilities notwithstandingly…"),
        ("x" * 40, "x" * 40),
        ("x" * 41, "x" * 40 + "…"),
        ("a\nb\xa0 c\td", "a b c d"),
        ("他站在渡口边上，" * 6, ("他站在渡口边上，" * 5)[:-1] + "…"),
        ("", ""),
    ],
)
def test_a_title_is_the_first_six_words_or_forty_letters(plain, title):
    assert derive_title(plain) == title


@given(contents)
def test_a_title_is_short_and_of_one_line(plain):
    title = derive_title(plain)
    assert len(title) <= 41
    assert len(title.split(" ")) <= 7
    assert "\n" not in title
