"""Whatever operation of a save goes wrong, in whatever way: the file is the old text or the new one, and the writer is told.

The loop of these tests: spoil the first operation, then the second, and so on, until a run has no operation left to spoil.
"""

import os
import re
from pathlib import Path

import pytest

from editor.errors import SaveFailed
from editor.storage.disk import Disk
from editor.storage.files import read_file, save_as, save_file, write_export
from editor.storage.kept import keep_version, list_kept
from editor.storage.recovery import finish_interrupted_saves
from tests.faults.faulty_disk import FAULTS, Fault, FaultyDisk, Killed

OLD = ["It was night.", "", "* * *", "", "It was day.", ""]
NEW = ["It was night, and long.", "", "* * *", "", "It was day.", "And then it rained.", ""]
OLD_BYTES = "\r\n".join(OLD).encode()
NEW_BYTES = "\r\n".join(NEW).encode()


class Desk:
    """A folder with a chapter in it, and beside it the folder for copies."""

    def __init__(self, folder):
        self.folder = folder / "book"
        self.copies = folder / "copies"
        self.folder.mkdir(parents=True)
        self.chapter = self.folder / "chapter.txt"
        self.chapter.write_bytes(OLD_BYTES)
        self.chapter.chmod(0o640)
        self.path = self.chapter

    def names(self):
        return sorted(path.name for path in self.folder.iterdir())

    def content(self):
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return None


class HardLinked(Desk):
    """The chapter has a second name."""

    def __init__(self, folder):
        super().__init__(folder)
        os.link(self.chapter, self.folder / "same.txt")


class SymbolicLink(Desk):
    """The chapter is opened through a link."""

    def __init__(self, folder):
        super().__init__(folder)
        self.path = self.folder / "link.txt"
        self.path.symlink_to("chapter.txt")


def save_chapter(desk, disk):
    return save_file(read_file(desk.path), NEW, disk=disk)


def save_after_it_vanished(desk, disk):
    stored = read_file(desk.path)
    desk.path.unlink()
    return save_file(stored, NEW, disk=disk)


def save_over(desk, disk):
    return save_as(desk.path, NEW, read_file(desk.path).decoded, overwrite=True, disk=disk)


def save_new(desk, disk):
    desk.path = desk.folder / "new.txt"
    return save_as(desk.path, NEW, read_file(desk.chapter).decoded, disk=disk)


def export_new(desk, disk):
    desk.path = desk.folder / "book.html"
    return write_export(desk.path, NEW_BYTES, disk=disk)


def export_over(desk, disk):
    return write_export(desk.path, NEW_BYTES, overwrite=True, disk=disk)


SAVES = [
    (Desk, save_chapter),
    (HardLinked, save_chapter),
    (SymbolicLink, save_chapter),
    (Desk, save_after_it_vanished),
    (Desk, save_over),
    (Desk, save_new),
    (Desk, export_new),
    (Desk, export_over),
    (HardLinked, export_over),
]


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
@pytest.mark.parametrize("make_desk, save", SAVES, ids=lambda part: part.__name__)
def test_the_file_is_the_old_or_the_new_text_whatever_goes_wrong(tmp_path, make_desk, save, fault):
    for fail_at in range(1, 200):
        desk = make_desk(tmp_path / str(fail_at))
        with FaultyDisk(desk.copies, fail_at, fault) as disk:
            outcome = run(save, desk, disk)
        if outcome not in {"saved", "killed"}:
            assert desk.path.name in outcome
            assert re.search(r"safe in the editor|as it was", outcome)
        restart(desk)
        assert desk.content() in ({NEW_BYTES} if outcome == "saved" else {OLD_BYTES, NEW_BYTES, None}), (
            fail_at
        )
        assert desk.content() is not None or save in {save_after_it_vanished, save_new, export_new}
        assert_links_and_mode_are_kept(desk)
        assert_the_next_save_works_and_leaves_nothing_behind(desk)
        if not disk.has_failed:
            assert outcome == "saved"
            break
    else:
        pytest.fail("there was always one more operation")
    assert fail_at > 5


