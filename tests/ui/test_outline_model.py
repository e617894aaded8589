"""The outline as a Qt model: always equal to the outline, and never changed from the outside."""

import random

import pytest
from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from editor.manuscript.moves import Place, Where
from editor.manuscript.outline import Outline
from editor.markup.model import Level
from editor.ui.outline_mime import MIME_TYPE, read_mime, write_mime
from editor.ui.outline_model import OutlineModel, Role
from tests.ui.outlines import make_node, outline_of, rows_in, rows_of

BOOK = """
    part One #1
      chap Arrivals #2
        scene The ferry (100) {status: draft} #3
        scene The inn (50) #4
      chap Letters #5
        scene A key (10) {export: no; synopsis: She <b>finds</b> & hides it} #6
    part Two #7
      chap Fire #8
"""
MOVE = Qt.DropAction.MoveAction


@pytest.fixture
def model(qtbot):
    model = OutlineModel()
    # Kept beside the model: a tester that is collected tests nothing.
    model.tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_outline(outline_of(BOOK))
    return model


@pytest.fixture
def asked(model):
    """The moves that the model asked for."""
    moves = []
    model.move_requested.connect(lambda ids, place: moves.append((ids, place)))
    return moves


def hand(model, *ids):
    return model.mimeData([model.index_of(one) for one in ids])


class Watch:
    """What a model told its views, in words."""

    def __init__(self, model):
        self.told = []
        model.rowsInserted.connect(
            lambda _parent, first, last: self.told.append(f"{last - first + 1} inserted")
        )
        model.rowsRemoved.connect(
            lambda _parent, first, last: self.told.append(f"{last - first + 1} removed")
        )
        model.rowsMoved.connect(lambda *_: self.told.append("moved"))
        model.modelReset.connect(lambda: self.told.append("reset"))
        model.dataChanged.connect(lambda first, _last: self.told.append(f"changed {first.data(Role.ID)}"))


def test_the_model_shows_the_tree_of_the_outline(model):
    assert rows_of(model) == rows_in(outline_of(BOOK).roots)


def test_a_row_says_everything_about_its_scene(model):
    ferry, key = model.index_of(3), model.index_of(6)
    assert ferry.data() == "The ferry"
    assert ferry.data(Role.WORDS) == 100
    assert ferry.data(Role.LEVEL) == Level.SCENE
    assert ferry.data(Role.STATUS) == "draft"
    assert ferry.data(Role.IS_EXCLUDED) is False
    assert key.data(Role.IS_EXCLUDED) is True
    assert ferry.data(Qt.ItemDataRole.AccessibleTextRole) == "The ferry, scene, 100 words, status draft"
    assert key.data(Qt.ItemDataRole.AccessibleTextRole) == "A key, scene, 10 words, not exported"


def test_an_untitled_chapter_is_shown_in_words_but_edited_as_nothing(model):
    model.set_outline(outline_of("chap #9"))
    assert model.index_of(9).data() == "Untitled chapter"
    assert model.index_of(9).data(Qt.ItemDataRole.EditRole) == ""


def test_hostile_titles_stay_text_in_the_tooltip(model):
    tooltip = model.index_of(6).data(Qt.ItemDataRole.ToolTipRole)
    assert "She &lt;b&gt;finds&lt;/b&gt; &amp; hides it" in tooltip


def test_nothing_can_be_inserted_removed_or_set_from_outside(model):
    for name in ("insertRows", "removeRows", "moveRows", "setItemData"):
        assert getattr(OutlineModel, name) is getattr(QAbstractItemModel, name)
    assert model.removeRow(0) is False
    assert model.setData(model.index_of(3), "The ferry") is False
    assert rows_of(model) == rows_in(outline_of(BOOK).roots)


def test_editing_a_title_asks_for_a_rename_and_changes_nothing(model, qtbot):
    with qtbot.waitSignal(model.rename_requested) as asked:
        assert model.setData(model.index_of(3), " The last ferry ") is False
    assert asked.args == [3, "The last ferry"]
    assert model.index_of(3).data() == "The ferry"


def test_a_key_press_in_a_scene_touches_the_rows_that_show_its_words(model):
    old = model.outline
    part, rest = old.roots
    chapter = part.children[0]
    scene = make_node(3, Level.SCENE, "The ferry", 101, chapter.children[0].facts)
    chapter = make_node(2, Level.CHAPTER, "Arrivals", 0, (), (scene, chapter.children[1]))
    watch = Watch(model)
    model.set_outline(
        Outline((make_node(1, Level.PART, "One", 0, (), (chapter, part.children[1])), rest), revision=2)
    )
    assert sorted(watch.told) == ["changed 1", "changed 2", "changed 3"]
    watch.told.clear()
    model.set_outline(model.outline)
    assert watch.told == []


