"""A document set in lines and pages by Qt: the very same lines and pages for a file, a printer and a preview.

Lines are measured once, on a device of 600 dots in an inch that belongs to no screen and no printer; painting only scales them.
Kept are the heights of the lines, where they end, and what stands on which page; a page's paragraphs are laid out anew when it
is painted, because the laid-out lines of a long novel would take some hundred megabytes. May be made and used in any thread, by one at a
time. What the pages look like depends on the fonts that are installed. Limits: pages are not stretched to end at the
same height.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QTextLayout

from editor.export.document import Align, Document, Look, Paragraph
from editor.export.document_sheets import LINE_HEIGHT
from editor.export.hyphenation import find_hyphenation
from editor.export.pagination import Box, Placed, paginate
from editor.export.progress import Watch, unwatched
from editor.ui.missing_letters import with_boxes
from editor.ui.page_fonts import DOTS, RESOLUTION, PageFonts, Range
from editor.ui.page_heads import PageHeads
from editor.ui.prose_lines import Line, ProseLines, is_prose, lines_of, tidy

__all__ = ["RESOLUTION", "SetPages"]

_LINE_BREAK = "\u2028"
_KEPT_LAYOUTS = 4
"""A paragraph that goes on over the page is laid out once for both pages."""


class SetPages:
    """A document set in lines and pages: the same lines whatever is painted on. Lengths inside are in dots.

    `watch` goes through the paragraphs while they are set; what it raises to stop (`editor.export.progress.Cancelled`) comes out.
    A QGuiApplication must be there: fonts need one. `missing` holds the characters for which a box is set.
    """

    def __init__(self, document: Document, watch: Watch = unwatched) -> None:
        self._written = document
        document, self.missing = with_boxes(document)
        self._document = document
        self._sheet = document.sheet
        self._width = (self._sheet.width - 2 * self._sheet.margin - self._sheet.gutter) * DOTS
        self._height = (self._sheet.height - 2 * self._sheet.margin) * DOTS
        self._fonts = PageFonts(self._sheet, is_right_to_left=document.is_right_to_left)
        self._prose = ProseLines(
            self._fonts, find_hyphenation(document.language) if self._sheet.hyphenates else None
        )
        self._lines: list[Sequence[Line] | None] = []
        boxes = [self._set(paragraph) for paragraph in watch(document.paragraphs)]
        self._pages = paginate(boxes, self._height)
        self._heads = PageHeads(document, self._pages, self._fonts, self._width)
        self._layout = lru_cache(maxsize=_KEPT_LAYOUTS)(self._lay_out)

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
        painter.save()
        painter.scale(1 / DOTS, 1 / DOTS)
        painter.translate(self._left(page), self._sheet.margin * DOTS)
        painter.setPen(Qt.GlobalColor.black)
        self._heads.paint(painter, page)
        for placed in self._pages[page]:
            self._paint_line(painter, placed)
        painter.restore()

    def headings(self) -> Iterator[tuple[int, str, int]]:
        """Yield, for each heading of a part and a chapter, its level from 1, its text and its page from 0."""
        for page, lines in enumerate(self._pages):
            for placed in lines:
                paragraph = self._document.paragraphs[placed.box]
                if not placed.line and paragraph.look in {Look.PART, Look.CHAPTER}:
                    level = self._sheet.styles[paragraph.look].outline
                    yield level, " ".join(_plain(self._written.paragraphs[placed.box]).split()), page

    def _left(self, page: int) -> float:
        """Return where the text begins: behind the fold on right pages, which are the first, the third and so on.

        Text from right to left begins on a left page, where the fold is on the right.
        """
        is_back = self._sheet.is_two_sided and page % 2 == 1
        is_left_page = is_back != self._document.is_right_to_left
        return (self._sheet.margin + (0 if is_left_page else self._sheet.gutter)) * DOTS

    # --- lines

    def _set(self, paragraph: Paragraph) -> Box:
        """Divide a paragraph into lines and return it as heights."""
        style = self._sheet.styles[paragraph.look]
        least = style.size * style.line * LINE_HEIGHT * DOTS
        if self._is_prose(paragraph):
            made = self._prose.break_paragraph(
                tidy(paragraph.runs), paragraph.look, *self._measure(paragraph)
            )
            self._lines.append(made)
            lines = (least,) * len(made)
        else:
            is_ours = self._is_justified(paragraph) and self._document.is_right_to_left
            layout = self._lay_out_by_qt(
                replace(paragraph, runs=tidy(paragraph.runs)) if is_ours else paragraph
            )
            self._lines.append(lines_of(layout) if is_ours else None)
            heights = (layout.lineAt(index).height() for index in range(layout.lineCount()))
            usual = self._fonts.height(paragraph.look)
            lines = tuple(least * max(1.0, height / usual) for height in heights) or (least,)
        return Box(
            lines,
            style.above * DOTS,
            style.below * DOTS,
            keeps_next=style.keeps_next,
            keeps_together=style.keeps_together,
            starts_page=paragraph.starts_page,
            starts_right=paragraph.starts_right,
            keeps_previous=paragraph.look is Look.END,
            divided=frozenset(index for index, line in enumerate(self._lines[-1] or ()) if line.has_hyphen),
        )

    def _is_prose(self, paragraph: Paragraph) -> bool:
        is_ours = self._is_justified(paragraph) and not self._document.is_right_to_left
        return is_ours and is_prose(paragraph.runs)

    def _is_justified(self, paragraph: Paragraph) -> bool:
        return self._sheet.styles[paragraph.look].align is Align.JUSTIFY

    def _measure(self, paragraph: Paragraph) -> tuple[float, float]:
        """Return the width of the lines of a paragraph, and the indent of the first."""
        style = self._sheet.styles[paragraph.look]
        width = max(self._width - (style.left + style.right) * DOTS, self._width / 4)
        return width, min(style.first * DOTS, width / 2)

    def _lay_out(self, index: int) -> QTextLayout:
        paragraph, lines = self._document.paragraphs[index], self._lines[index]
        if lines is None:
            return self._lay_out_by_qt(paragraph)
        return self._prose.lay_out(tidy(paragraph.runs), paragraph.look, lines, *self._measure(paragraph))

    def _lay_out_by_qt(self, paragraph: Paragraph) -> QTextLayout:
        style = self._sheet.styles[paragraph.look]
        text = _plain(paragraph).partition("\t")[0].replace("\n", _LINE_BREAK)
        layout = self._fonts.layout(text, paragraph.look, style.align, list(_ranges(paragraph)))
        width, indent = self._measure(paragraph)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width - indent)
            is_rtl = self._document.is_right_to_left
            line.setPosition(QPointF(style.right * DOTS if is_rtl else style.left * DOTS + indent, 0))
            indent = 0.0
        layout.endLayout()
        return layout

    # --- painting

    def _paint_line(self, painter: QPainter, placed: Placed) -> None:
        paragraph = self._document.paragraphs[placed.box]
        style = self._sheet.styles[paragraph.look]
        if style.has_rule:
            self._paint_rule(
                painter, placed.top + style.size * DOTS / 2, style.left * DOTS, style.right * DOTS
            )
            return
        layout = self._layout(placed.box)
        if placed.line < layout.lineCount():
            line = layout.lineAt(placed.line)
            lower = max(0.0, self._fonts.ascent(paragraph.look) - line.ascent())
            line.draw(painter, QPointF(0, placed.top + lower))
        if style.tab and not placed.line:
            at_tab = _plain(paragraph).partition("\t")[2]
            if at_tab:
                aligned = self._fonts.line(at_tab, paragraph.look, Align.END, self._width)
                aligned.draw(painter, QPointF(0, placed.top))

    def _paint_rule(self, painter: QPainter, across: float, start: float, end: float) -> None:
        painter.save()
        painter.setPen(QPen(Qt.GlobalColor.black, DOTS / 2))
        painter.drawLine(QPointF(start, across), QPointF(self._width - end, across))
        painter.restore()


def _ranges(paragraph: Paragraph) -> Iterator[Range]:
    start = 0
    for run in paragraph.runs:
        length = len(run.text.encode("utf-16-le")) // 2
        if run.is_emphasised or run.is_strong:
            yield start, length, (paragraph.look, run.is_emphasised, run.is_strong), 0.0
        start += length


def _plain(paragraph: Paragraph) -> str:
    return "".join(run.text for run in paragraph.runs)
