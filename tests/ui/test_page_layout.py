"""Lines stand where the page wants them, and everything that reads their places follows."""

import random
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.app.resources import sample_path
from editor.manuscript.edits import Position, TextEdit
from editor.markup.model import WrapMode
from tests.ui.page_fixtures import SAMPLE, settle, shown_editor
from tests.ui.test_buffer import act_at_random

PROSE = (
    "It was a long way down to the water, and nobody had said so beforehand; she counted the steps again. "
    * 4
)
LONG = [text for _ in range(120) for text in (PROSE, "", "* * *", "")] + ["The last line."]


@pytest.fixture
def editor(qtbot):
    editor = shown_editor(SAMPLE)
    qtbot.addWidget(editor)
    return editor


@pytest.fixture
def long_editor(qtbot):
    editor = shown_editor(LONG)
    qtbot.addWidget(editor)
    return editor


def rect_at(editor, line, column=0):
    editor.go_to(Position(line, column), centre=False)
    return editor.cursorRect()


def test_the_lines_of_a_paragraph_stand_one_pitch_apart(editor):
    tops = sorted({rect_at(editor, 9, column).top() for column in range(len(SAMPLE[9]))})
    assert len(tops) >= 3
    assert {below - above for above, below in pairwise(tops)} == {editor.buffer.page.pitch}


def test_leading_is_generous(editor):
    assert editor.buffer.page.pitch >= 1.4 * editor.fontMetrics().ascent()


def test_breaks_and_chapter_headings_are_centred(editor):
    for line in (3, 5):
        left = rect_at(editor, line).left()
        right = rect_at(editor, line, len(SAMPLE[line])).left()
        assert (left + right) / 2 == pytest.approx(editor.viewport().width() / 2, abs=3)
        assert right - left < editor.viewport().width() / 2


def test_a_heading_has_more_air_above_than_below(editor):
    chapter, above, below = (rect_at(editor, line) for line in (5, 3, 7))
    assert chapter.top() - above.bottom() > below.top() - chapter.bottom() > 0


def test_a_click_on_a_character_puts_the_caret_before_it(editor):
    for line in range(len(SAMPLE)):
        for column in range(0, len(SAMPLE[line]), 7):
            rect = rect_at(editor, line, column)
            editor.go_to(Position(0, 0), centre=False)
            editor.verticalScrollBar().setValue(0)
            editor.go_to(Position(line, column), centre=False)
            rect = editor.cursorRect()
            QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=rect.center() + QPoint(1, 0))
            assert editor.caret_position() == Position(line, column)


def test_a_click_between_two_lines_goes_to_one_of_them(editor):
    rect = rect_at(editor, 9, 40)
    QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.left(), rect.bottom() + 2))
    assert editor.caret_position().line == 9


def test_a_click_beside_the_column_is_taken_for_one_in_it(editor):
    editor.resize(1100, 560)
    settle()
    rect = rect_at(editor, 9, 40)
    place = QPoint(3, editor.viewport().mapTo(editor, rect.center()).y())
    QTest.mouseClick(editor, Qt.MouseButton.LeftButton, pos=place)
    caret = editor.caret_position()
    assert caret.line == 9
    assert editor.cursorRect().left() < rect.left()
    assert abs(editor.cursorRect().top() - rect.top()) <= 1


def test_home_and_end_go_to_the_ends_of_the_line_on_the_page(editor):
    rect = rect_at(editor, 9, 100)
    QTest.keyClick(editor, Qt.Key.Key_End)
    end = editor.cursorRect()
    QTest.keyClick(editor, Qt.Key.Key_Home)
    home = editor.cursorRect()
    assert home.top() == end.top() == rect.top()
    assert home.left() < rect.left() < end.left()


def test_down_and_up_visit_every_line_on_the_page_in_turn(editor):
    rect_at(editor, 0)
    seen = []
    for _ in range(60):
        seen.append(editor.textCursor().position())
        QTest.keyClick(editor, Qt.Key.Key_Down)
    assert seen == sorted(seen)
    assert editor.textCursor().blockNumber() == len(SAMPLE) - 1
    for _ in range(60):
        QTest.keyClick(editor, Qt.Key.Key_Up)
    assert editor.textCursor().position() == 0


