"""What the writer chose, and where they were: two small JSON files.

`settings.json` in the configuration folder holds choices; `session.json` in the state folder holds recent files, open
windows and, for each file, the caret and what was decided about it. Nothing of the manuscript is in either. A broken file
is set aside under another name and reported, and the program goes on with defaults.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from editor.errors import DinkusError
from editor.storage.disk import Disk
from editor.storage.files import write_export
from editor.storage.own_files import read_own, set_aside, why_broken

APP_NAME = "dinkus"
RECENT_LIMIT = 12
PLACES_LIMIT = 200
OPEN_LIMIT = 40  # windows that a start opens; a session with more is damaged
RANGES = {"font_size": (7.0, 48.0), "page_width": (30, 160), "backups_kept": (1, 1000)}
"""What the numbers among the settings may be; what is outside is left out."""

T = TypeVar("T", bound="Settings | Session")


@dataclass(frozen=True, slots=True)
class Settings:
    """The writer's choices. `page_width` is in characters, `font_size` in points; `theme` is a name or "system".

    `backup_folder` is an absolute path, as text; `shares_locks`: other computers are told in the manuscript's folder. `writer` holds what exports know of the writer, by the names of the
    options in `editor.export.profile`; `formats` are the profiles that were exported together last.
    """

    theme: str = "system"
    font_family: str = ""
    font_size: float = 13.0
    page_width: int = 66
    language: str = "auto"
    backs_up: bool = False
    backup_folder: str = ""
    backups_kept: int = 10
    shares_locks: bool = False
    writer: Mapping[str, str] = field(default_factory=dict)
    formats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """Where the writer was. Paths are absolute, as text; `places` maps a path to what is remembered of that file.

    `untold` is what could not be told any more when the last window closed.
    """

    recent: tuple[str, ...] = ()
    open_files: tuple[str, ...] = ()
    places: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    window: Mapping[str, Any] = field(default_factory=dict)
    was_welcomed: bool = False
    untold: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Folders:
    """Where our own files live; passed in so that tests and the command line can choose."""

    config: Path
    state: Path

    @property
    def settings_file(self) -> Path:
        return self.config / "settings.json"

    @property
    def session_file(self) -> Path:
        return self.state / "session.json"

    @property
    def profiles(self) -> Path:
        return self.config / "profiles"

    @property
    def templates(self) -> Path:
        return self.config / "templates"

    @property
    def kept(self) -> Path:
        return self.state / "kept"

    @property
    def locks(self) -> Path:
        return self.state / "locks"

    @property
    def history(self) -> Path:
        return self.state / "history"

    @property
    def posted(self) -> Path:
        return self.state / "posted"

    @property
    def journals(self) -> Path:
        return self.state / "journals"


def standard_folders() -> Folders:
    """Return the folders that this system provides for settings and for state."""
    config = platformdirs.user_config_dir(APP_NAME, appauthor=False)
    state = platformdirs.user_state_dir(APP_NAME, appauthor=False)
    return Folders(Path(config), Path(state))


def read_settings(folders: Folders, disk: Disk | None = None) -> tuple[Settings, str | None]:
    """Return the settings, and a sentence for the writer if the file was broken and has been set aside."""
    return _read(folders.settings_file, Settings, disk or Disk())


def read_session(folders: Folders, disk: Disk | None = None) -> tuple[Session, str | None]:
    """Return the session, and a sentence for the writer if the file was broken and has been set aside."""
    session, told = _read(folders.session_file, Session, disk or Disk())
    return replace(session, open_files=session.open_files[:OPEN_LIMIT]), told


def write_settings(folders: Folders, settings: Settings, disk: Disk | None = None) -> None:
    """Write the settings; raise SaveFailed if that is not possible."""
    _write(folders.settings_file, settings, disk or Disk())


def write_session(folders: Folders, session: Session, disk: Disk | None = None) -> None:
    """Write the session; raise SaveFailed if that is not possible."""
    _write(folders.session_file, session, disk or Disk())


def with_recent(session: Session, path: Path) -> Session:
    """Return the session with `path` as the most recent file."""
    name = str(path)
    return replace(
        session, recent=(name, *(other for other in session.recent if other != name))[:RECENT_LIMIT]
    )


def with_place(session: Session, path: Path, place: Mapping[str, Any]) -> Session:
    """Return the session with `place` added to what is remembered of `path`."""
    name = str(path)
    places = {key: value for key, value in session.places.items() if key != name}
    places[name] = {**place_of(session, path), **place}
    return replace(session, places=dict(list(places.items())[-PLACES_LIMIT:]))


def place_of(session: Session, path: Path) -> Mapping[str, Any]:
    """Return what is remembered of `path`, {} if nothing."""
    place = session.places.get(str(path), {})
    return place if isinstance(place, Mapping) else {}


def _read(path: Path, kind: type[T], disk: Disk) -> tuple[T, str | None]:
    try:
        data = json.loads(read_own(path, disk).decode("utf-8", "surrogatepass"))
        return kind(**_checked(data, kind())), None
    except FileNotFoundError:
        return kind(), None
    except (OSError, ValueError, TypeError, RecursionError) as error:
        return kind(), _set_aside(path, error, disk)


def _checked(data: object, default: T) -> dict[str, Any]:
    """Keep the values whose type is that of the default; a wrong or unknown one is left out."""
    if not isinstance(data, dict):
        raise TypeError("not a table")
    result: dict[str, Any] = {}
    for item in fields(default):
        value, usual = data.get(item.name), getattr(default, item.name)
        if isinstance(usual, tuple) and isinstance(value, list):
            result[item.name] = tuple(entry for entry in value if isinstance(entry, str))
        elif isinstance(usual, float | int) and not isinstance(usual, bool):
            if (number := _number(item.name, value, usual)) is not None:
                result[item.name] = number
        elif type(value) is type(usual):
            result[item.name] = value
    return result


def _number(name: str, value: object, usual: float) -> float | None:
    """Return a value if it is a number like the usual one, and one that can be worked with."""
    if isinstance(value, bool) or not isinstance(value, int if isinstance(usual, int) else int | float):
        return None
    least, most = RANGES[name]
    if not least <= value <= most:
        return None
    return value if isinstance(usual, int) else float(value)


def _set_aside(path: Path, error: Exception, disk: Disk) -> str:
    try:
        aside = set_aside(path, disk)
    except OSError:
        return f"{path} cannot be read ({why_broken(error)}). Dinkus goes on without it; your texts are not affected."
    return f"{path.name} was broken and is now {aside}. Dinkus starts with its usual settings; your texts are not affected."


def _write(path: Path, value: Settings | Session, disk: Disk) -> None:
    try:
        disk.make_folder(path.parent)
    except OSError as error:
        raise DinkusError(
            f"The folder {path.parent} cannot be made ({error.strerror}); settings are not kept."
        ) from error
    data = json.dumps(asdict(value), indent=1, ensure_ascii=False, sort_keys=True, default=dict)
    write_export(path, data.encode("utf-8", "surrogatepass"), overwrite=True, disk=disk)
