"""The program remembers where the writer was."""

import os

import pytest

from editor.manuscript.edits import Position
from editor.storage.files import read_file, save_file
from tests.journeys.conftest import opened
from tests.journeys.test_writing import titles, trigger
from tests.storage.test_recovery import Crash, CrashingDisk


def test_the_first_start_shows_the_text_that_teaches(make_desk, qtbot):
    window = opened(make_desk(), qtbot)
    assert window.files.path is None
    assert len(titles(window)) > 3


def test_the_next_start_opens_the_same_file_at_the_same_place(make_desk, qtbot, sample):
    desk = make_desk(sample)
    window = opened(desk, qtbot)
    window.page.go_to(Position(9, 0))
    trigger(window, "quit")
    assert desk.windows == ()
    again = opened(make_desk(), qtbot)
    assert again.files.path == sample
    assert again.page.caret_position() == Position(9, 0)


def test_opening_a_file_that_is_open_raises_its_window(make_desk, qtbot, sample):
    desk = make_desk(sample)
    window = opened(desk, qtbot)
    assert desk.open_path(sample, 5) is window
    assert window.page.caret_position().line == 4
    assert len(desk.windows) == 1


def test_a_second_file_opens_a_second_window_and_an_unused_one_is_used(make_desk, qtbot, sample, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("Chapter 1\n\nRain.\n")
    desk = make_desk(sample)
    opened(desk, qtbot)
    assert desk.open_path(other) is not desk.windows[0]
    unused = desk.open_untitled()
    third = tmp_path / "third.txt"
    third.write_text("Snow.\n")
    assert desk.open_path(third) is unused


def test_opened_files_are_recent_files(make_desk, qtbot, sample):
    desk = make_desk(sample)
    opened(desk, qtbot)
    assert desk.session.recent[0] == str(sample)


def test_a_save_that_a_crash_cut_off_is_finished_at_the_next_start_and_told(make_desk, qtbot, tmp_path):
    path = tmp_path / "linked.txt"
    old, new = b"The old text, long enough.\n", b"The new text.\n"
    path.write_bytes(old)
    os.link(path, tmp_path / "other-name.txt")
    with pytest.raises(Crash):
        save_file(read_file(path), new.decode().split("\n"), disk=CrashingDisk())
    assert path.read_bytes() not in (old, new), "the crash was to leave a mixture"
    window = opened(make_desk(path), qtbot)
    assert path.read_bytes() == new
    assert "\n".join(window.buffer.lines()).encode() == new
    assert "linked.txt" in window.message_bar.text()
