"""A window that files and folders can be dropped on."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from editor.importing.kinds import is_foreign


class DropWindow(QMainWindow):
    """Asks for every file and folder that is dropped on it to be opened, or imported if it is another program's."""

    open_requested = Signal(object)  # Path
    import_requested = Signal(list)  # Paths: show what would come of them, all together

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)

    def ask_for(self, paths: Sequence[Path]) -> None:
        """Ask for files and folders, each once."""
        foreign = [path for path in paths if is_foreign(path)]
        for path in dict.fromkeys(paths):
            if path not in foreign:
                self.open_requested.emit(path)
        if foreign:
            self.import_requested.emit(foreign)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what is on this computer."""
        if _local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for all of them."""
        self.ask_for(_local_files(event.mimeData()))
        event.acceptProposedAction()


def _local_files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
