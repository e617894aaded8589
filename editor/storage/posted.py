"""What was posted of a manuscript, on the disk: one small JSON file per manuscript in a folder of our own.

Fingerprints and titles, nothing else of the text. Programs take turns at a file. One that is broken is set aside and told
once; one that a later Dinkus wrote is left alone.
"""

import contextlib
import errno
import hashlib
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from editor.errors import FileConflict, FileUnreadable, SaveFailed
from editor.manuscript.posted_chapters import How, Posted, PostedChapter
from editor.storage import complaints
from editor.storage.disk import Disk
from editor.storage.files import write_export
from editor.storage.history_lock import holding
from editor.storage.own_files import read_own, set_aside, why_broken

VERSION = 1
_PATIENCE = 5.0  # seconds for another program that is writing
_SIZE_LIMIT = 32 * 1024 * 1024


_NOT_OURS = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


class _Newer(Exception):
    """The file was written by a later version of the program."""


class PostedFile:
    """What was posted of the manuscript (a file or a folder) at one path. `problems` are sentences for the writer."""

    def __init__(
        self, folder: Path, manuscript: Path, disk: Disk | None = None, *, patience: float = _PATIENCE
    ) -> None:
        """`folder` holds the files of all manuscripts."""
        self.manuscript = Path(os.path.realpath(manuscript))
        self.path = folder / f"{_mark_of(self.manuscript)}.json"
        self.problems: list[str] = []
        self._disk = disk or Disk()
        self._patience = patience

    def read(self) -> Posted:
        """Return what was posted, nothing if there is no file; raise FileUnreadable (no permission, a later version)."""
        try:
            return self._read()
        except _Newer:
            raise FileUnreadable(self._newer(), self.path) from None
        except OSError as error:
            raise FileUnreadable(
                f"What was posted of “{self.manuscript.name}” cannot be read: {complaints.cause_of(error)}.",
                self.path,
            ) from error

    def change(self, function: Callable[[Posted], Posted]) -> Posted:
        """Put what `function` makes of what is there in its place, and return it; raise SaveFailed, then all is as before."""
        try:
            self._disk.make_folder(self.path.parent)
            with holding(self.path.with_suffix(".lock"), self._disk, self._patience):
                before = self._read()
                after = function(before)
                if after != before:
                    data = _encode(after, self.manuscript)
                    if len(data) > _SIZE_LIMIT:  # it could not be read again
                        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
                    write_export(self.path, data, overwrite=True, disk=self._disk)
        except _Newer:
            raise SaveFailed(self._newer(), self.path) from None
        except (OSError, SaveFailed, FileConflict) as error:
            cause = complaints.cause_of(error) if isinstance(error, OSError) else str(error)
            raise SaveFailed(
                f"That chapters of “{self.manuscript.name}” were posted was not noted: {cause.rstrip('.')}."
                " What was exported and the text are not affected.",
                self.path,
            ) from error
        return after

    def state(self) -> tuple[int, int, int] | None:
        """Return something that changes when another program writes the file; None if there is none."""
        with contextlib.suppress(OSError):
            found = self._disk.stat(self.path)
            return found.st_ino, found.st_size, found.st_mtime_ns
        return None

    def _newer(self) -> str:
        return f"What was posted of “{self.manuscript.name}” was noted by a later version of Dinkus; this one leaves it alone."

    def _read(self) -> Posted:
        try:
            return _decode(json.loads(read_own(self.path, self._disk, _SIZE_LIMIT)))
        except FileNotFoundError:
            return Posted()
        except (IsADirectoryError, *_NOT_OURS) as error:
            aside = set_aside(self.path, self._disk)
            self.problems.append(
                f"What was posted of “{self.manuscript.name}” cannot be read ({why_broken(error)}); the file is now {aside.name}."
                " It is noted anew from now on. The text and its file are not affected."
            )
            return Posted()


def _encode(posted: Posted, manuscript: Path) -> bytes:
    targets = {
        name: [
            {
                "title": each.title,
                "whole": each.whole,
                "body": each.body,
                "when": each.when,
                "how": str(each.how),
            }
            for each in chapters
        ]
        for name, chapters in posted.targets.items()
    }
    data = {
        "version": VERSION,
        "manuscript": str(manuscript),
        "shown": sorted(posted.shown),
        "targets": targets,
    }
    return json.dumps(data, indent=1).encode("ascii")


def _decode(data: Any) -> Posted:
    """Return what the values of a file say; raise ValueError, TypeError, KeyError or AttributeError if they are not ours."""
    if data["version"] > VERSION:
        raise _Newer
    targets = {
        str(name): tuple(_decode_chapter(each) for each in chapters)
        for name, chapters in data["targets"].items()
    }
    return Posted(targets, frozenset(map(str, data["shown"])))


def _decode_chapter(data: Any) -> PostedChapter:
    title, whole, body, when = (data[key] for key in ("title", "whole", "body", "when"))
    if not all(isinstance(text, str) for text in (title, whole, body, when)):
        raise TypeError("not a text")
    return PostedChapter(title, whole, body, when, How(data["how"]))


def _mark_of(manuscript: Path) -> str:
    """Return what the file of a manuscript is called: something to know it by, and a hash of its path."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", manuscript.stem).strip("-")[:24] or "text"
    return f"{plain}-{hashlib.sha256(os.fsencode(manuscript)).hexdigest()[:16]}"
