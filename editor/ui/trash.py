"""Move files to the desktop's trash."""

import errno
from pathlib import Path

from PySide6.QtCore import QFile


def move_to_trash(path: Path) -> None:
    """Move a file to the trash; raise OSError if there is none or it does not take the file. May be called in any thread."""
    file = QFile(str(path))
    if not file.moveToTrash():
        raise OSError(errno.ENOTSUP, file.errorString() or "the trash did not take it", str(path))
