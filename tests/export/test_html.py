"""The HTML renderer: valid, safe, and the same words."""

import re

import html5lib
import pytest
from hypothesis import given, settings

from editor.export.book import Part
from editor.export.profile import FRAGMENT, Profile
from editor.export.renderers.html import render_fragment, render_page
from editor.markup.model import LineBreak, Text
from tests.export.books import book, books, emphasis, strong

PAGE_TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "main",
    "h1",
    "h2",
    "h3",
    "p",
    "em",
    "strong",
    "br",
    "hr",
    "blockquote",
    "aside",
}
PAGE_ATTRIBUTES = {"lang", "dir", "charset", "http-equiv", "name", "content", "class", "role"}
FRAGMENT_TAGS = {"p", "em", "strong", "hr", "h1", "h2", "h3", "br", "blockquote"}


def page(a_book, **choices):
    return render_page(a_book, Profile("test", **choices)).decode()


def fragment(a_book, **choices):
    return render_fragment(a_book, Profile("test", renderer=FRAGMENT, **choices)).decode()


def body(a_book, **choices):
    return page(a_book, **choices).split("<main>\n")[1].split("</main>")[0]


def all_elements(tree):
    return [each for each in tree.iter() if isinstance(each.tag, str)]


def test_paragraphs_and_emphasis_become_their_tags():
    inlines = (Text("She "), *emphasis("never"), Text(" said "), *strong("no"), LineBreak(), Text("at all."))
    assert (
        fragment(book((Part.PARAGRAPH, inlines)))
        == "<p>She <em>never</em> said <strong>no</strong><br>at all.</p>\n"
    )


def test_every_part_has_its_own_tags_in_a_page():
    made = body(
        book(
            (Part.TITLE, "The Weir"),
            (Part.PART, "Part One"),
            (Part.CHAPTER, "Chapter One"),
            (Part.SCENE_TITLE, "Night"),
            (Part.PARAGRAPH, "Rain."),
            (Part.DINKUS,),
            (Part.VERSE, "Low water"),
            (Part.END_MATTER, "The End"),
        )
    )
    assert made.splitlines() == [
        '<h1 class="title">The Weir</h1>',
        '<h1 class="part">Part One</h1>',
        "<h2>Chapter One</h2>",
        "<h3>Night</h3>",
        "<p>Rain.</p>",
        '<p class="dinkus" role="separator">* * *</p>',
        '<p class="verse">Low water</p>',
        '<p class="end">The End</p>',
    ]


def test_the_paragraphs_of_a_letter_share_one_blockquote():
    made = body(
        book((Part.QUOTE, "Dear M,"), (Part.QUOTE, "come."), (Part.PARAGRAPH, "Ash."), (Part.QUOTE, "Yours"))
    )
    assert made.replace("\n", "") == (
        "<blockquote><p>Dear M,</p><p>come.</p></blockquote><p>Ash.</p><blockquote><p>Yours</p></blockquote>"
    )


def test_notes_stand_aside_in_a_page_and_in_a_quotation_in_a_fragment():
    notes = book((Part.NOTE, "A/N: late again"), (Part.NOTE, "A/N: sorry"))
    assert body(notes).replace("\n", "") == "<aside><p>A/N: late again</p><p>A/N: sorry</p></aside>"
    assert (
        fragment(notes).replace("\n", "")
        == "<blockquote><p>A/N: late again</p><p>A/N: sorry</p></blockquote>"
    )


def test_author_and_header_stand_between_title_and_text():
    made = body(
        book(
            (Part.TITLE, "T"),
            (Part.PARAGRAPH, "x"),
            header=[("Rating", "PG"), ("", "for M.")],
            author="N. N.",
        )
    )
    assert made.splitlines() == [
        '<h1 class="title">T</h1>',
        '<p class="byline">N. N.</p>',
        '<p class="fields"><strong>Rating:</strong> PG<br>for M.</p>',
        "<p>x</p>",
    ]


