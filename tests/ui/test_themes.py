"""Every theme is complete, readable, and becomes what Qt wants."""

import pytest
from PySide6.QtGui import QColor, QFont, QPalette, QTextCharFormat

from editor.app.resources import resource_path
from editor.app.themes import Colour, Role, contrast, load_themes, parse_theme
from editor.errors import ResourceError
from editor.ui.theme_adapter import formats_of, page_palette, palette_of, system_theme

THEMES = load_themes()
FADED = (Role.MARK, Role.BREAK, Role.BOILERPLATE)
READABLE = tuple(set(Role) - set(FADED) - {Role.UNCLOSED})
STATUSES = [colour for colour in Colour if colour.startswith("status_")]
BARS = (Colour.INFORMATION, Colour.WARNING, Colour.ERROR)


@pytest.fixture(params=sorted(THEMES))
def theme(request):
    return THEMES[request.param]


def test_light_dark_and_sepia_come_with_the_program():
    assert set(THEMES) >= {"light", "dark", "sepia"}
    assert [THEMES[key].is_dark for key in ("light", "dark", "sepia")] == [False, True, False]


def test_the_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_body_text_is_easy_to_read(theme):
    paper = theme.colours[Colour.PAPER]
    assert contrast(theme.colours[Colour.TEXT], paper) >= 7
    assert contrast(theme.colours[Colour.SELECTED_TEXT], theme.colours[Colour.SELECTION]) >= 7
    assert contrast(theme.colours[Colour.TEXT], theme.colours[Colour.MATCH]) >= 4.5


@pytest.mark.parametrize("role", FADED)
def test_what_is_faded_can_still_be_seen(theme, role):
    assert contrast(theme.styles[role].colour, theme.colours[Colour.PAPER]) >= 3


@pytest.mark.parametrize("role", READABLE)
def test_everything_with_words_in_it_can_be_read(theme, role):
    colour = theme.styles[role].colour or theme.colours[Colour.TEXT]
    assert contrast(colour, theme.colours[Colour.PAPER]) >= 4.5


def test_the_window_can_be_read(theme):
    colours = theme.colours
    for ground in (Colour.WINDOW, Colour.PANEL, Colour.BUTTON, *BARS):
        assert contrast(colours[Colour.WINDOW_TEXT], colours[ground]) >= 7
    for ground in (Colour.WINDOW, Colour.PANEL):
        assert contrast(colours[Colour.MUTED], colours[ground]) >= 4.5
    assert contrast(colours[Colour.ACCENT_TEXT], colours[Colour.ACCENT]) >= 4.5
    for status in STATUSES:
        assert contrast(colours[status], colours[Colour.PANEL]) >= 3


def test_a_palette_takes_its_colours_from_the_theme(qapp, theme):
    palette = palette_of(theme)
    assert palette.color(QPalette.ColorRole.Window) == QColor(theme.colours[Colour.WINDOW])
    page = page_palette(theme)
    assert page.color(QPalette.ColorRole.Base) == QColor(theme.colours[Colour.PAPER])
    assert page.color(QPalette.ColorRole.Text) == QColor(theme.colours[Colour.TEXT])


def test_formats_show_what_the_styles_say(qapp, theme):
    formats = formats_of(theme, 12)
    assert set(formats.roles) == set(Role)
    assert formats.roles[Role.EMPHASIS].fontItalic()
    assert formats.roles[Role.STRONG].fontWeight() == QFont.Weight.Bold
    assert formats.roles[Role.CHAPTER].fontPointSize() == pytest.approx(
        12 * theme.styles[Role.CHAPTER].size, abs=0.1
    )
    unclosed = formats.roles[Role.UNCLOSED]
    assert unclosed.underlineStyle() == QTextCharFormat.UnderlineStyle.WaveUnderline


def test_the_system_chooses_between_light_and_dark(qapp):
    assert system_theme(THEMES).key in {"light", "dark"}


@pytest.mark.parametrize(
    "old,new",
    [
        ('paper = "#fdfcfa"', ""),
        ('paper = "#fdfcfa"', 'paper = "white"'),
        ('paper = "#fdfcfa"', 'paper = "#fdfcfa"\nplaid = "#fdfcfa"'),
        ("italic = true", "slanted = true"),
        ("[colours]", "[colors]"),
        ("dark = false", "dark = "),
    ],
)
def test_a_broken_theme_is_refused_in_words(old, new):
    text = resource_path("themes", "light.toml").read_text(encoding="utf-8")
    with pytest.raises(ResourceError, match="light"):
        parse_theme("light", text.replace(old, new, 1))
