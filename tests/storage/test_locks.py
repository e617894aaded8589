"""Who has a manuscript: one program at a time, and never a dead one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from editor.storage.disk import Disk
from editor.storage.locks import LockFolder, new_door
from tests.storage.neighbours import dead_owner, distant_owner, lock_for, replaced_owner, running_owner

TAKE = """
import pathlib, sys
from editor.storage.locks import LockFolder
sys.stdin.readline()
taking = LockFolder(pathlib.Path(sys.argv[1])).take(pathlib.Path(sys.argv[2]))
print("taken" if taking.lock else "refused" if taking.holder else "failed", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "state" / "locks"


@pytest.fixture
def locks(folder) -> LockFolder:
    return LockFolder(folder, "the door")


@pytest.fixture
def chapter(tmp_path) -> Path:
    path = tmp_path / "book" / "chapter.txt"
    path.parent.mkdir()
    path.write_text("Rain.\n")
    return path


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != "guard")


def test_a_manuscript_that_nobody_has_is_taken_and_given_back(locks, folder, chapter):
    taking = locks.take(chapter)
    assert taking.lock is not None
    assert taking.told == ()
    assert len(names(folder)) == 1
    assert locks.look(taking.lock).lock == taking.lock
    locks.release(taking.lock)
    assert names(folder) == []


def test_a_manuscript_that_another_program_has_is_refused_and_its_owner_named(locks, folder, chapter):
    owner = running_owner()
    lock_for(folder, chapter, owner, door="their door")
    taking = locks.take(chapter)
    assert taking.lock is None
    assert taking.holder.owner == owner
    assert locks.find(chapter).door == "their door"


def test_a_link_to_a_manuscript_is_the_same_manuscript(locks, folder, chapter):
    link = chapter.with_name("link.txt")
    link.symlink_to(chapter)
    lock_for(folder, chapter, running_owner())
    assert locks.take(link).holder is not None


def test_a_lock_of_another_computer_counts_as_held(locks, folder, chapter):
    lock_for(folder, chapter, distant_owner())
    assert locks.take(chapter).holder.owner.host == "other-computer"
    assert locks.find(chapter) is None, "it cannot be asked"


@pytest.mark.parametrize("owner", [dead_owner, replaced_owner])
def test_a_lock_whose_program_has_ended_is_taken_without_a_word(locks, folder, chapter, owner):
    file = lock_for(folder, chapter, owner())
    assert locks.find(chapter) is None
    taking = locks.take(chapter)
    assert taking.lock.file == file
    assert taking.told == ()
    assert names(folder) == [file.name]


def test_a_file_is_held_with_the_folder_it_lies_in_and_the_other_way_round(locks, folder, chapter):
    file = lock_for(folder, chapter.parent, running_owner(), is_folder=True)
    assert locks.take(chapter).holder.is_folder
    file.unlink()
    lock_for(folder, chapter, running_owner())
    assert locks.take(chapter.parent, is_folder=True).holder.manuscript == chapter
    assert locks.take(chapter.parent.parent, is_folder=True).lock is not None


def test_a_second_window_of_this_program_is_not_in_its_own_way(locks, chapter):
    first = locks.take(chapter).lock
    second = locks.take(chapter).lock
    assert second is not None
    locks.release(first)
    assert locks.look(second).lock == second


def test_whoever_lost_a_lock_hears_who_took_it(locks, folder, chapter):
    mine = locks.take(chapter).lock
    owner = running_owner()
    lock_for(folder, chapter, owner)
    assert locks.look(mine).holder.owner == owner
    locks.release(mine)
    assert len(names(folder)) == 1, "it is theirs"


def test_a_lock_that_is_taken_over_is_ours(locks, folder, chapter):
    lock_for(folder, chapter, running_owner())
    taking = locks.take(chapter, takes_over=True)
    assert taking.lock is not None
    assert locks.look(taking.lock).lock == taking.lock


def test_taking_over_a_file_takes_its_folder_from_the_other_one_too(locks, folder, chapter):
    theirs = lock_for(folder, chapter.parent, running_owner(), is_folder=True)
    assert locks.take(chapter, takes_over=True).lock is not None
    assert not theirs.exists()


