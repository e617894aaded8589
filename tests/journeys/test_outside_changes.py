"""Somebody else changes the file: clean text follows, unsaved text is merged or asked about, nothing is lost."""

import os
import shutil
import time

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QRadioButton

from editor.manuscript.edits import Position
from editor.ui.conflict_dialog import Choice, ConflictDialog
from tests.journeys.test_writing import scenes, settle, trigger


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


def write_at_the_top(window):
    window.page.go_to(Position(0, 0))
    QTest.keyClicks(window.page, "@")


def write_in_the_first_paragraph(window, text="Mine. "):
    words = first_words(window)
    window.page.go_to(Position(window.buffer.lines().index(words), 0))
    QTest.keyClicks(window.page, text)


def kept_in(folders):
    return [path.read_bytes() for path in folders.kept.rglob("*") if path.is_file()]


def text_of(window):
    return "\n".join(window.buffer.lines())


@pytest.fixture
def dirty(window, sample):
    """A window with unsaved words in a paragraph that has just been changed by somebody else, and another one was too."""
    words = first_words(window).encode()
    last = [line for line in window.buffer.lines() if len(line) > 40][-1].encode()
    write_in_the_first_paragraph(window)
    replace(sample, words, words + b" And theirs.")
    replace(sample, last, last + b" At the end.")
    look(window)
    return window


def open_dialog(window) -> ConflictDialog:
    press(window, "Choose...")
    return window.findChild(ConflictDialog)


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


# -- both sides, in different places ----------------------------------------------------------------------------------


def test_changes_in_different_paragraphs_are_merged_told_and_taken_back_with_one_undo(
    window, sample, folders
):
    mine, theirs = first_words(window), first_words(window) + " And theirs."
    write_at_the_top(window)
    before = text_of(window)
    replace(sample, mine.encode(), theirs.encode())
    on_disk = sample.read_bytes()
    look(window)
    assert window.buffer.lines()[0].startswith("@")
    assert theirs in window.buffer.lines()
    assert window.isWindowModified()
    assert sample.read_bytes() == on_disk, "nothing is written before the writer saves"
    assert "Its changes and yours are both in." in window.message_bar.text()
    assert {before.encode(), on_disk} <= set(kept_in(folders))
    trigger(window, "undo")
    assert text_of(window) == before
    trigger(window, "redo")
    trigger(window, "save")
    settle(window)
    assert sample.read_bytes() == b"@" + on_disk


def test_the_button_of_the_message_takes_the_merge_back_while_it_is_the_last_step(window, sample):
    write_at_the_top(window)
    before = text_of(window)
    replace(sample, first_words(window).encode(), b"Theirs alone.")
    look(window)
    assert "Theirs alone." in window.buffer.lines()
    press(window, "Undo")
    assert text_of(window) == before
    look(window)
    assert text_of(window) == before, "what was taken back does not come again"


def test_a_save_over_a_change_outside_merges_first_and_the_next_one_writes_both(window, sample):
    write_at_the_top(window)
    words = first_words(window).encode()
    replace(sample, words, words + b" And theirs.")
    trigger(window, "save")
    settle(window)
    settle(window)
    assert sample.read_bytes()[:1] != b"@"
    assert "both in" in window.message_bar.text()
    trigger(window, "save")
    settle(window)
    assert sample.read_bytes()[:1] == b"@"
    assert b" And theirs." in sample.read_bytes()


def test_a_scene_that_was_moved_here_takes_the_change_of_the_other_program_along(window, sample):
    words = first_words(window)
    window.structure.move_down([scenes(window)[0].id])
    place = window.buffer.lines().index(words)
    replace(sample, words.encode(), words.encode() + b" And theirs.")
    look(window)
    assert window.buffer.lines()[place] == words + " And theirs."
    assert text_of(window).count(words) == 1


