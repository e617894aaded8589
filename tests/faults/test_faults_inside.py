"""A fault of the program itself, in any of its methods: written down without the text, told once, and the text is safe.

One method after another raises, the first time it is called in a session that writes, moves, searches, splits, saves and looks at
the disk. After that the writer types and saves.
"""

import contextlib
import faulthandler
import importlib
import subprocess
import sys
import threading
from types import FunctionType

import pytest
from PySide6.QtCore import QMessageLogContext, Qt, QTimer, QtMsgType
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from editor.manuscript.edits import Position
from editor.manuscript.moves import Place, Where
from editor.ui.faults import FAULT_TEXT, LOG_LIMIT, LOG_NAME, Faults, catch_faults
from editor.ui.jobs import Job
from tests.journeys.conftest import folders, make_desk, opened  # noqa: F401 - fixtures
from tests.journeys.test_writing import scenes, settle, trigger

SECRET = "Quillfeather"
TEXT = f"Chapter 1\n\n{SECRET} woke.\n\n* * *\n\n{SECRET} slept.\n\n* * *\n\n{SECRET} *dreamt* on.\n"
LEFT_OUT = {
    "createHandle",  # Qt takes the handle of a splitter for granted: without one it ends the process
    "__init__",  # no window without it
    "event",
    "eventFilter", "changeEvent",  # called for everything, before the session begins
}  # fmt: skip
CLASSES = [
    "structure_controller.StructureController",
    "search_controller.SearchController",
    "status_reporter.StatusReporter",
    "status_bar.StatusBar",
    "outline_panel.OutlinePanel",
    "outline_model.OutlineModel",
    "outline_view.OutlineView",
    "outline_delegate.OutlineDelegate",
    "highlighter.PageHighlighter",
    "page_view.PageView",
    "guarded_page.GuardedPage",
    "page_mouse.MousePage",
    "manuscript_editor.ManuscriptEditor",
    "page_pair.PagePair",
    "page_pair.PagePlace",
    "page_layout.PageLayout",
    "buffer.ManuscriptBuffer",
    "own_steps.OwnSteps",
    "boundary_watch.BoundaryWatch",
    "file_controller.FileController",
    "outside_changes.OutsideChanges",
    "version_keeper.VersionKeeper",
    "store.Store",
    "fold_controller.FoldController",
    "fold_bar.FoldBar",
    "find_bar.FindBar",
    "message_bar.MessageBar",
    "notice_board.NoticeBoard",
    "slow_paragraphs.SlowParagraphs",
    "watch_bridge.WatchBridge",
    "lock_keeper.LockKeeper",
    "neighbours.Neighbours",
    "main_window.MainWindow",
    "window_menus.WindowMenus",
    "export_controller.ExportController",
]


class Boom(Exception):
    """A fault whose message quotes the manuscript, as many do."""


class Trap:
    """Raises once, when it is set and stepped on."""

    def __init__(self):
        self.is_set = self.has_sprung = False

    def around(self, function):
        def trapped(*arguments, **named):
            if self.is_set and not self.has_sprung:
                self.has_sprung = True
                raise Boom(f"cannot deal with “{SECRET} woke.”")
            return function(*arguments, **named)

        return trapped


def methods():
    for name in CLASSES:
        module, class_name = name.split(".")
        for method, function in vars(
            getattr(importlib.import_module(f"editor.ui.{module}"), class_name)
        ).items():
            if isinstance(function, FunctionType) and method not in LEFT_OUT:
                yield name, method


METHODS = list(methods())


def short(pair):
    return f"{pair[0].split('.')[1]}.{pair[1]}"


@pytest.fixture
def hooks():
    """Give the hooks back that `catch_faults` replaces."""
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = before
    faulthandler.enable()


@pytest.fixture
def caught(hooks, make_desk, tmp_path, qtbot):  # noqa: F811 - the fixture of journeys
    """Return a function that opens a window whose faults are caught, and gives its faults."""
    made = []

    def open_window(path):
        desk = make_desk(path)
        window = opened(desk, qtbot)
        made.append(catch_faults(desk, tmp_path / "log"))
        return window

    yield open_window
    for faults in made:
        faults.stop()


def log_of(tmp_path):
    path = tmp_path / "log" / LOG_NAME
    return path.read_text() if path.exists() else ""


def notices(window):
    bar = window.message_bar
    return [message.text for message in bar._waiting]


