"""Dated copies at closing: made if the writer wants them, told if they fail, and never in the way."""

import threading
import time
import zipfile
from dataclasses import replace

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton, QSpinBox, QWidget

from editor.app.settings import Settings, read_session, read_settings
from editor.errors import DinkusError
from editor.ui.closing_work import ClosingWork
from editor.ui.settings_dialog import SettingsDialog
from tests.journeys.conftest import opened
from tests.journeys.folders import bytes_of, make_book
from tests.journeys.test_writing import settle, trigger


@pytest.fixture
def shelf(tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


def choose(desk, shelf, **others):
    desk._choose_settings(replace(desk.settings, backs_up=True, backup_folder=str(shelf), **others))


def zips(shelf):
    return sorted(shelf.glob("*.zip"))


def test_without_the_writers_wish_no_copy_is_made(make_desk, sample, shelf, qtbot):
    desk = make_desk(sample)
    desk._choose_settings(replace(desk.settings, backup_folder=str(shelf)))
    opened(desk, qtbot).close()
    desk.neighbours.finish()
    assert zips(shelf) == []


def test_a_manuscript_that_is_closed_is_copied_as_it_was_saved(make_desk, sample, shelf, qtbot):
    desk = make_desk(sample)
    choose(desk, shelf)
    window = opened(desk, qtbot)
    QTest.keyClicks(window.page, "Saved words. ")
    trigger(window, "save")
    settle(window)
    window.close()
    desk.neighbours.finish()
    (path,) = zips(shelf)
    with zipfile.ZipFile(path) as archive:
        assert archive.read("chapter-six.txt") == sample.read_bytes()
    assert read_session(desk._folders)[0].untold == ()


def test_a_folder_is_copied_whole_and_only_the_newest_stay(make_desk, tmp_path, shelf, qtbot):
    book = make_book(tmp_path / "book")
    for number in range(4):
        (book / "chapter 1.txt").write_text(f"Chapter 1\n\nPiece {number}.\n")
        desk = make_desk(book)
        choose(desk, shelf, backups_kept=2)
        opened(desk, qtbot).close()
        desk.neighbours.finish()
    assert len(zips(shelf)) == 2
    found = []
    for path in zips(shelf):
        with zipfile.ZipFile(path) as archive:
            found.append({name: archive.read(name) for name in archive.namelist()})
    assert bytes_of(book) in found


def test_a_copy_that_fails_is_told_in_another_window_or_at_the_next_start(make_desk, sample, tmp_path, qtbot):
    desk = make_desk(sample)
    choose(desk, tmp_path / "unplugged")
    opened(desk, qtbot).close()
    desk.neighbours.finish()
    again = opened(make_desk(sample), qtbot)
    assert "No backup of “chapter-six.txt” was made" in again.message_bar.text()
    assert not (tmp_path / "unplugged").exists()
    other = tmp_path / "other.txt"
    other.write_text("Snow.\n")
    desk = make_desk(sample, other)
    first, second = desk.windows
    choose(desk, tmp_path / "unplugged")
    first.close()
    qtbot.waitUntil(lambda: "No backup of “chapter-six.txt”" in second.message_bar.text())


def test_a_text_that_has_no_file_is_not_copied_and_stops_nothing(make_desk, shelf, qtbot):
    desk = make_desk()
    choose(desk, shelf)
    window = opened(desk, qtbot)
    window.buffer.document.setModified(False)
    window.close()
    desk.neighbours.finish()
    assert zips(shelf) == []


def test_closing_does_not_wait_for_what_never_ends():
    work, never = ClosingWork(), threading.Event()
    began = time.monotonic()
    work.start(never.wait, "It was not finished in time.")
    assert work.wait(0.05) == ["It was not finished in time."]
    assert time.monotonic() - began < 30
    never.set()


def test_what_goes_wrong_at_closing_is_told_once(qtbot):
    def fail():
        raise DinkusError("No room.")

    work = ClosingWork()
    told = []
    work.failed.connect(told.append)
    work.start(fail, "late")
    qtbot.waitUntil(lambda: told == ["No room."])
    assert work.wait(1) == []


# -- the settings


def test_the_settings_of_backups_are_chosen_and_remembered(make_desk, folders, sample, qtbot):
    desk = make_desk(sample)
    window = opened(desk, qtbot)
    trigger(window, "settings")
    dialog = window.findChild(QWidget, "settingsDialog")
    folder = dialog.findChild(QLineEdit, "backupFolderField")
    assert not folder.isEnabled()
    dialog.findChild(QCheckBox, "backsUpBox").setChecked(True)
    assert folder.isEnabled()
    folder.setText(str(sample.parent))
    dialog.findChild(QSpinBox, "backupsKeptBox").setValue(3)
    dialog.findChild(QCheckBox, "sharesLocksBox").setChecked(True)
    dialog.accept()
    settings, told = read_settings(folders)
    assert told is None
    assert (settings.backs_up, settings.backup_folder, settings.backups_kept, settings.shares_locks) == (
        True,
        str(sample.parent),
        3,
        True,
    )
    QApplication.processEvents()


def test_the_folder_is_asked_for_and_every_field_has_a_name(qtbot):
    dialog = SettingsDialog(Settings(), (), "Serif", ask_path=lambda _parent, before: before or "/chosen")
    qtbot.addWidget(dialog)
    dialog.findChild(QCheckBox, "backsUpBox").setChecked(True)
    dialog.findChild(QPushButton, "backupFolderButton").click()
    assert dialog.settings().backup_folder == "/chosen"
    for kind in (QCheckBox, QLineEdit, QSpinBox):
        assert all(
            field.accessibleName()
            for field in dialog.findChildren(kind)
            if field.objectName() not in {"", "qt_spinbox_lineedit"}
        )


def test_a_fault_while_closing_keeps_the_window_open(make_desk, sample, qtbot):
    window = opened(make_desk(sample), qtbot)
    QTest.keyClicks(window.page, "unsaved ")

    def fail():
        raise ZeroDivisionError

    window.closing.may_close, may_close = fail, window.closing.may_close
    with qtbot.captureExceptions() as faults:
        try:
            window.close()
        except ZeroDivisionError as fault:
            faults.append(fault)
    assert faults
    assert window.isVisible()
    window.closing.may_close = may_close
