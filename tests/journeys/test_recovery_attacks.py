"""What has once been lost or wrongly put back after a crash, and is not any more."""

import os

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.manuscript.edits import Position, TextEdit
from editor.storage.disk import Disk
from editor.ui import recovery
from editor.ui.buffer import ManuscriptBuffer
from tests.journeys.folders import chapter_text, files_in, make_book
from tests.journeys.test_recovery import journals_in, type_at_end


def see_outside(window, qtbot):
    look = window.store.folder_changes if window.store.is_folder else window.outside
    window.store.look()
    look.wait()
    qtbot.waitUntil(lambda: not look._patience.isActive() and not look.is_looking, timeout=5000)
    window.store.look()
    look.wait()
    QApplication.processEvents()


def test_a_file_that_was_deleted_under_a_window_is_there_again_after_a_crash(window, sample, restart, qtbot):
    lines = window.buffer.lines()
    sample.unlink()
    see_outside(window, qtbot)
    assert window.store.is_modified
    again = next(w for w in restart().windows if w.store.is_modified)
    assert again.buffer.lines() == lines


def test_a_chapter_that_was_deleted_under_a_window_is_there_again_after_a_crash(
    make_desk, tmp_path, restart, qtbot
):
    book = make_book(tmp_path / "book")
    window = make_desk(book).windows[0]
    lines = window.buffer.lines()
    (book / "chapter 2.txt").unlink()
    see_outside(window, qtbot)
    assert window.buffer.lines() == lines
    (again,) = restart(book).windows
    assert again.buffer.lines() == lines


def test_unsaved_text_of_a_chapter_goes_into_the_book_that_has_it_open(make_desk, tmp_path, restart):
    book = make_book(tmp_path / "book")
    window = make_desk(book / "chapter 2.txt").windows[0]
    window.page.go_to(Position(0, 0))
    QTest.keyClicks(window.page, "Mine. ")
    type_at_end(window, "Also mine.")
    (again,) = restart(book).windows
    whole = again.buffer.lines()
    assert again.store.path == book
    labels = [file.label for file in again.buffer.manuscript.text.files]
    assert labels == [f"chapter {number}.txt" for number in range(1, 5)]
    files = again.buffer.manuscript.text.files
    assert whole[files[1].first : files[1].end] == window.buffer.lines()
    assert "Chapter 1" in whole


def test_unsaved_text_of_a_folder_is_not_mixed_into_a_file_of_that_name(make_desk, tmp_path, restart):
    book = make_book(tmp_path / "book")
    window = make_desk(book).windows[0]
    type_at_end(window, "Mine.")
    lines = window.buffer.lines()
    book.rename(tmp_path / "elsewhere")
    book.write_text("Something else.")
    desk = restart()
    lost = next(w for w in desk.windows if w.store.is_modified)
    assert lost.store.path is None
    assert lost.buffer.lines() == lines


def test_unsaved_text_of_a_file_is_not_mixed_into_a_folder_of_that_name(window, sample, restart):
    type_at_end(window, "Mine.")
    lines = window.buffer.lines()
    sample.unlink()
    make_book(sample)
    desk = restart()
    lost = next(w for w in desk.windows if w.store.is_modified)
    assert lost.store.path is None
    assert lost.buffer.lines() == lines


def test_a_computer_that_was_given_another_name_still_finds_the_text(window, sample, restart, monkeypatch):
    type_at_end(window, " Mine.")
    monkeypatch.setattr("platform.node", lambda: "other.example")
    (again,) = restart(sample).windows
    assert again.buffer.lines() == window.buffer.lines()


def test_a_journal_that_fails_to_be_put_back_does_not_stop_the_others(make_desk, restart, monkeypatch, qtbot):
    desk = make_desk()
    for text in ("One story.", "Another one."):
        QTest.keyClicks(desk.open_untitled().page, text)
    put_back, tried = recovery.restore, []

    def fail_once(desk, unsaved):
        tried.append(unsaved)
        if len(tried) == 1:
            raise RuntimeError
        put_back(desk, unsaved)

    monkeypatch.setattr(recovery, "restore", fail_once)
    with qtbot.captureExceptions() as told:
        again = restart()
    assert [fault[0] for fault in told] == [RuntimeError]
    assert [w.buffer.lines() for w in again.windows if w.store.is_modified] == [["Another one."]]
    assert len(journals_in(again)) == 2


