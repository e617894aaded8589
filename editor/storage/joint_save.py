"""Save several files of a folder so that after any crash all of them are as before or all as after the save.

Everything is encoded and checked first (`joint_plan`); then the new texts are written beside their targets and synced, then
an entry that says what is to be done (`joint_entry`), then it is done (`joint_steps`), then the entry is removed. After a crash
`joint_recovery.finish_joint_save` does the rest. Owner, mode, attributes, symbolic and hard links are kept as in the save of a
single file. Blocks while the disk works. Limits: one save at a time in a folder.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from editor.errors import FileConflict, FileUnreadable, SaveFailed
from editor.storage import complaints
from editor.storage.disk import Disk
from editor.storage.encoding import decode
from editor.storage.files import Fingerprint, StoredFile, fingerprint_of, hash_of, read_steadily, save_file
from editor.storage.joint_entry import Entry, Part, entry_path, hidden_name, new_code, write_entry
from editor.storage.joint_plan import Change, ChapterSave, plan_save
from editor.storage.joint_recovery import InterruptedJointSave, JointOutcome, finish_joint_save, set_aside
from editor.storage.joint_steps import Diverged, is_untouched, roll_forward, withdraw
from editor.storage.replacing import (
    NOT_THIS_WAY,
    NotThisWay,
    has_other_names,
    remove_quietly,
    write_temporary,
)


def save_chapters(
    folder: Path,
    chapters: Sequence[ChapterSave],
    *,
    removed: Sequence[StoredFile] = (),
    settings: bytes | None = None,
    settings_before: bytes | None = None,
    discard: Callable[[Path], None],
    disk: Disk | None = None,
) -> list[StoredFile]:
    """Make the disk agree with the manuscript; return the files as they are now, in the order of `chapters`.

    Writes what differs, and nothing if nothing does. `removed` are files to take away; their texts are kept by the caller, and
    `discard` moves a file to the trash. If that raises OSError or DinkusError (or leaves the file) the file is renamed to a
    hidden `.name.removed~`. `settings` are the new bytes of manuscript.toml; `settings_before` what was read: with None a
    file that is no valid TOML is a conflict, any other is replaced.
    Raise CannotEncode, FileConflict (`path` names the file) and SaveFailed. But for a SaveFailed that says so, nothing was
    written then; after that one, the next save or opening finishes this save first.
    """
    disk = disk or Disk()
    with _told_as_save_failure(folder):
        folder = disk.real_path(folder)
        earlier = finish_joint_save(folder, discard, disk)
    _refuse_after(earlier, folder)
    with _told_as_save_failure(folder):
        chapters = [_caught_up(chapter, earlier, disk) for chapter in chapters]
        removed = [now for stored in removed if (now := _still_to_remove(stored, earlier, disk))]
        known = None if settings is None else (settings_before, settings)
        changes = plan_save(folder, chapters, removed, known, disk)
        if len(changes) == 1 and changes[0].is_plain and settings is None:
            return [_saved_alone(chapter, changes[0], disk) for chapter in chapters]
        if changes:
            _save(folder, changes, discard, disk)
        return [_as_stored(chapter, changes, disk) for chapter in chapters]


def _refuse_after(earlier: Sequence[InterruptedJointSave], folder: Path) -> None:
    for found in earlier:
        if found.outcome is JointOutcome.UNFINISHED:
            raise SaveFailed(
                f"Nothing was saved: an earlier save in “{folder.name}” is not finished, and cannot be finished now. Your text is"
                " safe in the editor. Try again, or save elsewhere.",
                folder,
            )
        if found.outcome is JointOutcome.DIVERGED:
            raise FileConflict(_diverged_message(found.kept_in), found.versions[0].now or folder)


def _caught_up(chapter: ChapterSave, earlier: Sequence[InterruptedJointSave], disk: Disk) -> ChapterSave:
    """Return a chapter as if the save that was just finished had not been cut off, so that it can be saved again."""
    stored = chapter.stored
    for part in _finished_parts(earlier):
        is_meant = (
            _was_before(part, stored) if stored else (part.source, part.target) == ("", chapter.path.name)
        )
        if is_meant and part.target:
            chosen = stored.chosen_encoding if stored and not chapter.as_utf8 else None
            now = _as_left(part, (stored or chapter).path, _encoding_of(chapter), chosen, disk)
            return replace(chapter, stored=now) if now else chapter
    return chapter


def _still_to_remove(
    stored: StoredFile, earlier: Sequence[InterruptedJointSave], disk: Disk
) -> StoredFile | None:
    """Return a file that is to be removed as the save that was just finished left it; None if that has removed it."""
    for part in _finished_parts(earlier):
        if _was_before(part, stored):
            if not part.target:
                return None
            return (
                _as_left(part, stored.path, stored.decoded.encoding, stored.chosen_encoding, disk) or stored
            )
    return stored


def _finished_parts(earlier: Sequence[InterruptedJointSave]) -> Iterator[Part]:
    return (part for found in earlier if found.outcome is JointOutcome.FINISHED for part in found.parts)


def _was_before(part: Part, stored: StoredFile) -> bool:
    return (part.source, part.old) == (stored.path.name, stored.fingerprint.sha256)


def _as_left(
    part: Part, path: Path, encoding: str, chosen_encoding: str | None, disk: Disk
) -> StoredFile | None:
    """Return a file as a save left it that was finished now; None if it is another one already. `path` is any in its folder."""
    path = path.with_name(part.target)
    real_path = disk.real_path(path)
    now = read_steadily(real_path, path, disk)
    if hash_of(now.data) != part.new:
        return None
    return StoredFile(
        path, real_path, decode(now.data, encoding), fingerprint_of(now.state, part.new), chosen_encoding
    )


def _encoding_of(chapter: ChapterSave) -> str:
    like = chapter.stored.decoded if chapter.stored else chapter.like
    if like is None:
        return "utf-8"
    return "utf-8" if chapter.as_utf8 else like.encoding


def _saved_alone(chapter: ChapterSave, change: Change, disk: Disk) -> StoredFile:
    if chapter.stored is not None and chapter.path == change.target:
        return save_file(chapter.stored, chapter.lines, as_utf8=chapter.as_utf8, disk=disk)
    return _as_stored(chapter, [change], disk)


def _as_stored(chapter: ChapterSave, changes: Sequence[Change], disk: Disk) -> StoredFile:
    """Return a chapter as it was saved. If it is another one already, its fingerprint says so."""
    stored = chapter.stored
    change = next((change for change in changes if change.target == chapter.path), None)
    if change is None and stored is not None and chapter.is_unchanged:
        return stored
    if change is not None:
        data = change.data
        if data is None:
            data = change.before.data if change.before else b""
        real_path, fingerprint = _as_it_lies(chapter.path, data, disk)
    else:  # the disk agreed already; nothing was written
        real_path = disk.real_path(chapter.path)
        now = read_steadily(real_path, chapter.path, disk)
        data, fingerprint = now.data, fingerprint_of(now.state, hash_of(now.data))
        if stored is not None and fingerprint.sha256 == stored.fingerprint.sha256:
            return stored
    chosen = stored.chosen_encoding if stored and not chapter.as_utf8 else None
    return StoredFile(chapter.path, real_path, decode(data, _encoding_of(chapter)), fingerprint, chosen)


def _as_it_lies(path: Path, data: bytes, disk: Disk) -> tuple[Path, Fingerprint]:
    """Return where a file is that was just saved, and its fingerprint: one that fits no state if it cannot be looked at."""
    with contextlib.suppress(OSError, FileUnreadable):
        real_path = disk.real_path(path)
        now = read_steadily(real_path, path, disk)
        fingerprint = fingerprint_of(now.state, hash_of(data))
        return real_path, fingerprint if now.data == data else replace(fingerprint, mtime_ns=-1)
    return path, Fingerprint(0, 0, len(data), -1, -1, hash_of(data))


def _save(folder: Path, changes: Sequence[Change], discard: Callable[[Path], None], disk: Disk) -> None:
    entry = _begin(folder, changes, disk)
    try:
        roll_forward(entry, discard, disk)
    except Diverged as error:
        if not disk.is_there(entry.path):
            entry = entry.as_placing()
        path = entry.at(error.parts[0].source or error.parts[0].target)
        if is_untouched(entry, disk):
            withdraw(entry, disk)
            raise FileConflict(
                f"“{path.name}” was changed by another program just now. Nothing was written; your text is safe in the editor."
                " Look at it, and save again.",
                path,
            ) from error
        kept_in, _ = set_aside(entry, error.parts, disk)
        raise FileConflict(_diverged_message(kept_in), path) from error
    except OSError as error:
        if _is_called_off(entry, disk):
            raise
        raise SaveFailed(complaints.partly_saved(folder, error), folder) from error


def _is_called_off(entry: Entry, disk: Disk) -> bool:
    """Take a save back of which nothing was done yet, and say whether that worked."""
    try:
        if not disk.is_there(entry.path) or not is_untouched(entry, disk):
            return False
        withdraw(entry, disk)
    except OSError:
        return False
    return True


def _begin(folder: Path, changes: Sequence[Change], disk: Disk) -> Entry:
    """Write the new texts beside their targets and the entry, all synced. Raise OSError with nothing left behind."""
    code = new_code()
    places = [folder]
    if all(change.is_plain for change in changes):
        places.append(disk.copies)
    for place in places:
        try:
            return _begin_in(place, code, folder, changes, disk)
        except OSError as error:
            if place == places[-1] or error.errno not in NOT_THIS_WAY:
                raise
    raise AssertionError("there is a last place")


def _begin_in(place: Path, code: str, folder: Path, changes: Sequence[Change], disk: Disk) -> Entry:
    if place != folder:
        disk.make_folder(place)
    path = entry_path(place, folder, code)
    parts: list[Part] = []
    try:
        for number, change in enumerate(changes):
            parts.append(_prepare(change, f"{number}.{code}", place, folder, disk))
        for written in {(folder / part.temporary).parent for part in parts if part.temporary}:
            disk.sync_folder(written)
        entry = Entry(folder, path, tuple(parts))
        write_entry(entry, disk)
    except OSError:
        with contextlib.suppress(OSError):
            if not disk.is_there(path):
                for part in parts:
                    if part.temporary:
                        remove_quietly(folder / part.temporary, disk)
        raise
    return entry


def _prepare(change: Change, code: str, place: Path, folder: Path, disk: Disk) -> Part:
    """Write the new text of a file, and say what is to be done with it."""
    source, target = change.source.name if change.source else "", change.target.name if change.target else ""
    old = hash_of(change.before.data) if change.before else ""
    real = _named(change.real_path, folder)
    aside = (
        "" if change.is_plain or not source else hidden_name(source, code, "moving" if target else "removed")
    )
    if change.data is None:
        return Part(source, target, old, old, real, aside=aside)
    temporary, is_in_place = _write_text(change, change.data, code, place, disk)
    return Part(
        source,
        target,
        old,
        hash_of(change.data),
        real,
        _named(temporary, folder),
        aside,
        is_in_place,
        change.before.data if change.before else b"",
    )


def _write_text(change: Change, data: bytes, code: str, place: Path, disk: Disk) -> tuple[Path, bool]:
    """Write a new text to a temporary file; return where, and whether it must be written in place from there."""
    real, before = change.real_path, change.before
    if before is None or not has_other_names(real, before.state, disk):
        # A new file is placed by its name in the folder, also where a link of that name led elsewhere before it broke.
        home = real.parent if before else (change.target or real).parent
        temporary = home / hidden_name(real.name, code, "new")
        with contextlib.suppress(NotThisWay):
            write_temporary(temporary, data, real, before.state if before else None, disk)
            return temporary, False
    temporary = place / hidden_name(real.name, code, "new")
    write_temporary(temporary, data, real, None, disk, new_mode=0o600)
    return temporary, True


def _named(path: Path, folder: Path) -> str:
    return path.name if path.parent == folder else str(path)


def _diverged_message(kept_in: Path | None) -> str:
    return (
        "Another program changed files while they were saved. Nothing more was changed; your text is safe in the editor, and all"
        f" versions are in {kept_in}. Compare them, and open the folder again."
    )


@contextlib.contextmanager
def _told_as_save_failure(folder: Path) -> Iterator[None]:
    """Turn what the system says into errors for the writer."""
    try:
        yield
    except OSError as error:
        path = Path(error.filename) if isinstance(error.filename, str) else folder
        path = folder if path.name.startswith(".") else path
        raise SaveFailed(complaints.cannot_save(path, error), path) from error
