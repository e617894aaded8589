"""Word counts by section 7, and that the quick ways count what the slow one does."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.markup.inlines import plain_text
from editor.markup.model import Block, Kind
from editor.markup.words import count_content_words, count_words
from tests.markup.reading import contents


@pytest.mark.parametrize(
    ("plain", "words"),
    [
        ("", 0),
        ("and/or", 2),
        ("U.S.A.", 3),
        ("... - -- !? \" '", 0),
        ("really...really", 2),
        ("他来了", 3),
        ("word--word", 2),
        ("word---word", 2),
        ("word—word–word", 3),
        ("a - b", 2),
        ("3.14", 1),
        ("10,000", 1),
        ("10:30", 1),
        ("1.2.3", 1),
        ("1. 2", 2),
        ("a.b", 2),
        ("٣.١٤", 1),
        ("f*ck", 1),
        ("d**n", 1),
        ("*a* b*", 2),
        ("don't don’t well-known takin' '90s rock'n'roll", 6),
        ("a\u2010b a\u2011b", 2),
        ("co\xadop zero\u200bwidth \ufeffmark", 3),
        ("3\u200b.\u200b14", 1),
        ("snake_case a‿b", 2),
        ("²³ ½ Ⅻ", 3),
        ("Zoe\u0308 cafe\u0301s", 2),
        ("그는 강가에", 2),
        ("ひらがなカタカナ", 8),
        ("กขค", 3),
        ("Then 她 left", 3),
        ("abc他def", 3),
        ("вода - большая", 2),
        ("zażółć gęślą jaźń", 3),
        ("𝔸𝔹 😀", 1),
        ("a\nb\xa0c", 3),
    ],
)
def test_words_are_counted_as_the_archive_counts_them(plain, words):
    assert count_words(plain) == words


@pytest.mark.parametrize(
    ("content", "reflows", "words"),
    [
        ("*Really*...__really__...takin' the '90s by /storm/.", False, 7),
        ("un*usual*ly *un*usual", False, 2),
        ("<i>count</i> without <b>tags</b>", False, 3),
        ("a [[private note]] b", False, 2),
        (r"f\*ck and/or", False, 3),
        ("A self-\nmade man--\nof sorts.", True, 5),
        ("A self-\nmade man", False, 4),
        ("3.\n14", True, 2),
        ("강가\n에", True, 1),
        ("강가\n에", False, 2),
        ("<br>a<br>b", False, 2),
        ("http://a.b/c-d", False, 4),
    ],
)
def test_the_words_of_a_content_are_those_of_its_plain_text(content, reflows, words):
    assert count_content_words(content, reflows) == words


def by_the_letter(plain):
    """Count by the five steps of section 7, one after the other, as slowly as they are written."""
    text = plain.replace("--", "—")
    text = re.sub("[\xad\u180e\u200b-\u200f\u2060-\u2064\ufeff]", "", text)
    text = re.sub(r"(?<=\d)[.,:](?=\d)", "", text)
    text = re.sub(
        r"\*+",
        lambda m: (
            "" if is_word(text[m.start() - 1 : m.start()]) and is_word(text[m.end() : m.end() + 1]) else m[0]
        ),
        text,
    )
    text = re.sub("['’‘\\-\u2010\u2011]", "", text)
    count, was_in_word = 0, False
    for character in text:
        name = unicodedata.name(character, "")
        scripts = (
            "CJK UNIFIED",
            "CJK COMPAT",
            "IDEOGRAPHIC",
            "HIRAGANA LETTER",
            "KATAKANA LETTER",
            "THAI CHARACTER",
        )
        is_single = name.startswith(scripts) and unicodedata.category(character) in {"Lo", "Lm"}
        count += is_single or (is_word(character) and not was_in_word)
        was_in_word = is_word(character) and not is_single
    return count


def is_word(character):
    return character != "" and (
        unicodedata.category(character)[0] in "LMN" or unicodedata.category(character) == "Pc"
    )


plain_texts = st.lists(
    st.sampled_from(
        ["a", "Zoë", "12", "3", ".", ",", ":", "*", "**", "-", "--", "'", "’", "‘", "_", " ", "\n", "\xad", "\u200b", "é",
         "e\u0301", "ж", "ą", "他", "ひ", "カ", "ก", "ี", "한", "—", "–", "…", "½", "\u2011", "😀", "‿", "/", "\xa0"]
    ),
    max_size=20,
).map("".join)  # fmt: skip


@settings(max_examples=400)
@given(plain_texts)
def test_counting_quickly_gives_what_counting_by_the_letter_gives(plain):
    assert count_words(plain) == by_the_letter(plain)


@settings(max_examples=400)
@given(contents | plain_texts, st.booleans())
def test_counting_a_content_quickly_gives_the_count_of_its_plain_text(content, reflows):
    block = Block(Kind.PARAGRAPH, 1, content, reflows=reflows)
    assert count_content_words(content, reflows) == count_words(plain_text(block))
