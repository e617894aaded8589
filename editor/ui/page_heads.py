"""What stands above and below the text of set pages: the header of a manuscript, the running heads and numbers of a book.

In a book with running heads, a page that begins with the heading of a chapter has its number at the foot instead, and a
title page, a page with the name of a part and an empty one have nothing. Lengths are in dots, from the corner of the text.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QTextLayout

from editor.export.document import Align, Around, Document, Look, Paragraph, Running, RunningHeads
from editor.export.document_sheets import LINE_HEIGHT
from editor.export.pagination import Placed
from editor.ui.page_fonts import DOTS, Letters, PageFonts

_OPENERS = frozenset({Look.PART, Look.CHAPTER})
_ON_TITLE_PAGES = frozenset({Look.TITLE, Look.BYLINE, Look.FIELDS})
_HEAD_LINES, _FOOT_LINES = 1.5, 1.75
"""How far the middle of a head is above the text, and that of a number below it, in lines of the text."""

_HEAD_PART = 0.72
"""How much of the width a head may take; the number is beside it."""


class PageHeads:
    """The heads and feet of the `pages` of a document, as `editor.export.pagination.paginate` returns them."""

    def __init__(
        self, document: Document, pages: Sequence[Sequence[Placed]], fonts: PageFonts, width: float
    ) -> None:
        self._document = document
        self._sheet = document.sheet
        self._pages = pages
        self._fonts = fonts
        self._width = width
        self._chapters = list(self._running_chapters())
        body = self._sheet.styles[Look.BODY]
        self._line = body.size * body.line * LINE_HEIGHT * DOTS
        self._height = (self._sheet.height - 2 * self._sheet.margin) * DOTS

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint what stands around the text of a page; the painter's origin is the corner of the text."""
        heads = self._sheet.heads
        if heads is not None:
            self._paint_heads(painter, page, heads)
        elif page and self._pages[page]:
            middle = self._sheet.margin * DOTS / 2
            for line, height in ((self._sheet.header, -middle), (self._sheet.footer, self._height + middle)):
                if line is not None:
                    self._paint_text(painter, self._numbered(page, line), Look.BODY, line.align, height)

    def _numbered(self, page: int, line: Running | None = None) -> str:
        return f"{line.text if line else ''}{page + self._sheet.first_number}"

    def _paint_heads(self, painter: QPainter, page: int, heads: RunningHeads) -> None:
        looks = {self._paragraph(placed).look for placed in self._pages[page]}
        if not looks or looks <= _ON_TITLE_PAGES or looks == {Look.PART}:
            return
        number = self._numbered(page)
        if page == 0 or self._is_opener(page):
            self._paint_text(
                painter, number, Around.NUMBER, Align.CENTRE, self._height + self._line * _FOOT_LINES
            )
            return
        is_back = page % 2 == 1  # a left page, where text runs from left to right
        text = heads.left if is_back else (heads.has_chapter and self._chapters[page]) or heads.right
        at_end = not (is_back and self._sheet.is_two_sided)
        height = -self._line * _HEAD_LINES
        self._paint_text(painter, number, Around.NUMBER, Align.END if at_end else Align.START, height)
        shown = self._fonts.shorten(text, Around.HEAD, self._width * _HEAD_PART)
        self._paint_text(painter, shown, Around.HEAD, Align.CENTRE, height)

    def _is_opener(self, page: int) -> bool:
        first = self._pages[page][0]
        return not first.line and self._paragraph(first).look in _OPENERS

    def _running_chapters(self) -> Iterator[str]:
        """Yield, for each page, the title of the chapter to which its first line belongs."""
        chapter = ""
        for page in self._pages:
            at_top = chapter
            for number, placed in enumerate(page):
                paragraph = self._paragraph(placed)
                if paragraph.look is Look.CHAPTER and not placed.line:
                    chapter = " ".join("".join(run.text for run in paragraph.runs).split())
                    at_top = at_top if number else chapter
            yield at_top

    def _paragraph(self, placed: Placed) -> Paragraph:
        return self._document.paragraphs[placed.box]

    def _paint_text(self, painter: QPainter, text: str, look: Letters, align: Align, middle: float) -> None:
        layout: QTextLayout = self._fonts.line(text, look, align, self._width)
        layout.draw(painter, QPointF(0, middle - layout.lineAt(0).height() / 2))
