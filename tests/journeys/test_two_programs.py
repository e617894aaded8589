"""Two real programs, each a process of its own, on one manuscript."""

import json
import os
import socket
import subprocess
import sys
import time

import pytest

from editor.storage.locks import LockFolder

WAIT = 40.0
TALK = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton
from editor.app.settings import standard_folders
from editor.ui import launcher
from editor.ui.neighbours import hand_over

folders = standard_folders()
places = [(Path(name), None) for name in sys.argv[2:]]
if sys.argv[1] == "ask" and hand_over(places, folders):
    sys.exit(0)
desk = launcher.start_desk(places, folders)
faults = launcher.catch_faults(desk, folders.state)
desk.neighbours.open_door_later(is_first=sys.argv[1] == "ask")

def obey():
    order = Path(folders.state, f"do-{sys.argv[1]}")
    if order.exists():
        words = order.read_text()
        order.unlink()
        window = desk.windows[0]
        if words == "type and save":
            window.page.insert_typed("typed ")
            window.store.save()
        else:
            (button,) = [each for each in window.message_bar.findChildren(QPushButton) if each.text() == words and each.isVisible()]
            button.click()

def report():
    obey()
    lines = []
    for window in desk.windows:
        path = window.store.path
        lines.append([path.name if path else None, window.page.isReadOnly(), window.message_bar.text(), window.page.caret_position().line])
    Path(folders.state, f"report-{sys.argv[1]}.json.new").write_text(__import__("json").dumps(lines))
    Path(folders.state, f"report-{sys.argv[1]}.json.new").replace(Path(folders.state, f"report-{sys.argv[1]}.json"))

timer = QTimer(interval=50)
timer.timeout.connect(report)
timer.start()
code = launcher.QApplication.exec()
desk.neighbours.finish()
sys.exit(code)
"""


class Home:
    """A home folder, and programs that run in it."""

    def __init__(self, folder):
        self.folder = folder
        self.chapter = folder / "chapter.txt"
        self.chapter.write_text("Chapter 1\n\n" + "Rain.\n\n" * 20)
        self.state = folder / "state" / "dinkus"
        self.locks = self.state / "locks"
        self.programs = []

    def environment(self):
        names = {"HOME": "", "XDG_STATE_HOME": "state", "XDG_CONFIG_HOME": "config", "TMPDIR": ""}
        return {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            **{name: str(self.folder / part) for name, part in names.items()},
        }

    def run(self, kind, *paths):
        """Start a program that reports what its windows show (`ask`: it asks one that runs, first)."""
        self.report_file(kind).unlink(missing_ok=True)
        program = subprocess.Popen(
            [sys.executable, "-c", TALK, kind, *map(str, paths)],
            env=self.environment(),
            stderr=subprocess.DEVNULL,
        )
        self.programs.append(program)
        return program

    def start(self, *arguments):
        """Start the real command to its end; return its exit code."""
        command = [sys.executable, "-m", "editor", *map(str, arguments)]
        return subprocess.run(
            command, env=self.environment(), timeout=WAIT, check=False, capture_output=True
        ).returncode

    def order(self, kind, words):
        """Have a program press a button of its message bar, or type and save."""
        (self.state / "new").write_text(words)
        (self.state / "new").replace(self.state / f"do-{kind}")

    def report_file(self, kind):
        return self.state / f"report-{kind}.json"

    def wait_for(self, kind, is_so):
        """Wait until a program's report is as asked, and return it."""
        latest = time.monotonic() + WAIT
        report = None
        while time.monotonic() < latest:
            if self.report_file(kind).exists():
                report = json.loads(self.report_file(kind).read_text())
                if is_so(report):
                    return report
            time.sleep(0.05)
        pytest.fail(f"waited in vain; last seen: {report}")


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path)
    yield home
    for program in home.programs:
        program.kill()
        program.wait()


