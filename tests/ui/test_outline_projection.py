"""From the outline of a folder to its rows: one for each chapter file, and no scene lost or shown twice."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from PySide6.QtTest import QAbstractItemModelTester

from editor.errors import InputError
from editor.manuscript.chapter_files import join_with_next, split_file
from editor.manuscript.edits import Position
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.moves import move_nodes
from editor.markup.lines import BOUNDARY
from editor.markup.model import Level
from editor.ui.outline_model import OutlineModel
from editor.ui.outline_projection import (
    RowKind,
    kind_of,
    label_from,
    project,
    row_id_of,
    start_of,
    walk_rows,
)
from tests.manuscript.folders import folders
from tests.manuscript.test_folder_laws import draw_move
from tests.ui.outlines import outline_of, rows_in, rows_of

BOOK = """
    file one.txt #1
      chap Arrivals #2
        scene The ferry (100) #3
        scene The inn (50) #4
    file two.txt #5
      chap #6
        scene A key (10) #7
    file three.txt #8
      chap Fire #9
        scene Smoke #10
      chap Ash #11
    file four.txt #12
    file five.txt #13
      part Late #14
        chap Snow #15
    file cuts.txt #16
      chap #17
        scene Gone (5) #18
      chap Also gone #19
        scene Lost #20
