"""What the command line does with an export: find its profile, write a folder of files or several formats at once, say whether it fits.

The manuscript itself is never replaced.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from editor.app import profiles
from editor.app.outputs import write_output
from editor.app.page_files import places_of, read_files
from editor.app.settings import read_settings, standard_folders
from editor.errors import DinkusError, FileConflict, InputError
from editor.export.profile import ONE_FILE, Profile
from editor.export.registry import Render, export_bytes, export_files
from editor.manuscript.file_names import TEXT_SUFFIXES
from editor.manuscript.manuscript import Manuscript
from editor.markup.model import Level


@dataclass(frozen=True, slots=True)
class Export:
    """An export that was asked for: of what, with which choices, by which renderers, and where the manuscript is, if anywhere."""

    manuscript: Manuscript
    profile: Profile
    selection: Collection[int] | None
    renderers: Mapping[str, Render]
    place: Path | None = None

    def run(self) -> bytes:
        """Return all of it as one file."""
        profile = with_own_files(self.profile, self.place)
        return export_bytes(self.manuscript, profile, self.selection, renderers=self.renderers)

    def run_files(self) -> dict[str, bytes]:
        """Return its files by name."""
        profile = with_own_files(self.profile, self.place)
        return export_files(self.manuscript, profile, self.selection, renderers=self.renderers)


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


def with_own_files(profile: Profile, manuscript: Path | None) -> Profile:
    """Return the profile with the texts of the files it names, beside the manuscript or in the folder of templates; raise InputError."""
    return read_files(profile, places_of(manuscript, standard_folders()))


def write_file(
    path: Path, export: Export, *, force: bool = False, holds: Callable[[Path], bool] = lambda _path: False
) -> None:
    """Write all of an export into the file `path`. Arguments and errors as for `write_folder`."""
    _refuse_the_book(path.parent, path.suffix, export, holds)
    write_output(path, export.run(), "export", holds, overwrite=force)


def write_folder(
    path: Path, export: Export, *, force: bool = False, holds: Callable[[Path], bool] = lambda _path: False
) -> None:
    """Write the files of an export into the folder `path`.

    `force`: replace what is there. `holds` says whether a path is the manuscript's own. Raise InputError, which says why nothing was
    written, or SaveFailed.
    """
    from editor.storage.export_folder import write_export_folder

    _refuse_the_book(path, export.profile.suffix, export, holds)
    files = export.run_files()
    for name in files:
        if holds(path / name):
            raise InputError(
                f"{path / name} is part of the manuscript. Choose another folder for the export."
            )
    try:
        write_export_folder(path, files, overwrite=force)
    except FileConflict as error:
        raise InputError(f"{error} On the command line: add --force.") from error


def _refuse_the_book(folder: Path, suffix: str, export: Export, holds: Callable[[Path], bool]) -> None:
    """Raise InputError if a file with that suffix in `folder` would become a chapter of the manuscript."""
    if suffix.lower() not in TEXT_SUFFIXES or not folder.is_dir():
        return
    is_book = any(root.level is Level.FILE for root in export.manuscript.outline.roots)
    if is_book and any(map(holds, folder.iterdir())):
        raise InputError(
            f"A text in {folder} would become a chapter of the manuscript. Choose another folder."
        )


def name_in_folder(title: str, profile: Profile) -> str:
    """Return what an export is called among others of the same manuscript: a file, or a folder where the profile makes one."""
    from editor.export.pieces import file_stem

    suffix = "" if makes_folder(profile) else profile.suffix
    return f"{file_stem(title or 'Untitled')} - {profile.name}{suffix}"


def write_several(
    folder: Path,
    exports: Iterable[Export],
    *,
    force: bool = False,
    holds: Callable[[Path], bool] = lambda _path: False,
) -> Iterator[tuple[Export, Path, DinkusError | None]]:
    """Write each of `exports` into `folder`, which is made if need be, and yield it with its path and what went wrong.

    What goes wrong with one does not stop the others. Arguments as for `write_folder`.
    """
    from editor.storage.disk import Disk

    try:
        Disk().make_folder(folder, 0o777)  # less what the system takes off
    except OSError as error:
        raise InputError(f"The folder {folder} cannot be used: {error.strerror}.") from error
    for export in exports:
        title = export.manuscript.outline.title or (export.place.stem if export.place else "")
        path = folder / name_in_folder(title, export.profile)
        try:
            if makes_folder(export.profile):
                write_folder(path, export, force=force, holds=holds)
            else:
                write_file(path, export, force=force, holds=holds)
        except DinkusError as error:
            yield export, path, error
        else:
            yield export, path, None


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
