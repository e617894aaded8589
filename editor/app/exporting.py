"""What the command line does with an export: write it where it was asked for, or say whether it fits.

A profile that makes several files is written to a folder. The manuscript itself is never replaced.
"""

from collections.abc import Callable, Collection
from pathlib import Path

from editor.errors import FileConflict, InputError
from editor.export.profile import ONE_FILE, Profile
from editor.manuscript.manuscript import Manuscript


def write_export_to(
    path: Path,
    manuscript: Manuscript,
    profile: Profile,
    selection: Collection[int] | None = None,
    *,
    force: bool = False,
    holds: Callable[[Path], bool] = lambda _path: False,
) -> None:
    """Export `manuscript` to `path`: a file, or a folder where the profile makes several files.

    `force`: replace what is there. `holds` says whether a path is the manuscript's own. Raise InputError, which says why nothing was
    written, or SaveFailed.
    """
    from editor.export.registry import export_bytes, export_files
    from editor.storage.export_folder import write_export_folder
    from editor.storage.files import write_export

    makes_folder = profile.files != ONE_FILE
    if path.is_dir() and not makes_folder:
        raise InputError(f"{path} is a folder. Name a file in it for the export.")
    if holds(path) and not path.is_dir():
        raise InputError(f"{path} is the manuscript itself. Choose another name for the export.")
    try:
        if not makes_folder:
            write_export(path, export_bytes(manuscript, profile, selection), overwrite=force)
            return
        files = export_files(manuscript, profile, selection)
        for name in files:
            if holds(path / name):
                raise InputError(
                    f"{path / name} is part of the manuscript. Choose another folder for the export."
                )
        write_export_folder(path, files, overwrite=force)
    except FileConflict as error:
        if makes_folder:
            raise InputError(f"{error} On the command line: add --force.") from error
        raise InputError(
            f"{path} is already there; nothing was written. Choose another name, or add --force."
        ) from error


def check_export(
    manuscript: Manuscript, profile: Profile, selection: Collection[int] | None = None
) -> tuple[str, bool]:
    """Return what the target would say to an export, as text for a terminal, and whether it fits."""
    from editor.export.check import check_manuscript
    from editor.export.listing import printable

    check = check_manuscript(manuscript, profile, selection)
    lines = [check.summary, *check.notes]
    if len(check.sizes) > 1:
        lines += [f"{characters:>11,}  {name}" for name, characters in check.sizes]
    return "".join(f"{printable(line)}\n" for line in lines), check.fits