def run(save, desk, disk):
    """Return "saved", "killed", or what the writer is told."""
    try:
        save(desk, disk)
    except Killed:
        return "killed"
    except SaveFailed as error:
        return str(error)
    return "saved"


def restart(desk):
    finish_interrupted_saves(desk.copies.with_name("kept"), disk=Disk(desk.copies))
    assert not desk.copies.exists() or list(desk.copies.iterdir()) == []


def assert_links_and_mode_are_kept(desk):
    if isinstance(desk, HardLinked):
        assert desk.chapter.stat().st_nlink == 2
        assert (desk.folder / "same.txt").read_bytes() == desk.chapter.read_bytes()
    if isinstance(desk, SymbolicLink):
        assert desk.path.readlink() == Path("chapter.txt")
    if desk.chapter.exists() and desk.path == desk.chapter and desk.chapter.read_bytes() == OLD_BYTES:
        assert desk.chapter.stat().st_mode & 0o777 == 0o640


def assert_the_next_save_works_and_leaves_nothing_behind(desk):
    newest = [*NEW, "The end."]
    disk = Disk(desk.copies)
    if desk.path.exists():
        save_file(read_file(desk.path), newest, disk=disk)
    else:
        save_as(
            desk.path, newest, read_file(desk.chapter).decoded if desk.chapter.exists() else None, disk=disk
        )
    assert read_file(desk.path).decoded.lines == newest
    assert [name for name in desk.names() if name.endswith("~")] == []
    assert not desk.copies.exists() or list(desk.copies.iterdir()) == []


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
def test_a_fault_while_finishing_an_interrupted_save_is_mended_by_the_next_start(tmp_path, fault):
    torn = NEW_BYTES[:40] + OLD_BYTES[40:]
    for fail_at in range(1, 100):
        desk = HardLinked(tmp_path / str(fail_at))
        interrupt_a_rewrite(desk)
        assert desk.content() == torn
        with FaultyDisk(desk.copies, fail_at, fault) as disk:
            try:
                found = finish_interrupted_saves(tmp_path / "kept", disk=disk)
                assert desk.content() == NEW_BYTES or disk.has_failed
                assert [interrupted.outcome for interrupted in found] == ["finished"] or disk.has_failed
            except Killed:
                assert disk.has_failed
        restart(desk)
        assert desk.content() == NEW_BYTES
        if not disk.has_failed:
            break
    else:
        pytest.fail("there was always one more operation")


def interrupt_a_rewrite(desk):
    """Kill a save in place when the chapter is half written."""

    class KilledInPlace(FaultyDisk):
        def attempt(self, operation, *arguments):
            if operation is os.write and self.copies.exists() and list(self.copies.iterdir()):
                descriptor, data = arguments
                if bytes(data) == NEW_BYTES:
                    super().attempt(os.write, descriptor, data[:40])
                    self.die()
            return super().attempt(operation, *arguments)

    with KilledInPlace(desk.copies, 0, Fault()) as disk, pytest.raises(Killed):
        save_chapter(desk, disk)


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
def test_a_kept_version_is_whole_or_not_there(tmp_path, fault):
    for fail_at in range(1, 200):
        folder = tmp_path / str(fail_at)
        keep_version(folder, tmp_path / "a.txt", b"earlier", "mine", 0.0)
        with FaultyDisk(tmp_path / "copies", fail_at, fault) as disk:
            try:
                keep_version(folder, tmp_path / "a.txt", NEW_BYTES, "theirs", 0.0, disk=disk)
                is_kept = True
            except Killed:
                is_kept = False
            except SaveFailed:
                is_kept = False
        texts = [version.path.read_bytes() for version in list_kept(folder, tmp_path / "a.txt")]
        assert texts == [b"earlier", NEW_BYTES] or (not is_kept and texts == [b"earlier"])
        if not disk.has_failed:
            assert is_kept
            break
    else:
        pytest.fail("there was always one more operation")
