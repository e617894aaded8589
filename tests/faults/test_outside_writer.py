"""Another program writes the same file all the time while a window saves it: no version of either side is lost.

A version counts when it stood on the disk for a moment. What comes in the very moment of a save lies beside the file as a
conflict copy, where the system can exchange names (see `tests/storage/test_very_moment.py`).
"""

import random
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QWidget

from editor.manuscript.edits import Position, TextEdit
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.file_controller import FileController
from editor.ui.outside_changes import OutsideChanges
from editor.ui.version_keeper import VersionKeeper

SAVES = 100  # in each style
STOOD_SECONDS = 0.02
LONGEST_PAUSE = (
    0.06  # seconds between two saves: on a quick disk some of theirs must stand long enough to count
)
STYLES = ["in place", "atomic", "like vim", "delete and create", "truncate then write"]
PARAGRAPHS = 12

WRITER = r"""
import os, random, sys, time
path, stop, style, moment, seed = sys.argv[1:]
chance = random.Random(int(seed))

def write(data, mode="wb"):
    with open(path, mode) as file:
        file.write(data)

def put(data):
    if style == "in place":
        with open(path, "r+b") as file:
            file.write(data)
            file.truncate()
    elif style == "atomic":
        with open(path + ".new", "wb") as file:
            file.write(data)
        os.replace(path + ".new", path)
    elif style == "like vim":
        os.replace(path, path + "~")
        write(data)
        os.unlink(path + "~")
    elif style == "delete and create":
        os.unlink(path)
        time.sleep(0.001)
        write(data)
    else:
        with open(path, "wb") as file:
            time.sleep(0.002)
            file.write(data)

def stands(data):
    try:
        with open(path, "rb") as file:
            return file.read() == data
    except FileNotFoundError:
        return False

number, stood = 0, []
while not os.path.exists(stop):
    time.sleep(chance.uniform(0.001, 0.08))
    try:
        with open(path, "rb") as file:
            paragraphs = file.read().split(b"\n\n")
        if len(paragraphs) < 5:
            continue  # it is being written
        number += 1
        paragraphs[chance.randrange(len(paragraphs) - 1)] += b" <theirs %d>" % number
        data = b"\n\n".join(paragraphs)
        put(data)
        time.sleep(float(moment))
        if stands(data):
            stood.append(number)
    except FileNotFoundError:
        pass
print(number, *stood)
"""


@dataclass
class Session:
    """A window without a face: what it writes, saves and is asked."""

    controller: FileController
    outside: OutsideChanges
    buffer: ManuscriptBuffer
    chance: random.Random
    saved: int = 0
    questions: list = field(default_factory=list)

    def hear(self, notice):
        if any(answer.label == "Keep mine" for answer in notice.answers):
            self.questions.append(notice)

    def write(self, number):
        lines = self.buffer.lines()
        line = self.chance.choice([place for place, text in enumerate(lines) if text])
        place = Position(line, len(lines[line]))
        self.buffer.apply([TextEdit(place, place, f" <mine {number}>")])

    def save(self):
        """Save, and answer what is asked, until it is done."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            self.controller.save()
            self.settle()
            if not self.controller.is_modified:
                self.saved += 1
                return
            while self.questions:
                question = self.questions.pop()
                label = self.chance.choice(["Keep mine", "Take theirs"])
                next(answer for answer in question.answers if answer.label == label).run()
                self.settle()
        raise AssertionError("no save came through")

    def settle(self):
        while self.controller.is_saving or self.outside.is_looking:
            self.controller.wait()
            self.outside.wait()


@pytest.fixture
def session(qtbot, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    buffer = ManuscriptBuffer(window)
    keeper = VersionKeeper(tmp_path / "kept", window)
    controller = FileController(buffer, keeper, window)
    outside = OutsideChanges(buffer, controller, keeper, window)
    session = Session(controller, outside, buffer, random.Random(11))
    outside.noticed.connect(session.hear)
    yield session
    session.settle()
    outside.stop()


@pytest.mark.parametrize("style", STYLES)
def test_no_version_is_lost_while_another_program_writes_too(session, tmp_path, style):
    path, stop = tmp_path / "book" / "chapter.txt", tmp_path / "stop"
    path.parent.mkdir()
    path.write_text("\n\n".join(f"Paragraph {number}." for number in range(PARAGRAPHS)) + "\n")
    session.controller.open_file(path)
    command = [sys.executable, "-c", WRITER, str(path), str(stop), style, str(STOOD_SECONDS), "3"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as writer:
        try:
            for number in range(1, SAVES + 1):
                time.sleep(session.chance.uniform(0, LONGEST_PAUSE))
                session.write(number)
                session.save()
        finally:
            stop.touch()
            output, errors = writer.communicate(timeout=20)
    assert errors == ""
    written, *theirs = output.split()
    session.outside.look()
    session.settle()
    texts = [path.read_text(), "\n".join(session.buffer.lines())]
    texts += [copy.read_text(errors="replace") for copy in path.parent.glob("*conflicted copy*")]
    texts += [kept.read_text(errors="replace") for kept in (tmp_path / "kept").rglob("*") if kept.is_file()]
    found = set(re.findall(r"<(\w+ \d+)>", "".join(texts)))
    wanted = {f"mine {number}" for number in range(1, SAVES + 1)} | {f"theirs {number}" for number in theirs}
    assert session.saved == SAVES
    assert int(written) > SAVES / 10, "the two sides must have met"
    assert theirs
    assert wanted - found == set()
