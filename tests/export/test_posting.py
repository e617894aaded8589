"""HTML by the rules of a site: what is pasted is what is stored."""

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.app.profiles import load_profiles
from editor.export.book import Book, Part
from editor.export.profile import POSTING, Profile
from editor.export.registry import export_files
from editor.export.renderers.posting import render_posting
from editor.manuscript.manuscript import Manuscript
from editor.markup.lines import split_lines
from editor.markup.model import Close, LineBreak, Open, Style, Text
from tests.export.ao3_rules import apply_rules, as_tree
from tests.export.books import book, books, element, emphasis, strong
from tests.export.shown_text import join_pieces, shown, squeeze, styled_runs
from tests.export.test_every_profile import written
from tests.export.test_markdown import styled_lines
from tests.export.test_registry import texts

_STYLES = {"em": Style.EMPHASIS, "i": Style.EMPHASIS, "strong": Style.STRONG, "b": Style.STRONG}


def posting(a_book, tags="ao3", **choices):
    return render_posting(a_book, Profile("test", renderer=POSTING, tags=tags, **choices)).decode()


def tree_of(made):
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(made)


def text_in(made):
    return squeeze("".join(tree_of(made).itertext()))


SMALL = book(
    (Part.CHAPTER, "Chapter One"),
    (Part.SCENE_TITLE, "Night"),
    (Part.PARAGRAPH, (Text("Rain & "), *emphasis("more"), Text(" rain."))),
    (Part.DINKUS,),
    (
        Part.VERSE,
        (Text("Low water, "), LineBreak(), Text(" slow water"), LineBreak(), LineBreak(), Text("lamp")),
    ),
    (Part.QUOTE, "Dear M,"),
    (Part.QUOTE, strong("come.")),
    (Part.END_MATTER, "The End"),
)


def test_the_archive_gets_its_own_headings_rules_and_quotations():
    assert posting(SMALL, scene_break="rule").split("\n\n") == [
        "<h3>Chapter One</h3>",
        "<h4>Night</h4>",
        "<p>Rain &amp; <em>more</em> rain.</p>",
        "<hr>",
        "<p>Low water,<br>slow water</p>",
        "<p>lamp</p>",
        "<blockquote><p>Dear M,</p><p><strong>come.</strong></p></blockquote>",
        '<p align="center">The End</p>\n',
    ]


def test_other_sites_get_paragraphs_lines_bold_and_italics_only():
    assert posting(SMALL, tags="few", scene_break="* * *").split("\n\n") == [
        "<p><b>Chapter One</b></p>",
        "<p><b>Night</b></p>",
        "<p>Rain &amp; <i>more</i> rain.</p>",
        "<p>* * *</p>",
        "<p>Low water,<br>slow water</p>",
        "<p>lamp</p>",
        "<p>Dear M,</p>",
        "<p><b>come.</b></p>",
        "<p>The End</p>\n",
    ]


@pytest.mark.parametrize(
    "scene_break, expected",
    [
        ("rule", "<hr>"),
        ("blank", "<p>&nbsp;</p>"),
        ("<3", '<p align="center">&lt;3</p>'),
    ],
)
def test_a_scene_break_takes_the_form_of_the_profile(scene_break, expected):
    assert posting(book((Part.DINKUS,)), scene_break=scene_break) == expected + "\n"


