"""Dated zips of a manuscript: complete, no more than wanted, and nobody else's touched."""

import os
import time
import zipfile
from pathlib import Path

import pytest

from editor.errors import SaveFailed
from editor.storage.backups import back_up, list_backups
from tests.storage.neighbours import dead_owner

NOON = time.mktime((2026, 11, 28, 14, 2, 30, 0, 0, -1))


@pytest.fixture
def book(tmp_path):
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "1.txt").write_bytes(b"\xef\xbb\xbfRain.\r\n\x81\xff")
    (folder / "2.txt").write_text("Snow.\n")
    (folder / "cuts.txt").write_text("Hail.\n")
    (folder / "manuscript.toml").write_text('title = "Weather"\n')
    (folder / ".hidden.txt").write_text("not of the book")
    return folder


@pytest.fixture
def shelf(tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


def contents(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_holds_every_file_of_the_book_byte_for_byte(book, shelf):
    path = back_up(book, shelf, "Weather", 3, NOON)
    assert path.name == "Weather 2026-11-28 14.02.zip"
    expected = ["1.txt", "2.txt", "cuts.txt", "manuscript.toml"]
    assert contents(path) == {name: (book / name).read_bytes() for name in expected}


def test_a_backup_of_one_file_holds_that_file(book, shelf):
    path = back_up(book / "1.txt", shelf, "Rain", 3, NOON)
    assert contents(path) == {"1.txt": (book / "1.txt").read_bytes()}


def test_nothing_is_written_while_nothing_has_changed(book, shelf):
    assert back_up(book, shelf, "Weather", 3, NOON) is not None
    assert back_up(book, shelf, "Weather", 3, NOON + 9999) is None
    (book / "2.txt").rename(book / "3.txt")
    assert back_up(book, shelf, "Weather", 3, NOON + 9999) is not None
    assert len(names(shelf)) == 2


def test_the_newest_stay_also_within_a_minute_and_when_the_clock_goes_back(book, shelf):
    for number in range(6):
        (book / "2.txt").write_text(f"Snow {number}.\n")
        back_up(book, shelf, "Weather", 3, NOON - 86_400 * (number // 3))
    texts = [contents(backup.path)["2.txt"] for backup in list_backups(book, shelf)]
    assert texts == [b"Snow 3.\n", b"Snow 4.\n", b"Snow 5.\n"]
    assert len(names(shelf)) == 3


def test_what_is_not_ours_stays(book, shelf):
    theirs = shelf / "Weather 2020-01-01 10.00.zip"
    with zipfile.ZipFile(theirs, "w") as archive:
        archive.writestr("notes.txt", "mine")
    (shelf / "Weather 2020-01-01 10.01.zip").write_bytes(b"no zip")
    (shelf / "Weather 2020-01-01 10.02.zip").mkdir()
    (shelf / "letter.txt").write_text("x")
    before = names(shelf)
    other = book / "1.txt"
    back_up(other, shelf, "Weather", 1, NOON - 86_400)
    for number in range(3):
        (book / "2.txt").write_text(f"Snow {number}.\n")
        back_up(book, shelf, "Weather", 1, NOON)
    assert set(before) < set(names(shelf))
    assert len(list_backups(other, shelf)) == 1
    assert len(names(shelf)) == len(before) + 2


def test_a_name_that_is_taken_is_not_overwritten(book, shelf):
    there = shelf / "Weather 2026-11-28 14.02.zip"
    there.write_bytes(b"something")
    assert back_up(book, shelf, "Weather", 1, NOON).name == "Weather 2026-11-28 14.02 (2).zip"
    assert there.read_bytes() == b"something"


@pytest.mark.parametrize(
    "title",
    [
        "",
        ".",
        "..",
        "CON",
        "com1.txt",
        'a/b\\c:d*e?f"g<h>i|j',
        "x" * 500,
        "я" * 300,
        "new\nline\0",
        "\udcff",
        " . ",
        "-",
    ],
)
def test_no_title_makes_a_name_that_a_system_refuses(book, shelf, title):
    path = back_up(book, shelf, title, 3, NOON)
    assert path.parent == shelf
    assert path.name.endswith(" 2026-11-28 14.02.zip")
    assert not set(path.name) & set('<>:"/\\|?*\0\n')
    assert len(os.fsencode(path.name)) < 200
    assert path.name.encode("utf-8")
    assert path.name[0] not in " .-"
    assert path.name.split(" ")[0].split(".")[0].upper() not in {"CON", "COM1"}
    assert len(list_backups(book, shelf)) == 1


def test_a_link_to_nothing_and_a_second_name_are_no_reason_to_make_no_backup(book, shelf):
    (book / "3.txt").symlink_to("nowhere.txt")
    (book / "4.txt").symlink_to("1.txt")
    assert set(contents(back_up(book, shelf, "Weather", 3, NOON))) == {
        "1.txt",
        "2.txt",
        "cuts.txt",
        "manuscript.toml",
    }


def test_a_chapter_that_cannot_be_looked_at_is_not_left_out(book, shelf):
    (book / "3.txt").symlink_to("3.txt")
    with pytest.raises(SaveFailed, match=r"3\.txt|links lead in a circle"):
        back_up(book, shelf, "Weather", 3, NOON)


def test_file_names_that_are_no_text_are_all_in_the_backup(book, shelf):
    for name in (b"\xff.txt", b"\xfe.txt"):
        (book / os.fsdecode(name)).write_bytes(name)
    found = contents(back_up(book, shelf, "Weather", 3, NOON))
    assert {b"\xff.txt", b"\xfe.txt"} <= set(found.values())


def test_a_folder_that_is_not_there_is_told_and_not_made(book, shelf):
    with pytest.raises(SaveFailed, match="No backup of “book” was made"):
        back_up(book, shelf / "unplugged", "Weather", 3, NOON)
    assert names(shelf) == []


@pytest.mark.parametrize("name", ["relative", "/nul\0", "/lone \ud800", "/" + "long" * 9000])
def test_a_folder_that_no_system_can_have_is_told(book, name):
    with pytest.raises(SaveFailed, match="No backup of “book” was made"):
        back_up(book, Path(name), "Weather", 3, NOON)


def test_a_chapter_that_cannot_be_read_is_told_and_no_backup_lacks_it(book, shelf):
    path = back_up(book / "1.txt", shelf, "Rain", 3, NOON)
    assert path is not None
    (book / "1.txt").unlink()
    with pytest.raises(SaveFailed, match=r"1\.txt"):
        back_up(book / "1.txt", shelf, "Rain", 3, NOON)
    assert path.exists()


def test_what_a_killed_program_left_of_a_backup_goes_the_next_time(book, shelf):
    left = shelf / f".Weather 2026-11-28 14.02.zip.{dead_owner().process}-0123abcd.tmp~"
    writing = shelf / f".Weather 2026-11-28 14.02.zip.{os.getppid()}-0123abcd.tmp~"
    foreign = shelf / f".letter.txt.{dead_owner().process}-0123abcd.tmp~"
    for path in (left, writing, foreign):
        path.write_bytes(b"half")
    back_up(book, shelf, "Weather", 3, NOON)
    assert not left.exists()
    assert writing.exists()
    assert foreign.exists()
