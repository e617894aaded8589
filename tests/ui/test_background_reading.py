"""A long manuscript is on the page before it is read, and what is typed meanwhile is in it."""

import random

import pytest
from PySide6.QtTest import QTest

from editor.manuscript.edits import Position, TextEdit
from editor.manuscript.manuscript import Manuscript
from editor.markup.model import WrapMode
from editor.ui.background_reading import LONG
from editor.ui.buffer import ManuscriptBuffer
from tests.manuscript.notation import whole_shape

PARAGRAPH = "The lock-keeper had kept the lock for thirty years, and never once had he seen the gate move on its own. "


def long_text(chapters: int = 60) -> list[str]:
    lines: list[str] = []
    for number in range(1, chapters + 1):
        lines += [f"Chapter {number}", ""]
        for scene in range(3):
            lines += ["* * *", ""] * bool(scene)
            for paragraph in range(12):
                lines += [f"{number}.{scene}.{paragraph} " + PARAGRAPH * 4, ""]
    assert sum(map(len, lines)) > LONG
    return lines


@pytest.fixture
def buffer(qtbot):
    return ManuscriptBuffer()


def test_a_long_text_is_not_read_when_it_is_loaded_but_when_it_is_asked_for(buffer):
    lines = long_text()
    buffer.load(lines)
    assert buffer.is_reading
    assert buffer.lines() == lines
    assert len(list(buffer.manuscript.outline.chapters())) == 60
    assert not buffer.is_reading


def test_the_outline_comes_once_when_all_is_read(buffer, qtbot):
    heard = []
    buffer.outline_changed.connect(heard.append)
    with qtbot.waitSignal(buffer.outline_changed, timeout=10_000):
        buffer.load(long_text())
    assert [len(list(outline.chapters())) for outline in heard] == [60]


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("mode", [None, WrapMode.WRAPPED, WrapMode.INDENTED])
def test_what_is_edited_while_it_is_read_is_in_it(buffer, seed, mode):
    dice = random.Random(seed)
    lines = long_text()
    if seed % 2:
        lines = ["\rone.txt", *lines, "\rtwo.txt", *lines]
    buffer.load(lines, modes={"one.txt": mode, "two.txt": mode} if mode and seed % 2 else None)
    for _ in range(30):
        line = dice.randrange(1, buffer.document.blockCount())
        text = buffer.lines()[line]
        if text.startswith("\r"):
            continue
        column = dice.randrange(len(text) + 1)
        new = dice.choice(["x", "\n\n* * *\n\n", "# Ice\n", "-->", "1\n", ""])
        buffer.apply([TextEdit(Position(line, 0), Position(line, column), new)])
        assert buffer.is_reading or seed
    manuscript = buffer.manuscript
    fresh = Manuscript(buffer.lines(), modes=manuscript.text.modes)
    assert manuscript.text.lines == buffer.lines()
    assert manuscript.text.blocks == fresh.text.blocks
    assert whole_shape(manuscript.outline) == whole_shape(fresh.outline)


def test_another_text_can_be_loaded_while_one_is_read(buffer):
    buffer.load(long_text())
    buffer.load(["Short."])
    QTest.qWait(1500)
    assert buffer.manuscript.text.lines == ["Short."]