@pytest.mark.parametrize(
    "scene_break, in_page, in_fragment",
    [
        ("rule", "<hr>", "<hr>"),
        ("blank", '<hr class="blank">', "<p>\u00a0</p>"),
        ("⁂", '<p class="dinkus" role="separator">⁂</p>', "<p>⁂</p>"),
        ("<&>", '<p class="dinkus" role="separator">&lt;&amp;&gt;</p>', "<p>&lt;&amp;&gt;</p>"),
    ],
)
def test_a_scene_break_takes_the_form_of_the_profile(scene_break, in_page, in_fragment):
    assert body(book((Part.DINKUS,)), scene_break=scene_break) == in_page + "\n"
    assert fragment(book((Part.DINKUS,)), scene_break=scene_break) == in_fragment + "\n"


def test_a_page_says_its_language_and_direction():
    assert '<html lang="pt-BR">' in page(book(language="pt-BR"))
    assert '<html lang="he" dir="rtl">' in page(book(language="he"))


def test_a_page_lets_nothing_be_loaded_and_nothing_run():
    made = page(book())
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'\"" in made
    assert not re.search(r"<script|url\(|@import|https?:|javascript:", made)


def test_a_hostile_title_and_author_stay_text():
    hostile = '</title><script>alert("1")</script>'
    made = page(book((Part.TITLE, hostile), title=hostile, author='"><img src=x onerror=y>'))
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(made)
    assert tree.find(".//title").text == hostile
    assert tree.find(".//h1").text == hostile
    assert tree.find(".//meta[@name='author']").get("content") == '"><img src=x onerror=y>'
    assert {each.tag for each in all_elements(tree)} <= PAGE_TAGS


def test_control_characters_cannot_reach_a_page():
    made = body(book((Part.PARAGRAPH, "a\x00b\x0bc\x1bd\x85e\ufffff")))
    assert made == "<p>a\ufffdb c\ufffdd e\ufffdf</p>\n"


def test_no_break_spaces_and_odd_letters_stay():
    assert (
        body(book((Part.PARAGRAPH, "«\u00a0漢\u200d𝄞\u2028\u00a0»")))
        == "<p>«\u00a0漢\u200d𝄞\u2028\u00a0»</p>\n"
    )


@given(books())
@settings(deadline=None, max_examples=60)
def test_any_book_is_a_valid_page_of_known_tags(a_book):
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page(a_book))
    elements = all_elements(tree)
    assert {each.tag for each in elements} <= PAGE_TAGS
    assert {name for each in elements for name in each.attrib} <= PAGE_ATTRIBUTES


@given(books())
@settings(deadline=None, max_examples=60)
def test_any_book_is_a_fragment_of_the_few_allowed_tags_without_attributes(a_book):
    made = fragment(a_book)
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(made)
    elements = [each for each in all_elements(tree) if each.tag != "DOCUMENT_FRAGMENT"]
    assert {each.tag for each in elements} <= FRAGMENT_TAGS
    assert not any(each.attrib for each in elements)


@given(books())
@settings(deadline=None, max_examples=60)
def test_every_visible_character_stands_once_and_in_order(a_book):
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(
        fragment(a_book, scene_break="rule")
    )
    texts = ["".join(i.text for i in each.inlines if isinstance(i, Text)) for each in a_book.elements]
    head = 1 if texts and a_book.elements[0].part is Part.TITLE else 0
    front = [a_book.author, *(f"{key}: {value}" if key else value for key, value in a_book.header)]
    expected = squeeze("".join([*texts[:head], *front, *texts[head:]]))
    assert squeeze("".join(tree.itertext())) == expected


def squeeze(text):
    """Return what the page shows of a text: no white space, control characters replaced."""
    replaced = re.sub("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]", "\ufffd", text)
    replaced = "".join("\ufffd" if ord(c) & 0xFFFE == 0xFFFE else c for c in replaced)
    return "".join(replaced.split())
