"""Keep texts that are about to be replaced or are not chosen, so that nothing a writer wrote is ever gone.

Each is kept twice: at once as a plain copy, which any editor opens, and in the background in the history of its manuscript, where
it stands in its place among the other versions. The copy is what the writer waits for, because it is quick and needs nothing; the
two fail for different reasons. Only where the copy fails is the history waited for, and only where both fail nothing must be
replaced.
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from editor.errors import DinkusError
from editor.storage.kept import keep_version
from editor.ui.messages import Notice

UNTITLED = Path("Untitled.txt")


class VersionKeeper(QObject):
    """Keeps versions in a folder; says so where that fails, because then nothing must be replaced."""

    noticed = Signal(object)  # Notice
    kept = Signal(bytes, object, str)
    """A text is safe as a copy: its bytes, the file it is of (Path or None) and why it was kept."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self.keep_in_history: Callable[[bytes, Path | None, str], bool] | None = None
        """What keeps a text in the history while the writer waits, for where no copy can be made."""

    def keep(
        self, data: bytes, path: Path | None, reason: str, otherwise: str = "Nothing was changed."
    ) -> bool:
        """Keep a version of the file at `path`; return whether it is safe. `otherwise` is what is told if it is not."""
        try:
            keep_version(self._folder, path or UNTITLED, data, reason, time.time())
        except DinkusError as error:
            if self.keep_in_history is not None and self.keep_in_history(data, path, reason):
                return True
            self.noticed.emit(Notice(f"{error} {otherwise}", kind="error", topic="keeping"))
            return False
        self.kept.emit(data, path, reason)
        return True

    def keep_lines(
        self, lines: Sequence[str], path: Path | None, reason: str, otherwise: str = "Nothing was changed."
    ) -> bool:
        """Keep text as it stands in the window, as UTF-8; return whether it is safe."""
        return self.keep("\n".join(lines).encode("utf-8", "surrogatepass"), path, reason, otherwise)

    def keep_file(self, path: Path, reason: str) -> bool:
        """Keep the file that stands at `path`, if there is one; return whether it is safe."""
        try:
            return not path.exists() or self.keep(path.read_bytes(), path, reason)
        except OSError as error:
            text = f"{path} is there and cannot be read ({error.strerror}), so it is not replaced. Choose another name."
            self.noticed.emit(Notice(text, kind="error", topic="keeping"))
            return False
