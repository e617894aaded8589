"""The main job in a real window on an X server, with the pointer and the keys of the desktop."""

import shutil
import subprocess

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QTreeView

from tests.journeys.test_writing import scenes, settle
from tests.ui.test_outline_mouse import drag

pytestmark = [
    pytest.mark.x11,
    pytest.mark.skipif(
        shutil.which("xdotool") is None, reason="xdotool, which moves the mouse, is not installed"
    ),
    pytest.mark.qt_log_ignore("propagateSizeHints", "requestActivate", "xkb", "XKB"),
]


def row_on_screen(window, node_id, fraction):
    view = window.findChild(QTreeView, "outlineView")
    rect = view.visualRect(window.outline.model.index_of(node_id))
    point = QPoint(rect.left() + 60, rect.top() + int(rect.height() * fraction))
    return view.viewport().mapToGlobal(point) * view.devicePixelRatioF()


def press(qtbot, *words):
    """Let the desktop's keyboard type, as xdotool says it."""
    keys = subprocess.Popen(["xdotool", *words])
    qtbot.waitUntil(lambda: keys.poll() is not None, timeout=20_000)
    assert keys.returncode == 0
    qtbot.wait(200)


@pytest.fixture
def real(window, qtbot):
    """A window that stands on the screen and has the focus."""
    window.move(40, 40)
    window.activateWindow()
    qtbot.waitActive(window)
    qtbot.wait(300)
    return window


def test_open_type_drag_undo_save_with_mouse_and_keyboard(real, sample, qtbot):
    before = sample.read_bytes()
    first, _second, third = scenes(real)[:3]
    drag(qtbot, row_on_screen(real, third.id, 0.5), row_on_screen(real, first.id, 0.12), "mouseup 1")
    assert [scene.title for scene in scenes(real)[:2]] == [third.title, first.title]
    press(qtbot, "key", "ctrl+z")
    assert "\n".join(real.buffer.lines()).encode() == before
    real.go_to_line(real.buffer.manuscript.outline.line_of(scenes(real)[1].id))
    real.page.setFocus()
    press(qtbot, "type", "--delay", "20", "Rain again. ")
    assert scenes(real)[1].title.startswith("Rain again.")
    press(qtbot, "key", "ctrl+s")
    settle(real)
    assert b"\nRain again. " in sample.read_bytes()
    assert not real.isWindowModified()


def test_a_click_in_the_outline_shows_the_scene_on_the_page(real, qtbot):
    last = scenes(real)[-1]
    point = row_on_screen(real, last.id, 0.5)
    press(qtbot, "mousemove", str(point.x()), str(point.y()), "click", "1")
    assert real.page.caret_position().line == real.buffer.manuscript.outline.line_of(last.id)
    assert real.page.cursorRect().top() < real.page.viewport().height()


def test_keys_move_a_scene_from_the_page_and_from_the_outline(real, sample, qtbot):
    second = scenes(real)[1]
    real.go_to_line(real.buffer.manuscript.outline.line_of(second.id))
    real.page.setFocus()
    press(qtbot, "key", "ctrl+shift+Up")
    assert scenes(real)[0].title == second.title
    press(qtbot, "key", "ctrl+t")
    assert real.is_in_outline
    press(qtbot, "key", "ctrl+shift+Down")
    QApplication.processEvents()
    assert "\n".join(real.buffer.lines()).encode() == sample.read_bytes()


def test_full_screen_and_back(real, qtbot):
    press(qtbot, "key", "F11")
    qtbot.waitUntil(real.isFullScreen)
    press(qtbot, "key", "F11")
    qtbot.waitUntil(lambda: not real.isFullScreen())
