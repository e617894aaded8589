"""Hints reach the window from the watcher and from a clock, and the writer is told once where watching does not work."""

import pytest
from PySide6.QtWidgets import QWidget

from editor.ui.watch_bridge import POLLING, WatchBridge


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def make_bridge(window):
    bridges = []

    def make(**options):
        bridges.append(WatchBridge(window, **options))
        return bridges[-1]

    yield make
    for bridge in bridges:
        bridge.stop()


def test_the_clock_gives_hints_again_and_again_while_something_is_watched(make_bridge, qtbot, tmp_path):
    bridge = make_bridge(look_every_ms=20)
    with qtbot.assertNotEmitted(bridge.hinted, wait=100):
        pass
    bridge.watch(tmp_path / "chapter.txt")
    for _ in range(3):
        qtbot.waitSignal(bridge.hinted, timeout=3000).wait()
    bridge.watch(None)
    with qtbot.assertNotEmitted(bridge.hinted, wait=100):
        pass


def test_a_minimised_window_is_left_alone_by_the_clock(make_bridge, window, qtbot, tmp_path):
    bridge = make_bridge(look_every_ms=20)
    window.showMinimized()
    bridge.watch(tmp_path / "none" / "chapter.txt")
    qtbot.waitSignal(bridge.hinted, timeout=3000).wait()  # the one that comes when watching starts
    with qtbot.assertNotEmitted(bridge.hinted, wait=150):
        pass


def test_that_folders_are_looked_at_by_the_clock_is_told_once(make_bridge, qtbot, tmp_path):
    bridge = make_bridge()
    told = []
    bridge.noticed.connect(lambda notice: told.append(notice.text))
    for _ in range(2):
        bridge._began_to_poll.emit()
    qtbot.waitUntil(lambda: told == [POLLING], timeout=3000)
    qtbot.wait(50)
    assert told == [POLLING]
