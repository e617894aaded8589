"""The outline over a real text: what a drop asks for is done in the text, and the rows follow."""

import random

import pytest
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester

from editor.app.resources import sample_path
from editor.errors import InputError
from editor.manuscript.edits import apply_edits
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.moves import Where, move_nodes
from editor.markup.model import Level
from editor.ui.outline_model import OutlineModel
from editor.ui.outline_places import place_near
from editor.ui.outline_projection import project, walk_rows
from tests.ui.outlines import rows_in, rows_of

TEXT = """# One

It begins.

* * *

It goes on.

# Two

Somebody *comes*.

* * *

Somebody goes.

* * *

[[status: draft]]
Nobody is left.

# Three

It ends."""


class Desk:
    """A text, its outline in a model, and drops that are carried out at once."""

    def __init__(self, lines):
        self.manuscript = Manuscript(lines)
        self.model = OutlineModel()
        self.tester = QAbstractItemModelTester(
            self.model, QAbstractItemModelTester.FailureReportingMode.Fatal
        )
        self.model.set_outline(self.manuscript.outline)
        self.model.move_requested.connect(self.move)

    @property
    def lines(self):
        return list(self.manuscript.text.lines)

    def move(self, ids, place):
        self.replace(apply_edits(self.lines, move_nodes(self.manuscript, ids, place)))

    def replace(self, lines):
        self.manuscript.replace_lines(0, len(self.lines), lines)
        self.model.set_outline(self.manuscript.outline)

    def drop(self, ids, target, fraction):
        """Drop rows at a height of another row, as the view does; return whether anything was asked for."""
        place = place_near(self.manuscript.outline, ids, target, fraction, is_open=True)
        self.model.request_move(ids, place)
        return place is not None

    def node(self, title):
        return next(node for node in self.manuscript.outline.walk() if node.title.startswith(title))

    def titles(self):
        return [node.title for node in self.manuscript.outline.walk()]


@pytest.fixture
def desk(qapp):
    return Desk(TEXT.split("\n"))


def test_a_dropped_scene_stands_where_the_line_was(desk):
    assert desk.drop([desk.node("Nobody").id], desk.node("It begins").id, 0.1)
    assert desk.titles()[:3] == ["One", "Nobody is left.", "It begins."]
    assert rows_of(desk.model) == rows_in(desk.manuscript.outline.roots)


def test_there_and_back_by_mouse_restores_every_line(desk):
    scene = desk.node("Nobody").id
    kept = QPersistentModelIndex(desk.model.index_of(scene))
    desk.drop([scene], desk.node("It begins").id, 0.1)
    assert kept.isValid(), "a moved scene stays the same row, so that it stays selected"
    desk.drop([desk.node("Nobody").id], desk.node("Somebody goes").id, 0.9)
    assert "\n".join(desk.lines) == TEXT


@pytest.mark.parametrize("seed", range(3))
def test_after_any_drops_the_rows_are_those_of_the_text_and_no_paragraph_is_lost(desk, seed):
    choose, words = random.Random(seed), desk.manuscript.outline.words
    paragraphs = sorted(line for line in desk.lines if line and line != "* * *")
    for _ in range(40):
        level = choose.choice([Level.SCENE, Level.SCENE, Level.CHAPTER])
        nodes = list(desk.manuscript.outline.walk())
        peers = [node.id for node in nodes if node.level is level]
        ids = choose.sample(peers, min(len(peers), choose.choice([1, 1, 2])))
        desk.drop(ids, choose.choice(nodes).id, choose.random())
        assert rows_of(desk.model) == rows_in(desk.manuscript.outline.roots)
        assert desk.manuscript.outline.words == words
        assert sorted(line for line in desk.lines if line and line != "* * *") == paragraphs


@pytest.mark.parametrize("name", ["chapter-six.txt", "die-haltestelle.txt", "welcome.txt"])
def test_the_samples_are_shown_as_their_outline_says(qapp, name):
    desk = Desk(sample_path(name).read_text(encoding="utf-8").split("\n"))
    assert rows_of(desk.model) == rows_in(desk.manuscript.outline.roots)
    assert desk.titles()


FOLDER = """\
\rone.txt
# One

It begins.

* * *

It goes on.
\rtwo.txt
Nobody has a heading.

* * *

Nobody misses it.
\rthree.txt
# Three

Somebody comes.

# Four

Somebody goes.
\rfour.txt

\rcuts.txt
Gone for good."""


@pytest.fixture
def folder(qapp):
    return Desk(FOLDER.split("\n"))


@pytest.mark.parametrize("seed", range(6))
def test_after_any_drops_in_a_folder_every_row_stands_where_the_mark_was(folder, seed):
    choose = random.Random(seed)
    paragraphs = sorted(line for line in folder.lines if line and line != "* * *")
    done = 0
    for _ in range(60):
        level = choose.choice([Level.SCENE, Level.SCENE, Level.CHAPTER, Level.FILE])
        rows = list(walk_rows(folder.model.rows))
        peers = [row.id for row in rows if row.level is level]
        if not peers:
            continue
        ids = [choose.choice(peers)]
        target, fraction = choose.choice(rows).id, choose.random()
        place = place_near(folder.manuscript.outline, ids, target, fraction, is_open=choose.random() < 0.8)
        try:
            folder.model.request_move(ids, place)
        except InputError:  # what cannot be written so is refused in words
            continue
        if place is not None:
            done += 1
            check_stands_at(folder, ids[0], place)
        assert rows_of(folder.model) == rows_in(project(folder.manuscript.outline))
        assert sorted(line for line in folder.lines if line and line != "* * *") == paragraphs
    assert done > 5


def check_stands_at(desk, moved, place):
    """The row that was dropped stands beside the target of its place, or is the last one inside."""
    outline = desk.manuscript.outline
    if moved not in outline or place.target not in outline:
        return  # a chapter without heading that became one with another is told apart by nothing
    if place.where is Where.INTO:
        paths = outline.paths()
        inside, holder = paths[moved], paths[place.target]
        assert inside[: len(holder)] == holder
        assert outline.siblings(moved)[-1].id == moved
    else:
        siblings = [node.id for node in outline.siblings(place.target)]
        step = -1 if place.where is Where.BEFORE else 1
        assert siblings[siblings.index(place.target) + step] == moved
