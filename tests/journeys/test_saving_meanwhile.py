"""Writing, undoing and other programs go on while a save is under way: what is in no file counts as unsaved."""

import threading
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtTest import QTest

from editor.manuscript.edits import Position, TextEdit
from editor.manuscript.manuscript import Manuscript
from editor.storage.files import read_file, save_as
from editor.ui import file_controller
from editor.ui.jobs import Job
from tests.journeys.conftest import opened
from tests.journeys.test_outside_changes import (
    first_words,
    look,
    press,
    replace,
    write_in_the_first_paragraph,
)
from tests.journeys.test_writing import settle, trigger


@contextmanager
def slow_disk():
    """Let no job begin before the end of the block."""
    pool = QThreadPool.globalInstance()
    most, go_on = pool.maxThreadCount(), threading.Event()
    pool.setMaxThreadCount(1)
    Job(lambda _job: go_on.wait()).start()
    try:
        yield
    finally:
        pool.setMaxThreadCount(most)
        go_on.set()


def write(window, text):
    window.page.go_to(Position(0, 0))
    QTest.keyClicks(window.page, text)


def kept_versions(folders):
    return [path.read_bytes() for path in folders.kept.rglob("*") if path.is_file()]


def undo_all(window):
    while window.buffer.document.isUndoAvailable():
        trigger(window, "undo")


def on_disk(path):
    return path.read_bytes().decode().split("\n")


def test_what_is_undone_while_it_is_saved_counts_as_unsaved(window, sample):
    write(window, "+")
    with slow_disk():
        trigger(window, "save")
        undo_all(window)
    settle(window)
    assert on_disk(sample)[0].startswith("+")
    assert window.isWindowModified()


def test_undoing_everything_after_writing_on_during_a_save_counts_as_unsaved(window, sample):
    write(window, "+")
    with slow_disk():
        trigger(window, "save")
        QTest.keyClicks(window.page, "more")
    settle(window)
    undo_all(window)
    assert on_disk(sample) != window.buffer.lines()
    assert window.isWindowModified()


def test_undoing_everything_after_keeping_mine_counts_as_unsaved(window, sample):
    words = first_words(window).encode()
    write_in_the_first_paragraph(window)
    replace(sample, words, words + b" And theirs.")
    look(window)
    press(window, "Keep mine")
    undo_all(window)
    assert on_disk(sample) != window.buffer.lines()
    assert window.isWindowModified()


def test_undoing_everything_after_the_file_has_gone_counts_as_unsaved(window, sample, qtbot):
    write(window, "+")
    sample.unlink()
    look(window)
    qtbot.waitUntil(lambda: window.outside._is_told_gone, timeout=5000)
    undo_all(window)
    assert window.isWindowModified()


def test_saving_under_the_own_name_keeps_what_another_program_wrote_there(window, sample, folders):
    write(window, "+")
    words = first_words(window).encode()
    replace(sample, words, words + b" And theirs.")
    theirs = sample.read_bytes()
    window.files._ask_path = lambda _parent, _suggestion: str(sample)
    assert window.files.save_elsewhere()
    assert on_disk(sample) == window.buffer.lines()
    assert theirs in kept_versions(folders)


def test_a_file_that_was_agreed_to_be_utf8_is_read_as_utf8_from_then_on(make_desk, tmp_path, qtbot):
    chapter = tmp_path / "chapter.txt"
    chapter.write_bytes("Caf\xe9 au lait.\n".encode("cp1252"))
    window = opened(make_desk(chapter), qtbot)
    window.files.reopen_as("cp1252")
    window.buffer.apply([TextEdit(Position(0, 0), Position(0, 0), "\u2192")])
    trigger(window, "save")
    settle(window)
    press(window, "Save as UTF-8")
    assert chapter.read_text("utf-8") == "\u2192Caf\xe9 au lait.\n"
    replace(chapter, b"lait", b"soleil")
    look(window)
    assert window.buffer.lines() == ["\u2192Caf\xe9 au soleil.", ""]


def test_a_change_by_another_program_during_a_save_is_seen_after_it(window, sample):
    write(window, "+")
    with slow_disk():
        trigger(window, "save")
        window.outside.look()
    window.files._saving._done.wait()
    words = first_words(window).encode()
    replace(sample, words, words + b" And theirs.")
    settle(window)
    settle(window)
    assert "And theirs." in "\n".join(window.buffer.lines())


class Broken(Manuscript):
    """A manuscript that cannot follow a change, as after a fault of the program."""

    def replace_lines(self, first, count, lines):
        self.text.lines.pop()
        raise ZeroDivisionError


def test_a_fault_of_the_program_does_not_part_the_saved_text_from_the_page(window, sample, qtbot):
    text = sample.read_bytes()
    window.buffer.manuscript.__class__ = Broken
    with qtbot.captureExceptions() as exceptions:
        write(window, "+")
    assert [kind for kind, _error, _trace in exceptions] == [ZeroDivisionError]
    QTest.keyClicks(window.page, "=")
    trigger(window, "save")
    settle(window)
    assert sample.read_bytes() == b"+=" + text


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_a_line_end_that_is_pasted_into_the_replacement_ends_a_line(window, sample, end):
    write(window, "quokka ")
    window.search.open(replaces=True)
    window.search._search("quokka", False, False)
    window.search.replace_all(f"one{end}two")
    assert window.buffer.lines()[0] == "one"
    trigger(window, "save")
    settle(window)
    assert on_disk(sample) == window.buffer.lines()


def test_a_chapter_that_begins_with_a_byte_order_mark_can_stand_first(make_desk, tmp_path, qtbot):
    book = tmp_path / "joined.txt"
    book.write_bytes("One.\n\n\ufeffTwo.\n".encode())
    window = opened(make_desk(book), qtbot)
    window.buffer.apply([TextEdit(Position(0, 0), Position(2, 0), "")])
    assert window.buffer.lines() == ["\ufeffTwo.", ""]
    trigger(window, "save")
    settle(window)
    assert not window.isWindowModified()
    assert read_file(book).decoded.lines == ["\ufeffTwo.", ""]


def test_a_save_under_another_name_is_written_off_the_window_s_thread(
    make_desk, sample, tmp_path, monkeypatch
):
    window = make_desk(sample).windows[0]
    threads = []

    def noted(*arguments, **choices):
        threads.append(threading.get_ident())
        return save_as(*arguments, **choices)

    monkeypatch.setattr(file_controller, "save_as", noted)
    window.files._ask_path = lambda *_: str(tmp_path / "other.txt")
    QTest.keyClicks(window.page, "Begun. ")
    assert window.store.save_elsewhere()
    assert threads
    assert threading.get_ident() not in threads
    assert window.store.path == tmp_path / "other.txt"
    assert (tmp_path / "other.txt").read_text() == "\n".join(window.buffer.lines())
    assert not window.store.is_modified
