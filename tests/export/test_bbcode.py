"""The BBCode renderer, read back by a small reader of the tags that forums know."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.export.book import Book, Part
from editor.export.profile import BBCODE, Profile
from editor.export.renderers.bbcode import render_bbcode
from editor.markup.model import LineBreak, Style, Text
from tests.export.books import book, books, emphasis
from tests.export.shown_text import join_pieces, shown, squeeze, styled_runs
from tests.export.test_markdown import styled_lines

FORUMS = st.sampled_from(["xenforo", "phpbb"])
_TAG = re.compile(r"\[(/?)([a-zA-Z*]+)(=[^\]]*)?\]")
_STYLES = {"i": Style.EMPHASIS, "b": Style.STRONG}
_KNOWN = {"xenforo": {"i", "b", "quote", "center", "size", "hr"}, "phpbb": {"i", "b", "quote", "size"}}


def bbcode(a_book, forum="xenforo", **choices):
    return render_bbcode(a_book, Profile("test", renderer=BBCODE, forum=forum, **choices)).decode()


def pieces_in(made, forum="xenforo"):
    """Return (text, tags) pieces; every tag must be known, and closed in order."""
    pieces, open_tags, end = [], [], 0
    for tag in _TAG.finditer(made):
        pieces.append((squeeze(made[end : tag.start()]), tuple(open_tags)))
        assert tag[2] in _KNOWN[forum], tag[0]
        if tag[1]:
            assert open_tags.pop() == tag[2]
        else:
            open_tags.append(tag[2])
        end = tag.end()
    assert not open_tags
    return [*pieces, (squeeze(made[end:]), ())]


SMALL = book(
    (Part.TITLE, "The Weir"),
    (Part.CHAPTER, "Chapter One"),
    (Part.PARAGRAPH, (Text("Rain, "), *emphasis("more"), Text(" rain."))),
    (Part.DINKUS,),
    (Part.VERSE, (Text("Low water,"), LineBreak(), Text("slow water"))),
    (Part.QUOTE, "Dear M,"),
    (Part.QUOTE, "come."),
    author="N. N.",
    header=[("Rating", "PG")],
)


def test_a_xenforo_post_has_rules_and_centred_headings():
    assert bbcode(SMALL, scene_break="rule").split("\n\n") == [
        "[center][size=7][b]The Weir[/b][/size][/center]",
        "N. N.",
        "Rating: PG",
        "[center][size=5][b]Chapter One[/b][/size][/center]",
        "Rain, [i]more[/i] rain.",
        "[hr][/hr]",
        "Low water,\nslow water",
        "[quote]Dear M,",
        "come.[/quote]\n",
    ]


def test_a_phpbb_post_does_without_rules_and_centring():
    assert bbcode(SMALL, "phpbb", scene_break="rule").split("\n\n")[:6] == [
        "[size=200][b]The Weir[/b][/size]",
        "N. N.",
        "Rating: PG",
        "[size=150][b]Chapter One[/b][/size]",
        "Rain, [i]more[/i] rain.",
        "* * *",
    ]


def test_a_break_that_is_only_space_is_three_blank_lines():
    a_book = book((Part.PARAGRAPH, "a"), (Part.DINKUS,), (Part.PARAGRAPH, "b"))
    assert bbcode(a_book, scene_break="blank") == "a\n\n\n\nb\n"
    assert bbcode(a_book, scene_break="~o~") == "a\n\n[center]~o~[/center]\n\nb\n"


@pytest.mark.parametrize("text", ["[url=http://x]y[/url]", "[/quote]", "[*]", "a[i", "[b]"])
def test_brackets_of_the_text_open_no_tag(text):
    made = bbcode(book((Part.PARAGRAPH, text)))
    assert not _TAG.search(made)
    assert squeeze(made) == squeeze(text)


def test_brackets_that_open_no_tag_are_left_alone():
    assert bbcode(book((Part.PARAGRAPH, "[1986] [... ] [ [é]"))) == "[1986] [... ] [ [é]\n"


@given(books(), FORUMS)
@settings(deadline=None, max_examples=100)
def test_every_visible_character_stands_once_and_in_order(a_book, forum):
    made = bbcode(a_book, forum, scene_break="* * *")
    assert "".join(text for text, _ in pieces_in(made, forum)) == shown(a_book, dinkus="***")


@given(styled_lines(), FORUMS)
@settings(deadline=None, max_examples=100)
def test_emphasis_is_read_back(an_element, forum):
    a_book = Book("x", "en", (), (an_element,))
    heading = {"b"} if an_element.part is Part.CHAPTER else set()
    pieces = []
    for text, tags in pieces_in(bbcode(a_book, forum), forum):
        inner = list(tags)
        for tag in heading:
            if tag in inner:
                inner.remove(tag)
        pieces.append((text, frozenset(_STYLES[tag] for tag in inner if tag in _STYLES)))
    assert join_pieces(pieces) == styled_runs(a_book)
