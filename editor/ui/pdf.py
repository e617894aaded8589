"""A book as PDF, through Qt: the same document as for word processors, set in pages.

The file says no time: the dates and the identifier that Qt writes are replaced, so equal books give equal bytes while the
program runs; from one start to the next Qt may put the fonts in another order. What the pages look like depends on the fonts that
are installed. Limits: no hyphenation, no bookmarks; the setting of pages reports no progress.
"""

import hashlib
import re
import sys
from collections.abc import Iterator, Mapping

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from editor.export.book import Book
from editor.export.document import Align, Document, Look, Paragraph, Running, Style
from editor.export.document_content import compose_document
from editor.export.document_options import PDF
from editor.export.pagination import Box, Placed, paginate
from editor.export.profile import Profile
from editor.export.progress import Watch, unwatched
from editor.export.registry import RENDERERS as OTHER_RENDERERS
from editor.export.registry import Render

_RESOLUTION = 600  # dots in an inch: how finely letters are placed
_WITHOUT_A_DISPLAY = [] if sys.platform in {"win32", "darwin"} else ["-platform", "offscreen"]
_LINE_BREAK = "\u2028"

_ALIGN = {
    Align.START: Qt.AlignmentFlag.AlignLeading,
    Align.END: Qt.AlignmentFlag.AlignTrailing,
    Align.CENTRE: Qt.AlignmentFlag.AlignHCenter,
    Align.JUSTIFY: Qt.AlignmentFlag.AlignJustify,
}
_DATES = re.compile(
    rb"(?P<pdf>/(?:Creation|Mod)Date \(D:)\d{14}|(?P<xmp>xmp:(?:Create|Modify|Metadata)Date=\")[\d:T-]{19}"
)
_IDENTIFIERS = re.compile(rb"(?<=xmpMM:DocumentID=\"uuid:)[0-9a-f-]{36}|(?<=<)[0-9a-f]{72}(?=>)")


def render_pdf(book: Book, profile: Profile, watch: Watch = unwatched) -> bytes:
    """Return `book` as a PDF file. A QGuiApplication is made if there is none: fonts need one."""
    application = QGuiApplication.instance() or QGuiApplication(["dinkus", *_WITHOUT_A_DISPLAY])
    document = compose_document(book, profile, watch)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = _make_writer(buffer, document)
    painter = QPainter(writer)
    try:
        _Setting(document, writer).paint(painter)
    finally:
        painter.end()
    del application
    return _without_chance(bytes(data.data()))


def _make_writer(buffer: QBuffer, document: Document) -> QPdfWriter:
    sheet = document.sheet
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION)
    size = QPageSize(
        QSizeF(sheet.width, sheet.height), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch
    )
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    writer.setTitle(document.title)
    writer.setCreator("Dinkus")
    return writer


def _without_chance(data: bytes) -> bytes:
    """Return a PDF file with the same dates each time, and an identifier that follows from the rest of it."""

    def fixed(found: re.Match[bytes]) -> bytes:
        return found["pdf"] + b"20000101000000" if found["pdf"] else found["xmp"] + b"2000-01-01T00:00:00"

    data = _IDENTIFIERS.sub(lambda found: b"0" * len(found[0]), _DATES.sub(fixed, data))
    digest = hashlib.sha256(data).hexdigest().encode() * 2
    return _IDENTIFIERS.sub(lambda found: digest[: len(found[0])], data)


RENDERERS: Mapping[str, Render] = {**OTHER_RENDERERS, PDF: render_pdf}
"""All renderers: those that need no Qt, and PDF."""


