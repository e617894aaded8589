"""The real window, killed without warning while somebody types: no word that was on the page is lost."""

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import FUZZ_FACTOR

KILLS = {"file": 50, "untitled": 25, "folder": 25}


def kill(tmp_path, kind, kills):
    """Let a window be killed so often; return what was found after it."""
    command = [
        sys.executable,
        "-m",
        "tests.faults.kill_driver",
        kind,
        str(kills),
        kind,
        str(tmp_path / "lives"),
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=100 * max(1, FUZZ_FACTOR)
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the driver forks")
@pytest.mark.parametrize("kind", KILLS)
def test_no_word_is_lost_when_the_window_is_killed_while_typing(tmp_path, kind):
    kills = KILLS[kind] * max(1, FUZZ_FACTOR)
    said = kill(tmp_path, kind, kills)
    assert said["lost"] == []
    assert said["kills"] == kills
    assert said["words"] > 2 * kills


@pytest.mark.x11
@pytest.mark.parametrize("kind", KILLS)
def test_no_word_is_lost_on_a_real_screen_either(tmp_path, kind):
    said = kill(tmp_path, kind, 8)
    assert said["lost"] == []
    assert said["words"] > 8
