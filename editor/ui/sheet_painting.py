"""Painting pages as sheets with a soft shadow; the pictures of the last ones are kept while their size stays.

Limits: a sheet that is shown very large is painted anew each time, and only the part of it that is in sight.
"""

from collections import OrderedDict
from typing import Protocol

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPixmap

SHADOW = 8
"""Pixels that a sheet's shadow reaches beyond it."""
KEPT_PIXELS = 16_000_000
"""Pixels of all pictures that are kept: 64 MB."""
_DARK_WINDOW = 128


class Pages(Protocol):
    """Pages of one size, that can be painted."""

    @property
    def size(self) -> QSizeF:
        """Return the size of a page, in points."""

    @property
    def count(self) -> int:
        """Return the number of pages, at least 1."""

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint a page (from 0). The painter's unit is a point, its origin the corner of the sheet."""


class SheetPainter:
    """Paints the sheets of some pages."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._kept: OrderedDict[tuple[int, int, int], QPixmap] = OrderedDict()

    def paint(self, painter: QPainter, page: int, sheet: QRect, ratio: float) -> None:
        """Paint a page (from 0) into a rectangle, `ratio` device pixels to a pixel."""
        _paint_shadow(painter, sheet)
        if sheet.width() * sheet.height() * ratio * ratio > KEPT_PIXELS / 2:
            painter.save()
            painter.setClipRect(sheet, Qt.ClipOperation.IntersectClip)
            painter.fillRect(sheet, Qt.GlobalColor.white)
            self._paint_page(painter, page, sheet)
            painter.restore()
            return
        painter.drawPixmap(sheet.topLeft(), self._picture(page, sheet, ratio))

    def _picture(self, page: int, sheet: QRect, ratio: float) -> QPixmap:
        width, height = (round(length * ratio) for length in (sheet.width(), sheet.height()))
        key = page, width, height
        if key not in self._kept:
            picture = QPixmap(width, height)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.white)
            painter = QPainter(picture)
            self._paint_page(painter, page, QRect(QPoint(0, 0), sheet.size()))
            painter.end()
            self._kept[key] = picture
            while len(self._kept) > 2 and sum(_pixels(each) for each in self._kept.values()) > KEPT_PIXELS:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]

    def _paint_page(self, painter: QPainter, page: int, sheet: QRect) -> None:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        size = self._pages.size
        painter.translate(sheet.topLeft())
        painter.scale(sheet.width() / size.width(), sheet.height() / size.height())
        self._pages.paint(painter, page)


def desk_colour(palette: QPalette) -> QColor:
    """Return the colour behind sheets: that of the window, a little darker, so that white stands out."""
    window = palette.color(QPalette.ColorRole.Window)
    return window.darker(130 if window.lightness() < _DARK_WINDOW else 106)


def _pixels(picture: QPixmap) -> int:
    return picture.width() * picture.height()


def _paint_shadow(painter: QPainter, sheet: QRect) -> None:
    """Paint a shadow that falls down a little and fades away."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 4))
    below = QPointF(0, SHADOW / 4)
    for reach in range(1, SHADOW + 1):
        around = QRectF(sheet).translated(below).adjusted(-reach, -reach, reach, reach)
        painter.drawRoundedRect(around, reach, reach)
    painter.restore()
