"""Dividing words: by the patterns of the language, and nothing that should stay whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyphen import Pyphen

from editor.export.hyphenation import find_hyphenation


def divided(language, chunk):
    """Return a chunk with hyphens where it may be divided."""
    divide = find_hyphenation(language)
    assert divide is not None
    pieces, start = [], 0
    for place in divide(chunk):
        pieces.append(chunk[start:place])
        start = place
    return "-".join([*pieces, chunk[start:]])


@pytest.mark.parametrize(
    ("language", "word", "wanted"),
    [
        ("en", "hyphenation", "hy-phen-ation"),
        ("en-GB", "hyphenation", "hy-phen-a-tion"),
        ("de", "Haltestelle", "Hal-te-stel-le"),
        ("de-AT", "Silbentrennung", "Sil-ben-tren-nung"),
        ("fr", "extraordinairement", "ex-tra-or-di-nai-re-ment"),
        ("no", "bokhandel", "bok-han-del"),
    ],
)
def test_words_are_divided_by_the_rules_of_their_language(language, word, wanted):
    patterns = Pyphen(lang={"no": "nb"}.get(language, language.replace("-", "_")), left=2, right=3)
    assert divided(language, word) == patterns.inserted(word)
    assert divided(language, word).replace("-", "") == wanted.replace("-", "")
    assert "-" in divided(language, word)


def test_marks_around_a_word_do_not_matter():
    assert divided("en", "(“waiting,”") == "(“wait-ing,”"


@pytest.mark.parametrize(
    "chunk",
    [
        "Mississippi",
        "UNIVERSITY",
        "https://example.org/something",
        "somebody@example.org",
        "archiveofourown.org",
        "Catch-twenty-two",
        "far-reaching",
        "twenty3rd",
        "also",
        "couldn’t",
        "…",
        "",
    ],
)
def test_names_addresses_and_short_words_stay_whole(chunk):
    assert divided("en", chunk) == chunk


def test_german_nouns_are_no_names():
    assert divided("de", "Bahnhof") == "Bahn-hof"


def test_a_place_that_would_change_the_spelling_is_not_used():
    assert "-" not in divided("hu", "asszonnyal")[4:7]


@pytest.mark.parametrize("language", ["zh", "ja", "he", "ar", "xx", "xx-Latn-YY"])
def test_a_language_without_patterns_is_not_hyphenated(language):
    assert find_hyphenation(language) is None


@pytest.mark.parametrize("language", ["en", "de", "fr", "ru"])
@given(chunk=st.text("abcdefghijklmnopqrstuvwxyzäéßABC’'-—.…“”страница", max_size=30))
def test_what_stands_before_and_after_a_hyphen_is_never_short(language, chunk):
    divide = find_hyphenation(language)
    assert divide is not None
    places = divide(chunk)
    assert list(places) == sorted(set(places))
    for place in places:
        assert chunk[place - 2 : place].isalpha()
        assert chunk[place : place + 3].isalpha()
        assert len(chunk[place : place + 3]) == 3
