"""Locks, notes and backups on a disk that fails: no program stops, no text is touched, and no dead lock stays in the way."""

import contextlib
import zipfile

import pytest

from editor.errors import SaveFailed
from editor.storage.backups import back_up, list_backups
from editor.storage.locks import LockFolder
from editor.storage.shared_locks import note_path, read_note, remove_note, write_note
from tests.faults.faulty_disk import FAULTS, FaultyDisk, Killed
from tests.faults.json_damage import damage
from tests.storage.neighbours import dead_owner, distant_owner, lock_for, running_owner

TEXT = b"Rain.\n"


def book_in(folder):
    folder.mkdir(parents=True)
    chapter = folder / "chapter.txt"
    chapter.write_bytes(TEXT)
    return chapter


def nothing(_locks, _chapter):
    return


def dead(locks, chapter):
    lock_for(locks, chapter, DEAD)


def broken(locks, chapter):
    lock_for(locks, chapter, DEAD).write_bytes(b"{")


def held(locks, chapter):
    lock_for(locks, chapter, running_owner())


DEAD = dead_owner()


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
@pytest.mark.parametrize("before", [nothing, dead, broken, held], ids=lambda each: each.__name__)
def test_taking_a_lock_never_raises_and_never_takes_what_is_held(tmp_path, before, fault):
    for fail_at in range(1, 200):
        chapter = book_in(tmp_path / str(fail_at))
        folder = tmp_path / str(fail_at) / "locks"
        before(folder, chapter)
        with FaultyDisk(None, fail_at, fault) as disk:
            try:
                taking = LockFolder(folder, disk=disk).take(chapter)
            except Killed:
                taking = None
        if taking is not None and taking.lock is not None:
            assert before is not held or disk.has_failed
            assert LockFolder(folder).look(taking.lock).lock is not None
        if taking is not None and taking.lock is taking.holder is None:
            assert taking.told
        # What is held and could not be read is set aside and told; else it stays held.
        again = LockFolder(folder).take(chapter)
        assert (again.lock is not None) == (again.holder is None)
        if before is held and not list(folder.glob("*.broken")) and not (taking and taking.lock):
            assert again.holder is not None
        assert chapter.read_bytes() == TEXT
        if not disk.has_failed:
            assert (taking.holder is not None) == (before is held)
            break
    else:
        pytest.fail("there was always one more operation")
    assert fail_at > 5


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
def test_giving_a_lock_back_never_raises_and_a_dead_program_leaves_none(tmp_path, fault):
    for fail_at in range(1, 50):
        chapter = book_in(tmp_path / str(fail_at))
        folder = tmp_path / str(fail_at) / "locks"
        lock = LockFolder(folder).take(chapter).lock
        with FaultyDisk(None, fail_at, fault) as disk, contextlib.suppress(Killed):
            LockFolder(folder, disk=disk).release(lock)
        left = [path for path in folder.iterdir() if path.suffix == ".json"]
        assert left in ([], [lock.file])
        if left:
            lock_for(folder, chapter, DEAD)  # the program has ended
        assert LockFolder(folder).take(chapter).lock is not None
        if not disk.has_failed:
            assert left == []
            break
    else:
        pytest.fail("there was always one more operation")


@pytest.mark.parametrize("number", range(200))
def test_no_broken_lock_is_in_the_way_or_raises(tmp_path, number):
    chapter = book_in(tmp_path / "book")
    folder = tmp_path / "locks"
    damage(lock_for(folder, chapter, DEAD, door="door"), number)
    locks = LockFolder(folder)
    locks.find(chapter)
    taking = locks.take(chapter)
    assert taking.lock is not None or taking.holder.owner.host != DEAD.host, (
        "only another computer's cannot be judged"
    )
    aside = list(folder.glob("*.broken"))
    assert len(taking.told) == len(aside)
    assert locks.take(chapter).told == ()


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
def test_a_note_for_other_computers_is_old_or_new_or_not_there(tmp_path, fault):
    for fail_at in range(1, 200):
        chapter = book_in(tmp_path / str(fail_at))
        owner = distant_owner()
        write_note(chapter, owner, is_folder=False, now=1.0)
        with FaultyDisk(tmp_path / "copies", fail_at, fault) as disk:
            try:
                write_note(chapter, owner, is_folder=False, now=2.0, disk=disk)
                is_written = True
            except (SaveFailed, Killed):
                is_written = False
        assert read_note(chapter, is_folder=False).seen in ({2.0} if is_written else {1.0, 2.0})
        with FaultyDisk(tmp_path / "copies", fail_at, fault) as second, contextlib.suppress(OSError, Killed):
            remove_note(chapter, owner, is_folder=False, disk=second)
        assert chapter.read_bytes() == TEXT
        remove_note(chapter, owner, is_folder=False)
        assert not note_path(chapter, is_folder=False).exists()
        if not disk.has_failed and not second.has_failed:
            break
    else:
        pytest.fail("there was always one more operation")


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
def test_a_backup_is_whole_or_not_there_and_the_older_ones_stay_until_it_is(tmp_path, fault):
    for fail_at in range(1, 300):
        folder = tmp_path / str(fail_at)
        chapter = book_in(folder / "book")
        (folder / "book" / "manuscript.toml").write_text('title = "Rain"\n')
        shelf = folder / "shelf"
        shelf.mkdir()
        (shelf / "letter.txt").write_text("mine")
        for number in range(2):
            chapter.write_bytes(b"Rain %d.\n" % number)
            back_up(folder / "book", shelf, "Rain", 2)
        chapter.write_bytes(TEXT)
        with FaultyDisk(folder / "copies", fail_at, fault) as disk:
            try:
                is_made = back_up(folder / "book", shelf, "Rain", 2, disk=disk) is not None
            except (SaveFailed, Killed):
                is_made = False
        texts = [text_in(backup.path) for backup in list_backups(folder / "book", shelf)]
        assert (
            texts[-1] == TEXT
            if is_made
            else texts[:2] == [b"Rain 0.\n", b"Rain 1.\n"] or texts == [b"Rain 1.\n", TEXT]
        )
        assert len(texts) >= 2
        assert chapter.read_bytes() == TEXT
        assert (shelf / "letter.txt").read_text() == "mine"
        chapter.write_bytes(b"Hail.\n")
        back_up(folder / "book", shelf, "Rain", 2)
        assert [text_in(backup.path) for backup in list_backups(folder / "book", shelf)][-1] == b"Hail.\n"
        if not disk.has_failed:
            assert is_made
            break
    else:
        pytest.fail("there was always one more operation")
    assert fail_at > 20


def text_in(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["chapter.txt", "manuscript.toml"]
        return archive.read("chapter.txt")
