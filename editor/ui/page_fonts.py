"""The letters of set pages: fonts, forms and the device on which they are measured, the same for all pages of a document.

Lengths are in dots of `RESOLUTION`. Only one thread at a time may use one of these.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QTextCharFormat, QTextLayout, QTextOption

from editor.export.document import Align, Around, Look, Sheet, Style

RESOLUTION = 600
"""Dots in an inch: how finely letters are placed."""

DOTS = RESOLUTION / 72
"""Dots in a point."""

_ALIGN = {
    Align.START: Qt.AlignmentFlag.AlignLeft,
    Align.END: Qt.AlignmentFlag.AlignRight,
    Align.CENTRE: Qt.AlignmentFlag.AlignHCenter,
    Align.JUSTIFY: Qt.AlignmentFlag.AlignJustify,
}

Letters = Look | Around

_FLIPPED = {Align.START: Align.END, Align.END: Align.START}
"""A layout of Qt's does not know where text from right to left begins."""

Form = tuple[Letters, bool, bool]
"""What letters look like: the look of their paragraph, and whether they are emphasised and strong."""

Range = tuple[int, int, Form, float]
"""Letters of one form: where they start, how many UTF-16 units, and what is added to each space between words."""


class PageFonts:
    """The fonts of a sheet, and layouts made with them. `is_right_to_left`: the way the text runs."""

    def __init__(self, sheet: Sheet, *, is_right_to_left: bool) -> None:
        self._sheet = sheet
        self.is_right_to_left = is_right_to_left
        self._device = _make_device()
        styles: list[tuple[Letters, Style]] = [*sheet.styles.items()]
        if sheet.heads is not None:
            styles += sheet.heads.styles.items()
        self._fonts = {look: self._make_font(style) for look, style in styles}
        self._metrics = {look: QFontMetricsF(font, self._device) for look, font in self._fonts.items()}
        self._forms: dict[Form, QFontMetricsF] = {}

    def height(self, look: Letters) -> float:
        """Return the height of the letters of a look, from the highest to the lowest."""
        return self._metrics[look].height()

    def ascent(self, look: Letters) -> float:
        """Return how far the letters of a look rise above their line."""
        return self._metrics[look].ascent()

    def width(self, text: str, form: Form) -> float:
        """Return the width of some letters on one line."""
        metrics = self._forms.get(form)
        if metrics is None:
            metrics = self._forms[form] = self._make_metrics(form)
        return metrics.horizontalAdvance(text)

    def shorten(self, text: str, look: Letters, width: float) -> str:
        """Return `text`, with an ellipsis for what is too much for a line of that width."""
        return self._metrics[look].elidedText(text, Qt.TextElideMode.ElideRight, width)

    def layout(
        self, text: str, look: Letters, align: Align, ranges: Sequence[Range], *, wraps: bool = True
    ) -> QTextLayout:
        """Return a layout to which lines can be added; if it does not wrap, only line breaks end them."""
        layout = QTextLayout(text, self._fonts[look], self._device)
        option = QTextOption(_ALIGN[_FLIPPED.get(align, align) if self.is_right_to_left else align])
        wrap = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere if wraps else QTextOption.WrapMode.ManualWrap
        option.setWrapMode(wrap)
        if self.is_right_to_left:
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        layout.setTextOption(option)
        layout.setFormats([self._format_range(*each) for each in ranges])
        return layout

    def line(self, text: str, look: Letters, align: Align, width: float) -> QTextLayout:
        """Return a layout of one line."""
        layout = self.layout(text, look, align, ())
        layout.beginLayout()
        layout.createLine().setLineWidth(width)
        layout.endLayout()
        return layout

    def _make_font(self, style: Style) -> QFont:
        font = QFont(self._sheet.font)
        font.setPointSizeF(style.size)
        font.setItalic(style.is_italic)
        return font

    def _make_metrics(self, form: Form) -> QFontMetricsF:
        look, is_emphasised, is_strong = form
        font = QFont(self._fonts[look])
        if is_emphasised and not self._sheet.underlines:
            font.setItalic(True)
        if is_strong:
            font.setWeight(QFont.Weight.Bold)
        return QFontMetricsF(font, self._device)

    def _format_range(self, start: int, length: int, form: Form, spacing: float) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        made.start, made.length = start, length
        made.format = self._format(form, spacing)
        return made

    def _format(self, form: Form, spacing: float) -> QTextCharFormat:
        _, is_emphasised, is_strong = form
        made = QTextCharFormat()
        if is_emphasised and self._sheet.underlines:
            made.setFontUnderline(True)
        elif is_emphasised:
            made.setFontItalic(True)
        if is_strong:
            made.setFontWeight(QFont.Weight.Bold)
        if spacing:
            made.setFontWordSpacing(spacing)
        return made


def _make_device() -> QImage:
    """Return something of our resolution to measure letters on."""
    device = QImage(1, 1, QImage.Format.Format_ARGB32)
    dots_per_meter = round(RESOLUTION / 0.0254)
    device.setDotsPerMeterX(dots_per_meter)
    device.setDotsPerMeterY(dots_per_meter)
    return device
