"""A manuscript that another program has is shown, and nothing here changes it, until the writer says so."""

import os
import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.manuscript.edits import Position
from editor.manuscript.moves import Place, Where
from editor.storage.locks import LockFolder
from editor.storage.shared_locks import STALE_SECONDS, note_path, read_note, write_note
from editor.ui.lock_keeper import describe
from tests.journeys.conftest import opened
from tests.journeys.folders import bytes_of, make_book
from tests.journeys.test_outside_changes import press
from tests.journeys.test_writing import scenes, settle, titles, trigger
from tests.storage.neighbours import dead_owner, distant_owner, lock_for, running_owner

EDITING = [
    "undo",
    "redo",
    "cut",
    "paste",
    "emphasis",
    "strong",
    "scene_break",
    "merge",
    "delete_scene",
    "move_up",
    "move_down",
    "new_chapter_file",
    "split_file",
    "join_files",
    "book_title",
    "rename_file",
    "remove_file",
    "cut_scene",
]


@pytest.fixture
def theirs(folders, sample):
    """The lock of another program on the sample."""
    return lock_for(folders.locks, sample, running_owner())


@pytest.fixture
def reader(theirs, make_desk, sample, qtbot):
    """A window on the sample that another program has."""
    return opened(make_desk(sample), qtbot)


def text_of(window):
    return "\n".join(window.buffer.lines())


def test_the_window_says_who_has_it_and_that_it_is_read_only(reader):
    told = reader.message_bar.text()
    assert told.startswith("chapter-six.txt is open in another Dinkus (anna on ")
    assert time.strftime("since %H:") in told
    assert told.endswith("It is shown read-only here.")
    assert "(read-only)" in reader.windowTitle()
    assert reader.page.isReadOnly()


def test_a_window_that_has_its_manuscript_says_nothing(make_desk, folders, sample, qtbot):
    lock_for(folders.locks, sample, dead_owner())
    window = opened(make_desk(sample), qtbot)
    assert window.message_bar.text() == ""
    assert "read-only" not in window.windowTitle()
    assert LockFolder(folders.locks).take(sample).lock is not None


@pytest.mark.parametrize("command", EDITING)
def test_no_command_changes_what_is_read_only(reader, sample, command):
    before = text_of(reader)
    QGuiApplication.clipboard().setText("pasted")
    node = scenes(reader)[1]
    reader.go_to_node(node.id)
    reader.page.select_range(Position(9, 0), Position(9, 4))
    trigger(reader, command)
    QApplication.processEvents()
    assert text_of(reader) == before
    assert not reader.isWindowModified()
    reader.show_outline()
    trigger(reader, command)
    assert text_of(reader) == before


def test_a_structural_command_is_refused_in_words(reader):
    reader.message_bar.dismiss()
    first, second = scenes(reader)[:2]
    assert not reader.structure.move([second.id], Place(first.id, Where.BEFORE))
    assert "shown read-only" in reader.message_bar.text()
    assert not reader.structure.rename(first.id, "Another title")
    assert not reader.structure.set_fact([first.id], "synopsis", "words")


