"""Exports from the window: the dialog, the menu of profiles, the clipboard, and doing the last one again.

An export never overwrites silently: the file dialog asks, and repeating the last export replaces a file only while it is
still the one that was exported; otherwise it asks again. The exporters and the dialog are imported when they are needed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from editor.app.page_files import Places
from editor.app.settings import Settings
from editor.errors import DinkusError, InputError
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.posted_chapters import How
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.export_copies import ExportCopies
from editor.ui.export_job import ExportRequest, in_background, ordinals_of, take_snapshot
from editor.ui.export_progress import ExportProgress
from editor.ui.export_target import (
    Made,
    digest_of,
    makes_folder,
    path_to_write,
    probe_of,
    run_target,
    size_of,
    suggested_path,
    write_target,
)
from editor.ui.jobs import Job
from editor.ui.messages import Notice
from editor.ui.several_exports import SeveralExports

if TYPE_CHECKING:
    from editor.export.profile import Profile
    from editor.ui.export_dialog import ExportDialog

GONE = "Some of what was exported last is no longer in the text. Choose again what to export."
AskPath = Callable[[QWidget | None, str], str]


@dataclass(frozen=True, slots=True)
class LastExport:
    """An export that was made: the choices, what of which manuscript, the file and the hash of what was written.

    `ids` are the nodes that were chosen (None: everything); they mean something in `manuscript` only.
    """

    profile: "Profile"
    manuscript: Manuscript
    ids: frozenset[int] | None
    path: Path
    digest: str


def ask_export_path(parent: QWidget | None, suggestion: str) -> str:
    """Ask the writer for a file to export to; "" if they would rather not. The dialog asks before it takes an existing one."""
    return QFileDialog.getSaveFileName(parent, "Export", suggestion)[0]


def ask_export_folder(parent: QWidget | None, suggestion: str) -> str:
    """Ask the writer for a folder to export to, there already or not; "" if they would rather not."""
    from editor.ui.folder_question import ask_for_folder

    return ask_for_folder(parent, "Export", suggestion)


class ExportController(QObject):
    """The exports of one window."""

    noticed = Signal(object)  # Notice
    posted = Signal(
        object, object, object
    )  # ExportRequest, How, and which chapters; see `ExportCopies.posted`
    exported = Signal(object, object, str)  # ExportRequest, Path, digest: what was written, one by one
    settings_told = Signal(object)  # what is to be remembered: a dict of fields of the settings

    def __init__(
        self,
        buffer: ManuscriptBuffer,
        profiles: Callable[[], Mapping[str, "Profile"]],
        window: QWidget,
        ask_path: AskPath = ask_export_path,
    ) -> None:
        """`profiles` gives the profiles there are now; `ask_path` asks for a file, `ask_folder` for a folder (tests answer by themselves)."""
        super().__init__(window)
        self._buffer, self._profiles, self._window, self._ask_path = buffer, profiles, window, ask_path
        self.ask_folder: AskPath = ask_export_folder
        self.places: Callable[[], Places] = tuple
        self.copies = ExportCopies(buffer, self.profiles_in_language, self.request, self)
        self.copies.noticed.connect(self.noticed)
        self.copies.posted.connect(self.posted)
        self.stale_for: Callable[[str], tuple[list[int], str]] = lambda _target: ([], "")
        self.several = SeveralExports(self, window)
        self.several.noticed.connect(self.noticed)
        self.several.formats_told.connect(lambda names: self.settings_told.emit({"formats": names}))
        self._profile_name = ""
        self._last: LastExport | None = None
        self._job: Job | None = None
        self._progress: ExportProgress | None = None
        self.source_path: Path | None = None
        self.why_not_to: Callable[[Path], str | None] = lambda _path: None
        self.language = "auto"
        self.writer: Mapping[str, str] = {}

    @property
    def last(self) -> LastExport | None:
        return self._last

    def take_settings(self, settings: Settings) -> None:
        """Take what the writer chose that exports go by."""
        self.language, self.writer = settings.language, settings.writer
        self.several.formats = settings.formats

    def open_dialog(self, chosen: Sequence[int] | None = None) -> "ExportDialog":
        """Show the export dialog; `chosen` are the ids of scenes and chapters to begin with."""
        from editor.ui.export_dialog import ExportDialog

        profiles = self.profiles_in_language()
        if self._last is not None:
            profiles[self._last.profile.name] = self._last.profile
        profile = profiles.get(self._profile_name) or next(iter(profiles.values()))
        dialog = ExportDialog(
            self._buffer.manuscript, profiles, profile, chosen, self._window, places=self.places()
        )
        dialog.offer_changed(self.stale_for)
        dialog.save_requested.connect(partial(self._save_from, dialog))
        dialog.copy_rich_requested.connect(self.copies.copy_rich_from_dialog)
        dialog.copy_source_requested.connect(self.copies.copy_from_dialog)
        dialog.open()
        return dialog

    def export_profile(self, name: str) -> None:
        """Export the whole manuscript with a profile, asking only for the file."""
        profile = self._with_settings(self._profiles()[name])
        self.ask_and_save(self.request(profile), None)

    def export_again(self) -> None:
        """Do the last export again: the same scenes, wherever they stand now, to the same file.

        With none yet, or if the scenes are gone, show the dialog.
        """
        last, manuscript = self._last, self._buffer.manuscript
        if self.several.is_last:
            self.several.again()
            return
        if last is None:
            self.open_dialog()
            return
        ordinals = None if last.ids is None else ordinals_of(manuscript.outline, last.ids)
        if ordinals is not None and (
            last.manuscript is not manuscript or len(ordinals) < len(last.ids or ())
        ):
            self.noticed.emit(Notice(GONE, kind="warning", topic="export"))
            self.open_dialog(_still_there(manuscript, last))
            return
        request = self.request(last.profile, ordinals)
        if digest_of(last.path) in (None, last.digest) or self._may_replace(last.path):
            self._save(request, last.path, last.ids)

    def export_to(self, name: str, path: Path) -> int:
        """Export the whole manuscript with a profile to `path`, now; return the number of bytes, 0 if it failed."""
        request = self.request(self._with_settings(self._profiles()[name]))
        try:
            made = run_target(request)
        except DinkusError as error:
            self._fail(error)
            return 0
        self._write(request, path, None, made)
        return size_of(made)

    def stop(self) -> None:
        """Stop an export that is under way; it leaves nothing behind."""
        self.several.stop()
        if self._job is not None:
            self._job.cancel()
            self._forget_job()

    @property
    def title(self) -> str:
        """Return the title of the manuscript, or what its file is called."""
        return self._buffer.manuscript.outline.title or (self.source_path.stem if self.source_path else "")

    def request(self, profile: "Profile", ordinals: frozenset[int] | None = None) -> ExportRequest:
        """Return an export of the text as it is now, of all of it or of the nodes in these places."""
        return ExportRequest(take_snapshot(self._buffer.manuscript), profile, ordinals, self.places())

    def profiles_in_language(self) -> dict[str, "Profile"]:
        """Return the profiles there are, with what the settings say."""
        return {name: self._with_settings(profile) for name, profile in self._profiles().items()}

    def _with_settings(self, profile: "Profile") -> "Profile":
        """Return `profile` with what the settings say where it leaves that open: the writer, the language."""
        profile = profile.with_writer(self.writer)
        if profile.language != "auto":
            return profile
        try:
            return profile.with_options({"language": self.language})
        except InputError:  # the settings file may hold anything
            return profile

    def _save_from(self, dialog: "ExportDialog", request: ExportRequest) -> None:
        if self.ask_and_save(request, dialog.chosen_ids()):
            self.remember_writer(request.profile)
            dialog.accept()
            self._window.activateWindow()  # two dialogs closed at once: some window managers give the keys to nobody then

    def remember_writer(self, profile: "Profile") -> None:
        """Have it remembered what a profile says of the writer."""
        told = {**self.writer, **profile.writer}
        if told != self.writer:
            self.settings_told.emit({"writer": told})

    def ask_and_save(self, request: ExportRequest, ids: frozenset[int] | None) -> bool:
        """Ask for a file and export to it, `ids` being the nodes that are chosen; return False if the writer would rather not."""
        ask = self.ask_folder if makes_folder(request.profile) else self._ask_path
        name = ask(self._window, str(_suggestion(self._last, request.profile, self.source_path)))
        if not name:
            return False
        path, needs_asking = path_to_write(Path(name), request.profile)
        if (
            needs_asking
            and not _is_agreed(path, request.profile, ids, self._last)
            and not self._may_replace(path)
        ):
            return False
        if why := self._why_not(path, [probe_of(request.profile)]):
            self.noticed.emit(Notice(why, kind="error"))
            return False
        self._save(request, path, ids)
        return True

    def _why_not(self, path: Path, names: Iterable[str]) -> str | None:
        """Return why an export may not be written to `path`, or as files of these names in it; None if it may."""
        return next(filter(None, (self.why_not_to(path / name if name else path) for name in names)), None)

    def _may_replace(self, path: Path) -> bool:
        question = f"{path.name} is there already and is not what Dinkus exported last. Replace it?"
        box = QMessageBox(QMessageBox.Icon.Question, "Export", "", parent=self._window)
        box.setTextFormat(box.textFormat().PlainText)
        box.setText(question)
        box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
        return box.exec() == QMessageBox.StandardButton.Yes

    def _save(self, request: ExportRequest, path: Path, ids: frozenset[int] | None) -> None:
        self.stop()
        job = self._job = Job(in_background(run_target, request))
        progress = self._progress = ExportProgress(path.name, self._window)
        progress.canceled.connect(self.stop)
        job.progressed.connect(progress.show_progress)
        job.succeeded.connect(partial(self._write, request, path, ids))
        job.failed.connect(self._fail)
        for ended in (job.succeeded, job.failed):
            ended.connect(self._forget_job)
        job.start()

    def _forget_job(self) -> None:
        self._job = None
        if self._progress is not None:
            self._progress.deleteLater()
            self._progress = None

    def write(self, request: ExportRequest, path: Path, made: Made) -> str:
        """Write a finished export, tell of it, and return its digest: the one way of every export of this window to a disk.

        Raise DinkusError, also if it would take the place of the manuscript.
        """
        if why := self._why_not(path, [""] if isinstance(made, bytes) else made):
            raise InputError(why)
        digest = write_target(path, made)
        self.exported.emit(request, path, digest)
        self.posted.emit(request, How.FILE, None)
        return digest

    def _write(self, request: ExportRequest, path: Path, ids: frozenset[int] | None, made: Made) -> None:
        try:
            digest = self.write(request, path, made)
        except DinkusError as error:
            self._fail(error)
            return
        self._profile_name = request.profile.name
        self.copies.remember(request.profile)
        self._last = LastExport(request.profile, self._buffer.manuscript, ids, path, digest)
        self.several.is_last = False
        if told := _tell_missing(request):
            self.noticed.emit(Notice(f"Exported to {path}. {told}", kind="warning", topic="export"))
        else:
            self.noticed.emit(Notice(f"Exported to {path}", topic="export", timeout_ms=8000))

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, DinkusError):
            raise error
        self.noticed.emit(Notice(str(error), kind="error", topic="export"))


def _is_agreed(path: Path, profile: "Profile", ids: frozenset[int] | None, last: LastExport | None) -> bool:
    """Say whether `path` may be filled anew without a question: it is as it was exported last, and no part takes a whole site's place."""
    from editor.export.profile import SITE

    if last is None or path != last.path or digest_of(path) != last.digest:
        return False
    return profile.files != SITE or ids == last.ids


def _tell_missing(request: ExportRequest) -> str:
    """Say which characters no font has, if that matters to what was exported."""
    from editor.export.document_options import PDF

    if request.profile.renderer != PDF:
        return ""
    from editor.ui.missing_letters import find_missing, tell_missing

    return tell_missing(find_missing(request.snapshot.lines, request.profile.font))


def _still_there(manuscript: Manuscript, last: LastExport) -> list[int]:
    """Return those of the exported nodes that the manuscript still has."""
    if last.manuscript is not manuscript:
        return []
    return [node.id for node in manuscript.outline.walk() if node.id in (last.ids or ())]


def _suggestion(last: LastExport | None, profile: "Profile", source: Path | None) -> Path:
    """Return where an export may go: where one with the same profile went last, else beside the manuscript."""
    if last is not None and last.profile.name == profile.name:
        return last.path
    return suggested_path(profile, source)
