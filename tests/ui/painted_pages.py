"""Pages to test with: real ones, and ones that show at a glance which page they are."""

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from editor.export.document import Align, Document, Look, Paragraph, Run, Sheet, Style
from editor.ui.page_setting import SetPages


class PlainPages:
    """Pages that are all of one colour, another for each, and that know which of them were painted."""

    def __init__(self, count=5, size=(300.0, 400.0)):
        self.count, self.size = count, QSizeF(*size)
        self.painted = []

    def paint(self, painter, page):
        self.painted.append(page)
        painter.fillRect(QRectF(0, 0, self.size.width(), self.size.height()), colour_of(page))


def colour_of(page):
    return QColor(40 + page * 7 % 200, 200 - page * 11 % 180, 90)


def real_pages(texts=("Rain, and *no* end of it.",), *, is_right_to_left=False):
    """Return the pages of paragraphs, each on a page of its own, in whatever font there is."""
    styles = {look: Style(name=look.value, size=12, align=Align.START) for look in Look}
    sheet = Sheet(width=300, height=400, margin=40, font="serif", styles=styles)
    paragraphs = [
        Paragraph(Look.BODY, (Run(text),), starts_page=bool(place)) for place, text in enumerate(texts)
    ]
    return SetPages(Document("Rain", "", "en", is_right_to_left, sheet, paragraphs))


def picture_of(pages, page, width, height):
    """Return a page as `pages` paints it, so many pixels wide and high."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(width / pages.size.width(), height / pages.size.height())
    pages.paint(painter, page)
    painter.end()
    return image
