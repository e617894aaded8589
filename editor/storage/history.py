"""The history of a manuscript: a version of it at every save, and of every text that was replaced, removed or not chosen.

Each manuscript has a bare Git repository in our state folder, named by its path, so that the writer's own folder gets nothing and
the history outlives it. A version is a tree of the files as they were, to the byte; `git log` and `git show` read it, and nothing
of ours is needed to get words back. A repository that cannot be read is set aside under another name and a new one begun; what
can still be read in the old one is listed after the new.

Limits: a manuscript that is renamed outside this program begins a new history; the old one is found among `histories`.
Blocks while the disk works: call it off the window's thread.
"""

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from editor.errors import SaveFailed
from editor.storage import complaints
from editor.storage.disk import Disk
from editor.storage.history_chain import (
    NAMED,
    ORDINARY_REASONS,
    REMOVAL_WORDS,
    Link,
    count_words_gone,
    read_blob,
    read_chain,
    read_entries,
    read_files,
    read_link,
    write_chain,
    write_link,
    write_tree,
    zone_of,
)
from editor.storage.history_lock import holding
from editor.storage.history_objects import NAME_OF_MANUSCRIPT, BrokenHistory, ObjectFiles, ObjectWriter
from editor.storage.history_packs import belongings_of, pack, remove_tree, sweep
from editor.storage.history_thinning import Moment, which_stay

