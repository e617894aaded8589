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
    QSpinBox,
    QWidget,
)

from editor.app.profiles import load_profiles
from editor.export.registry import RENDERERS
from editor.ui import window_dialogs
from editor.ui.export_progress import ExportProgress
from tests.journeys.test_writing import scenes, trigger


def export_from_menu(window, qtbot, name, target):
    window.exports._ask_path = window.exports.ask_folder = lambda _parent, _suggestion: str(target)
    menu = window.findChild(QMenu, "exportMenu")
    menu.aboutToShow.emit()
    within = [
        each for action in menu.actions() for each in (action.menu().actions() if action.menu() else [action])
    ]
    action = next(action for action in within if action.objectName() == f"export_{name}")
    action.trigger()
    qtbot.waitUntil(target.exists, timeout=10_000)


@pytest.mark.parametrize(
    "name", sorted(name for name, each in load_profiles(None).items() if each.renderer in RENDERERS)
)
def test_the_menu_and_the_command_line_give_the_same_bytes(window, sample, qtbot, tmp_path, name):
    profile = load_profiles(None)[name]
    target = tmp_path / f"out{profile.suffix}"
    export_from_menu(window, qtbot, name, target)
    command = [sys.executable, "-m", "editor", "export", str(sample), "--to", name]
    if profile.files != "one":
        other = tmp_path / "by command"
        subprocess.run([*command, "-o", str(other)], capture_output=True, check=True)
        files = {path.name: path.read_bytes() for path in other.iterdir()}
        assert {path.name: path.read_bytes() for path in target.iterdir()} == files
        return
    told = subprocess.run(command, capture_output=True, check=True)
    assert target.read_bytes() == told.stdout


def test_a_pdf_is_made_from_the_menu(window, qtbot, tmp_path):
    target = tmp_path / "out.pdf"
    export_from_menu(window, qtbot, "pdf-manuscript", target)
    assert target.read_bytes().startswith(b"%PDF-")


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


@pytest.mark.parametrize("command, mark", [("copy_bbcode", "[i]"), ("copy_markdown", "*")])
def test_copying_for_a_forum_and_as_markdown_gives_source(window, command, mark):
    trigger(window, command)
    text = QGuiApplication.clipboard().text()
    assert mark in text
    assert "<em>" not in text


def copied_pieces(window, count):
    pieces = []
    for _ in range(count):
        trigger(window, "copy_next_chapter")
        pieces.append((QGuiApplication.clipboard().text(), window.message_bar.text()))
    return pieces


def test_chapters_are_copied_one_after_the_other_and_then_again(window):
    window.buffer.document.setPlainText("/Chapter One/\n\nRain.\n\n/Chapter Two/\n\nDry *ice*.\n")
    first, second, third = copied_pieces(window, 3)
    assert first[0] == "<h2>Chapter One</h2>\n<p>Rain.</p>\n"
    assert second[0] == "<h2>Chapter Two</h2>\n<p>Dry <em>ice</em>.</p>\n"
    assert third == first
    assert "Copied “Chapter One” for “HTML for a site”, 1 of 2" in first[1]
    assert "2 of 2; the next copy begins again" in second[1]


def test_chapters_are_copied_in_the_form_that_was_copied_last_from_the_dialog(window, qtbot):
    window.buffer.document.setPlainText("/Chapter One/\n\nA/N: early\n\nRain.\n\n/Chapter Two/\n\nDry.\n")
    dialog = window.exports.open_dialog()
    box = dialog.findChild(QComboBox, "exportProfile")
    index = box.findData("ao3")
    box.setCurrentIndex(index)
    box.activated.emit(index)
    dialog.findChild(QPushButton, "exportCopySource").click()
    dialog.reject()
    texts = [text for text, _ in copied_pieces(window, 3)]
    assert texts == ["<blockquote><p>A/N: early</p></blockquote>\n", "<p>Rain.</p>\n", "<p>Dry.</p>\n"]


def test_an_edit_between_two_chapters_does_not_begin_again(window):
    window.buffer.document.setPlainText("/Chapter One/\n\nRain.\n\n/Chapter Two/\n\nDry.\n")
    copied_pieces(window, 1)
    window.buffer.document.setPlainText("/Chapter One/\n\nRain!\n\n/Chapter Two/\n\nDry!\n")
    assert copied_pieces(window, 1)[0][0] == "<h2>Chapter Two</h2>\n<p>Dry!</p>\n"


def test_an_empty_text_has_no_chapter_to_copy(window):
    window.buffer.document.setPlainText("")
    QGuiApplication.clipboard().setText("mine")
    trigger(window, "copy_next_chapter")
    assert QGuiApplication.clipboard().text() == "mine"
    assert "nothing to copy" in window.message_bar.text()


