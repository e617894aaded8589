"""Read and write the files of a writer, and never lose a word of them.

The save protocol: everything is encoded and checked first; a file that is not the one that was read is not touched; the new
text is written beside the old one, synced and renamed over it (`replacing`), or rewritten in place with both texts kept
beside (`rewrites`); an error, one from syncing included, is a failed save.

Limits: a file at a time, up to 256 MB. Blocks while the disk works: call it off the window's thread.
"""

import contextlib
import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from editor.errors import FileConflict, FileUnreadable, NotText, SaveFailed
from editor.storage import complaints
from editor.storage.detection import BinaryData
from editor.storage.disk import Disk
from editor.storage.encoding import Decoded, decode, encode
from editor.storage.replacing import create_file, put_in_place_of
from editor.storage.rewrites import LeftTorn, OnDisk

SIZE_LIMIT = 256 * 1024 * 1024
_ATTEMPTS = 4  # to read a file that another program is writing


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a file was when it was last read or written. The hash decides; the rest saves reading."""

    device: int
    inode: int
    size: int
    mtime_ns: int
    ctime_ns: int
    sha256: str

    def fits(self, state: os.stat_result) -> bool:
        """Say whether a file in this state cannot have been written since."""
        return (self.device, self.inode, self.size, self.mtime_ns, self.ctime_ns) == (
            *_identity(state),
            state.st_ctime_ns,
        )


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it was last read or written.

    `path` is as given, `real_path` with links resolved. `chosen_encoding` is what the writer said it is in, or None.
    """

    path: Path
    real_path: Path
    decoded: Decoded
    fingerprint: Fingerprint
    chosen_encoding: str | None = None

    @property
    def data(self) -> bytes:
        """Return the bytes of the file."""
        return encode(self.decoded.lines, self.decoded)


@dataclass(frozen=True, slots=True)
class Vanished:
    """There is no file any more where one was read. Programs that delete and create do this for a moment."""

    path: Path


def read_file(path: Path, encoding: str | None = None, disk: Disk | None = None) -> StoredFile:
    """Read a text file. `encoding` is what the writer said it is in.

    Raise FileUnreadable (missing, a folder, no permission, a disk error, too large), NotText (binary), InputError (no such
    encoding).
    """
    disk = disk or Disk()
    try:
        real_path = disk.real_path(path)
        found = read_steadily(real_path, path, disk)
    except OSError as error:
        raise FileUnreadable(complaints.cannot_read(path, error), path) from error
    try:
        decoded = decode(found.data, encoding)
    except BinaryData:
        raise NotText(
            f"“{path}” is not a text file. Dinkus opens plain text only; nothing was changed.", path
        ) from None
    return StoredFile(path, real_path, decoded, fingerprint_of(found.state, hash_of(found.data)), encoding)


def save_file(
    stored: StoredFile,
    lines: Sequence[str],
    *,
    as_utf8: bool = False,
    disk: Disk | None = None,
) -> StoredFile:
    """Write the edited lines of a file that was read; return it as it is now.

    Nothing is written if nothing changed. A file that vanished is made again. `as_utf8`: the writer has agreed to UTF-8.
    Raise CannotEncode, FileConflict (the file changed outside), SaveFailed.
    """
    disk = disk or Disk()
    data = encode(lines, stored.decoded, as_utf8=as_utf8, path=stored.path)
    encoding, chosen = ("utf-8", None) if as_utf8 else (stored.decoded.encoding, stored.chosen_encoding)
    with _told_as_save_failure(stored.path):
        real_path = disk.real_path(stored.path)
        old = on_disk(real_path, stored.path, disk)
        if old is None:
            state = _create(real_path, data, stored.path, disk)
        else:
            old_hash = hash_of(old.data)
            if old_hash not in {stored.fingerprint.sha256, hash_of(data)}:
                raise FileConflict(conflict_message(stored.path), stored.path)
            if old_hash == stored.fingerprint.sha256 == hash_of(data):
                return stored
            state = _put(real_path, stored.path, data, old, disk)
        return _as_stored(
            stored.path,
            real_path,
            data,
            state,
            disk,
            encoding=encoding,
            chosen_encoding=chosen,
        )


def save_as(
    path: Path,
    lines: Sequence[str],
    like: Decoded | None = None,
    *,
    overwrite: bool = False,
    as_utf8: bool = False,
    disk: Disk | None = None,
) -> StoredFile:
    """Write lines to a file of another name, encoded like the file they came from (UTF-8 and LF if from none).

    Raise CannotEncode, FileConflict (a file is there, and not `overwrite`), SaveFailed.
    """
    disk = disk or Disk()
    like = like or decode(b"")
    data = encode(lines, like, as_utf8=as_utf8, path=path)
    with _told_as_save_failure(path):
        real_path, state = _write_whole(path, data, overwrite, disk)
        return _as_stored(path, real_path, data, state, disk, encoding="utf-8" if as_utf8 else like.encoding)


def write_export(path: Path, data: bytes, overwrite: bool = False, *, disk: Disk | None = None) -> None:
    """Write a file that is made from a manuscript, whole or not at all.

    Raise FileConflict (a file is there, and not `overwrite`), SaveFailed.
    """
    with _told_as_save_failure(path, complaints.cannot_write):
        _write_whole(path, data, overwrite, disk or Disk())


def changed_outside(stored: StoredFile, disk: Disk | None = None) -> StoredFile | Vanished | None:
    """Return the file as it is now if its bytes are other ones, None if they are the same, Vanished if it is gone.

    Raise FileUnreadable or NotText if it cannot be read any more.
    """
    disk = disk or Disk()
    try:
        state = disk.stat(stored.path)
    except FileNotFoundError:
        return Vanished(stored.path)
    except OSError as error:
        raise FileUnreadable(complaints.cannot_read(stored.path, error), stored.path) from error
    if stored.fingerprint.fits(state):
        return None
    now = read_file(stored.path, stored.chosen_encoding, disk)
    return None if now.fingerprint.sha256 == stored.fingerprint.sha256 else now


