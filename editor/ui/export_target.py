"""What an export from the window is written to: a file, or a folder where the profile makes several files."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from editor.app.presence import is_file, is_folder
from editor.errors import SaveFailed
from editor.export.progress import Report
from editor.storage.files import write_export
from editor.ui.export_job import ExportRequest, run_export, run_files

if TYPE_CHECKING:
    from editor.export.profile import Profile

Made = bytes | dict[str, bytes]
"""A finished export: one file, or files by name."""


def makes_folder(profile: "Profile") -> bool:
    """Say whether the profile makes several files."""
    from editor.export.profile import ONE_FILE

    return profile.files != ONE_FILE


def run_target(request: ExportRequest, report: Report | None = None) -> Made:
    """Return what is to be written for an export."""
    return run_files(request, report) if makes_folder(request.profile) else run_export(request, report)


def write_target(path: Path, made: Made) -> str:
    """Write a finished export and return its digest; what is there was agreed to be replaced. Raise DinkusError."""
    if isinstance(made, bytes):
        write_export(path, made, overwrite=True)
        return hashlib.sha256(made).hexdigest()
    from editor.storage.export_folder import write_export_folder

    write_export_folder(path, made, overwrite=True)
    return digest_of(path) or ""


def size_of(made: Made) -> int:
    """Return the number of bytes of a finished export."""
    return len(made) if isinstance(made, bytes) else sum(map(len, made.values()))


def path_to_write(path: Path, profile: "Profile") -> tuple[Path, bool]:
    """Return the path for a name that the writer chose, with the profile's suffix if it has none, and whether to ask before writing there.

    The file dialog has asked already about a file that was there under the very name.
    """
    if makes_folder(profile):
        return path, is_folder(path) and not _is_empty(path)
    if path.suffix:
        return path, False
    path = path.with_suffix(profile.suffix)
    return path, is_file(path)


def is_strange(path: Path, digest: str | None) -> bool:
    """Say whether something is at `path` that is neither an empty folder nor what was exported there, whose digest is `digest`."""
    return digest_of(path) not in {None, _EMPTY, digest}


def make_folder(folder: Path) -> None:
    """Make a folder for exports if it is not there; raise SaveFailed."""
    from editor.storage.disk import Disk

    try:
        Disk().make_folder(folder, 0o777)  # less what the system takes off
    except OSError as error:
        raise SaveFailed(f"The folder {folder} cannot be made: {error.strerror}.", folder) from error


def probe_of(profile: "Profile") -> str:
    """Return a name like those of the files in the folder that the profile makes, "" if it makes one file."""
    return f"1{profile.suffix}" if makes_folder(profile) else ""


def suggested_path(profile: "Profile", source: Path | None) -> Path:
    """Return a path beside the manuscript `source`, never its own."""
    base = source or Path.home() / "manuscript.txt"
    if makes_folder(profile):
        return base.with_name(f"{base.stem}-{profile.name}")
    path = base.with_suffix(profile.suffix)
    return path if path != base else base.with_name(f"{base.stem}-export{profile.suffix}")


def _is_empty(folder: Path) -> bool:
    try:
        return not any(folder.iterdir())
    except OSError:
        return False


def digest_of(path: Path) -> str | None:
    """Return the hash of a file, or of the files of a folder and their names; None if there is nothing, "" if it cannot be read."""
    try:
        if is_file(path):
            return hashlib.sha256(path.read_bytes()).hexdigest()
        if not is_folder(path):  # a pipe would be waited for
            return "" if path.exists() else None
        digest = hashlib.sha256()
        for file in sorted(path.iterdir()):
            digest.update(f"{file.name}\0".encode("utf-8", "surrogateescape"))
            digest.update(hashlib.sha256(file.read_bytes() if is_file(file) else b"").digest())
        return digest.hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return ""


_EMPTY = hashlib.sha256().hexdigest()
