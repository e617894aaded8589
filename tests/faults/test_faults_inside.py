"""A fault of the program itself: written down without the text, told once, and the text is safe (see `fault_sessions`)."""

import faulthandler
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType
from PySide6.QtWidgets import QApplication

from editor.ui.faults import FAULT_TEXT, LOG_LIMIT, LOG_NAME, Faults
from editor.ui.jobs import Job
from tests.faults import fault_sessions
from tests.faults.fault_sessions import (
    METHODS,
    SECRET,
    TEXT,
    Boom,
    assert_text_is_safe,
    log_of,
    notices,
    short,
)

AT_ONCE = 3  # after a few dozen faults in Qt's own calls a process dies of what they leave behind
# Not among them: what Qt itself calls while it paints. PySide goes on with an error pending there and may end the process; that a
# fault in painting is told is tried below, in this process, with one method.
KEY_METHODS = [
    "StructureController.perform",
    "StructureController.toggle_style",
    "SearchController._refresh_now",
    "StatusReporter._report",
    "StatusBar.show_done",
    "OutlinePanel.set_outline",
    "PageHighlighter.format_shown",
    "PageHighlighter.format_changed",
    "GuardedPage.keyPressEvent",
    "PagePair.set_split",
    "ManuscriptBuffer._follow",
    "ManuscriptBuffer._send_outline",
    "FileController.save",
    "FileController._settle",
    "OutsideLook.look",
    "FoldController.show_scene",
    "LockKeeper.may_save",
    "MainWindow._follow_caret",
]


def batches(names):
    return [names[first : first + AT_ONCE] for first in range(0, len(names), AT_ONCE)]


def run_sessions(names):
    """Run the sessions in which these methods fail, in a process of their own; return how many there were."""
    test = "test_a_fault_inside_is_told_once_and_loses_nothing"
    places = [f"{fault_sessions.__file__}::{test}[{name}]" for name in names]
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--show-capture=no",
        "-p",
        "no:cacheprovider",
        "--timeout=60",
        *places,
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    root = Path(__file__).parents[2]
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=110
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
    return re.findall(r"^[.s]+", done.stdout, re.MULTILINE)[0].count(".")


@pytest.mark.parametrize("names", batches(KEY_METHODS), ids=lambda names: names[0])
def test_a_fault_in_a_method_of_the_window_is_told_once_and_loses_nothing(names):
    assert run_sessions(names) > len(names) / 2, (
        "most of them are called in the session, whatever comes first"
    )


@pytest.mark.fuzz
@pytest.mark.parametrize("names", batches(list(map(short, METHODS))), ids=lambda names: names[0])
def test_a_fault_in_any_method_is_told_once_and_loses_nothing(names):
    run_sessions(names)


@pytest.mark.qt_no_exception_capture
def test_a_fault_in_every_painting_is_told_once_and_written_down_a_few_times(caught, tmp_path, monkeypatch):
    from editor.ui.page_view import PageView

    original, broken = PageView.paintEvent, []

    def paint(self, event):
        if broken:
            raise Boom(f"“{SECRET}”")
        original(self, event)

    monkeypatch.setattr(PageView, "paintEvent", paint)  # before there is a page: Qt looks it up once
    sample = tmp_path / "chapter.txt"
    sample.write_text(TEXT)
    window = caught(sample)
    broken.append(True)
    for _ in range(40):
        QTimer.singleShot(0, window.page.viewport(), window.page.viewport().repaint)
        QApplication.processEvents()
    assert notices(window) == [FAULT_TEXT]
    window.message_bar.dismiss()
    for _ in range(40):
        QTimer.singleShot(0, window.page.viewport(), window.page.viewport().repaint)
        QApplication.processEvents()
    assert notices(window) == [], "a notice that was closed stays closed"
    log = log_of(tmp_path)
    assert 3 <= log.split("\n").count("Boom") < 12
    assert SECRET not in log
    broken.clear()
    assert_text_is_safe(window, sample)


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


def stop(faults):
    faults.stop()
    faulthandler.enable()  # which the test runner wants


def test_messages_of_qt_are_written_down_and_not_again_and_again(tmp_path):
    faults = Faults(tmp_path)
    for _ in range(5000):
        faults.hear_qt(QtMsgType.QtWarningMsg, QMessageLogContext(), "QWidget: something is odd")
    stop(faults)
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
    stop(faults)


def test_the_log_does_not_grow_without_end(tmp_path):
    faults = Faults(tmp_path)
    for number in range(400):
        faults.hear_qt(QtMsgType.QtWarningMsg, QMessageLogContext(), f"{number} " + "x" * 5000)
    for number in range(200):
        faults.hear(type(f"Boom{number}" + "x" * 3000, (Exception,), {}), None, None)
    stop(faults)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 2 * LOG_LIMIT + 10_000


CRASH = """
import ctypes, sys
from pathlib import Path
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

    assert (run("end").stdout + run("end").stderr).strip() == "None"
    assert run("crash").returncode != 0
    told = run("end").stdout
    assert told.startswith("Dinkus ended unexpectedly last time.")
    assert "string_at" in (tmp_path / "crash-1.log").read_text()
    assert (run("end").stdout + run("end").stderr).strip() == "None"
    for _ in range(5):
        run("crash")
    assert len(list(tmp_path.glob("crash-*.log"))) == 3
