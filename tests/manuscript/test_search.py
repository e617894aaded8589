"""What is found, and where."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.manuscript.search import Match, find_matches


@pytest.mark.parametrize(
    ("found", "query"),
    [
        ("“no”", '"no"'),
        ('"no"', "“no”"),
        ("don’t", "don't"),
        ("don't", "don’t"),
        ("ten\u00a0past", "ten past"),
        ("ten\u202fpast", "ten\u00a0past"),
        ("well\u2011known", "well-known"),
        ("THE WEIR", "the weir"),
        ("cafe\u0301", "café"),
        ("café", "cafe\u0301"),
        ("a.b*c", "a.b*c"),
        ("Straße", "STRAßE"),
    ],
)
def test_what_a_reader_takes_for_the_same_is_found(found, query):
    assert find_matches(["", f"He said {found} twice"], query) == [Match(1, 8, 8 + len(found))]


def test_columns_are_exact_beside_letters_that_fold_to_several():
    assert find_matches(["İİ ßß 𝔸 rain"], "RAIN") == [Match(0, 8, 12)]


def test_case_and_whole_words_on_request():
    lines = ["Rain, rain, rainy"]
    assert [match.start for match in find_matches(lines, "rain")] == [0, 6, 12]
    assert [match.start for match in find_matches(lines, "rain", matches_case=True)] == [6, 12]
    assert [match.start for match in find_matches(lines, "rain", whole_words=True)] == [0, 6]
    assert find_matches(["(rain)"], "(rain)", whole_words=True) == [Match(0, 0, 6)]


def test_a_match_never_spans_lines():
    assert find_matches(["one", "two"], "one two") == []
    assert find_matches(["one", "two"], "one\ntwo") == []
    assert find_matches(["one"], "") == []


@given(
    st.lists(st.text(alphabet="aA ßİ𝔸'’\u00a0-", max_size=8), max_size=5),
    st.text(alphabet="aA ß'-", min_size=1, max_size=2),
)
def test_every_match_lies_in_its_line_and_none_overlaps(lines, query):
    matches = find_matches(lines, query)
    assert matches == sorted(matches)
    for match in matches:
        assert 0 <= match.start < match.end <= len(lines[match.line])
        assert match.end - match.start == len(query)
    for one, other in pairwise(matches):
        assert one.line < other.line or one.end <= other.start


def test_every_literal_occurrence_is_found():
    lines = ["abcabc", "", "xabc"]
    assert find_matches(lines, "abc") == [Match(0, 0, 3), Match(0, 3, 6), Match(2, 1, 4)]


def test_a_rare_word_in_a_megabyte_is_found_at_once():
    lines = ["The rain fell on the slipway and nobody had thought of “matches”. " * 4] * 4000 + ["zebra"]
    start = time.perf_counter()
    assert find_matches(lines, "zebra") == [Match(4000, 0, 5)]
    assert time.perf_counter() - start < 1.0
