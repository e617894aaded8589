"""Export from the menu and from the command line: the same bytes."""

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QProgressDialog,
    QPushButton,
    QWidget,
)

from editor.app.profiles import load_profiles
from editor.ui import window_dialogs
from editor.ui.export_controller import ExportProgress
from tests.journeys.test_writing import scenes, trigger


def export_from_menu(window, qtbot, name, target):
    window.exports._ask_path = lambda _parent, _suggestion: str(target)
    menu = window.findChild(QMenu, "exportMenu")
    menu.aboutToShow.emit()
    action = next(action for action in menu.actions() if action.objectName() == f"export_{name}")
    action.trigger()
    qtbot.waitUntil(target.exists, timeout=10_000)


@pytest.mark.parametrize("name", sorted(load_profiles(None)))
def test_the_menu_and_the_command_line_give_the_same_bytes(window, sample, qtbot, tmp_path, name):
    target = tmp_path / f"out{load_profiles(None)[name].suffix}"
    export_from_menu(window, qtbot, name, target)
    command = [sys.executable, "-m", "editor", "export", str(sample), "--to", name]
    told = subprocess.run(command, capture_output=True, check=True)
    assert target.read_bytes() == told.stdout


def test_repeating_the_last_export_writes_the_new_text_to_the_same_file(window, qtbot, tmp_path):
    target = tmp_path / "out.html"
    export_from_menu(window, qtbot, "web-page", target)
    before = target.read_bytes()
    window.go_to_line(window.buffer.document.blockCount() - 3)
    window.page.insertPlainText("A lighthouse, suddenly. ")
    trigger(window, "export_again")
    qtbot.waitUntil(lambda: target.read_bytes() != before, timeout=10_000)
    assert b"A lighthouse, suddenly." in target.read_bytes()


def test_an_export_never_takes_the_place_of_the_manuscript(window, sample, qtbot):
    before = sample.read_bytes()
    window.exports._ask_path = lambda _parent, _suggestion: str(sample)
    window.exports.export_profile(next(iter(load_profiles(None))))
    qtbot.wait(100)
    assert sample.read_bytes() == before


def test_copying_as_rich_text_gives_html_and_plain_text(window):
    trigger(window, "copy_rich")
    data = QGuiApplication.clipboard().mimeData()
    assert "<em>" in data.html()
    assert data.hasText()


def test_copying_as_html_gives_source(window):
    trigger(window, "copy_html")
    text = QGuiApplication.clipboard().text()
    assert text.startswith("<")
    assert "<p>" in text


def test_the_last_export_follows_its_scene_to_where_it_stands_now(window, tmp_path, qtbot):
    target = tmp_path / "scene.html"
    window.exports._ask_path = lambda *_: str(target)
    second = scenes(window)[1]
    window.exports.open_dialog([second.id]).findChild(QPushButton, "exportSave").click()
    qtbot.waitUntil(lambda: window.exports.last is not None)
    before = target.read_bytes()
    window.structure.move_up([second.id])
    target.unlink()
    window.exports.export_again()
    qtbot.waitUntil(target.exists)
    assert target.read_bytes() == before


def test_the_last_export_asks_again_when_its_scene_is_gone(window, tmp_path, qtbot):
    target = tmp_path / "scene.html"
    window.exports._ask_path = lambda *_: str(target)
    second = scenes(window)[1]
    window.exports.open_dialog([second.id]).findChild(QPushButton, "exportSave").click()
    qtbot.waitUntil(lambda: window.exports.last is not None)
    before = target.stat().st_mtime_ns
    window.structure.delete([second.id])
    window.exports.export_again()
    qtbot.wait(200)
    assert target.stat().st_mtime_ns == before
    assert "no longer in the text" in window.message_bar.text()
    dialog = next(one for one in window.findChildren(QDialog, "exportDialog") if one.isVisible())
    assert dialog.request().ordinals == frozenset()
    dialog.reject()


def test_a_second_export_takes_the_place_of_the_first_and_of_its_progress(window, tmp_path, qtbot):
    window.buffer.document.setPlainText("\n\n".join(["She went on *and* on. " * 20] * 4000))
    names = iter(["first.html", "second.html"])
    window.exports._ask_path = lambda *_: str(tmp_path / next(names))
    window.exports.export_profile("web-page")
    window.exports.export_profile("web-page")
    qtbot.waitUntil((tmp_path / "second.html").exists, timeout=20_000)
    qtbot.waitUntil(lambda: window.findChildren(QProgressDialog) == [])
    assert not (tmp_path / "first.html").exists()


def test_a_language_that_is_none_is_not_taken(window):
    window_dialogs.show_settings(window)
    dialog = window.findChild(QWidget, "settingsDialog")
    box = dialog.findChild(QComboBox, "languageBox")
    box.setCurrentText("fr-CA")
    box.setCurrentText("no language")
    assert window.settings.language == "auto"
    dialog.reject()
    window.exports.language = "no language"  # as a settings file written by hand may say
    window.exports.open_dialog().reject()


def test_a_file_name_in_the_progress_of_an_export_is_plain_text(window):
    label = ExportProgress("<img src=x>.html", window).findChild(QLabel)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert "<img src=x>.html" in label.text()


def test_what_the_writer_says_of_themselves_in_an_export_is_known_to_the_next_one(window, qtbot, tmp_path):
    target = tmp_path / "story.rtf"
    window.exports._ask_path = lambda _parent, _suggestion: str(target)
    dialog = window.exports.open_dialog()
    form = dialog.findChild(QWidget, "exportForm")
    form.set_profile(load_profiles(None)["story-manuscript"].with_options({"renderer": "rtf"}))
    field = dialog.findChild(QLineEdit, "option_surname")
    field.setText("Anders")
    field.editingFinished.emit()
    dialog.findChild(QPushButton, "exportSave").click()
    qtbot.waitUntil(target.exists, timeout=10_000)
    assert window.settings.writer == {"surname": "Anders"}
    again = window.exports.open_dialog()
    box = again.findChild(QComboBox, "exportProfile")
    box.setCurrentIndex(box.findData("novel-manuscript"))
    box.activated.emit(box.currentIndex())
    assert again.findChild(QLineEdit, "option_surname").text() == "Anders"
    again.reject()
