"""Import files of other programs: see first what would come and what would not, then have it as a new manuscript.

The files are read in a process of their own and never written. What is made is an untitled manuscript, a new file that the
writer names, or, of several files, a folder of chapter files.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from editor.app.imports import Part, chapter_files, in_order, join_parts
from editor.errors import DinkusError, TookTooLong
from editor.importing.kinds import SUFFIXES
from editor.importing.worker import FOR_STRANGERS, VOUCHED_FOR, Allowance, import_file
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.statistics import Figures, count_statistics
from editor.storage.export_folder import write_export_folder
from editor.storage.files import write_export
from editor.ui.jobs import Job

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow

SIZE = QSize(820, 680)
PREVIEW_LINES = 2_000
MOST_LOSSES = 500
FILTER = f"Texts of other programs ({' '.join(f'*.{suffix}' for suffix in SUFFIXES)});;All files (*)"
AskPath = Callable[[QWidget, str], str]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What was read of the files: the parts that came, a sentence for each that did not, the text, its figures."""

    parts: tuple[Part, ...]
    refused: tuple[str, ...]
    slow: tuple[Path, ...]
    lines: tuple[str, ...]
    figures: Figures


def ask_new_path(parent: QWidget, suggestion: str) -> str:
    """Ask the writer for a file to put the text into; "" if they would rather not."""
    return QFileDialog.getSaveFileName(parent, "Save the imported text", suggestion)[0]


def ask_new_folder(parent: QWidget, suggestion: str) -> str:
    """Ask the writer for a folder to put chapter files into; "" if they would rather not."""
    from editor.ui.folder_question import NOTHING_REPLACED, ask_for_folder

    return ask_for_folder(parent, "Save the imported text", suggestion, NOTHING_REPLACED)


def choose_import(window: "MainWindow") -> None:
    """Ask for files of other programs and show what would come of them."""
    folder = window.store.path.parent if window.store.path else Path.home()
    names, _filter = QFileDialog.getOpenFileNames(window, "Import", str(folder), FILTER)
    if names:
        show_import(window, [Path(name) for name in names])


def show_import(
    window: "MainWindow", paths: Sequence[Path], ask_path: AskPath | None = None
) -> "ImportDialog":
    """Show what would come of files; the window's desk opens what is made of them."""
    dialog = ImportDialog(paths, window, ask_path)
    dialog.text_requested.connect(window.text_requested)
    dialog.file_made.connect(window.open_requested)
    dialog.open()
    return dialog


