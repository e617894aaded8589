"""At the start: put right what a crash left of a save, before any file is opened."""

import contextlib
from pathlib import Path

from editor.errors import SaveFailed
from editor.storage.disk import Disk
from editor.storage.kept import keep_version
from editor.storage.rewrites import Interrupted, Outcome, finish_rewrites, forget_rewrite


def finish_interrupted_saves(
    kept_folder: Path, now: float | None = None, *, disk: Disk | None = None
) -> list[Interrupted]:
    """Finish the saves in place that were cut off, and keep the texts that did not get into their files.

    Return what was found, to be told to the writer. Never raises for a disk that fails: what cannot be done now stays for
    the next start. `now` is in seconds since 1970.
    """
    disk = disk or Disk()
    found = finish_rewrites(disk)
    for interrupted in found:
        with contextlib.suppress(SaveFailed):
            if interrupted.outcome in {Outcome.UNTOUCHED, Outcome.OTHERWISE}:
                keep_version(
                    kept_folder, interrupted.path, interrupted.text, "interrupted save", now, disk=disk
                )
            if interrupted.outcome is not Outcome.UNFINISHED:
                forget_rewrite(interrupted, disk)
    return found
