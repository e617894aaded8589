"""Somebody else changes the file: clean text follows, unsaved text is asked about, nothing is lost."""

import os
import time

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from editor.manuscript.edits import Position
from tests.journeys.test_writing import settle, trigger


def replace(path, old, new):
    """Change a file as most editors do: write beside, rename over."""
    data = path.read_bytes()
    assert old in data
    beside = path.with_name("beside")
    beside.write_bytes(data.replace(old, new, 1))
    os.utime(beside, ns=(time.time_ns(), time.time_ns() + 1))
    beside.replace(path)


def first_words(window):
    return next(line for line in window.buffer.lines() if len(line) > 40)


def look(window):
    window.outside.look()
    settle(window)


def buttons(window):
    return {button.text().replace("&", ""): button for button in window.message_bar.findChildren(QPushButton)}


def press(window, label):
    buttons(window)[label].click()
    settle(window)


@pytest.fixture
def dirty(window, sample):
    """A window with unsaved words on a file that has just been changed by somebody else."""
    window.page.go_to(Position(0, 0))
    QTest.keyClicks(window.page, "+")
    words = first_words(window).encode()
    replace(sample, words, words + b" And theirs.")
    look(window)
    return window


def test_a_change_outside_is_patched_in_while_the_text_is_clean_and_the_caret_stays(window, sample, qtbot):
    lines = window.buffer.lines()
    line = max(number for number, text in enumerate(lines) if len(text) > 40)
    window.page.go_to(Position(line, 7))
    words = first_words(window).encode()
    replace(sample, words, b"Inserted above.\n\n" + words)
    qtbot.waitUntil(lambda: "Inserted above." in window.buffer.lines(), timeout=8000)
    QApplication.processEvents()
    assert window.page.caret_position() == Position(line + 2, 7)
    assert not window.isWindowModified()
    trigger(window, "undo")
    assert window.buffer.lines() == lines


def test_our_own_save_is_not_a_change_outside(window, qtbot):
    QTest.keyClicks(window.page, "x")
    trigger(window, "save")
    settle(window)
    qtbot.wait(700)
    settle(window)
    assert not window.message_bar.isVisible()
    assert not window.isWindowModified()


def test_with_unsaved_words_a_bar_asks_and_nothing_is_overwritten(dirty, sample):
    assert {"Keep mine", "Take theirs", "Save mine elsewhere...", "Compare"} <= set(buttons(dirty))
    assert b"And theirs." in sample.read_bytes()
    assert "And theirs." not in "\n".join(dirty.buffer.lines())


def test_saving_over_a_change_outside_is_refused_and_asked_about(window, sample):
    QTest.keyClicks(window.page, "+")
    words = first_words(window).encode()
    replace(sample, words, words + b" And theirs.")
    trigger(window, "save")
    settle(window)
    settle(window)
    assert b"And theirs." in sample.read_bytes()
    assert "Keep mine" in buttons(window)
    assert window.isWindowModified()


def test_keeping_mine_keeps_theirs_as_a_version_and_then_saves(dirty, sample, folders):
    theirs = sample.read_bytes()
    press(dirty, "Keep mine")
    trigger(dirty, "save")
    settle(dirty)
    assert sample.read_bytes() == "\n".join(dirty.buffer.lines()).encode()
    assert theirs in [path.read_bytes() for path in folders.kept.rglob("*") if path.is_file()]


def test_taking_theirs_keeps_mine_as_a_version_and_one_undo_brings_it_back(dirty, sample, folders):
    mine = "\n".join(dirty.buffer.lines())
    press(dirty, "Take theirs")
    assert "\n".join(dirty.buffer.lines()).encode() == sample.read_bytes()
    assert not dirty.isWindowModified()
    assert mine.encode() in [path.read_bytes() for path in folders.kept.rglob("*") if path.is_file()]
    trigger(dirty, "undo")
    assert "\n".join(dirty.buffer.lines()) == mine


def test_saving_mine_elsewhere_writes_mine_there_and_shows_theirs(dirty, sample, tmp_path):
    mine = "\n".join(dirty.buffer.lines())
    dirty.files._ask_path = lambda _parent, _suggestion: str(tmp_path / "mine.txt")
    press(dirty, "Save mine elsewhere...")
    assert (tmp_path / "mine.txt").read_text() == mine
    assert "\n".join(dirty.buffer.lines()).encode() == sample.read_bytes()


def test_comparing_shows_both_and_asks_again_afterwards(dirty):
    press(dirty, "Compare")
    dialog = dirty.findChild(object, "compareDialog")
    assert "And theirs." in dialog.findChild(object, "compare_theirs").document().toRawText()
    dialog.reject()
    QApplication.processEvents()
    assert "Keep mine" in buttons(dirty)


def test_a_file_that_vanishes_leaves_its_text_in_the_window_and_can_be_saved_again(window, sample, qtbot):
    text = sample.read_bytes()
    sample.unlink()
    look(window)
    assert not window.isWindowModified(), (
        "it may come back in a moment, as with programs that delete and make anew"
    )
    qtbot.waitUntil(lambda: "Save again" in buttons(window), timeout=5000)
    assert window.isWindowModified()
    press(window, "Save again")
    assert sample.read_bytes() == text
    assert not window.isWindowModified()


def test_a_file_that_is_deleted_and_made_again_at_once_is_only_a_changed_file(window, sample, qtbot):
    text = sample.read_bytes()
    sample.unlink()
    look(window)
    sample.write_bytes(text + b"P.S.\n")
    qtbot.waitUntil(lambda: "P.S." in window.buffer.lines(), timeout=8000)
    assert not window.isWindowModified()


def test_a_refused_save_asks_again_though_the_message_was_closed(dirty, sample):
    dirty.message_bar.dismiss()
    trigger(dirty, "save")
    settle(dirty)
    assert "Keep mine" in buttons(dirty)
    assert b"And theirs." in sample.read_bytes()
