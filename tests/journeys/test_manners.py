"""How the window behaves towards somebody in a hurry: keys from everywhere, undo, menus, questions asked once."""

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QToolButton,
    QTreeWidget,
)

from editor.manuscript.edits import Position
from editor.ui import window_dialogs
from editor.ui.messages import Notice
from tests.journeys.conftest import opened
from tests.journeys.test_writing import scenes, settle, titles, trigger

CTRL = Qt.KeyboardModifier.ControlModifier


def go_to_row(window, node):
    trigger(window, "show_outline")
    window.outline.view.setCurrentIndex(window.outline.model.index_of(node.id))
    QApplication.processEvents()


def type_text(field, text):
    QTest.keyClicks(field, text)


def answer_boxes(*answers):
    """Press these buttons in the questions to come, one after the other."""
    waiting = list(answers)

    def press():
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            box.button(waiting.pop(0)).click()
        if waiting:
            QTimer.singleShot(20, press)

    QTimer.singleShot(20, press)


def shown_button(window, text):
    QApplication.processEvents()
    buttons = window.message_bar.findChildren(QPushButton)
    return next((button for button in buttons if text in button.text() and not button.isHidden()), None)


# Keys


def test_escape_goes_back_to_the_page_from_the_outline_the_filter_and_the_find_bar(window):
    go_to_row(window, scenes(window)[2])
    QTest.keyClick(window.outline.view, Qt.Key.Key_Escape)
    assert window.focusWidget() is window.page
    window.outline.filter.setFocus()
    QTest.keyClick(window.outline.filter, Qt.Key.Key_Escape)
    assert window.focusWidget() is window.page
    trigger(window, "find")
    window.page.setFocus()
    QTest.keyClick(window.page, Qt.Key.Key_Escape)
    assert window.find_bar.isHidden()
    assert window.focusWidget() is window.page


def test_escape_first_lets_go_of_rows_that_were_cut(window):
    go_to_row(window, scenes(window)[1])
    view = window.outline.view
    QTest.keyClick(view, Qt.Key.Key_X, CTRL)
    assert view.rows_delegate.cut_ids
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.rows_delegate.cut_ids
    assert window.focusWidget() is view


