"""Where the sheets of a document stand in a view, in pixels: one or two in a row that fit the width, or as many as go there."""

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPoint, QRect, QSizeF

GAP = 20
"""Pixels between sheets and around them."""
ZOOMS = (0.2, 5.0)
"""The least and the greatest size, where 1 is that of paper."""
SMALLEST_OF_TWO = 0.7
"""Two sheets stand side by side where each can be as large as that."""
LARGEST_FITTING = 1.5
"""Fitting to the width makes no sheet larger than that: it would be all letters and no page."""
_ROUNDING = 0.001
"""What is less than that many pixels too wide is not too wide."""


@dataclass(frozen=True, slots=True)
class SheetPlaces:
    """`count` sheets with `columns` in a row, in the middle of `width`, or from its left end if they are wider.

    The first row begins with `left_out` empty places.
    """

    count: int
    columns: int
    sheet: QSizeF
    width: int
    left_out: int = 0

    @property
    def row_height(self) -> float:
        return self.sheet.height() + GAP

    @property
    def full_width(self) -> int:
        return ceil(self.columns * (self.sheet.width() + GAP) + GAP - _ROUNDING)

    @property
    def full_height(self) -> int:
        rows = -(-(self.count + self.left_out) // self.columns)
        return ceil(rows * self.row_height + GAP) if self.count else 0

    def rect(self, page: int) -> QRect:
        """Return where a page stands."""
        row, column = divmod(page + self.left_out, self.columns)
        left = max(0.0, (self.width - self.full_width) / 2) + GAP + column * (self.sheet.width() + GAP)
        return QRect(QPoint(round(left), round(GAP + row * self.row_height)), self.sheet.toSize())

    def pages_between(self, top: float, bottom: float) -> range:
        """Return the pages of the rows that reach between two heights."""
        first = max(0, int((top - GAP - 1) // self.row_height))  # places are rounded to pixels
        last = max(0, int((bottom - GAP + 1) // self.row_height) + 1)
        return range(*(min(max(0, row * self.columns - self.left_out), self.count) for row in (first, last)))

    def page_in_row(self, page: int, rows: int) -> int:
        """Return the first page of the row that is so many rows below that of `page`, or -1 if none is there."""
        row = (page + self.left_out) // self.columns + rows
        first = max(0, row * self.columns - self.left_out)
        return first if row >= 0 and first < self.count else -1


NOWHERE = SheetPlaces(0, 1, QSizeF(1, 1), 1)
"""The places of no sheets."""


def place_sheets(
    count: int, paper: QSizeF, width: int, zoom: float | None, *, is_two_sided: bool = False
) -> SheetPlaces:
    """Return the places of `count` sheets that are as large as `paper`, in pixels, at `zoom` 1; None fits them to the width.

    `is_two_sided`: where pairs stand side by side, they are those that face each other in a book, so the first is alone.
    """
    if zoom is not None:
        sheet = paper * zoom
        columns = max(1, min(count, int((width - GAP) / (sheet.width() + GAP))))
    else:
        one, two = (((width - (number + 1) * GAP) / number) / paper.width() for number in (1, 2))
        columns, fitting = (2, two) if count > 1 and two >= SMALLEST_OF_TWO else (1, one)
        sheet = paper * max(ZOOMS[0], min(fitting, LARGEST_FITTING))
    return SheetPlaces(count, columns, sheet, width, 1 if is_two_sided and columns % 2 == 0 else 0)
