"""The page under a real mouse on an X server: dragging over file boundaries, the primary selection, the desktop's keys."""

import random
import shutil
import subprocess

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest

from editor.ui.manuscript_editor import ManuscriptEditor
from tests.ui.page_fixtures import THEME
from tests.ui.page_hands import (
    CTRL,
    FILES,
    ONE,
    THREE,
    TWO,
    assert_files_unharmed,
    at,
    click,
    point_at,
    press,
    shown_page,
)
from tests.ui.test_outline_mouse import drag
from tests.ui.test_page_doors import Hands

pytestmark = [
    pytest.mark.x11,
    pytest.mark.skipif(
        shutil.which("xdotool") is None, reason="xdotool, which moves the mouse, is not installed"
    ),
    pytest.mark.qt_log_ignore("propagateSizeHints", "requestActivate", "xkb", "XKB"),
]
OVER_TWO = (at(3, 3), at(9, 6))
CUT_OUT = [*FILES[:3], "It ", TWO, "", THREE, " 😀 knew.", *FILES[10:]]


@pytest.fixture
def page(qtbot):
    page = ManuscriptEditor()
    qtbot.addWidget(page)
    page.dragged_text = ""
    page.setWindowFlag(Qt.WindowType.X11BypassWindowManagerHint)
    page.set_theme(THEME)
    page.buffer.load(FILES)
    page.setGeometry(60, 60, 620, 800)
    page.show()
    qtbot.waitExposed(page)
    # No window manager gives this window the focus, without which Escape would not reach a drag.
    subprocess.run(["xdotool", "windowfocus", str(int(page.winId()))], check=True)
    qtbot.wait(200)
    yield page
    assert_files_unharmed(page)


def on_screen(page, line, column=0):
    return page.viewport().mapToGlobal(point_at(page, line, column)) * page.devicePixelRatioF()


def test_a_selection_over_files_is_dragged_away_and_arrives_once(page, qtbot):
    page.select_range(*OVER_TWO)
    drag(qtbot, on_screen(page, 3, 10), on_screen(page, 11, 4), "mouseup 1")
    moved = ["The began on a *Tuesday*.", "It went on.", "", "# Three", "Nobodyend."]
    assert page.buffer.lines() == [*CUT_OUT[:9], *moved, *FILES[12:]]
    page.undo()
    assert page.buffer.lines() == FILES


def test_a_selection_that_is_dropped_on_itself_stays(page, qtbot):
    page.select_range(*OVER_TWO)
    drag(qtbot, on_screen(page, 3, 10), on_screen(page, 8, 3), "mouseup 1")
    assert page.buffer.lines() == FILES
    assert page.selection() == OVER_TWO


def test_escape_during_a_drag_moves_nothing(page, qtbot):
    page.select_range(*OVER_TWO)
    drag(
        qtbot,
        on_screen(page, 3, 10),
        on_screen(page, 11, 4),
        "sleep 0.3",
        "key Escape",
        "sleep 0.5",
        "mouseup 1",
    )
    assert page.buffer.lines() == FILES
    assert page.selection() == OVER_TWO


def test_a_drag_with_control_copies(page, qtbot):
    page.select_range(at(4, 3), at(6, 0))
    subprocess.run(["xdotool", "keydown", "ctrl"], check=True)
    try:
        drag(qtbot, on_screen(page, 4, 5), on_screen(page, 13, 0), "mouseup 1")
    finally:
        subprocess.run(["xdotool", "keyup", "ctrl"], check=True)
    assert page.buffer.lines() == [*FILES[:13], "went on.", FILES[13]]


def test_the_primary_selection_holds_no_boundary_and_the_middle_button_pastes_it(page, qtbot):
    start, end = on_screen(page, 4, 3), on_screen(page, 8, 2)
    drag(qtbot, start, end, "mouseup 1")
    assert QGuiApplication.clipboard().text(QGuiApplication.clipboard().Mode.Selection) == "went on.\n\n# "
    click(page, point_at(page, 12, 3), button=Qt.MouseButton.MiddleButton)
    assert page.buffer.lines()[13:] == ["went on.", "", "# A scene that was cut."]


@pytest.mark.parametrize(
    "standard", [QKeySequence.StandardKey.DeleteEndOfLine, QKeySequence.StandardKey.DeleteCompleteLine]
)
def test_the_desktops_keys_delete_lines_and_no_file(page, standard):
    keys = QKeySequence.keyBindings(standard)
    assert keys
    for line, column in ((4, 11), (6, 0), (3, 3), (13, 0)):
        page.go_to(at(line, column))
        QTest.keySequence(page, keys[0])
        assert_files_unharmed(page)
    page.select_range(*OVER_TWO)
    QTest.keySequence(page, keys[0])


def test_random_hands_harm_no_file(qtbot):
    page = shown_page()
    qtbot.addWidget(page)
    hands = Hands(random.Random(9), page)
    for _ in range(500):
        hands.act()
        assert_files_unharmed(page)
    press(page, Qt.Key.Key_A, CTRL)
    press(page, Qt.Key.Key_Delete)
    assert page.buffer.lines()[:2] == [ONE, ""]
