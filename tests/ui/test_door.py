"""The door: a second start asks the program that runs to open files, and nothing else can be asked."""

import json
import subprocess
import sys
import time

import pytest
from PySide6.QtNetwork import QLocalSocket

from editor.ui.door import Door, ask_to_open, read_question


@pytest.fixture
def door(qtbot, tmp_path):
    name = f"dinkus-test-{time.monotonic_ns()}"
    opened = Door(name)
    assert opened.open()
    yield name, opened
    opened.close()


ASK = """
import json, pathlib, sys
from editor.ui.door import ask_to_open
places = [(pathlib.Path(name), line) for name, line in json.loads(sys.argv[2])]
sys.exit(0 if ask_to_open(sys.argv[1], places, 20) else 1)
"""


def ask(qtbot, name, places):
    """Ask from another process; return the answer."""
    question = json.dumps([[str(path), line] for path, line in places])
    process = subprocess.Popen([sys.executable, "-c", ASK, name, question])
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=30_000)
    return process.returncode == 0


def test_what_is_asked_for_is_opened_with_its_line(door, qtbot, tmp_path):
    name, opened = door
    asked = []
    opened.open_requested.connect(asked.append)
    path = tmp_path / "a b\udcff.txt"
    assert ask(qtbot, name, [(path, 7), (tmp_path / "c.txt", None)])
    qtbot.waitUntil(lambda: asked == [[(path, 7), (tmp_path / "c.txt", None)]])


def test_nobody_behind_the_door_is_no_answer(qtbot):
    before = time.monotonic()
    assert not ask_to_open("dinkus-nobody-is-there", [], 0.3)
    assert time.monotonic() - before < 5


@pytest.mark.parametrize(
    "question",
    [
        b"\n",
        b"{}\n",
        b"[1]\n",
        b'[["relative.txt", 1]]\n',
        b'[["/a", "1"]]\n',
        b'[["/a", true]]\n',
        b"\xff\n",
        b"[" * 100000 + b"\n",
        json.dumps([["/a", 1, 2]]).encode() + b"\n",
    ],
)
def test_what_is_no_question_is_cut_off_and_opens_nothing(door, qtbot, question):
    name, opened = door
    asked = []
    opened.open_requested.connect(asked.append)
    assert read_question(question) is None
    socket = QLocalSocket()
    socket.connectToServer(name)
    qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.ConnectedState)
    socket.write(question)
    qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    assert asked == []
    assert socket.readAll().data() == b""


def test_a_question_without_end_is_cut_off(door, qtbot):
    name, _ = door
    socket = QLocalSocket()
    socket.connectToServer(name)
    qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.ConnectedState)
    socket.write(b"[" * (3 << 20))
    qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState, timeout=10_000)