def test_a_restored_journal_goes_as_soon_as_the_text_is_saved_even_if_the_disk_was_full_at_first(
    window, sample, restart, monkeypatch
):
    type_at_end(window, " Mine.")
    write = os.write

    def fill(self, operation, *arguments):
        if operation is write:
            raise OSError(28, "full")
        return operation(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(Disk, "attempt", fill)
        desk = restart(sample)
    (again,) = desk.windows
    assert again.journal.journal is None
    again.files.save()
    again.files.wait()
    QApplication.processEvents()
    assert journals_in(desk) == []


def test_a_file_read_in_another_encoding_is_read_so_again_after_a_crash(make_desk, tmp_path, restart):
    path = tmp_path / "czech.txt"
    path.write_bytes("Příliš žluťoučký kůň.\n\nÚpěl ďábelské ódy.\n".encode("iso8859_2") * 3)
    window = make_desk(path).windows[0]
    window.files.reopen_as("cp1250")
    type_at_end(window, "Mine.")
    (again,) = restart(path).windows
    assert again.buffer.lines() == window.buffer.lines()


def test_a_chapter_that_appeared_and_was_written_in_comes_back(make_desk, tmp_path, restart, qtbot):
    book = make_book(tmp_path / "book")
    window = make_desk(book).windows[0]
    (book / "chapter 2b.txt").write_text("Chapter 2b\n\nNew.\n")
    type_at_end(window, "Mine.")
    see_outside(window, qtbot)
    files = window.buffer.manuscript.text.files
    window.page.go_to(Position(files[2].first + 1, 0))
    QTest.keyClicks(window.page, "Also mine. ")
    (again,) = restart(book).windows
    assert again.buffer.lines() == window.buffer.lines()


def test_a_long_text_with_many_changes_is_read_to_its_end_before_they_are_put_back(
    make_desk, tmp_path, restart, monkeypatch
):
    path = tmp_path / "long.txt"
    path.write_text("\n\n".join(f"Paragraph {number}, {'word ' * 100}." for number in range(1000)))
    window = make_desk(path).windows[0]
    window.buffer.finish_reading()
    places = [Position(line, 0) for line in range(0, 60, 2)]
    window.buffer.apply([TextEdit(place, place, "New. ") for place in places])
    read_to_end = []
    apply = ManuscriptBuffer.apply

    def see(buffer, edits, **how):
        read_to_end.append(not buffer.is_reading)
        apply(buffer, edits, **how)

    monkeypatch.setattr(ManuscriptBuffer, "apply", see)
    (again,) = restart(path).windows
    assert again.buffer.lines() == window.buffer.lines()
    assert read_to_end == [True]


def test_a_chapter_that_was_away_for_a_while_is_in_the_base_again(make_desk, tmp_path, qtbot):
    book = make_book(tmp_path / "book")
    window = make_desk(book).windows[0]
    path = book / "chapter 2.txt"
    data = path.read_bytes()
    path.unlink()
    see_outside(window, qtbot)
    type_at_end(window, "Mine.")
    assert "\rchapter 2.txt" not in window.journal.journal.base
    path.write_bytes(data)
    see_outside(window, qtbot)
    assert "\rchapter 2.txt" in window.journal.journal.base


@pytest.mark.parametrize("number", [1, 2, 4])
@pytest.mark.parametrize("theirs", [None, "Chapter\n\nTheirs\n"])
def test_a_chapter_that_was_written_anew_leaves_the_rest_of_the_book_as_it_is(
    make_desk, tmp_path, restart, number, theirs
):
    book = make_book(tmp_path / "book")
    path = book / f"chapter {number}.txt"
    window = make_desk(path).windows[0]
    last = window.buffer.document.blockCount() - 1
    end = Position(last, len(window.buffer.lines()[-1]))
    window.buffer.apply([TextEdit(Position(0, 0), end, "All is new.\n\n* * *\n\nAll of it.\n")])
    if theirs is not None:
        path.write_text(theirs)
    (again,) = restart(book).windows
    expected = {f"chapter {each}.txt": chapter_text(each).split("\n") for each in range(1, 5)}
    assert files_in(again) == {**expected, path.name: window.buffer.lines()}