def session(window, sample):
    """Do a little of everything, as events, so that what raises is caught by Qt."""
    page = window.page
    steps = [
        lambda: page.go_to(Position(2, 0)),
        lambda: QTest.keyClicks(page, "x "),
        lambda: QTest.keyClick(page, Qt.Key.Key_Return),
        lambda: QTest.keyClick(page, Qt.Key.Key_Backspace),
        lambda: trigger(window, "undo"),
        lambda: trigger(window, "redo"),
        lambda: trigger(window, "move_down"),
        lambda: trigger(window, "scene_break"),
        lambda: trigger(window, "emphasis"),
        lambda: window.outline.move_requested.emit(
            [scenes(window)[-1].id], Place(scenes(window)[0].id, Where.BEFORE)
        ),
        lambda: trigger(window, "find"),
        lambda: QTest.keyClicks(window.find_bar.findChild(QWidget, "findField") or window.find_bar, "woke"),
        lambda: trigger(window, "find_next"),
        lambda: trigger(window, "show_page"),
        lambda: trigger(window, "split_view"),
        lambda: trigger(window, "split_view"),
        lambda: trigger(window, "show_scene"),
        lambda: trigger(window, "show_all"),
        lambda: trigger(window, "focus_mode"),
        lambda: trigger(window, "zoom_in"),
        lambda: trigger(window, "select_all"),
        lambda: trigger(window, "copy"),
        window.grab,
        lambda: window.resize(900, 500),
        lambda: trigger(window, "save"),
        lambda: sample.write_bytes(sample.read_bytes() + b"\nTheirs.\n"),
        window.store.look,
        window.grab,
    ]
    for step in steps:
        QTimer.singleShot(0, window, step)
        QApplication.processEvents()
    with contextlib.suppress(Boom):
        settle(window)
    QTest.qWait(80)  # what follows a moment after the last change


KEY_METHODS = [
    "StructureController.move",
    "StructureController.move_down",
    "StructureController.perform",
    "StructureController.toggle_style",
    "SearchController.find_next",
    "SearchController._refresh_now",
    "SearchController.mark_again",
    "StatusReporter._report",
    "StatusBar.show_facts",
    "StatusBar.show_done",
    "OutlinePanel.set_outline",
    "OutlinePanel.set_current",
    "OutlineModel.data",
    "OutlineModel.set_outline",
    "OutlineDelegate.paint",
    "OutlineDelegate.sizeHint",
    "PageHighlighter.format_shown",
    "PageHighlighter.format_changed",
    "PageHighlighter._format",
    "PageView.paintEvent",
    "PageView.resizeEvent",
    "PageView._format_changed",
    "PageView._paint_selection",
    "GuardedPage.keyPressEvent",
    "GuardedPage._leave_boundary",
    "GuardedPage.createMimeDataFromSelection",
    "PagePair.set_split",
    "PagePair._tell_caret",
    "PageLayout.shown_lines",
    "PageLayout.set_type",
    "ManuscriptBuffer._follow",
    "ManuscriptBuffer._replace",
    "ManuscriptBuffer._tell_blocks",
    "ManuscriptBuffer._send_outline",
    "ManuscriptBuffer.shape_of",
    "FileController.save",
    "FileController._end_save",
    "FileController._settle",
    "OutsideChanges._see",
    "OutsideChanges._patch_in",
    "VersionKeeper.keep",
    "FoldController.show_scene",
    "FindBar.open",
    "MessageBar.show_message",
    "NoticeBoard.show",
    "WatchBridge._tell",
    "LockKeeper.look",
    "LockKeeper.may_save",
    "MainWindow._follow_caret",
    "MainWindow.show_title",
]


@pytest.mark.qt_no_exception_capture
@pytest.mark.parametrize(
    "name, method", [pair for pair in METHODS if short(pair) in KEY_METHODS], ids=".".join
)
def test_a_fault_inside_is_told_once_and_loses_nothing(monkeypatch, caught, tmp_path, name, method):
    spring_a_trap(monkeypatch, caught, tmp_path, name, method)


@pytest.mark.fuzz
@pytest.mark.qt_no_exception_capture
@pytest.mark.parametrize("name, method", METHODS, ids=[".".join(pair) for pair in METHODS])
def test_a_fault_in_any_method_is_told_once_and_loses_nothing(monkeypatch, caught, tmp_path, name, method):
    spring_a_trap(monkeypatch, caught, tmp_path, name, method)


def spring_a_trap(monkeypatch, caught, tmp_path, name, method):
    module, class_name = name.split(".")
    owner = getattr(importlib.import_module(f"editor.ui.{module}"), class_name)
    trap = Trap()
    monkeypatch.setattr(owner, method, trap.around(vars(owner)[method]))
    sample = tmp_path / "chapter.txt"
    sample.write_text(TEXT)
    window = caught(sample)
    trap.is_set = True
    session(window, sample)
    trap.is_set = False
    if not trap.has_sprung:
        pytest.skip("not called in this session")
    QApplication.processEvents()
    log = log_of(tmp_path)
    assert SECRET not in log
    assert log.split("\n").count("Boom") == 1
    assert notices(window).count(FAULT_TEXT) == 1 or method in {
        "show",
        "show_message",
    }  # that very notice was the one that failed
    assert_text_is_safe(window, sample)


