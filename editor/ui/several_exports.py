"""Several exports in one go, and the same ones again.

All are made in the background first and then written one after the other, each the way a single export is; what goes wrong with one
does not stop the others. Before a file is replaced that is not what was exported last, the writer is asked, once for all. Limits: a
stop before the writing leaves nothing behind; what was ticked is remembered, the folder as long as the window is open.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from editor.errors import DinkusError
from editor.export.progress import Cancelled, Report
from editor.ui.export_job import ExportRequest
from editor.ui.export_progress import ExportProgress
from editor.ui.export_target import Made, is_strange, make_folder, run_target
from editor.ui.jobs import Job
from editor.ui.messages import Notice

if TYPE_CHECKING:
    from editor.export.profile import Profile
    from editor.ui.several_dialog import SeveralDialog

AskFolder = Callable[[QWidget | None, str], str]
STEPS = 1000  # of one export


def ask_folder(parent: QWidget | None, suggestion: str) -> str:
    """Ask the writer for a folder; "" if they would rather not."""
    return QFileDialog.getExistingDirectory(parent, "Folder for the exports", suggestion)


class Exporting(Protocol):
    """What one export of the window takes: its choices, its text, and the way it is written."""

    source_path: Path | None
    why_not_to: Callable[[Path], str | None]

    @property
    def title(self) -> str:
        """Return the title of the manuscript, or what its file is called."""

    def profiles_in_language(self) -> Mapping[str, "Profile"]:
        """Return the profiles there are, with what the settings say."""

    def request(self, profile: "Profile", ordinals: frozenset[int] | None = None) -> ExportRequest:
        """Return an export of the text as it is now."""

    def write(self, request: ExportRequest, path: Path, made: Made) -> str:
        """Write a finished export and return its digest; raise DinkusError."""


@dataclass(frozen=True, slots=True)
class _Target:
    request: ExportRequest
    path: Path

    @property
    def title(self) -> str:
        return self.request.profile.title or self.request.profile.name


class SeveralExports(QObject):
    """The exports of one window that are made together."""

    noticed = Signal(object)  # Notice
    formats_told = Signal(object)  # the names that were ticked: a tuple, to be remembered

    def __init__(self, exporting: Exporting, window: QWidget, ask: AskFolder = ask_folder) -> None:
        """`ask` asks for a folder (tests answer by themselves)."""
        super().__init__(window)
        self._exporting, self._window, self.ask = exporting, window, ask
        self.formats: tuple[str, ...] = ()
        self.is_last = False
        self._folder: Path | None = None
        self._written: dict[Path, str] = {}
        self._job: Job | None = None
        self._progress: ExportProgress | None = None

    def open_dialog(self) -> "SeveralDialog":
        """Show the dialog, with the formats ticked that were exported last."""
        from editor.ui.several_dialog import SeveralDialog

        profiles = self._exporting.profiles_in_language()
        folder = self._folder or self._suggested_folder()
        dialog = SeveralDialog(profiles, self.formats, str(folder), self.ask, self._window)
        dialog.chosen.connect(self._take)
        dialog.open()
        return dialog

    def again(self) -> None:
        """Export the same formats to the same folder; with none yet, show the dialog."""
        if self._folder is None or not self.formats:
            self.open_dialog()
        else:
            self.export(self.formats, self._folder)

    def export(self, names: Sequence[str], folder: Path) -> None:
        """Export the whole manuscript in the formats of these names into `folder`, which is made if need be."""
        from editor.app.exporting import name_in_folder

        self.stop()
        profiles = self._exporting.profiles_in_language()
        known = [profiles[name] for name in names if name in profiles]
        title = self._exporting.title
        targets = [
            _Target(self._exporting.request(each), folder / name_in_folder(title, each)) for each in known
        ]
        strange = [each.path for each in targets if is_strange(each.path, self._written.get(each.path))]
        if not targets or (strange and not self._may_replace(strange)):
            return
        job = self._job = Job(partial(_make_all, targets))
        progress = self._progress = ExportProgress(folder.name, self._window)
        progress.canceled.connect(self.stop)
        job.progressed.connect(progress.show_progress)
        job.succeeded.connect(partial(self._write_all, targets, folder))
        job.failed.connect(_raise)
        for ended in (job.succeeded, job.failed):
            ended.connect(self._forget_job)
        job.start()

    def stop(self) -> None:
        """Stop what is under way; what is not written yet leaves nothing behind."""
        if self._job is not None:
            self._job.cancel()
            self._forget_job()

    def _take(self, names: tuple[str, ...], folder: str) -> None:
        self.formats = names
        self.formats_told.emit(names)
        self._folder = self._base() / _at_home(folder)
        self.export(names, self._folder)

    def _base(self) -> Path:
        source = self._exporting.source_path
        return source.parent if source is not None else Path.home()

    def _suggested_folder(self) -> Path:
        source = self._exporting.source_path
        return self._base() / f"{source.stem if source is not None else 'manuscript'}-exports"

    def _may_replace(self, paths: Sequence[Path]) -> bool:
        names = "\n".join(path.name for path in paths[:12]) + ("\n..." if len(paths) > 12 else "")
        one = len(paths) == 1
        question = (
            f"In {paths[0].parent} {'there is' if one else 'there are'} already, not as Dinkus exported"
            f" {'it' if one else 'them'} last:\n\n{names}\n\nReplace {'it' if one else 'them'}?"
        )
        box = QMessageBox(QMessageBox.Icon.Question, "Export", "", parent=self._window)
        box.setTextFormat(box.textFormat().PlainText)
        box.setText(question)
        box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
        return box.exec() == QMessageBox.StandardButton.Yes

    def _write_all(
        self, targets: Sequence[_Target], folder: Path, results: Sequence[Made | DinkusError]
    ) -> None:
        failed: list[str] = []
        try:
            make_folder(folder)
        except DinkusError as error:
            self.noticed.emit(Notice(str(error), kind="error", topic="export"))
            return
        for target, made in zip(targets, results, strict=True):
            try:
                if isinstance(made, DinkusError):
                    raise made
                self._written[target.path] = self._exporting.write(target.request, target.path, made)
            except DinkusError as error:
                failed.append(f"{target.title}: {error}")
        self.is_last = True
        self.noticed.emit(_summary(len(targets), failed, folder))

    def _forget_job(self) -> None:
        self._job = None
        if self._progress is not None:
            self._progress.deleteLater()
            self._progress = None


def _at_home(folder: str) -> Path:
    """Return a path that was typed; ~ is the home of the writer, ~name that of somebody there is, else a plain name."""
    try:
        return Path(folder).expanduser()
    except RuntimeError:
        return Path(folder)


def _raise(error: Exception) -> None:
    raise error


def _make_all(targets: Sequence[_Target], job: Job) -> list[Made | DinkusError]:
    """Return what is to be written for each target, or why there is nothing."""
    results: list[Made | DinkusError] = []
    for index, target in enumerate(targets):
        try:
            results.append(run_target(target.request, _reporting(job, index, len(targets))))
        except DinkusError as error:
            results.append(error)
    return results


def _reporting(job: Job, index: int, count: int) -> Report:
    def report(done: int, total: int) -> None:
        job.report_progress(index * STEPS + STEPS * done // max(1, total), count * STEPS)
        if job.is_cancelled:
            raise Cancelled

    return report


def _summary(count: int, failed: Sequence[str], folder: Path) -> Notice:
    done = count - len(failed)
    if not failed:
        text = f"Exported {done} {'format' if done == 1 else 'formats'} to {folder}"
        return Notice(text, topic="export", timeout_ms=8000)
    first = f"Exported {done} {'format' if done == 1 else 'formats'} to {folder}; " if done else ""
    text = f"{first}{len(failed)} failed: {' '.join(failed)}"
    return Notice(text, kind="warning" if done else "error", topic="export")
