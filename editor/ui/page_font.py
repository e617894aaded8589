"""The font of the page: the writer's own, or the best serif face that this system has."""

from collections.abc import Sequence

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

_SERIFS = (
    "Source Serif 4",
    "Source Serif Pro",
    "Literata",
    "Charter",
    "Bitstream Charter",
    "Iowan Old Style",
    "Georgia",
    "Palatino Linotype",
    "Palatino",
    "TeX Gyre Pagella",
    "P052",
    "Cambria",
    "Noto Serif",
    "Libertinus Serif",
    "Linux Libertine O",
    "C059",
    "DejaVu Serif",
    "Liberation Serif",
    "Times New Roman",
)
_MOST_LINES = 2_000
_LONGEST_LINE = 100  # characters; hard-wrapped text is not wider
_SAMPLE = "She had not meant to say it, and the moment she had, the room went quiet; even the clock held on."


def default_family(installed: Sequence[str] | None = None) -> str:
    """Return the first serif face of our list among the `installed` ones (None: ask the system)."""
    names = QFontDatabase.families() if installed is None else installed
    families = frozenset(name.split(" [")[0] for name in names)  # fontconfig may add the foundry
    return next((family for family in _SERIFS if family in families), "serif")


def page_font(family: str, point_size: float) -> QFont:
    """Return the font of the page; an empty `family` means the default one."""
    font = QFont(family or default_family())
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPointSizeF(point_size)
    font.setKerning(True)
    return font


def measure_of(font: QFont, characters: int) -> int:
    """Return how many pixels wide a line of that many characters of ordinary prose is."""
    return round(QFontMetricsF(font).horizontalAdvance(_SAMPLE) / len(_SAMPLE) * characters)


def width_of_wrapped(font: QFont, lines: Sequence[str]) -> int:
    """Return how many pixels wide hard-wrapped `lines` are: the widest of the long ones, tables and addresses aside."""
    usual = [line.rstrip() for line in lines[:_MOST_LINES] if len(line) <= _LONGEST_LINE]
    longest = max(map(len, usual), default=0)
    advance = QFontMetricsF(font).horizontalAdvance
    return round(max((advance(line) for line in usual if len(line) > 0.85 * longest), default=0.0)) + 2
