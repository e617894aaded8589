"""Import a file in a process of its own, which may use only so much time and memory and may write nothing.

A file that nobody vouches for can do no more than have that process ended. Limits on memory and on writing are kept by Linux
only; the limit on time, and that a crash there is none here, hold everywhere.
"""

import json
import math
import multiprocessing
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from editor.errors import FileUnreadable, TookTooLong
from editor.importing.refusal import DAMAGED, TOO_LARGE, Refusal
from editor.importing.registry import Imported, import_path
from editor.markup.collecting import paused_collection

_MEGABYTE = 1024 * 1024
_LOOK_SECONDS = 0.1
_ENDED = frozenset({9, 24})
"""The signals by which Linux ends a process that has used its time."""

_GAVE_UP = f"{DAMAGED}, or asks for more memory than a text needs"
_ANSWER_LIMIT = 256 * _MEGABYTE


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a file may cost: seconds of processor time, bytes of memory.

    A busy machine gets `patience` times as long by the clock. A novel of 600,000 words needs two to three seconds.
    """

    seconds: float = 5
    memory: int = 500 * _MEGABYTE
    patience: float = 4


FOR_STRANGERS = Allowance()
"""What any file may cost."""

VOUCHED_FOR = Allowance(seconds=300)
"""What a file may cost that the writer knows, and says may take longer."""


def import_file(
    path: Path, allowance: Allowance = FOR_STRANGERS, is_stopped: Callable[[], bool] = lambda: False
) -> Imported:
    """Return what a file, or the folder of a project, holds as text; raise FileUnreadable, which says why not.

    TookTooLong is raised if time was all it lacked: with a larger allowance, `VOUCHED_FOR`, it may come. The file is only read. Blocks until it is done, or until `is_stopped` says that nobody wants it any more: call it off the
    window's thread.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(
        target=_work, args=(str(path), there, math.ceil(allowance.seconds), allowance.memory), daemon=True
    )
    process.start()
    there.close()
    try:
        if not _wait(here, allowance.seconds * allowance.patience, is_stopped):
            raise _too_long(path, allowance)
        answer = json.loads(here.recv_bytes(_ANSWER_LIMIT))
    except Refusal as refusal:
        raise _refused(path, str(refusal)) from refusal
    except (EOFError, OSError) as error:
        process.join(_LOOK_SECONDS * 10)
        was_ended = process.exitcode is not None and -process.exitcode in _ENDED
        raise (_too_long(path, allowance) if was_ended else _refused(path, _GAVE_UP)) from error
    finally:
        here.close()
        process.kill()
        process.join()
    if "refused" in answer:
        raise _refused(path, answer["refused"])
    return Imported(tuple(answer["lines"]), tuple(answer["left_out"]), answer["format"])


def _wait(here: Connection, seconds: float, is_stopped: Callable[[], bool]) -> bool:
    """Wait for an answer and say whether there is one in time; raise Refusal if nobody wants it any more."""
    end = time.monotonic() + seconds
    while not here.poll(_LOOK_SECONDS):
        if is_stopped():
            raise Refusal("was not waited for")
        if time.monotonic() > end:
            return False
    return True


def _refused(path: Path, why: str) -> FileUnreadable:
    return FileUnreadable(f"“{path.name}” cannot be imported: it {why}. Nothing was changed.", path)


def _too_long(path: Path, allowance: Allowance) -> TookTooLong:
    return TookTooLong(
        f"“{path.name}” was not imported: it takes longer than {allowance.seconds:g} seconds to read, which few texts do. Nothing was changed.",
        path,
    )


def _work(name: str, answer: Connection, seconds: int, memory: int) -> None:
    """Import in the other process, and answer in JSON."""
    _limit(seconds, memory)
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - until the process ends
    try:
        with paused_collection():
            done = import_path(Path(name))
        told: dict[str, object] = {"lines": done.lines, "left_out": done.left_out, "format": done.format}
    except Refusal as refusal:
        told = {"refused": str(refusal)}
    except FileNotFoundError:
        told = {"refused": "is not there"}
    except OSError as error:
        told = {"refused": f"could not be read ({error.strerror or error})"}
    except MemoryError:
        told = {"refused": TOO_LARGE}
    answer.send_bytes(json.dumps(told).encode("ascii"))
    answer.close()


def _limit(seconds: int, memory: int) -> None:
    """Give this process so many seconds and so many bytes, and no file to write to."""
    if sys.platform != "linux":
        return
    import resource

    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        _soft, hard = resource.getrlimit(what)
        if hard == resource.RLIM_INFINITY or hard > most:
            resource.setrlimit(what, (most, most))