_ASIDE = re.compile(r"(?P<mark>.+)\.broken-(?P<number>\d+)\.git")
_PATIENCE = 20.0  # seconds to wait for another window that writes in the same history


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a manuscript: its number, when (seconds since 1970) and why it was kept, the name the writer gave it."""

    number: int
    time: int
    reason: str
    label: str
    commit: str
    repository: Path

    @property
    def is_safety(self) -> bool:
        """Say whether it is a text that was replaced, removed or not chosen."""
        return self.reason not in ORDINARY_REASONS


@dataclass(frozen=True, slots=True)
class KnownHistory:
    """A history there is: of which manuscript, and when its newest version was kept (seconds since 1970; 0: not known)."""

    manuscript: Path
    repository: Path
    time: int


class History:
    """The versions of the manuscript (a file or a folder) at one path. `problems` are sentences for the writer."""

    def __init__(
        self,
        folder: Path,
        manuscript: Path,
        disk: Disk | None = None,
        *,
        patience: float = _PATIENCE,
        repository: Path | None = None,
    ) -> None:
        """`folder` holds all histories. `patience`: how many seconds to wait for another writer. `repository`: if it is known."""
        self.manuscript = Path(os.path.realpath(manuscript))
        self.repository = repository or folder / f"{_mark_of(self.manuscript)}.git"
        self.problems: list[str] = []
        self._disk = disk or Disk()
        self._patience = patience

    def keep(
        self, files: Mapping[str, bytes], reason: str, now: float, *, label: str = "", is_part: bool = False
    ) -> Version | None:
        """Keep a version: the name and the bytes of each file. Return it once it is safe, None if it is as the newest one.

        `is_part`: the other files are as in the newest version. `now` is in seconds since 1970. What is kept for safety is
        kept even if it is as the newest one, unless that was kept so too. Raise SaveFailed; then the versions are as before.
        """
        link = Link(b"", b"", 0, int(now), reason, label, zone=zone_of(now))
        with self._writing():
            try:
                return self._keep(files, link, is_part=is_part)
            except BrokenHistory as error:
                self._set_aside(error)
                return self._keep(files, link, is_part=False)

    def versions(self) -> list[Version]:
        """Return the versions that can be read, the newest first, those in damaged repositories after the others."""
        found: list[Version] = []
        for repository in [self.repository, *self._aside()]:
            with contextlib.suppress(BrokenHistory, OSError), ObjectFiles(repository, self._disk) as objects:
                for link in read_chain(objects):
                    found.append(_version_of(link, repository))  # noqa: PERF401 - what came before a fault stays
        return found

    def read(self, version: Version, *, is_partial: bool = False) -> dict[str, bytes]:
        """Return the files of a version: name to bytes. Raise BrokenHistory if they cannot be read.

        `is_partial`: without the files that cannot be read, of a version that is damaged.
        """
        try:
            with ObjectFiles(version.repository, self._disk) as objects:
                try:
                    link, _ = read_link(objects, version.commit.encode())
                except BrokenHistory:  # the row was written anew since
                    link = next(link for link in read_chain(objects) if link.number == version.number)
                return read_files(objects, link.tree, is_partial=is_partial)
        except (OSError, StopIteration) as error:
            raise BrokenHistory(f"That version cannot be read any more ({error}).") from error

    def name_snapshot(self, version: Version, label: str) -> None:
        """Give a version a name; "" takes it away. Raise SaveFailed, or BrokenHistory if it cannot be read."""
        with self._writing(), ObjectWriter(self.repository, self._disk) as objects:
            links = list(read_chain(objects))[::-1]
            if version.repository != self.repository or version.number not in {link.number for link in links}:
                raise BrokenHistory("That version is in a damaged part of the history and cannot be named.")
            named = [
                replace(link, label=label, commit=b"") if link.number == version.number else link
                for link in links
            ]
            self._write_anew(objects, links, named)

    def thin(self, now: float, *, packs: bool = False) -> int:
        """Let old versions go, as `history_thinning` says, and pack what has become many files; return how many went.

        `packs`: pack however few there are. Raise SaveFailed; then all that was to stay is there. A damaged history is set
        aside as it is: nothing is ever removed from one.
        """
        with self._writing():
            if not self._disk.is_there(self.repository):
                return 0
            try:
                with ObjectWriter(self.repository, self._disk) as objects:
                    return self._thin(objects, now, packs=packs)
            except BrokenHistory as error:
                self._set_aside(error)
                return 0

    # -- one repository

    def _keep(self, files: Mapping[str, bytes], link: Link, *, is_part: bool) -> Version | None:
        if not self._disk.is_there(self.repository):
            return self._begin(files, link)
        with ObjectWriter(self.repository, self._disk) as objects:
            newest, _ = read_link(objects, objects.tip())
            entries = read_entries(objects, newest.tree)
            objects.mend()
            before = {
                name: read_blob(objects, blob)
                for name, blob in entries.items()
                if not is_part or name in files
            }
            others = [(name, blob) for name, blob in entries.items() if is_part and name not in files]
            tree = write_tree(objects, files, others)
            if tree == newest.tree and not link.label and (not _is_safety(link) or _is_safety(newest)):
                return None
            gone = count_words_gone(
                [data for name, data in before.items() if files.get(name) != data],
                [data for name, data in files.items() if before.get(name) != data],
            )
            link = replace(link, tree=tree, number=newest.number + 1, words_gone=gone)
            written = write_link(objects, link, newest.commit)
            objects.set_tip(written.commit)
            return _version_of(written, self.repository)

    def _begin(self, files: Mapping[str, bytes], link: Link) -> Version:
        """Make the repository with its first version, under another name until it is whole."""
        number = max((version.number for version in self.versions()), default=0) + 1
        fresh = self.repository.with_suffix(".new")
        remove_tree(fresh, self._disk)
        with ObjectWriter(fresh, self._disk) as objects:
            objects.begin(self.manuscript)
            written = write_link(objects, replace(link, tree=write_tree(objects, files), number=number), None)
            objects.set_tip(written.commit)
        self._disk.replace(fresh, self.repository)
        self._disk.sync_folder(self.repository.parent)
        return _version_of(written, self.repository)

    def _thin(self, objects: ObjectWriter, now: float, *, packs: bool) -> int:
        links = list(read_chain(objects))[::-1]
        sources = [
            link.is_source or (following is not None and following.words_gone >= REMOVAL_WORDS)
            for link, following in zip(links, [*links[1:], None], strict=True)
        ]
        moments = [
            Moment(link.time, is_source or _is_safety(link), bool(link.label))
            for link, is_source in zip(links, sources, strict=True)
        ]
        stay = which_stay(moments, now)
        kept = [
            link if link.is_source == is_source else replace(link, is_source=is_source, commit=b"")
            for link, is_source, stays in zip(links, sources, stay, strict=True)
            if stays
        ]
        belongings_of(objects, kept)  # nothing goes before all trees that stay could be read
        kept = self._write_anew(objects, links, kept) if len(kept) < len(links) else links
        belongings = belongings_of(objects, reversed(kept))
        sweep(objects, belongings.everything(), now)
        pack(objects, belongings, is_due=packs)
        return len(links) - len(kept)

    def _write_anew(self, objects: ObjectWriter, before: list[Link], after: list[Link]) -> list[Link]:
        known: dict[bytes, bytes | None] = dict(
            zip([link.commit for link in before], [None, *(link.commit for link in before)], strict=False)
        )
        written = write_chain(objects, after, known)
        objects.set_tip(written[-1].commit)
        return written

    # -- around it

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Be the only one who writes, and tell in words what fails."""
        lock = self.repository.with_suffix(".lock")
        try:
            self._disk.make_folder(self.repository.parent)
            with holding(lock, self._disk, self._patience):
                yield
        except OSError as error:
            raise SaveFailed(
                f"No version of “{self.manuscript.name}” was kept in its history: {complaints.cause_of(error)}."
                " The text and its file are not affected.",
                self.manuscript,
            ) from error

    def _set_aside(self, error: BrokenHistory) -> None:
        mark = self.repository.stem
        numbers = [
            int(match["number"])
            for name in self._disk.names_in(self.repository.parent)
            if (match := _ASIDE.fullmatch(name))
        ]
        aside = self.repository.with_name(f"{mark}.broken-{max(numbers, default=0) + 1}.git")
        self._disk.replace(self.repository, aside)
        self._disk.sync_folder(aside.parent)
        self.problems.append(
            f"The history of “{self.manuscript.name}” is damaged. It is now {aside.name}, and what can be read of it is"
            f" still listed; a new one was begun. The text and its file are not affected. ({error})"
        )

    def _aside(self) -> list[Path]:
        """Return the repositories that were set aside, the last one first."""
        try:
            names = self._disk.names_in(self.repository.parent)
        except OSError:
            return []
        matches = [
            match
            for name in names
            if (match := _ASIDE.fullmatch(name)) and match["mark"] == self.repository.stem
        ]
        matches.sort(key=lambda match: int(match["number"]), reverse=True)
        return [self.repository.with_name(match[0]) for match in matches]


