"""The lexer: what Pygments gets, and that nothing is lost on the way."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments import highlight
from pygments.formatters import NullFormatter
from pygments.lexers import get_lexer_by_name
from pygments.token import Token
from pygments.util import OptionError

from editor.markup.lexer import ManuscriptLexer, lex_block
from editor.markup.lines import split_lines
from editor.markup.text import MarkedText
from tests.markup.reading import contents

STORY = """\
Title: The Weir

Chapter One
The Drowned *Bell*

The ***gate* was** _very /much/_ \\*open\\*. [[check]]

***

> quoted *a
> b* www.x.y

    verse
    more

*** Later ***

A/N: thanks!

%% cut

[[status: draft]]

THE END
"""


def lexed(text, **options):
    """Return the tokens of a text without white space, as short type names and values."""
    return [
        (str(token).removeprefix("Token."), value)
        for _, token, value in ManuscriptLexer(**options).get_tokens_unprocessed(text)
        if value.strip()
    ]


def test_every_kind_of_block_and_span_has_its_own_token():
    assert lexed(STORY) == [
        ("Name.Attribute", "Title"),
        ("Punctuation.Mark", ":"),
        ("Literal.String", " The Weir"),
        ("Generic.Heading", "Chapter One"),
        ("Generic.Heading", "The Drowned "),
        ("Punctuation.Mark", "*"),
        ("Generic.Emph", "Bell"),
        ("Punctuation.Mark", "*"),
        ("Text", "The ***gate* was** "),
        ("Punctuation.Mark", "_"),
        ("Generic.Emph", "very "),
        ("Punctuation.Mark", "/"),
        ("Generic.Emph", "much"),
        ("Punctuation.Mark", "/"),
        ("Punctuation.Mark", "_"),
        ("Literal.String.Escape", "\\*"),
        ("Text", "open"),
        ("Literal.String.Escape", "\\*"),
        ("Text", ". "),
        ("Comment", "[[check]]"),
        ("Punctuation.SceneBreak", "***"),
        ("Punctuation.Mark", ">"),
        ("Text.Quote", "quoted "),
        ("Punctuation.Mark", "*"),
        ("Generic.Emph", "a"),
        ("Punctuation.Mark", ">"),
        ("Generic.Emph", "b"),
        ("Punctuation.Mark", "*"),
        ("Text.Address", "www.x.y"),
        ("Text.Verse", "verse"),
        ("Text.Verse", "more"),
        ("Punctuation.Mark", "***"),
        ("Generic.Subheading", "Later"),
        ("Punctuation.Mark", "***"),
        ("Text.Note", "A/N: thanks!"),
        ("Comment", "%% cut"),
        ("Comment.Special", "[[status: draft]]"),
        ("Text.End", "THE END"),
    ]


@pytest.mark.parametrize(
    ("content", "tokens"),
    [
        ("**a *b***", [("Generic.Strong", "a "), ("Generic.EmphStrong", "b")]),
        ("***a***", [("Generic.EmphStrong", "a")]),
        ("<b>a</b>", [("Generic.Strong", "a")]),
        ("*a **b** c*", [("Generic.Emph", "a "), ("Generic.EmphStrong", "b"), ("Generic.Emph", " c")]),
    ],
)
def test_emphasis_inside_strong_is_both(content, tokens):
    assert [token for token in lexed(content) if token[0] != "Punctuation.Mark"] == tokens


def test_boilerplate_is_greyed():
    text = "x\n*** START OF THIS PROJECT GUTENBERG EBOOK X ***\n\nText."
    assert [token for token, _ in lexed(text)] == ["Comment.Preproc", "Comment.Preproc", "Text"]


def test_the_wrap_mode_may_be_given():
    text = "One.\n#\nTwo."
    assert ("Punctuation.SceneBreak", "#") in lexed(text, mode="lines")
    assert ("Punctuation.SceneBreak", "#") not in lexed(text, mode="blocks")
    with pytest.raises(OptionError):
        ManuscriptLexer(mode="sideways")


def test_pygments_finds_it_by_name_and_adds_and_strips_nothing():
    text = "\n\nHe said *no*.\n\n\n"
    assert highlight(text, get_lexer_by_name("manuscript"), NullFormatter()) == text
    assert highlight("no end", get_lexer_by_name("manuscript"), NullFormatter()) == "no end"


def test_line_ends_of_all_kinds_come_back():
    text = "One.\r\n> a\r> b\r\n\r***\n\rEnd"
    assert "".join(value for _, _, value in ManuscriptLexer().get_tokens_unprocessed(text)) == text


lines = st.sampled_from(STORY.splitlines()) | contents
texts = st.lists(
    st.tuples(lines, st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\r\n\r\n", ""])), max_size=10
).map(lambda parts: "".join(line + end for line, end in parts))


@settings(max_examples=200)
@given(texts)
def test_the_tokens_concatenate_to_the_text_and_know_where_they_are(text):
    end = 0
    for offset, token, value in ManuscriptLexer().get_tokens_unprocessed(text):
        assert offset == end
        assert value
        assert token in Token
        end += len(value)
        assert text[offset:end] == value
    assert end == len(text)


@settings(max_examples=100)
@given(texts)
def test_a_block_can_be_lexed_by_itself(text):
    marked = MarkedText(split_lines(text))
    for start, block in zip(marked.starts, marked.blocks, strict=True):
        block_lines = marked.lines[start : start + block.height]
        assert "".join(value for _, value in lex_block(block, block_lines)) == "\n".join(block_lines)


@pytest.mark.parametrize("unit", ["*", "_a_a", "/a"])
def test_a_line_of_one_megabyte_of_marks_is_lexed_in_under_a_second(unit):
    text = unit * (1_000_000 // len(unit))
    started = time.process_time()
    assert sum(len(value) for _, _, value in ManuscriptLexer().get_tokens_unprocessed(text)) == len(text)
    assert time.process_time() - started < 1
