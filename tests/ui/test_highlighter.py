"""Every line in sight wears the formats of what it is, and no other work is done."""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QInputMethodEvent, QTextCharFormat, QTextCursor, QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.app.themes import Role, load_themes
from editor.manuscript.edits import Position, TextEdit
from editor.markup.model import Block, Kind
from editor.ui.line_roles import LONGEST_STYLED, Run, line_runs
from tests.ui.page_fixtures import SAMPLE, THEME, settle, shown_editor
from tests.ui.test_buffer import act_at_random

WAVE = QTextCharFormat.UnderlineStyle.WaveUnderline


@pytest.fixture
def editor(qtbot):
    editor = shown_editor(SAMPLE, (760, 1200))
    qtbot.addWidget(editor)
    return editor


def block_formats(block):
    """Return (UTF-16 start, length, format) of each range set in a block, in order."""
    ranges = [(one.start, one.length, QTextCharFormat(one.format)) for one in block.layout().formats()]
    return sorted(ranges, key=lambda one: one[:2])


def styled(editor, line):
    """Return the pieces of `line` that have a format, with their formats."""
    block = editor.buffer.document.findBlockByNumber(line)
    units = block.text().encode("utf-16-le")
    return [
        (units[2 * start : 2 * (start + length)].decode("utf-16-le"), form)
        for start, length, form in block_formats(block)
    ]


def colours(editor, line):
    return [(text, form.foreground().color().name()) for text, form in styled(editor, line)]


def colour(role):
    return THEME.styles[role].colour


def test_marks_are_faded_and_what_they_enclose_is_emphasised(editor):
    pieces = styled(editor, 9)
    assert [text for text, _ in pieces] == ["*", "Somebody", "*", "*", "nothing", "*"]
    assert [form.fontItalic() for _, form in pieces] == [False, True, False] * 2
    assert pieces[0][1].foreground().color() == QColor(colour(Role.MARK))


def test_strong_text_is_bold_and_a_remark_is_tinted_whole(editor):
    pieces = styled(editor, 11)
    assert [text for text, _ in pieces] == [
        "/", "still", "/", "**", "scorched sugar", "**", "[[check: would she know it?]]",
    ]  # fmt: skip
    assert pieces[4][1].fontWeight() == QFont.Weight.Bold
    assert pieces[6][1].foreground().color() == QColor(colour(Role.COMMENT))


def test_each_kind_of_line_has_its_colour(editor):
    assert colours(editor, 0) == [("Title:", colour(Role.HEADER_KEY)), (" The Lamp", colour(Role.HEADER))]
    assert colours(editor, 3) == [(SAMPLE[3], colour(Role.BREAK))]
    assert colours(editor, 7) == [(SAMPLE[7], colour(Role.FACT))]
    assert colours(editor, 15)[0] == ("> ", colour(Role.MARK))
    assert colours(editor, 22)[0][1] == colour(Role.NOTE)
    assert colours(editor, 28)[0][1] == colour(Role.END_MATTER)


def test_a_heading_is_large_and_its_wrapping_faded(editor):
    pieces = styled(editor, 5)
    assert [text for text, _ in pieces] == ["/", "Chapter Six", "/"]
    sizes = {form.fontPointSize() for _, form in pieces}
    assert len(sizes) == 1
    assert sizes.pop() > 1.2 * editor.font().pointSizeF()
    assert pieces[0][1].foreground().color() == QColor(colour(Role.MARK))


def test_emphasis_in_verse_is_set_upright(editor):
    pieces = styled(editor, 20)
    upright = [text for text, form in pieces if not form.fontItalic()]
    assert "dead" in upright
    assert pieces[0][1].fontItalic()


def test_ranges_are_right_behind_characters_that_qt_counts_twice(editor):
    assert ("no-one 😀 in", True) in [(text, form.fontItalic()) for text, form in styled(editor, 26)]


def test_an_opening_mark_without_a_partner_is_underlined(qtbot):
    editor = shown_editor(["*Unclosed to the end.", "", "*Closed* here.", "", "2 * 3 is six", "", "—dashes"])
    qtbot.addWidget(editor)
    waves = [
        (line, text)
        for line in range(7)
        for text, form in styled(editor, line)
        if form.underlineStyle() == WAVE
    ]
    assert waves == [(0, "*")]


def test_a_hard_wrapped_paragraph_is_emphasised_across_its_lines(qtbot):
    editor = shown_editor(["She said *that it was", "late* and went.", "", "On."])
    qtbot.addWidget(editor)
    assert [text for text, _ in styled(editor, 0)] == ["*", "that it was"]
    assert [text for text, _ in styled(editor, 1)] == ["late", "*"]


def test_lines_far_out_of_sight_have_no_formats_until_they_are_shown(qtbot):
    editor = shown_editor([text for _ in range(3000) for text in ("*emphasis*", "")])
    qtbot.addWidget(editor)
    assert styled(editor, 4000) == []
    editor.go_to_line(4000)
    settle()
    assert [text for text, _ in styled(editor, 4000)] == ["*", "emphasis", "*"]


