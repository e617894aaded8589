"""A thousand steps by chance on a folder of chapters, held against a plain list of scenes that knows nothing of the program."""

import random

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.manuscript.edits import Position
from editor.manuscript.moves import Place, Where
from tests.conftest import FUZZ_FACTOR
from tests.journeys.conftest import opened
from tests.journeys.folders import ENCODINGS, file_id, files_in, look, make_book, save
from tests.journeys.test_writing import trigger

STEPS = 1000
SEEDS = range(1 + 4 * FUZZ_FACTOR)
BREAK = "* * *"

Scene = list[str]  # its paragraphs
Model = list[tuple[str, list[Scene]]]  # label and scenes of each file


def read_scenes(lines: list[str]) -> list[Scene]:
    """Read the scenes of a file by the simplest rules that its writer kept to."""
    scenes: list[Scene] = [[]]
    for line in lines:
        if line == BREAK or line.startswith("Chapter "):
            scenes.append([])
        elif line:
            scenes[-1].append(line)
    return [scene for scene in scenes if scene]


def read_model(window) -> Model:
    return [(label, read_scenes(lines)) for label, lines in files_in(window).items()]


def copy_of(model: Model) -> Model:
    return [(label, [list(scene) for scene in scenes]) for label, scenes in model]


class Session:
    """A writer with dice, and the list that says what must be in the window."""

    def __init__(self, make_desk, qtbot, book, seed):
        self.make_desk, self.qtbot, self.book = make_desk, qtbot, book
        self.dice = random.Random(seed)
        self.made = 0
        self.counts: dict[str, int] = {}
        self.open()

    def open(self):
        self.window = opened(self.make_desk(self.book), self.qtbot)
        self.window.store.folder.discard = lambda path: path.unlink()
        self.model = read_model(self.window)
        self.seen = {tuple(self.window.buffer.lines()): copy_of(self.model)}

    def step(self):
        actions = [
            *[self.type, self.move, self.move, self.paragraph, self.split, self.merge, self.undo, self.redo],
            *[self.save, self.outside, self.reorder, self.rename, self.cut],
            *[self.split_file, self.join_files, self.remove_file],
        ]
        if self.dice.random() < 0.01:
            actions = [self.restart]
        action = self.dice.choice(actions)
        self.counts[action.__name__] = self.counts.get(action.__name__, 0) + 1
        action()
        assert read_model(self.window) == self.model, action.__name__
        self.seen[tuple(self.window.buffer.lines())] = copy_of(self.model)

    # -- places

    def places(self):
        return [(file, scene) for file, (_, scenes) in enumerate(self.model) for scene in range(len(scenes))]

    def scene(self, place) -> Scene:
        return self.model[place[0]][1][place[1]]

    def id_of(self, place) -> int:
        """Return the id of a scene by where it stands, counted in the outline."""
        label = self.model[place[0]][0]
        outline = self.window.buffer.manuscript.outline
        file = next(node for node in outline.files if node.title == label)
        scenes = [scene for chapter in file.children for scene in chapter.children]
        assert len(scenes) == len(self.model[place[0]][1])
        return scenes[place[1]].id

    def line_of(self, paragraph: str) -> int:
        return self.window.buffer.lines().index(paragraph)

    # -- what a writer does

    def type(self):
        place = self.dice.choice(self.places())
        scene = self.scene(place)
        index = self.dice.randrange(len(scene))
        line = self.line_of(scene[index])
        self.window.page.go_to(Position(line, len(scene[index])), centre=False)
        word = self.dice.choice([" rain", " *so*", " -- no"])
        QTest.keyClicks(self.window.page, word)
        scene[index] += word

    def paragraph(self):
        place = self.dice.choice(self.places())
        scene = self.scene(place)
        index = self.dice.randrange(len(scene))
        self.window.page.go_to(Position(self.line_of(scene[index]), len(scene[index])), centre=False)
        self.made += 1
        text = f"Written {self.made} times, and never the same."
        QTest.keyClicks(self.window.page, "\r\r" + text)
        scene.insert(index + 1, text)

    def move(self):
        places = self.places()
        source = self.dice.choice(places)
        target = self.dice.choice(places)
        where = self.dice.choice([Where.BEFORE, Where.AFTER])
        if source == target:
            return
        ids = self.id_of(source), self.id_of(target)
        before = self.window.buffer.lines()
        self.window.structure.move([ids[0]], Place(ids[1], where))
        if self.window.buffer.lines() == before and read_model(self.window) == self.model:
            return
        moved = self.model[source[0]][1].pop(source[1])
        at = target[1] - (source[0] == target[0] and source[1] < target[1])
        self.model[target[0]][1].insert(at + (where is Where.AFTER), moved)

    def split(self):
        long = [place for place in self.places() if len(self.scene(place)) > 1]
        if not long:
            return
        place = self.dice.choice(long)
        scene = self.scene(place)
        index = self.dice.randrange(1, len(scene))
        self.window.page.go_to(Position(self.line_of(scene[index]), 0), centre=False)
        trigger(self.window, "scene_break")
        self.model[place[0]][1][place[1] : place[1] + 1] = [scene[:index], scene[index:]]

    def merge(self):
        place = self.dice.choice(self.places())
        scenes = self.model[place[0]][1]
        if place[1] + 1 < len(scenes) and self.window.structure.merge_with_next([self.id_of(place)]):
            scenes[place[1] : place[1] + 2] = [scenes[place[1]] + scenes[place[1] + 1]]

    def undo(self):
        for _ in range(20):
            trigger(self.window, "undo")
            if tuple(self.window.buffer.lines()) in self.seen:
                break
        self.model = copy_of(self.seen[tuple(self.window.buffer.lines())])

    def redo(self):
        for _ in range(20):
            trigger(self.window, "redo")
            if tuple(self.window.buffer.lines()) in self.seen:
                break
        self.model = copy_of(self.seen[tuple(self.window.buffer.lines())])

    def reorder(self):
        files = [place for place, (label, _) in enumerate(self.model) if label != "cuts.txt"]
        if len(files) < 2:
            return
        source, target = self.dice.sample(files, 2)
        ids = [file_id(self.window, self.model[place][0]) for place in (source, target)]
        if self.window.structure.move([ids[0]], Place(ids[1], Where.BEFORE)):
            moved = self.model.pop(source)
            self.model.insert(target - (source < target), moved)

    def rename(self):
        place = self.dice.choice([i for i, (label, _) in enumerate(self.model) if label != "cuts.txt"])
        self.made += 1
        name = f"renamed {self.made}.txt"
        assert self.window.chapters.rename(file_id(self.window, self.model[place][0]), name)
        self.model[place] = (name, self.model[place][1])

    def cut(self):
        place = self.dice.choice([p for p in self.places() if self.model[p[0]][0] != "cuts.txt"] or [None])
        if place is None or not self.window.chapters.cut_scenes([self.id_of(place)]):
            return
        if self.model[-1][0] != "cuts.txt":
            self.model.append(("cuts.txt", []))
        self.model[-1][1].append(self.model[place[0]][1].pop(place[1]))

    def split_file(self):
        place = self.dice.choice([p for p in self.places() if self.model[p[0]][0] != "cuts.txt"] or [None])
        if place is None:
            return
        label, scenes = self.model[place[0]]
        scene = scenes[place[1]]
        index = self.dice.randrange(len(scene))
        self.window.page.go_to(Position(self.line_of(scene[index]), 0), centre=False)
        self.made += 1
        name = f"split {self.made}.txt"
        self.window.chapters.ask_name = lambda *_: name
        if self.window.chapters.split():
            above = [*scenes[: place[1]], *([scene[:index]] if index else [])]
            self.model[place[0] : place[0] + 1] = [
                (label, above),
                (name, [scene[index:], *scenes[place[1] + 1 :]]),
            ]

    def join_files(self):
        if len(self.model) < 5:
            return
        place = self.dice.randrange(len(self.model) - 1)
        if self.window.chapters.join(file_id(self.window, self.model[place][0])):
            (label, scenes), (_, more) = self.model[place : place + 2]
            self.model[place : place + 2] = [(label, scenes + more)]

    def remove_file(self):
        files = [place for place, (label, _) in enumerate(self.model) if label != "cuts.txt"]
        if len(files) < 5:
            return
        place = self.dice.choice(files)
        if self.window.chapters.remove(file_id(self.window, self.model[place][0])):
            del self.model[place]

    def save(self):
        save(self.window)
        assert not self.window.store.is_modified
        on_disk = {
            path.name: path.read_bytes()
            for path in self.book.iterdir()
            if path.suffix == ".txt" and not path.name.startswith(".")
        }
        assert set(on_disk) == {label for label, _ in self.model}
        for label, scenes in self.model:
            text = self.decode(on_disk[label]).replace("\r\n", "\n")
            assert read_scenes(text.split("\n")) == scenes

    def outside(self):
        """Another program adds a word to a saved file, and the window looks."""
        self.save()
        place = self.dice.choice(self.places())
        scene = self.scene(place)
        index = self.dice.randrange(len(scene))
        path = self.book / self.model[place[0]][0]
        data = path.read_bytes()
        encoding = next(e for e in ("utf-8", "cp1252") if self.can_decode(data, e))
        old = scene[index].encode(encoding)
        assert data.count(old) >= 1
        ends = [end for end in (b"\r\n", b"\n") if old + end in data]
        if not ends:
            return
        path.write_bytes(data.replace(old + ends[0], old + b" (theirs)" + ends[0], 1))
        look(self.window)
        scene[index] += " (theirs)"

    def restart(self):
        self.save()
        self.window.close()
        QApplication.processEvents()
        model = copy_of(self.model)
        self.open()
        assert self.model == model

    def can_decode(self, data, encoding):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            return False
        return True

    def decode(self, data):
        return data.decode("utf-8-sig" if self.can_decode(data, "utf-8") else "cp1252")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_thousand_steps_leave_every_scene_where_the_list_has_it(make_desk, qtbot, tmp_path, seed):
    assert len(ENCODINGS) == 3
    book = make_book(tmp_path / "book", chapters=6, scenes=3)
    session = Session(make_desk, qtbot, book, f"folder {seed}")
    for _ in range(STEPS):
        session.step()
    session.save()
    assert all(
        session.counts.get(name, 0) > 3
        for name in ("type", "move", "split", "merge", "undo", "outside", "split_file", "join_files")
    )
