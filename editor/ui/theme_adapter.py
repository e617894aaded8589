"""A theme as Qt wants it: palette, character formats, a few lines of style sheet.

Limits: meant for the Fusion style, the one that follows a palette everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette, QTextCharFormat

from editor.app.themes import Colour, Role, TextStyle, Theme

_PALETTE = {
    QPalette.ColorRole.Window: Colour.WINDOW,
    QPalette.ColorRole.WindowText: Colour.WINDOW_TEXT,
    QPalette.ColorRole.Base: Colour.PANEL,
    QPalette.ColorRole.AlternateBase: Colour.WINDOW,
    QPalette.ColorRole.Text: Colour.WINDOW_TEXT,
    QPalette.ColorRole.Button: Colour.BUTTON,
    QPalette.ColorRole.ButtonText: Colour.WINDOW_TEXT,
    QPalette.ColorRole.BrightText: Colour.ACCENT_TEXT,
    QPalette.ColorRole.ToolTipBase: Colour.PANEL,
    QPalette.ColorRole.ToolTipText: Colour.WINDOW_TEXT,
    QPalette.ColorRole.PlaceholderText: Colour.MUTED,
    QPalette.ColorRole.Highlight: Colour.ACCENT,
    QPalette.ColorRole.HighlightedText: Colour.ACCENT_TEXT,
    QPalette.ColorRole.Link: Colour.ACCENT,
    QPalette.ColorRole.LinkVisited: Colour.ACCENT,
    QPalette.ColorRole.Accent: Colour.ACCENT,
    QPalette.ColorRole.Light: Colour.PANEL,
    QPalette.ColorRole.Midlight: Colour.WINDOW,
    QPalette.ColorRole.Mid: Colour.BORDER,
    QPalette.ColorRole.Dark: Colour.BORDER,
}
_DISABLED = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


@dataclass(frozen=True, slots=True)
class PageFormats:
    """The formats of a page: one per role; `dimmed` sets back what focus mode leaves out."""

    roles: Mapping[Role, QTextCharFormat]
    dimmed: QTextCharFormat


def palette_of(theme: Theme) -> QPalette:
    """Return the palette of the whole program under `theme`."""
    palette = QPalette()
    for role, colour in _PALETTE.items():
        palette.setColor(role, QColor(theme.colours[colour]))
    shadow = QColor("#000000" if theme.is_dark else theme.colours[Colour.MUTED])
    palette.setColor(QPalette.ColorRole.Shadow, shadow)
    for role in _DISABLED:
        faded = QColor(theme.colours[Colour.MUTED])
        faded.setAlphaF(0.6)
        palette.setColor(QPalette.ColorGroup.Disabled, role, faded)
    return palette


def page_palette(theme: Theme) -> QPalette:
    """Return the palette of the page: paper and ink instead of the window's colours."""
    palette = palette_of(theme)
    paper, ink = QColor(theme.colours[Colour.PAPER]), QColor(theme.colours[Colour.TEXT])
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        palette.setColor(group, QPalette.ColorRole.Base, paper)
        palette.setColor(group, QPalette.ColorRole.Window, paper)
        palette.setColor(group, QPalette.ColorRole.Text, ink)
        palette.setColor(group, QPalette.ColorRole.Highlight, QColor(theme.colours[Colour.SELECTION]))
        selected = QColor(theme.colours[Colour.SELECTED_TEXT])
        palette.setColor(group, QPalette.ColorRole.HighlightedText, selected)
    return palette


def scroll_bar_style(theme: Theme) -> str:
    """Return the style sheet of the page's scroll bar: a quiet handle on paper."""
    paper, handle = theme.colours[Colour.PAPER], theme.colours[Colour.BORDER]
    pressed = theme.colours[Colour.MUTED]
    return f"""
        QScrollBar:vertical {{ background: {paper}; width: 14px; border: none; margin: 0; }}
        QScrollBar::handle:vertical {{ background: {handle}; border-radius: 4px; margin: 2px 3px; min-height: 36px; }}
        QScrollBar::handle:vertical:hover, QScrollBar::handle:vertical:pressed {{ background: {pressed}; }}
        QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
        QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical {{ background: none; }}
    """


def bare_formats() -> PageFormats:
    """Return formats that change nothing, for a page that has no theme yet."""
    return PageFormats({role: QTextCharFormat() for role in Role}, QTextCharFormat())


def formats_of(theme: Theme, point_size: float) -> PageFormats:
    """Return the character formats of `theme` for body text of `point_size` points."""
    roles = {role: _format(style, point_size) for role, style in theme.styles.items()}
    roles[Role.UNCLOSED] = _wavy(theme.styles[Role.UNCLOSED])
    dimmed = QTextCharFormat()
    dimmed.setForeground(QColor(theme.colours[Colour.DIMMED]))
    return PageFormats(roles, dimmed)


def prefers_dark() -> bool:
    """Say whether the system asks for dark windows."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def system_theme(themes: Mapping[str, Theme]) -> Theme:
    """Return the theme that follows the system: the first of `themes` that is as dark as it wants."""
    wanted = prefers_dark()
    fitting = [theme for theme in themes.values() if theme.is_dark == wanted]
    plain = themes.get("dark" if wanted else "light")
    return plain or (fitting or list(themes.values()))[0]


def _format(style: TextStyle, point_size: float) -> QTextCharFormat:
    result = QTextCharFormat()
    if style.colour is not None:
        result.setForeground(QColor(style.colour))
    if style.bold:
        result.setFontWeight(QFont.Weight.Bold)
    if style.italic:
        result.setFontItalic(True)
    if style.size != 1.0:
        result.setFontPointSize(round(point_size * style.size, 1))
    return result


def _wavy(style: TextStyle) -> QTextCharFormat:
    result = QTextCharFormat()
    result.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    if style.colour is not None:
        result.setUnderlineColor(QColor(style.colour))
    return result
