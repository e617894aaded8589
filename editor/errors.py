"""Everything that can go wrong and is told to the writer.

    DinkusError
    ├── InputError          what was asked for cannot be done (a usage mistake, an unknown scene, a bad option)
    ├── FileError           a file, with its path
    │   ├── FileUnreadable  missing, a folder, no permission, an I/O error, too large
    │   │   └── TookTooLong  an import took more than its time
    │   ├── NotText         binary
    │   ├── FileConflict    changed on disk since it was read; nothing was written
    │   ├── CannotEncode    a character that the file's encoding lacks, or a choice the writer must make first
    │   └── SaveFailed      disk full, read-only, I/O error; the old file is whole
    └── ResourceError       a file of our own (a profile, a theme) is broken

The text of an error is one or two sentences for the writer: what happened, to which file, what is safe, what to do.
"""

from pathlib import Path


class DinkusError(Exception):
    """Base of all errors that are told to the writer in words."""


class InputError(DinkusError):
    """What was asked for cannot be done as asked; nothing was changed."""


class FileError(DinkusError):
    """Something about one file; `path` names it."""

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message)
        self.path = path


class FileUnreadable(FileError):
    """The file could not be read."""


class TookTooLong(FileUnreadable):
    """The file may be read, but not in the time that a file nobody vouches for is given."""


class NotText(FileError):
    """The file is not text and is not opened."""


class FileConflict(FileError):
    """The file on disk is not the one that was read; it was not touched."""


class CannotEncode(FileError):
    """The text does not fit the file's encoding; the writer must choose; nothing was written."""


class SaveFailed(FileError):
    """The file could not be written; the old one is whole."""


class ResourceError(DinkusError):
    """One of the program's own files (a profile, a theme) is missing or broken."""