def test_nothing_typed_composed_or_dropped_gets_into_it_and_typing_says_why(reader):
    before = text_of(reader)
    reader.message_bar.dismiss()
    QTest.keyClicks(reader.page, "x")
    assert "read-only here" in reader.message_bar.text()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Tab):
        QTest.keyClick(reader.page, key)
    QTest.keyClick(reader.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    composed = QInputMethodEvent()
    composed.setCommitString("composed")
    QApplication.sendEvent(reader.page, composed)
    data = QMimeData()
    data.setText("dropped")
    reader.page.insertFromMimeData(data)
    reader.page.paste()
    trigger(reader, "split_view")
    QTest.keyClicks(reader.page, "y")
    assert reader.page is not reader.pages.first
    assert text_of(reader) == before


def test_replacing_is_refused_and_searching_works(reader):
    before = text_of(reader)
    trigger(reader, "replace")
    reader.find_bar.query_changed.emit("the", False, False) if hasattr(
        reader.find_bar, "query_changed"
    ) else None
    reader.search.replace_all("THE")
    reader.search.replace("THE")
    assert text_of(reader) == before
    reader.search.find_next()


def test_copying_exporting_and_going_about_work(reader, tmp_path):
    trigger(reader, "select_all")
    trigger(reader, "copy")
    assert QGuiApplication.clipboard().text() == text_of(reader)
    reader.page.go_to(Position(0, 0))
    QTest.keyClick(reader.page, Qt.Key.Key_Down)
    assert reader.page.caret_position().line == 1
    from editor.app.profiles import load_profiles

    assert reader.exports.export_to(next(iter(load_profiles(None))), tmp_path / "book.html") > 0
    assert len(titles(reader)) > 3


def test_it_is_never_saved_over_but_may_be_saved_elsewhere(reader, sample, tmp_path):
    before = sample.stat()
    reader.message_bar.dismiss()
    trigger(reader, "save")
    settle(reader)
    assert "read-only here" in reader.message_bar.text()
    assert sample.stat().st_mtime_ns == before.st_mtime_ns
    reader.files._ask_path = lambda *_: str(tmp_path / "mine.txt")
    trigger(reader, "save_as")
    settle(reader)
    assert (tmp_path / "mine.txt").read_bytes() == sample.read_bytes()
    assert "read-only" not in reader.windowTitle()
    QTest.keyClicks(reader.page, "mine ")
    assert "mine " in text_of(reader)


def test_it_follows_what_the_other_program_saves(reader, sample):
    sample.write_bytes(sample.read_bytes() + b"\n\nSaved by the other one.\n")
    reader.store.look()
    settle(reader)
    assert "Saved by the other one." in text_of(reader)
    assert not reader.isWindowModified()
    assert reader.page.isReadOnly()


def test_look_again_opens_it_for_writing_when_the_other_program_has_closed_it(reader, theirs, sample):
    press(reader, "Look again")
    assert "read-only here" in reader.message_bar.text()
    theirs.unlink()
    sample.write_bytes(b"Saved last by the other one.\n" + sample.read_bytes())
    press(reader, "Look again")
    assert not reader.page.isReadOnly()
    QTest.keyClicks(reader.page, "and mine ")
    trigger(reader, "save")
    settle(reader)
    assert b"Saved last by the other one." in sample.read_bytes()
    assert b"and mine " in sample.read_bytes()


def test_taking_over_makes_it_writable_and_the_lock_ours(reader, theirs, folders, sample):
    press(reader, "Open it here all the same")
    assert not reader.page.isReadOnly()
    assert "read-only" not in reader.windowTitle()
    assert f'"process": {os.getpid()}' in theirs.read_text()
    QTest.keyClicks(reader.page, "mine ")
    trigger(reader, "save")
    settle(reader)
    assert b"mine " in sample.read_bytes()


def test_whoever_loses_it_is_told_and_saves_nothing_until_it_is_taken_back(make_desk, folders, sample, qtbot):
    window = opened(make_desk(sample), qtbot)
    QTest.keyClicks(window.page, "mine ")
    lock_for(folders.locks, sample, running_owner())
    before = sample.read_bytes()
    trigger(window, "save")
    settle(window)
    assert window.message_bar.text().startswith("Another Dinkus has taken over chapter-six.txt (anna on ")
    assert sample.read_bytes() == before
    assert window.isWindowModified()
    QTest.keyClicks(window.page, "more ")
    press(window, "Take it back")
    trigger(window, "save")
    settle(window)
    assert sample.read_bytes().startswith(b"mine more ")


def test_whoever_loses_it_hears_of_it_at_the_next_look(make_desk, folders, sample, qtbot):
    window = opened(make_desk(sample), qtbot)
    lock_for(folders.locks, sample, running_owner())
    window.store.look()
    assert "has taken over" in window.message_bar.text()
    settle(window)


def test_a_folder_is_read_only_while_another_program_has_one_of_its_files(
    make_desk, folders, tmp_path, qtbot
):
    book = make_book(tmp_path / "book")
    lock_for(folders.locks, book / "chapter 2.txt", running_owner())
    before = bytes_of(book)
    window = opened(make_desk(book), qtbot)
    assert window.page.isReadOnly()
    window.chapters.rename(window.buffer.manuscript.outline.files[0].id, "other.txt")
    window.chapters.entitle()
    window.store.save()
    window.store.wait()
    assert "shown read-only" in window.message_bar.text()
    assert bytes_of(book) == before
    assert not window.isWindowModified()


def test_a_window_that_closes_gives_its_manuscript_back(make_desk, folders, sample, qtbot):
    window = opened(make_desk(sample), qtbot)
    assert list(folders.locks.glob("*.json"))
    window.close()
    assert not list(folders.locks.glob("*.json"))


def test_a_window_that_goes_on_with_another_file_gives_the_first_one_back(
    make_desk, folders, sample, qtbot, tmp_path
):
    window = opened(make_desk(sample), qtbot)
    window.files._ask_path = lambda *_: str(tmp_path / "mine.txt")
    trigger(window, "save_as")
    settle(window)
    (lock,) = folders.locks.glob("*.json")
    assert "mine.txt" in lock.read_text()


# -- two computers


@pytest.fixture
def shared(make_desk, qtbot):
    """Return a function that opens a window with notes for other computers switched on."""

    def open_window(path):
        desk = make_desk()
        desk._choose_settings(replace(desk.settings, shares_locks=True))
        return opened_window(desk.open_path(path), qtbot)

    return open_window


def opened_window(window, qtbot):
    qtbot.waitExposed(window)
    QApplication.processEvents()
    return window


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_other_computers_are_told_only_if_the_writer_wants_that(make_desk, shared, qtbot, tmp_path, kind):
    book = make_book(tmp_path / "book")
    manuscript = book if kind == "folder" else book / "chapter 1.txt"
    note = note_path(manuscript, is_folder=kind == "folder")
    window = opened(make_desk(manuscript), qtbot)
    qtbot.wait(50)
    assert not note.exists()
    window.close()
    window = shared(manuscript)
    qtbot.waitUntil(note.exists)
    before = text_of(window)
    window.store.look()
    qtbot.wait(300)
    assert text_of(window) == before
    assert note.name not in text_of(window)
    window.close()
    qtbot.waitUntil(lambda: not note.exists())


def test_what_another_computer_has_open_is_read_only_here(shared, sample):
    write_note(sample, distant_owner(), is_folder=False)
    window = shared(sample)
    assert "is open on another computer (ben on other-computer, since " in window.message_bar.text()
    assert window.page.isReadOnly()
    assert read_note(sample, is_folder=False) is not None, "it is theirs"


def test_an_old_note_of_another_computer_says_how_old_it_is(shared, sample, qtbot):
    write_note(sample, distant_owner(), is_folder=False, now=time.time() - 3 * 3600 - 60)
    window = shared(sample)
    assert "was not closed there (ben on other-computer, last seen 3 hours ago)" in window.message_bar.text()
    press(window, "Open it here all the same")
    assert not window.page.isReadOnly()
    window.store.look()
    assert not window.page.isReadOnly()
    qtbot.waitUntil(lambda: read_note(sample, is_folder=False) is None)


def test_another_computer_that_takes_over_is_heard(shared, sample, qtbot):
    window = shared(sample)
    qtbot.waitUntil(note_path(sample, is_folder=False).exists)
    QTest.keyClicks(window.page, "mine ")
    write_note(sample, distant_owner(), is_folder=False)
    before = sample.read_bytes()
    trigger(window, "save")
    settle(window)
    assert "has taken over" in window.message_bar.text()
    assert sample.read_bytes() == before
    press(window, "Take it back")
    trigger(window, "save")
    settle(window)
    assert sample.read_bytes().startswith(b"mine ")


@pytest.mark.parametrize("age", [0.0, 90.0, STALE_SECONDS + 1, 1e5, 1e9, float("inf"), -1e9, float("nan")])
def test_any_time_in_a_note_makes_a_sentence(sample, age):
    now = time.time()
    write_note(sample, distant_owner(), is_folder=False, now=now - age)
    assert "ben on other-computer" in describe(read_note(sample, is_folder=False), "a.txt", now)