"""


def drawn(rows, depth=0):
    """The rows as text: indent, kind, title and id."""
    lines = []
    for row in rows:
        lines.append(f"{'  ' * depth}{kind_of(row).value} {row.title} {row.id}")
        lines += drawn(row.children, depth + 1)
    return lines


def test_each_chapter_file_is_one_row_and_the_cuts_are_the_last():
    assert drawn(project(outline_of(BOOK))) == [
        "chapter Arrivals 1",
        "  scene The ferry 3",
        "  scene The inn 4",
        "chapter two 5",
        "  scene A key 7",
        "file three.txt 8",
        "  chapter Fire 9",
        "    scene Smoke 10",
        "  chapter Ash 11",
        "empty file four.txt 12",
        "file five.txt 13",
        "  part Late 14",
        "    chapter Snow 15",
        "cuts Cuts 16",
        "  scene Gone 18",
        "  chapter Also gone 19",
        "    scene Lost 20",
    ]


def test_a_manuscript_of_one_file_has_the_rows_of_its_outline():
    outline = outline_of("chap One #1\nscene A #2\nchap #3\nscene B #4")
    assert project(outline) is outline.roots
    assert row_id_of(outline, 3) == 3


@pytest.mark.parametrize(
    ("node", "row"), [(2, 1), (1, 1), (3, 3), (6, 5), (9, 9), (15, 15), (17, 16), (19, 19)]
)
def test_a_chapter_without_a_row_is_shown_by_its_file(node, row):
    assert row_id_of(outline_of(BOOK), node) == row


@pytest.mark.parametrize(
    ("row", "start"), [(1, 2), (5, 6), (8, 9), (12, 12), (13, 14), (16, 17), (3, 3), (9, 9)]
)
def test_a_row_leads_to_where_its_text_starts(row, start):
    rows = {each.id: each for each in walk_rows(project(outline_of(BOOK)))}
    assert start_of(rows[row]) == start


@pytest.mark.parametrize(
    ("typed", "label", "meant"),
    [
        ("four", "one.txt", "four.txt"),
        ("Dr. Who", "one.txt", "Dr. Who.txt"),
        ("four.TXT", "one.txt", "four.TXT"),
        ("four.md", "one.txt", "four.md"),
        ("four", "README", "four"),
    ],
)
def test_a_name_typed_without_its_ending_keeps_the_ending(typed, label, meant):
    assert label_from(typed, label) == meant


def scenes_among(rows):
    return [row.id for row in walk_rows(rows) if row.level is Level.SCENE]


def check_rows(outline, rows):
    assert scenes_among(rows) == [node.id for node in outline.scenes()]
    ids = [row.id for row in walk_rows(rows)]
    assert len(ids) == len(set(ids))
    assert {row_id_of(outline, node.id) for node in outline.walk()} == set(ids)
    for row in walk_rows(rows):
        first = row.children[0].id if row.children else None
        assert row_id_of(outline, start_of(row)) in {row.id, first}
    for node in outline.files:
        assert sum(row.id == node.id for row in rows) == 1


FILTERS = [HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


@settings(max_examples=60, suppress_health_check=FILTERS, deadline=None)
@given(folders())
def test_every_scene_has_one_row_in_the_order_of_the_text(manuscript):
    check_rows(manuscript.outline, project(manuscript.outline))


def edited(manuscript, data):
    """Change the manuscript in one of the ways a writer does; return whether anything came of it."""
    outline, lines = manuscript.outline, manuscript.text.lines
    what = data.draw(st.sampled_from(["move", "split", "join", "heading", "break", "take"]))
    try:
        if what == "move":
            manuscript.apply(move_nodes(manuscript, *draw_move(data, outline)))
        elif what == "split":
            line = data.draw(st.integers(0, len(lines) - 1))
            manuscript.apply(split_file(manuscript, Position(line, 0), f"new-{outline.revision}.txt"))
        elif what == "join":
            manuscript.apply(join_with_next(manuscript, data.draw(st.sampled_from(outline.files))))
        else:
            places = [n for n, line in enumerate(lines) if not line.startswith(BOUNDARY)]
            line = data.draw(st.sampled_from(places))
            new = {"heading": ["", "", "Chapter 99", ""], "break": ["", "* * *", ""], "take": []}[what]
            if what == "take" and len(places) < len(lines) - len(outline.files) + 1:
                return
            manuscript.replace_lines(line, int(what == "take"), new or [""])
    except InputError:
        assume(what != "join")


@settings(max_examples=80, suppress_health_check=FILTERS, deadline=None)
@given(manuscript=folders(), data=st.data())
def test_after_any_edits_the_model_has_the_rows_of_a_new_one(qapp, manuscript, data):
    model = OutlineModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_outline(manuscript.outline)
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    for _ in range(data.draw(st.integers(1, 4))):
        edited(manuscript, data)
        model.set_outline(manuscript.outline)
        fresh = project(manuscript.outline)
        check_rows(manuscript.outline, fresh)
        assert rows_of(model) == rows_in(fresh)
        for row in walk_rows(fresh):
            shown = model.node_of(model.index_of(row.id))
            assert kind_of(shown) is kind_of(row)
            assert start_of(shown) == start_of(row)
    assert not resets
    del tester


def folder(*lines):
    return Manuscript(lines)


def told_by(model):
    told = []
    model.rowsInserted.connect(lambda _parent, first, last: told.append(f"{last - first + 1} inserted"))
    model.rowsRemoved.connect(lambda _parent, first, last: told.append(f"{last - first + 1} removed"))
    model.rowsMoved.connect(lambda *_: told.append("moved"))
    model.modelReset.connect(lambda: told.append("reset"))
    return told


def test_a_new_break_in_a_chapter_file_is_one_new_row(qapp):
    manuscript = folder("\rone.txt", "# One", "", "It rains.", "", "Still.", "\rtwo.txt", "# Two", "", "Sun.")
    model = OutlineModel()
    model.set_outline(manuscript.outline)
    told = told_by(model)
    manuscript.replace_lines(4, 1, ["", "* * *", ""])
    model.set_outline(manuscript.outline)
    assert told == ["1 inserted"]


def test_a_file_that_goes_from_one_chapter_to_two_and_back_keeps_its_rows_of_scenes(qapp):
    manuscript = folder(
        "\rone.txt", "# One", "", "It rains.", "", "* * *", "", "Still.", "\rtwo.txt", "# Two", "", "Sun."
    )
    model = OutlineModel()
    model.set_outline(manuscript.outline)
    scenes, file = scenes_among(model.rows), model.rows[0].id
    manuscript.replace_lines(5, 1, ["# And one more"])
    model.set_outline(manuscript.outline)
    assert [kind_of(row) for row in model.rows] == [RowKind.FILE, RowKind.CHAPTER]
    assert [model.index_of(one).parent().parent().internalId() for one in scenes[:2]] == [file, file]
    manuscript.replace_lines(5, 1, ["* * *"])
    model.set_outline(manuscript.outline)
    assert scenes_among(model.rows) == scenes
    assert [kind_of(row) for row in model.rows] == [RowKind.CHAPTER, RowKind.CHAPTER]
    assert model.index_of(scenes[0]).parent() == model.index_of(file)


def test_rows_of_files_that_an_edit_does_not_touch_stay_the_same_objects():
    manuscript = folder("\rone.txt", "# One", "", "It rains.", "\rtwo.txt", "# Two", "", "Sun.")
    before = project(manuscript.outline)
    manuscript.replace_lines(3, 1, ["It rained."])
    after = project(manuscript.outline, before)
    assert after[0] is not before[0]
    assert after[1] is before[1]
