"""What a save of several files has to do, found and checked before anything is written.

Everything is encoded, compared with the disk and looked up by name here; so an error of this module means that the disk is as
it was. Not for writing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from editor.errors import FileConflict, FileUnreadable, SaveFailed
from editor.storage.disk import Disk
from editor.storage.encoding import Decoded, decode, encode
from editor.storage.files import StoredFile, conflict_message, hash_of, on_disk, read_steadily
from editor.storage.folder_names import SETTINGS_NAME, name_key
from editor.storage.folder_settings import parse_settings
from editor.storage.rewrites import OnDisk


@dataclass(frozen=True, slots=True)
class ChapterSave:
    """A chapter as it is to be on the disk.

    `stored` None: a new file, encoded like `like` (None: UTF-8 and LF). `stored.path` other than `path`: it is renamed as well.
    `as_utf8`: the writer has agreed to UTF-8.
    """

    path: Path
    lines: Sequence[str]
    stored: StoredFile | None
    like: Decoded | None = None
    as_utf8: bool = False

    @property
    def is_unchanged(self) -> bool:
        """Say whether neither the text nor the name is another one than was read."""
        return (
            self.stored is not None
            and self.stored.path == self.path
            and not self.as_utf8
            and list(self.lines) == self.stored.decoded.lines
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One file that a save changes: its paths before and after (None: new, removed), what is there, its new bytes.

    `data` None: the bytes stay. `real_path` is where they are.
    """

    source: Path | None
    target: Path | None
    real_path: Path
    before: OnDisk | None
    data: bytes | None

    @property
    def is_plain(self) -> bool:
        """Say whether only the text of a file changes that stays where it is."""
        return self.source is not None and self.source == self.target


def plan_save(
    folder: Path,
    chapters: Sequence[ChapterSave],
    removed: Sequence[StoredFile],
    settings: tuple[bytes | None, bytes] | None,
    disk: Disk,
) -> list[Change]:
    """Return the changes that make the disk agree, [] if it does. `settings` are the bytes as read and as they should be.

    Raise CannotEncode, FileConflict, SaveFailed or OSError.
    """
    changes = [change for chapter in chapters if (change := _plan_chapter(chapter, disk))]
    changes += [change for stored in removed if (change := _plan_removal(stored, disk))]
    if settings and (change := _plan_settings(folder / SETTINGS_NAME, *settings, disk)):
        changes.append(change)
    if changes:
        _check_places(folder, changes, disk)
        _check_names(chapters, changes, disk.names_in(folder), disk)
    return changes


def _plan_chapter(chapter: ChapterSave, disk: Disk) -> Change | None:
    stored = chapter.stored
    if stored is None:
        data = encode(chapter.lines, chapter.like or decode(b""), as_utf8=chapter.as_utf8, path=chapter.path)
        return Change(None, chapter.path, disk.real_path(chapter.path), None, data)
    if chapter.is_unchanged and disk.is_there(stored.path):
        return None
    data = encode(chapter.lines, stored.decoded, as_utf8=chapter.as_utf8, path=chapter.path)
    real_path = disk.real_path(stored.path)
    before = _look(stored, real_path, disk, is_written=hash_of(data) != stored.fingerprint.sha256)
    if before is None:  # it vanished, and is made again as a single file would be
        return Change(None, chapter.path, disk.real_path(chapter.path), None, data)
    is_same = hash_of(before.data) == hash_of(data)
    if not is_same and hash_of(before.data) != stored.fingerprint.sha256:
        raise FileConflict(conflict_message(stored.path), stored.path)
    if is_same and chapter.path == stored.path:
        return None
    return Change(stored.path, chapter.path, real_path, before, None if is_same else data)


def _plan_removal(stored: StoredFile, disk: Disk) -> Change | None:
    before = _look(stored, disk.real_path(stored.path), disk, is_written=False)
    if before is None:
        return None
    if hash_of(before.data) != stored.fingerprint.sha256:
        raise FileConflict(conflict_message(stored.path), stored.path)
    return Change(stored.path, None, disk.real_path(stored.path), before, None)


def _plan_settings(path: Path, known: bytes | None, data: bytes, disk: Disk) -> Change | None:
    real_path = disk.real_path(path)
    before = on_disk(real_path, path, disk)
    if before is None:
        return Change(None, path, real_path, None, data)
    if before.data == data:
        return None
    if before.data != known and (known is not None or parse_settings(before.data).problem):
        raise FileConflict(conflict_message(path), path)
    return Change(path, path, real_path, before, data)


def _look(stored: StoredFile, real_path: Path, disk: Disk, *, is_written: bool) -> OnDisk | None:
    if is_written:
        return on_disk(real_path, stored.path, disk)
    try:
        return read_steadily(real_path, stored.path, disk)
    except FileNotFoundError:
        return None
    except FileUnreadable as error:
        raise SaveFailed(
            f"Nothing was saved. {error} Your text is safe in the editor.", stored.path
        ) from error


def _check_places(folder: Path, changes: Sequence[Change], disk: Disk) -> None:
    """Refuse what is not directly in the folder, and two names of one file."""
    real_folder = disk.real_path(folder)
    seen: set[Path] = set()
    for change in changes:
        for path in _paths_of(change):
            if disk.real_path(path.parent) != real_folder:
                raise SaveFailed(
                    f"“{path}” was not saved: it is not in the folder of the manuscript, {folder}. Nothing was written.",
                    path,
                )
        if change.source and change.real_path in seen:
            raise FileConflict(
                f"“{change.source.name}” is another name of a file that is saved as well. Nothing was written; your text is safe"
                " in the editor. Remove the link and open the folder again.",
                change.source,
            )
        seen.add(change.real_path)


def _paths_of(change: Change) -> Iterator[Path]:
    return (path for path in (change.source, change.target) if path is not None)


def _check_names(
    chapters: Sequence[ChapterSave], changes: Sequence[Change], names: list[str], disk: Disk
) -> None:
    """Refuse a new name that is taken: by a file that does not go away in this save, or by another chapter of it."""
    leaving = {c.source.name for c in changes if c.source and not c.is_plain}
    staying = set(names) - leaving
    leaving_keys = {name_key(name) for name in leaving}
    changed = {change.target for change in changes}
    for chapter in chapters:
        if chapter.path not in changed:
            staying.add(chapter.path.name)
    taken: set[str] = set()
    for change in changes:
        target = change.target
        if target is None or change.is_plain:
            continue
        is_there = target.name in staying or (
            disk.is_there(target) and name_key(target.name) not in leaving_keys
        )
        if is_there or name_key(target.name) in taken:
            raise FileConflict(
                f"“{target.name}” is already there. Nothing was written; your text is safe in the editor. Choose another name.",
                target,
            )
        taken.add(name_key(target.name))
