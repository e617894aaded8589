"""The looks of the widgets: Fusion, with check boxes and radio buttons that can be seen on any ground.

Fusion outlines them in a darker shade of the window, which is no outline at all on a dark one. Ours have the colour of quiet
labels, which every theme keeps readable; what is ticked is filled. Fusion draws the boxes of trees, lists and menus by the same
call, so they are ours too. Limits: a choice among several in a menu keeps Fusion's dot, which is as dark as the words.
"""

import contextlib
from collections.abc import Iterator

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QStyleOptionComplex, QWidget

_FADED = 0.45  # of what is switched off
_CORNER = 2.0  # in pixels
_LIGHTER = 115  # in per cent
_DARK = 128  # a lightness from 0 to 255
_WITH_ARROWS = {QStyle.ComplexControl.CC_ComboBox, QStyle.ComplexControl.CC_SpinBox}
_ROW_ROOM = 4  # in pixels


class DinkusStyle(QProxyStyle):
    """Fusion, with indicators of our own."""

    def __init__(self) -> None:
        super().__init__("Fusion")
        self._frames: tuple[int, QPalette] | None = (
            None  # one palette, so that Fusion finds what it drew before
        )

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw check boxes and radio buttons; leave everything else to Fusion."""
        if element == QStyle.PrimitiveElement.PE_IndicatorCheckBox:
            _draw_indicator(option, painter, is_round=False)
        elif element == QStyle.PrimitiveElement.PE_IndicatorRadioButton:
            _draw_indicator(option, painter, is_round=True)
        elif element == QStyle.PrimitiveElement.PE_FrameLineEdit:
            with self._seen_frame(option):
                super().drawPrimitive(element, option, painter, widget)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw boxes with arrows with a frame that can be seen in the dark; leave everything else to Fusion."""
        if control in _WITH_ARROWS:
            with self._seen_frame(option):
                super().drawComplexControl(control, option, painter, widget)
        else:
            super().drawComplexControl(control, option, painter, widget)

    @contextlib.contextmanager
    def _seen_frame(self, option: QStyleOption) -> Iterator[None]:
        """Let Fusion think of a lighter window meanwhile, if it is dark: of that it makes the frame of a field."""
        palette = option.palette
        window = palette.color(QPalette.ColorRole.Window)
        if window.lightness() >= _DARK:
            yield
            return
        if self._frames is None or self._frames[0] != palette.cacheKey():
            lighter = QPalette(palette)
            quiet = palette.color(QPalette.ColorRole.PlaceholderText)
            lighter.setColor(QPalette.ColorRole.Window, quiet.lighter(_LIGHTER))
            self._frames = (palette.cacheKey(), lighter)
        option.palette = self._frames[1]
        try:
            yield
        finally:
            option.palette = palette

    def sizeFromContents(
        self,
        contents: QStyle.ContentsType,
        option: QStyleOption,
        size: QSize,
        widget: QWidget | None = None,
    ) -> QSize:
        """Return the room something needs: for rows of lists and trees a little more than Fusion gives, so that boxes stay apart."""
        room = super().sizeFromContents(contents, option, size, widget)  # type: ignore[arg-type]  # None is no fault
        if contents == QStyle.ContentsType.CT_ItemViewItem:
            room.setHeight(room.height() + _ROW_ROOM)
        return room


def _draw_indicator(option: QStyleOption, painter: QPainter, *, is_round: bool) -> None:
    """Draw a frame, filled if it is ticked, and what says so in it."""
    flags = QStyle.StateFlag
    state, palette = option.state, option.palette
    is_partly = bool(state & flags.State_NoChange)
    is_filled = bool(state & flags.State_On) or is_partly
    side = min(option.rect.width(), option.rect.height()) - 1.0
    box = QRectF(0, 0, side, side)
    box.moveCenter(QRectF(option.rect).center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not state & flags.State_Enabled:
        painter.setOpacity(_FADED)
    painter.setPen(QPen(_frame_colour(state, palette, is_filled=is_filled), 1.0))
    painter.setBrush(palette.color(QPalette.ColorRole.Highlight if is_filled else QPalette.ColorRole.Base))
    if is_round:
        painter.drawEllipse(box)
    else:
        painter.drawRoundedRect(box, _CORNER, _CORNER)
    if is_filled:
        _draw_mark(painter, box, palette.color(QPalette.ColorRole.HighlightedText), is_round, is_partly)
    painter.restore()


def _frame_colour(state: QStyle.StateFlag, palette: QPalette, *, is_filled: bool) -> QColor:
    """Return the colour of the frame: that of what is around it, so that it stands out."""
    flags = QStyle.StateFlag
    if state & flags.State_Selected:
        return palette.color(QPalette.ColorRole.HighlightedText)
    if is_filled or state & (flags.State_HasFocus | flags.State_MouseOver):
        return palette.color(QPalette.ColorRole.Highlight)
    return palette.color(QPalette.ColorRole.PlaceholderText)


def _draw_mark(painter: QPainter, box: QRectF, colour: QColor, is_round: bool, is_partly: bool) -> None:
    """Draw the tick, the bar of what is partly ticked, or the dot."""
    side, left, top = box.width(), box.left(), box.top()
    if is_round:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(box.center(), side * 0.2, side * 0.2)
        return
    painter.setPen(
        QPen(
            colour,
            side * 0.14,
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )
    )
    points = [QPointF(left + side * x, top + side * y) for x, y in ((0.24, 0.52), (0.43, 0.70), (0.76, 0.31))]
    if is_partly:
        middle = box.center().y()
        painter.drawLine(QLineF(left + side * 0.28, middle, left + side * 0.72, middle))
    else:
        painter.drawPolyline(points)
