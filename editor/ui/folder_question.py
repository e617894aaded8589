"""Ask for a folder that may be there already or not yet, the same on every system.

A dialog for saving walks into a folder that is there, and one for opening takes no name that is not there. So the path stands in
a field, and a button beside it shows the folders there are.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.app.presence import is_file, is_folder

NEW = "This folder will be made."
THERE = "This folder is there. Files of the same names in it are replaced; you are asked if they are not from the last export."
NOTHING_REPLACED = "This folder is there. Nothing in it is replaced."
EMPTY = "This folder is there and empty."
NO_FOLDER = "This is a file. Choose another name."
NO_PARENT = "The folder that this one is to be made in is not there."
UNKNOWN = "Choose a folder."
WIDTH = 560

Browse = Callable[[QWidget, str], str]


def browse_folders(parent: QWidget, start: str) -> str:
    """Show the folders there are; return the one that is chosen, "" if none."""
    return QFileDialog.getExistingDirectory(parent, "Choose the folder", start)


def ask_for_folder(parent: QWidget | None, title: str, suggestion: str, there: str = THERE) -> str:
    """Ask for a folder, there or not; return its path, "" if the writer would rather not. Nothing is made.

    `there` is said of a folder that has something in it.
    """
    dialog = FolderQuestion(title, suggestion, parent, there=there)
    try:
        return dialog.folder() if dialog.exec() == QDialog.DialogCode.Accepted else ""
    finally:
        dialog.deleteLater()


class FolderQuestion(QDialog):
    """A path to type or to choose, and what is there now."""

    def __init__(
        self,
        title: str,
        suggestion: str,
        parent: QWidget | None = None,
        browse: Browse = browse_folders,
        there: str = THERE,
    ) -> None:
        """`suggestion` is the path to begin with, `there` what is said of a full folder; `browse` shows the folders there are (tests answer by themselves)."""
        super().__init__(parent)
        self.setObjectName("folderQuestion")
        self.setWindowTitle(title)
        self._browse_folders, self._base, self._there = browse, Path(suggestion).parent, there
        self._field = QLineEdit(suggestion, self)
        self._field.setObjectName("folderPath")
        self._field.setAccessibleName("Folder")
        self._told = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._told.setObjectName("folderTold")
        buttons = QDialogButtonBox.StandardButton
        self._box = QDialogButtonBox(buttons.Save | buttons.Cancel, self)
        self._box.setObjectName("folderButtons")
        self._box.accepted.connect(self.accept)
        self._box.rejected.connect(self.reject)
        self._lay_out()
        self._field.textChanged.connect(lambda _: self._tell())
        self._tell()
        self.resize(WIDTH, self.sizeHint().height())
        self._field.setFocus()

    def folder(self) -> str:
        """Return the path that stands in the field, whole; "" if none does."""
        text = self._field.text().strip()
        return str(self._base / Path(text).expanduser()) if text else ""

    def _lay_out(self) -> None:
        label = QLabel("&Folder", self)
        label.setBuddy(self._field)
        browse = QPushButton("&Choose...", self)
        browse.setObjectName("folderBrowse")
        browse.setAccessibleName("Choose among the folders there are")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        for part in (label, self._field, browse):
            row.addWidget(part)
        layout = QVBoxLayout(self)
        layout.addLayout(row)
        layout.addWidget(self._told)
        layout.addStretch()
        layout.addWidget(self._box)

    def _browse(self) -> None:
        path = Path(self.folder() or self._base)
        start = path if is_folder(path) else path.parent
        if chosen := self._browse_folders(self, str(start)):
            self._field.setText(chosen)

    def _tell(self) -> None:
        told, is_possible = _what_is(self.folder(), self._there)
        self._told.setText(told)
        self._box.button(QDialogButtonBox.StandardButton.Save).setEnabled(is_possible)


def _what_is(folder: str, there: str) -> tuple[str, bool]:
    """Return what there is at a path in words, and whether files can be put there."""
    path = Path(folder)
    if not folder:
        return UNKNOWN, False
    if is_folder(path):
        return (there if _has_names(path) else EMPTY), True
    if is_file(path):
        return NO_FOLDER, False
    return (NEW, True) if is_folder(path.parent) else (NO_PARENT, False)


def _has_names(folder: Path) -> bool:
    try:
        return any(folder.iterdir())
    except OSError:
        return True
