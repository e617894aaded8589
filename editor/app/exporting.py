"""What the command line does with an export: find its profile, write a folder of files, say whether it fits.

The manuscript itself is never replaced.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from editor.app import profiles
from editor.app.settings import read_settings, standard_folders
from editor.errors import FileConflict, InputError
from editor.export.profile import ONE_FILE, Profile
from editor.export.registry import Render, export_bytes, export_files
from editor.manuscript.file_names import TEXT_SUFFIXES
from editor.manuscript.manuscript import Manuscript
from editor.markup.model import Level


@dataclass(frozen=True, slots=True)
class Export:
    """An export that was asked for: of what, with which choices, and by which renderers."""

    manuscript: Manuscript
    profile: Profile
    selection: Collection[int] | None
    renderers: Mapping[str, Render]

    def run(self) -> bytes:
        """Return all of it as one file."""
        return export_bytes(self.manuscript, self.profile, self.selection, renderers=self.renderers)


def makes_folder(profile: Profile) -> bool:
    """Say whether the profile makes several files."""
    return profile.files != ONE_FILE


def find_profile(name: str, settings: Iterable[str]) -> tuple[Profile, str | None]:
    """Return the profile called `name`, with options set by texts of the form key=value and the writer of the settings, and a fault of those.

    Raise InputError naming what there is.
    """
    folders = standard_folders()
    profile = profiles.find_profile(name, folders.profiles)
    profile = profile.with_options(dict(map(profiles.parse_setting, settings)))
    kept, fault = read_settings(folders)
    return profile.with_writer(kept.writer), fault


def write_folder(
    path: Path, export: Export, *, force: bool = False, holds: Callable[[Path], bool] = lambda _path: False
) -> None:
    """Write the files of an export into the folder `path`.

    `force`: replace what is there. `holds` says whether a path is the manuscript's own. Raise InputError, which says why nothing was
    written, or SaveFailed.
    """
    from editor.storage.export_folder import write_export_folder

    if export.profile.suffix in TEXT_SUFFIXES and path.is_dir():
        is_book = any(root.level is Level.FILE for root in export.manuscript.outline.roots)
        if is_book and any(map(holds, path.iterdir())):
            raise InputError(
                f"A text in {path} would become a chapter of the manuscript. Choose another folder."
            )
    files = export_files(export.manuscript, export.profile, export.selection, renderers=export.renderers)
    for name in files:
        if holds(path / name):
            raise InputError(
                f"{path / name} is part of the manuscript. Choose another folder for the export."
            )
    try:
        write_export_folder(path, files, overwrite=force)
    except FileConflict as error:
        raise InputError(f"{error} On the command line: add --force.") from error


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
