"""The program's own icons."""

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPalette

from editor.app.resources import resource_path
from editor.errors import ResourceError
from editor.ui.icons import RATIOS, SIZES, IconButton, app_icon, icon_pixmap, themed_icon

NAMES = sorted(path.stem for path in resource_path("icons").glob("*.svg"))
WANTED = [
    "new",
    "open",
    "save",
    "undo",
    "redo",
    "find",
    "export",
    "outline",
    "previous",
    "next",
    "close",
    "replace",
    "case",
    "whole-word",
    "settings",
    "warning",
    "info",
    "error",
    "copy",
    "focus",
    "fullscreen",
    "split",
    "status-todo",
    "status-draft",
    "status-revised",
    "status-done",
    "status-other",
    "posted-changed",
    "posted-new",
    "dinkus",
]


def colours_of(image: QImage) -> set[str]:
    """The colours of all pixels that are fully there."""
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    colours = (image.pixelColor(x, y) for x, y in points)
    return {colour.name() for colour in colours if colour.alpha() == 255}


def test_every_icon_the_window_speaks_of_is_there():
    assert set(WANTED) <= set(NAMES)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "dinkus"])
def test_an_icon_is_24_by_24_and_takes_its_colour_from_outside(name):
    root = ET.fromstring(resource_path("icons", f"{name}.svg").read_text(encoding="utf-8"))
    assert root.get("viewBox") == "0 0 24 24"
    assert root.get("stroke") == "currentColor"
    painted = {element.get(key) for element in root.iter() for key in ("fill", "stroke")}
    assert painted <= {"currentColor", "none", None}


@pytest.mark.parametrize("name", [name for name in NAMES if name != "dinkus"])
def test_an_icon_shows_something_in_the_colour_asked_for(qapp, name):
    image = themed_icon(name, QColor("#c02040")).pixmap(QSize(24, 24), 2.0).toImage()
    assert colours_of(image) == {"#c02040"}


def test_an_icon_is_painted_for_every_size_and_screen_and_never_scaled(qapp):
    icon = themed_icon("save", QColor("black"))
    for size in SIZES:
        for ratio in RATIOS:
            pixmap = icon.pixmap(QSize(size, size), ratio)
            assert pixmap.size() == QSize(round(size * ratio), round(size * ratio))
            assert pixmap.deviceIndependentSize().width() == pytest.approx(size)


def test_a_picture_of_an_icon_knows_its_screen(qapp):
    pixmap = icon_pixmap("status-done", QColor("green").rgba(), 14, 1.5)
    assert pixmap.width() == 21
    assert pixmap.devicePixelRatio() == 1.5


def test_the_shapes_of_status_differ_without_their_colours(qapp):
    names = [name for name in NAMES if name.startswith("status-")]
    images = [icon_pixmap(name, QColor("black").rgba(), 14, 1.0).toImage() for name in names]
    assert all(one != other for one, other in pairwise(images))


def test_the_app_icon_has_the_sizes_a_desktop_asks_for(qapp):
    assert {size.width() for size in app_icon().availableSizes()} == {16, 24, 32, 48, 64, 128, 256}


def test_an_icon_that_is_not_there_is_a_resource_error(qapp):
    with pytest.raises(ResourceError, match="no-such-icon"):
        themed_icon("no-such-icon", QColor("black"))


def test_a_button_follows_the_palette_and_has_a_name(qtbot):
    button = IconButton("close", "Close", "closeButton")
    qtbot.addWidget(button)
    button.show()
    dark = QPalette()
    dark.setColor(QPalette.ColorRole.ButtonText, QColor("#eeeeee"))
    button.setPalette(dark)
    assert colours_of(button.icon().pixmap(QSize(16, 16), 2.0).toImage()) == {"#eeeeee"}
    assert button.accessibleName() == "Close"
    assert button.objectName() == "closeButton"
