"""Whatever operation of the history goes wrong, in whatever way: the older versions are there, and so is the newest or it is told.

The loop of these tests: spoil the first operation, then the second, and so on, until a run has no operation left to spoil.
"""

import os
import shutil

import pytest

from editor.errors import SaveFailed
from editor.storage.disk import Disk
from editor.storage.history import BrokenHistory, History
from editor.storage.history_thinning import DAY
from tests.conftest import FUZZ_FACTOR
from tests.faults.faulty_disk import FAULTS, Error, FaultyDisk, KillAfter, KillBefore, Killed
from tests.storage.git import git

pytestmark = pytest.mark.timeout(600)  # many small files, on a disk that others write to as well

NOON = 1_750_000_000
OLD = [
    {"a.txt": b"It was night.\n", "b.txt": b"It was day.\n"},
    {"a.txt": b"It was night, and long.\n", "b.txt": b"It was day.\n"},
]
NEW = {"a.txt": b"It was night, and long, and it rained.\n", "b.txt": b"It was day.\n"}
NEWEST = {"a.txt": b"The end.\n"}


class QuickDisk(Disk):
    """A disk that does not wait; what a power cut would leave is not asked here."""

    def attempt(self, operation, *arguments):
        return None if operation is os.fsync else super().attempt(operation, *arguments)


class QuickFaultyDisk(FaultyDisk):
    """The same, on which the n-th operation goes wrong; waiting counts as one."""

    def attempt(self, operation, *arguments):
        return super().attempt(_no_sync if operation is os.fsync else operation, *arguments)


def _no_sync(_descriptor):
    return None


def history_in(folder, disk=None):
    return History(folder / "history", folder / "novel", disk or QuickDisk(folder / "copies"), patience=0.0)


def begin_nothing(folder):
    return []


def begin_two(folder):
    history = history_in(folder)
    for number, files in enumerate(OLD):
        history.keep(files, "saved", NOON + number)
    return OLD


