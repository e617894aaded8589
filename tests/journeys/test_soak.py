"""Long random sessions in the window: whatever a writer does, the text stays whole and everything can be undone."""

import random
from collections import Counter

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.app.resources import sample_path
from editor.manuscript.edits import Position
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.moves import Place, Where
from editor.markup.inlines import plain_text
from editor.markup.model import PROSE, Level
from editor.ui.text_bridge import read_lines
from tests.conftest import FUZZ_FACTOR
from tests.journeys.conftest import opened
from tests.journeys.test_writing import trigger

SAMPLES = ("chapter-six.txt", "the-forty-first-person.txt", "welcome.txt", "die-haltestelle.txt")
STEPS = 60
SEEDS = range(2 + 4 * FUZZ_FACTOR)


def prose(window):
    return Counter(plain_text(block) for block in window.buffer.manuscript.text.blocks if block.kind in PROSE)


def shape(outline):
    return [(node.level, node.title, node.words, node.facts) for node in outline.walk()]


class Writer:
    """Somebody who does one thing after another, by chance."""

    def __init__(self, window, seed):
        self.window = window
        self.dice = random.Random(seed)

    def act(self):
        step = self.dice.choice(
            [
                self.move,
                self.move,
                self.step,
                self.step,
                self.type,
                self.split,
                self.merge,
                self.undo,
                self.redo,
                self.name,
            ]
        )
        step()

    def nodes(self):
        return list(self.window.structure.outline.walk())

    def some(self):
        nodes = self.nodes()
        return [node.id for node in self.dice.sample(nodes, min(len(nodes), self.dice.choice([1, 1, 1, 2])))]

    def move(self):
        before = prose(self.window)
        ids, target = self.some(), self.dice.choice(self.nodes())
        where = self.dice.choice([Where.BEFORE, Where.AFTER] if target.level is Level.SCENE else list(Where))
        self.window.structure.move(ids, Place(target.id, where))
        assert prose(self.window) == before

    def step(self):
        before = prose(self.window)
        self.dice.choice([self.window.structure.move_up, self.window.structure.move_down])(self.some())
        assert prose(self.window) == before

    def type(self):
        lines = self.window.buffer.lines()
        line = self.dice.randrange(len(lines))
        self.window.page.go_to(Position(line, self.dice.randrange(len(lines[line]) + 1)), centre=False)
        QTest.keyClicks(self.window.page, self.dice.choice(["rain ", "*so*", "\r", "--", '"', " "]))

    def split(self):
        lines = self.window.buffer.lines()
        line = self.dice.randrange(len(lines))
        self.window.page.go_to(Position(line, self.dice.randrange(len(lines[line]) + 1)), centre=False)
        trigger(self.window, "scene_break")

    def merge(self):
        before = prose(self.window)
        self.window.structure.merge_with_next(self.some())
        assert prose(self.window) == before

    def name(self):
        node = self.dice.choice(self.nodes())
        if node.level is Level.SCENE:
            self.window.structure.set_fact([node.id], "status", self.dice.choice(["draft", "done", ""]))

    def undo(self):
        for _ in range(self.dice.randrange(1, 4)):
            trigger(self.window, "undo")

    def redo(self):
        trigger(self.window, "redo")


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_long_session_keeps_the_text_whole_and_can_be_undone_to_the_first_byte(
    make_desk, qtbot, sample, seed
):
    window = opened(make_desk(sample_path(sample)), qtbot)
    first = window.buffer.lines()
    writer = Writer(window, f"{sample} {seed}")
    for _ in range(STEPS):
        if not writer.nodes():
            trigger(window, "undo")
            continue
        writer.act()
        manuscript = window.buffer.manuscript
        assert manuscript.text.lines == read_lines(window.buffer.document)
        assert shape(manuscript.outline) == shape(
            Manuscript(manuscript.text.lines, manuscript.text.mode).outline
        )
    QApplication.processEvents()
    last = window.buffer.lines()
    steps = 0
    while window.buffer.document.isUndoAvailable():
        trigger(window, "undo")
        steps += 1
    assert window.buffer.lines() == first
    for _ in range(steps):
        trigger(window, "redo")
    assert window.buffer.lines() == last
