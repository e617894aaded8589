"""Two views of one manuscript: each has its caret and its place, and the one with the focus is what commands are about."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit

from editor.manuscript.edits import Position
from editor.ui.buffer import ManuscriptBuffer
from tests.journeys.conftest import opened
from tests.journeys.test_folding import BOOK, SHIFT, is_all_shown, key, shown
from tests.journeys.test_writing import scenes, trigger

LONG = [
    line
    for number in range(200)
    for line in (f"Paragraph {number} goes on *for a while* and then it ends, as all of them do.", "")
]


@pytest.fixture
def window(make_desk, tmp_path, qtbot):
    """Return a split window on a long text; the second view has the focus."""
    path = tmp_path / "long.txt"
    path.write_text("\n".join(LONG))
    window = opened(make_desk(path), qtbot)
    window.page.setFocus()
    key(window, Qt.Key.Key_F6, SHIFT)
    QTest.qWait(20)
    return window


def pages(window):
    return window.pages.pages


def first_words(page):
    """Return the line at the top of a view, and where it stands there."""
    block = page.firstVisibleBlock()
    return block.text(), round(page.blockBoundingGeometry(block).translated(page.contentOffset()).top())


def focus(page):
    page.setFocus()
    QApplication.processEvents()


def test_splitting_shows_the_text_twice_at_the_same_width_and_with_the_same_looks(window):
    above, below = pages(window)
    assert above.buffer is below.buffer is window.buffer
    assert above.viewport().width() == below.viewport().width()
    assert above.font() == below.font()
    assert above.palette() == below.palette()
    assert abs(above.height() - below.height()) <= 2
    assert window.page is below
    assert below.hasFocus()


def test_the_text_and_its_history_stay_as_they_are(window):
    assert window.buffer.lines() == LONG
    assert not window.isWindowModified()
    assert not window.buffer.document.isUndoAvailable()


def test_what_is_typed_below_stands_above_too_and_is_formatted(window):
    above, below = pages(window)
    QTest.keyClicks(below, "*Once* ")
    QApplication.processEvents()
    assert above.document().firstBlock().text().startswith("*Once* Paragraph")
    assert above.document().firstBlock().layout().formats()


def test_lines_in_sight_of_either_view_are_formatted(window):
    above, below = pages(window)
    below.go_to(Position(300, 0))
    QTest.qWait(20)
    for page in (above, below):
        block = page.firstVisibleBlock()
        block = block if block.text() else block.next()
        assert block.layout().formats(), block.text()


@pytest.mark.parametrize("is_below", [False, True])
def test_typing_in_one_view_does_not_scroll_the_other(window, is_below):
    writer, reader = pages(window)[::-1] if is_below else pages(window)
    focus(reader)
    reader.go_to(Position(200, 0))
    QApplication.processEvents()
    focus(writer)
    writer.go_to(Position(0, 0))
    QApplication.processEvents()
    (words, top), caret = first_words(reader), reader.caret_position()

    def has_moved():
        now = first_words(reader)
        return now[0] != words or abs(now[1] - top) > 1

    for _ in range(3):
        QTest.keyClick(writer, Qt.Key.Key_Return)
        QTest.keyClicks(writer, "A long line that is broken " * 6)
    QApplication.processEvents()
    assert not has_moved()
    assert reader.caret_position() == Position(caret.line + 3, caret.column)
    while window.buffer.document.isUndoAvailable():
        trigger(window, "undo")
        QApplication.processEvents()
    assert not has_moved()


def test_scrolling_one_view_leaves_the_other(window):
    above, below = pages(window)
    below.verticalScrollBar().setValue(100)
    assert above.verticalScrollBar().value() == 0


def test_a_click_makes_a_view_the_one_that_commands_are_about(window):
    above, below = pages(window)
    QTest.mouseClick(above.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    assert window.page is above
    above.go_to(Position(2, 3))
    trigger(window, "emphasis")
    assert window.buffer.lines()[2].startswith("*Paragraph*")
    focus(below)
    assert window.page is below
    assert below.caret_position() == Position(0, 0)
    trigger(window, "undo")
    assert window.buffer.lines() == LONG


def test_the_status_bar_tells_of_the_view_with_the_focus(window, qtbot):
    above, below = pages(window)
    focus(above)
    above.select_range(Position(0, 0), Position(0, 11))
    label = window.findChild(QLabel, "statusWords")
    qtbot.waitUntil(lambda: "Selection 2" in label.text())
    focus(below)
    qtbot.waitUntil(lambda: "Selection" not in label.text())


def test_find_goes_on_in_the_view_with_the_focus_and_marks_its_hits_there(window):
    above, below = pages(window)
    focus(above)
    trigger(window, "find")
    QTest.keyClicks(window.find_bar.query_field, "Paragraph 15")
    assert above.selected_text() == "Paragraph 15"
    assert above.extraSelections()
    assert not below.textCursor().hasSelection()
    focus(below)
    assert above.extraSelections() == []
    assert below.extraSelections()
    trigger(window, "find_next")
    assert below.selected_text() == "Paragraph 15"


def test_zoom_theme_and_font_are_those_of_both(window):
    above, below = pages(window)
    trigger(window, "zoom_in")
    assert (above.zoom, below.zoom) == (110, 110)
    assert above.font() == below.font() == window.buffer.document.defaultFont()
    window.pages.set_page(family="", size=18.0, width=50)
    assert above.font() == below.font()
    QApplication.processEvents()
    assert above.viewport().width() == below.viewport().width()


def test_focus_on_the_paragraph_follows_the_view_with_the_focus(window):
    above, below = pages(window)
    window.commands["focus_mode"].trigger()
    below.go_to(Position(4, 0))
    QTest.qWait(30)

    def dimmed():
        document = window.buffer.document
        return [len(document.findBlockByNumber(line).layout().formats()) for line in (0, 4)]

    plain = dimmed()
    focus(above)
    above.go_to(Position(0, 0))
    QTest.qWait(30)
    assert dimmed() == plain[::-1]


def test_closing_the_split_keeps_the_place_of_the_view_with_the_focus(window):
    above, below = pages(window)
    below.go_to(Position(150, 7))
    QApplication.processEvents()
    place = first_words(below)[0]
    key(window, Qt.Key.Key_F6, SHIFT)
    assert pages(window) == (above,)
    assert window.page is above
    assert above.caret_position() == Position(150, 7)
    assert first_words(above)[0] == place
    assert above.hasFocus()


def test_without_a_split_there_is_no_second_editor_and_no_second_buffer(window):
    for _ in range(3):
        key(window, Qt.Key.Key_F6, SHIFT)
        QTest.qWait(10)
        QApplication.sendPostedEvents(None, 52)  # what is to be deleted later
    assert not window.commands["split_view"].isChecked()
    assert len(window.pages.findChildren(QPlainTextEdit)) == 1
    assert len(window.findChildren(ManuscriptBuffer)) == 1
    QTest.keyClicks(window.page, "x")
    assert window.buffer.lines()[0].startswith("xParagraph")


def test_the_page_can_be_written_on_after_a_split_was_closed_from_the_other_view(window):
    focus(pages(window)[0])
    key(window, Qt.Key.Key_F6, SHIFT)
    QTest.qWait(10)
    window.resize(900, 700)
    QTest.keyClicks(window.page, "x")
    QTest.qWait(10)
    assert window.buffer.lines()[0].startswith("xParagraph")
    assert (
        window.page.document().documentLayout().documentSize().width() <= window.page.viewport().width() + 1
    )


def test_an_outline_row_that_is_chosen_is_shown_in_the_view_with_the_focus_last(make_desk, tmp_path, qtbot):
    path = tmp_path / "book.txt"
    path.write_text("\n".join(BOOK))
    window = opened(make_desk(path), qtbot)
    trigger(window, "split_view")
    above, below = pages(window)
    trigger(window, "show_outline")
    window.outline.scene_activated.emit(scenes(window)[3].id)
    assert below.caret_position().line == BOOK.index("[[title: Dusk]]")
    assert above.caret_position().line == 0


def test_folding_is_for_both_views_and_no_caret_stays_in_hidden_text(make_desk, tmp_path, qtbot):
    path = tmp_path / "book.txt"
    path.write_text("\n".join(BOOK))
    window = opened(make_desk(path), qtbot)
    trigger(window, "split_view")
    above, below = pages(window)
    above.go_to(Position(len(BOOK) - 2, 0))
    below.go_to(Position(BOOK.index("The second scene has a gull."), 0))
    trigger(window, "show_scene")
    QApplication.processEvents()
    first = BOOK.index("[[title: Noon]]")
    assert above.caret_position() == Position(first, 0)
    QTest.keyClicks(above, "x")
    assert window.buffer.lines()[first].startswith("x")
    trigger(window, "show_all")
    assert is_all_shown(window)
    trigger(window, "show_scene")
    trigger(window, "split_view")
    assert window.page is above
    assert len(shown(window)) < len(BOOK)