def test_paging_goes_through_the_whole_text_and_back(long_editor):
    tops = []
    for _ in range(400):
        QTest.keyClick(long_editor, Qt.Key.Key_PageDown)
        tops.append(long_editor.firstVisibleBlock().blockNumber())
    assert tops == sorted(tops)
    assert long_editor.textCursor().blockNumber() >= len(LONG) - 2
    assert max(later - earlier for earlier, later in pairwise(tops)) < 20
    for _ in range(400):
        QTest.keyClick(long_editor, Qt.Key.Key_PageUp)
    assert long_editor.textCursor().position() == 0
    assert long_editor.verticalScrollBar().value() == 0


def test_the_caret_is_in_sight_after_a_jump_to_either_end(long_editor):
    long_editor.moveCursor(QTextCursor.MoveOperation.End)
    settle()
    assert long_editor.viewport().rect().contains(long_editor.cursorRect())
    long_editor.moveCursor(QTextCursor.MoveOperation.Start)
    settle()
    assert long_editor.viewport().rect().contains(long_editor.cursorRect())


def test_the_last_line_can_be_scrolled_up_to_where_the_eyes_are(long_editor):
    bar = long_editor.verticalScrollBar()
    bar.setValue(bar.maximum())
    settle()
    cursor = long_editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    assert 0 < long_editor.cursorRect(cursor).bottom() < 0.7 * long_editor.viewport().height()


