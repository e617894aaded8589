"""What the system said, in words for the writer: what happened, to which file, what is safe, what to do."""

import errno
from pathlib import Path

_CAUSES = {
    errno.ENOSPC: "the disk is full",
    getattr(errno, "EDQUOT", -1): "your space on this disk is used up",
    errno.EFBIG: "it is larger than this disk allows",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "you have no permission",
    errno.EPERM: "it is not permitted",
    errno.ENOENT: "it is not there",
    errno.ENOTDIR: "its folder is not a folder",
    errno.EISDIR: "it is a folder",
    errno.ENAMETOOLONG: "its name is too long",
    errno.ELOOP: "its links lead in a circle",
    errno.EIO: "the disk reported an error",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open",
    errno.ETXTBSY: "another program holds it",
    errno.EBUSY: "another program holds it",
    errno.EAGAIN: "another program holds it",
}


def cause_of(error: OSError) -> str:
    """Return the part of a sentence that says why."""
    return _CAUSES.get(error.errno or 0) or (error.strerror or "the system gave no reason").lower()


def cannot_read(path: Path, error: OSError) -> str:
    """Say that a file could not be read."""
    if error.errno == errno.ENOENT:
        return f"“{path}” is not there. Check the name, or whether the disk or folder it is on is connected."
    if error.errno in {errno.EACCES, errno.EPERM}:
        return f"“{path}” cannot be read: you have no permission. Ask its owner, or change its permissions."
    return (
        f"“{path}” cannot be read: {cause_of(error)}. Nothing was changed; try again, or open a copy of it."
    )


def cannot_save(path: Path, error: OSError) -> str:
    """Say that a text was not saved, and that both it and the old file are whole."""
    why = f"its folder, {path.parent}, is not there" if error.errno == errno.ENOENT else cause_of(error)
    return (
        f"“{path.name}” was not saved: {why}. Your text is safe in the editor and the file on the disk is whole."
        f" {_way_out(error)}"
    )


def left_torn(path: Path, error: OSError, copy: Path) -> str:
    """Say that a file was left half written, and where both texts are."""
    return (
        f"“{path.name}” was not saved and is damaged on the disk: {cause_of(error)}. Your text is safe in the editor, and"
        f" the old and the new one are in {copy}. Save elsewhere; Dinkus mends the file at its next start."
    )


def partly_saved(folder: Path, error: OSError) -> str:
    """Say that a save of several files stopped half way, and that it will be finished."""
    return (
        f"The files in “{folder.name}” were saved only in part: {cause_of(error)}. Your text is safe in the editor, and all that"
        " was to be written is safe on the disk; saving again, or opening the folder again, finishes it first."
    )


def cannot_write(path: Path, error: OSError) -> str:
    """Say that a file that is no manuscript (an export, a kept version) could not be written."""
    why = f"its folder, {path.parent}, is not there" if error.errno == errno.ENOENT else cause_of(error)
    return f"“{path}” was not written: {why}. What was there before is as it was. {_way_out(error)}"


def _way_out(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, getattr(errno, "EDQUOT", -1)}:
        return "Make room and try again, or save elsewhere."
    return "Try again, or save elsewhere."
