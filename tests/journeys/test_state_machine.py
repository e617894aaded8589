"""Typing, moving, merging, undo, changes from outside, kills and restarts, in any order: the text is that of a plain list.

Five hundred runs of fifty steps in `make test`, in four parts so that two processes share them; more by `make fuzz`.
"""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.app.settings import Folders
from editor.manuscript.edits import Position
from editor.manuscript.moves import Place, Where
from editor.storage.disk import Disk
from editor.ui.desk import Desk
from tests.conftest import FUZZ_FACTOR
from tests.journeys.crashes import state_after_crash
from tests.journeys.scene_model import copy_of, lines_of, read_chapters
from tests.journeys.test_writing import trigger

RUNS = 200 * FUZZ_FACTOR if FUZZ_FACTOR else 125
STEPS = 50
FIRST = [
    ("Chapter One", [["Night fell.", "Rain came."], ["A dog barked."]]),
    ("Chapter Two", [["Snow lay.", "Ice held."], ["Wind blew."], ["Fog stood."]]),
]
numbers = st.integers(0, 10**6)


class Writer(RuleBasedStateMachine):
    """A writer, a program that may die, and another program that writes to the same file."""

    def __init__(self):
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="dinkus-machine-"))
        self.file = self.place / "book.txt"
        self.folders = Folders(self.place / "config", self.place / "state")
        self.lives = 0
        self.made = 0

    @initialize()
    def begin(self):
        self.file.write_text("\n".join(lines_of(FIRST)))
        self.start()
        self.model = copy_of(FIRST)
        self.forget_past()

    def start(self):
        self.desk = Desk(QApplication.instance(), self.folders)
        self.desk.start([(self.file, None)])
        (self.window,) = self.desk.windows

    def forget_past(self):
        self.seen = {tuple(self.window.buffer.lines()): copy_of(self.model)}

    # -- places

    def paragraphs(self):
        return [
            (chapter, scene, number)
            for chapter, (_, scenes) in enumerate(self.model)
            for scene, paragraphs in enumerate(scenes)
            for number in range(len(paragraphs))
        ]

    def scenes(self):
        return [
            (chapter, scene) for chapter, (_, scenes) in enumerate(self.model) for scene in range(len(scenes))
        ]

    def id_of(self, place):
        outline = self.window.buffer.manuscript.outline
        chapter = next(node for node in outline.chapters() if node.title == self.model[place[0]][0])
        assert len(chapter.children) == len(self.model[place[0]][1])
        return chapter.children[place[1]].id

    def go_behind(self, text):
        line = self.window.buffer.lines().index(text)
        self.window.page.go_to(Position(line, len(text)), centre=False)

    # -- what the writer does

    @rule(which=numbers, word=st.sampled_from([" x", " *so*", "--"]))
    def type(self, which, word):
        places = self.paragraphs()
        chapter, scene, number = places[which % len(places)]
        paragraphs = self.model[chapter][1][scene]
        self.go_behind(paragraphs[number])
        QTest.keyClicks(self.window.page, word)
        paragraphs[number] += word

    @rule(which=numbers)
    def write_paragraph(self, which):
        places = self.paragraphs()
        chapter, scene, number = places[which % len(places)]
        paragraphs = self.model[chapter][1][scene]
        self.go_behind(paragraphs[number])
        self.made += 1
        for key in "\r\r":
            QTest.keyClicks(self.window.page, key)
            self.remember()  # undo may come by here
        QTest.keyClicks(self.window.page, f"No. {self.made}.")
        paragraphs.insert(number + 1, f"No. {self.made}.")

    @rule(which=numbers, goal=numbers, where=st.sampled_from([Where.BEFORE, Where.AFTER]))
    def move(self, which, goal, where):
        places = self.scenes()
        source, goal = places[which % len(places)], places[goal % len(places)]
        if source == goal or len(self.model[source[0]][1]) == 1:
            return
        if not self.window.structure.move([self.id_of(source)], Place(self.id_of(goal), where)):
            return
        taken = self.model[source[0]][1][source[1]]
        there = self.model[goal[0]][1]
        anchor = there[goal[1]]
        self.model[source[0]][1].pop(source[1])
        index = next(number for number, scene in enumerate(there) if scene is anchor)
        there.insert(index + (where is Where.AFTER), taken)

    @rule(which=numbers)
    def split(self, which):
        places = [place for place in self.paragraphs() if place[2] > 0]
        if not places:
            return
        chapter, scene, number = places[which % len(places)]
        paragraphs = self.model[chapter][1][scene]
        self.window.page.go_to(
            Position(self.window.buffer.lines().index(paragraphs[number]), 0), centre=False
        )
        trigger(self.window, "scene_break")
        self.model[chapter][1][scene : scene + 1] = [paragraphs[:number], paragraphs[number:]]

    @rule(which=numbers)
    def merge(self, which):
        places = [place for place in self.scenes() if place[1] + 1 < len(self.model[place[0]][1])]
        if not places:
            return
        chapter, scene = places[which % len(places)]
        if self.window.structure.merge_with_next([self.id_of((chapter, scene))]):
            scenes = self.model[chapter][1]
            scenes[scene : scene + 2] = [scenes[scene] + scenes[scene + 1]]

    @rule(redo=st.booleans())
    def go_back(self, redo):
        before = self.window.buffer.lines()
        trigger(self.window, "redo" if redo else "undo")
        lines = self.window.buffer.lines()
        if lines != before:
            assert tuple(lines) in self.seen, "undo has led to a text that never was"
            self.model = copy_of(self.seen[tuple(lines)])

    @rule()
    def save(self):
        self.window.store.save()
        self.window.store.wait()
        assert self.file.read_text() == "\n".join(self.window.buffer.lines())
        assert not self.window.store.is_modified

    # -- what others do

    @rule(which=numbers)
    def another_program_writes(self, which):
        """It adds a word to a paragraph that the writer has not touched since the last save."""
        on_disk = self.file.read_text().split("\n")
        ours = {p: (c, s, n) for c, s, n in self.paragraphs() for p in [self.model[c][1][s][n]]}
        free = [line for line in on_disk if line in ours]
        if not free:
            return
        line = free[which % len(free)]
        self.made += 1
        changed = f"{line} o{self.made}"
        self.file.write_text("\n".join(changed if each == line else each for each in on_disk))
        self.look()
        chapter, scene, number = ours[line]
        if self.window.store.outside._merge.is_asking:
            # Mine and theirs stand line against line somewhere near; mine stands, and nothing of it is lost.
            self.answer("Keep mine")
        if changed in self.window.buffer.lines():
            self.model[chapter][1][scene][number] = changed

    def remember(self):
        self.seen[tuple(self.window.buffer.lines())] = copy_of(self.model)

    def look(self):
        self.window.store.look()
        self.window.store.outside.wait()
        self.window.store.look()
        self.window.store.outside.wait()

    def answer(self, label):
        bar = self.window.message_bar
        for _ in range(5):
            for button in bar._buttons:
                if button.text().replace("&", "") == label:
                    button.click()
                    return
            bar.dismiss()
        raise AssertionError(f"{label} was not offered")

    # -- what goes wrong

    @rule(dies=st.booleans(), another=st.booleans(), which=numbers)
    @precondition(lambda self: self.lives < 4)
    def restart(self, dies, another, which):
        """The program ends, killed or closed, and is started again; meanwhile another program may have written."""
        self.lives += 1
        before = self.window.buffer.lines()
        if dies:
            self.folders = state_after_crash(self.folders, self.place / f"life {self.lives}")
        else:
            self.save()
        self.end()
        ours = {p: (c, s, n) for c, s, n in self.paragraphs() for p in [self.model[c][1][s][n]]}
        on_disk = self.file.read_text().split("\n")
        free = [line for line in on_disk if line in ours]
        line = free[which % len(free)] if another and free else None
        if line is not None:
            self.made += 1
            self.file.write_text(
                "\n".join(f"{line} o{self.made}" if each == line else each for each in on_disk)
            )
        self.start()
        lines = self.window.buffer.lines()
        if line is None:
            assert lines == before
        elif f"{line} o{self.made}" in lines:
            chapter, scene, number = ours[line]
            self.model[chapter][1][scene][number] = f"{line} o{self.made}"
        self.forget_past()
        if dies and lines != on_disk and line is None:
            self.seen[tuple(on_disk)] = read_chapters(on_disk)  # the restored text is one step of undo
        elif dies:
            now = self.file.read_text().split("\n")
            self.seen[tuple(now)] = read_chapters(now)

    def end(self):
        window, desk = self.window, self.desk
        window.store.wait()
        window.buffer.document.setModified(False)
        window.close()
        desk.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    # -- what must be true

    @invariant()
    def the_text_is_that_of_the_list(self):
        if not hasattr(self, "model"):
            return
        lines = self.window.buffer.lines()
        assert read_chapters(lines) == self.model
        self.remember()

    def teardown(self):
        if hasattr(self, "window"):
            self.end()
        shutil.rmtree(self.place, ignore_errors=True)


@pytest.mark.timeout(0 if FUZZ_FACTOR else 900)
@pytest.mark.parametrize("part", range(4))
def test_the_text_is_that_of_a_plain_list_whatever_happens(qapp, monkeypatch, part):
    monkeypatch.setattr(
        Disk, "sync", lambda self, descriptor: None
    )  # power is not cut here, and it takes most of the time

    class Part(Writer):
        pass

    Part.__name__ = Part.__qualname__ = f"Writer{part}"
    run_state_machine_as_test(
        Part,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.reuse, Phase.generate, *([Phase.shrink] if FUZZ_FACTOR else [])],
            report_multiple_bugs=False,
        ),
    )
