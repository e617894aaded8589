"""The history of a manuscript for the command line: its versions as a list, and the text of one."""

import time
from pathlib import Path

from editor.errors import InputError
from editor.storage.history import History, Version


def list_versions(folder: Path, manuscript: Path) -> str:
    """Return a line for each version, the newest first: number, time, why, name. Raise InputError if there are none."""
    return "".join(_line_of(version) for version in _versions(History(folder, manuscript)))


def version_bytes(folder: Path, manuscript: Path, number: int) -> bytes:
    """Return the bytes of a version; of several files one after the other, each under its name.

    Raise InputError if there is no such version, BrokenHistory if it cannot be read.
    """
    history = History(folder, manuscript)
    version = next((each for each in _versions(history) if each.number == number), None)
    if version is None:
        raise InputError(f"There is no version {number}; dinkus history {manuscript} lists them.")
    files = history.read(version)
    if set(files) == {manuscript.name}:
        return files[manuscript.name]
    return b"".join(f"--- {name}\n".encode("utf-8", "surrogateescape") + data for name, data in files.items())


def _versions(history: History) -> list[Version]:
    versions = history.versions()
    if not versions:
        raise InputError(f"There is no history of {history.manuscript}: no version of it was kept yet.")
    return versions


def _line_of(version: Version) -> str:
    when = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(version.time))
    name = f"  “{version.label}”" if version.label else ""
    return f"{version.number:>5}  {when}  {version.reason}{name}\n"
