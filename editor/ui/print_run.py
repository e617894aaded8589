"""Printing pages: one after the other between the events of the window, so that it stays awake and can stop it.

Qt's printers belong to the window's thread. Limits: what the system makes of the pages after they were handed over, and whether
there is paper, is told by the system and not here.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSizeF, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter

from editor.ui.sheet_painting import Pages

POINTS_PER_INCH = 72
NOT_STARTED = "The printer did not begin. Is it switched on, and may it be used? Nothing was printed."
BROKEN_OFF = (
    "Printing broke off after {done:,} of {total:,} pages. What the printer has by then may still come out."
)


def places_to_print(printer: QPrinter, count: int, current: int) -> list[int]:
    """Return the pages that the writer asked the printer for, from 0, in the order in which they are printed.

    `count` is the number of pages there are, `current` the one that is looked at. Copies are in it where the printer makes none.
    """
    match printer.printRange():
        case QPrinter.PrintRange.PageRange if not printer.pageRanges().isEmpty():
            ranges = printer.pageRanges()
            places = [place for place in range(count) if ranges.contains(place + 1)]
        case QPrinter.PrintRange.CurrentPage:
            places = [current]
        case _:
            places = list(range(count))
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        places.reverse()
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        return places * copies
    return [place for place in places for _ in range(copies)]


def paper_of(printer: QPrinter) -> QSizeF:
    """Return the size of the printer's paper as it lies, in points."""
    return printer.pageLayout().fullRect(QPageLayout.Unit.Point).size()


class PrintRun(QObject):
    """One printing. It ends once: with `finished` or `failed`, or in silence when it is stopped."""

    progressed = Signal(int, int)
    finished = Signal(int)  # the number of pages
    failed = Signal(str)  # in words for the writer

    def __init__(
        self, pages: Pages, printer: QPrinter, places: Sequence[int], parent: QObject | None = None
    ) -> None:
        """`pages` are as large as the paper; `places` are the pages to print, from 0, at least one."""
        super().__init__(parent)
        self._pages, self._printer, self._places = pages, printer, places
        self._painter = QPainter()
        self._done = 0
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._print_next)

    def start(self) -> None:
        """Begin to print."""
        self._printer.setFullPage(True)  # the margins are in our pages
        if self._painter.begin(self._printer):
            self._timer.start()
        else:
            self.failed.emit(NOT_STARTED)

    def stop(self) -> None:
        """Stop printing and have the printer forget what it can; nothing is told any more."""
        self._timer.stop()
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()

    def _print_next(self) -> None:
        if self._done == len(self._places):
            self._end()
            return
        if self._done and not self._printer.newPage():
            self._break_off()
            return
        scale = self._printer.resolution() / POINTS_PER_INCH
        self._painter.save()
        self._painter.scale(scale, scale)
        self._pages.paint(self._painter, self._places[self._done])
        self._painter.restore()
        self._done += 1
        self.progressed.emit(self._done, len(self._places))

    def _end(self) -> None:
        self._timer.stop()
        self._painter.end()
        if self._printer.printerState() in {QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted}:
            self._break_off()
        else:
            self.finished.emit(self._done)

    def _break_off(self) -> None:
        self.stop()
        self.failed.emit(BROKEN_OFF.format(done=self._done, total=len(self._places)))
