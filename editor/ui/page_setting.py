"""A document set in lines and pages by Qt: the very same lines and pages for a file, a printer and a preview.

Lines are measured once, on a device of 600 dots in an inch that belongs to no screen and no printer; painting only scales them.
Kept are the heights of the lines and what stands on which page; a page's paragraphs are laid out anew when it is painted,
because the laid-out lines of a long novel would take some hundred megabytes. May be made and used in any thread, by one at a
time. What the pages look like depends on the fonts that are installed. Limits: no hyphenation.
"""

from collections.abc import Iterator
from functools import lru_cache

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption

from editor.export.document import Align, Document, Look, Paragraph, Running, Style
from editor.export.pagination import Box, Placed, paginate
from editor.export.progress import Watch, unwatched

RESOLUTION = 600
"""Dots in an inch: how finely letters are placed."""

_DOTS = RESOLUTION / 72
_LINE_BREAK = "\u2028"
_KEPT_LAYOUTS = 4
"""A paragraph that goes on over the page is laid out once for both pages."""

_ALIGN = {
    Align.START: Qt.AlignmentFlag.AlignLeading,
    Align.END: Qt.AlignmentFlag.AlignTrailing,
    Align.CENTRE: Qt.AlignmentFlag.AlignHCenter,
    Align.JUSTIFY: Qt.AlignmentFlag.AlignJustify,
}


