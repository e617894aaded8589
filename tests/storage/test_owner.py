"""Whether the program that made a lock or a journal is still at work."""

import subprocess
import sys
import time
from dataclasses import replace

import pytest

from editor.storage.owner import is_here, is_running, is_this_program, read_owner, this_program


def test_this_program_runs_and_knows_itself():
    owner = this_program()
    assert is_here(owner)
    assert is_running(owner)
    assert is_this_program(owner)
    assert read_owner(owner.as_table()) == owner


def test_a_program_that_has_ended_does_not_run():
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    assert not is_running(replace(this_program(), process=done.pid))


def test_a_killed_child_that_nobody_has_waited_for_does_not_run():
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    owner = replace(this_program(), process=child.pid, started=0, noted=time.time())
    assert is_running(owner)
    child.kill()
    if sys.platform == "win32":
        child.wait()
    while is_running(owner):  # killing takes a moment; the test's own time limit ends this
        time.sleep(0.01)
    child.wait()


def test_a_process_that_began_later_is_not_the_one_that_was_noted():
    assert not is_running(replace(this_program(), started=0, noted=time.time() - 10 * 365 * 86_400))


@pytest.mark.skipif(
    sys.platform != "linux", reason="only there a process tells when it began by a clock nobody sets"
)
def test_a_clock_that_is_set_forward_ends_no_program():
    owner = this_program()
    assert is_running(replace(owner, noted=time.time() - 10 * 365 * 86_400))
    assert not is_running(replace(owner, started=owner.started - 1))


def test_a_program_on_another_computer_counts_as_running():
    elsewhere = replace(this_program(), host="a-laptop", machine="another", process=1)
    assert is_running(elsewhere)
    assert not is_here(elsewhere)
    assert not is_this_program(elsewhere)


def test_a_computer_keeps_what_is_its_own_when_a_network_gives_it_another_name():
    before = replace(this_program(), host="the name in another network")
    assert is_here(before) == bool(before.machine)
    assert not is_here(replace(before, machine=""))


@pytest.mark.parametrize("number", [0, -1, 2**63, 10**30])
def test_a_number_that_no_process_can_have_is_no_running_program(number):
    assert not is_running(replace(this_program(), process=number))


@pytest.mark.parametrize(
    "table",
    [
        None,
        [],
        "owner",
        {},
        {"user": 1, "host": "h", "process": 1, "noted": 1},
        {"user": "u", "host": "h", "process": "1", "noted": 1},
        {"user": "u", "host": "h", "process": True, "noted": 1},
        {"user": "u", "host": "h", "process": 1, "noted": None},
    ],
)
def test_a_table_that_describes_no_owner_gives_none(table):
    assert read_owner(table) is None