class ImportDialog(QDialog):
    """What would come of some files, and what would not."""

    text_requested = Signal(list)  # lines: open them as an untitled manuscript
    file_made = Signal(object)  # Path: the text is in this new file or folder

    def __init__(
        self,
        paths: Sequence[Path],
        parent: QWidget | None = None,
        ask_path: AskPath | None = None,
        allowance: Allowance = FOR_STRANGERS,
    ) -> None:
        """`paths` are read at once, in the background, each within `allowance`; `ask_path` asks for a place (tests answer by themselves)."""
        super().__init__(parent)
        self.setObjectName("importDialog")
        self.setWindowTitle("Import")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(SIZE)
        self._paths = in_order(paths)
        self._ask_path = ask_path or (ask_new_path if len(paths) == 1 else ask_new_folder)
        self._outcome: _Outcome | None = None
        self._make_widgets()
        self._lay_out()
        self._read(allowance)

    def _read(self, allowance: Allowance) -> None:
        """Read the files in the background, each within `allowance`."""
        wanted = self._paths
        self._job = Job(lambda job: _read_all(wanted, allowance, job))
        self._job.progressed.connect(self._show_progress)
        self._job.succeeded.connect(self._show)
        self._job.failed.connect(self._tell)
        self._job.start()

    def done(self, result: int) -> None:
        """Close; what is still being read is of no interest then, and is stopped."""
        self._job.cancel()
        super().done(result)

    def _make_widgets(self) -> None:
        count = len(self._paths)
        name = self._paths[0].name if count == 1 else f"{count} files"
        self._about = self._make_label("importAbout", f"Reading {name}...")
        self._progress = QProgressBar(self, textVisible=False)
        self._progress.setObjectName("importProgress")
        self._progress.setAccessibleName("How much has been read")
        self._progress.setRange(0, 0 if count == 1 else count)
        self._preview = QPlainTextEdit(self, readOnly=True, tabChangesFocus=True)
        self._preview.setObjectName("importPreview")
        self._preview.setAccessibleName("The text that would come")
        self._left_label = self._make_label("importLeftOutLabel", "What does not come as it was:")
        self._left_out = QListWidget(self)
        self._left_out.setWordWrap(True)
        self._left_out.setObjectName("importLeftOut")
        self._left_out.setAccessibleName("What does not come as it was")
        self._left_out.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._wait = self._make_button("importWait", "&Take the time it needs", self._read_patiently)
        self._open = self._make_button("importOpen", "&Open as a new manuscript", self._open_untitled)
        save = "&Save as a new file..." if count == 1 else "&Save as a folder of chapter files..."
        self._save = self._make_button("importSave", save, self._save_text)

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
        self._box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._box.setObjectName("importButtons")
        for button in (self._wait, self._open, self._save):
            self._box.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        self._open.setDefault(True)
        self._box.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (self._about, self._progress):
            layout.addWidget(widget)
        layout.addWidget(self._preview, 3)
        layout.addWidget(self._left_label)
        layout.addWidget(self._left_out, 1)
        layout.addWidget(self._box)
        self._hide_losses()

    def _hide_losses(self) -> None:
        self._left_label.hide()
        self._left_out.hide()
        self._wait.hide()

    def _read_patiently(self) -> None:
        """Read the files once more: the writer says that they are worth waiting for."""
        self._hide_losses()
        for button in (self._wait, self._open, self._save):
            button.setEnabled(False)
        self._outcome = None
        self._left_out.clear()
        self._preview.clear()
        self._box.button(QDialogButtonBox.StandardButton.Cancel).setText("Cancel")
        self._about.setText("Reading once more, for five minutes at most...")
        self._progress.show()
        self._read(VOUCHED_FOR)

    def _show_progress(self, done: int, total: int) -> None:
        if total > 1 and done < total:
            self._about.setText(f"Reading {self._paths[done].name} ({done + 1:,} of {total:,})...")
            self._progress.setValue(done)

    def _show(self, outcome: _Outcome) -> None:
        self._progress.hide()
        self._wait.setVisible(bool(outcome.slow))
        self._wait.setEnabled(bool(outcome.slow))
        if not outcome.parts:
            self._tell_in_words(" ".join(outcome.refused))
            return
        self._outcome = outcome
        self._about.setText(self._sentence(outcome))
        self._preview.setPlainText("\n".join(outcome.lines[:PREVIEW_LINES]))
        losses = [*outcome.refused, *_losses(outcome.parts)]
        self._left_out.addItems(losses[:MOST_LOSSES])
        if len(losses) > MOST_LOSSES:
            self._left_out.addItem(f"... and {len(losses) - MOST_LOSSES:,} more.")
        for widget in (self._left_label, self._left_out):
            widget.setVisible(bool(losses))
        if self._preview.isHidden():  # a refusal needed less room
            self._preview.show()
            self.resize(SIZE)
        for button in (self._open, self._save):
            button.show()
            button.setEnabled(True)
        self._open.setFocus()

    def _sentence(self, outcome: _Outcome) -> str:
        figures, parts = outcome.figures, outcome.parts
        what = f"{parts[0][0].name} ({parts[0][1].format})"
        if len(self._paths) > 1:
            what = f"{len(parts):,} of {len(self._paths):,} files"
        stays = "The file stays as it is." if len(self._paths) == 1 else "The files stay as they are."
        more = " The first lines of it:" if len(outcome.lines) > PREVIEW_LINES else ""
        sizes = (
            _counted(figures.words, "word"),
            _counted(figures.chapters, "chapter"),
            _counted(figures.scenes, "scene"),
        )
        return f"{what}: {sizes[0]} in {sizes[1]} and {sizes[2]}. {stays}{more}"

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, DinkusError):
            raise error
        self._progress.hide()
        self._tell_in_words(str(error))

    def _tell_in_words(self, text: str) -> None:
        """Show why nothing comes, and nothing else: there is no text to look at."""
        self._about.setText(text)
        self._about.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        for widget in (self._preview, self._open, self._save):
            widget.hide()
        close = self._box.button(QDialogButtonBox.StandardButton.Cancel)
        close.setText("Close")
        close.setFocus()
        width = min(self.width(), 600)
        layout = self.layout()
        if layout is not None:
            self.resize(width, layout.totalHeightForWidth(width))

    def _open_untitled(self) -> None:
        if self._outcome is not None:
            self.text_requested.emit([*self._outcome.lines, ""])
            self.accept()

    def _save_text(self) -> None:
        """Put the text where the writer says; what is there is replaced only if it is not an original."""
        name = self._ask_path(self, str(_suggestion(self._paths)))
        if not name or self._outcome is None:
            return
        path, parts = Path(name), self._outcome.parts
        if any(path.exists() and path.samefile(original) for original in self._paths):
            self._about.setText(
                "That is the file that is imported, which stays as it is. Choose another name."
            )
            return
        try:
            if len(self._paths) == 1:
                write_export(path, parts[0][1].data, overwrite=True)  # the file dialog has asked
            else:
                write_export_folder(path, chapter_files(parts))
        except DinkusError as error:
            self._about.setText(str(error))
            return
        self.file_made.emit(path)
        self.accept()


def _read_all(paths: Sequence[Path], allowance: Allowance, job: Job) -> _Outcome:
    """Read files one after the other; what a single one is refused for is told like that of several."""
    parts: list[Part] = []
    refused: list[str] = []
    slow: list[Path] = []
    for number, path in enumerate(paths):
        if job.is_cancelled:
            break
        job.report_progress(number, len(paths))
        try:
            parts.append((path, import_file(path, allowance, lambda: job.is_cancelled)))
        except TookTooLong as error:
            refused.append(str(error))
            slow.append(path)
        except DinkusError as error:
            refused.append(str(error))
    lines = join_parts(parts) if parts else []
    return _Outcome(
        tuple(parts),
        tuple(refused),
        tuple(slow),
        tuple(lines),
        count_statistics(Manuscript(list(lines))).whole,
    )


def _losses(parts: Sequence[Part]) -> list[str]:
    """Return what does not come as it was, with the names of the files if there are several."""
    if len(parts) == 1:
        return list(parts[0][1].left_out)
    return [f"{path.name}: {line}" for path, imported in parts for line in imported.left_out]


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def _suggestion(paths: Sequence[Path]) -> Path:
    """Return a name for the text beside the original that nothing has yet."""
    path = paths[0]
    if path.suffix.lower() in {".scrivx", ".nwx"} and path.parent.name:
        path = path.parent
    stem, suffix = (path.stem, ".txt") if len(paths) == 1 else ("Chapters", "")
    for number in range(1, 1000):
        name = f"{stem}{suffix}" if number == 1 else f"{stem} {number}{suffix}"
        if not (path.parent / name).exists():
            return path.parent / name
    return path.parent / f"{stem}{suffix}"
