"""What the reader gets of a block: white space, line joins, escapes, comments."""

from itertools import pairwise

import pytest
from hypothesis import given, settings

from editor.markup.inlines import plain_text, resolve_content, resolve_inlines, text_of
from editor.markup.model import Block, Close, Kind, Level, LineBreak, Open, Span, SpanKind, Style, Text
from editor.markup.spans import parse_spans
from tests.markup.reading import contents, read, written


def reflow(content):
    return read(content, reflows=True)


def test_marks_go_and_escapes_and_addresses_come_out_literal():
    assert resolve_inlines(Block(Kind.PARAGRAPH, 1, r"He said \*no\* to *www.a_b.c*.")) == (
        Text("He said "),
        Text("*", is_literal=True),
        Text("no"),
        Text("*", is_literal=True),
        Text(" to "),
        Open(Style.EMPHASIS),
        Text("www.a_b.c", is_literal=True),
        Close(Style.EMPHASIS),
        Text("."),
    )


def test_three_stars_are_strong_around_emphasis():
    assert resolve_inlines(Block(Kind.PARAGRAPH, 1, "***x***")) == (
        Open(Style.STRONG),
        Open(Style.EMPHASIS),
        Text("x"),
        Close(Style.EMPHASIS),
        Close(Style.STRONG),
    )


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("  a  b\t \tc  ", "a b c"),
        ("a\tb", "a b"),
        ("a\xa0 \u202fb\u3000c", "a\xa0 \u202fb\u3000c"),
        ("\xa0a\u3000", "a"),
        ("One\x0ba\u2028b", "One\x0ba\u2028b"),
        ("a [[b]] c", "a c"),
        ("a [[b]], c", "a , c"),
        ("[[a]] b [[c]]", "b"),
        ("a *b [[c]]*", "a <em>b</em>"),
        ("a *[[b]] c*", "a <em>c</em>"),
        ("[[a]]", ""),
        ("", ""),
        (" \t ", ""),
    ],
)
def test_runs_of_spaces_are_one_space_and_none_at_the_ends(content, wanted):
    assert read(content) == wanted


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("a \n  b", "a<br>b"),
        ("self-\nmade", "self-<br>made"),
        ("a\\\nb", "a<br>b"),
        ("a\n\\\nb", "a<br><br>b"),
        ("*a\n b*", "<em>a<br>b</em>"),
        ("a\n[[note]]\nb", "a<br>b"),
        ("[[status: x]]\na", "a"),
        ("a\n[[x]]", "a"),
        ("a [[x\ny]] b", "a b"),
        ("a<br> b", "a<br> b"),
    ],
)
def test_where_lines_are_kept_a_line_break_is_a_hard_one(content, wanted):
    assert read(content) == wanted


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("a  \n  b", "a b"),
        ("self-\nmade", "self-made"),
        ("word--\nword", "word--word"),
        ("word—\nword –\nword–\nword", "word—word – wordword".replace("wordword", "word–word")),
        ("or -\nso", "or - so"),
        ("--\nso", "-- so"),
        ("a\\\nb\nc", "a<br>b c"),
        ("a \\ \n b", "a<br>b"),
        ("a\\\\\nb", "a\\ b"),
        ("他看\n着河", "他看着河"),
        ("河水，\n一句", "河水，一句"),
        ("有。\n「一", "有。 「一"),
        ("说\n「一", "说「一"),
        ("说。\nThe", "说。 The"),
        ("river 河\ndid", "river 河 did"),
        ("한국\n말", "한국말"),
        ("*self-*\nmade", "<em>self-</em>made"),
        ("*他*\n她", "<em>他</em>她"),
        ("a\n[[x]]\nb", "a b"),
        ("a\n*b*", "a <em>b</em>"),
        ("a<br>\nb", "a<br>b"),
        ("a\n<br>b", "a<br>b"),
    ],
)
def test_where_lines_reflow_they_are_joined_with_one_space_or_none(content, wanted):
    assert reflow(content) == wanted


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("CHAPTER IV\nThe Drowned Bell", "CHAPTER IV: The Drowned Bell"),
        ("CHAPTER V.\nA QUIET NIGHT", "CHAPTER V. A QUIET NIGHT"),
        ("Chapter 5:\nIce", "Chapter 5: Ice"),
        ("Chapter 5 —\nIce", "Chapter 5 — Ice"),
        ("Chapter 5\nThe *Other* Boat", "Chapter 5: The <em>Other</em> Boat"),
    ],
)
def test_a_subtitle_is_joined_to_its_heading(content, wanted):
    heading = Block(Kind.HEADING, 2, content, ((0, 0), (1, 0)), level=Level.CHAPTER)
    assert written(resolve_inlines(heading)) == wanted


def test_plain_text_has_no_marks_and_breaks_as_line_feeds():
    assert plain_text(Block(Kind.VERSE, 2, "*Down* by\nthe [[x]] weir<br>side")) == "Down by\nthe weir\nside"


@settings(max_examples=300)
@given(contents)
def test_every_character_that_is_no_mark_is_kept_in_order(content):
    spans = parse_spans(content)
    is_mark = set()
    for span in spans:
        is_mark.update(range(span.start, span.inner_start), range(span.inner_end, span.end))
        if span.kind is SpanKind.COMMENT:
            is_mark.update(range(span.start, span.end))
    visible = "".join(character for index, character in enumerate(content) if index not in is_mark)
    for reflows in (False, True):
        text = text_of(resolve_content(content, spans, reflows))
        assert "".join(text.split()) == "".join(visible.split())


@settings(max_examples=300)
@given(contents)
def test_inlines_are_balanced_and_gathered(content):
    for reflows in (False, True):
        inlines = resolve_content(content, parse_spans(content), reflows)
        around = []
        for inline in inlines:
            match inline:
                case Open(style):
                    around.append(style)
                case Close(style):
                    assert around.pop() == style
                case Text(text):
                    assert text
                    assert "\n" not in text
                    assert "  " not in text
                case LineBreak():
                    pass
        assert not around
        for one, other in pairwise(inlines):
            assert not (
                isinstance(one, Text) and isinstance(other, Text) and one.is_literal == other.is_literal
            )
        text = text_of(inlines)
        assert text.strip(" \t\xa0") == text


@settings(max_examples=300)
@given(contents)
def test_the_short_way_for_text_without_spans_gives_what_the_long_way_gives(content):
    if not parse_spans(content):
        end = len(content)
        unseen = Span(SpanKind.COMMENT, end, end + 5, end + 5, end + 5)
        for reflows in (False, True):
            long_way = resolve_content(content + "[[x]]", (unseen,), reflows)
            assert resolve_content(content, (), reflows) == long_way