def test_a_moved_scene_is_one_moved_row_and_keeps_its_index(model):
    kept = QPersistentModelIndex(model.index_of(3))
    watch = Watch(model)
    model.set_outline(
        outline_of("""
        part One #1
          chap Arrivals #2
            scene The inn (50) #4
          chap Letters #5
            scene A key (10) {export: no; synopsis: She <b>finds</b> & hides it} #6
            scene The ferry (100) {status: draft} #3
        part Two #7
          chap Fire #8
        """)
    )
    assert watch.told.count("moved") == 1
    assert [word for word in watch.told if not word.startswith("changed")] == ["moved"]
    assert kept.isValid()
    assert kept.parent().data(Role.ID) == 5
    assert kept.row() == 1


def test_moving_the_first_of_many_to_the_end_moves_one_row(model):
    rows = [f"scene S{number} #{number}" for number in range(100, 200)]
    model.set_outline(outline_of("chap C #9\n" + "\n".join(rows)))
    watch = Watch(model)
    model.set_outline(outline_of("chap C #9\n" + "\n".join([*rows[1:], rows[0]])))
    assert watch.told == ["moved"]


def test_scenes_of_a_chapter_whose_heading_was_deleted_move_and_stay_the_same_rows(model):
    kept = QPersistentModelIndex(model.index_of(6))
    model.set_outline(
        outline_of("""
        part One #1
          chap Arrivals #2
            scene The ferry (100) {status: draft} #3
            scene The inn (50) #4
            scene A key (10) {export: no} #6
        """)
    )
    assert kept.isValid()
    assert kept.parent().data(Role.ID) == 2
    assert not model.index_of(5).isValid()
    assert not model.index_of(7).isValid()


def test_a_chapter_that_changes_places_with_its_part_is_shown_right_all_the_same(model):
    turned = outline_of("part Letters #5\nchap One #1\nscene A key #6")
    model.set_outline(turned)
    assert rows_of(model) == rows_in(turned.roots)


def changed(tree, choose, fresh):
    """Do one random thing to a mutable tree of [id, level, title, words, children]."""
    everything = list(walk(tree))
    what = choose.choice(["add", "add", "add", "add", "remove", "move", "move", "words", "title", "dissolve"])
    if what == "add" or not everything:
        siblings = choose.choice([tree, *(row[4] for row in everything if row[1] < Level.SCENE)])
        holder = next((row for row in everything if row[4] is siblings), None)
        level = Level.PART if holder is None else Level(holder[1] + 1)
        siblings.insert(choose.randint(0, len(siblings)), [next(fresh), level, "", 0, []])
    elif what == "words":
        choose.choice(everything)[3] += 1
    elif what == "title":
        choose.choice(everything)[2] = f"Title {choose.random():.3f}"
    else:
        row = choose.choice(everything)
        home = next(rows for rows in (tree, *(one[4] for one in everything)) if row in rows)
        home.remove(row)
        if what == "move":
            places = [one[4] for one in walk(tree) if one[1] == row[1] - 1] or [tree]
            place = tree if row[1] is Level.PART else choose.choice(places)
            place.insert(choose.randint(0, len(place)), row)
        elif what == "dissolve":
            peers = [one for one in walk(tree) if one[1] == row[1]]
            if peers:
                choose.choice(peers)[4].extend(row[4])


def walk(tree):
    for row in tree:
        yield row
        yield from walk(row[4])


def frozen(tree, known):
    """The tree as nodes; a subtree that is the same as before is the same object."""
    nodes = []
    for node_id, level, title, words, children in tree:
        node = make_node(node_id, level, title, words, (), frozen(children, known))
        nodes.append(known.setdefault(node, node))
    return tuple(nodes)


@pytest.mark.parametrize("seed", range(5))
def test_after_any_changes_the_model_equals_the_outline(model, seed):
    choose, tree, known, fresh = random.Random(seed), [], {}, iter(range(1, 10_000))
    watch, empty = Watch(model), 0
    for step in range(400):
        for _ in range(choose.choice([1, 1, 1, 3, 10])):
            changed(tree, choose, fresh)
        empty += not model.outline.roots
        outline = Outline(frozen(tree, known), revision=step + 1)
        model.set_outline(outline)
        assert rows_of(model) == rows_in(outline.roots)
        for node in outline.walk():
            index = model.index_of(node.id)
            assert index.data(Role.ID) == node.id
            assert model.parent(index).data(Role.ID) == getattr(outline.parent(node.id), "id", None)
    assert watch.told.count("reset") == empty, "only a tree that was empty starts again"


