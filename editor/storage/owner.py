"""Who is at work on something: which program, on which computer, for which user.

Locks and journals name their owner, so that others can tell whether it still runs. A process number alone does not say so: the
system gives numbers of the dead to others, and another computer has its own.

Limits: of a program on another computer nothing can be known; it counts as running.
"""

import contextlib
import getpass
import os
import platform
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

_END_OF_TIME = 1e12
"""Seconds since 1970 that no clock shows."""
_SLACK = 5.0
"""Seconds by which a clock may have been set back between a program's start and its note of it."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A running program, as it has described itself. `noted` is when it did, in seconds since 1970."""

    user: str
    host: str
    process: int
    noted: float
    started: int = 0
    """When the process began by a clock that nobody sets, in its own unit; 0 where that is not known."""
    machine: str = ""
    """What names the computer when its network name changes, "" if nothing does."""

    def as_table(self) -> dict[str, Any]:
        """Return the owner as a table for JSON."""
        return asdict(self)


def this_program() -> Owner:
    """Return the owner that this program is."""
    return Owner(_user(), platform.node(), os.getpid(), time.time(), _started(os.getpid()), _machine())


def read_owner(table: object) -> Owner | None:
    """Return the owner that a table from a file describes, None if it describes none."""
    if not isinstance(table, Mapping):
        return None
    user, host, process, noted = (table.get(name) for name in ("user", "host", "process", "noted"))
    if not isinstance(user, str) or not isinstance(host, str):
        return None
    if not isinstance(process, int) or not isinstance(noted, int | float) or isinstance(process, bool):
        return None
    if not abs(noted) < _END_OF_TIME:
        return None
    started, machine = table.get("started"), table.get("machine")
    return Owner(
        user,
        host,
        process,
        float(noted),
        started if isinstance(started, int) else 0,
        machine if isinstance(machine, str) else "",
    )


def is_here(owner: Owner) -> bool:
    """Say whether an owner runs, or ran, on this computer."""
    return owner.host == platform.node() or bool(owner.machine and owner.machine == _machine())


def is_this_program(owner: Owner) -> bool:
    """Say whether an owner is this very program."""
    return is_here(owner) and owner.process == os.getpid() and is_running(owner)


def is_running(owner: Owner) -> bool:
    """Say whether an owner is still at work; True where that cannot be known."""
    if not is_here(owner):
        return True
    if owner.process <= 0:
        return False
    import psutil  # not needed before there is another owner to ask about

    try:
        process = psutil.Process(owner.process)
        if process.status() in {psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD}:
            return False
        started = _started(owner.process)
        if owner.started and started:  # when it was, as a time of day, changes with the clock
            return started == owner.started
        return bool(
            process.create_time() <= owner.noted + _SLACK
        )  # else the number was given to another one since
    except (psutil.NoSuchProcess, OverflowError, ValueError):
        return False
    except psutil.Error:
        return True


def _started(process: int) -> int:
    """Return when a process began, in ticks since the computer did; 0 where that is not known."""
    try:
        state = Path(f"/proc/{process}/stat").read_bytes()
        return int(state.rpartition(b")")[2].split()[19])
    except (OSError, ValueError, IndexError):
        return 0


@cache
def _machine() -> str:
    """Return a name for this computer that other networks do not change; containers of one image may share it."""
    with contextlib.suppress(OSError, ValueError):
        return Path("/etc/machine-id").read_text("ascii").strip()
    import uuid  # slow to import, and not needed on Linux

    node = uuid.getnode()
    return "" if node >> 40 & 1 else f"{node:012x}"  # that bit is set where Python has made a number up


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in some containers
        return ""
