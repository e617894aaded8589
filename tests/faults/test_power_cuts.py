"""A hundred power cuts on a real file system: nothing corrupt, and nothing that was said to be safe is gone."""

import json
import subprocess
import sys

import pytest

from tests.conftest import FUZZ_FACTOR
from tests.faults.power_driver import NO_MOUNT

CUTS = 50 * max(1, FUZZ_FACTOR)


def cut(tmp_path, option, *more, cuts=CUTS):
    command = [
        sys.executable,
        "-m",
        "tests.faults.power_driver",
        str(cuts),
        option,
        option,
        str(tmp_path / "machine"),
    ]
    done = subprocess.run([*command, *more], capture_output=True, text=True, check=False, timeout=2 * CUTS)
    if done.returncode == NO_MOUNT:
        pytest.skip("an ext4 image cannot be mounted here (that needs root and a loop device)")
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.skipif(sys.platform != "linux", reason="ext4 is mounted")
@pytest.mark.parametrize("option", ["auto_da_alloc", "noauto_da_alloc"])
def test_after_a_power_cut_every_file_is_whole_and_as_new_as_was_said(tmp_path, option):
    said = cut(tmp_path, option)
    assert said["faults"] == []
    assert said["cuts"] == CUTS
    assert said["saves"] > CUTS


@pytest.mark.skipif(sys.platform != "linux", reason="ext4 is mounted")
def test_a_program_that_leaves_out_the_syncs_is_found_out(tmp_path):
    assert cut(tmp_path, "noauto_da_alloc", "careless", cuts=5)["faults"]
