"""Export from the menu and from the command line: the same bytes."""

import subprocess
import sys

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from editor.app.profiles import load_profiles
from tests.journeys.test_writing import trigger


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
