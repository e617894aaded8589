"""What was posted of one manuscript: noted, read and told, for the window and for the command line.

The text that was exported is what counts, not that of the moment in which it is noted. A manuscript without a file is
remembered as long as the program runs, and in a file as soon as it has one itself.
"""

import datetime as dt
from collections.abc import Callable, Collection
from pathlib import Path

from editor.manuscript.chapter_prints import chapters_within, print_chapters
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.posted_chapters import How, Posted
from editor.storage.posted import PostedFile

Change = Callable[[Posted], Posted]


class PostedLedger:
    """What was posted of the manuscript that has a certain path now. Everything here works on the disk; not for two threads at once."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds the files of all manuscripts."""
        self._folder = folder
        self._file: PostedFile | None = None
        self._memory = Posted()
        self._problems: list[str] = []
        self._seen: tuple[int, int, int] | None = None

    def open_at(self, path: Path | None, *, carries: bool = False) -> Posted:
        """Go on with the manuscript at `path` (None: it has none yet); `carries`: it is the same text, saved elsewhere.

        Return what was posted of it. Raise SaveFailed, FileUnreadable.
        """
        before = Posted()
        try:
            before = self.read() if carries else before
        finally:  # whatever became of the old file, nothing is noted there any more
            self._problems = self.take_problems()
            self._file = None if path is None else PostedFile(self._folder, path)
            self._memory = before
        if before.targets and self._file is not None:
            return self.change(lambda _: before)
        return self.read()

    def read(self) -> Posted:
        """Return what was posted; raise FileUnreadable."""
        if self._file is None:
            return self._memory
        self._seen = self._file.state()
        return self._file.read()

    def read_if_changed(self) -> Posted | None:
        """Return what was posted if another program has noted something since it was read, else None; raise FileUnreadable."""
        return self.read() if self._file is not None and self._file.state() != self._seen else None

    def change(self, function: Change) -> Posted:
        """Put what `function` makes of it in the place of what was posted, and return that; raise SaveFailed."""
        if self._file is None:
            self._memory = function(self._memory)
            return self._memory
        after = self._file.change(function)
        self._seen = self._file.state()
        return after

    def take_problems(self) -> list[str]:
        """Return what the writer is to be told, once."""
        problems, self._problems = self._problems, []
        if self._file is not None:
            problems += self._file.problems
            self._file.problems = []
        return problems


def noting(
    manuscript: Manuscript,
    target: str,
    how: How,
    *,
    selection: Collection[int] | None = None,
    places: Collection[int] | None = None,
    when: str = "",
) -> Change:
    """Return the change that notes that `manuscript` was posted to `target` as it is.

    All of it, or the chapters of which the nodes `selection` leave nothing out, or those at `places` in the book (from 0).
    """
    outline = manuscript.outline
    chapters, _ = print_chapters(outline, manuscript.text.blocks)
    if places is not None:
        ids = frozenset(chapter.id for chapter in chapters if chapter.place in places)
    elif selection is not None:
        ids = chapters_within(outline, selection)
    else:
        ids = frozenset(chapter.id for chapter in chapters)
    return lambda posted: posted.with_chapters(target, chapters, ids, when or now_in_utc(), how)


def note_export(
    folder: Path, path: Path, manuscript: Manuscript, target: str, selection: Collection[int] | None
) -> list[str]:
    """Note that an export of the manuscript at `path` was written; return what the writer is to be told. Raise SaveFailed."""
    file = PostedFile(folder, path)
    file.change(noting(manuscript, target, How.FILE, selection=selection))
    return file.problems


def now_in_utc() -> str:
    """Return the time as it is noted."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_of(when: str) -> str:
    """Return the day of a time that was noted, where the writer is, as in 3 November 2026; "" if it is no time."""
    try:
        local = dt.datetime.fromisoformat(when).astimezone()
    except (ValueError, OverflowError, OSError):
        return ""
    return f"{local.day} {local:%B} {local.year}"