def test_a_key_formats_its_paragraph_before_the_page_is_painted(editor):
    editor.go_to(Position(11, 0))
    QTest.keyClicks(editor, "*a*")
    assert [text for text, _ in styled(editor, 11)][:3] == ["*", "a", "*"]


def test_formatting_leaves_undo_and_the_modified_flag_alone(editor):
    editor.set_theme(load_themes()["dark"])
    settle()
    assert not editor.document().isUndoAvailable()
    assert not editor.document().isModified()


def test_another_theme_gives_other_colours(editor):
    dark = load_themes()["dark"]
    editor.set_theme(dark)
    settle()
    assert colours(editor, 3) == [(SAMPLE[3], dark.styles[Role.BREAK].colour)]


def test_a_paragraph_as_long_as_a_book_goes_without_its_spans():
    long = Block(Kind.PARAGRAPH, 1, "*a* " * (LONGEST_STYLED // 4 + 1))
    assert line_runs(long, (long.content,)) == ((),)
    short = Block(Kind.PARAGRAPH, 1, "*a*")
    assert line_runs(short, ("*a*",)) == (
        (Run(0, 1, (Role.MARK,)), Run(1, 2, (Role.EMPHASIS,)), Run(2, 3, (Role.MARK,))),
    )


def test_focus_mode_sets_all_paragraphs_back_but_the_carets(editor):
    editor.go_to(Position(11, 3))
    editor.set_focus_mode(True)
    settle()
    dimmed = THEME.colours["dimmed"]
    assert {name for _, name in colours(editor, 9)} == {dimmed}
    assert "".join(text for text, _ in colours(editor, 9)) == SAMPLE[9]
    assert dimmed not in {name for _, name in colours(editor, 11)}
    editor.go_to(Position(9, 3))
    settle()
    assert {name for _, name in colours(editor, 11)} == {dimmed}
    assert dimmed not in {name for _, name in colours(editor, 9)}
    editor.set_focus_mode(False)
    settle()
    assert dimmed not in {name for _, name in colours(editor, 11)}


def test_composed_text_is_underlined_and_the_emphasis_around_it_stays(editor):
    editor.go_to(Position(9, 104))
    before = [text for text, _ in styled(editor, 9)]
    underline = QTextCharFormat()
    underline.setFontUnderline(True)
    attribute = QInputMethodEvent.Attribute(QInputMethodEvent.AttributeType.TextFormat, 0, 2, underline)
    QApplication.sendEvent(editor, QInputMethodEvent("に本", [attribute]))
    block = editor.document().findBlockByNumber(9)
    ranges = block_formats(block)
    assert [(start, length) for start, length, form in ranges if form.fontUnderline()] == [(104, 2)]
    assert sum(form.fontItalic() for _, _, form in ranges) == 2
    commit = QInputMethodEvent()
    commit.setCommitString("日本")
    QApplication.sendEvent(editor, commit)
    settle()
    assert editor.buffer.lines()[9] == SAMPLE[9][:104] + "日本" + SAMPLE[9][104:]
    assert len(styled(editor, 9)) == len(before)


def page_of(editor):
    """Return how each line in sight looks: its formats, its places, its height."""
    editor.verticalScrollBar().setValue(0)
    settle()
    page = []
    for line in range(min(25, editor.blockCount())):
        block = editor.buffer.document.findBlockByNumber(line)
        layout = block.layout()
        places = [(layout.lineAt(i).x(), layout.lineAt(i).y()) for i in range(layout.lineCount())]
        formats = [(start, length, form) for start, length, form in block_formats(block)]
        page.append((block.text(), formats, places, editor.blockBoundingRect(block).height()))
    return page


@pytest.mark.parametrize("seed", range(4))
def test_a_page_that_was_worked_on_looks_like_one_just_opened(qtbot, seed):
    dice = random.Random(seed)
    editor = shown_editor(SAMPLE, (760, 1400))
    qtbot.addWidget(editor)
    for _ in range(8):
        for _ in range(15):
            act_at_random(dice, editor)
        fresh = shown_editor([""], (760, 1400))
        fresh.buffer.load(editor.buffer.lines(), editor.buffer.manuscript.text.mode)
        assert page_of(editor) == page_of(fresh)
        fresh.close()
        fresh.deleteLater()


def test_typing_where_nothing_is_marked_sets_no_formats(editor, monkeypatch):
    calls = []
    original = QTextLayout.setFormats
    monkeypatch.setattr(
        QTextLayout, "setFormats", lambda self, ranges: calls.append(ranges) or original(self, ranges)
    )
    editor.go_to(Position(9, 0))
    editor.buffer.apply([TextEdit(Position(9, 0), Position(9, len(SAMPLE[9])), "Plain words.")])
    settle()
    calls.clear()
    QTest.keyClicks(editor, "more plain words", Qt.KeyboardModifier.NoModifier)
    settle()
    assert calls == []


def test_undo_of_a_large_change_formats_what_comes_back(editor):
    cursor = editor.textCursor()
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.insertText("gone")
    settle()
    editor.undo()
    settle()
    assert [text for text, _ in styled(editor, 5)] == ["/", "Chapter Six", "/"]
