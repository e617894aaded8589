"""Import a file of another program: see first what would come and what would not, then have it as a new manuscript.

The file is read in a process of its own and never written. What is made is an untitled manuscript, or a new file that the
writer names.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.errors import DinkusError
from editor.importing.registry import SUFFIXES, Imported
from editor.importing.worker import import_file
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.statistics import Figures, count_statistics
from editor.storage.files import write_export
from editor.ui.jobs import Job

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow

PREVIEW_LINES = 2_000
FILTER = f"Texts of other programs ({' '.join(f'*.{suffix}' for suffix in SUFFIXES)});;All files (*)"
AskPath = Callable[[QWidget, str], str]


def ask_new_path(parent: QWidget, suggestion: str) -> str:
    """Ask the writer for a file to put the text into; "" if they would rather not."""
    return QFileDialog.getSaveFileName(parent, "Save the imported text", suggestion)[0]


def choose_import(window: "MainWindow") -> None:
    """Ask for a file of another program and show what would come of it."""
    folder = window.store.path.parent if window.store.path else Path.home()
    name, _filter = QFileDialog.getOpenFileName(window, "Import", str(folder), FILTER)
    if name:
        show_import(window, Path(name))


def show_import(window: "MainWindow", path: Path, ask_path: AskPath = ask_new_path) -> "ImportDialog":
    """Show what would come of a file; the window's desk opens what is made of it."""
    dialog = ImportDialog(path, window, ask_path)
    dialog.text_requested.connect(window.text_requested)
    dialog.file_made.connect(window.open_requested)
    dialog.open()
    return dialog


class ImportDialog(QDialog):
    """What would come of one file, and what would not."""

    text_requested = Signal(list)  # lines: open them as an untitled manuscript
    file_made = Signal(object)  # Path: the text is in this new file

    def __init__(self, path: Path, parent: QWidget | None = None, ask_path: AskPath = ask_new_path) -> None:
        """`path` is read at once, in the background; `ask_path` asks for a file (tests answer by themselves)."""
        super().__init__(parent)
        self.setObjectName("importDialog")
        self.setWindowTitle("Import")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(820, 680)
        self._path, self._ask_path = path, ask_path
        self._imported: Imported | None = None
        self._about = self._make_label("importAbout", f"Reading {path.name}...")
        self._preview = QPlainTextEdit(self, readOnly=True)
        self._preview.setObjectName("importPreview")
        self._preview.setAccessibleName("The text that would come")
        self._left_label = self._make_label("importLeftOutLabel", "What does not come as it was:")
        self._left_out = QListWidget(self)
        self._left_out.setObjectName("importLeftOut")
        self._left_out.setAccessibleName("What does not come as it was")
        self._left_out.setMaximumHeight(140)
        self._open = self._make_button("importOpen", "&Open as a new manuscript", self._open_untitled)
        self._save = self._make_button("importSave", "&Save as a new file...", self._save_file)
        self._lay_out()
        self._job = Job(lambda _job: _read(path))
        self._job.succeeded.connect(self._show)
        self._job.failed.connect(self._tell)
        self._job.start()

    def done(self, result: int) -> None:
        """Close; a file that is still being read is of no interest then."""
        self._job.cancel()
        super().done(result)

    def _make_label(self, name: str, text: str) -> QLabel:
        label = QLabel(text, self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setObjectName(name)
        return label

    def _make_button(self, name: str, text: str, handler: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setEnabled(False)
        button.clicked.connect(handler)
        return button

    def _lay_out(self) -> None:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        box.setObjectName("importButtons")
        for button in (self._open, self._save):
            box.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        self._open.setDefault(True)
        box.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (self._about, self._preview, self._left_label, self._left_out, box):
            layout.addWidget(widget)
        self._left_label.hide()
        self._left_out.hide()

    def _show(self, outcome: tuple[Imported, Figures]) -> None:
        self._imported, figures = outcome
        lines = self._imported.lines
        more = " The first lines of it:" if len(lines) > PREVIEW_LINES else ""
        self._about.setText(
            f"{self._path.name} ({self._imported.format}): {figures.words:,} words in {figures.chapters:,} chapters and"
            f" {figures.scenes:,} scenes. The file stays as it is.{more}"
        )
        self._preview.setPlainText("\n".join(lines[:PREVIEW_LINES]))
        self._left_out.addItems(list(self._imported.left_out))
        for widget in (self._left_label, self._left_out):
            widget.setVisible(bool(self._imported.left_out))
        for button in (self._open, self._save):
            button.setEnabled(True)
        self._open.setFocus()

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, DinkusError):
            raise error
        self._about.setText(str(error))

    def _open_untitled(self) -> None:
        if self._imported is not None:
            self.text_requested.emit([*self._imported.lines, ""])
            self.accept()

    def _save_file(self) -> None:
        """Put the text into a file that the writer names; one that is there is replaced only if it is not the original."""
        name = self._ask_path(self, str(_suggestion(self._path)))
        if not name or self._imported is None:
            return
        path = Path(name)
        if path.exists() and path.samefile(self._path):
            self._about.setText(
                "That is the file that is imported, which stays as it is. Choose another name."
            )
            return
        try:
            write_export(path, self._imported.data, overwrite=True)  # the file dialog has asked
        except DinkusError as error:
            self._about.setText(str(error))
            return
        self.file_made.emit(path)
        self.accept()


def _read(path: Path) -> tuple[Imported, Figures]:
    imported = import_file(path)
    return imported, count_statistics(Manuscript(list(imported.lines))).whole


def _suggestion(path: Path) -> Path:
    """Return a name for the text beside the original that nothing has yet."""
    if path.suffix.lower() in {".scrivx", ".nwx"} and path.parent.name:
        path = path.parent
    for number in range(1, 1000):
        name = f"{path.stem}.txt" if number == 1 else f"{path.stem} {number}.txt"
        if not (path.parent / name).exists():
            return path.parent / name
    return path.parent / f"{path.stem}.txt"
