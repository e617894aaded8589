"""How the head of a file looks on the page: a thin rule on both sides of the file's name.

It is painted over what Qt has painted there, so that neither its mark nor a caret nor a selection is seen on it.
"""

import re
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from editor.app.themes import Colour, Theme

CUTS_LABEL = "cuts.txt"
"""The label of the scratch file."""

_CUTS_TITLE = "Cuts · not part of the book"
_SIZE = 0.82  # of the label, as a share of the body text
_GAP = 0.9  # between rule and label, in heights of the label
_LEAST_RULE = 2.5  # length of a rule beside a long label, in heights of the label
_UNSHOWABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufdd0\ufdd1\ue000-\uf8ff\U00100000-\U0010ffff]"
)


@dataclass(frozen=True, slots=True)
class BoundaryLook:
    """Colours and type of the heads of files."""

    paper: QColor
    ink: QColor
    rule: QColor
    font: QFont

    @classmethod
    def of(cls, theme: Theme, body: QFont) -> "BoundaryLook":
        """Return how they look under `theme` beside text set in `body`."""
        font = QFont(body)
        font.setPointSizeF(body.pointSizeF() * _SIZE)
        colours = theme.colours
        return cls(
            QColor(colours[Colour.PAPER]), QColor(colours[Colour.MUTED]), QColor(colours[Colour.BORDER]), font
        )


def title_of(label: str) -> str:
    """Return what is written at the head of the file `label`, with a sign in place of what cannot be shown."""
    return _CUTS_TITLE if label == CUTS_LABEL else _UNSHOWABLE.sub("\ufffd", label)


def paint_boundary(painter: QPainter, room: QRectF, line: QRectF, label: str, look: BoundaryLook) -> None:
    """Paint the head of the file `label` in the middle of `line`, on clean paper in all of `room`."""
    metrics = QFontMetricsF(look.font)
    gap, least = _GAP * metrics.height(), _LEAST_RULE * metrics.height()
    widest = max(0.0, line.width() - 2 * (gap + least))
    title = metrics.elidedText(title_of(label), Qt.TextElideMode.ElideMiddle, widest)
    width = metrics.horizontalAdvance(title)
    painter.fillRect(room, look.paper)
    painter.setFont(look.font)
    painter.setPen(look.ink)
    painter.drawText(line, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, title)
    painter.setPen(QPen(look.rule, 1))
    middle = round(line.center().y()) + 0.5
    for left, right in (
        (line.left(), line.center().x() - width / 2 - gap),
        (line.center().x() + width / 2 + gap, line.right()),
    ):
        painter.drawLine(QPointF(left, middle), QPointF(right, middle))