class _Setting:
    """A document set in lines and pages for one writer. Lengths here are in its dots."""

    def __init__(self, document: Document, writer: QPdfWriter) -> None:
        self._document = document
        self._writer = writer
        self._sheet = document.sheet
        self._dots = _RESOLUTION / 72
        self._width = (self._sheet.width - 2 * self._sheet.margin) * self._dots
        self._height = (self._sheet.height - 2 * self._sheet.margin) * self._dots
        self._fonts = {look: self._make_font(style) for look, style in self._sheet.styles.items()}

    def paint(self, painter: QPainter) -> None:
        """Paint all pages."""
        layouts = [self._lay_out(paragraph) for paragraph in self._document.paragraphs]
        boxes = [
            self._box(paragraph, layout)
            for paragraph, layout in zip(self._document.paragraphs, layouts, strict=True)
        ]
        margin = self._sheet.margin * self._dots
        for place, page in enumerate(paginate(boxes, self._height)):
            if place:
                self._writer.newPage()
                self._paint_running(painter, place + self._sheet.first_number)
            painter.save()
            painter.translate(margin, margin)
            for placed in page:
                self._paint_line(painter, placed, layouts[placed.box])
            painter.restore()

    def _make_font(self, style: Style) -> QFont:
        font = QFont(self._sheet.font)
        font.setPointSizeF(style.size)
        font.setItalic(style.is_italic)
        return font

    def _lay_out(self, paragraph: Paragraph) -> QTextLayout:
        style = self._sheet.styles[paragraph.look]
        text = _plain(paragraph).partition("\t")[0].replace("\n", _LINE_BREAK)
        layout = QTextLayout(text, self._fonts[paragraph.look], self._writer)
        layout.setTextOption(self._option(style))
        layout.setFormats(list(self._formats(paragraph)))
        layout.beginLayout()
        indent = style.first * self._dots
        while (line := layout.createLine()).isValid():
            start, end = style.left * self._dots + indent, style.right * self._dots
            line.setLineWidth(max(self._width - start - end, self._width / 4))
            line.setPosition(QPointF(end if self._document.is_right_to_left else start, 0))
            indent = 0
        layout.endLayout()
        return layout

    def _option(self, style: Style) -> QTextOption:
        option = QTextOption(_ALIGN[style.align])
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
            lines or (style.size * style.line * self._dots,),
            style.above * self._dots,
            style.below * self._dots,
            keeps_next=style.keeps_next,
            keeps_together=style.keeps_together,
            starts_page=paragraph.starts_page,
        )

    def _paint_line(self, painter: QPainter, placed: Placed, layout: QTextLayout) -> None:
        paragraph = self._document.paragraphs[placed.box]
        style = self._sheet.styles[paragraph.look]
        if style.has_rule:
            painter.setPen(QPen(Qt.GlobalColor.black, self._dots / 2))
            across = placed.top + style.size * self._dots / 2
            start, end = style.left * self._dots, self._width - style.right * self._dots
            painter.drawLine(QPointF(start, across), QPointF(end, across))
            return
        if placed.line < layout.lineCount():
            layout.lineAt(placed.line).draw(painter, QPointF(0, placed.top))
        if style.tab and not placed.line:
            self._paint_at_tab(painter, paragraph, placed.top)

    def _paint_at_tab(self, painter: QPainter, paragraph: Paragraph, top: float) -> None:
        """Paint what ends at the tab stop; Qt's own tab stops are lengths of the screen, not of the page."""
        painter.setFont(self._fonts[paragraph.look])
        room = QRectF(0, top, self._width, self._height)
        painter.drawText(room, _ALIGN[Align.END], _plain(paragraph).partition("\t")[2])

    def _paint_running(self, painter: QPainter, number: int) -> None:
        painter.setFont(self._fonts[Look.BODY])
        for line, is_header in ((self._sheet.header, True), (self._sheet.footer, False)):
            if line is not None:
                self._paint_number(painter, line, number, is_header=is_header)

    def _paint_number(self, painter: QPainter, line: Running, number: int, *, is_header: bool) -> None:
        margin = self._sheet.margin * self._dots
        top = 0.0 if is_header else margin + self._height
        room = QRectF(margin, top, self._width, margin)
        painter.drawText(room, _ALIGN[line.align] | Qt.AlignmentFlag.AlignVCenter, f"{line.text}{number}")


def _plain(paragraph: Paragraph) -> str:
    return "".join(run.text for run in paragraph.runs)
