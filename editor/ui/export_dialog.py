"""The export dialog: a format, its choices, what to export, and how it will look.

It makes previews itself and asks for everything else: saving and copying are the export controller's work.
"""

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from editor.app.page_files import Places, names_in
from editor.errors import DinkusError
from editor.export.document_options import PAGED, PDF
from editor.export.profile import HTML, Profile
from editor.manuscript.manuscript import Manuscript
from editor.ui.export_form import ChoicesArea, ExportForm
from editor.ui.export_gauge import ExportGauge
from editor.ui.export_job import (
    ExportRequest,
    export_in_background,
    preview_ordinals,
    preview_profile,
    take_snapshot,
)
from editor.ui.export_preview import ExportPreview
from editor.ui.export_scope import ExportScope
from editor.ui.export_target import makes_folder
from editor.ui.jobs import Job
from editor.ui.profile_box import ProfileBox

PREVIEW_DELAY_MS = 150
NOTHING = "Nothing is ticked under “What to export”."
NO_WORDS = "There are no words to export yet."
STANDS_FOR = "This shows what will be in the file, not how its pages look."
STYLE_ELSEWHERE = "Your style sheet shows in a browser, not here: save the page and open it there."
SET_ELSEWHERE = "Word processors may break lines and pages elsewhere."
SAVE, COPY_SOURCE = 0, -1  # the buttons
SAVE_FILE, SAVE_FOLDER = "&Save to a file...", "&Save to a folder..."
SHORTENED = "The preview stops after about 4,000 words; the export does not."