@pytest.mark.parametrize(
    "source, stored",
    [
        ("<p>a</p>\n\n<hr>\n<p>b</p>", "<p>a</p><hr><p>b</p>"),
        ("a\nb\n\nc\n\n\nd", "<p>a<br>b</p><p>c</p><p>\u00a0</p><p>d</p>"),
        ("<p>a<br><br>b</p>", "<p>a</p><p>b</p>"),
        ("<p> a <br> b </p>", "<p>a<br>b</p>"),
        ('<p style="x" id="y" align="center">a<script>b</script></p>', '<p align="center">a</p>'),
        ("<section><mark>a</mark></section>", "<p>a</p>"),
        ("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("<p></p><p>a<3</p>", "<p>a&lt;3</p>"),
    ],
)
def test_the_rules_of_the_archive_do_what_is_known_of_them(source, stored):
    assert apply_rules(source) == as_tree(stored)


@given(books(), st.sampled_from(["rule", "blank", "* * *", "<3"]))
@settings(deadline=None, max_examples=150)
def test_the_archive_changes_nothing(a_book, scene_break):
    made = posting(a_book, scene_break=scene_break)
    assert apply_rules(made) == as_tree(made)


@given(st.one_of(texts.map(split_lines).map(Manuscript), written()))
@settings(deadline=None, max_examples=100)
def test_the_archive_changes_nothing_of_any_manuscript(whole):
    for made in export_files(whole, load_profiles(None)["ao3"]).values():
        assert apply_rules(made.decode()) == as_tree(made.decode())


@given(books(), st.sampled_from(["ao3", "few"]))
@settings(deadline=None, max_examples=100)
def test_every_visible_character_stands_once_and_in_order(a_book, tags):
    assert text_in(posting(a_book, tags, scene_break="* * *")) == shown(a_book, dinkus="***")


@given(styled_lines(), st.sampled_from(["ao3", "few"]))
@settings(deadline=None, max_examples=100)
def test_emphasis_is_read_back(an_element, tags):
    a_book = Book("x", "en", (), (an_element,))
    pieces = []

    def collect(node, styles):
        own = styles | ({_STYLES[node.tag]} if node.tag in _STYLES else set())
        is_bold_heading = tags == "few" and an_element.part is Part.CHAPTER
        shown_styles = own - {Style.STRONG} if is_bold_heading else own
        pieces.append((squeeze(node.text or ""), frozenset(shown_styles)))
        for child in node:
            collect(child, own)
            outer = own - {Style.STRONG} if is_bold_heading else own
            pieces.append((squeeze(child.tail or ""), frozenset(outer)))

    collect(tree_of(posting(a_book, tags)), frozenset())
    expected = styled_runs(a_book)
    if tags == "few" and an_element.part is Part.CHAPTER:
        expected = join_pieces([(text, styles - {Style.STRONG}) for text, styles in expected])
    assert join_pieces(pieces) == expected


def test_hostile_text_stays_text():
    hostile = '<script>x</script><p onclick="y">[url=z](javascript:w)\x00\x1b'
    made = posting(book((Part.CHAPTER, hostile), (Part.PARAGRAPH, hostile), author=hostile))
    tree = tree_of(made)
    assert {each.tag for each in tree.iter() if isinstance(each.tag, str)} <= {"DOCUMENT_FRAGMENT", "p", "h3"}
    assert text_in(made) == squeeze(hostile.replace("\x00\x1b", "")) * 3


def test_nested_emphasis_is_closed_in_order():
    inlines = (Open(Style.STRONG), Text("so "), Open(Style.EMPHASIS), Text("very"), Close(Style.EMPHASIS))
    made = posting(book((Part.PARAGRAPH, (*inlines, Close(Style.STRONG)))))
    assert made == "<p><strong>so <em>very</em></strong></p>\n"


def test_chapters_and_the_notes_around_them_are_files_of_their_own():
    text = (
        "A/N: early\n\n/Chapter One/\n\nRain.\n\n* * *\n\nMore.\n\nA/N: in between\n\nEnd of it.\n\nA/N: late\n\n"
        "/Chapter Two/\n\nDry.\n"
    )
    files = export_files(Manuscript(text.split("\n")), load_profiles(None)["ao3"])
    assert {name: data.decode() for name, data in files.items()} == {
        "1 Chapter One - notes.html": "<blockquote><p>A/N: early</p></blockquote>\n",
        "1 Chapter One.html": "<p>Rain.</p>\n\n<hr>\n\n<p>More.</p>\n\n<blockquote><p>A/N: in between</p></blockquote>\n\n"
        "<p>End of it.</p>\n",
        "1 Chapter One - end notes.html": "<blockquote><p>A/N: late</p></blockquote>\n",
        "2 Chapter Two.html": "<p>Dry.</p>\n",
    }


def test_an_element_without_anything_to_see_leaves_nothing():
    assert posting(Book("x", "en", (), (element(Part.PARAGRAPH, " "), element(Part.QUOTE, "\x00")))) == "\n"