def turn_wheel(editor, target, steps, modifiers=Qt.KeyboardModifier.NoModifier):
    place = QPointF(5, 100)
    event = QWheelEvent(
        place,
        target.mapToGlobal(place),
        QPoint(0, 0),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(target, event)


def test_the_wheel_scrolls_over_the_column_and_beside_it(long_editor):
    long_editor.resize(1100, 560)
    settle()
    turn_wheel(long_editor, long_editor.viewport(), -2)
    first = long_editor.verticalScrollBar().value()
    turn_wheel(long_editor, long_editor, -2)
    second = long_editor.verticalScrollBar().value()
    assert 0 < first < second


def test_the_wheel_with_control_zooms(editor):
    before = editor.buffer.page.pitch
    turn_wheel(editor, editor.viewport(), 2, Qt.KeyboardModifier.ControlModifier)
    assert editor.zoom == 120
    assert editor.buffer.page.pitch > before
    editor.set_zoom(100)
    assert editor.buffer.page.pitch == before


def repaints_while(editor, act):
    settle()
    rects = []
    editor.updateRequest.connect(lambda rect, dy: rects.append((rect.height(), dy)))
    act()
    return rects


def test_a_key_in_a_paragraph_with_emphasis_repaints_that_paragraph_alone(editor):
    rect_at(editor, 9, 12)
    QTest.keyClicks(editor, "ab")
    rects = repaints_while(editor, lambda: QTest.keyClicks(editor, "cde"))
    assert rects
    assert max(height for height, _ in rects) < editor.viewport().height() / 2


def test_a_line_that_changes_its_shape_moves_what_is_below_it(editor):
    editor.resize(760, 1200)
    settle()
    below = rect_at(editor, 15).top()
    rect_at(editor, 13, len(SAMPLE[13]))
    QTest.keyClicks(editor, " and so")
    settle()
    as_words = rect_at(editor, 15).top()
    fresh = shown_editor(editor.buffer.lines(), (760, 1200))
    assert as_words == rect_at(fresh, 15).top() < below
    rect_at(editor, 13, len(SAMPLE[13]) + len(" and so"))
    for _ in " and so":
        QTest.keyClick(editor, Qt.Key.Key_Backspace)
    assert rect_at(editor, 15).top() == below
    fresh.deleteLater()


def test_right_to_left_text_is_set_from_the_right(qtbot):
    editor = shown_editor(["שלום עולם וזה סיפור", "", "* * *"])
    qtbot.addWidget(editor)
    assert rect_at(editor, 0).left() > editor.viewport().width() / 2


def test_a_paragraph_as_long_as_a_book_can_be_shown_and_typed_in(qtbot):
    editor = shown_editor(["word " * 12_000])
    qtbot.addWidget(editor)
    editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(editor, "end")
    assert editor.buffer.lines()[0].endswith("word end")
    assert editor.viewport().rect().contains(editor.cursorRect())


@pytest.mark.parametrize("seed", range(2))
def test_what_stands_on_the_screen_is_what_would_be_painted_afresh(qtbot, seed):
    dice = random.Random(seed)
    editor = shown_editor(SAMPLE, (760, 1000))
    qtbot.addWidget(editor)
    editor.setCursorWidth(0)
    for _ in range(40):
        act_at_random(dice, editor)
        settle()
        screen = QGuiApplication.primaryScreen().grabWindow(editor.winId()).toImage()
        afresh = editor.grab().toImage()
        assert screen.convertToFormat(QImage.Format.Format_RGB32) == afresh.convertToFormat(
            QImage.Format.Format_RGB32
        )


def test_the_scroll_bar_follows_at_once_when_as_many_but_shorter_lines_take_the_place_of_others(qtbot):
    editor = shown_editor(["A long line that is set on several lines of the page. " * 12] * 80)
    qtbot.addWidget(editor)
    bar = editor.verticalScrollBar()
    bar.setValue(bar.maximum())
    settle()
    before = bar.maximum()
    editor.buffer.apply(
        [TextEdit(Position(0, 0), Position(79, len(editor.buffer.lines()[79])), "\n".join(["Short."] * 80))]
    )
    assert bar.maximum() < editor.buffer.document.lineCount() < before
    bar.setValue(bar.value() - 1)
    editor.buffer.document.undo()
    bar.setValue(bar.value() + 1)
    settle()
    assert bar.maximum() == before


def test_hard_wrapped_lines_are_not_broken_once_more(qtbot):
    text = sample_path("the-forty-first-person.txt").read_text().split("\n")
    editor = shown_editor(text, size=(1200, 700))
    qtbot.addWidget(editor)
    for percent in (100, 130):
        editor.set_zoom(percent)
        settle()
        counts = [
            editor.buffer.document.findBlockByNumber(line).layout().lineCount() for line in range(12, 30)
        ]
        assert max(counts) == 1
    editor.buffer.set_mode(WrapMode.LINES)
    settle()
    narrow = editor.viewport().width()
    editor.buffer.set_mode(WrapMode.WRAPPED)
    settle()
    assert editor.viewport().width() > narrow


def places(editor):
    document, page = editor.document(), editor.buffer.page
    blocks = map(document.findBlockByNumber, range(document.blockCount()))
    return [
        (page.blockBoundingRect(block).height(), [block.layout().lineAt(i).y() for i in range(block.layout().lineCount())])
        for block in blocks
    ]  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(0, 40), st.sampled_from(["\n", "\n\n", "a", "* * *", "# One", "DELETE", "UNDO"])
        ),
        max_size=8,
    )
)
def test_after_any_edits_every_line_stands_where_a_fresh_layout_puts_it(qtbot, edits):
    editor = shown_editor(SAMPLE)
    qtbot.addWidget(editor)
    for line, text in edits:
        block = editor.document().findBlockByNumber(line % editor.document().blockCount())
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.Right, n=line % max(1, block.length()))
        if text == "UNDO":
            editor.undo()
        elif text == "DELETE":
            cursor.setPosition(
                min(cursor.position() + 90, editor.document().characterCount() - 1),
                QTextCursor.MoveMode.KeepAnchor,
            )
            cursor.removeSelectedText()
        else:
            cursor.insertText(text)
        places(editor)
    kept = places(editor)
    editor.setFixedWidth(editor.width() + 300)  # which lays all lines out again, and once more
    editor.setFixedWidth(editor.width() - 300)
    editor.buffer.page.forget(0, 10_000)
    assert kept == places(editor)
