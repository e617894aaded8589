"""A file that the command line makes: never in the place of what it was made from, and of no other file unless that is said."""

from collections.abc import Callable
from pathlib import Path

from editor.errors import FileConflict, InputError
from editor.storage.files import write_export


def write_output(
    path: Path, data: bytes, what: str, is_source: Callable[[Path], bool], *, overwrite: bool
) -> None:
    """Write `data`, called `what` in complaints; raise InputError (a folder, the source itself, a file is there), SaveFailed."""
    if path.is_dir():
        raise InputError(f"{path} is a folder. Name a file in it for the {what}.")
    if is_source(path):
        raise InputError(f"{path} is the manuscript itself. Choose another name for the {what}.")
    try:
        write_export(path, data, overwrite=overwrite)
    except FileConflict as error:
        raise InputError(
            f"{path} is already there; nothing was written. Choose another name, or add --force."
        ) from error