class ExportDialog(QDialog):
    """Choose and see an export of one manuscript as it stands when the dialog opens."""

    save_requested = Signal(object)  # ExportRequest
    copy_rich_requested = Signal(object)
    copy_source_requested = Signal(object)

    def __init__(
        self,
        manuscript: Manuscript,
        profiles: Mapping[str, Profile],
        profile: Profile,
        chosen: Collection[int] | None = None,
        parent: QWidget | None = None,
        *,
        places: Places = (),
    ) -> None:
        """`profile` is shown first; `chosen` are ids of nodes to export, None for the whole manuscript.

        `places` are the folders with the templates and style sheets that the choices may name.
        """
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setWindowTitle("Export")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)  # and with it the pages of a whole book
        self.resize(1060, 720)
        self._snapshot = take_snapshot(manuscript)
        self._outline = manuscript.outline
        self._profiles = profiles
        self._job: Job | None = None
        self._box = ProfileBox(profiles, profile.name, self)
        self._box.setObjectName("exportProfile")
        self._about = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._about.setObjectName("profileDescription")
        self._places = places
        self._form = ExportForm(self)
        self._form.offer_files(names_in(places))
        self._scope = ExportScope(self._outline, chosen, self)
        self._preview = ExportPreview(self)
        self._gauge = ExportGauge(self)
        self._buttons = [
            self._make_button("exportSave", SAVE_FILE, self.save_requested),
            self._make_button("exportCopyRich", "Copy as rich &text", self.copy_rich_requested),
            self._make_button("exportCopySource", "Copy the so&urce", self.copy_source_requested),
        ]
        self._timer = QTimer(self, singleShot=True, interval=PREVIEW_DELAY_MS)
        self._lay_out()
        self._connect()
        self._show_profile(profile)

    def request(self) -> ExportRequest:
        """Return the export as it is chosen now."""
        return self._request_for(self._form.profile, self._scope.ordinals())

    def chosen_ids(self) -> frozenset[int] | None:
        """Return the nodes that are chosen, None for the whole manuscript."""
        return self._scope.ids()

    def offer_changed(self, stale_for: Callable[[str], tuple[list[int], str]]) -> None:
        """Offer to export only what has changed; `stale_for` gives those chapters for a format, and if there are none, why."""
        self._scope.stale_for = stale_for
        self._scope.show_target(self._form.profile.name)

    def _request_for(self, profile: Profile, ordinals: frozenset[int] | None) -> ExportRequest:
        return ExportRequest(self._snapshot, profile, ordinals, self._places)

    def _make_button(self, name: str, label: str, signal: SignalInstance) -> QPushButton:
        button = QPushButton(label, self)
        button.setObjectName(name)
        button.setAccessibleName(label.replace("&", "").rstrip("."))
        button.clicked.connect(lambda: signal.emit(self.request()))
        return button

    def _lay_out(self) -> None:
        tabs = QTabWidget(self)
        tabs.setObjectName("exportTabs")
        tabs.setAccessibleName("Choices and what to export")
        tabs.addTab(ChoicesArea(self._form, self), "Choices")
        tabs.addTab(self._scope, "What to export")
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._box)
        column.addWidget(self._about)
        column.addWidget(tabs)
        column.addWidget(self._gauge)
        splitter = QSplitter(self)
        splitter.addWidget(left)
        splitter.addWidget(self._preview)
        splitter.setSizes([420, 640])
        splitter.setChildrenCollapsible(False)
        row = QHBoxLayout()
        close = QPushButton("Close", self)
        close.setObjectName("exportClose")
        close.clicked.connect(self.reject)
        row.addWidget(close)
        row.addStretch()
        for button in reversed(self._buttons):
            row.addWidget(button)
        self._buttons[0].setDefault(True)
        layout = QVBoxLayout(self)
        layout.addWidget(splitter)
        layout.addLayout(row)

    def _connect(self) -> None:
        self._box.activated.connect(lambda _: self._show_profile(self._profiles[self._box.chosen]))
        self._form.profile_changed.connect(lambda _: self._timer.start())
        self._scope.scope_changed.connect(self._timer.start)
        self._timer.timeout.connect(self._make_preview)
        self.finished.connect(self._stop)

    def _show_profile(self, profile: Profile) -> None:
        self._about.setText(profile.description)
        self._form.set_profile(profile)
        self._scope.show_target(profile.name)
        self._make_preview()

    def _make_preview(self) -> None:
        self._stop()
        profile = self._form.profile
        chosen = self._scope.ordinals()
        is_text = profile.medium.is_text
        self._buttons[SAVE].setText(SAVE_FOLDER if makes_folder(profile) else SAVE_FILE)
        for button in self._buttons:
            button.setEnabled(chosen is None or bool(chosen))
        self._buttons[COPY_SOURCE].setVisible(is_text)
        if chosen is not None and not chosen:
            self._preview.show_note(NOTHING)
            self._gauge.clear()
            return
        whole = self._request_for(profile, chosen)
        ordinals, is_shortened = preview_ordinals(self._outline, chosen)
        if profile.renderer in PAGED:
            note = "" if profile.renderer == PDF else SET_ELSEWHERE
            self._preview.show_pages(whole, ordinals if is_shortened else None, note)
            self._gauge.check(whole)
            return
        shown = preview_profile(profile)
        self._job = Job(export_in_background(self._request_for(shown, ordinals)))
        note = self._note_on(profile, is_shortened=is_shortened)
        self._job.succeeded.connect(
            lambda data: self._preview.show_export(shown, data, note, has_source=is_text)
        )
        self._job.succeeded.connect(lambda _: self._gauge.check(whole))
        self._job.failed.connect(self._show_failure)
        self._job.start()

    def _note_on(self, profile: Profile, *, is_shortened: bool) -> str:
        """Return what the preview of a page or a text does not show."""
        is_text = profile.medium.is_text
        told = {
            NO_WORDS: not self._outline.words,
            SHORTENED: is_shortened,
            STANDS_FOR: not is_text,
            STYLE_ELSEWHERE: is_text and profile.renderer == HTML and bool(profile.style),
        }
        return " ".join(sentence for sentence, is_so in told.items() if is_so)

    def _show_failure(self, error: Exception) -> None:
        if not isinstance(error, DinkusError):
            raise error
        self._preview.show_export(preview_profile(self._form.profile), b"", f"⚠ {error}")
        self._gauge.clear()

    def _stop(self) -> None:
        self._timer.stop()
        self._gauge.stop()
        self._preview.stop()
        if self._job is not None:
            self._job.cancel()
