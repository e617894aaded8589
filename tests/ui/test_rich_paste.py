"""Pasting rich text writes what it looks like in the marks of the file; pasting plain text does not."""

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from editor.ui.clipboard import paste_plain
from editor.ui.rich_paste import LARGEST_CHARACTERS, marked_text
from tests.ui.page_fixtures import shown_editor


@pytest.fixture
def editor(qtbot):
    editor = shown_editor(["before after"])
    qtbot.addWidget(editor)
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    return editor


def rich(html, text=None):
    mime = QMimeData()
    mime.setHtml(html)
    if text is not None:
        mime.setText(text)
    return mime


@pytest.mark.parametrize(
    "html,plain,text",
    [
        ("<span>a <i>word</i> or two</span>", "a word or two", "a *word* or two"),
        (
            "<b style='font-weight:normal'>a <span style='font-style:italic'>word</span></b>",
            "a word",
            "a *word*",
        ),
        (
            "<p class=MsoNormal>a <i style='mso-bidi-font-style:normal'>word</i><o:p></o:p></p>",
            "a word\r\n",
            "a *word*",
        ),
        ("<p>one <em>two</em></p><p>three</p>", "one two\n\nthree", "one *two*\n\nthree"),
        ("<h2>Chapter 1</h2><p>one</p>", "Chapter 1\none", "# Chapter 1\n\none"),
        ("<i>word</i>", " word ", " *word* "),
        ("<p>2*3 <b>x y</b></p>", "2*3 x y", "2*3 **x y**"),
    ],
)
def test_what_rich_text_looks_like_is_written_in_our_marks(html, plain, text):
    assert marked_text(html, plain) == text


GOOGLE = (
    """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:400;font-style:normal;text-decoration:none;">It was </span>"""
    """<span style="font-weight:400;font-style:italic;">not</span><span style="font-weight:700;"> his</span></p><br /><p dir="ltr"><span>Next.</span></p></b><br class="Apple-interchange-newline">"""
)
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><o:AllowPNG/></xml><![endif]-->
<style><!-- p.MsoNormal {mso-style-unhide:no;} --></style></head><body><!--StartFragment--><p class=MsoNormal>It was <i style='mso-bidi-font-style:normal'>not</i>
his<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>\u00b7<span>&nbsp;&nbsp; </span></span><![endif]>bread</p><!--EndFragment--></body></html>"""
OFFICE = "<!DOCTYPE html><html><head><style>p { line-height: 115% }</style></head><body><p style='margin-bottom: 0in'>It was <i>not</i>\nhis.</p><p><br/>\n\n</p><p>Next<br/>\nline</p></body></html>"


@pytest.mark.parametrize(
    "html,plain,text",
    [
        (GOOGLE, "It was not his\n\n\nNext.", "It was *not* **his**\n\nNext."),
        (WORD, "It was not his\r\n\r\n\u00b7\tbread\r\n", "It was *not* his\n\n• bread"),
        (OFFICE, "It was not his.\n\nNext\nline", "It was *not* his.\n\nNext\nline"),
        ("<ol><li>one</li><li><i>two</i></li></ol>", " 1. one\n 2. two", "1. one\n\n2. *two*"),
        ("<ol><li>one</li><li><i>two</i></li></ol>", "one\ntwo", "one\n\n*two*"),
        ("<p class=MsoTitle>The Weir</p><p>a <i>word</i></p>", "The Weir\na word", "The Weir\n\na *word*"),
    ],
)
def test_rich_text_of_each_program_is_written_in_our_marks(html, plain, text):
    assert marked_text(html, plain) == text


def put_at(editor, lines, line, column):
    editor.buffer.load(lines)
    cursor = editor.textCursor()
    cursor.setPosition(sum(len(each) + 1 for each in lines[:line]) + column)
    editor.setTextCursor(cursor)


def test_emphasis_is_written_as_the_file_writes_it(editor):
    put_at(editor, ["He _said_ so. He _did_.", "", "x "], 2, 2)
    editor.insertFromMimeData(rich("a <i>word</i>, <b><i>really</i></b>", "a word, really"))
    assert editor.buffer.lines()[2] == "x a _word_, **_really_**"


def test_emphasis_pasted_into_a_word_is_still_emphasis(editor):
    put_at(editor, ["unbelievable"], 0, 2)
    editor.insertFromMimeData(rich("<i>frigging</i>", "frigging"))
    assert editor.buffer.lines() == ["un<i>frigging</i>believable"]


def test_a_heading_pasted_into_a_line_stands_on_its_own(editor):
    put_at(editor, ["before after"], 0, 7)
    editor.insertFromMimeData(rich("<h2>Dusk</h2>", "Dusk"))
    assert editor.buffer.lines() == ["before ", "", "# Dusk", "", "after"]
    editor.undo()
    assert editor.buffer.lines() == ["before after"]


def test_paragraphs_pasted_into_a_file_without_blank_lines_have_none(editor):
    lines = [
        f"    A paragraph with so many words that it is longer than any line that was wrapped by hand or machine, {n}."
        for n in range(9)
    ]
    put_at(editor, [*lines, ""], 9, 0)
    editor.insertFromMimeData(rich("<p>one <i>two</i></p><p>three</p>", "one two\nthree"))
    assert editor.buffer.lines()[9:] == ["one *two*", "three"]


def test_a_line_break_pasted_into_a_wrapped_file_stays_one(editor):
    wrapped = ["It was a long evening and she had walked the whole of the way from", "the weir to the house without a word to anybody, as she had said she", "would, and the light was going and the water was loud in the dark and", "there was nobody there."]  # fmt: skip
    put_at(editor, [*wrapped, "", ""], 5, 0)
    editor.insertFromMimeData(rich("<p>Roses <i>are</i> red<br>Violets</p>", "Roses are red\nViolets"))
    assert editor.buffer.lines()[5:] == ["Roses *are* red<br>Violets"]


@pytest.mark.parametrize(
    "html,plain",
    [
        ("<span style='color:red'>a  b</span>", "a  b"),
        ("<i>other words</i>", "these words"),
        ("<pre><span>code  here</span></pre>", "different  here"),
        ("<i>" + "x" * LARGEST_CHARACTERS + "</i>", "x" * LARGEST_CHARACTERS),
    ],
)
def test_plain_text_is_taken_where_rich_text_says_no_more_or_other_words(html, plain):
    assert marked_text(html, plain) is None


def test_pasting_is_one_step_that_undo_takes_back(editor):
    editor.insertFromMimeData(rich("<p>one <em>two</em></p><p>three</p>"))
    assert editor.buffer.lines() == ["before afterone *two*", "", "three"]
    editor.undo()
    assert editor.buffer.lines() == ["before after"]


def test_pasting_as_plain_text_takes_the_words_only(editor):
    QGuiApplication.clipboard().setMimeData(rich(" <em>two</em>", " two"))
    paste_plain(editor)
    assert editor.buffer.lines() == ["before after two"]


def test_what_was_copied_here_is_pasted_as_it_was(editor):
    editor.buffer.load(["*a* <i>b</i>", ""])
    editor.selectAll()
    editor.copy()
    editor.moveCursor(editor.textCursor().MoveOperation.End)
    editor.paste()
    assert editor.buffer.lines() == ["*a* <i>b</i>", "*a* <i>b</i>", ""]
