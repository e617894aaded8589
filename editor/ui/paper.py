"""Pages on the paper of a printer: in the middle, at their own size, or fitted to it."""

from dataclasses import dataclass

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPainter

from editor.ui.sheet_painting import Pages

ROUNDED = 3.0
"""Points by which a page may be larger than the paper of its name: systems round the sizes of paper."""


@dataclass(frozen=True, slots=True)
class OnPaper:
    """`pages` printed on sheets of `size` points; `is_enlarged`: a smaller page is made as large as the paper."""

    pages: Pages
    size: QSizeF
    is_enlarged: bool = False

    @property
    def count(self) -> int:
        return self.pages.count

    @property
    def scale(self) -> float:
        """Return by how much the pages are made larger or smaller: smaller where they would not go on the paper."""
        page = self.pages.size
        fitting = min(self.size.width() / page.width(), self.size.height() / page.height())
        goes_on = (
            page.width() <= self.size.width() + ROUNDED and page.height() <= self.size.height() + ROUNDED
        )
        return fitting if self.is_enlarged or not goes_on else 1.0

    @property
    def leaves_room(self) -> bool:
        """Say whether a page at its own size is clearly smaller than the paper."""
        page = self.pages.size
        return (
            min(self.size.width() / page.width(), self.size.height() / page.height()) > 1.0
            and (self.size.width() - page.width()) + (self.size.height() - page.height()) > 4 * ROUNDED
        )

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint a page (from 0) on its sheet. The painter's unit is a point, its origin the corner of the paper."""
        own, scale = self.pages.size, self.scale
        painter.save()
        painter.translate(
            (self.size.width() - own.width() * scale) / 2, (self.size.height() - own.height() * scale) / 2
        )
        painter.scale(scale, scale)
        self.pages.paint(painter, page)
        painter.restore()
