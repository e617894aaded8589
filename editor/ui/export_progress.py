"""How far an export is, in a dialog that comes only if it takes a while."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressDialog, QWidget

PROGRESS_AFTER_MS = 400


class ExportProgress(QProgressDialog):
    """How far an export is; shown only if it takes a while."""

    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__("", "Cancel", 0, 100, parent)
        self.setObjectName("exportProgress")
        self.setLabel(QLabel(f"Exporting to {name}...", self, textFormat=Qt.TextFormat.PlainText))
        self.setMinimumDuration(PROGRESS_AFTER_MS)

    def show_progress(self, done: int, total: int) -> None:
        """Show that `done` of `total` is done; the last step is the writing of the file."""
        self.setValue(min(99, 100 * done // max(1, total)))
