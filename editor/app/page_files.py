"""The files of the writer's that an export uses: page templates, style sheets, pictures of covers, and where they are looked for.

First beside the manuscript (in its folder, or in the folder that is the manuscript), then in the folder `templates` beside the
settings. Only what lies in these folders is read, and only what a profile names: a manuscript from a stranger may have
files beside it. Limits: texts in UTF-8 of up to a megabyte, pictures of up to twenty.
"""

import stat
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from editor.app.presence import is_folder
from editor.app.resources import resource_path
from editor.app.settings import Folders
from editor.errors import InputError
from editor.storage.disk import Disk
from editor.storage.files import write_export
from editor.storage.own_files import read_own

if TYPE_CHECKING:
    from editor.export.profile import Profile

LARGEST_BYTES = 1_000_000
LARGEST_PICTURE = 20_000_000
MOST_NAMES = 200
SUFFIXES = {"template": (".j2",), "style": (".css",), "cover_image": (".jpg", ".jpeg", ".png")}
"""The endings of the files that are offered, by the name of the option that names one."""

_PICTURES = frozenset({"cover_image"})

SHIPPED = ("page.html.j2", "page.css")
"""What comes with the program, to begin with."""

Places = tuple[Path, ...]


def places_of(manuscript: Path | None, folders: Folders) -> Places:
    """Return the folders in which the files of an export are looked for; `manuscript` is None for a text without a file."""
    if manuscript is None:
        return (folders.templates,)
    return (manuscript if is_folder(manuscript) else manuscript.parent, folders.templates)


def read_files(profile: "Profile", places: Places, disk: Disk | None = None) -> "Profile":
    """Return the profile with what is in the files it names.

    Raise InputError naming where a file was looked for, or what is wrong with it.
    """
    from editor.export.profile import OPTIONS

    texts: dict[str, Any] = {
        f"own_{option.name}": _read(name, places, disk or Disk(), is_picture=option.name in _PICTURES)
        for option in OPTIONS
        if option.name in SUFFIXES and option.matters_to(profile) and (name := getattr(profile, option.name))
    }
    return replace(profile, **texts) if texts else profile


def names_in(places: Places, disk: Disk | None = None) -> Mapping[str, list[str]]:
    """Return the names of the files there are for each option that names one; a folder that cannot be read has none."""
    disk = disk or Disk()
    found: dict[str, list[str]] = {option: [] for option in SUFFIXES}
    for place in places:
        try:
            names = sorted(disk.names_in(place))
        except OSError:
            continue
        for option, suffixes in SUFFIXES.items():
            fitting = [
                name for name in names if name.lower().endswith(suffixes) and name not in found[option]
            ]
            found[option] += fitting[: MOST_NAMES - len(found[option])]
    return found


def put_templates(folder: Path, *, force: bool = False, disk: Disk | None = None) -> list[Path]:
    """Write the templates that come with the program into `folder`, which is made if need be, and return their paths.

    Raise InputError if one is there already (and not `force`): then nothing was written; SaveFailed.
    """
    disk = disk or Disk()
    paths = [folder / name for name in SHIPPED]
    try:
        for path in paths:
            if not force and disk.is_there(path):
                raise InputError(f"“{path.name}” is already in {folder}; nothing was written.")
        disk.make_folder(folder, 0o777)  # less what the system takes off
    except OSError as error:
        raise InputError(f"The folder {folder} cannot be used: {error.strerror}.") from error
    for path in paths:
        write_export(path, resource_path("templates", path.name).read_bytes(), force, disk=disk)
    return paths


def _read(name: str, places: Places, disk: Disk, *, is_picture: bool) -> str | bytes:
    if not _is_plain(name):
        raise InputError(
            f"“{name}” is not the name of a file beside the manuscript. Put the file there and give its name only."
        )
    for place in places:
        try:
            data = _read_in(place, name, disk, LARGEST_PICTURE if is_picture else LARGEST_BYTES)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise InputError(f"The file “{name}” in {place} cannot be read: {error.strerror}.") from error
        try:
            return data if is_picture else data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise InputError(f"The file “{name}” in {place} is not UTF-8 text.") from error
    looked = " or in ".join(map(str, places)) or "any folder"
    raise InputError(f"There is no file “{name}” in {looked}.")


def _is_plain(name: str) -> bool:
    """Say whether a name leads down from a folder and nowhere else, on every system."""
    parts = name.split("/")
    return not any(part in {"", ".", ".."} for part in parts) and not set(name) & {"\\", ":", "\0"}


def _read_in(place: Path, name: str, disk: Disk, largest: int) -> bytes:
    """Return the bytes of a file in `place`; raise OSError, or InputError if it is elsewhere or no file."""
    path = disk.real_path(place / name)
    if not path.is_relative_to(disk.real_path(place)):
        raise InputError(f"“{name}” in {place} is a link that leads out of that folder; it is not read.")
    if not stat.S_ISREG(disk.stat(path).st_mode):
        raise InputError(f"“{name}” in {place} is not a file.")
    return read_own(path, disk, largest)
