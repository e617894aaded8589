"""A real process that saves, killed or refused at one system call after another (needs strace)."""

import os
import shutil
import subprocess
import sys

import pytest

from editor.storage.disk import Disk
from editor.storage.rewrites import finish_rewrites
from tests.faults.test_save_faults import NEW, NEW_BYTES, OLD_BYTES, Desk, HardLinked

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
CALLS = [
    *[
        (Desk, call, when)
        for call, when in [("write", 1), ("fchmod", 1), ("fsync", 1), ("rename", 1), ("fsync", 2)]
    ],
    *[(HardLinked, "write", when) for when in (1, 2)],
    *[(HardLinked, "fsync", when) for when in (1, 2, 3, 4)],
    *[(HardLinked, call, 1) for call in ("mkdir", "ftruncate", "unlink")],
]


@pytest.fixture(scope="module", autouse=True)
def _needs_strace():
    if sys.platform != "linux" or not shutil.which("strace"):
        pytest.skip("strace is not there")
    trial = ["strace", "-qq", "-o", os.devnull, "-e", "trace=fsync", "true"]
    if subprocess.run(trial, capture_output=True, check=False).returncode:
        pytest.skip("strace may not trace here")


@pytest.mark.parametrize("what", ["signal=KILL", "error=EIO", "error=ENOSPC"])
@pytest.mark.parametrize("make_desk, call, when", CALLS)
def test_a_process_that_is_killed_or_refused_leaves_the_old_or_the_new_text(
    tmp_path, make_desk, call, when, what
):
    desk = make_desk(tmp_path)
    command = ["strace", "-qq", "-o", tmp_path / "trace", "-e", f"trace={call}"]
    command += ["-e", f"inject={call}:{what}:when={when}", sys.executable, "-B", "-c", SAVE]
    command += [desk.path, desk.copies, "|".join(NEW)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    trace = (tmp_path / "trace").read_text()
    assert ("killed by SIGKILL" if "KILL" in what else "(INJECTED)") in trace
    finish_rewrites(Disk(desk.copies))
    if done.returncode == 0:
        assert desk.content() == NEW_BYTES
    else:
        assert desk.content() in {OLD_BYTES, NEW_BYTES}
        assert done.returncode < 0 or "was not saved" in done.stderr
    if make_desk is HardLinked:
        assert (desk.folder / "same.txt").read_bytes() == desk.content()
