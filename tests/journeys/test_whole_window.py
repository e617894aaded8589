"""The window as a whole: every command there, every widget named, files dropped, exports stopped."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QProgressDialog,
    QPushButton,
    QTabBar,
    QTabWidget,
    QWidget,
)

from editor.app.commands import COMMANDS
from editor.ui import window_dialogs
from editor.ui.window_commands import handlers_of
from tests.journeys.test_writing import scenes, trigger

INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabWidget,
)
FIXED_NAMES = {
    "mainWindow": QWidget,
    "outlineView": QAbstractItemView,
    "manuscriptEditor": QPlainTextEdit,
    "exportMenu": QMenu,
    "statusWords": QWidget,
    "findBar": QWidget,
    "messageBar": QWidget,
}


def is_of_qt(widget):
    """Say whether Qt made this widget inside another one: headers, the list and field of a combo box, a clear button."""
    inside = (QLineEdit, QComboBox, QTabBar, QMenuBar)
    parent = widget.parentWidget()
    return (
        isinstance(widget, QHeaderView)
        or widget.objectName().startswith("qt_")
        or isinstance(parent, inside)
        or isinstance(parent.parentWidget(), QComboBox)
    )


def unnamed(root):
    result = []
    for widget in root.findChildren(QWidget):
        if isinstance(widget, INTERACTIVE) and not is_of_qt(widget):
            name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
            if not widget.objectName() or not name:
                result.append((type(widget).__name__, widget.objectName(), name))
    return result


def test_the_fixed_names_are_there(window):
    names = {window.objectName(): window} | {
        child.objectName(): child for child in window.findChildren(QWidget)
    }
    assert {name: isinstance(names.get(name), kind) for name, kind in FIXED_NAMES.items()} == dict.fromkeys(
        FIXED_NAMES, True
    )


def test_every_widget_of_the_window_has_a_name_for_tests_and_for_screen_readers(window):
    assert unnamed(window) == []


@pytest.mark.parametrize("name", ["exportDialog", "settingsDialog", "helpDialog", "commandPalette"])
def test_every_widget_of_a_dialog_has_a_name(window, name):
    shown = {
        "exportDialog": window.exports.open_dialog,
        "settingsDialog": lambda: window_dialogs.show_settings(window),
        "helpDialog": lambda: window_dialogs.show_help(window),
        "commandPalette": lambda: window_dialogs.choose_command(window),
    }
    shown[name]()
    dialog = window.findChild(QWidget, name)
    QApplication.processEvents()
    assert unnamed(dialog) == []
    dialog.close()


def test_each_command_of_the_table_does_something_in_the_window(window):
    assert set(handlers_of(window)) == {command.id for command in COMMANDS}


def drop_file(target, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    where, keys = target.rect().center(), Qt.KeyboardModifier.NoModifier
    buttons, action = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    QApplication.sendEvent(target, QDragEnterEvent(where, action, data, buttons, keys))
    QApplication.sendEvent(target, QDropEvent(QPointF(where), action, data, buttons, keys))
    QApplication.processEvents()


@pytest.mark.parametrize("place", ["window", "page"])
def test_a_file_dropped_on_the_window_or_on_the_page_is_opened_and_not_inserted(
    window, tmp_path, place, qtbot
):
    before = window.buffer.lines()
    other = tmp_path / "other.txt"
    other.write_text("Chapter 1\n\nSnow.\n")
    asked = []
    window.open_requested.connect(asked.append)
    drop_file(window if place == "window" else window.page.viewport(), other)
    assert asked == [other]
    assert window.buffer.lines() == before


def test_a_long_export_can_be_stopped_and_leaves_nothing(window, tmp_path, qtbot):
    window.buffer.document.setPlainText("\n\n".join(["She went on *and* on. " * 20] * 4000))
    target = tmp_path / "long.html"
    window.exports._ask_path = lambda _parent, _suggestion: str(target)
    window.exports.export_profile("web-page")
    progress = window.findChild(QProgressDialog, "exportProgress")
    progress.findChild(QPushButton).click()
    qtbot.wait(1500)
    assert not target.exists()


def test_find_goes_from_hit_to_hit_and_replaces_all_in_one_step(window, qtbot):
    before = window.buffer.lines()
    count = sum(line.count("Winnie") for line in before)
    trigger(window, "replace")
    bar = window.find_bar
    qtbot.keyClicks(QApplication.focusWidget() or bar.findChild(QLineEdit), "Winnie")
    qtbot.waitUntil(lambda: window.page.selected_text() == "Winnie")
    first = window.page.selection()
    trigger(window, "find_next")
    assert window.page.selection() > first
    trigger(window, "find_previous")
    assert window.page.selection() == first
    window.search.replace_all("Minnie")
    assert sum(line.count("Minnie") for line in window.buffer.lines()) == count
    trigger(window, "undo")
    assert window.buffer.lines() == before


def test_a_title_typed_in_the_outline_renames_the_chapter_and_keeps_its_slashes(window):
    chapter = next(iter(window.buffer.manuscript.outline.walk()))
    window.outline.rename_requested.emit(chapter.id, "Chapter Six: The Board")
    assert "/Chapter Six: The Board/" in window.buffer.lines()
    trigger(window, "undo")
    assert "/Chapter Six/" in window.buffer.lines()


def test_a_status_set_in_the_outline_is_a_line_in_the_text_and_travels_with_its_scene(window):
    second = scenes(window)[1]
    window.outline.fact_requested.emit([second.id], "status", "draft")
    assert "[[status: draft]]" in window.buffer.lines()
    window.structure.move_up([scenes(window)[1].id])
    assert dict(scenes(window)[0].facts) == {"status": "draft"}


def test_deleting_a_scene_and_merging_two_can_be_undone(window):
    before = window.buffer.lines()
    window.structure.delete([scenes(window)[1].id])
    assert len(scenes(window)) == 4
    window.structure.merge_with_next([scenes(window)[0].id])
    assert len(scenes(window)) == 3
    trigger(window, "undo")
    trigger(window, "undo")
    assert window.buffer.lines() == before


def test_choosing_a_theme_changes_the_window_at_once(window):
    window_dialogs.show_settings(window)
    dialog = window.findChild(QWidget, "settingsDialog")
    before = QApplication.palette().window().color()
    box = dialog.findChild(QComboBox, "themeBox")
    box.setCurrentIndex(box.findData("dark"))
    assert QApplication.palette().window().color().lightness() < 80
    dialog.reject()
    assert QApplication.palette().window().color() == before


def test_the_line_of_the_command_line_is_where_the_caret_goes(make_desk, sample, qtbot):
    desk = make_desk()
    window = desk.open_path(Path(sample), 57)
    assert window.page.caret_position().line == 56


def test_closing_a_window_stops_its_export(make_desk, sample, tmp_path, qtbot):
    desk = make_desk(sample)
    window = desk.windows[0]
    window.buffer.document.setPlainText("\n\n".join(["She went on *and* on. " * 20] * 4000))
    window.buffer.document.setModified(False)
    target = tmp_path / "long.html"
    window.exports._ask_path = lambda _parent, _suggestion: str(target)
    window.exports.export_profile("web-page")
    assert window.close()
    qtbot.wait(1500)
    assert not target.exists()