def test_the_same_change_on_both_sides_asks_nothing(window, sample):
    write_at_the_top(window)
    sample.write_bytes(b"@" + sample.read_bytes())
    look(window)
    assert not window.isWindowModified()
    assert not window.message_bar.isVisible()


# -- both sides, in one place -----------------------------------------------------------------------------------------


def test_a_paragraph_that_both_changed_is_asked_about_and_everything_else_is_merged(dirty, sample, folders):
    assert set(buttons(dirty)) >= {"Choose...", "Keep mine", "Take theirs", "Save mine elsewhere..."}
    assert "1 place in chapter-six.txt was changed here and by another program" in dirty.message_bar.text()
    assert first_words(dirty).startswith("Mine. ")
    assert "And theirs." not in text_of(dirty)
    assert " At the end." in text_of(dirty)
    assert b" And theirs." in sample.read_bytes()
    assert sample.read_bytes() in kept_in(folders)


def test_until_the_writer_has_chosen_nothing_is_overwritten_and_each_save_asks_again(dirty, sample):
    theirs = sample.read_bytes()
    dirty.message_bar.dismiss()
    trigger(dirty, "save")
    settle(dirty)
    settle(dirty)
    assert sample.read_bytes() == theirs
    assert "Keep mine" in buttons(dirty)
    assert dirty.isWindowModified()


def test_keeping_mine_keeps_theirs_as_a_version_and_then_saves(dirty, sample, folders):
    theirs = sample.read_bytes()
    press(dirty, "Keep mine")
    trigger(dirty, "save")
    settle(dirty)
    assert sample.read_bytes() == text_of(dirty).encode()
    assert b"Mine. " in sample.read_bytes()
    assert b" At the end." in sample.read_bytes()
    assert theirs in kept_in(folders)


def test_taking_theirs_keeps_mine_as_a_version_and_one_undo_brings_it_back(dirty, sample, folders):
    mine = text_of(dirty)
    press(dirty, "Take theirs")
    assert text_of(dirty).encode() == sample.read_bytes()
    assert not dirty.isWindowModified()
    assert mine.encode() in kept_in(folders)
    trigger(dirty, "undo")
    assert text_of(dirty) == mine


def test_saving_mine_elsewhere_writes_mine_there_and_shows_theirs(dirty, sample, tmp_path):
    mine = text_of(dirty)
    dirty.files._ask_path = lambda _parent, _suggestion: str(tmp_path / "mine.txt")
    press(dirty, "Save mine elsewhere...")
    assert (tmp_path / "mine.txt").read_text() == mine
    assert text_of(dirty).encode() == sample.read_bytes()


def test_not_saving_mine_elsewhere_after_all_asks_again(dirty):
    mine = text_of(dirty)
    dirty.files._ask_path = lambda _parent, _suggestion: ""
    press(dirty, "Save mine elsewhere...")
    assert text_of(dirty) == mine
    assert "Keep mine" in buttons(dirty)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("mine", ["Mine. {}"]),
        ("theirs", ["{} And theirs."]),
        ("both", ["Mine. {}", "", "{} And theirs."]),
        ("by_hand", ["Neither of them."]),
    ],
)
def test_each_place_can_be_settled_in_each_way(window, sample, folders, choice, expected):
    words = first_words(window)
    place = window.buffer.lines().index(words)
    write_in_the_first_paragraph(window)
    replace(sample, words.encode(), words.encode() + b" And theirs.")
    look(window)
    mine = text_of(window)
    dialog = open_dialog(window)
    if choice == "by_hand":
        dialog.findChild(QPlainTextEdit, "conflict_result").setFocus()
        QTest.keyClicks(dialog.findChild(QPlainTextEdit, "conflict_result"), "Neither of them.")
        assert dialog.findChild(QRadioButton, "conflictChoice-by_hand").isChecked()
    else:
        dialog.findChild(QRadioButton, f"conflictChoice-{choice}").click()
    dialog.findChild(QPushButton, "conflictTake").click()
    settle(window)
    wanted = [line.format(words) for line in expected]
    assert window.buffer.lines()[place : place + len(wanted)] == wanted
    assert {mine.encode(), sample.read_bytes()} <= set(kept_in(folders))
    trigger(window, "save")
    settle(window)
    assert sample.read_bytes() == text_of(window).encode()


