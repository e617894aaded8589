"""Open a manuscript, write, save: the outline follows, and the file changes where it was written in and nowhere else."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTreeView

from editor.manuscript.edits import Position
from editor.markup.model import Level


def titles(window):
    model = window.findChild(QTreeView, "outlineView").model()
    result = []

    def walk(parent):
        for row in range(model.rowCount(parent)):
            index = model.index(row, 0, parent)
            result.append(index.data())
            walk(index)

    walk(model.index(-1, -1))
    return result


def wait_for_disk(window):
    while window.files.is_saving or window.outside.is_looking:
        window.files.wait()
        window.outside.wait()


def settle(window):
    QApplication.processEvents()
    wait_for_disk(window)
    QApplication.processEvents()


def trigger(window, command):
    window.findChild(QAction, f"action_{command}").trigger()


def scenes(window):
    return [node for node in window.buffer.manuscript.outline.walk() if node.level is Level.SCENE]


def test_the_sample_opens_with_its_scenes_in_the_outline(window, sample):
    assert titles(window)[0] == "Chapter Six"
    assert len(scenes(window)) >= 4
    assert window.windowTitle().startswith("chapter-six.txt")
    assert not window.isWindowModified()


def test_opening_and_saving_writes_nothing(window, sample):
    before = sample.stat()
    trigger(window, "save")
    settle(window)
    after = sample.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_typing_shows_in_the_outline_and_in_the_counts(window, qtbot):
    second = scenes(window)[1]
    window.go_to_line(window.buffer.manuscript.outline.line_of(second.id))
    QTest.keyClicks(window.page, "Nobody knew ")
    qtbot.waitUntil(lambda: any(title.startswith("Nobody knew") for title in titles(window)))
    assert scenes(window)[1].words == second.words + 2
    label = window.findChild(QLabel, "statusWords")
    total = f"{window.buffer.manuscript.outline.words:,}"
    qtbot.waitUntil(lambda: total in label.text() or total.replace(",", " ") in label.text())


def test_a_typed_break_makes_a_scene(window, qtbot):
    count = len(scenes(window))
    line = window.buffer.manuscript.outline.line_of(scenes(window)[1].id)
    window.page.go_to(Position(line, 0))
    QTest.keyClicks(window.page, "A new beginning.")
    trigger(window, "scene_break")
    qtbot.waitUntil(lambda: len(scenes(window)) == count + 1)
    assert "++++++++++++++++" in window.buffer.lines()[line + 1 : line + 4]


def test_saving_changes_the_line_that_was_edited_and_no_other(window, sample):
    before = sample.read_bytes().split(b"\n")
    line = window.buffer.manuscript.outline.line_of(scenes(window)[2].id)
    window.page.go_to(Position(line, 0))
    QTest.keyClicks(window.page, "Well. ")
    assert window.isWindowModified()
    trigger(window, "save")
    settle(window)
    after = sample.read_bytes().split(b"\n")
    assert not window.isWindowModified()
    assert after[line] == b"Well. " + before[line]
    assert after[:line] + after[line + 1 :] == before[:line] + before[line + 1 :]


def test_emphasis_is_put_around_the_word_and_taken_away_again(window):
    line = window.buffer.manuscript.outline.line_of(scenes(window)[1].id)
    before = window.buffer.lines()[line]
    word = next(part for part in before.split() if part.isalpha() and len(part) > 3)
    window.page.go_to(Position(line, before.index(word) + 1))
    trigger(window, "emphasis")
    assert f"*{word}*" in window.buffer.lines()[line]
    trigger(window, "emphasis")
    assert window.buffer.lines()[line] == before


def test_undoing_everything_returns_the_file_and_the_saved_state(window, sample):
    trigger(window, "select_all")
    QTest.keyClicks(window.page, "gone")
    assert window.buffer.lines() == ["gone"]
    while window.buffer.document.isUndoAvailable():
        trigger(window, "undo")
    assert "\n".join(window.buffer.lines()).encode() == sample.read_bytes()
    assert not window.isWindowModified()


def test_ctrl_page_down_goes_from_scene_to_scene(window):
    window.page.setFocus()
    window.go_to_line(0)
    outline = window.buffer.manuscript.outline
    for scene in scenes(window):
        QTest.keyClick(window.page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        assert window.page.caret_position().line == outline.line_of(scene.id)
