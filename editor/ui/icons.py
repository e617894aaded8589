"""The program's own icons, drawn from SVG in the colour of the text around them.

The drawings stand in `resources/icons`, 24 by 24, stroked in `currentColor`. They are painted once for every size in
which the window shows icons, at 1, 1.5 and 2 device pixels a pixel, so that nothing is scaled and everything is crisp.
Limits: other sizes than `SIZES` are scaled down from the next larger one by Qt. An own QIconEngine would paint any size,
but PySide6 6.11 crashes when Qt clones one that was written in Python.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap, QShowEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QToolButton, QWidget

from editor.app.resources import resource_path

SIZES = (16, 20, 24)
RATIOS = (1.0, 1.5, 2.0)
APP_SIZES = (16, 24, 32, 48, 64, 128, 256)


@cache
def _drawing(name: str) -> str:
    return resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")


def _renderer(name: str, colour: QColor) -> QSvgRenderer:
    svg = _drawing(name).replace("currentColor", colour.name())
    return QSvgRenderer(QByteArray(svg.encode()))


def _paint(renderer: QSvgRenderer, pixels: int, opacity: float = 1.0) -> QPixmap:
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(opacity)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return pixmap


@cache
def _icon(name: str, rgba: int) -> QIcon:
    colour = QColor.fromRgba(rgba)
    renderer = _renderer(name, colour)
    icon = QIcon()
    for pixels in sorted({round(size * ratio) for size in SIZES for ratio in RATIOS}):
        icon.addPixmap(_paint(renderer, pixels, colour.alphaF()))
    return icon


def themed_icon(name: str, colour: QColor) -> QIcon:
    """Return the icon `resources/icons/<name>.svg` in `colour`; raise ResourceError if there is none."""
    return _icon(name, colour.rgba())


@cache
def icon_pixmap(name: str, rgba: int, size: int, ratio: float) -> QPixmap:
    """Return the icon as a picture of `size` pixels a side on a screen with `ratio` device pixels a pixel."""
    colour = QColor.fromRgba(rgba)
    pixmap = _paint(_renderer(name, colour), round(size * ratio), colour.alphaF())
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@cache
def app_icon() -> QIcon:
    """Return the icon of the program, in its own colours."""
    renderer = QSvgRenderer(QByteArray(_drawing("dinkus").encode()))
    icon = QIcon()
    for pixels in APP_SIZES:
        icon.addPixmap(_paint(renderer, pixels))
    return icon


class IconButton(QToolButton):
    """A flat button with one of our icons, which follows the palette, and a name for screen readers."""

    def __init__(self, icon: str, label: str, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._is_tinted = False
        self.setObjectName(object_name)
        self.setAccessibleName(label)
        self.setToolTip(label)
        self.setAutoRaise(True)
        self.setIconSize(QSize(16, 16))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _tint(self) -> None:
        self._is_tinted = True
        self.setIcon(themed_icon(self._icon_name, self.palette().color(QPalette.ColorRole.ButtonText)))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon anew in the text colour of a new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._is_tinted:
            self._tint()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw the icon when it is first shown: most buttons are in bars that open later, or never."""
        if not self._is_tinted:
            self._tint()
        super().showEvent(event)
