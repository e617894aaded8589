"""Find the files that come with the program: profiles, themes, icons, samples.

They stand at the top of a checkout, inside the package in an installed wheel, and beside the program in a bundle.
"""

import sys
from pathlib import Path

from editor.errors import ResourceError


def _candidates(folder: str) -> list[Path]:
    package = Path(__file__).resolve().parent.parent
    bundle = getattr(sys, "_MEIPASS", None)
    places = [Path(bundle) / folder] if bundle else []
    return [*places, package / f"_{folder}", package.parent / folder]


def _find(folder: str, parts: tuple[str, ...]) -> Path:
    for place in _candidates(folder):
        path = place.joinpath(*parts)
        if path.exists():
            return path
    name = "/".join((folder, *parts))
    raise ResourceError(
        f"Part of Dinkus is missing: {name}. Install Dinkus again; your manuscripts are not affected."
    )


def resource_path(*parts: str) -> Path:
    """Return the path of a file or folder in `resources`; raise ResourceError if it is not there."""
    return _find("resources", parts)


def sample_path(*parts: str) -> Path:
    """Return the path of a file or folder in `samples`; raise ResourceError if it is not there."""
    return _find("samples", parts)