def test_a_command_of_the_palette_is_about_the_row_that_was_selected_before(window):
    third = scenes(window)[2]
    go_to_row(window, third)
    palette = window_dialogs.choose_command(window)
    field = palette.findChild(QLineEdit, "paletteField")
    field.setText("Delete scene")
    assert palette.findChild(QTreeWidget, "paletteList").currentItem().text(0) == "Delete scene"
    QTest.keyClick(field, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert third.id not in [scene.id for scene in scenes(window)]
    assert len(scenes(window)) == 4


def test_paste_and_select_all_of_the_menu_are_about_the_field_with_the_focus(window):
    before = window.buffer.lines()
    trigger(window, "find")
    QGuiApplication.clipboard().setText("Winnie")
    trigger(window, "paste")
    assert window.buffer.lines() == before
    assert window.find_bar.query_field.text() == "Winnie"
    trigger(window, "select_all")
    assert window.find_bar.query_field.selectedText() == "Winnie"


def test_the_outline_cannot_be_squeezed_to_nothing(window):
    window.splitter.setSizes([0, 1000])
    trigger(window, "show_outline")
    QApplication.processEvents()
    assert window.outline.width() > 50
    assert window.outline.isVisible()


# Undo


def test_undo_in_the_find_bar_takes_back_what_was_replaced(window):
    before = window.buffer.lines()
    trigger(window, "replace")
    bar = window.find_bar
    type_text(bar.query_field, "Winnie")
    type_text(bar.replacement_field, "Minnie")
    bar.replace_all_button.click()
    assert window.buffer.lines() != before
    QTest.keyClick(bar.replacement_field, Qt.Key.Key_Z, CTRL)
    assert window.buffer.lines() == before
    assert bar.replacement_field.text() == "Minnie"
    type_text(bar.replacement_field, "x")
    QTest.keyClick(bar.replacement_field, Qt.Key.Key_Z, CTRL)
    assert bar.replacement_field.text() != "Minniex"
    assert window.buffer.lines() == before


def test_a_status_for_several_scenes_is_one_step_of_undo(window):
    before = window.buffer.lines()
    ids = [scene.id for scene in scenes(window)]
    window.outline.fact_requested.emit(ids, "status", "draft")
    assert [dict(scene.facts).get("status") for scene in scenes(window)] == ["draft"] * len(ids)
    trigger(window, "undo")
    assert window.buffer.lines() == before


def test_the_undo_buttons_go_when_there_is_something_newer_to_undo(window, sample):
    window.structure.move_up([scenes(window)[1].id])
    assert not window.findChild(QToolButton, "statusUndo").isHidden()
    type_text(window.page, "x")
    assert window.findChild(QToolButton, "statusUndo").isHidden()
    trigger(window, "save")
    settle(window)
    sample.write_bytes(sample.read_bytes() + b"\nTheirs.\n")
    window.outside.look()
    settle(window)
    assert shown_button(window, "Undo")
    type_text(window.page, "y")
    assert "taken in" in window.message_bar.text()
    assert shown_button(window, "Undo") is None


def test_a_message_that_was_closed_does_not_come_back(window, sample):
    sample.write_bytes(sample.read_bytes() + b"\nTheirs.\n")
    window.outside.look()
    settle(window)
    window.message_bar.dismiss()
    type_text(window.page, "y")
    assert window.message_bar.text() == ""


def test_replacing_step_by_step_passes_over_what_it_put_in(window):
    trigger(window, "replace")
    type_text(window.find_bar.query_field, "the")
    count = int(window.find_bar.hits_label.text().split()[-1].replace(",", ""))
    for _hit in range(count):
        window.search.replace("over\nand the")
    assert "\n".join(window.buffer.lines()).count("over\nand the") == count


def test_hits_are_marked_while_the_find_bar_is_open(window):
    trigger(window, "find")
    type_text(window.find_bar.query_field, "Winnie")
    count = sum(line.count("Winnie") for line in window.buffer.lines())
    assert len(window.page.extraSelections()) == count - 1, "the present one is selected"
    QTest.keyClick(window.find_bar.query_field, Qt.Key.Key_Escape)
    assert window.page.extraSelections() == []


# Questions


def test_quitting_asks_in_all_windows_before_it_closes_the_first(make_desk, sample, tmp_path, qtbot):
    other = tmp_path / "other.txt"
    other.write_text("Rain.\n")
    desk = make_desk(sample, other)
    for window in desk.windows:
        type_text(window.page, "x")
    buttons = QMessageBox.StandardButton
    answer_boxes(buttons.Discard, buttons.Cancel)
    desk.quit()
    assert len(desk.windows) == 2
    assert [window.files.is_modified for window in desk.windows] == [True, True]
    answer_boxes(buttons.Save, buttons.Discard)
    desk.quit()
    assert desk.windows == ()
    assert sample.read_bytes().startswith(b"x")
    assert other.read_text() == "Rain.\n"


def test_reverting_answers_the_question_about_a_change_outside(window, sample):
    type_text(window.page, "x")
    sample.write_bytes(b"y" + sample.read_bytes())
    window.outside.look()
    settle(window)
    assert shown_button(window, "Keep mine")
    trigger(window, "revert")
    settle(window)
    assert window.message_bar.text() == ""


def test_save_as_utf8_after_save_as_is_about_the_new_file(make_desk, tmp_path, qtbot):
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_bytes("Café was open.\n".encode("latin-1"))
    before = old.read_bytes()
    window = opened(make_desk(old), qtbot)
    window.page.insertPlainText("中")
    window.files._ask_path = lambda *_: str(new)
    trigger(window, "save_as")
    shown_button(window, "UTF-8").click()
    settle(window)
    assert old.read_bytes() == before
    assert new.read_text(encoding="utf-8") == "中Café was open.\n"


def test_a_copy_in_utf8_leaves_the_encoding_of_the_file_alone(make_desk, tmp_path, qtbot):
    old, copy = tmp_path / "old.txt", tmp_path / "copy.txt"
    old.write_bytes("Café was open.\n".encode("latin-1"))
    window = opened(make_desk(old), qtbot)
    window.page.insertPlainText("中")
    window.files._ask_path = lambda *_: str(copy)
    trigger(window, "save_copy")
    shown_button(window, "UTF-8").click()
    settle(window)
    assert copy.exists()
    trigger(window, "undo")
    type_text(window.page, "!")
    trigger(window, "save")
    settle(window)
    assert old.read_bytes() == "!Café was open.\n".encode("latin-1")


def test_try_again_after_a_failed_save_as_tries_the_same_file(window, sample, tmp_path):
    folder = tmp_path / "not there yet"
    window.files._ask_path = lambda *_: str(folder / "new.txt")
    type_text(window.page, "x")
    before = sample.read_bytes()
    trigger(window, "save_as")
    folder.mkdir()
    shown_button(window, "Try again").click()
    settle(window)
    assert sample.read_bytes() == before
    assert (folder / "new.txt").read_bytes() == b"x" + before


# What is shown


def test_a_long_path_in_a_message_does_not_widen_the_window(window):
    window.show_notice(Notice(f"/{'very' * 80}/long.txt cannot be read.", kind="error"))
    QApplication.processEvents()
    assert window.minimumSizeHint().width() < 420
    assert window.message_bar.text() == f"/{'very' * 80}/long.txt cannot be read."


def test_a_file_name_with_qts_own_placeholder_is_shown_as_it_is(make_desk, tmp_path, qtbot):
    path = tmp_path / "star[*].txt"
    path.write_text("Rain.\n")
    window = opened(make_desk(path), qtbot)
    assert window.windowTitle() == "star[*][*].txt[*]"


def test_the_menu_of_recent_files_stands_any_name(make_desk, tmp_path, qtbot, sample):
    desk = make_desk(sample)
    window = desk.open_path(tmp_path / ("x" * 300))
    desk._remember_file(window, tmp_path / ("y" * 300))
    desk._remember_file(window, tmp_path / "a\tb&c\n.txt")
    window.menus._fill_recent()
    texts = [action.text() for action in window.menus._recent_menu.actions()]
    assert texts[0].startswith("a b&&c .txt")
    assert max(map(len, texts)) < 120


def test_a_file_of_the_last_session_that_is_gone_is_told(make_desk, sample, qtbot):
    desk = make_desk(sample)
    trigger(opened(desk, qtbot), "quit")
    sample.unlink()
    window = opened(make_desk(), qtbot)
    assert str(sample) in window.message_bar.text()


def test_the_zoom_is_as_it_was_at_the_next_start(make_desk, sample, qtbot):
    window = opened(make_desk(sample), qtbot)
    trigger(window, "zoom_in")
    trigger(window, "quit")
    assert opened(make_desk(), qtbot).page.zoom == 110


def test_reading_the_file_in_another_encoding_keeps_the_caret(window):
    window.page.go_to(Position(20, 0))
    window.menus._reopen("cp1252")
    assert window.page.caret_position() == Position(20, 0)


def test_a_drag_whose_scene_is_deleted_meanwhile_lands_nowhere(window):
    before = titles(window)
    second = scenes(window)[1]
    drag = window.outline.view.drag
    drag.move([second.id], QPoint(50, 100))
    window.structure.delete([second.id])
    QApplication.processEvents()
    assert drag.mark() is None or drag.mark().rect.isValid()
    assert not drag.move([second.id], QPoint(50, 100))
    assert not drag.drop([second.id], QPoint(50, 100))
    trigger(window, "undo")
    QApplication.processEvents()
    assert titles(window) == before


def test_a_long_title_in_what_was_done_leaves_the_word_counts_whole(window):
    window.resize(1000, 700)
    window.structure.rename(scenes(window)[0].id, "A title that goes on " * 20)
    QTest.qWait(150)
    words = window.findChild(QLabel, "statusWords")
    assert words.width() >= words.sizeHint().width()
    assert window.findChild(QToolButton, "statusUndo").isVisible()


def test_a_narrow_window_leaves_room_for_the_page(window):
    window.resize(400, 300)
    QApplication.processEvents()
    assert (window.width(), window.height()) == (400, 300)
    assert window.page.width() >= 250
    assert window.outline.width() >= 100