def begin_many(folder):
    """Versions of some days, some in a pack, with more than one to be thinned."""
    history = history_in(folder)
    texts = [{"a.txt": b"Line %d\n" % number * (number + 1)} for number in range(6)]
    for number, files in enumerate(texts[:4]):
        history.keep(files, "saved", NOON // DAY * DAY + number)
    history.thin(NOON, packs=True)
    for number, files in enumerate(texts[4:], 2):
        history.keep(files, "saved", NOON // DAY * DAY + number * DAY // 2)
    return [texts[3], texts[4], texts[5]]


def keep(history):
    assert history.keep(NEW, "saved", NOON + 10) is not None
    return [NEW]


def keep_a_part(history):
    assert history.keep({"a.txt": NEW["a.txt"]}, "theirs", NOON + 10, is_part=True) is not None
    return [{"a.txt": NEW["a.txt"]}]


def thin(history):
    history.thin(NOON // DAY * DAY + 2 * DAY)
    return []


def thin_and_pack(history):
    history.thin(NOON // DAY * DAY + 2 * DAY, packs=True)
    return []


def name(history):
    second = History(history.repository.parent, history.manuscript).versions()[1]
    history.name_snapshot(second, "First draft")
    return []


CASES = [
    (begin_nothing, keep),
    (begin_two, keep),
    (begin_two, keep_a_part),
    (begin_many, name),
    (begin_many, thin),
    (begin_many, thin_and_pack),
]


@pytest.fixture(scope="module")
def starts(tmp_path_factory):
    """A history of each beginning, to be copied."""
    folders = {}
    for begin in {begin for begin, _work in CASES}:
        folder = tmp_path_factory.mktemp(begin.__name__)
        folders[begin] = (folder, begin(folder))
    return folders


def copy_of(start, folder):
    """A copy of a history under the path of the first one, which its name is made of."""
    source, texts = start
    if (source / "history").exists():
        shutil.copytree(source / "history", folder / "history")
    return texts


def run(work, folder, fail_at, fault, manuscript):
    with QuickFaultyDisk(folder / "copies", fail_at, fault) as disk:
        history = History(folder / "history", manuscript, disk, patience=0.0)
        try:
            new = work(history)
            outcome = "done"
        except Killed:
            new, outcome = [], "killed"
        except SaveFailed as error:
            new, outcome = [], str(error)
        except BrokenHistory:
            # Only naming reads what it does not set aside; it says so.
            assert work is name
            new, outcome = [], "damaged"
    return new, outcome, disk.has_failed


def readable(history):
    found = []
    for version in history.versions():
        try:
            found.append(history.read(version))
        except BrokenHistory:
            pytest.fail(f"{version} is listed and cannot be read")
    return found


def assert_whole(history, texts):
    found = readable(history)
    assert all(any(files.items() <= one.items() for one in found) for files in texts)


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
@pytest.mark.parametrize("begin, work", CASES, ids=lambda part: part.__name__)
def test_older_versions_are_there_and_the_newest_is_or_it_is_told(tmp_path, starts, begin, work, fault):
    manuscript = starts[begin][0] / "novel"
    # Every fault meets every fourth operation, and every operation some of the faults; `make fuzz` tries all with all.
    step = 1 if FUZZ_FACTOR else 4
    for fail_at in range(1 + FAULTS.index(fault) % step, 400, step):
        folder = tmp_path / str(fail_at)
        texts = copy_of(starts[begin], folder)
        new, outcome, has_failed = run(work, folder, fail_at, fault, manuscript)
        history = History(folder / "history", manuscript, QuickDisk(folder / "copies"), patience=0.0)
        assert_whole(history, [*texts, *new])
        if fail_at % 8 < 4:
            assert_the_next_run_works(history, [*texts, *new])
        assert outcome in {"done", "killed", "damaged"} or "are not affected" in outcome
        if fail_at % 16 < step:
            assert git(history, "fsck", "--strict", "--no-dangling") == ""
        if not has_failed:
            assert outcome == "done"
            break
        shutil.rmtree(folder, ignore_errors=True)
    else:
        pytest.fail("there was always one more operation")
    assert fail_at > 8


def assert_the_next_run_works(history, texts):
    assert history.keep(NEWEST, "saved", NOON // DAY * DAY + 3 * DAY) is not None
    assert readable(history)[0] == NEWEST
    history.thin(NOON // DAY * DAY + 3 * DAY, packs=True)
    assert_whole(history, [*texts, NEWEST])
    assert not list(history.repository.rglob("tmp_*"))


@pytest.mark.parametrize("second", [Error(5), Error(28), KillBefore(), KillAfter()], ids=repr)
@pytest.mark.parametrize("begin, work", CASES, ids=lambda part: part.__name__)
def test_a_fault_in_the_run_after_a_killed_one_harms_nothing_either(tmp_path, starts, begin, work, second):
    manuscript = starts[begin][0] / "novel"
    count = 0
    for first_at in range(1, 400, 11 if FUZZ_FACTOR else 29):
        for second_at in range(2, 400, 17 if FUZZ_FACTOR else 31):
            folder = tmp_path / f"{first_at}-{second_at}"
            texts = copy_of(starts[begin], folder)
            new, _outcome, has_failed = run(work, folder, first_at, KillAfter(), manuscript)
            again, _outcome, has_failed_again = run(
                thin_and_pack if not new else work_again, folder, second_at, second, manuscript
            )
            history = History(folder / "history", manuscript, QuickDisk(folder / "copies"), patience=0.0)
            assert_whole(history, [*texts, *new, *again])
            count += 1
            shutil.rmtree(folder, ignore_errors=True)
            if not has_failed_again:
                break
        if not has_failed:
            break
    else:
        pytest.fail("there was always one more operation")
    assert count > 1


def work_again(history):
    history.keep(NEWEST, "saved", NOON + 20)
    return [NEWEST]
