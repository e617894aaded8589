"""Marks that were meant but are none (6.5)."""

import pytest
from hypothesis import given, settings

from editor.markup.doubts import find_doubtful_marks
from tests.markup.reading import contents


@pytest.mark.parametrize(
    ("content", "doubtful"),
    [
        ("*First paragraph of the dream.", ["*"]),
        ('"**Stop, he said.', ["**"]),
        ("* thought in spaced stars *", ["*", "*"]),
        ("_ so _ he said", ["_", "_"]),
        ("*closed* and *not", []),
        ("**a *b***", []),
        ("* footnote", []),
        ("*** of N***", []),
        ("**** of Rue", []),
        ("5 * 3 * 2", []),
        ("*", []),
        ("", []),
        (r"\*literal", []),
    ],
)
def test_unclosed_and_spaced_marks_at_the_start_are_doubtful(content, doubtful):
    assert [content[start:end] for start, end in find_doubtful_marks(content)] == doubtful


@settings(max_examples=100)
@given(contents)
def test_doubtful_marks_are_marks(content):
    for start, end in find_doubtful_marks(content):
        assert content[start:end] in {"*", "**", "***", "_", "__"}