def assert_text_is_safe(window, sample):
    """See that typing and saving work, and that page, manuscript and disk agree."""
    window.pages.set_split(False)
    window.folds.show_all()
    settle(window)
    window.page.go_to(Position(0, 0))
    window.page.setFocus()
    QTest.keyClicks(window.page, "still ")
    settle(window)
    lines = window.buffer.lines()
    assert "still " in lines[0]
    assert "\n".join(lines).count(SECRET) == 3
    assert list(window.buffer.manuscript.text.lines) == lines
    for _ in range(3):
        trigger(window, "save")
        settle(window)
        for answers in list(window.notices._answers.values()):
            for answer in answers:
                if (
                    answer.label == "Keep mine"
                ):  # the other program's text was not taken in before: it is never written over
                    answer.run()
    assert sample.read_text() == "\n".join(window.buffer.lines())
    assert "still " in sample.read_text()
    assert not window.isWindowModified()


def test_a_fault_in_every_painting_is_told_once_and_written_down_a_few_times(caught, tmp_path, monkeypatch):
    from editor.ui.page_view import PageView

    def paint(self, event):
        raise Boom(f"“{SECRET}”")

    sample = tmp_path / "chapter.txt"
    sample.write_text(TEXT)
    window = caught(sample)
    monkeypatch.setattr(PageView, "paintEvent", paint)
    for _ in range(40):
        window.page.viewport().repaint()
        QApplication.processEvents()
    assert notices(window) == [FAULT_TEXT]
    window.message_bar.dismiss()
    for _ in range(40):
        window.page.viewport().repaint()
        QApplication.processEvents()
    assert notices(window) == [], "a notice that was closed stays closed"
    log = log_of(tmp_path)
    assert 3 <= log.count("PageView" if "PageView" in log else "Boom") < 12
    assert SECRET not in log
    monkeypatch.undo()
    assert_text_is_safe(window, sample)


test_a_fault_in_every_painting_is_told_once_and_written_down_a_few_times = (
    pytest.mark.qt_no_exception_capture(
        test_a_fault_in_every_painting_is_told_once_and_written_down_a_few_times
    )
)


@pytest.mark.qt_no_exception_capture
def test_faults_in_threads_jobs_and_timers_are_told_too(caught, tmp_path, qtbot):
    sample = tmp_path / "chapter.txt"
    sample.write_text(TEXT)
    window = caught(sample)

    def in_thread():
        raise Boom(f"thread “{SECRET}”")

    def in_job(_job):
        raise Boom(f"job “{SECRET}”")

    def in_timer():
        raise Boom(f"timer “{SECRET}”") from ValueError(SECRET)

    for number, start in enumerate(
        (
            lambda: threading.Thread(target=in_thread).start(),
            lambda: Job(in_job).start(),
            lambda: QTimer.singleShot(0, in_timer),
        ),
        1,
    ):
        window.message_bar.dismiss()
        start()
        qtbot.waitUntil(lambda number=number: log_of(tmp_path).split("\n").count("Boom") == number)
        qtbot.waitUntil(lambda: notices(window) == [FAULT_TEXT])
    assert SECRET not in log_of(tmp_path)
    assert "after ValueError" in log_of(tmp_path)
    assert_text_is_safe(window, sample)


def test_messages_of_qt_are_written_down_and_not_again_and_again(tmp_path):
    faults = Faults(tmp_path)
    for _ in range(5000):
        faults.hear_qt(QtMsgType.QtWarningMsg, QMessageLogContext(), "QWidget: something is odd")
    lines = (tmp_path / LOG_NAME).read_text().strip().split("\n")
    assert len(lines) < 10
    assert all("something is odd" in line for line in lines)


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path):
    (tmp_path / "state").write_text("a file")
    faults = Faults(tmp_path / "state")
    told = []
    faults.told.connect(lambda: told.append(1))
    faults.hear(Boom, Boom("x"), None)
    assert faults.start_crash_log() is None
    QApplication.processEvents()
    assert told == [1]
    faults.stop()
    faulthandler.enable()


def test_the_log_does_not_grow_without_end(tmp_path):
    faults = Faults(tmp_path)
    for number in range(400):
        faults.hear_qt(QtMsgType.QtWarningMsg, QMessageLogContext(), f"{number} " + "x" * 5000)
    for number in range(200):
        faults.hear(type(f"Boom{number}" + "x" * 3000, (Exception,), {}), None, None)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 2 * LOG_LIMIT + 10_000


CRASH = """
import ctypes, sys, faulthandler
from editor.ui.faults import Faults
faults = Faults(Path(sys.argv[1]))
print(faults.start_crash_log(), flush=True)
if sys.argv[2] == "crash":
    ctypes.string_at(0)
faults.stop()
"""


def test_a_crash_is_told_at_the_next_start_and_only_then(tmp_path):
    def run(how):
        command = [sys.executable, "-c", CRASH, tmp_path, how]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    assert run("end").stdout.strip() == "None"
    assert run("crash").returncode != 0
    told = run("end").stdout
    assert told.startswith("Dinkus ended unexpectedly last time.")
    assert "string_at" in (tmp_path / "crash-1.log").read_text()
    assert run("end").stdout.strip() == "None"
    for _ in range(5):
        run("crash")
    assert len(list(tmp_path.glob("crash-*.log"))) == 3
