"""Show whether an export fits where it goes, how many words are counted there, and what will change in it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from editor.errors import DinkusError
from editor.export.check import Check
from editor.ui.export_job import ExportRequest, in_background, run_check
from editor.ui.jobs import Job

STEPS = 1000


class ExportGauge(QWidget):
    """A bar that fills up to the limit, and the figures in words below it. Counts in the background."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exportGauge")
        self._job: Job | None = None
        self._bar = QProgressBar(self, maximum=STEPS, textVisible=False)
        self._bar.setObjectName("exportGaugeBar")
        self._bar.setAccessibleName("How much of the allowed length is used")
        self._bar.setFixedHeight(6)
        self._figures = self._make_label("exportFigures", "Length and words of the export")
        self._notes = self._make_label("exportNotes", "What will change in the export")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self._bar, self._figures, self._notes):
            layout.addWidget(part)
        self.clear()

    def check(self, request: ExportRequest) -> None:
        """Count the export of `request` and show what comes out; until then what is shown stays."""
        self.stop()
        self._job = Job(in_background(run_check, request))
        self._job.succeeded.connect(self.show_check)
        self._job.failed.connect(self._fail)
        self._job.start()

    def show_check(self, check: Check) -> None:
        """Show the figures of an export."""
        self._bar.setVisible(check.limit > 0)
        if check.limit:
            self._bar.setValue(min(STEPS, STEPS * check.largest[1] // check.limit))
        self._figures.setText(check.summary if check.fits else f"⚠ {check.summary}")
        self._notes.setText(" ".join(check.notes))
        self._notes.setVisible(bool(check.notes))

    def clear(self) -> None:
        """Show nothing."""
        self.stop()
        self._bar.hide()
        self._figures.setText("")
        self._notes.hide()

    def stop(self) -> None:
        """Stop counting."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _make_label(self, name: str, accessible_name: str) -> QLabel:
        label = QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setObjectName(name)
        label.setAccessibleName(accessible_name)
        return label

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, DinkusError):
            raise error
        self.clear()  # the preview says why
