"""Several formats in one go, and the files of the writer's that change the pages: from the menu to the disk."""

import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QProgressDialog,
    QPushButton,
)

from editor.app.page_files import SHIPPED
from editor.ui.several_dialog import SeveralDialog
from tests.journeys.test_writing import trigger

FORMATS = ("web-page", "plain-text", "ao3")


@pytest.fixture
def several(window):
    """Return the exports in one go of a window that may not ask anything."""
    window.exports.several._may_replace = lambda paths: pytest.fail(f"asked about {paths}")
    return window.exports.several


def tick(dialog, names):
    formats = dialog.findChild(QListWidget, "severalFormats")
    for row in range(formats.count()):
        item = formats.item(row)
        if item.data(Qt.ItemDataRole.UserRole) is None:
            continue  # a heading
        is_wanted = item.data(Qt.ItemDataRole.UserRole) in names
        item.setCheckState(Qt.CheckState.Checked if is_wanted else Qt.CheckState.Unchecked)


def export_from_dialog(window, qtbot, folder, names=FORMATS):
    trigger(window, "export_several")
    dialog = window.findChild(SeveralDialog)
    tick(dialog, names)
    dialog.findChild(QLineEdit, "severalFolder").setText(str(folder))
    dialog.findChild(QPushButton, "severalExport").click()
    settle(window, qtbot)


def settle(window, qtbot):
    qtbot.waitUntil(lambda: window.exports.several._job is None, timeout=20_000)


