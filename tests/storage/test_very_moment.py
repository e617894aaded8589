"""What happens to what another program writes between the last look of a save and its rename."""

import sys

import pytest

from editor.errors import FileConflict
from editor.storage.disk import Disk
from editor.storage.files import read_file, save_file
from editor.storage.folders import list_folder

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux can exchange two names")


class Meanwhile(Disk):
    """Another program writes the file after the last look of a save and before its rename."""

    def __init__(self, copies, write):
        super().__init__(copies)
        self._write = write

    def exchange(self, one, other):
        self._write(other)
        return super().exchange(one, other)


@linux
@pytest.mark.parametrize("how", ["in place", "beside"])
def test_what_another_program_writes_in_the_very_moment_of_a_save_is_left_beside_it(tmp_path, how):
    path = tmp_path / "chapter.txt"
    path.write_text("Old.\n")
    stored = read_file(path)

    def write(name):
        new = name if how == "in place" else name.with_name("new")
        new.write_text("Theirs, in the very moment.\n")
        new.replace(name)

    save_file(stored, ["Mine.", ""], disk=Meanwhile(tmp_path / "copies", write))
    assert path.read_text() == "Mine.\n"
    (copy,) = tmp_path.glob("chapter (conflicted copy*).txt")
    assert copy.read_text() == "Theirs, in the very moment.\n"
    assert list_folder(tmp_path).conflicts[0].original == path
    assert sorted(found.name for found in tmp_path.iterdir()) == sorted([copy.name, path.name])


@linux
def test_the_same_words_written_by_another_program_in_that_moment_leave_no_copy(tmp_path):
    path = tmp_path / "chapter.txt"
    path.write_text("Old.\n")
    stored = read_file(path)
    save_file(
        stored, ["Mine.", ""], disk=Meanwhile(tmp_path / "copies", lambda name: name.write_text("Mine.\n"))
    )
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


@linux
def test_a_file_that_goes_in_that_moment_is_a_conflict_and_nothing_is_written(tmp_path):
    path = tmp_path / "chapter.txt"
    path.write_text("Old.\n")
    disk = Meanwhile(tmp_path / "copies", lambda name: name.unlink())
    with pytest.raises(FileConflict):
        save_file(read_file(path), ["Mine.", ""], disk=disk)
    assert list(tmp_path.iterdir()) == []


class CannotExchange(Disk):
    """A file system that cannot exchange names."""

    def exchange(self, one, other):
        return False


def test_a_system_that_cannot_exchange_names_renames(tmp_path):
    path = tmp_path / "chapter.txt"
    path.write_text("Old.\n")
    save_file(read_file(path), ["Mine.", ""], disk=CannotExchange(tmp_path / "copies"))
    assert path.read_text() == "Mine.\n"
    assert [found.name for found in tmp_path.iterdir()] == [path.name]
