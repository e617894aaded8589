"""A folder of exported files: all of it or none, and nothing else of the folder touched."""

import contextlib
import errno

import pytest

from editor.errors import FileConflict, SaveFailed
from editor.storage.disk import Disk
from editor.storage.export_folder import write_export_folder
from tests.faults.faulty_disk import Error, FaultyDisk

FILES = {"1 One.txt": b"Rain.\n", "2 Zwei \u00e4.txt": b"Dry.\n", "3.txt": b""}
FAULTS = [Error(errno.ENOSPC), Error(errno.EIO), Error(errno.EACCES), Error(errno.EIO, lasts=True)]


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_folder_that_is_not_there_is_made(tmp_path):
    write_export_folder(tmp_path / "story", FILES)
    assert contents(tmp_path / "story") == FILES
    assert [path.name for path in tmp_path.iterdir()] == ["story"]


def test_other_files_of_a_folder_stay(tmp_path):
    (tmp_path / "mine.txt").write_bytes(b"mine")
    write_export_folder(tmp_path, FILES)
    assert contents(tmp_path) == {**FILES, "mine.txt": b"mine"}


def test_a_file_that_is_there_is_replaced_only_if_that_is_agreed(tmp_path):
    (tmp_path / "1 ONE.txt").write_bytes(b"precious")
    with pytest.raises(FileConflict, match=r"1 One\.txt.* is already there"):
        write_export_folder(tmp_path, FILES)
    assert contents(tmp_path) == {"1 ONE.txt": b"precious"}
    (tmp_path / "1 ONE.txt").rename(tmp_path / "1 One.txt")
    write_export_folder(tmp_path, FILES, overwrite=True)
    assert contents(tmp_path) == FILES


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "story").write_bytes(b"precious")
    with pytest.raises(FileConflict, match="is not a folder"):
        write_export_folder(tmp_path / "story", FILES, overwrite=True)
    assert (tmp_path / "story").read_bytes() == b"precious"


def test_a_folder_in_a_folder_that_is_not_there_is_refused_in_words(tmp_path):
    with pytest.raises(SaveFailed, match="story"):
        write_export_folder(tmp_path / "none" / "story", FILES)


def count_operations(tmp_path, target, **options):
    with FaultyDisk(tmp_path / "copies", 0, Error(errno.EIO)) as disk:
        write_export_folder(target, FILES, disk=disk, **options)
        return disk.count


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
def test_whatever_fails_a_new_folder_is_whole_or_not_there(tmp_path, fault):
    count = count_operations(tmp_path, tmp_path / "first")
    assert count > 10
    for number in range(1, count + 1):
        target = tmp_path / f"story {number}"
        with FaultyDisk(tmp_path / "copies", number, fault) as disk:
            try:
                write_export_folder(target, FILES, disk=disk)
            except SaveFailed:
                pass
            else:
                assert not disk.has_failed
        if target.exists():
            assert contents(target) == FILES


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
def test_whatever_fails_in_a_folder_each_file_is_the_old_or_the_new_one(tmp_path, fault):
    old = dict.fromkeys(FILES, b"old")
    (tmp_path / "first").mkdir()
    count = count_operations(tmp_path, tmp_path / "first", overwrite=True)
    for number in range(1, count + 1):
        target = tmp_path / f"story {number}"
        target.mkdir()
        for name, data in old.items():
            (target / name).write_bytes(data)
        with FaultyDisk(tmp_path / "copies", number, fault) as disk, contextlib.suppress(SaveFailed):
            write_export_folder(target, FILES, overwrite=True, disk=disk)
        now = {path.name: path.read_bytes() for path in target.iterdir() if path.is_file()}
        assert now.keys() == FILES.keys()
        assert all(now[name] in (b"old", FILES[name]) for name in FILES)


def test_the_disk_is_that_of_this_machine_by_default(tmp_path):
    write_export_folder(tmp_path / "story", FILES, disk=Disk(tmp_path / "copies"))
    assert contents(tmp_path / "story") == FILES
