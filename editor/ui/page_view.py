"""The page itself: a readable column in the middle of the view, its type, its colours, its room.

`QPlainTextEdit` does the editing; what is here is how it looks. What a writer does with it is in
`editor.ui.manuscript_editor`.
"""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextBlock,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QPlainTextEdit, QWidget

from editor.app.themes import Colour, Theme
from editor.markup.model import WrapMode
from editor.ui.boundary_painting import BoundaryLook, paint_boundary
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.highlighter import PageHighlighter
from editor.ui.page_font import measure_of, page_font, width_of_wrapped
from editor.ui.selection_bands import selection_bands
from editor.ui.text_bridge import is_boundary_block, label_of
from editor.ui.theme_adapter import bare_formats, formats_of, page_palette, scroll_bar_style

_LEADING = 1.6
_LEAST_MARGIN = 24  # pixels beside the column in a narrow window
_LINES_AROUND = 12  # lines out of sight that are formatted in advance
_FEW_LINES = 150  # an edit of more lines is formatted only where it is in sight
_ZOOM_RANGE = (50, 400)
_ZOOM_STEP = 10
_MOUSE_EVENTS = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseMove,
    }
)


class PageView(QPlainTextEdit):
    """Shows a buffer as a page."""

    zoom_changed = Signal(int)
    """The new size of the text in percent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buffer = ManuscriptBuffer(self)
        self._highlighter = PageHighlighter(self._buffer, bare_formats())
        self._theme: Theme | None = None
        self._family, self._size, self._width, self._zoom = "", 13.0, 66, 100
        self._selection_colour = QColor(Qt.GlobalColor.transparent)
        self._width_of_wrapped = 0
        self._needs_formats = True
        self._had_selection = False
        self._is_passing_on = False
        self._is_guest = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)  # paper beside the column too
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setCursorWidth(2)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.verticalScrollBar().setCursor(Qt.CursorShape.ArrowCursor)
        self.verticalScrollBar().valueChanged.connect(self._want_formats)
        self.updateRequest.connect(self._note_update)
        self.selectionChanged.connect(self._repaint_selection)
        self._buffer.blocks_changed.connect(self._format_changed)
        self.set_buffer(self._buffer)

    @property
    def buffer(self) -> ManuscriptBuffer:
        """The buffer that is shown."""
        return self._buffer

    @property
    def zoom(self) -> int:
        """The size of the text in percent of the size that was set."""
        return self._zoom

    def set_buffer(self, buffer: ManuscriptBuffer) -> None:
        """Show `buffer`, from its start."""
        self._buffer.blocks_changed.disconnect(self._format_changed)
        self._buffer = buffer
        buffer.blocks_changed.connect(self._format_changed)
        self._highlighter = PageHighlighter(buffer, self._highlighter.formats)
        self.setDocument(buffer.document)
        self._set_type()

    def set_theme(self, theme: Theme) -> None:
        """Show the page in the colours of `theme`."""
        self._theme = theme
        self._selection_colour = QColor(theme.colours[Colour.SELECTION])
        palette = page_palette(theme)
        palette.setColor(QPalette.ColorRole.Highlight, QColor(Qt.GlobalColor.transparent))
        self.setPalette(palette)
        self.verticalScrollBar().setStyleSheet(scroll_bar_style(theme))
        self._set_formats()

    def set_page(self, *, family: str = "", size: float = 13.0, width: int = 66) -> None:
        """Set the text in `family` (empty: the best serif face there is), `size` points, `width` characters wide."""
        self._family, self._size, self._width = family, size, width
        self._set_type()

    def set_zoom(self, percent: int) -> None:
        """Show the text at `percent` of its size."""
        percent = max(_ZOOM_RANGE[0], min(_ZOOM_RANGE[1], percent))
        if percent != self._zoom:
            self._zoom = percent
            self._set_type()
            self.zoom_changed.emit(percent)

    def shown_lines(self, around: int = 0) -> range:
        """Return the lines in sight, and `around` more on both sides; rather too many than too few."""
        first = self.firstVisibleBlock().blockNumber()
        count = round(self.viewport().height() / (0.6 * self._buffer.page.pitch)) + 2
        return range(max(0, first - around), min(first + count + around, self.blockCount()))

    def _set_type(self) -> None:
        font = page_font(self._family, self._size * self._zoom / 100)
        page = self._buffer.page
        page.set_type(font, _LEADING)
        if font != self.font():
            self.setFont(font)
        if font != self._buffer.document.defaultFont():
            self._buffer.document.setDefaultFont(font)
        self.setTabStopDistance(2 * page.pitch)
        self._set_formats()
        self._measure_wrapped()

    def _set_formats(self) -> None:
        if self._theme is not None:
            self._highlighter.set_formats(formats_of(self._theme, self.font().pointSizeF()))
        self._want_formats()
        self.viewport().update()

    def _measure_wrapped(self) -> None:
        """Make the column wide enough for the lines of hard-wrapped text, which would else be broken once more."""
        text = self._buffer.read_so_far.text
        is_wrapped = text.mode in (WrapMode.WRAPPED, WrapMode.INDENTED)
        self._width_of_wrapped = width_of_wrapped(self.font(), text.lines) if is_wrapped else 0
        self._fit_column()

    def _fit_column(self) -> None:
        """Keep the column in the middle and the last line where the eyes are."""
        page = self._buffer.page
        if not self._is_guest:
            room = max(page.pitch, 0.45 * self.height())
            page.set_room(2 * page.pitch, room, max(self.height(), self.window().height()))
        bar = self.verticalScrollBar().sizeHint().width()
        measure = max(measure_of(self.font(), self._width), self._width_of_wrapped)
        column = measure + 2 * round(self._buffer.document.documentMargin())
        margin = max(_LEAST_MARGIN, (self.width() - column) // 2)
        margins = self.viewportMargins()
        if (margins.left(), margins.right()) != (margin, max(0, margin - bar)):
            self.setViewportMargins(margin, 0, max(0, margin - bar), 0)

    def _want_formats(self) -> None:
        self._needs_formats = True

    def _note_update(self, rect: QRect, dy: int) -> None:
        if dy or rect.height() >= self.viewport().height():
            self._needs_formats = True

    def _repaint_selection(self) -> None:
        has_selection = self.textCursor().hasSelection()
        if has_selection or self._had_selection:
            self.viewport().update()
        self._had_selection = has_selection

    def _format_changed(self, first: int, end: int) -> None:
        """Format what an edit changed before it is laid out; anything else waits for the next paint."""
        if not self._buffer.is_changing:
            self._measure_wrapped()
            self._needs_formats = True
            self.viewport().update()
            return
        if end - first > _FEW_LINES:
            shown = self.shown_lines(_LINES_AROUND)
            first, end = max(first, shown.start), min(end, shown.stop)
        self._highlighter.format_changed(first, end)

    def _format_shown(self) -> None:
        self._needs_formats = False
        lines = self.shown_lines(_LINES_AROUND)
        if self._highlighter.format_shown(lines.start, lines.stop):
            self.viewport().update()

    def _paint_selection(self, area: QRect) -> None:
        painter = QPainter(self.viewport())
        for band in selection_bands(self._buffer.page, self.textCursor(), self._blocks_in(area)):
            painter.fillRect(band, self._selection_colour)
        painter.end()

    def _paint_boundaries(self, area: QRect) -> None:
        """Paint the heads of files over what Qt has painted there: the bare line, a caret, a selection."""
        found = list(self._boundaries_in(area))
        if self._theme is None or not found:
            return
        painter = QPainter(self.viewport())
        look = BoundaryLook.of(self._theme, self.font())
        margin = self._buffer.document.documentMargin()
        for block, rect in found:
            for top, bottom in self._buffer.page.line_bands(block)[:1]:
                room = QRectF(0, rect.top(), self.viewport().width(), rect.height())
                line = QRectF(margin, rect.top() + top, room.width() - 2 * margin, bottom - top)
                paint_boundary(painter, room, line, label_of(block), look)
        painter.end()

    def _boundaries_in(self, area: QRect) -> Iterator[tuple[QTextBlock, QRectF]]:
        """Yield the boundaries in `area`; where a block stands is only asked of those, because that takes time."""
        if self._buffer.read_so_far.text.files[0].label is None:
            return
        block = self.firstVisibleBlock()
        offset = self.contentOffset()
        for _ in self.shown_lines():
            if is_boundary_block(block) and block.isVisible():
                rect = self.blockBoundingGeometry(block).translated(offset)
                if rect.top() > area.bottom():
                    return
                if rect.bottom() >= area.top():
                    yield block, rect
            block = block.next()

    def _blocks_in(self, area: QRect) -> Iterator[tuple[QTextBlock, QRectF]]:
        block = self.firstVisibleBlock()
        offset = self.contentOffset()
        while block.isValid():
            rect = self.blockBoundingGeometry(block).translated(offset)
            if rect.top() > area.bottom():
                return
            if block.isVisible():
                yield block, rect
            block = block.next()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page: formats first, then the ground of the selection, then Qt's part."""
        if self._needs_formats:
            self._format_shown()
        if self.textCursor().hasSelection():
            self._paint_selection(event.rect())
        super().paintEvent(event)
        self._paint_boundaries(event.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column centred."""
        self._needs_formats = True
        self._fit_column()
        super().resizeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y() / 120
            self.set_zoom(self._zoom + round(steps * _ZOOM_STEP))
            event.accept()
            return
        super().wheelEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take clicks and wheel turns beside the column as if they were in it."""
        if event.type() == QEvent.Type.Wheel and isinstance(event, QWheelEvent):
            self.wheelEvent(event)
            return True
        if event.type() in _MOUSE_EVENTS and isinstance(event, QMouseEvent):
            if self._is_passing_on:  # the column has no use for it, and Qt offers it to us once more
                return True
            place = QPointF(self.viewport().mapFrom(self, event.position().toPoint()))
            copy = QMouseEvent(
                event.type(),
                place,
                event.globalPosition(),
                event.button(),
                event.buttons(),
                event.modifiers(),
            )
            self._is_passing_on = True
            try:
                return QApplication.sendEvent(self.viewport(), copy)
            finally:
                self._is_passing_on = False
        return super().event(event)
