"""What the command line does with an export: write it where it was asked for, or say whether it fits.

A profile that makes several files is written to a folder. The manuscript itself is never replaced.
"""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from editor.app.profiles import load_profiles
from editor.app.settings import standard_folders
from editor.errors import FileConflict, InputError, ResourceError
from editor.export.profile import ONE_FILE, Profile
from editor.manuscript.file_names import TEXT_SUFFIXES
from editor.manuscript.manuscript import Manuscript
from editor.markup.model import Level


def all_profiles(broken: list[ResourceError]) -> dict[str, Profile]:
    """Return the profiles of the program and the writer's own; what is wrong with those is added to `broken`."""
    return load_profiles(standard_folders().profiles, broken)


def find_profile(name: str, settings: Iterable[str] = ()) -> Profile:
    """Return the profile called `name`, with options set by texts of the form key=value; raise InputError naming what there is."""
    broken: list[ResourceError] = []
    profiles = all_profiles(broken)
    if name not in profiles:
        also = " ".join(["", *map(str, broken)])
        raise InputError(f"There is no export profile “{name}”; there are {', '.join(profiles)}.{also}")
    return profiles[name].with_options(dict(map(_parse_setting, settings)))


def _parse_setting(text: str) -> tuple[str, str]:
    key, separator, value = text.partition("=")
    if not separator:
        raise InputError(f"“{text}” sets nothing; write --set key=value.")
    return key, value


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
    if makes_folder and profile.suffix in TEXT_SUFFIXES and path.is_dir():
        is_book = any(root.level is Level.FILE for root in manuscript.outline.roots)
        if is_book and any(map(holds, path.iterdir())):
            raise InputError(
                f"A text in {path} would become a chapter of the manuscript. Choose another folder."
            )
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