def test_closing_the_dialog_loses_nothing_and_the_bar_leads_back(dirty, sample):
    mine, theirs = text_of(dirty), sample.read_bytes()
    dialog = open_dialog(dirty)
    assert not dialog.findChild(QPushButton, "conflictTake").isEnabled()
    dialog.findChild(QPushButton, "conflictLater").click()
    settle(dirty)
    assert (text_of(dirty), sample.read_bytes()) == (mine, theirs)
    assert open_dialog(dirty) is not None


def test_what_is_written_elsewhere_while_the_dialog_is_open_stays(dirty):
    dialog = open_dialog(dirty)
    write_at_the_top(dirty)
    dialog.choose_everywhere(Choice.THEIRS)
    dialog.accept()
    settle(dirty)
    assert dirty.buffer.lines()[0].startswith("@")
    assert "And theirs." in first_words(dirty)
    assert "Mine. " not in text_of(dirty)


def test_what_is_written_in_the_place_itself_while_the_dialog_is_open_is_asked_about_again(dirty):
    dialog = open_dialog(dirty)
    write_in_the_first_paragraph(dirty, "More. ")
    dialog.choose_everywhere(Choice.THEIRS)
    dialog.accept()
    settle(dirty)
    assert first_words(dirty).startswith("More. Mine. ")
    assert "Please choose again" in dirty.message_bar.text()
    assert open_dialog(dirty) is not None


def test_what_the_other_program_writes_while_the_dialog_is_open_is_merged_after_it(dirty, sample):
    dialog = open_dialog(dirty)
    replace(sample, b" At the end.", b" At the very end.")
    look(dirty)
    dialog.choose_everywhere(Choice.MINE)
    dialog.accept()
    settle(dirty)
    look(dirty)
    assert " At the very end." in text_of(dirty)
    assert "Mine. " in text_of(dirty)


def test_a_file_that_is_emptied_for_a_moment_takes_nothing_out_of_the_window(dirty, sample, qtbot):
    mine, theirs = text_of(dirty), sample.read_bytes()
    press(dirty, "Keep mine")
    sample.write_bytes(b"")
    look(dirty)
    assert text_of(dirty) == mine
    sample.write_bytes(theirs)
    look(dirty)
    assert text_of(dirty) == mine


def test_a_file_that_stays_empty_leaves_its_text_in_the_window_to_be_saved_again(window, sample, qtbot):
    text = sample.read_bytes()
    sample.write_bytes(b"")
    look(window)
    assert not window.isWindowModified(), "there may be something in it again in a moment"
    qtbot.waitUntil(lambda: "was emptied by another program" in window.message_bar.text(), timeout=5000)
    assert text_of(window).encode() == text
    assert window.isWindowModified()
    trigger(window, "save")
    settle(window)
    assert sample.read_bytes() == text


def test_a_version_that_cannot_be_kept_replaces_nothing(window, sample, folders):
    folders.kept.parent.mkdir(parents=True, exist_ok=True)
    write_at_the_top(window)
    before = text_of(window)
    window.history.recorder.wait()
    for folder in (folders.kept, folders.history):  # either would do
        if folder.exists():
            shutil.rmtree(folder)
        folder.write_text("no folder")
    replace(sample, first_words(window).encode(), b"Theirs alone.")
    look(window)
    assert text_of(window) == before
    assert "Theirs alone." in sample.read_text()
    trigger(window, "save")
    settle(window)
    assert "Theirs alone." in sample.read_text()


# -- gone -------------------------------------------------------------------------------------------------------------


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