class SetPages:
    """A document set in lines and pages: the same lines whatever is painted on. Lengths inside are in dots.

    `watch` goes through the paragraphs while they are set; what it raises to stop (`editor.export.progress.Cancelled`) comes out.
    A QGuiApplication must be there: fonts need one.
    """

    def __init__(self, document: Document, watch: Watch = unwatched) -> None:
        self._document = document
        self._sheet = document.sheet
        self._width = (self._sheet.width - 2 * self._sheet.margin) * _DOTS
        self._height = (self._sheet.height - 2 * self._sheet.margin) * _DOTS
        self._device = _make_device()
        self._fonts = {look: self._make_font(style) for look, style in self._sheet.styles.items()}
        boxes = [self._box(paragraph, self._lay_out(paragraph)) for paragraph in watch(document.paragraphs)]
        self._pages = paginate(boxes, self._height)
        self._layout = lru_cache(maxsize=_KEPT_LAYOUTS)(
            lambda index: self._lay_out(document.paragraphs[index])
        )

    @property
    def size(self) -> QSizeF:
        """Return the size of a page in points."""
        return QSizeF(self._sheet.width, self._sheet.height)

    @property
    def count(self) -> int:
        """Return the number of pages, at least 1."""
        return len(self._pages)

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint a page (from 0) in black. The painter's unit must be a point and its origin the corner of the sheet."""
        margin = self._sheet.margin * _DOTS
        painter.save()
        painter.scale(1 / _DOTS, 1 / _DOTS)
        if page:
            self._paint_running(painter, page + self._sheet.first_number)
        painter.translate(margin, margin)
        for placed in self._pages[page]:
            self._paint_line(painter, placed)
        painter.restore()

    def _make_font(self, style: Style) -> QFont:
        font = QFont(self._sheet.font)
        font.setPointSizeF(style.size)
        font.setItalic(style.is_italic)
        return font

    def _lay_out(self, paragraph: Paragraph) -> QTextLayout:
        style = self._sheet.styles[paragraph.look]
        text = _plain(paragraph).partition("\t")[0].replace("\n", _LINE_BREAK)
        layout = QTextLayout(text, self._fonts[paragraph.look], self._device)
        layout.setTextOption(self._option(style.align))
        layout.setFormats(list(self._formats(paragraph)))
        layout.beginLayout()
        indent = style.first * _DOTS
        while (line := layout.createLine()).isValid():
            start, end = style.left * _DOTS + indent, style.right * _DOTS
            line.setLineWidth(max(self._width - start - end, self._width / 4))
            line.setPosition(QPointF(end if self._document.is_right_to_left else start, 0))
            indent = 0
        layout.endLayout()
        return layout

    def _option(self, align: Align) -> QTextOption:
        option = QTextOption(_ALIGN[align])
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if self._document.is_right_to_left:
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        return option

    def _formats(self, paragraph: Paragraph) -> Iterator[QTextLayout.FormatRange]:
        start = 0
        for run in paragraph.runs:
            length = len(run.text.encode("utf-16-le")) // 2
            if run.is_emphasised or run.is_strong:
                each = QTextLayout.FormatRange()
                each.start, each.length = start, length
                each.format = self._format(is_emphasised=run.is_emphasised, is_strong=run.is_strong)
                yield each
            start += length

    def _format(self, *, is_emphasised: bool, is_strong: bool) -> QTextCharFormat:
        form = QTextCharFormat()
        if is_emphasised and self._sheet.underlines:
            form.setFontUnderline(True)
        elif is_emphasised:
            form.setFontItalic(True)
        if is_strong:
            form.setFontWeight(QFont.Weight.Bold)
        return form

    def _box(self, paragraph: Paragraph, layout: QTextLayout) -> Box:
        style = self._sheet.styles[paragraph.look]
        lines = tuple(layout.lineAt(index).height() * style.line for index in range(layout.lineCount()))
        return Box(
            lines or (style.size * style.line * _DOTS,),
            style.above * _DOTS,
            style.below * _DOTS,
            keeps_next=style.keeps_next,
            keeps_together=style.keeps_together,
            starts_page=paragraph.starts_page,
        )

    def _paint_line(self, painter: QPainter, placed: Placed) -> None:
        paragraph = self._document.paragraphs[placed.box]
        style = self._sheet.styles[paragraph.look]
        if style.has_rule:
            painter.setPen(QPen(Qt.GlobalColor.black, _DOTS / 2))
            across = placed.top + style.size * _DOTS / 2
            start, end = style.left * _DOTS, self._width - style.right * _DOTS
            painter.drawLine(QPointF(start, across), QPointF(end, across))
            return
        painter.setPen(Qt.GlobalColor.black)
        layout = self._layout(placed.box)
        if placed.line < layout.lineCount():
            layout.lineAt(placed.line).draw(painter, QPointF(0, placed.top))
        if style.tab and not placed.line:
            at_tab = _plain(paragraph).partition("\t")[2]
            self._paint_text(painter, at_tab, paragraph.look, Align.END, QPointF(0, placed.top))

    def _paint_running(self, painter: QPainter, number: int) -> None:
        margin = self._sheet.margin * _DOTS
        for line, top in ((self._sheet.header, 0.0), (self._sheet.footer, margin + self._height)):
            if line is not None:
                self._paint_number(painter, line, number, QPointF(margin, top + margin / 2))

    def _paint_number(self, painter: QPainter, line: Running, number: int, middle: QPointF) -> None:
        painter.setPen(Qt.GlobalColor.black)
        layout = self._lay_out_line(f"{line.text}{number}", Look.BODY, line.align)
        layout.draw(painter, QPointF(middle.x(), middle.y() - layout.lineAt(0).height() / 2))

    def _paint_text(self, painter: QPainter, text: str, look: Look, align: Align, corner: QPointF) -> None:
        """Paint one line of text. Qt's own tab stops, and its `drawText`, go by the dots of what is painted on."""
        if text:
            self._lay_out_line(text, look, align).draw(painter, corner)

    def _lay_out_line(self, text: str, look: Look, align: Align) -> QTextLayout:
        layout = QTextLayout(text, self._fonts[look], self._device)
        layout.setTextOption(self._option(align))
        layout.beginLayout()
        layout.createLine().setLineWidth(self._width)
        layout.endLayout()
        return layout


def _make_device() -> QImage:
    """Return something of our resolution to measure letters on."""
    device = QImage(1, 1, QImage.Format.Format_ARGB32)
    dots_per_meter = round(RESOLUTION / 0.0254)
    device.setDotsPerMeterX(dots_per_meter)
    device.setDotsPerMeterY(dots_per_meter)
    return device


def _plain(paragraph: Paragraph) -> str:
    return "".join(run.text for run in paragraph.runs)
