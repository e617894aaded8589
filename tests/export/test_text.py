"""The plain text renderer."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from editor.export.book import Book, Part
from editor.export.profile import TEXT, Profile
from editor.export.renderers.text import render_text
from editor.export.runs import clean
from editor.markup.model import Close, LineBreak, Open, Style, Text
from tests.export.books import book, books, emphasis, strong

LONG = "The ferry left at noon, and nobody on the quay lifted a hand to wave, which was just as well."


def text(a_book, **choices):
    return render_text(a_book, Profile("test", renderer=TEXT, **choices)).decode()


def test_spaced_paragraphs_have_a_blank_line_between():
    assert (
        text(book((Part.PARAGRAPH, "One."), (Part.PARAGRAPH, "Two.")), paragraphs="spaced")
        == "One.\n\nTwo.\n"
    )


def test_indented_paragraphs_follow_each_other_and_the_first_stands_flush():
    made = text(
        book((Part.PARAGRAPH, "One."), (Part.PARAGRAPH, "Two."), (Part.DINKUS,), (Part.PARAGRAPH, "Three.")),
        centre=False,
    )
    assert made == "One.\n    Two.\n\n* * *\n\nThree.\n"


def test_lines_are_filled_to_the_width():
    assert text(book((Part.PARAGRAPH, LONG)), wrap_width=40).splitlines() == [
        "The ferry left at noon, and nobody on",
        "the quay lifted a hand to wave, which",
        "was just as well.",
    ]


def test_without_a_width_each_paragraph_is_one_line():
    assert text(book((Part.PARAGRAPH, LONG * 20)), wrap_width=0) == LONG * 20 + "\n"


@pytest.mark.parametrize(
    "marks, expected",
    [
        ("stars", "so *very* **cold** ***here***"),
        ("underscores", "so _very_ *cold* *_here_*"),
        ("capitals", "so VERY COLD HERE"),
        ("none", "so very cold here"),
    ],
)
def test_emphasis_takes_the_form_of_the_profile(marks, expected):
    both = (
        Open(Style.STRONG),
        Open(Style.EMPHASIS),
        Text("here"),
        Close(Style.EMPHASIS),
        Close(Style.STRONG),
    )
    inlines = (Text("so "), *emphasis("very"), Text(" "), *strong("cold"), Text(" "), *both)
    assert text(book((Part.PARAGRAPH, inlines)), marks=marks) == expected + "\n"


def test_headings_stand_apart_and_are_centred():
    made = text(
        book(
            (Part.TITLE, "The Weir"),
            (Part.CHAPTER, "Chapter One"),
            (Part.PARAGRAPH, "Rain."),
            (Part.CHAPTER, "Two"),
        ),
        wrap_width=20,
    )
    assert made == "      The Weir\n\n\n    Chapter One\n\nRain.\n\n\n        Two\n"


def test_author_and_header_stand_between_title_and_text():
    made = text(
        book(
            (Part.TITLE, "T"),
            (Part.PARAGRAPH, "x"),
            header=[("Rating", "PG"), ("", "for M.")],
            author="N. N.",
        ),
        centre=False,
    )
    assert made == "T\n\nN. N.\n\nRating: PG\nfor M.\n\n\nx\n"


def test_verse_keeps_its_lines_and_is_set_in():
    made = text(book((Part.VERSE, (Text("Low water,"), LineBreak(), Text(LONG)))), wrap_width=60)
    assert made.splitlines() == [
        "    Low water,",
        "    The ferry left at noon, and nobody on the quay lifted a",
        "        hand to wave, which was just as well.",
    ]


def test_the_paragraphs_of_a_letter_are_quoted_together():
    made = text(
        book((Part.QUOTE, LONG), (Part.QUOTE, (Text("Yours,"), LineBreak(), Text("M.")))), wrap_width=60
    )
    assert made.splitlines() == [
        "> The ferry left at noon, and nobody on the quay lifted a",
        "> hand to wave, which was just as well.",
        ">",
        "> Yours,",
        "> M.",
    ]


def test_notes_are_set_in():
    assert text(book((Part.PARAGRAPH, "x"), (Part.NOTE, "A/N: late"))) == "x\n\n    A/N: late\n"


@pytest.mark.parametrize(
    "scene_break, expected",
    [("* * *", "* * *"), ("#", "#"), ("rule", "-" * 24), ("blank", ""), ("~o~", "~o~")],
)
def test_a_scene_break_takes_the_form_of_the_profile(scene_break, expected):
    made = text(
        book((Part.PARAGRAPH, "a"), (Part.DINKUS,), (Part.PARAGRAPH, "b")),
        scene_break=scene_break,
        centre=False,
    )
    assert made == f"a\n\n{expected}\n\nb\n"


def test_half_a_character_is_replaced_and_nothing_else():
    assert text(book((Part.PARAGRAPH, "a\ud800b\u00a0c?"))) == "a\ufffdb\u00a0c?\n"


@pytest.mark.parametrize("choices", [{}, {"wrap_width": 0}, {"paragraphs": "spaced", "marks": "none"}])
def test_control_characters_do_not_reach_a_text_that_is_posted(choices):
    hostile = "a\x00b\x1b[1mc\td\x85e\x0bf\u2028g\x7f"
    a_book = book(
        (Part.TITLE, hostile),
        (Part.PARAGRAPH, hostile),
        (Part.PARAGRAPH, (*emphasis(hostile), Text(hostile))),
        header=[(hostile, hostile)],
        author=hostile,
    )
    made = text(a_book, scene_break="*\x00*", centre=False, **choices)
    assert [each for each in made if not each.isprintable() and each not in "\n\t"] == []
    assert made.splitlines()[0] == "ab[1mc\td e f g"


@given(books(), st.sampled_from([0, 20, 72]), st.sampled_from(["spaced", "indented"]), st.booleans())
@settings(deadline=None, max_examples=80)
def test_every_visible_character_stands_once_and_in_order(a_book, width, paragraphs, centre):
    made = text(
        a_book, wrap_width=width, paragraphs=paragraphs, centre=centre, marks="none", scene_break="blank"
    )
    texts = ["".join(i.text for i in each.inlines if isinstance(i, Text)) for each in a_book.elements]
    head = 1 if texts and a_book.elements[0].part is Part.TITLE else 0
    front = [a_book.author, *(f"{key}: {value}" if key else value for key, value in a_book.header)]
    assert squeeze(made) == squeeze("".join([*texts[:head], *front, *texts[head:]]))


@given(books(), st.sampled_from([0, 20, 72]), st.sampled_from(["spaced", "indented"]))
@example(Book(title="x", language="en", author="", header=(("0", "\n"),), elements=()), 0, "spaced")
@settings(deadline=None, max_examples=80)
def test_no_line_ends_in_a_space_and_the_text_ends_with_one_line_end(a_book, width, paragraphs):
    made = text(a_book, wrap_width=width, paragraphs=paragraphs)
    assert not any(line.endswith(" ") for line in made.split("\n"))
    assert made.endswith("\n")


def squeeze(made):
    """Return a text without white space, control characters and quote markers."""
    return "".join(clean(made.replace(">", "")).split())
