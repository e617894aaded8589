"""Printing from the window: the dialog, the system's own dialog after it, the printing, and what is told of it.

The dialogs, and Qt's printing, are imported when they are needed. What was chosen last is remembered until the window closes.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressDialog, QWidget

from editor.errors import DinkusError
from editor.manuscript.manuscript import Manuscript
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.messages import Notice

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from editor.export.profile import Profile
    from editor.ui.export_controller import ExportController
    from editor.ui.print_choices import Papers
    from editor.ui.print_dialog import PrintDialog
    from editor.ui.print_file import PrintedFile
    from editor.ui.print_run import PrintRun
    from editor.ui.sheet_painting import Pages

PROGRESS_AFTER_MS = 400
TOLD_FOR_MS = 8000
STILL_PRINTING = "The pages from before are still being printed. Wait for their end, or stop them."
NO_SUCH_PAGES = "None of the pages that you asked for is there: there are {count:,}. Nothing was printed."
STOPPED = "Printing was stopped. What the printer has already may still come out."
FILE_STOPPED = "Printing was stopped. No file was written."
NO_PROFILE = "There is no form to print in: all profiles with pages are missing."
AskPrinter = Callable[["QPrinter", QWidget, int], bool]


def ask_printer(printer: "QPrinter", parent: QWidget, count: int) -> bool:
    """Show the system's dialog, which chooses the printer, the pages out of `count`, copies and sides; return whether to print."""
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog

    option = QAbstractPrintDialog.PrintDialogOption
    dialog = QPrintDialog(printer, parent)
    dialog.setObjectName("systemPrintDialog")
    dialog.setWindowTitle("Print")
    dialog.setOption(option.PrintCurrentPage)
    dialog.setMinMax(1, count)
    return bool(dialog.exec())


def find_papers() -> "Papers":
    """Return the paper of this computer's printer."""
    from editor.ui import print_choices

    return print_choices.find_papers()


class PrintProgress(QProgressDialog):
    """How far a printing is; shown only if it takes a while."""

    def __init__(self, total: int, parent: QWidget) -> None:
        super().__init__("", "Stop", 0, total, parent)
        self.setObjectName("printProgress")
        self.setWindowTitle("Print")
        self.setLabel(QLabel(f"Printing {_pages(total)}...", self, textFormat=Qt.TextFormat.PlainText))
        self.setAutoClose(False)
        self.setAutoReset(False)
        self.setMinimumDuration(PROGRESS_AFTER_MS)


