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
