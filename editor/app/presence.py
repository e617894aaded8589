"""Questions about files that are answered with yes or no, whatever the path.

A path from the session, the command line or a dialog may be too long, hold a null character or lead through a folder
that may not be read; none of that is an error here, such a file is simply not there.
"""

from pathlib import Path


def is_file(path: Path) -> bool:
    """Return whether there is a file at `path` that can be looked at."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Return whether there is a folder at `path` that can be looked at."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def is_same_file(one: Path, other: Path) -> bool:
    """Return whether both paths lead to the same file, there or not."""
    try:
        return one == other or one.samefile(other)
    except (OSError, ValueError):
        return False
