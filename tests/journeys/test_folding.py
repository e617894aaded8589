"""Show only one scene or chapter: what is folded away is safe, and shown before the writer goes or changes anything there."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from editor.app.settings import read_session
from editor.manuscript.edits import Position
from editor.markup.model import Level
from tests.journeys.conftest import opened
from tests.journeys.test_writing import scenes, settle, trigger

NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
TEXT = """\
Chapter One

[[title: Dawn]]

It began at dawn with 1 gull.

It went on.

* * *

[[title: Noon]]

The second scene has a gull.

It has two paragraphs.

* * *

The third scene.

Chapter Two

[[title: Dusk]]

Nobody saw the gull.

* * *

The end came quickly.
"""
BOOK = TEXT.split("\n")


@pytest.fixture
def book(make_desk, tmp_path, qtbot):
    """Return a window on the book, its caret in the second scene, which alone is shown."""
    path = tmp_path / "book.txt"
    path.write_text("\n".join(BOOK))
    window = opened(make_desk(path), qtbot)
    window.page.setFocus()
    window.page.go_to(Position(BOOK.index("The second scene has a gull."), 4))
    key(window, Qt.Key.Key_F9)
    return window


def key(window, code, modifiers=NONE, times=1):
    """Press a key of the page `times` times and let go of the keys held with it, which Qt would else take for held."""
    for _ in range(times):
        QTest.keyClick(window.page, code, modifiers)
    QTest.keyRelease(window.page, Qt.Key.Key_Control)
    QApplication.processEvents()


def shown(window):
    """Return the lines that are seen, as the document has them."""
    lines, block = [], window.buffer.document.firstBlock()
    while block.isValid():
        lines += [block.text()] if block.isVisible() else []
        block = block.next()
    return lines


def text_of_bar(window):
    label = window.findChild(QLabel, "foldText")
    return label.text() if label.isVisible() else ""


def is_all_shown(window):
    return shown(window) == window.buffer.lines() and not text_of_bar(window)


def caret_line(window):
    return window.buffer.lines()[window.page.caret_position().line]


NOON = BOOK[BOOK.index("[[title: Noon]]") : BOOK.index("The third scene.") - 2]


def test_only_the_scene_at_the_caret_is_shown_and_the_bar_says_what_is_hidden(book):
    assert shown(book) == NOON
    words = book.buffer.manuscript.outline.words - scenes(book)[1].words
    assert text_of_bar(book) == f"Only “Noon” is shown. {words:,} words are hidden."
    assert caret_line(book) == "The second scene has a gull."


def test_folding_changes_no_text_makes_no_step_of_undo_and_no_mark_of_a_change(book):
    assert book.buffer.lines() == BOOK
    assert not book.buffer.document.isUndoAvailable()
    assert not book.isWindowModified()
    key(book, Qt.Key.Key_F9, CTRL)
    assert is_all_shown(book)
    assert not book.buffer.document.isUndoAvailable()
    assert not book.isWindowModified()


def test_ctrl_alt_2_shows_the_chapter_with_its_heading(book):
    key(book, Qt.Key.Key_F9, SHIFT)
    assert shown(book) == BOOK[: BOOK.index("Chapter Two")]
    assert text_of_bar(book).startswith("Only “Chapter One” is shown.")


def test_the_button_of_the_bar_shows_all_and_the_keys_still_go_to_the_page(book):
    QTest.mouseClick(book.findChild(QPushButton, "foldShowAll"), Qt.MouseButton.LeftButton)
    assert is_all_shown(book)
    assert book.focusWidget() is book.page


def test_escape_on_the_page_shows_all_but_closes_the_find_bar_first(book):
    trigger(book, "find")
    book.page.setFocus()
    key(book, Qt.Key.Key_Escape)
    assert book.find_bar.isHidden()
    assert shown(book) == NOON
    key(book, Qt.Key.Key_Escape)
    assert is_all_shown(book)


def test_escape_in_the_outline_goes_back_to_the_page_and_leaves_what_is_shown(book):
    trigger(book, "show_outline")
    QTest.keyClick(book.outline.view, Qt.Key.Key_Escape)
    assert book.focusWidget() is book.page
    assert shown(book) == NOON


def test_the_menu_of_a_row_shows_only_that_row(book):
    last = scenes(book)[-1]
    menu = book.outline.menu.build(book.buffer.manuscript.outline, [last.id], book.outline)
    next(one for one in menu.actions() if one.text() == "Sh&ow only this").trigger()
    assert shown(book) == ["The end came quickly.", ""]
    assert caret_line(book) == "The end came quickly."
    menu.deleteLater()


@pytest.mark.parametrize(
    ("code", "modifiers"),
    [
        (Qt.Key.Key_Up, NONE),
        (Qt.Key.Key_Down, NONE),
        (Qt.Key.Key_Left, NONE),
        (Qt.Key.Key_Right, NONE),
        (Qt.Key.Key_Left, CTRL),
        (Qt.Key.Key_Right, CTRL),
        (Qt.Key.Key_PageUp, NONE),
        (Qt.Key.Key_PageDown, NONE),
        (Qt.Key.Key_Home, CTRL),
        (Qt.Key.Key_End, CTRL),
        (Qt.Key.Key_Up, SHIFT),
        (Qt.Key.Key_Down, SHIFT),
        (Qt.Key.Key_Home, CTRL | SHIFT),
        (Qt.Key.Key_End, CTRL | SHIFT),
        (Qt.Key.Key_PageDown, SHIFT),
    ],
)
def test_the_keys_of_the_caret_stay_in_what_is_shown(book, code, modifiers):
    key(book, code, modifiers, times=70)
    assert shown(book) == NOON
    first = BOOK.index("[[title: Noon]]")
    inside = range(first, first + len(NOON))
    assert all(place.line in inside for place in book.page.selection())
    if modifiers & SHIFT:
        assert book.page.textCursor().hasSelection()


def test_ctrl_home_and_ctrl_end_go_to_the_ends_of_what_is_shown(book):
    key(book, Qt.Key.Key_End, CTRL)
    assert book.page.caret_position() == Position(BOOK.index("[[title: Noon]]") + len(NOON) - 1, 0)
    key(book, Qt.Key.Key_Home, CTRL)
    assert book.page.caret_position() == Position(BOOK.index("[[title: Noon]]"), 0)


def test_down_at_the_last_line_leaves_the_caret_where_it_is(book):
    book.page.go_to(Position(BOOK.index("[[title: Noon]]"), 5))
    key(book, Qt.Key.Key_Up)
    assert book.page.caret_position().column == 5


@pytest.mark.parametrize("way", ["key", "command"])
def test_select_all_selects_what_is_shown_and_copy_takes_that(book, way):
    if way == "key":
        key(book, Qt.Key.Key_A, CTRL)
    else:
        trigger(book, "select_all")
    trigger(book, "copy")
    assert QGuiApplication.clipboard().text() == "\n".join(NOON)
    key(book, Qt.Key.Key_Delete)
    first = BOOK.index("[[title: Noon]]")
    assert book.buffer.lines() == [*BOOK[:first], "", *BOOK[first + len(NOON) :]]


def test_deleting_at_the_edges_touches_nothing_hidden(book):
    key(book, Qt.Key.Key_Home, CTRL)
    key(book, Qt.Key.Key_Backspace)
    key(book, Qt.Key.Key_Backspace, CTRL)
    key(book, Qt.Key.Key_End, CTRL)
    key(book, Qt.Key.Key_Delete)
    key(book, Qt.Key.Key_Delete, CTRL)
    assert book.buffer.lines() == BOOK
    assert shown(book) == NOON


def test_new_lines_and_scenes_written_in_sight_stay_in_sight(book):
    key(book, Qt.Key.Key_End, CTRL)
    QTest.keyClicks(book.page, "One more.")
    key(book, Qt.Key.Key_Return, times=2)
    QTest.keyClicks(book.page, "* * *")
    key(book, Qt.Key.Key_Return, times=2)
    QTest.keyClicks(book.page, "And a new scene.")
    QApplication.processEvents()
    assert shown(book) == [*NOON[:-1], "One more.", "", "* * *", "", "And a new scene."]
    assert len(scenes(book)) == 6


def test_a_broken_scene_is_still_shown_whole(book):
    trigger(book, "scene_break")
    QApplication.processEvents()
    assert len(scenes(book)) == 6
    assert shown(book)[0] == "[[title: Noon]]"
    assert shown(book)[-2:] == NOON[-2:]
    assert text_of_bar(book).startswith("Only “Noon” is shown.")


def test_a_new_title_is_told_in_the_bar(book):
    book.structure.rename(scenes(book)[1].id, "High noon")
    QApplication.processEvents()
    assert text_of_bar(book).startswith("Only “High noon” is shown.")


def test_a_row_of_the_outline_that_is_chosen_is_shown_instead(book):
    book.outline.scene_activated.emit(scenes(book)[3].id)
    assert shown(book)[0] == "[[title: Dusk]]"
    assert "The end came quickly." not in shown(book)
    assert caret_line(book) == "[[title: Dusk]]"


def test_the_next_and_the_previous_scene_are_shown_instead(book):
    key(book, Qt.Key.Key_PageDown, CTRL)
    assert "The third scene." in shown(book)
    assert "It has two paragraphs." not in shown(book)
    key(book, Qt.Key.Key_PageUp, CTRL, times=2)
    assert "It began at dawn with 1 gull." in shown(book)
    assert "The third scene." not in shown(book)


def test_going_to_a_scene_of_the_chapter_that_is_shown_changes_nothing_and_to_another_shows_its_chapter(book):
    trigger(book, "show_chapter")
    book.go_to_node(scenes(book)[2].id)
    assert text_of_bar(book).startswith("Only “Chapter One”")
    book.go_to_node(scenes(book)[3].id)
    assert text_of_bar(book).startswith("Only “Chapter Two”")
    assert shown(book) == BOOK[BOOK.index("Chapter Two") :]


def test_find_searches_everything_and_a_hidden_hit_shows_all(book):
    trigger(book, "find")
    QTest.keyClicks(book.find_bar.query_field, "saw the gull")
    assert is_all_shown(book)
    assert book.page.selected_text() == "saw the gull"


def test_a_hit_in_sight_leaves_the_rest_folded(book):
    trigger(book, "find")
    QTest.keyClicks(book.find_bar.query_field, "two paragraphs")
    assert shown(book) == NOON


def test_replacing_all_shows_all_if_hidden_text_is_changed(book):
    trigger(book, "replace")
    book.find_bar.query_field.setText("gull")
    book.find_bar.replace_all_requested.emit("tern")
    QApplication.processEvents()
    assert is_all_shown(book)
    assert "\n".join(book.buffer.lines()).count("tern") == 3


def test_undo_of_a_change_that_is_hidden_now_shows_it(book):
    key(book, Qt.Key.Key_F9, CTRL)
    book.page.go_to(Position(BOOK.index("It went on."), 0))
    QTest.keyClicks(book.page, "Then ")
    book.go_to_node(scenes(book)[3].id)
    trigger(book, "show_scene")
    assert "Then It went on." not in shown(book)
    key(book, Qt.Key.Key_Z, CTRL)
    assert is_all_shown(book)
    assert caret_line(book) == "It went on."
    assert book.buffer.lines() == BOOK


def test_undo_in_sight_leaves_the_rest_folded(book):
    QTest.keyClicks(book.page, "new ")
    key(book, Qt.Key.Key_Return)
    while book.buffer.document.isUndoAvailable():
        key(book, Qt.Key.Key_Z, CTRL)
    assert shown(book) == NOON
    assert book.buffer.lines() == BOOK


def test_moving_the_scene_shows_all(book):
    book.structure.move_down([scenes(book)[1].id])
    QApplication.processEvents()
    assert is_all_shown(book)


def test_all_is_shown_when_the_scene_is_deleted(book):
    book.structure.delete([scenes(book)[1].id])
    QApplication.processEvents()
    assert is_all_shown(book)


def test_a_line_that_is_asked_for_shows_all_unless_it_is_in_sight(book):
    book.go_to_line(BOOK.index("It has two paragraphs."))
    assert shown(book) == NOON
    book.go_to_line(0)
    assert is_all_shown(book)
    assert caret_line(book) == "Chapter One"


def test_reverting_and_another_wrap_mode_show_all(book):
    QTest.keyClicks(book.page, "new ")
    book.buffer.set_mode(book.buffer.manuscript.text.mode)
    QApplication.processEvents()
    assert is_all_shown(book)


def test_reading_the_file_anew_shows_all(book):
    book.menus._reopen("cp1252")
    QApplication.processEvents()
    assert is_all_shown(book)


def test_saving_and_counting_are_about_the_whole_text(book, tmp_path):
    QTest.keyClicks(book.page, "new ")
    trigger(book, "save")
    settle(book)
    assert (tmp_path / "book.txt").read_text() == "\n".join(book.buffer.lines())
    assert shown(book) != book.buffer.lines()


def test_a_click_below_the_last_line_goes_to_the_end_of_what_is_shown(book):
    viewport = book.page.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, NONE, QPoint(60, viewport.height() - 4))
    assert shown(book) == NOON
    assert caret_line(book) in NOON
    assert book.page.caret_position().line == BOOK.index("[[title: Noon]]") + len(NOON) - 1


def test_nothing_is_folded_at_the_next_start(book, make_desk, folders, qtbot):
    path = book.files.path
    trigger(book, "quit")
    session, _fault = read_session(folders)
    assert not any(
        "fold" in name or "shown" in name for name in (*session.window, *session.places[str(path)])
    )
    again = opened(make_desk(), qtbot)
    assert is_all_shown(again)
    assert caret_line(again) == "The second scene has a gull."


def test_the_commands_are_about_the_row_in_hand_while_the_outline_has_the_focus(book):
    trigger(book, "show_outline")
    chapters = [node for node in book.buffer.manuscript.outline.walk() if node.level is Level.CHAPTER]
    flags = QItemSelectionModel.SelectionFlag
    row = book.outline.model.index_of(chapters[1].id)
    book.outline.view.selectionModel().setCurrentIndex(row, flags.ClearAndSelect | flags.Rows)
    book.findChild(QAction, "action_show_chapter").trigger()
    assert shown(book) == BOOK[BOOK.index("Chapter Two") :]


def test_a_selection_that_reaches_into_hidden_text_is_given_up(book):
    trigger(book, "show_all")
    trigger(book, "select_all")
    trigger(book, "show_scene")
    assert shown(book) == BOOK[-2:]
    assert book.page.selection() == (Position(len(BOOK) - 2, 0),) * 2
    QTest.keyClicks(book.page, "x")
    assert book.buffer.lines() == [*BOOK[:-2], "xThe end came quickly.", ""]


def test_showing_all_leaves_the_line_with_the_caret_where_it_was_in_the_view(make_desk, tmp_path, qtbot):
    path = tmp_path / "long.txt"
    lines = [line for part in range(9) for line in [*[f"Words {part}. " * 30, ""] * 9, "* * *", ""]]
    path.write_text("\n".join(lines))
    window = opened(make_desk(path), qtbot)
    window.page.go_to(Position(90, 0))
    QTest.qWait(20)
    top = window.page.cursorRect().top()
    trigger(window, "show_scene")
    QTest.qWait(20)
    trigger(window, "show_all")
    QTest.qWait(20)
    assert abs(window.page.cursorRect().top() - top) < 3 * window.buffer.page.pitch


def test_from_the_break_below_a_scene_the_caret_goes_to_the_end_of_the_scene(book):
    trigger(book, "show_all")
    first = BOOK.index("[[title: Noon]]")
    book.page.go_to(Position(first + len(NOON), 2))
    trigger(book, "show_scene")
    assert shown(book) == NOON
    assert book.page.caret_position() == Position(first + len(NOON) - 1, 0)


def test_where_there_is_no_scene_the_bar_of_messages_says_so(make_desk, tmp_path, qtbot):
    path = tmp_path / "front.txt"
    path.write_text("Title: The Lamp\nAuthor: E. M. Quill\n\n++++++++\n\nChapter One\n\nIt began.\n")
    window = opened(make_desk(path), qtbot)
    for command in ("show_scene", "show_chapter"):
        trigger(window, command)
        assert "no scene or chapter" in window.message_bar.text()
        window.message_bar.dismiss()
    assert is_all_shown(window)
