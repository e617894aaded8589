"""Sheets of paper on a desk: any pages, one below the other, at a size that fits the width or that the reader chooses.

Only the sheets in sight are painted. The pages are those of `editor.ui.page_setting`, or anything else that has a size and can
paint its pages. Keys: as in a text, and Left and Right turn the pages, +, - and 0 choose the size. Limits: to look at; no text
can be selected here.
"""

from PySide6.QtCore import QEvent, QPoint, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from editor.ui.sheet_painting import Pages, SheetPainter, desk_colour
from editor.ui.sheet_places import GAP, NOWHERE, ZOOMS, place_sheets

ZOOM_STEP = 1.2
LINE_STEP = 48
POINTS_PER_INCH = 72
WHEEL_NOTCH = 120
_FOCUS_CHANGES = (QEvent.Type.FocusIn, QEvent.Type.FocusOut)


class PageSheets(QAbstractScrollArea):
    """Shows pages as sheets, or a line of text in their place."""

    page_changed = Signal(int)  # from 0: the page that is looked at
    zoom_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageSheets")
        self.setAccessibleName("Preview of the pages")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(220, 160)
        self._pages: Pages | None = None
        self._painter: SheetPainter | None = None
        self._message = ""
        self._page = 0
        self._zoom: float | None = None
        self._is_two_sided = False
        self._places = NOWHERE
        self.horizontalScrollBar().setSingleStep(LINE_STEP)
        self.verticalScrollBar().setSingleStep(LINE_STEP)

    @property
    def pages(self) -> Pages | None:
        return self._pages

    @property
    def page(self) -> int:
        """Return the page that is looked at, from 0."""
        return self._page

    @property
    def zoom(self) -> float:
        """Return the size of the sheets, where 1 is that of paper."""
        return 1.0 if self._pages is None else self._places.sheet.width() / self._paper(self._pages).width()

    @property
    def is_fitting(self) -> bool:
        """Say whether the sheets follow the width of the view."""
        return self._zoom is None

    def show_pages(self, pages: Pages, *, is_two_sided: bool = False) -> None:
        """Show other pages, at the place where the reader is; `is_two_sided`: pages 2 and 3 face each other, and so on."""
        self._is_two_sided = is_two_sided
        top = self._rows_above()
        # A bar that came and went with the room that it takes from the sheets would never come to rest.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._pages, self._painter, self._message = pages, SheetPainter(pages), ""
        self._arrange()
        self._scroll_to_rows(top)

    def show_message(self, text: str) -> None:
        """Show a line of text and no pages."""
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages, self._painter, self._message, self._page = None, None, text, 0
        self.setAccessibleDescription(text)
        self._arrange()

    def go_to(self, page: int) -> None:
        """Show the top of a page, from 0, or of the last there is."""
        if self._pages is None:
            return
        page = max(0, min(page, self._pages.count - 1))
        self.verticalScrollBar().setValue(self._places.rect(page).top() - GAP)
        self._take_page(page)  # which is not at the top, where the pages end

    def set_zoom(self, zoom: float | None) -> None:
        """Show the sheets at a size, where 1 is that of paper, or with None so that they fit the width."""
        least, greatest = ZOOMS
        half = self.viewport().height() / 2
        middle, columns, page = self._rows_above(half), self._places.columns, self._page
        self._zoom = None if zoom is None else max(least, min(zoom, greatest))
        self._arrange()
        if columns == self._places.columns:
            self._scroll_to_rows(middle, half)
        else:
            self.go_to(page)
        across = self.horizontalScrollBar()
        across.setValue(across.maximum() // 2)

    def _rows_above(self, below: float = 0) -> float:
        """Return what is above the top of the view, or above a line so far below that, as a number of rows."""
        return (self.verticalScrollBar().value() + below) / self._places.row_height

    def _scroll_to_rows(self, rows: float, below: float = 0) -> None:
        self.verticalScrollBar().setValue(round(rows * self._places.row_height - below))
        self._look()

    def _paper(self, pages: Pages) -> QSizeF:
        """Return the size of a page in pixels, as large as it is on paper."""
        return pages.size * (self.logicalDpiX() / POINTS_PER_INCH)

    def _arrange(self) -> None:
        """Find the places of all sheets anew."""
        view = self.viewport().size()
        if self._pages is None:
            self._places = NOWHERE
        else:
            paper, width = self._paper(self._pages), view.width()
            self._places = place_sheets(
                self._pages.count, paper, width, self._zoom, is_two_sided=self._is_two_sided
            )
        for bar, length, room in (
            (self.horizontalScrollBar(), self._places.full_width, view.width()),
            (self.verticalScrollBar(), self._places.full_height, view.height()),
        ):
            bar.setRange(0, max(0, length - room))
            bar.setPageStep(max(1, room - LINE_STEP))
        self.viewport().update()
        self.zoom_changed.emit()

    def _turn(self, rows: int) -> None:
        page = self._places.page_in_row(self._page, rows)
        if page >= 0:
            self.go_to(page)

    def _look(self) -> None:
        """Find out which page is looked at: the one in the middle, or at the ends the first or the last."""
        if self._pages is None:
            return
        bar = self.verticalScrollBar()
        middle = bar.value() + self.viewport().height() / 2
        if bar.value() == bar.minimum():
            self._take_page(0)
        elif bar.value() == bar.maximum():
            self._take_page(self._pages.count - 1)
        else:
            self._take_page(min(self._places.pages_between(middle, middle), default=self._pages.count - 1))

    def _take_page(self, page: int) -> None:
        if self._pages is not None:
            self.setAccessibleDescription(f"Page {page + 1:,} of {self._pages.count:,}")
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    # -- Qt -------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), desk_colour(self.palette()))
        if self._painter is None:
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            room = self.viewport().rect().adjusted(2 * GAP, GAP, -2 * GAP, -GAP)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._message)
        else:
            corner = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
            seen = event.rect().translated(corner)
            for page in self._places.pages_between(seen.top() - GAP, seen.bottom() + GAP):
                sheet = self._places.rect(page).translated(-corner)
                self._painter.paint(painter, page, sheet, self.devicePixelRatioF())
        if self.hasFocus():
            painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        rows, columns, page = self._rows_above(), self._places.columns, self._page
        self._arrange()
        if columns == self._places.columns:
            self._scroll_to_rows(rows)
        else:
            self.go_to(page)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        del (
            dx,
            dy,
        )  # the frame of the focus does not move with the rest: all is painted, from the pictures that are kept
        self.viewport().update()
        self._look()

    def event(self, event: QEvent) -> bool:
        if event.type() in _FOCUS_CHANGES:
            self.viewport().update()
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.zoom * ZOOM_STEP ** (event.angleDelta().y() / WHEEL_NOTCH))
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_sideways = self.horizontalScrollBar().maximum() > 0
        bar = self.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_Home:
                self.go_to(0)
            case Qt.Key.Key_End:
                self.go_to(self._places.count - 1)
            case Qt.Key.Key_Space:
                bar.setValue(bar.value() + bar.pageStep())
            case Qt.Key.Key_Right if not is_sideways:
                self._turn(1)
            case Qt.Key.Key_Left if not is_sideways:
                self._turn(-1)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.set_zoom(self.zoom * ZOOM_STEP)
            case Qt.Key.Key_Minus:
                self.set_zoom(self.zoom / ZOOM_STEP)
            case Qt.Key.Key_0:
                self.set_zoom(None)
            case _:
                super().keyPressEvent(event)
