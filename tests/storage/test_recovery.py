"""What the next start makes of a save in place that was cut off."""

import os

import pytest

from editor.storage.disk import Disk
from editor.storage.files import read_file, save_file
from editor.storage.kept import list_kept
from editor.storage.recovery import finish_interrupted_saves

OLD, NEW = b"The old text, long enough.", b"The new text."


class Crash(BaseException):
    """The machine stops."""


class CrashingDisk(Disk):
    """Stops when a file is about to be cut to its new length: all is written, but the old end is still there."""

    def cut(self, descriptor, size):
        raise Crash


@pytest.fixture
def disk(tmp_path):
    return Disk(tmp_path / "copies")


@pytest.fixture
def chapter(tmp_path, disk):
    """A chapter whose save was cut off."""
    path = tmp_path / "chapter.txt"
    path.write_bytes(OLD)
    os.link(path, tmp_path / "same.txt")
    with pytest.raises(Crash):
        save_file(read_file(path), [NEW.decode()], disk=CrashingDisk(disk.copies))
    assert path.read_bytes() == NEW + OLD[len(NEW) :]
    return path


def finish(disk, tmp_path):
    return [str(found.outcome) for found in finish_interrupted_saves(tmp_path / "kept", disk=disk)]


def test_a_mixture_becomes_the_new_text(chapter, disk, tmp_path):
    assert finish(disk, tmp_path) == ["finished"]
    assert chapter.read_bytes() == (tmp_path / "same.txt").read_bytes() == NEW
    assert finish(disk, tmp_path) == []


@pytest.mark.parametrize(
    "mixture", [OLD[:4] + NEW[4:8] + OLD[8:], NEW[:5] + OLD[5:], OLD[:9] + NEW[9:] + OLD[len(NEW) :]]
)
def test_any_mixture_of_the_two_is_recognised(chapter, disk, tmp_path, mixture):
    chapter.write_bytes(mixture)
    assert finish(disk, tmp_path) == ["finished"]
    assert chapter.read_bytes() == NEW


def test_a_file_that_somebody_wrote_since_is_left_alone_and_the_text_is_kept(chapter, disk, tmp_path):
    chapter.write_bytes(b"Something quite different.")
    assert finish(disk, tmp_path) == ["otherwise"]
    assert chapter.read_bytes() == b"Something quite different."
    assert [version.path.read_bytes() for version in list_kept(tmp_path / "kept", chapter)] == [NEW]


def test_a_file_that_is_gone_leaves_the_text_among_the_kept_versions(chapter, disk, tmp_path):
    chapter.unlink()
    assert finish(disk, tmp_path) == ["otherwise"]
    assert not chapter.exists()
    assert [version.path.read_bytes() for version in list_kept(tmp_path / "kept", chapter)] == [NEW]


def test_a_text_that_never_reached_the_file_is_kept(chapter, disk, tmp_path):
    chapter.write_bytes(OLD)
    assert finish(disk, tmp_path) == ["untouched"]
    assert chapter.read_bytes() == OLD
    assert [version.path.read_bytes() for version in list_kept(tmp_path / "kept", chapter)] == [NEW]


def test_what_cannot_be_finished_now_stays_for_the_next_start(chapter, disk, tmp_path):
    chapter.rename(tmp_path / "away.txt")
    chapter.mkdir()
    assert finish(disk, tmp_path) == ["unfinished"]
    chapter.rmdir()
    (tmp_path / "away.txt").rename(chapter)
    assert finish(disk, tmp_path) == ["finished"]


def test_broken_copies_stop_nothing(chapter, disk, tmp_path):
    (copy,) = disk.copies.iterdir()
    whole = copy.read_bytes()
    for size in range(len(whole)):
        copy.write_bytes(whole[:size])
        assert finish(disk, tmp_path) == []
        assert not copy.exists()
    for junk in (b"[]\n", b"null\n", b'{"path": 3, "old": [1, 2], "new": [3, 4]}\n', b"\xff\xfe\n", b""):
        copy.write_bytes(junk)
        assert finish(disk, tmp_path) == []
    (disk.copies / "folder.rewrite").mkdir()
    assert finish(disk, tmp_path) == []
