"""The journal of a manuscript: every change, written down as it happens, until it is saved.

A folder of its own in the state folder. `base.txt` is the text that the changes begin from, plain; `changes-1.journal` is a list of
changes that is only ever added to (`journal_format`). A change is handed to the system at once, so that a killed program loses none;
`sync` makes it safe from a power cut. A journal that has grown long, or whose text has been emptied at one stroke, goes on in a new
generation; of these two the second leaves the older one where it is. Nothing here ever writes over a journal: names are new.

Every method raises OSError as the disk does. After one, nothing more may be added to this journal; whoever keeps it begins
another one. `journal_recovery` reads them.
"""

import contextlib
import math
import os
import threading
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from editor.storage.disk import Disk
from editor.storage.journal_format import VERSION, Hunk, body_of, encode_record
from editor.storage.owner import this_program

BASE_NAME = "base.txt"
DONE = ".done"
"""What the folder of a journal is called by from the moment it is no longer needed."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a journal is about: the file or the folder at `path`, or text that has no name yet (None)."""

    path: Path | None = None
    is_folder: bool = False


_last_time = 0.0


def _next_time() -> float:
    """Return what time it is, always later than before: of two journals the newer one must be known, even if a clock is set back."""
    global _last_time  # noqa: PLW0603 - one for the program, like the clock
    _last_time = max(time.time(), math.nextafter(_last_time, math.inf))
    return _last_time


def encode_base(lines: Sequence[str]) -> bytes:
    """Return the bytes of a base: one line after another, each as UTF-8 with what UTF-8 cannot carry (surrogates)."""
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def remove_journal(folder: Path, disk: Disk) -> None:
    """Remove the folder of a journal, whole or not at all as far as anybody reads it; raise OSError."""
    done = folder.with_name(folder.name + DONE)
    disk.replace(folder, done)
    disk.sync_folder(folder.parent)
    for name in disk.names_in(done):
        disk.unlink(done / name)
    disk.remove_folder(done)


class Journal:
    """One journal being written. Its methods are called from one thread, `sync` from any."""

    def __init__(
        self,
        folder: Path,
        subject: Subject,
        base: Sequence[str],
        writer: str,
        *,
        hunks: Sequence[Hunk] = (),
        disk: Disk | None = None,
    ) -> None:
        """Begin in `folder`, which is made; raise OSError, and leave nothing behind then.

        `hunks` lead from the base to the present text. Of the journals with one `writer`, a name for the text in one window, only the newest counts.
        """
        self._disk = disk or Disk()
        name = f"{time.strftime('%Y%m%dT%H%M%S', time.gmtime())}-{os.getpid()}-{os.urandom(4).hex()}"
        self.folder = folder / name
        self._subject, self._writer = subject, writer
        self._base = base
        self._lock = threading.Lock()
        self._descriptor = -1
        self._generation = 0
        self._number = 0
        self._synced = 0
        self._is_named = False  # the names of its files are safe
        self.size = 0
        """Bytes of changes in this generation."""
        self._disk.make_folder(folder)
        self._disk.make_one_folder(self.folder)
        self._base_header: dict[str, object] = {}
        try:
            self._base_header = self._write_base(encode_base(base))
            self._begin_generation(hunks)
        except OSError:
            self.remove()
            raise

    @property
    def path(self) -> Path:
        """The file that changes are added to."""
        return self.folder / f"changes-{self._generation}.journal"

    @property
    def base(self) -> Sequence[str]:
        """The lines that the changes begin from."""
        return self._base

    @property
    def is_synced(self) -> bool:
        """Whether everything that was added is safe from a power cut."""
        return self._synced == self._number

    def note(self, hunks: Sequence[Hunk], removed: Sequence[Sequence[str]]) -> None:
        """Add a change: `hunks` in the numbers of the lines before it, and the lines that each of them removed."""
        self._add(*body_of(hunks, removed))

    def note_caret(self, line: int, column: int) -> None:
        """Add where the caret is."""
        self._add("caret", line, column)

    def begin_again(self, hunks: Sequence[Hunk], *, keep_old: bool) -> None:
        """Go on in a new generation, which leads from the base to the present text by `hunks`.

        `keep_old`: the generation that ends stays on the disk as long as this journal; else it goes as soon as the new one is safe.
        """
        ended = self.path
        self._close()
        self._begin_generation(hunks)
        self.sync()
        if not keep_old:
            self._disk.unlink(ended)

    def sync(self) -> None:
        """Wait until all that was added so far is safe on the disk. May be called from any thread."""
        with self._lock:
            if self._descriptor < 0:
                return
            number = self._number
            self._disk.sync(self._descriptor)
            self._disk.stat(
                self.path
            )  # somebody may have removed the folder; what is written then is nowhere
            if not self._is_named:
                self._sync_base()
                self._disk.sync_folder(self.folder)
                self._disk.sync_folder(self.folder.parent)
                self._is_named = True
            self._synced = number

    def leave(self) -> None:
        """Stop writing and leave everything on the disk."""
        self._close()

    def remove(self) -> None:
        """Stop writing and remove everything: the text is saved. What cannot be removed is found again at the next start."""
        self._close()
        with contextlib.suppress(OSError):
            remove_journal(self.folder, self._disk)

    @property
    def _base_path(self) -> Path:
        return self.folder / BASE_NAME

    def _write_base(self, data: bytes) -> dict[str, object]:
        descriptor = self._disk.create(self._base_path, 0o600)
        try:
            self._disk.write_all(descriptor, data)
        finally:
            self._disk.close(descriptor)
        return {"size": len(data), "checksum": zlib.crc32(data)}

    def _sync_base(self) -> None:
        descriptor = self._disk.open_to_rewrite(self._base_path)
        try:
            self._disk.sync(descriptor)
        finally:
            self._disk.close(descriptor)

    def _begin_generation(self, hunks: Sequence[Hunk]) -> None:
        self._generation += 1
        self._number = self._synced = self.size = 0
        self._is_named = False
        self._descriptor = self._disk.create(self.path, 0o600)
        path = self._subject.path
        header = {
            "version": VERSION,
            "owner": this_program().as_table(),
            "path": None if path is None else os.fsencode(path).decode("utf-8", "surrogateescape"),
            "is_folder": self._subject.is_folder,
            "writer": self._writer,
            "begun": _next_time(),
            # In one record with the header: a generation is there with all that came before it, or it is not there.
            "hunks": [[first, count, list(lines)] for first, count, lines in hunks],
            **self._base_header,
        }
        self._add("journal", header)

    def _add(self, *body: object) -> None:
        data = encode_record(self._number, *body)
        self._disk.write_all(self._descriptor, data)
        self._number += 1
        self.size += len(data)

    def _close(self) -> None:
        with self._lock:
            descriptor, self._descriptor = self._descriptor, -1
            if descriptor >= 0:
                self._disk.close(descriptor)
