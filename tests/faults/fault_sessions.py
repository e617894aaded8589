"""A fault of the program itself, in any of its methods: written down without the text, told once, and the text is safe.

One method after another raises, the first time it is called in a session that writes, moves, searches, splits, saves and looks at
the disk. After that the writer types and saves. Run by `test_faults_inside`, a few methods in a process: PySide goes on to call Python
while a fault in one of Qt's own calls is pending, and after some dozens of those the process dies of it.
"""

import contextlib
import importlib
from types import FunctionType

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from editor.manuscript.edits import Position
from editor.manuscript.moves import Place, Where
from editor.ui.faults import FAULT_TEXT, LOG_NAME
from tests.journeys.test_writing import scenes, settle, trigger

SECRET = "Quillfeather"
TEXT = f"Chapter 1\n\n{SECRET} woke.\n\n* * *\n\n{SECRET} slept.\n\n* * *\n\n{SECRET} *dreamt* on.\n"
LEFT_OUT = {
    "wait",  # the tests call it themselves
    "set_type",  # Qt lays out in it: a fault there has ended the process, once in three times
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
    "journal_keeper.JournalKeeper",
    "outside_merge.OutsideMerge",
    "outside_look.OutsideLook",
    "saving.SavingController",
    "window_menus.WindowMenus",
    "export_controller.ExportController",
    "several_exports.SeveralExports",
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


@pytest.mark.qt_no_exception_capture
@pytest.mark.parametrize("name, method", METHODS, ids=map(short, METHODS))
def test_a_fault_inside_is_told_once_and_loses_nothing(monkeypatch, caught, tmp_path, name, method):
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
    assert not window.store.is_modified