class Printing(QObject):
    """The printing of one window."""

    noticed = Signal(object)  # Notice

    def __init__(self, buffer: ManuscriptBuffer, exports: "ExportController", window: QWidget) -> None:
        super().__init__(window)
        self._buffer, self._exports, self._window = buffer, exports, window
        self.ask_printer: AskPrinter = ask_printer
        self.find_papers: Callable[[], Papers] = find_papers
        self._profile: Profile | None = None
        self._chosen: tuple[Manuscript, frozenset[int] | None] | None = None
        self._run: PrintRun | None = None
        self._file: PrintedFile | None = None
        self._progress: PrintProgress | None = None

    def open_dialog(self, chosen: Sequence[int] | None = None) -> "PrintDialog | None":
        """Show the dialog; `chosen` are the ids of scenes and chapters to begin with, None for those of last time."""
        from editor.ui.print_choices import printed_profiles
        from editor.ui.print_dialog import PrintDialog

        profiles = printed_profiles(self._exports.profiles_in_language())
        if not profiles:
            self._tell(NO_PROFILE, kind="error")
            return None
        if self._profile is not None:
            profiles[self._profile.name] = self._profile
        profile = self._profile or next(iter(profiles.values()))
        dialog = PrintDialog(
            self._buffer.manuscript,
            profiles,
            profile,
            self.find_papers(),
            chosen=self._chosen_last() if chosen is None else chosen,
            parent=self._window,
        )
        dialog.print_requested.connect(partial(self._print_from, dialog))
        dialog.pdf_requested.connect(partial(self._save_from, dialog))
        dialog.open()
        return dialog

    def stop(self) -> None:
        """Stop a printing that is under way."""
        if self._run is not None:
            self._run.stop()
            self._forget_run()

    def _chosen_last(self) -> frozenset[int] | None:
        """Return the nodes that were chosen last and are still there, None for everything."""
        manuscript, ids = self._chosen or (None, None)
        if manuscript is not self._buffer.manuscript or ids is None:
            return None
        return ids.intersection(node.id for node in manuscript.outline.walk()) or None

    def _remember(self, dialog: "PrintDialog") -> None:
        self._profile = dialog.request().profile
        self._chosen = (self._buffer.manuscript, dialog.chosen_ids())
        self._exports.remember_writer(self._profile)

    def _save_from(self, dialog: "PrintDialog") -> None:
        from editor.export.document_options import BOOK

        request = dialog.request()
        name = "pdf-book" if request.profile.layout == BOOK else "pdf-manuscript"
        known = self._exports.profiles_in_language().get(name, request.profile)
        own = replace(
            request.profile, name=known.name, title=known.title, description=known.description
        )  # it is repeated, and shown by the export dialog, under that name
        if self._exports.ask_and_save(replace(request, profile=own), dialog.chosen_ids()):
            self._remember(dialog)
            dialog.accept()

    def _print_from(self, dialog: "PrintDialog") -> None:
        from editor.ui.paper import OnPaper
        from editor.ui.print_choices import make_printer
        from editor.ui.print_run import paper_of, places_to_print

        pages = dialog.pages
        if pages is None:
            return
        if self._run is not None:
            self._tell(STILL_PRINTING, kind="warning")
            return
        printer = make_printer(dialog.papers, dialog.paper, self._title())
        if not self.ask_printer(printer, dialog, pages.count):
            return
        places = places_to_print(printer, pages.count, dialog.preview.sheets.page)
        if not places:
            self._tell(NO_SUCH_PAGES.format(count=pages.count), kind="warning")
        elif self._may_print(printer):
            self._remember(dialog)
            dialog.accept()
            self._start(OnPaper(pages, paper_of(printer), dialog.is_enlarged), printer, places)

    def _title(self) -> str:
        path = self._exports.source_path
        return self._buffer.manuscript.outline.title or (path.stem if path else "Untitled")

    def _may_print(self, printer: "QPrinter") -> bool:
        """Say whether the printer may print to where it would; tell why if not."""
        from editor.ui.print_file import file_of

        try:
            self._file = file_of(printer)
        except DinkusError as error:
            self._tell(str(error), kind="error")
            return False
        why = self._exports.why_not_to(self._file.path) if self._file else None
        if why is not None:
            self._forget_run()
            self._tell(why, kind="error")
        return why is None

    def _start(self, pages: "Pages", printer: "QPrinter", places: Sequence[int]) -> None:
        from editor.ui.print_run import PrintRun

        run = self._run = PrintRun(pages, printer, places, self)
        progress = self._progress = PrintProgress(len(places), self._window)
        progress.canceled.connect(self._stop_by_hand)
        run.progressed.connect(lambda done, _total: progress.setValue(done))
        run.finished.connect(partial(self._finish, printer.printerName()))
        run.failed.connect(self._fail)
        run.start()

    def _finish(self, name: str, count: int) -> None:
        file = self._file
        self._file = None
        self._forget_run()
        if file is None:
            self._tell(f"{_pages(count).capitalize()} went to the printer {name}.")
            return
        try:
            file.write()
        except DinkusError as error:
            self._tell(str(error), kind="error")
        else:
            self._tell(f"Printed {_pages(count)} to {file.path}")

    def _fail(self, why: str) -> None:
        self._forget_run()
        self._tell(why, kind="error")

    def _stop_by_hand(self) -> None:
        told = STOPPED if self._file is None else FILE_STOPPED
        self.stop()
        self._tell(told)

    def _forget_run(self) -> None:
        if self._file is not None:
            self._file.discard()
            self._file = None
        for part in (self._run, self._progress):
            if part is not None:
                part.deleteLater()
        self._run = self._progress = None

    def _tell(self, text: str, kind: str = "info") -> None:
        timeout = TOLD_FOR_MS if kind == "info" else None
        self.noticed.emit(Notice(text, kind=kind, topic="print", timeout_ms=timeout))


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count:,} pages"