def written_as_before(stored: StoredFile, found: StoredFile) -> StoredFile:
    """Return the emptied file `found`, to be written like the one that it was: in its encoding, with its line ends."""
    before = stored.decoded
    decoded = Decoded(["", ""], [before.new_end, ""], before.encoding, before.eol, {})
    return StoredFile(found.path, found.real_path, decoded, found.fingerprint, stored.chosen_encoding)


def read_steadily(real_path: Path, path: Path, disk: Disk) -> OnDisk:
    """Read a file between two looks at its state that agree; raise OSError or FileUnreadable."""
    for _ in range(_ATTEMPTS):
        _refuse_what_is_no_file(disk.stat(real_path), path)
        descriptor = disk.open_to_read(real_path)
        try:
            before = disk.stat_open(descriptor)
            data = disk.read_all(descriptor)
            after = disk.stat_open(descriptor)
        finally:
            disk.close(descriptor)
        if _identity(before) == _identity(after):
            break
    # The earlier state: if the file never held still, it differs from the present one, and the hash will be asked.
    return OnDisk(before, data)


def _refuse_what_is_no_file(state: os.stat_result, path: Path) -> None:
    if stat.S_ISDIR(state.st_mode):
        raise FileUnreadable(f"“{path}” is a folder. Open a file in it.", path)
    if not stat.S_ISREG(state.st_mode):
        raise FileUnreadable(f"“{path}” is a device or a pipe, not a file. Open a text file.", path)
    if state.st_size > SIZE_LIMIT:
        size = state.st_size // (1024 * 1024)
        raise FileUnreadable(
            f"“{path}” has {size} MB, more than the {SIZE_LIMIT // (1024 * 1024)} MB that Dinkus opens. Split it first.",
            path,
        )


def on_disk(real_path: Path, path: Path, disk: Disk) -> OnDisk | None:
    """Return what is at a path, None if nothing; raise SaveFailed if the writer has marked it as not to be written."""
    try:
        found = read_steadily(real_path, path, disk)
    except FileNotFoundError:
        return None
    except FileUnreadable as error:
        raise SaveFailed(
            f"“{path.name}” was not saved. {error} Your text is safe in the editor.", path
        ) from error
    is_writable = found.state.st_mode & 0o222 and disk.may_write(real_path)
    if not is_writable and disk.is_there(real_path):
        raise SaveFailed(
            f"“{path.name}” was not saved: it is read-only. Your text is safe in the editor. Allow writing to the file and"
            " try again, or save elsewhere.",
            path,
        )
    return found


def _write_whole(path: Path, data: bytes, overwrite: bool, disk: Disk) -> tuple[Path, os.stat_result]:
    real_path = disk.real_path(path)
    if not overwrite:
        return real_path, _create(real_path, data, path, disk)
    old = on_disk(real_path, path, disk)
    if old is None:
        return real_path, _create(real_path, data, path, disk)
    return real_path, _put(real_path, path, data, old, disk)


def _create(real_path: Path, data: bytes, path: Path, disk: Disk) -> os.stat_result:
    try:
        return create_file(real_path, data, disk)
    except FileExistsError:
        raise FileConflict(
            f"“{path}” is already there. Nothing was written; choose another name, or agree to overwrite it.",
            path,
        ) from None


def _put(real_path: Path, path: Path, data: bytes, old: OnDisk, disk: Disk) -> os.stat_result:
    def check() -> None:
        try:
            now = disk.stat(real_path)
        except FileNotFoundError:  # removed in this moment, perhaps to be made again
            raise FileConflict(conflict_message(path), path) from None
        if _identity(now) != _identity(old.state):
            raise FileConflict(conflict_message(path), path)

    return put_in_place_of(real_path, data, old, check, disk)


def conflict_message(path: Path) -> str:
    """Say that a file is not the one that was read."""
    return (
        f"“{path.name}” was changed by another program since it was read. Nothing was written; your text is safe in the"
        " editor, and the other one on the disk. Compare them and choose, or save elsewhere."
    )


def _as_stored(
    path: Path,
    real_path: Path,
    data: bytes,
    state: os.stat_result,
    disk: Disk,
    *,
    encoding: str,
    chosen_encoding: str | None = None,
) -> StoredFile:
    """Return a file that was just written. If it is another one already, its fingerprint says so."""
    with contextlib.suppress(OSError):
        now = disk.stat(real_path)
        if _identity(now) == _identity(state):
            state = now  # giving it its name changed its ctime
    return StoredFile(
        path, real_path, decode(data, encoding), fingerprint_of(state, hash_of(data)), chosen_encoding
    )


@contextlib.contextmanager
def _told_as_save_failure(
    path: Path, words: Callable[[Path, OSError], str] = complaints.cannot_save
) -> Iterator[None]:
    """Turn what the system says into errors for the writer."""
    try:
        yield
    except LeftTorn as error:
        raise SaveFailed(complaints.left_torn(path, error, error.copy), path) from error
    except OSError as error:
        raise SaveFailed(words(path, error), path) from error


def _identity(state: os.stat_result) -> tuple[int, int, int, int]:
    return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns


def fingerprint_of(state: os.stat_result, sha256: str) -> Fingerprint:
    """Return the fingerprint of a file in this state and with this hash."""
    return Fingerprint(*_identity(state), state.st_ctime_ns, sha256)


def hash_of(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