def test_a_folder_of_chapters_is_never_written_over_the_manuscript(window, sample, qtbot):
    window.buffer.document.setPlainText("/Chapter One/\n\nRain.\n")
    before = {path.name: path.read_bytes() for path in sample.parent.iterdir() if path.is_file()}
    window.exports._may_replace = lambda _path: True
    taken = sample.parent / "1 Chapter One.txt"
    taken.write_bytes(b"precious")
    window.exports.why_not_to = lambda path: "That is mine." if path == taken else None
    window.exports.ask_folder = lambda *_: str(sample.parent)
    window.exports.export_profile("text-chapters")
    qtbot.waitUntil(lambda: "That is mine." in window.message_bar.text())
    assert taken.read_bytes() == b"precious"
    assert all((sample.parent / name).read_bytes() == data for name, data in before.items())


def test_a_folder_that_is_exported_again_is_asked_about_only_if_it_was_changed(window, tmp_path, qtbot):
    asked = []
    target = tmp_path / "posted"
    window.exports._may_replace = lambda path: asked.append(path) or True
    export_from_menu(window, qtbot, "text-chapters", target)
    qtbot.waitUntil(lambda: window.exports.last is not None)
    window.exports.export_again()
    qtbot.waitUntil(lambda: not window.findChildren(QProgressDialog))
    assert asked == []
    next(target.iterdir()).write_bytes(b"changed")
    window.exports.export_again()
    assert asked == [target]
    qtbot.waitUntil(lambda: not window.findChildren(QProgressDialog))


def test_a_folder_that_is_chosen_again_is_asked_about_only_if_it_was_changed(window, tmp_path, qtbot):
    asked = []
    target = tmp_path / "posted"
    window.exports._may_replace = lambda path: asked.append(path) or False
    export_from_menu(window, qtbot, "text-chapters", target)
    qtbot.waitUntil(lambda: window.exports.last is not None)
    window.exports.export_profile("text-chapters")
    assert asked == []
    qtbot.waitUntil(lambda: not window.findChildren(QProgressDialog))
    next(target.iterdir()).write_bytes(b"changed")
    window.exports.export_profile("text-chapters")
    assert asked == [target]


def test_a_part_does_not_take_the_place_of_a_whole_site_unasked(window, tmp_path, qtbot):
    asked = []
    target = tmp_path / "website"
    window.exports._may_replace = lambda path: asked.append(path) or False
    export_from_menu(window, qtbot, "site", target)
    qtbot.waitUntil(lambda: window.exports.last is not None)
    before = {path.name: path.read_bytes() for path in target.iterdir()}
    profile = window.exports.profiles_in_language()["site"]
    part = scenes(window)[0].id
    request = window.exports.request(profile, frozenset({1}))
    assert not window.exports.ask_and_save(request, frozenset({part}))
    assert asked == [target]
    assert {path.name: path.read_bytes() for path in target.iterdir()} == before


def test_a_folder_is_asked_for_where_the_format_makes_one(window, tmp_path, qtbot):
    (tmp_path / "posted").mkdir()
    asked = []
    window.exports._ask_path = lambda *_: asked.append("file") or ""
    window.exports.ask_folder = lambda *_: asked.append("folder") or str(tmp_path / "posted")
    dialog = window.exports.open_dialog()
    button = dialog.findChild(QPushButton, "exportSave")
    assert button.text() == "&Save to a file..."
    box = dialog.findChild(QComboBox, "exportProfile")
    box.setCurrentIndex(box.findText("Text, one file per chapter"))
    box.activated.emit(box.currentIndex())
    assert button.text() == "&Save to a folder..."
    button.click()
    assert asked == ["folder"]
    qtbot.waitUntil(lambda: any((tmp_path / "posted").iterdir()))
    window.exports.export_profile("web-page")
    assert asked == ["folder", "file"]


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


def test_the_preview_says_that_a_style_sheet_is_seen_in_a_browser(window, sample, qtbot):
    (sample.parent / "mine.css").write_text("p { color: red }", "utf-8")
    dialog = window.exports.open_dialog()
    note = dialog.findChild(QLabel, "previewNote")
    field = dialog.findChild(QComboBox, "option_style")
    field.setCurrentIndex(field.findData("mine.css"))
    field.activated.emit(field.currentIndex())
    qtbot.waitUntil(lambda: "open it there" in note.text())
    dialog.reject()


def test_a_number_of_none_says_what_it_stands_for(window):
    dialog = window.exports.open_dialog()
    form = dialog.findChild(QWidget, "exportForm")
    assert form.findChild(QSpinBox, "option_character_limit").text() == "No limit"
    form.set_profile(load_profiles(None)["pdf-book"].with_options({"font_size": "0"}))
    assert form.findChild(QSpinBox, "option_font_size").text() == "What suits the page"
    dialog.reject()


def test_the_preview_of_a_text_without_words_says_so(make_desk, qtbot):
    dialog = make_desk().open_untitled().exports.open_dialog()
    note = dialog.findChild(QLabel, "previewNote")
    qtbot.waitUntil(lambda: "no words" in note.text())
    dialog.reject()