def histories(folder: Path, disk: Disk | None = None) -> list[KnownHistory]:
    """Return the histories in a folder, the one with the newest version first; each manuscript once. Never raises."""
    disk = disk or Disk()
    found: dict[Path, KnownHistory] = {}
    try:
        names = disk.names_in(folder)
    except OSError:
        return []
    for name in sorted(names, key=lambda name: _ASIDE.fullmatch(name) is not None):
        if not name.endswith(".git"):
            continue
        match = _ASIDE.fullmatch(name)
        repository = folder / (f"{match['mark']}.git" if match else name)
        manuscript = _manuscript_of(folder / name, disk)
        if manuscript is not None and manuscript not in found:
            found[manuscript] = KnownHistory(manuscript, repository, _newest_time(folder / name, disk))
    return sorted(found.values(), key=lambda known: known.time, reverse=True)


def _manuscript_of(repository: Path, disk: Disk) -> Path | None:
    try:
        path = Path(os.fsdecode(disk.read_whole(repository / NAME_OF_MANUSCRIPT)))
    except OSError:
        return None
    return path if path.is_absolute() and "\0" not in str(path) else None


def _newest_time(repository: Path, disk: Disk) -> int:
    with contextlib.suppress(BrokenHistory, OSError), ObjectFiles(repository, disk) as objects:
        return read_link(objects, objects.tip())[0].time
    return 0


def _mark_of(manuscript: Path) -> str:
    """Return what the repository of a manuscript is called: something to know it by, and a hash of its path."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", manuscript.stem).strip("-")[:24] or "text"
    return f"{plain}-{hashlib.sha256(os.fsencode(manuscript)).hexdigest()[:16]}"


def _version_of(link: Link, repository: Path) -> Version:
    return Version(link.number, link.time, link.reason, link.label, link.commit.decode(), repository)


def _is_safety(link: Link) -> bool:
    return link.reason not in ORDINARY_REASONS


__all__ = ["NAMED", "BrokenHistory", "History", "KnownHistory", "Version", "histories"]