def test_another_manuscript_starts_anew_in_another_session(model):
    watch, session, data = Watch(model), model.session, hand(model, 3)
    model.set_outline(outline_of(BOOK, revision=0))
    assert watch.told == ["reset"]
    assert model.session != session
    assert model.ids_in_hand(data, is_drop=False) == []


def test_dragged_rows_travel_as_json_in_the_order_of_the_text(model):
    data = hand(model, 6, 3)
    rows = read_mime(data)
    assert data.formats() == [MIME_TYPE]
    assert rows.ids == (3, 6)
    assert rows.session == model.session
    assert read_mime(hand(model, 2, 3, 4)).ids == (2,), "a chapter takes its scenes along"


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"session": 1, "revision": 0, "ids": "3"}',
        b'{"ids": [1]}',
        b"\xff" * 9,
        b"[" * 9999,
    ],
)
def test_broken_data_is_refused_quietly(model, asked, text):
    data = QMimeData()
    data.setData(MIME_TYPE, text)
    assert read_mime(data) is None
    assert not model.canDropMimeData(data, MOVE, 0, 0, QModelIndex())
    assert model.dropMimeData(data, MOVE, 0, 0, QModelIndex()) is False
    assert asked == []


def test_rows_of_another_window_a_stale_outline_or_a_lost_scene_are_refused(model, asked):
    chapter = model.index_of(5)
    foreign = write_mime("another window", 0, [3])
    stale = hand(model, 3)
    lost = write_mime(model.session, 2, [3, 99])
    model.set_outline(outline_of(BOOK, revision=2))
    for data in (foreign, stale, lost, QMimeData()):
        assert not model.canDropMimeData(data, MOVE, -1, 0, chapter)
        assert model.dropMimeData(data, MOVE, -1, 0, chapter) is False
    assert asked == []
    assert model.ids_in_hand(stale, is_drop=False) == [3], "what was cut may be pasted after more typing"


def test_a_drop_asks_for_a_move_and_answers_false_so_that_qt_removes_nothing(model, asked):
    assert model.canDropMimeData(hand(model, 3), MOVE, -1, 0, model.index_of(5))
    assert model.dropMimeData(hand(model, 3), MOVE, -1, 0, model.index_of(5)) is False
    assert asked == [([3], Place(5, Where.INTO))]
    assert rows_of(model) == rows_in(outline_of(BOOK).roots)


def test_a_drop_never_copies(model, asked):
    assert model.supportedDropActions() == MOVE
    assert not model.canDropMimeData(hand(model, 3), Qt.DropAction.CopyAction, -1, 0, model.index_of(5))


@pytest.mark.parametrize(
    "ids, row, parent, place",
    [
        ([3], 2, 2, Place(4, Where.AFTER)),  # between rows: after the one above
        ([6], 0, 2, Place(3, Where.BEFORE)),
        ([6], 1, 2, Place(4, Where.BEFORE)),
        ([3], 0, 8, Place(8, Where.INTO)),  # a chapter without scenes
        ([6], -1, 2, Place(2, Where.INTO)),  # on a chapter: at its end
        ([3], 1, 1, Place(4, Where.AFTER)),  # between two chapters: the end of the first
        ([3], -1, 7, Place(8, Where.INTO)),  # on a part: the end of its last chapter
        ([3], -1, None, Place(8, Where.INTO)),  # below everything: the end of the last chapter
        ([2], 1, 7, Place(8, Where.AFTER)),
        ([8], 0, 1, Place(2, Where.BEFORE)),
        ([8], -1, 1, Place(1, Where.INTO)),
        ([7], 0, None, Place(1, Where.BEFORE)),
        ([4, 6], 0, 2, Place(3, Where.BEFORE)),
        ([3], 0, 2, None),  # where it stands
        ([3], 1, 2, None),
        ([4], -1, 2, None),
        ([2], -1, 2, None),  # on itself
        ([2], 0, 2, None),  # into its own scenes
        ([1], 0, 2, None),
        ([3, 8], -1, 5, None),  # a scene and a chapter have no common place
    ],
)
def test_qt_s_rows_and_parents_become_the_place_a_writer_means(model, asked, ids, row, parent, place):
    data, index = hand(model, *ids), model.index_of(parent)
    assert model.canDropMimeData(data, MOVE, row, 0, index) is (place is not None)
    model.dropMimeData(data, MOVE, row, 0, index)
    assert asked == ([] if place is None else [(ids, place)])
