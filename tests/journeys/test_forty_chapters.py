"""A book of forty chapters in three encodings: a scene is carried from chapter 2 to 30, and only those two files change."""

import difflib

import pytest
from PySide6.QtTest import QTest

from editor.manuscript.moves import Place, Where
from tests.journeys.conftest import opened
from tests.journeys.folders import ENCODINGS, bytes_of, files_in, make_book, save, scene_id
from tests.journeys.test_writing import trigger


@pytest.fixture
def book(tmp_path):
    return make_book(tmp_path / "book", chapters=40)


def drag(window, title, target):
    """Drop the row of one scene behind that of another, as the mouse does: at the lower part of its row."""
    view, model = window.outline.view, window.outline.model
    index = model.index_of(scene_id(window, target))
    view.expand(index.parent())
    view.scrollTo(index)
    QTest.qWait(20)
    row = view.visualRect(index)
    point = row.center()
    point.setY(row.bottom() - 2)
    ids = [scene_id(window, title)]
    assert view.drag.move(ids, point)
    assert view.drag.drop(ids, point)


def lines_that_differ(before: bytes, after: bytes) -> list[str]:
    found = difflib.ndiff(before.decode("latin-1").split("\n"), after.decode("latin-1").split("\n"))
    return [line[2:].strip() for line in found if line[0] in "+-"]


def test_only_two_files_change_and_only_the_lines_of_the_scene(make_desk, book, qtbot):
    window = opened(make_desk(book), qtbot)
    before = bytes_of(book)
    encodings = {window.store.folder.files.stored(label).decoded.encoding for label in files_in(window)}
    assert encodings == set(ENCODINGS)
    assert len(files_in(window)) == 40
    drag(window, "Piece 2.2", "Piece 30.1")
    moved = window.buffer.lines()
    trigger(window, "undo")
    save(window)
    assert bytes_of(book) == before
    trigger(window, "redo")
    assert window.buffer.lines() == moved
    save(window)
    after = bytes_of(book)
    assert [name for name in before if before[name] != after[name]] == ["chapter 2.txt", "chapter 30.txt"]
    assert before.keys() == after.keys()
    for name in ("chapter 2.txt", "chapter 30.txt"):
        scene = "Piece 2.2 happens in the caf"
        assert all(
            line in {"", "* * *"} or line.startswith(scene)
            for line in lines_that_differ(before[name], after[name])
        )
    words = sum((after[name].count(b"Piece") for name in after), 0)
    assert words == 120
    trigger(window, "undo")
    save(window)
    assert bytes_of(book) == before


def test_a_chapter_is_carried_into_another_file_with_all_its_scenes_and_back(make_desk, book, qtbot):
    window = opened(make_desk(book), qtbot)
    before = bytes_of(book)
    outline = window.buffer.manuscript.outline
    chapter = next(node for node in outline.chapters() if node.title == "Chapter 7")
    target = next(node for node in outline.chapters() if node.title == "Chapter 12")
    assert window.structure.move([chapter.id], Place(target.id, Where.AFTER))
    assert files_in(window)["chapter 7.txt"] == [""]
    save(window)
    assert bytes_of(book)["chapter 12.txt"].count(b"Piece") == 6
    trigger(window, "undo")
    save(window)
    assert bytes_of(book) == before
