"""The export profiles there are: those that come with the program, and the writer's own.

The writer's own are TOML files in the folder `profiles` beside the settings. One with the name of ours takes its place;
a broken one is reported and left out.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from editor.app.resources import resource_path
from editor.errors import InputError, ResourceError
from editor.export.profile import Profile, parse_profile

LARGEST_BYTES = 1_000_000

FIRST_NAMES = (
    "web-page",
    "web-page-as-typed",
    "site",
    "e-book",
    "pdf-book",
    "plain-text",
    "text-chapters",
    "markdown",
    "word-document",
    "open-document",
    "rich-text",
    "ao3",
    "ao3-import",
    "fanfiction-net",
    "royal-road",
    "wattpad",
    "tumblr",
    "storiesonline",
    "forum-xenforo",
    "forum-phpbb",
    "html-fragment",
    "plain-text-for-posting",
    "mail",
    "mail-flowed",
    "mailing-list",
    "story-manuscript",
    "story-typescript",
    "novel-manuscript",
    "novel-typescript",
    "pdf-manuscript",
)
"""The order in which profiles are shown; those not named here follow by name."""


def load_profiles(user_folder: Path | None, broken: list[ResourceError] | None = None) -> dict[str, Profile]:
    """Return all profiles by name, ours first, in the order of the menu.

    `user_folder` need not exist. What is wrong with the writer's own profiles is added to `broken`; a broken profile
    of ours raises ResourceError.
    """
    profiles = dict(_shipped_profiles())
    if user_folder is None:
        return profiles
    for path in _profile_files(user_folder):
        try:
            profiles[path.stem] = _read_profile(path)
        except ResourceError as error:
            if broken is not None:
                broken.append(error)
    return profiles


def find_profile(name: str, user_folder: Path | None) -> Profile:
    """Return the profile of that name; raise InputError if there is none, with what is wrong with the writer's own."""
    broken: list[ResourceError] = []
    profiles = load_profiles(user_folder, broken)
    if name not in profiles:
        also = " ".join(["", *map(str, broken)])
        raise InputError(f"There is no export profile “{name}”; there are {', '.join(profiles)}.{also}")
    return profiles[name]


def parse_setting(text: str) -> tuple[str, str]:
    """Return key and value of `key=value`, as they are given on the command line; raise InputError."""
    key, separator, value = text.partition("=")
    if not separator:
        raise InputError(f"“{text}” sets nothing; write --set key=value.")
    return key, value


@cache
def _shipped_profiles() -> Mapping[str, Profile]:
    """Return those that come with the program, which does not change while it runs."""
    return {path.stem: _read_profile(path) for path in _profile_files(resource_path("profiles"))}


def _profile_files(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(folder.glob("*.toml"), key=_place)
    except OSError:
        return  # a folder that cannot be read holds no profiles; the text matters more


def _place(path: Path) -> tuple[int, str]:
    name = path.stem
    return FIRST_NAMES.index(name) if name in FIRST_NAMES else len(FIRST_NAMES), name


def _read_profile(path: Path) -> Profile:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_BYTES)
        return parse_profile(path.stem, data.decode("utf-8-sig"))
    except OSError as error:
        raise ResourceError(f"The export profile {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ResourceError(f"The export profile {path} is not UTF-8 text.") from error
