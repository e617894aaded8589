"""Reorder scenes: by mouse, by keyboard; one undo brings back every byte."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTreeView

from tests.journeys.test_writing import scenes, settle, trigger


def tree(window):
    return window.findChild(QTreeView, "outlineView")


def index_of(window, node_id):
    view = tree(window)
    window.outline.set_current(node_id)
    QApplication.processEvents()
    return view.currentIndex()


def drop(view, data: QMimeData, point: QPoint):
    """Deliver the events of a drag that ends at `point`, as the system would."""
    actions, buttons, keys = (
        Qt.DropAction.MoveAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    port = view.viewport()
    for event in (
        QDragEnterEvent(point, actions, data, buttons, keys),
        QDragMoveEvent(point, actions, data, buttons, keys),
        QDropEvent(QPointF(point), actions, data, buttons, keys),
    ):
        QApplication.sendEvent(port, event)
    QApplication.processEvents()


def drag_scene_before(window, moved, target):
    view = tree(window)
    source = index_of(window, moved.id)
    data = view.model().mimeData([source])
    rect = view.visualRect(index_of(window, target.id))
    drop(view, data, QPoint(rect.center().x(), rect.top() + 1))


def test_dragging_the_third_scene_before_the_first_moves_its_text_and_one_undo_restores_every_byte(
    window, sample
):
    before = sample.read_bytes()
    first, _second, third = scenes(window)[:3]
    paragraphs = sorted(line for line in window.buffer.lines() if line.strip())
    drag_scene_before(window, third, first)
    assert [scene.title for scene in scenes(window)[:2]] == [third.title, first.title]
    assert sorted(line for line in window.buffer.lines() if line.strip()) == paragraphs
    trigger(window, "save")
    settle(window)
    assert sample.read_bytes() != before
    trigger(window, "undo")
    assert "\n".join(window.buffer.lines()).encode() == before
    trigger(window, "save")
    settle(window)
    assert sample.read_bytes() == before


def test_dragging_there_and_back_restores_every_byte(window, sample):
    first, _second, third = scenes(window)[:3]
    drag_scene_before(window, third, first)
    moved, original_first = scenes(window)[0], scenes(window)[1]
    assert original_first.title == first.title
    trigger(window, "undo")
    trigger(window, "redo")
    assert [scene.title for scene in scenes(window)[:2]] == [moved.title, first.title]
    window.structure.move_down([scenes(window)[0].id])
    window.structure.move_down([scenes(window)[1].id])
    assert "\n".join(window.buffer.lines()).encode() == sample.read_bytes()


def test_the_keyboard_moves_the_scene_at_the_caret_and_the_caret_stays_in_it(window):
    second = scenes(window)[1]
    line = window.buffer.manuscript.outline.line_of(second.id)
    window.go_to_line(line)
    window.page.setFocus()
    QTest.keyClick(
        window.page, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert scenes(window)[0].title == second.title
    here = window.page.caret_position().line
    assert window.buffer.manuscript.outline.scene_at(here).title == second.title


def test_the_status_bar_says_what_was_moved(window):
    third = scenes(window)[2]
    window.structure.move_up([third.id])
    texts = [
        label.text()
        for label in window.status.findChildren(type(window.status.findChild(object, "statusWords")))
    ]
    assert any("Moved" in text for text in texts)


def test_moving_the_last_scene_down_says_why_it_cannot_or_does_nothing(window, sample):
    last = scenes(window)[-1]
    window.structure.move_down([last.id])
    assert "\n".join(window.buffer.lines()).encode() == sample.read_bytes()
