"""The Markdown renderer, read back by an independent reader of CommonMark."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from editor.export.book import Book, Element, Part
from editor.export.profile import MARKDOWN, Profile
from editor.export.renderers.markdown import render_markdown
from editor.markup.model import Close, LineBreak, Open, Style, Text
from tests.export.books import book, books, emphasis, strong
from tests.export.shown_text import join_pieces, shown, squeeze, styled_runs

READER = MarkdownIt("commonmark")
EXTENDED = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_STYLES = {"em": Style.EMPHASIS, "strong": Style.STRONG}


def markdown(a_book, **choices):
    return render_markdown(a_book, Profile("test", renderer=MARKDOWN, **choices)).decode()


def pieces_in(source, reader=READER):
    """Return what the reader sees: (text, styles) pieces, "\\n" for a hard break, and the names of the blocks."""
    pieces, blocks = [], []
    for token in reader.parse(source):
        if token.type != "inline":
            blocks.append(token.type)
            continue
        styles = []
        for child in token.children:
            kind, _, way = child.type.rpartition("_")
            if way == "open":
                styles.append(_STYLES[kind])
            elif way == "close":
                assert styles.pop() is _STYLES[kind]
            elif child.type in {"hardbreak", "softbreak"}:
                pieces.append((child.type, None))
            else:
                assert child.type in {"text", "text_special"}, child.type
                pieces.append((child.content, frozenset(styles)))
    return pieces, blocks


def text_in(source, reader=READER):
    return squeeze("".join(text for text, styles in pieces_in(source, reader)[0] if styles is not None))


def test_parts_have_their_form():
    made = markdown(
        book(
            (Part.TITLE, "The Weir"),
            (Part.PART, "Part One"),
            (Part.CHAPTER, "Chapter One"),
            (Part.SCENE_TITLE, "Night"),
            (Part.PARAGRAPH, "Rain."),
            (Part.DINKUS,),
            (Part.VERSE, (Text("Low water,"), LineBreak(), Text("slow water"))),
            (Part.QUOTE, "Dear M,"),
            (Part.QUOTE, "come."),
            (Part.NOTE, "A/N: late"),
            (Part.END_MATTER, "The End"),
            author="N. N.",
            header=[("Rating", "PG"), ("", "for M.")],
        ),
        scene_break="rule",
    )
    assert made == (
        "# The Weir\n\nN. N.\n\nRating: PG  \nfor M.\n\n# Part One\n\n## Chapter One\n\n### Night\n\nRain.\n\n* * *\n\n"
        "Low water,  \nslow water\n\n> Dear M,\n>\n> come.\n\n> A/N: late\n\nThe End\n"
    )


@pytest.mark.parametrize(
    "text, expected",
    [
        ("# no", "\\# no"),
        ("1. no", "1\\. no"),
        ("1986) no", "1986\\) no"),
        ("- no", "\\- no"),
        ("+ no", "\\+ no"),
        ("===", "\\==="),
        ("> no", "\\> no"),
        ("a*b*_c_ d_e", "a\\*b\\*\\_c\\_ d_e"),
        ("[a](javascript:x)", "\\[a\\](javascript:x)"),
        ("<b>& &amp;`c`\\", "\\<b>& \\&amp;\\`c\\`\\\\"),
        ("~~~ | ~~", "\\~\\~\\~ \\| \\~\\~"),
        ("A well-known #1, 2 + 2 = 4!", "A well-known #1, 2 + 2 = 4!"),
    ],
)
def test_what_could_be_markup_is_escaped_and_what_could_not_is_left(text, expected):
    made = markdown(book((Part.PARAGRAPH, text)))
    assert made == expected + "\n"
    assert pieces_in(made)[1] == ["paragraph_open", "paragraph_close"]
    assert text_in(made) == text_in(made, EXTENDED) == squeeze(text)


@pytest.mark.parametrize(
    "inlines, expected",
    [
        ((Text("...really..."), *emphasis("really"), Text("...")), "...really...*really*..."),
        ((Text("un"), *emphasis("believ"), Text("able")), "un*believ*able"),
        ((Text("say"), *emphasis('"no"'), Text("now")), 'sa&#121;*"no"*&#110;ow'),
        ((*emphasis("a"), *strong("b")), "_a_**b**"),
        (
            (
                Open(Style.STRONG),
                Text("so "),
                Open(Style.EMPHASIS),
                Text("very"),
                Close(Style.EMPHASIS),
                Close(Style.STRONG),
            ),
            "**so _very_**",
        ),
        ((Text("a"), *emphasis(" b "), Text("c")), "a *b* c"),
        ((Text("a "), *emphasis(" "), Text("c")), "a c"),
    ],
)
def test_emphasis_counts_wherever_it_stands(inlines, expected):
    made = markdown(book((Part.PARAGRAPH, inlines)))
    assert made == expected + "\n"
    assert_same_styles(made, book((Part.PARAGRAPH, inlines)))


def test_a_heading_may_end_in_a_number_sign():
    made = markdown(book((Part.CHAPTER, "Chapter ##")))
    assert text_in(made) == "Chapter##"


@pytest.mark.parametrize(
    "scene_break, expected, blocks",
    [
        ("rule", "* * *", ["hr"]),
        ("* * *", "\\* \\* \\*", ["paragraph_open", "paragraph_close"]),
        ("---", "\\---", ["paragraph_open", "paragraph_close"]),
        ("blank", "&nbsp;", ["paragraph_open", "paragraph_close"]),
    ],
)
def test_a_scene_break_takes_the_form_of_the_profile(scene_break, expected, blocks):
    made = markdown(book((Part.DINKUS,)), scene_break=scene_break)
    assert made == expected + "\n"
    assert pieces_in(made)[1] == blocks


def assert_same_styles(made, a_book):
    read = [(squeeze(text), styles) for text, styles in pieces_in(made)[0] if styles is not None]
    assert join_pieces(read) == styled_runs(a_book)


signs = st.text(st.sampled_from('ab1 .,*_"#-<&\\[]€é漢\u00a0\u200b'), min_size=1, max_size=4)


@st.composite
def styled_lines(draw):
    """Return an element whose runs touch in every way: styles side by side, inside one another, beside signs."""
    inlines = []
    for _ in range(draw(st.integers(1, 6))):
        styles = draw(
            st.sampled_from([(), (Style.EMPHASIS,), (Style.STRONG,), tuple(Style), tuple(Style)[::-1]])
        )
        inner = [Text(draw(signs))]
        for style in styles:
            inner = [Open(style), *([Text(draw(signs))] if draw(st.booleans()) else []), *inner, Close(style)]
        inlines += [*inner, *([LineBreak()] if draw(st.integers(0, 4)) == 0 else [])]
    return Element(draw(st.sampled_from([Part.PARAGRAPH, Part.CHAPTER, Part.QUOTE])), tuple(inlines))


@given(styled_lines())
@settings(deadline=None, max_examples=300)
def test_emphasis_of_any_kind_beside_anything_is_read_back(element):
    a_book = Book("x", "en", (), (element,))
    assert_same_styles(markdown(a_book), a_book)


@given(books(), st.sampled_from(["rule", "* * *"]))
@settings(deadline=None, max_examples=100)
def test_every_visible_character_is_read_back_once_and_in_order(a_book, scene_break):
    made = markdown(a_book, scene_break=scene_break)
    dinkus = "***" if scene_break != "rule" else ""
    expected = shown(a_book, dinkus=dinkus)
    assert text_in(made) == text_in(made, EXTENDED) == expected


@given(books())
@settings(deadline=None, max_examples=100)
def test_breaks_are_rules_and_lines_of_verse_stay_lines(a_book):
    pieces, blocks = pieces_in(markdown(a_book, scene_break="rule"))
    assert blocks.count("hr") == sum(element.part is Part.DINKUS for element in a_book.elements)
    assert not [text for text, styles in pieces if styles is None and text == "softbreak"]
    assert not {"code_block", "fence", "html_block", "bullet_list_open", "ordered_list_open"} & set(blocks)
