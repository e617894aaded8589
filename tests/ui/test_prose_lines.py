"""Prose in lines: full lines end at the margin, every letter is there, and hyphens stand only where the language has them."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editor.export.document import Align, Look, Run
from editor.export.document_sheets import make_sheet
from editor.export.hyphenation import find_hyphenation
from editor.export.profile import Profile
from editor.ui.page_fonts import DOTS, PageFonts
from editor.ui.prose_lines import ProseLines, is_prose, tidy
from editor.ui.prose_lines import lines_of as lines_of_layout

pytestmark = pytest.mark.usefixtures("qapp")

WIDTH, INDENT = 160 * DOTS, 16 * DOTS
TEXT = (
    "It had been raining extraordinarily heavily since Thursday, and the lock keeper’s considerable "
    "patience – such as it was – had been exhausted: nothing, absolutely nothing, was happening."
)
runs = st.lists(
    st.builds(
        Run,
        st.text("abcdefgh ijklmnopqrst uvwxyz-—–’. \n«»ÄÉ\xa0", max_size=60),
        st.booleans(),
        st.booleans(),
    ),
    max_size=6,
).map(tidy)


def prose(language="en"):
    sheet = make_sheet(Profile("x", renderer="pdf"), has_parts=False)
    return ProseLines(PageFonts(sheet, is_right_to_left=False), find_hyphenation(language))


def lines_of(text, width=WIDTH):
    """Return the lines of a paragraph as text."""
    made = prose().break_paragraph(tidy([Run(text)]), Look.BODY, width, INDENT)
    return [text[line.start : line.end] + "-" * line.has_hyphen for line in made]


def test_full_lines_end_at_the_margin_and_the_last_is_not_stretched():
    setter = prose()
    text = tidy([Run(TEXT[:60]), Run(TEXT[60:90], is_emphasised=True), Run(TEXT[90:])])
    lines = setter.break_paragraph(text, Look.BODY, WIDTH, INDENT)
    layout = setter.lay_out(text, Look.BODY, lines, WIDTH, INDENT)
    ends = [layout.lineAt(at).x() + layout.lineAt(at).naturalTextWidth() for at in range(layout.lineCount())]
    assert len(ends) == len(lines) > 3
    assert ends[:-1] == pytest.approx([WIDTH] * (len(ends) - 1), abs=0.5)
    assert ends[-1] < WIDTH


def test_full_lines_from_right_to_left_end_at_both_margins():
    sheet = make_sheet(Profile("x", renderer="pdf"), has_parts=False)
    fonts = PageFonts(sheet, is_right_to_left=True)
    text = (Run("שומר המגדלור לא ראה את הים אלא מלמעלה והוא היה אומר אינני מכיר אותו אני רק משגיח עליו"),)
    by_qt = fonts.layout(text[0].text, Look.BODY, Align.JUSTIFY, ())
    by_qt.beginLayout()
    while (line := by_qt.createLine()).isValid():
        line.setLineWidth(WIDTH)
    by_qt.endLayout()
    lines = lines_of_layout(by_qt)
    layout = ProseLines(fonts, None).lay_out(text, Look.BODY, lines, WIDTH, 0.0)
    made = [layout.lineAt(index).naturalTextRect() for index in range(layout.lineCount())]
    assert len(made) > 2
    assert [each.right() for each in made] == pytest.approx([WIDTH] * len(made), abs=0.5)
    assert [each.left() for each in made[:-1]] == pytest.approx([0.0] * (len(made) - 1), abs=0.5)
    assert made[-1].left() > 10


def test_lines_of_letters_that_qt_counts_as_two_are_left_to_qt():
    fonts = PageFonts(make_sheet(Profile("x", renderer="pdf"), has_parts=False), is_right_to_left=True)
    assert lines_of_layout(fonts.line("\U0001f600", Look.BODY, Align.JUSTIFY, WIDTH)) is None


def test_a_line_before_a_line_break_is_not_stretched():
    setter = prose()
    text = (Run("No.\nNot this time, or any other."),)
    lines = setter.break_paragraph(text, Look.BODY, WIDTH, INDENT)
    layout = setter.lay_out(text, Look.BODY, lines, WIDTH, INDENT)
    assert layout.lineAt(0).naturalTextWidth() < WIDTH / 3


@given(runs)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_letter_is_on_one_line_and_between_lines_only_a_space_is_left_out(text):
    whole = "".join(run.text for run in text)
    setter = prose()
    lines = setter.break_paragraph(text, Look.BODY, WIDTH, INDENT)
    place = 0
    for line in lines:
        assert whole[place : line.start] in {"", " ", "\n"}
        place = line.end
    assert whole[place:].strip() == ""
    layout = setter.lay_out(text, Look.BODY, lines, WIDTH, INDENT)
    assert layout.lineCount() == len(lines) or not whole
    for at in range(layout.lineCount()):
        assert layout.lineAt(at).x() + layout.lineAt(at).naturalTextWidth() <= WIDTH * 1.01


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_hyphens_stand_only_where_the_language_has_them(language):
    divide = find_hyphenation(language)
    lines = lines_of(TEXT, 90 * DOTS)
    assert any(line.endswith("-") for line in lines)
    place = 0
    for line in lines:
        if line.endswith("-") and language == "en":
            start = TEXT.rfind(" ", 0, TEXT.find(line[:-1]) + len(line) - 1) + 1
            end = TEXT.find(" ", start)
            assert TEXT.find(line[:-1]) + len(line) - 1 - start in divide(TEXT[start:end])
        place += len(line)


def test_no_line_begins_with_a_dash_or_with_a_mark_behind_a_space():
    for width in range(60, 240, 7):
        for line in lines_of(TEXT + " « Oui » ! Non ?", width * DOTS):
            assert not re.match("[–»!?]", line)


def test_a_word_longer_than_a_line_goes_on_over_several():
    lines = lines_of("a" * 300)
    assert len(lines) > 3
    assert "".join(lines) == "a" * 300


def test_spaces_are_single_and_gone_at_the_ends_of_lines():
    made = tidy([Run(" One.  Two "), Run(" three", is_emphasised=True), Run("  \n four")])
    assert "".join(run.text for run in made) == "One. Two three\nfour"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Plain “text” – été, Привет, Ωμέγα.", True),
        ("שלום", False),
        ("مرحبا", False),
        ("彼は本を", False),
        ("สวัสดี", False),
        ("😀", False),
    ],
)
def test_only_letters_that_stand_one_after_the_other_are_set_here(text, wanted):
    assert is_prose([Run(text)]) is wanted
