"""Bad input gets a clear message, and loses nothing."""

import os
import subprocess
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox

from editor.ui import window_dialogs
from tests.journeys.conftest import opened
from tests.journeys.test_outside_changes import press
from tests.journeys.test_writing import settle, titles, trigger

HOSTILE = "<img src=x onerror=alert(1)>/<b>&amp;\u202e\u0007{}%s"


def message(window):
    return " ".join(label.text() for label in window.message_bar.findChildren(QLabel))


def test_a_missing_file_is_named_and_the_window_stays_usable(make_desk, qtbot, tmp_path):
    window = opened(make_desk(tmp_path / "nothing.txt"), qtbot)
    assert "nothing.txt" in message(window)
    QTest.keyClicks(window.page, "still here")
    assert window.buffer.lines() == ["still here"]


def test_a_binary_file_is_refused_by_name(make_desk, qtbot, tmp_path):
    (tmp_path / "cover.jpg").write_bytes(b"\xff\xd8\xff\x00\x00\x01" * 200)
    window = opened(make_desk(tmp_path / "cover.jpg"), qtbot)
    assert "cover.jpg" in message(window)
    assert window.files.path is None


def test_a_folder_without_texts_says_so_and_makes_nothing(make_desk, qtbot, tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()
    window = opened(make_desk(folder), qtbot)
    assert "There are no text files in empty" in message(window)
    assert not list(folder.iterdir())


def test_hostile_titles_are_shown_as_they_are(make_desk, qtbot, tmp_path):
    path = tmp_path / "hostile.txt"
    path.write_text(f"# {HOSTILE}\n\n{HOSTILE} and so on.\n\n***\n\n{HOSTILE}\n", encoding="utf-8")
    window = opened(make_desk(path), qtbot)
    assert any("<img" in title for title in titles(window))
    assert "\n".join(window.buffer.lines()).encode() == path.read_bytes()
    window.structure.move_up([list(window.buffer.manuscript.outline.walk())[-1].id])
    window.grab()


def test_a_save_that_fails_says_so_and_keeps_the_text(window, sample, qtbot):
    before = sample.read_bytes()
    locked = ["chattr", "+i", str(sample)]
    if subprocess.run(locked, capture_output=True, check=False).returncode:
        pytest.skip("chattr +i does not work here, so no file can be made unwritable for this user")
    try:
        QTest.keyClicks(window.page, "unsaved ")
        trigger(window, "save")
        settle(window)
        assert window.isWindowModified()
        assert "chapter-six.txt" in message(window)
        assert window.buffer.lines()[0].startswith("unsaved")
        assert sample.read_bytes() == before
    finally:
        subprocess.run(["chattr", "-i", str(sample)], check=True)


def test_a_character_that_does_not_fit_the_encoding_is_asked_about_and_never_replaced(
    make_desk, qtbot, tmp_path
):
    path = tmp_path / "old.txt"
    path.write_bytes("“Don’t,” he said—in the café.\r\n".encode("cp1252"))
    before = path.read_bytes()
    window = opened(make_desk(path), qtbot)
    window.page.insertPlainText("Ж")
    trigger(window, "save")
    settle(window)
    assert path.read_bytes() == before
    press(window, "Save as UTF-8")
    assert path.read_bytes() == "Ж“Don’t,” he said—in the café.\r\n".encode()


def test_closing_with_unsaved_words_asks_and_discarding_keeps_a_version(
    make_desk, sample, qtbot, folders, monkeypatch
):
    desk = make_desk(sample)
    window = opened(desk, qtbot)
    QTest.keyClicks(window.page, "precious ")
    answers = iter([QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Discard])
    monkeypatch.setattr(window_dialogs, "ask_to_save", lambda _window: next(answers))
    assert not window.close()
    assert window.buffer.lines()[0].startswith("precious")
    assert window.close()
    kept = [path.read_bytes() for path in folders.kept.rglob("*") if path.is_file()]
    assert any(data.startswith(b"precious") for data in kept)


def test_a_broken_settings_file_does_not_stop_the_program(make_desk, sample, qtbot, folders):
    folders.config.mkdir(parents=True)
    folders.settings_file.write_bytes(os.urandom(300))
    folders.state.mkdir(parents=True)
    folders.session_file.write_bytes(b"{" * 100_000)
    window = opened(make_desk(sample), qtbot)
    assert len(titles(window)) > 3


def test_a_broken_profile_of_the_writers_own_is_told_and_the_others_work(make_desk, sample, qtbot, folders):
    folders.profiles.mkdir(parents=True)
    (folders.profiles / "mine.toml").write_text("title = [")
    window = opened(make_desk(sample), qtbot)
    qtbot.waitUntil(lambda: "mine" in message(window))
    assert Path(folders.profiles / "mine.toml").exists()
