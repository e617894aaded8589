"""What the outline paints around its rows: backgrounds, angles, the mark of a drop, the card of a drag.

All colours come from the palette. Nothing is told by colour alone: the row with the caret has a bar, the row with the
focus a frame, a drop a line with a knob or a framed row.
"""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QTreeView, QWidget

INDENTATION = 15
CARD_WIDTH = 240
"""The longest title on the card of a drag, in pixels."""
RADIUS = 5


@dataclass(frozen=True, slots=True)
class DropMark:
    """What shows where a drop lands, in the coordinates of the viewport: a line at the top of `rect`, or a whole row."""

    rect: QRect
    is_line: bool


def paint_background(
    view: QTreeView,
    painter: QPainter,
    row: QRect,
    index: QModelIndex | QPersistentModelIndex,
    *,
    is_current: bool,
) -> None:
    """Paint what lies under a row: whether it is selected, has the focus, holds the caret."""
    palette, box = view.palette(), QRectF(row).adjusted(1.5, 1.5, -1.5, -1.5)
    accent, is_focused = palette.color(QPalette.ColorRole.Highlight), view.hasFocus()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if view.selectionModel().isSelected(index):
        tint = accent if is_focused else palette.color(QPalette.ColorRole.Text)
        painter.setBrush(_faded(tint, 0.24 if is_focused else 0.09))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
    if is_focused and index == view.currentIndex():
        painter.setPen(QPen(_faded(accent, 0.8), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
    if is_current:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        left = row.right() - 4.5 if _is_mirrored(view) else row.left() + 1.5
        painter.drawRoundedRect(QRectF(left, row.top() + 5, 3, row.height() - 10), 1.5, 1.5)
    painter.restore()


def paint_divider(view: QTreeView, painter: QPainter, row: QRect) -> None:
    """Paint a thin line above a row that does not belong to what is above it."""
    painter.setPen(QPen(_faded(view.palette().color(QPalette.ColorRole.PlaceholderText), 0.4), 1))
    painter.drawLine(row.left() + 8, row.top(), row.right() - 8, row.top())


def paint_angle(view: QTreeView, painter: QPainter, rect: QRect, *, is_open: bool) -> None:
    """Paint the small angle before a row that can be opened or closed; `rect` is all that lies before the row."""
    is_mirrored = _is_mirrored(view)
    x = rect.left() + INDENTATION // 2 if is_mirrored else rect.right() + 1 - INDENTATION // 2
    middle, side = QPoint(x, rect.center().y() + 1), -1 if is_mirrored else 1
    down = [QPoint(-4, -2), QPoint(0, 2), QPoint(4, -2)]
    aside = [QPoint(-2 * side, -4), QPoint(2 * side, 0), QPoint(-2 * side, 4)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(view.palette().color(QPalette.ColorRole.PlaceholderText), 1.5))
    painter.drawPolyline([middle + point for point in (down if is_open else aside)])
    painter.restore()


def paint_empty_text(view: QTreeView, painter: QPainter, text: str) -> None:
    """Paint `text` where rows would be."""
    if text:
        painter.setPen(view.palette().color(QPalette.ColorRole.PlaceholderText))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(view.viewport().rect().adjusted(20, 24, -20, -24), flags, text)


def paint_drop_mark(view: QTreeView, painter: QPainter, mark: DropMark | None) -> None:
    """Paint where a drop lands: a line with a knob at its level, or a frame around a whole row."""
    if mark is None:
        return
    accent = view.palette().color(QPalette.ColorRole.Highlight)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(accent, 2))
    if not mark.is_line:
        painter.setBrush(_faded(accent, 0.18))
        painter.drawRoundedRect(QRectF(mark.rect).adjusted(4, 2, -4, -2), RADIUS, RADIUS)
        return
    ends = [QPoint(mark.rect.left() + 4, mark.rect.top()), QPoint(mark.rect.right() - 8, mark.rect.top())]
    if _is_mirrored(view):
        ends = [QPoint(mark.rect.right() - 4, mark.rect.top()), QPoint(mark.rect.left() + 8, mark.rect.top())]
    painter.setBrush(view.palette().color(QPalette.ColorRole.Base))
    painter.drawLine(*ends)
    painter.drawEllipse(ends[0], 4, 4)


def paint_drag_card(view: QWidget, title: str, count: int) -> QPixmap:
    """Return a picture of what is dragged: a card with the first title, and how many rows there are if more than one."""
    metrics, palette, ratio = QFontMetrics(view.font()), view.palette(), view.devicePixelRatioF()
    title = metrics.elidedText(" ".join(title.split()), Qt.TextElideMode.ElideRight, CARD_WIDTH)
    size = QSize(metrics.horizontalAdvance(title) + 44, metrics.height() + 26)
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(view.font())
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 1.5))
    painter.setBrush(palette.color(QPalette.ColorRole.Base))
    card = QRect(1, 9, size.width() - 18, size.height() - 15)
    if count > 1:
        painter.drawRoundedRect(card.translated(4, 4), RADIUS, RADIUS)
    painter.drawRoundedRect(card, RADIUS, RADIUS)
    painter.setPen(palette.color(QPalette.ColorRole.Text))
    painter.drawText(card, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, title)
    if count > 1:
        _paint_badge(painter, QPoint(card.right(), card.top() + 1), f"{count:,}", palette)
    painter.end()
    return picture


def _paint_badge(painter: QPainter, centre: QPoint, text: str, palette: QPalette) -> None:
    badge = QRect(0, 0, max(18, painter.fontMetrics().horizontalAdvance(text) + 10), 18)
    badge.moveCenter(centre)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
    painter.drawRoundedRect(badge, 9, 9)
    painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)


def _faded(colour: QColor, opacity: float) -> QColor:
    colour = QColor(colour)
    colour.setAlphaF(opacity)
    return colour


def _is_mirrored(view: QWidget) -> bool:
    return view.layoutDirection() == Qt.LayoutDirection.RightToLeft
