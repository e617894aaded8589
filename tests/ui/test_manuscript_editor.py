"""The page under a writer's hands: caret, clipboard, keys, zoom."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QPalette, QTextCursor
from PySide6.QtTest import QTest

from editor.app.themes import Colour, load_themes
from editor.manuscript.edits import Position, TextEdit
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.clipboard import SCENES_FORMAT
from editor.ui.page_font import default_family, measure_of
from tests.ui.page_fixtures import SAMPLE, THEME, settle, shown_editor

STRANGE = ["no\u00a0break", "a\u2028b\u202fc", "\ufeffx\u2029y\ufdd0", "lone \ud800 half", "\x1cedge", "𝒳😀"]


@pytest.fixture
def editor(qtbot):
    editor = shown_editor(SAMPLE)
    qtbot.addWidget(editor)
    return editor


def mime(text=None, **others):
    data = QMimeData()
    if text is not None:
        data.setText(text)
    for name, value in others.items():
        getattr(data, f"set{name}")(value)
    return data


def test_tests_and_screen_readers_find_it_by_name(editor):
    assert editor.objectName() == "manuscriptEditor"
    assert editor.accessibleName() == "Manuscript"


def test_the_caret_is_a_line_and_a_column_in_code_points(editor):
    editor.go_to(Position(26, 31))
    assert editor.caret_position() == Position(26, 31)
    assert editor.selection() == (Position(26, 31), Position(26, 31))
    assert editor.textCursor().positionInBlock() == 32


def test_a_range_is_selected_and_shown(editor):
    editor.select_range(Position(26, 19), Position(26, 20))
    assert editor.selected_text() == "😀"
    assert editor.selection() == (Position(26, 19), Position(26, 20))
    assert editor.viewport().rect().contains(editor.cursorRect())


def test_going_to_a_line_puts_it_in_the_middle(qtbot):
    editor = shown_editor(["text", ""] * 500)
    qtbot.addWidget(editor)
    editor.go_to_line(600)
    settle()
    assert editor.caret_position() == Position(600, 0)
    height = editor.viewport().height()
    assert 0.3 * height < editor.cursorRect().center().y() < 0.7 * height


def test_the_caret_is_told_once_per_turn_of_the_event_loop(editor):
    told = []
    editor.caret_moved.connect(told.append)
    for line in (3, 5, 9):
        editor.go_to(Position(line, 2))
    settle()
    assert told == [Position(9, 2)]


def test_every_character_survives_copy_and_paste(qtbot):
    editor = shown_editor([*STRANGE, "", "end"])
    qtbot.addWidget(editor)
    editor.select_range(Position(0, 0), Position(len(STRANGE) - 1, len(STRANGE[-1])))
    editor.copy()
    editor.go_to(Position(len(STRANGE), 0))
    editor.paste()
    assert editor.buffer.lines() == [*STRANGE, *STRANGE, "end"]


def test_cut_and_paste_back_changes_nothing(qtbot):
    editor = shown_editor(STRANGE)
    qtbot.addWidget(editor)
    editor.select_range(Position(0, 1), Position(2, 3))
    editor.cut()
    editor.paste()
    assert editor.buffer.lines() == STRANGE


def test_dragging_inside_keeps_every_character(editor):
    editor.buffer.load(STRANGE)
    editor.select_range(Position(0, 0), Position(1, 3))
    dragged = editor.createMimeDataFromSelection()
    editor.textCursor().removeSelectedText()
    editor.go_to(Position(0, 0))
    editor.insertFromMimeData(dragged)
    assert editor.buffer.lines() == STRANGE


def test_others_are_given_plain_text_with_its_no_break_spaces(editor):
    editor.buffer.load(["a\u00a0b", "c"])
    editor.selectAll()
    editor.copy()
    assert QGuiApplication.clipboard().mimeData().formats() == ["text/plain"]
    assert QGuiApplication.clipboard().text() == "a\u00a0b\nc"


def test_pasted_line_ends_are_made_ours(editor):
    editor.buffer.load([""])
    editor.insertFromMimeData(mime("a\r\nb\rc\nd"))
    assert editor.buffer.lines() == ["a", "b", "c", "d"]


def test_a_nul_that_ends_a_pasted_text_is_left_out(editor):
    editor.buffer.load([""])
    editor.insertFromMimeData(mime("one\0"))
    assert editor.buffer.lines() == ["one"]


def test_rich_text_is_pasted_with_our_marks(editor):
    editor.buffer.load([""])
    editor.insertFromMimeData(mime(Html="<p>one&nbsp;<b>two</b></p><p><img src='file:///x.png'>three</p>"))
    assert editor.buffer.lines() == ["one\u00a0**two**", "", "three"]


def test_rich_text_that_says_other_words_than_its_plain_text_is_pasted_as_plain_text(editor):
    editor.buffer.load([""])
    editor.insertFromMimeData(mime("plain", Html="<b>rich</b>"))
    assert editor.buffer.lines() == ["plain"]


def test_files_and_scenes_are_left_to_the_window(editor):
    scenes = QMimeData()
    scenes.setData(SCENES_FORMAT, b"[]")
    scenes.setText("words")
    files = mime(Urls=[QUrl.fromLocalFile("/tmp/a.txt")])
    for data in (scenes, files, QMimeData()):
        assert not editor.canInsertFromMimeData(data)
        editor.insertFromMimeData(data)
    assert editor.buffer.lines() == SAMPLE


def test_a_web_address_may_be_pasted(editor):
    editor.buffer.load([""])
    data = mime("https://example.org/", Urls=[QUrl("https://example.org/")])
    assert editor.canInsertFromMimeData(data)
    editor.insertFromMimeData(data)
    assert editor.buffer.lines() == ["https://example.org/"]


def test_shift_and_enter_start_a_new_line_like_enter(editor):
    editor.buffer.load(["ab"])
    editor.go_to(Position(0, 1))
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert editor.buffer.lines() == ["a", "b"]
    assert editor.caret_position() == Position(1, 0)


def test_a_text_that_is_only_read_takes_nothing(editor):
    editor.setReadOnly(True)
    editor.insertFromMimeData(mime("x"))
    QTest.keyClicks(editor, "abc")
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert editor.buffer.lines() == SAMPLE


def test_undo_of_a_command_takes_the_caret_to_what_came_back(editor):
    editor.go_to(Position(9, 5))
    editor.buffer.apply([TextEdit(Position(11, 0), Position(13, 0), "")])
    assert editor.caret_position() == Position(9, 5)
    editor.undo()
    assert editor.buffer.lines() == SAMPLE
    assert 11 <= editor.caret_position().line <= 13


def test_the_column_is_as_wide_as_asked_and_in_the_middle(editor):
    editor.resize(1400, 600)
    editor.set_page(width=50)
    settle()
    width = editor.viewport().width()
    assert width == pytest.approx(measure_of(editor.font(), 50), abs=12)
    left = editor.viewport().x()
    assert left == pytest.approx(editor.width() - left - width, abs=2)
    editor.set_page(width=80)
    settle()
    assert editor.viewport().width() > width


def test_a_narrow_window_leaves_the_column_what_room_there_is(editor):
    editor.resize(320, 400)
    settle()
    assert 200 < editor.viewport().width() < 320
    assert editor.horizontalScrollBar().maximum() == 0


def test_the_page_has_the_font_that_was_chosen_or_a_serif(editor):
    editor.set_page(family="DejaVu Sans Mono", size=15)
    assert (editor.font().family(), editor.font().pointSizeF()) == ("DejaVu Sans Mono", 15)
    editor.set_page()
    assert editor.font().family() == default_family()
    assert default_family(["Arial", "Georgia", "DejaVu Serif"]) == "Georgia"
    assert default_family(["P052 [urw]"]) == "P052"
    assert default_family([]) == "serif"


def test_zoom_stays_between_its_limits_and_tells(editor):
    told = []
    editor.zoom_changed.connect(told.append)
    size = editor.font().pointSizeF()
    for percent in (150, 150, 9000, 1, 100):
        editor.set_zoom(percent)
    assert told == [150, 400, 50, 100]
    assert editor.font().pointSizeF() == size


def test_the_caret_never_writes_along_the_lower_edge(qtbot):
    editor = shown_editor([""])
    qtbot.addWidget(editor)
    for _ in range(60):
        QTest.keyClicks(editor, "A line")
        QTest.keyClick(editor, Qt.Key.Key_Return)
    settle()
    assert editor.cursorRect().bottom() < 0.88 * editor.viewport().height()


def test_the_typewriter_keeps_the_line_in_the_middle(qtbot):
    editor = shown_editor(["line"] * 200)
    qtbot.addWidget(editor)
    editor.set_typewriter_mode(True)
    editor.go_to_line(100)
    for _ in range(10):
        QTest.keyClick(editor, Qt.Key.Key_Down)
        assert editor.cursorRect().bottom() == pytest.approx(0.5 * editor.viewport().height(), abs=60)


def test_found_places_are_marked_and_unmarked(editor):
    editor.show_matches([(Position(9, 4), Position(9, 10)), (Position(26, 19), Position(26, 20))])
    marked = editor.extraSelections()
    assert [mark.cursor.selectedText() for mark in marked] == ["keeper", "😀"]
    assert marked[0].format.background().color().name() == THEME.colours[Colour.MATCH]
    editor.show_matches([])
    assert editor.extraSelections() == []


def test_the_page_is_paper_and_ink_of_the_theme(editor):
    for theme in load_themes().values():
        editor.set_theme(theme)
        palette = editor.palette()
        assert palette.color(QPalette.ColorRole.Base).name() == theme.colours[Colour.PAPER]
        assert palette.color(QPalette.ColorRole.Text).name() == theme.colours[Colour.TEXT]


def test_a_selection_is_one_area_without_stripes(editor):
    editor.resize(760, 900)
    settle()
    editor.select_range(Position(9, 0), Position(11, 20))
    settle()
    picture = editor.viewport().grab().toImage()
    cursor = QTextCursor(editor.document().findBlockByNumber(9))
    x = editor.cursorRect(cursor).left() + 1
    top = editor.cursorRect(cursor).top()
    cursor = QTextCursor(editor.document().findBlockByNumber(11))
    bottom = editor.cursorRect(cursor).bottom()
    ratio = picture.devicePixelRatio()
    ground = [picture.pixelColor(round((x + 1) * ratio), round(y * ratio)).name() for y in range(top, bottom)]
    assert THEME.colours[Colour.PAPER] not in ground


def test_another_buffer_can_be_shown(editor):
    buffer = ManuscriptBuffer()
    buffer.load(["other *text*"])
    editor.set_buffer(buffer)
    settle()
    assert editor.caret_position() == Position(0, 0)
    QTest.keyClicks(editor, "an")
    assert buffer.lines() == ["another *text*"]


def test_a_double_click_selects_a_word_and_a_press_does_not_scroll(editor):
    editor.go_to(Position(9, 6), centre=False)
    place = editor.cursorRect().center() + QPoint(1, 0)
    QTest.mouseDClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert editor.selected_text() == "keeper"


@pytest.mark.parametrize("button", [Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton])
def test_a_double_click_that_means_nothing_is_no_danger(editor, button):
    QTest.mouseDClick(editor.viewport(), button, pos=QPoint(50, 50))
    QTest.mouseRelease(editor.viewport(), button, pos=QPoint(50, 50))
    assert editor.buffer.lines() == SAMPLE
