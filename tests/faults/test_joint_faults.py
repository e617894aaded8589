"""Whatever operation of a save of several files goes wrong: all files are as before or all as after, once it is finished.

No scene is lost and none is doubled; the loop is that of `test_save_faults`.
"""

import errno

import pytest

from editor.errors import SaveFailed
from tests.faults.faulty_disk import (
    Error,
    FaultyDisk,
    FullAfterHalf,
    KillBefore,
    Killed,
    KillHalfWay,
    ShortWrite,
)
from tests.faults.joint_saves import BOOKS, OLD

FAULTS = [
    *(Error(number) for number in (errno.EIO, errno.ENOSPC, errno.EACCES)),
    *(Error(number, lasts=True) for number in (errno.EIO, errno.ENOSPC)),
    ShortWrite(),
    FullAfterHalf(),
    KillBefore(),  # before the next operation is after this one
    KillHalfWay(),
]


def run(save, disk):
    """Return "saved", "failed" or "killed"."""
    try:
        save(disk)
    except Killed:
        return "killed"
    except SaveFailed as error:
        return "failed" if "safe in the editor" in str(error) else str(error)
    return "saved"


def assert_all_old_or_all_new(book, outcome):
    assert set(book.recover(book.plain_disk())) <= {"finished", "withdrawn"}
    assert book.scenes() in ([book.new] if outcome == "saved" else [OLD, book.new])
    after = book.bytes_by_name()
    assert book.recover(book.plain_disk()) == []
    assert book.bytes_by_name() == after
    assert {path.name for path in after if path.name.endswith("~") and "removed" not in path.name} == set()


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
@pytest.mark.parametrize("make_book", BOOKS, ids=lambda part: part.__name__)
def test_all_files_are_old_or_all_new_whatever_goes_wrong(tmp_path, make_book, fault):
    for fail_at in range(1, 400):
        book = make_book(tmp_path / str(fail_at))
        with FaultyDisk(book.copies, fail_at, fault) as disk:
            outcome = run(book.save, disk)
        assert outcome in {"saved", "failed", "killed"}
        if outcome == "failed" and fail_at % 2:
            book.save(book.plain_disk())  # the writer tries again
            outcome = "saved"
        assert_all_old_or_all_new(book, outcome)
        if not disk.has_failed:
            assert outcome == "saved"
            break
    else:
        pytest.fail("there was always one more operation")
    assert fail_at > 30


@pytest.mark.parametrize(
    "fault", [Error(errno.EIO), Error(errno.EACCES), KillBefore(), KillHalfWay()], ids=repr
)
@pytest.mark.parametrize("make_book", BOOKS, ids=lambda part: part.__name__)
def test_a_fault_while_an_interrupted_save_is_finished_is_mended_by_the_next_time(tmp_path, make_book, fault):
    """Where the save is killed and where the recovery goes wrong are walked in steps that share no factor."""
    book = make_book(tmp_path / "book 0")
    for number, kill_at in enumerate(range(10, 400, 3)):
        book = make_book(tmp_path / str(kill_at))
        with FaultyDisk(book.copies, kill_at, KillBefore()) as killed:
            run(book.save, killed)
        if not killed.has_failed:
            break
        before = book.bytes_by_name()
        for fail_at in range(1 + number % 11, 400, 11):
            book.lay_out(before)
            with FaultyDisk(book.copies, fail_at, fault) as disk:
                run(book.recover, disk)
            assert_all_old_or_all_new(book, "failed")
            if not disk.has_failed:
                break