def test_a_second_start_has_the_first_program_go_to_the_line_and_ends_well(home):
    first = home.run("ask", home.chapter)
    home.wait_for("ask", lambda report: report and report[0][0] == "chapter.txt")
    assert home.start(f"{home.chapter}:7") == 0
    (window,) = home.wait_for("ask", lambda report: report[0][3] == 6)
    assert window[:3] == ["chapter.txt", False, ""]
    assert first.poll() is None


def test_a_second_start_with_another_file_opens_it_in_the_first_program(home):
    home.run("ask", home.chapter)
    home.wait_for("ask", bool)
    other = home.folder / "other.txt"
    other.write_text("Snow.\n")
    assert home.start(other) == 0
    home.wait_for("ask", lambda report: [window[0] for window in report] == ["chapter.txt", "other.txt"])
    assert home.start() == 0
    home.wait_for(
        "ask", lambda report: [window[0] for window in report] == ["chapter.txt", "other.txt", None]
    )


def test_a_program_that_was_killed_leaves_nothing_in_the_way(home):
    first = home.run("ask", home.chapter)
    home.wait_for("ask", bool)
    assert list(home.locks.glob("*.json"))
    first.kill()
    first.wait()
    home.run("ask", home.chapter)
    (window,) = home.wait_for("ask", bool)
    assert window[:3] == ["chapter.txt", False, ""]
    assert LockFolder(home.locks).take(home.chapter).holder is not None


def test_a_program_that_does_not_answer_is_named_and_the_file_shown_read_only(home):
    home.run("alone", home.chapter)
    home.wait_for("alone", bool)
    home.programs[0].send_signal(19)  # SIGSTOP
    began = time.monotonic()
    home.run("ask", home.chapter)
    (window,) = home.wait_for("ask", bool)
    assert window[1] is True
    assert window[2].startswith("chapter.txt is open in another Dinkus (")
    assert socket.gethostname() in window[2]
    assert time.monotonic() - began < 30


def test_a_lock_of_another_computer_makes_the_window_read_only(home):
    home.run("alone", home.chapter)
    home.wait_for("alone", bool)
    home.programs[0].kill()
    home.programs[0].wait()
    lock = next(path for path in home.locks.glob("*.json") if "chapter" in path.read_text())
    table = json.loads(lock.read_text())
    table["owner"] = {**table["owner"], "host": "other-computer", "machine": "other", "user": "ben"}
    lock.write_text(json.dumps(table))
    home.run("ask", home.chapter)
    (window,) = home.wait_for("ask", bool)
    assert window[1] is True
    assert "ben on other-computer" in window[2]


def test_a_program_that_is_robbed_of_its_file_hears_so_and_saves_nothing_until_it_takes_it_back(home):
    home.run("first", home.chapter)
    home.wait_for("first", bool)
    home.run("second", home.chapter)
    home.wait_for("second", lambda report: report and report[0][1])
    home.order("second", "Open it here all the same")
    home.wait_for("second", lambda report: not report[0][1])
    home.order("first", "type and save")
    (window,) = home.wait_for("first", lambda report: report[0][2])
    assert window[2].startswith("Another Dinkus has taken over chapter.txt (")
    assert home.chapter.read_text().startswith("Chapter 1")
    home.order("first", "Take it back")
    home.wait_for("first", lambda report: not report[0][2])
    home.order("first", "type and save")
    home.wait_for("first", lambda _: home.chapter.read_text().startswith("typed typed Chapter 1"))
    home.order("second", "type and save")
    home.wait_for("second", lambda report: "has taken over" in report[0][2])


def test_the_trial_of_an_installation_asks_nobody_and_a_new_process_is_one(home):
    home.run("ask", home.chapter)
    home.wait_for("ask", bool)
    assert home.start("--smoke", home.chapter) == 0
    command = [sys.executable, "-m", "editor", "--new-process", str(home.chapter)]
    program = subprocess.Popen(command, env=home.environment(), stderr=subprocess.DEVNULL)
    home.programs.append(program)
    with pytest.raises(subprocess.TimeoutExpired):
        program.wait(4)
    assert [window[0] for window in home.wait_for("ask", bool)] == ["chapter.txt"]
