"""One system call after another of a real process refused or answered with death, until none is left (needs strace)."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from editor.storage.disk import Disk
from editor.storage.journal_recovery import find_unsaved
from editor.storage.rewrites import finish_rewrites
from tests.faults.joint_saves import OLD, MoveToNext
from tests.faults.test_save_faults import NEW, NEW_BYTES, OLD_BYTES, Desk, HardLinked

CALLS = [
    "write",
    "fsync",
    "rename",
    "renameat2",
    "link",
    "unlink",
    "mkdir",
    "rmdir",
    "fchmod",
    "fchown",
    "ftruncate",
]
FAULTS = ["signal=KILL", "error=EIO", "error=ENOSPC", "error=EACCES"]
MOST = 40

SAVE = """
import pathlib, sys
from editor.errors import SaveFailed
from editor.storage.disk import Disk
from editor.storage.files import read_file, save_file
stored = read_file(pathlib.Path(sys.argv[1]))
try:
    save_file(stored, sys.argv[3].split("|"), disk=Disk(pathlib.Path(sys.argv[2])))
except SaveFailed as error:
    sys.exit(str(error))
"""
JOINT_SAVE = """
import pathlib, sys
from editor.errors import DinkusError
from editor.storage.disk import Disk
from editor.storage.files import read_file
from tests.faults.joint_saves import OLD, MoveToNext
book = object.__new__(MoveToNext)
home = pathlib.Path(sys.argv[1])
book.folder, book.copies = home / "book", home / "copies"
book.stored = {name: read_file(book.folder / name) for name in OLD}
try:
    book.save(Disk(book.copies))
except DinkusError as error:
    sys.exit(str(error))
"""
JOURNAL = """
import pathlib, sys
from editor.storage.journal import Journal, Subject
said = open(pathlib.Path(sys.argv[1]) / "said", "a")  # its own calls come before and after, and are counted too
try:
    journal = Journal(pathlib.Path(sys.argv[1]) / "journals", Subject(), ["0"], "w")
    for number in range(1, 6):
        journal.note([(0, 1, [str(number)])], [[str(number - 1)]])
        print(number, file=said, flush=True)
        if number == 2:
            journal.sync()
        if number == 4:
            journal.begin_again([(0, 1, ["4"])], keep_old=False)
except OSError as error:
    sys.exit(str(error))
"""


@pytest.fixture(scope="module", autouse=True)
def _needs_strace():
    if sys.platform != "linux" or not shutil.which("strace"):
        pytest.skip("strace is not there")
    trial = ["strace", "-qq", "-o", os.devnull, "-e", "trace=fsync", "true"]
    if subprocess.run(trial, capture_output=True, check=False).returncode:
        pytest.skip("strace may not trace here")


def run(script, home, call, when, what, *more):
    """Run a script with one call spoilt; return how it ended, None if it has no such call left."""
    trace = home.with_name("trace")
    command = ["strace", "-qq", "-o", trace, "-e", f"trace={call}"]
    command += ["-e", f"inject={call}:{what}:when={when}", sys.executable, "-B", "-c", script, home, *more]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done if done.returncode < 0 or "(INJECTED)" in trace.read_text() else None


@pytest.mark.parametrize("what", FAULTS)
@pytest.mark.parametrize("make_desk, least", [(Desk, 5), (HardLinked, 9)])
def test_a_save_leaves_the_old_or_the_new_text_after_any_call(tmp_path, make_desk, least, what):
    count = 0
    for call in CALLS:
        for when in range(1, MOST):
            home = tmp_path / f"{call}{when}"
            desk = make_desk(home)
            done = run(SAVE, desk.path, call, when, what, desk.copies, "|".join(NEW))
            finish_rewrites(Disk(desk.copies))
            if done is None:
                assert desk.content() == NEW_BYTES
                break
            count += 1
            assert desk.content() in ({NEW_BYTES} if done.returncode == 0 else {OLD_BYTES, NEW_BYTES})
            assert done.returncode <= 0 or "was not saved" in done.stderr
            if make_desk is HardLinked:
                assert (desk.folder / "same.txt").read_bytes() == desk.content()
            shutil.rmtree(home)
    assert count >= least


@pytest.mark.parametrize("what", FAULTS)
def test_a_save_of_several_files_is_all_old_or_all_new_after_any_call(tmp_path, what):
    count = 0
    for call in CALLS:
        for when in range(1, MOST):
            home = tmp_path / f"{call}{when}"
            book = MoveToNext(home)
            done = run(JOINT_SAVE, home, call, when, what)
            book.recover(book.plain_disk())
            scenes = book.scenes()
            if done is None:
                assert scenes == book.new
                break
            count += 1
            assert scenes in (OLD, book.new), (call, when)
            assert done.returncode != 0 or scenes == book.new
            assert book.recover(book.plain_disk()) == []
            shutil.rmtree(home)
    assert count >= 12


@pytest.mark.parametrize("what", FAULTS)
def test_a_journal_has_what_was_written_down_before_any_call(tmp_path, what):
    count = 0
    for call in CALLS:
        for when in range(1, MOST):
            home = tmp_path / f"{call}{when}"
            home.mkdir()
            done = run(JOURNAL, home, call, when, what)
            said = (home / "said").read_text() if (home / "said").exists() else ""
            last = max([int(number) for number in re.findall(r"\d+", said)], default=0)
            unsaved = find_unsaved(home / "journals").unsaved
            found = int(unsaved[0].text_from(unsaved[0].base or ["0"]).lines[0]) if unsaved else 0
            assert last <= found <= last + 1, (call, when)
            if done is None:
                assert found == last == 5
                break
            count += 1
            shutil.rmtree(home)
    assert count >= 20
