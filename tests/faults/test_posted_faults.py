"""What was posted, on a disk that fails: the old or the new, never less, and it is told."""

import contextlib

import pytest

from editor.errors import DinkusError
from editor.manuscript.posted_chapters import How, Posted, PostedChapter
from editor.storage.posted import PostedFile
from tests.faults.faulty_disk import FAULTS, FaultyDisk, Killed

CHAPTER = PostedChapter("One", "aa", "bb", "2026-11-03T10:00:00Z", How.FILE)
BEFORE = Posted({"ao3": (CHAPTER,)})
AFTER = Posted({"ao3": (CHAPTER, CHAPTER), "mail": (CHAPTER,)}, frozenset({"mail"}))


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
@pytest.mark.parametrize("has_file", [True, False])
def test_what_is_there_is_old_or_new_whatever_goes_wrong(tmp_path, has_file, fault):
    for fail_at in range(1, 200):
        folder, book = tmp_path / str(fail_at), tmp_path / "book.txt"
        if has_file:
            PostedFile(folder, book).change(lambda _: BEFORE)
        with FaultyDisk(tmp_path / "copies", fail_at, fault) as disk:
            found = PostedFile(folder, book, disk, patience=0)
            try:
                is_written = found.change(lambda _: AFTER) == AFTER
            except (DinkusError, Killed):
                is_written = False
        after = PostedFile(folder, book)
        assert after.read() in ([AFTER] if is_written else [BEFORE if has_file else Posted(), AFTER])
        assert after.problems == found.problems == []
        assert after.change(lambda _: AFTER) == AFTER
        if not disk.has_failed:
            assert is_written
            break
    else:
        pytest.fail("there was always one more operation")
    assert fail_at > 5


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
def test_a_broken_file_is_never_lost_whatever_goes_wrong(tmp_path, fault):
    for fail_at in range(1, 60):
        folder, book = tmp_path / str(fail_at), tmp_path / "book.txt"
        path = PostedFile(folder, book).path
        folder.mkdir()
        path.write_bytes(b"broken")
        with (
            FaultyDisk(tmp_path / "copies", fail_at, fault) as disk,
            contextlib.suppress(DinkusError, Killed),
        ):
            assert PostedFile(folder, book, disk, patience=0).change(lambda _: AFTER) == AFTER
        assert b"broken" in [file.read_bytes() for file in folder.iterdir()]
        if not disk.has_failed:
            break
    else:
        pytest.fail("there was always one more operation")
