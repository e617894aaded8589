"""Git itself, asked about a history: what it finds wrong with it, and what it reads."""

import os
import shutil
import subprocess

import pytest


def git(history, *arguments, check=True):
    """Return what Git says about a history; the test is skipped where there is no Git."""
    program = shutil.which("git")
    if program is None:
        pytest.skip("Git is not installed here; it is only asked as a witness")
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "LC_ALL": "C.UTF-8",
    }
    run = subprocess.run(
        [program, "--git-dir", str(history.repository), *arguments],
        check=False,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        env=environment,
    )
    assert not check or run.returncode == 0, run.stderr
    return run.stdout + (run.stderr if check else "")
