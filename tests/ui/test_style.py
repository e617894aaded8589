"""Boxes that can be ticked are seen on every ground, in every theme."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QSpinBox,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from editor.app.themes import Colour, contrast, load_themes
from editor.ui.launcher import make_application
from editor.ui.style import DinkusStyle
from editor.ui.theme_adapter import palette_of

THEMES = load_themes()
SIDE = 14
BOX = QStyle.PrimitiveElement.PE_IndicatorCheckBox
ROUND = QStyle.PrimitiveElement.PE_IndicatorRadioButton
FLAGS = QStyle.StateFlag
GROUNDS = (Colour.WINDOW, Colour.PANEL)


@pytest.fixture(params=sorted(THEMES))
def theme(request):
    return THEMES[request.param]


@pytest.fixture
def style(qapp):
    return DinkusStyle()


def painted(style, theme, element, state, ground):
    """Return how a box looks on a ground."""
    image = QImage(SIDE + 6, SIDE + 6, QImage.Format.Format_RGB32)
    image.fill(QColor(ground))
    option = QStyleOptionButton()
    option.rect = QRect(3, 3, SIDE, SIDE)
    option.palette = palette_of(theme)
    option.state = state
    painter = QPainter(image)
    style.drawPrimitive(element, option, painter, None)
    painter.end()
    return image


def edge_contrast(image, ground):
    """Return the contrast to the ground of the first pixel that differs from it, coming from the left."""
    row = [image.pixelColor(x, image.height() // 2).name() for x in range(image.width())]
    return next((contrast(name, ground) for name in row if name != ground), 1.0)


@pytest.mark.parametrize("element", [BOX, ROUND])
@pytest.mark.parametrize("state", [FLAGS.State_Off, FLAGS.State_On, FLAGS.State_NoChange])
@pytest.mark.parametrize("ground", GROUNDS)
def test_a_box_stands_out_from_its_ground(style, theme, element, state, ground):
    colour = theme.colours[ground]
    image = painted(style, theme, element, state | FLAGS.State_Enabled, colour)
    assert edge_contrast(image, colour) >= 3


@pytest.mark.parametrize("state", [FLAGS.State_Off, FLAGS.State_On])
def test_a_box_in_a_selected_row_stands_out_from_the_selection(style, theme, state):
    colour = theme.colours[Colour.ACCENT]
    image = painted(style, theme, BOX, state | FLAGS.State_Enabled | FLAGS.State_Selected, colour)
    assert edge_contrast(image, colour) >= 3


@pytest.mark.parametrize("element", [BOX, ROUND])
def test_a_tick_stands_out_from_its_box(style, theme, element):
    ground = theme.colours[Colour.WINDOW]
    ticked = painted(style, theme, element, FLAGS.State_On | FLAGS.State_Enabled, ground)
    fill = theme.colours[Colour.ACCENT]
    inside = {ticked.pixelColor(x, y).name() for x in range(6, SIDE) for y in range(6, SIDE)}
    assert max(contrast(name, fill) for name in inside) >= 3


def test_what_is_ticked_partly_ticked_and_not_ticked_look_different(style, theme):
    ground = theme.colours[Colour.WINDOW]
    looks = [
        painted(style, theme, BOX, state | FLAGS.State_Enabled, ground)
        for state in (FLAGS.State_Off, FLAGS.State_On, FLAGS.State_NoChange)
    ]
    assert all(looks[one] != looks[other] for one, other in ((0, 1), (0, 2), (1, 2)))


def test_boxes_in_neighbouring_rows_do_not_touch(qtbot):
    make_application()
    widget = _list()
    qtbot.addWidget(widget)
    side = widget.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorHeight)
    assert widget.sizeHintForRow(0) >= side + 4


def _line():
    return QLineEdit("auto")


def _spin_box():
    return QSpinBox()


def _combo_box():
    box = QComboBox(editable=True)
    box.addItem("Three stars")
    return box


@pytest.mark.parametrize("make", [_line, _spin_box, _combo_box])
def test_a_field_has_a_frame_that_can_be_seen_in_the_dark(qtbot, make):
    application = make_application()
    old = application.palette()
    dark = palette_of(THEMES["dark"])
    application.setPalette(dark)
    try:
        around = QWidget()
        qtbot.addWidget(around)
        field = make()
        field.setParent(around)
        field.setGeometry(10, 10, 120, 26)
        around.resize(140, 46)
        image = around.grab().toImage()
    finally:
        application.setPalette(old)
    ground = dark.color(QPalette.ColorRole.Window).name()
    assert edge_contrast(image, ground) >= 3


def _check_box():
    return QCheckBox("Only what changed")


def _list():
    widget = QListWidget()
    item = QListWidgetItem("E-book", widget)
    item.setCheckState(Qt.CheckState.Unchecked)
    return widget


def _menu():
    widget = QMenu()
    widget.addAction("Show the outline").setCheckable(True)
    return widget


@pytest.mark.parametrize("make", [_check_box, _list, _menu])
def test_the_program_draws_its_own_boxes_in_dialogs_lists_and_menus(qtbot, theme, make):
    """The frame has a colour that only our boxes use for anything as large as one side of a box."""
    application = make_application()
    old = application.palette()
    application.setPalette(palette_of(theme))
    try:
        widget = make()
        qtbot.addWidget(widget)
        widget.resize(240, 60)
        image = widget.grab().toImage()
    finally:
        application.setPalette(old)
    frame = palette_of(theme).color(QPalette.ColorRole.PlaceholderText).name()
    columns = [
        sum(image.pixelColor(x, y).name() == frame for y in range(image.height()))
        for x in range(min(40, image.width()))
    ]
    assert max(columns) >= 7