def bytes_below(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_several_formats_are_the_ones_of_the_command_line(window, several, sample, qtbot, tmp_path):
    by_window, by_command = tmp_path / "by window", tmp_path / "by command"
    export_from_dialog(window, qtbot, by_window)
    command = [
        sys.executable,
        "-m",
        "editor",
        "export",
        str(sample),
        "--to",
        ",".join(FORMATS),
        "-o",
        str(by_command),
    ]
    subprocess.run(command, capture_output=True, check=True)
    assert bytes_below(by_window) == bytes_below(by_command)
    assert len(bytes_below(by_window)) >= 3
    assert window.message_bar.text() == f"Exported 3 formats to {by_window}"


def test_exporting_again_makes_the_same_formats_of_the_new_text_without_a_question(
    window, several, qtbot, tmp_path
):
    folder = tmp_path / "out"
    export_from_dialog(window, qtbot, folder)
    before = bytes_below(folder)
    window.go_to_line(window.buffer.document.blockCount() - 3)
    window.page.insertPlainText("A lighthouse, suddenly. ")
    trigger(window, "export_again")
    settle(window, qtbot)
    after = bytes_below(folder)
    assert after.keys() == before.keys()
    assert sum(b"A lighthouse, suddenly." in data for data in after.values()) == 3


def test_a_single_export_afterwards_is_the_one_that_is_repeated(window, several, qtbot, tmp_path):
    export_from_dialog(window, qtbot, tmp_path / "out", ["markdown"])
    target = tmp_path / "one.html"
    window.exports.export_to("web-page", target)
    (made,) = (tmp_path / "out").iterdir()
    made.unlink()
    target.unlink()
    trigger(window, "export_again")
    qtbot.waitUntil(target.exists)
    assert not made.exists()


def test_what_was_ticked_is_ticked_again_after_a_restart(
    window, several, qtbot, tmp_path, folders, make_desk, sample
):
    export_from_dialog(window, qtbot, tmp_path / "out")
    assert json.loads(folders.settings_file.read_text("utf-8"))["formats"] == list(FORMATS)
    other = make_desk(sample).windows[0]
    dialog = other.exports.several.open_dialog()
    assert dialog.names() == FORMATS
    dialog.reject()


def test_the_writer_is_asked_once_about_everything_that_is_not_what_was_exported(window, qtbot, tmp_path):
    folder, asked = tmp_path / "out", []
    several = window.exports.several
    several._may_replace = lambda paths: asked.append([path.name for path in paths]) or False
    export_from_dialog(window, qtbot, folder)
    assert asked == []
    for path in folder.iterdir():
        if path.is_file():
            path.write_bytes(b"mine")
    before = bytes_below(folder)
    trigger(window, "export_again")
    settle(window, qtbot)
    assert len(asked) == 1
    assert len(asked[0]) == 2
    assert bytes_below(folder) == before
    several._may_replace = lambda paths: True
    trigger(window, "export_again")
    settle(window, qtbot)
    assert b"mine" not in bytes_below(folder).values()


def test_one_format_that_fails_is_told_and_the_others_are_written(window, several, sample, qtbot, tmp_path):
    folder = tmp_path / "config" / "profiles"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text('title = "Mine"\ntemplate = "mine.j2"\n', "utf-8")
    (sample.parent / "mine.j2").write_text("\n{{ nothing }}", "utf-8")
    export_from_dialog(window, qtbot, tmp_path / "out", ["web-page", "mine", "markdown"])
    told = window.message_bar.text()
    assert told.startswith(
        f"Exported 2 formats to {tmp_path / 'out'}; 1 failed: Mine: The template “mine.j2”"
    )
    assert "line 2" in told
    assert len(bytes_below(tmp_path / "out")) == 2


def test_no_export_takes_the_place_of_the_manuscript(window, several, sample, qtbot, tmp_path):
    before = sample.read_bytes()
    window.exports.why_not_to = lambda path: "That is mine." if path.suffix == ".txt" else None
    export_from_dialog(window, qtbot, tmp_path, ["plain-text", "markdown"])
    assert "1 failed: Plain text: That is mine." in window.message_bar.text()
    assert not list(tmp_path.glob("*plain-text*"))
    assert list(tmp_path.glob("*markdown.md"))
    assert sample.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_a_folder_that_is_made_can_be_read_by_those_who_may_read_others(window, qtbot, tmp_path):
    (tmp_path / "other").mkdir()
    export_from_dialog(window, qtbot, tmp_path / "out")
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_folder_that_cannot_be_made_is_told(window, several, sample, qtbot):
    export_from_dialog(window, qtbot, sample / "below a file")
    assert "cannot be made" in window.message_bar.text()


def test_every_export_that_is_written_is_told_one_by_one(window, several, qtbot, tmp_path):
    told = []
    window.exports.exported.connect(
        lambda request, path, digest: told.append((request.profile.name, path, digest))
    )
    export_from_dialog(window, qtbot, tmp_path / "out")
    assert [name for name, _, _ in told] == list(FORMATS)
    assert all(path.exists() and digest for _, path, digest in told)
    window.exports.export_to("web-page", tmp_path / "one.html")
    assert told[-1][:2] == ("web-page", tmp_path / "one.html")


def test_stopping_leaves_nothing_behind(window, several, qtbot, tmp_path):
    several.export(FORMATS, tmp_path / "out")
    job = several._job
    several.stop()
    job.wait()
    qtbot.wait(50)
    assert not (tmp_path / "out").exists()
    assert not window.findChildren(QProgressDialog, "exportProgress") or several._progress is None


def test_the_dialog_says_how_many_are_ticked_and_needs_one_and_a_folder(window, qtbot):
    dialog = window.exports.several.open_dialog()
    button, count = dialog.findChild(QPushButton, "severalExport"), dialog.findChild(QLabel, "severalCount")
    assert not button.isEnabled()
    assert count.text() == "Nothing is ticked"
    tick(dialog, ["ao3"])
    assert button.isEnabled()
    assert count.text() == "1 format"
    dialog.findChild(QLineEdit, "severalFolder").setText("  ")
    assert not button.isEnabled()
    dialog._ask = lambda _parent, _suggestion: "/somewhere"
    dialog.findChild(QPushButton, "severalBrowse").click()
    assert dialog.findChild(QLineEdit, "severalFolder").text() == "/somewhere"
    formats = dialog.findChild(QListWidget, "severalFormats")
    formats.setCurrentRow(2)
    qtbot.keyClick(formats, Qt.Key.Key_Space)
    assert count.text() == "2 formats"
    assert all(part.accessibleName() for part in (formats, dialog.findChild(QLineEdit, "severalFolder")))
    dialog.reject()


# --- templates in the window


def test_the_templates_are_put_beside_the_manuscript_and_chosen_in_the_dialog(window, sample, qtbot):
    trigger(window, "put_templates")
    assert all((sample.parent / name).exists() for name in SHIPPED)
    assert "page.html.j2 and page.css are now in" in window.message_bar.text()
    (sample.parent / "page.html.j2").write_text("<p>mine: {{ title }}</p>", "utf-8")
    trigger(window, "put_templates")
    assert "is already in" in window.message_bar.text()
    dialog = window.exports.open_dialog()
    field = dialog.findChild(QComboBox, "option_template")
    assert [field.itemText(index) for index in range(field.count())] == ["That of Dinkus", "page.html.j2"]
    styles = dialog.findChild(QComboBox, "option_style")
    assert styles.findData("page.css") > 0
    box = dialog.findChild(QComboBox, "exportProfile")
    box.setCurrentIndex(box.findData("web-page"))
    box.activated.emit(box.currentIndex())
    field.setCurrentIndex(1)
    field.activated.emit(1)
    source = dialog.findChild(QPlainTextEdit, "previewSource")
    qtbot.waitUntil(lambda: source.document().firstBlock().text().startswith("<p>mine: "))
    dialog.reject()


def test_a_broken_template_is_told_in_the_preview_and_nothing_is_written(window, sample, qtbot, tmp_path):
    (sample.parent / "bad.j2").write_text("\n\n{% if %}", "utf-8")
    dialog = window.exports.open_dialog()
    field = dialog.findChild(QComboBox, "option_template")
    field.setCurrentIndex(field.findData("bad.j2"))
    field.activated.emit(field.currentIndex())
    note = dialog.findChild(QLabel, "previewNote")
    qtbot.waitUntil(lambda: "The template “bad.j2” cannot be used, line 3" in note.text())
    target = tmp_path / "out.html"
    window.exports._ask_path = lambda *_: str(target)
    dialog.findChild(QPushButton, "exportSave").click()
    qtbot.waitUntil(lambda: "bad.j2" in window.message_bar.text())
    assert not target.exists()


def test_a_text_without_a_file_has_no_place_for_templates(make_desk, qtbot):
    window = make_desk().windows[0]
    trigger(window, "put_templates")
    assert "Save the manuscript first" in window.message_bar.text()


def test_the_dialog_is_let_go_of_when_it_closes(window, qtbot):
    for _ in range(3):
        window.exports.several.open_dialog().reject()
    qtbot.waitUntil(lambda: not window.findChildren(SeveralDialog))


def test_an_export_that_breaks_leaves_no_progress_behind(window, several, qtbot, tmp_path):
    profiles = window.exports.profiles_in_language()
    window.exports._profiles = lambda: {"ao3": replace(profiles["ao3"], scene_break=None)}
    with qtbot.captureExceptions() as raised:
        several.export(("ao3",), tmp_path / "out")
        qtbot.waitUntil(lambda: bool(raised))
    assert several._job is None
    assert several._progress is None
    assert not (tmp_path / "out").exists()


def test_a_folder_that_begins_like_somebodys_home_is_a_folder(window, several, sample, qtbot):
    export_from_dialog(window, qtbot, "~nobody-of-this-name/out", ("ao3",))
    assert len(list((sample.parent / "~nobody-of-this-name" / "out").iterdir())) == 1