def test_a_lock_that_somebody_removed_is_made_again(locks, folder, chapter):
    mine = locks.take(chapter).lock
    mine.file.unlink()
    again = locks.look(mine).lock
    assert again is not None
    assert again.file.exists()


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 300, b"[]", b"{}", b'{"owner": 7}', b"\xff\xfe", b'{"a":' * 5000, b"[" * 200_000]
)
def test_a_broken_lock_is_set_aside_and_told_and_in_nobodys_way(locks, folder, chapter, data):
    file = lock_for(folder, chapter, running_owner())
    file.write_bytes(data)
    taking = locks.take(chapter)
    assert taking.lock is not None
    assert len(taking.told) == 1
    assert "Your texts are not affected" in taking.told[0]
    assert file.with_name(f"{file.name}.broken").read_bytes() == data
    assert locks.take(chapter).told == ()


def test_a_folder_in_the_place_of_a_lock_is_set_aside(locks, folder, chapter):
    file = lock_for(folder, chapter, running_owner())
    file.unlink()
    file.mkdir()
    assert locks.take(chapter).lock is not None
    assert file.with_name(f"{file.name}.broken").is_dir()


def test_a_lock_of_a_hundred_megabytes_is_set_aside_unread(locks, folder, chapter):
    file = lock_for(folder, chapter, running_owner())
    os.truncate(file, 100 * 1024 * 1024)
    taking = locks.take(chapter)
    assert taking.lock is not None
    assert len(taking.told) == 1


def test_without_a_state_folder_there_is_no_lock_and_no_harm(tmp_path, chapter):
    (tmp_path / "state").write_text("a file where the folder should be")
    taking = LockFolder(tmp_path / "state" / "locks").take(chapter)
    assert taking.lock is taking.holder is None
    assert len(taking.told) == 1


def test_the_doors_of_killed_programs_are_swept_away(locks, folder, chapter):
    folder.mkdir(parents=True)
    dead, living, own = (
        folder / f"door-{process}-0123abcd" for process in (dead_owner().process, os.getppid(), os.getpid())
    )
    for door in (dead, living, own):
        door.touch()
    locks.take(chapter)
    assert [door.exists() for door in (dead, living, own)] == [False, True, True]


def test_each_door_has_a_name_of_its_own(tmp_path):
    folder = Path("/s/locks")
    assert Path(new_door(folder)).parent == folder
    assert new_door(folder) != new_door(folder)


def test_a_door_in_a_deep_folder_has_a_name_that_a_socket_can_have(tmp_path):
    assert not Path(new_door(tmp_path / ("deep" * 30))).is_absolute()


def test_the_program_that_may_be_asked_is_the_first_one(locks, folder):
    assert locks.find(None) is None
    first = locks.take_program().lock
    assert first is not None
    assert locks.find(None) is None, "a program does not ask itself"


@pytest.mark.parametrize("has_dead_lock", [False, True])
def test_of_many_programs_that_take_a_manuscript_at_once_one_gets_it(folder, chapter, has_dead_lock):
    for _ in range(3):
        if has_dead_lock:
            lock_for(folder, chapter, dead_owner())
        programs = [
            subprocess.Popen(
                [sys.executable, "-c", TAKE, folder, chapter],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _ in range(8)
        ]
        for program in programs:
            program.stdin.write("go\n")
            program.stdin.flush()
        answers = [program.stdout.readline().strip() for program in programs]
        for program in programs:
            program.communicate("end\n")
        assert sorted(answers) == ["refused"] * 7 + ["taken"]
        assert LockFolder(folder).take(chapter).lock is not None, "all have ended"
        LockFolder(folder).release(LockFolder(folder).take(chapter).lock)


def test_a_guard_that_stands_still_holds_nobody_up_for_long(folder, chapter):
    folder.mkdir(parents=True)
    descriptor = os.open(folder / "guard", os.O_RDWR | os.O_CREAT)
    try:
        assert Disk().claim(descriptor)
        assert LockFolder(folder).take(chapter).lock is not None
    finally:
        os.close(descriptor)
