"""The pages of an export to leaf through: sheets, the number of the page, and how large they are shown.

The pages are set in the background. Of a long text the beginning is shown at once, and the whole takes its place when it is set; what
is shown stays until then when only a choice has changed.
"""

from collections.abc import Callable, Collection
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QToolButton, QVBoxLayout, QWidget

from editor.errors import DinkusError
from editor.ui.export_job import ExportRequest, in_background
from editor.ui.jobs import Job
from editor.ui.page_job import run_pages
from editor.ui.page_sheets import ZOOM_STEP, PageSheets
from editor.ui.sheet_painting import Pages

SETTING = "Setting the pages..."
TOLD_AFTER_MS = 400
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PageNumber(QSpinBox):
    """The number of the page that is looked at, from 1, to change by hand. Enter goes there and does not end the dialog."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, minimum=1, maximum=1)
        self.setKeyboardTracking(False)
        self.setObjectName("pageNumber")
        self.setAccessibleName("Page")
        self.setPrefix("Page ")
        self.setGroupSeparatorShown(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in _ENTER:
            event.accept()


class PagePreview(QWidget):
    """Shows the pages of one export after the other."""

    pages_set = Signal(object)  # SetPages: the whole of the export shown last

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pagePreview")
        self._job: Job | None = None
        self._whole: ExportRequest | None = None  # what is set after the beginning of it
        self._set: Pages | None = None
        self._is_two_sided = False
        self._placing: Callable[[Pages], Pages] = _as_they_are
        self.sheets = PageSheets(self)
        self._number = PageNumber(self)
        self._told = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._told.setObjectName("pageProgress")
        self._told.hide()
        self._size = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self._size.setObjectName("pageSize")
        self._size.setAccessibleName("Size of the pages on the screen")
        self._smaller = self._make_button("pageSmaller", "−", "Show the pages smaller", 1 / ZOOM_STEP)
        self._larger = self._make_button("pageLarger", "+", "Show the pages larger", ZOOM_STEP)
        self._fit = self._make_button("pageFit", "Fit", "Fit the pages to the width", None)
        self._fit.setCheckable(True)
        self._timer = QTimer(self, singleShot=True, interval=TOLD_AFTER_MS)
        self._timer.timeout.connect(self._told.show)
        self._lay_out()
        self._number.valueChanged.connect(lambda number: self.sheets.go_to(number - 1))
        self.sheets.page_changed.connect(self._show_number)
        self.sheets.zoom_changed.connect(self._show_size)
        self.show_note("")

    def show_export(self, request: ExportRequest, beginning: Collection[int] | None = None) -> None:
        """Show the pages of an export; `beginning` are the places in the outline to show at first, None if the whole is short."""
        self.stop()
        if self.sheets.pages is None:
            self.sheets.show_message(SETTING)
        if self.sheets.pages is None and beginning is not None:
            self._whole = request
            request = replace(request, ordinals=frozenset(beginning))
        self._start(request)

    def show_note(self, text: str) -> None:
        """Show a line of text and no pages."""
        self.stop()
        self._set = None
        self.sheets.show_message(text)
        self._show_count(is_whole=True)

    def put_on(self, placing: Callable[[Pages], Pages]) -> None:
        """Show from now on what `placing` makes of the pages."""
        self._placing = placing
        if self._set is not None:
            self._show_sheets(self._set)

    def stop(self) -> None:
        """Stop setting pages."""
        self._timer.stop()
        self._told.hide()
        self._whole = None
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _make_button(self, name: str, text: str, tip: str, step: float | None) -> QToolButton:
        button = QToolButton(self, autoRaise=True)
        button.setText(text)
        button.setObjectName(name)
        button.setAccessibleName(tip)
        button.setToolTip(tip)
        button.clicked.connect(
            lambda: self.sheets.set_zoom(None if step is None else self.sheets.zoom * step)
        )
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._number)
        row.addWidget(self._told)
        row.addStretch()
        for part in (self._smaller, self._size, self._larger, self._fit):
            row.addWidget(part)
        self._size.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._size.setMinimumWidth(self._size.fontMetrics().horizontalAdvance("0000 %"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.sheets)
        layout.addLayout(row)

    def _start(self, request: ExportRequest) -> None:
        self._is_two_sided = request.profile.two_sided
        self._told.setText(SETTING)
        self._timer.start()
        self._job = Job(in_background(run_pages, request))
        self._job.progressed.connect(self._show_progress)
        self._job.succeeded.connect(self._take)
        self._job.failed.connect(self._fail)
        self._job.start()

    def _show_progress(self, done: int, total: int) -> None:
        self._told.setText(f"{SETTING} {100 * done // max(1, total)} %")

    def _take(self, pages: Pages) -> None:
        """Show pages; if they are only the beginning, have the whole set now."""
        whole = self._whole
        self.stop()
        self._show_sheets(pages)
        self._show_count(is_whole=whole is None)
        if whole is None:
            self.pages_set.emit(pages)
        else:
            self._start(whole)

    def _show_sheets(self, pages: Pages) -> None:
        self._set = pages
        self.sheets.show_pages(self._placing(pages), is_two_sided=self._is_two_sided)

    def _show_count(self, *, is_whole: bool) -> None:
        pages = self.sheets.pages
        for part in (self._number, self._smaller, self._size, self._larger, self._fit):
            part.setVisible(pages is not None)
        count = 1 if pages is None else pages.count
        with QSignalBlocker(self._number):
            self._number.setSuffix(f" of {count:,}{'' if is_whole else ' so far'}")
            self._number.setMaximum(count)
        self._show_number(self.sheets.page)

    def _show_number(self, page: int) -> None:
        with QSignalBlocker(self._number):  # a page that is looked at is no page to go to
            self._number.setValue(page + 1)

    def _show_size(self) -> None:
        self._size.setText(f"{round(self.sheets.zoom * 100)} %")
        self._fit.setChecked(self.sheets.is_fitting)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, DinkusError):
            raise error
        self.show_note(str(error))


def _as_they_are(pages: Pages) -> Pages:
    return pages
