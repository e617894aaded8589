"""The outline under a real mouse: X server, pointer, drag and drop as the desktop does it."""

import shutil
import subprocess

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from editor.manuscript.moves import Place, Where
from editor.ui.outline_panel import OutlinePanel
from tests.ui.outlines import outline_of

pytestmark = [
    pytest.mark.x11,
    pytest.mark.skipif(
        shutil.which("xdotool") is None, reason="xdotool, which moves the mouse, is not installed"
    ),
    # Without a window manager nobody answers the request to activate a window.
    pytest.mark.qt_log_ignore("propagateSizeHints", "requestActivate", "xkb", "XKB"),
]

BOOK = """
    chap Arrivals #2
      scene The ferry #3
      scene The inn #4
      scene The storm #5
    chap Letters #6
      scene A key #7
    chap Fire #8
"""


@pytest.fixture
def panel(qtbot):
    panel = OutlinePanel()
    qtbot.addWidget(panel)
    panel.setWindowFlag(Qt.WindowType.X11BypassWindowManagerHint)
    panel.setGeometry(60, 60, 320, 400)
    panel.set_outline(outline_of(BOOK))
    panel.show()
    qtbot.waitExposed(panel)
    # No window manager gives this window the focus, without which Escape would not reach a drag.
    subprocess.run(["xdotool", "windowfocus", str(int(panel.winId()))], check=True)
    qtbot.wait(200)
    return panel


@pytest.fixture
def asked(panel):
    moves = []
    panel.move_requested.connect(lambda ids, place: moves.append((ids, place)))
    return moves


def on_screen(panel, node_id, fraction=0.5):
    row = panel.view.visualRect(panel.model.index_of(node_id))
    point = QPoint(row.left() + 60, row.top() + int(row.height() * fraction))
    ratio = panel.devicePixelRatioF()
    return panel.view.viewport().mapToGlobal(point) * ratio


def start_mouse(*steps):
    """Let the mouse do `steps`, words of xdotool, with time between them for the program to follow."""
    command = []
    for step in steps:
        command += [*step.split(), "sleep", "0.08"]
    return subprocess.Popen(["xdotool", *command])


def path_between(start, end, steps=8):
    for step in range(1, steps + 1):
        x = start.x() + (end.x() - start.x()) * step // steps
        y = start.y() + (end.y() - start.y()) * step // steps
        yield f"mousemove {x} {y}"


def drag(qtbot, start, end, *last):
    mouse = start_mouse(
        f"mousemove {start.x()} {start.y()}",
        "mousedown 1",
        *path_between(start, end),
        f"mousemove {end.x()} {end.y() + 1}",
        *last,
    )
    qtbot.waitUntil(lambda: mouse.poll() is not None, timeout=20_000)
    qtbot.wait(250)
    assert mouse.returncode == 0


def test_a_scene_is_dragged_before_another(panel, asked, qtbot):
    drag(qtbot, on_screen(panel, 5), on_screen(panel, 3, 0.15), "mouseup 1")
    assert asked == [([5], Place(3, Where.BEFORE))]
    assert panel.model.rowCount(panel.model.index_of(2)) == 3, "the rows follow the text, never the drop"


def test_a_scene_is_dragged_onto_a_chapter(panel, asked, qtbot):
    drag(qtbot, on_screen(panel, 3), on_screen(panel, 8, 0.4), "mouseup 1")
    assert asked == [([3], Place(8, Where.INTO))]


def test_several_scenes_are_dragged_together(panel, asked, qtbot):
    for node_id in (3, 5):
        index = panel.model.index_of(node_id)
        panel.view.selectionModel().select(index, panel.view.selectionModel().SelectionFlag.Select)
    drag(qtbot, on_screen(panel, 5), on_screen(panel, 7, 0.8), "mouseup 1")
    assert asked == [([3, 5], Place(7, Where.AFTER))]


def test_a_chapter_is_dragged_with_its_scenes(panel, asked, qtbot):
    drag(qtbot, on_screen(panel, 6), on_screen(panel, 2, 0.15), "mouseup 1")
    assert asked == [([6], Place(2, Where.BEFORE))]


def test_escape_during_a_drag_moves_nothing(panel, asked, qtbot):
    drag(
        qtbot,
        on_screen(panel, 5),
        on_screen(panel, 3, 0.15),
        "sleep 0.3",
        "key Escape",
        "sleep 0.5",
        "mouseup 1",
    )
    assert asked == []
    assert panel.view.drag.mark() is None


def test_a_drop_where_the_scene_stands_moves_nothing(panel, asked, qtbot):
    drag(qtbot, on_screen(panel, 4), on_screen(panel, 5, 0.15), "mouseup 1")
    assert asked == []


def test_a_click_goes_to_the_scene_and_drags_nothing(panel, asked, qtbot):
    gone_to = []
    panel.scene_activated.connect(gone_to.append)
    point = on_screen(panel, 4)
    mouse = start_mouse(f"mousemove {point.x()} {point.y()}", "mousedown 1", "mouseup 1")
    qtbot.waitUntil(lambda: gone_to == [4], timeout=10_000)
    mouse.wait()
    QApplication.processEvents()
    assert asked == []


FOLDER = """
    file one.txt #1
      chap Arrivals #2
        scene The ferry #3
        scene The inn #4
    file two.txt #5
      chap #6
        scene A key #7
    file three.txt #8
      chap Fire #9
        scene Smoke #10
      chap Ash #11
    file cuts.txt #16
      chap #17
        scene Gone #18
"""


@pytest.fixture
def folder(panel):
    panel.set_outline(outline_of(FOLDER, revision=0))
    return panel


def test_a_chapter_file_is_dragged_among_the_files(folder, asked, qtbot):
    drag(qtbot, on_screen(folder, 5), on_screen(folder, 1, 0.15), "mouseup 1")
    assert asked == [([5], Place(1, Where.BEFORE))]


def test_a_scene_is_dragged_onto_a_chapter_file(folder, asked, qtbot):
    drag(qtbot, on_screen(folder, 3), on_screen(folder, 5, 0.45), "mouseup 1")
    assert asked == [([3], Place(6, Where.INTO))]


def test_a_scene_is_dragged_onto_the_cuts(folder, asked, qtbot):
    drag(qtbot, on_screen(folder, 4), on_screen(folder, 16, 0.45), "mouseup 1")
    assert asked == [([4], Place(16, Where.INTO))]


def test_a_chapter_is_dragged_into_a_chapter_file(folder, asked, qtbot):
    drag(qtbot, on_screen(folder, 11), on_screen(folder, 3, 0.3), "mouseup 1")
    assert asked == [([11], Place(2, Where.BEFORE))]


def test_the_cuts_stay_where_they_are(folder, asked, qtbot):
    drag(qtbot, on_screen(folder, 16), on_screen(folder, 1, 0.15), "mouseup 1")
    assert asked == []
