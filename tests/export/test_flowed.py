"""Mail text that flows, put together again by the rules of RFC 3676."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.export.book import Book, Part
from editor.export.profile import FLOWED, Profile
from editor.export.renderers.flowed import render_flowed
from editor.markup.model import LineBreak, Text
from tests.export.books import book, books, emphasis, strong
from tests.export.shown_text import shown, shown_elements, squeeze

LONG = "The ferry left at noon, and nobody on the quay lifted a hand to wave, which was just as well."


def flowed(a_book, **choices):
    return render_flowed(a_book, Profile("test", renderer=FLOWED, **choices)).decode()


def unflow(text):
    """Return (quote depth, paragraph) for each paragraph or fixed line (RFC 3676, 4)."""
    paragraphs = []
    goes_on = False
    for line in text.removesuffix("\n").split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        is_flowed = content.endswith(" ") and content != "-- "
        if goes_on and paragraphs[-1][0] == depth and content != "-- ":
            paragraphs[-1] = (depth, paragraphs[-1][1] + content)
        else:
            paragraphs.append((depth, content))
        goes_on = is_flowed
    assert not goes_on
    return paragraphs


def test_a_paragraph_is_short_lines_that_go_on():
    assert flowed(book((Part.PARAGRAPH, LONG), (Part.PARAGRAPH, "Ash."))) == (
        "The ferry left at noon, and nobody on the quay lifted a hand to wave, \nwhich was just as well.\n\nAsh.\n"
    )


def test_a_letter_is_quoted_and_flows():
    made = flowed(book((Part.QUOTE, LONG), (Part.QUOTE, "T.")), wrap_width=40)
    assert made.split("\n") == [
        "> The ferry left at noon, and nobody on ",
        "> the quay lifted a hand to wave, which ",
        "> was just as well.",
        ">",
        "> T.",
        "",
    ]


def test_lines_of_verse_are_fixed():
    made = flowed(book((Part.VERSE, (Text("Low water,"), LineBreak(), Text("slow water")))))
    assert made == "Low water,\nslow water\n"


@pytest.mark.parametrize("text", ["From here on", "> no", ">no", "-- ", "-- x", ">"])
def test_what_a_mail_program_could_misread_is_stuffed(text):
    assert unflow(flowed(book((Part.PARAGRAPH, text)))) == [(0, text.strip())]
    assert not flowed(book((Part.PARAGRAPH, text))).startswith((">", "From "))


def test_no_line_becomes_the_mark_of_a_signature():
    made = flowed(book((Part.PARAGRAPH, "aaaa -- " + "b" * 30 + " -- " + "c" * 30)), wrap_width=20)
    assert "-- " not in made.split("\n")


@pytest.mark.parametrize(
    "marks, expected",
    [
        ("stars", "so *very* **cold**"),
        ("underscores", "so _very_ *cold*"),
        ("capitals", "so VERY COLD"),
        ("none", "so very cold"),
    ],
)
def test_emphasis_takes_the_form_of_the_profile(marks, expected):
    inlines = (Text("so "), *emphasis("very"), Text(" "), *strong("cold"))
    assert flowed(book((Part.PARAGRAPH, inlines)), marks=marks) == expected + "\n"


@given(books(), st.sampled_from([0, 20, 72, 400]))
@settings(deadline=None, max_examples=100)
def test_unflowed_it_has_the_paragraphs_of_the_book(a_book, width):
    made = flowed(a_book, wrap_width=width, marks="none", scene_break="* * *")
    found = [squeeze(text) for _, text in unflow(made) if squeeze(text)]
    assert "".join(found) == shown(a_book, dinkus="***")
    headings = {Part.TITLE, Part.PART, Part.CHAPTER, Part.SCENE_TITLE}
    expected = []
    for part, lines in shown_elements(a_book, dinkus="***"):
        expected += ["".join(lines)] if part in headings else [line for line in lines if line]
    assert found == expected


@given(
    st.lists(st.text("ab >-F", min_size=1, max_size=12), min_size=1, max_size=40), st.sampled_from([20, 72])
)
@settings(deadline=None, max_examples=100)
def test_lines_are_no_wider_than_asked_unless_a_word_is(words, width):
    text = " ".join(" ".join(words).split())
    a_book = Book("x", "en", (), book((Part.PARAGRAPH, text)).elements)
    for line in flowed(a_book, wrap_width=width).split("\n"):
        assert len(line.rstrip(" ")) <= width + 1 or len(line.split()) <= 2
    assert unflow(flowed(a_book, wrap_width=width)) == [(0, text)]
