"""The history of a manuscript in the window: looked at, taken back, named; scenes brought back; each one undo step."""

import time

import pytest
from PySide6.QtWidgets import QTreeWidget

from editor.manuscript.edits import Position, TextEdit
from editor.manuscript.word_changes import Fate
from editor.storage.history import History, histories
from editor.ui.command_palette import CommandPalette
from tests.journeys.conftest import opened

ONE = "The storm came at noon and took the roof of the old boat house with it."
TWO = "In the morning the keeper found a shoe on the stairs, and it was not his."
THREE = "Nobody in the village had ever owned a shoe like that one, said the baker."
BOOK = f"# One\n\n{ONE}\n\n* * *\n\n{TWO}\n\n* * *\n\n{THREE}\n"


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.txt"
    path.write_text(BOOK)
    return path


@pytest.fixture
def window(make_desk, book, qtbot):
    return opened(make_desk(book), qtbot)


def settle(window, qtbot):
    """Wait until all that goes on in the background for the history has ended."""
    window.store.wait()
    window.history.recorder.wait()
    qtbot.waitUntil(lambda: not window.history.is_busy and not window.history.shelf.is_busy, timeout=20_000)


def replace(window, old, new):
    """Change a text of one line, as typing does."""
    lines = window.buffer.lines()
    line = next(number for number, text in enumerate(lines) if old in text)
    column = lines[line].index(old)
    window.buffer.apply([TextEdit(Position(line, column), Position(line, column + len(old)), new)])


def save(window, qtbot):
    window.store.save()
    settle(window, qtbot)


def show(window, qtbot):
    window.commands["history"].trigger()
    settle(window, qtbot)
    return window.history.panel


def rows(panel):
    return [panel.list.item(row).text() for row in range(panel.list.count())]


def text_of(window):
    return "\n".join(window.buffer.lines())


def choose_first(window, qtbot):
    palette = next(each for each in window.findChildren(CommandPalette) if each.isVisible())
    found = palette.findChild(QTreeWidget, "paletteList").topLevelItem(0).text(0)
    palette._choose()
    settle(window, qtbot)
    return found


def test_what_was_opened_and_each_save_are_versions_to_the_byte(window, book, folders, qtbot):
    settle(window, qtbot)
    replace(window, "noon", "midnight")
    save(window, qtbot)
    history = History(folders.history, book)
    assert [version.reason for version in history.versions()] == ["saved", "opened"]
    assert [history.read(version)["book.txt"] for version in history.versions()] == [
        book.read_bytes(),
        BOOK.encode(),
    ]
    assert sorted(path.name for path in book.parent.iterdir() if path.name != "state") == ["book.txt"]


def test_saving_without_a_change_makes_no_version(window, book, folders, qtbot):
    save(window, qtbot)
    save(window, qtbot)
    assert len(History(folders.history, book).versions()) == 1


def test_the_panel_lists_versions_with_what_came_and_went(window, qtbot):
    replace(window, "noon", "the stroke of midnight")
    save(window, qtbot)
    panel = show(window, qtbot)
    first, second = rows(panel)
    assert first.startswith("Today ")
    assert first.endswith("+4 −1 words")
    assert "as it was opened" in second


def test_a_version_is_compared_by_words_with_the_text_now_or_the_one_before(window, qtbot):
    replace(window, "noon", "midnight")
    save(window, qtbot)
    replace(window, "shoe on", "boot on")
    panel = show(window, qtbot)
    assert changes(panel) == [(Fate.REMOVED, "shoe"), (Fate.ADDED, "boot")]
    panel.against_box.setCurrentIndex(1)
    settle(window, qtbot)
    assert changes(panel) == [(Fate.REMOVED, "noon"), (Fate.ADDED, "midnight")]
    panel.list.setCurrentRow(1)
    settle(window, qtbot)
    assert [fate for fate, _text in changes(panel)] == [Fate.REMOVED, Fate.ADDED] or [
        fate for fate, _text in changes(panel)
    ] == [Fate.ADDED]


def changes(panel):
    return [
        (piece.fate, piece.text) for piece in panel.diff._pieces if piece.fate in {Fate.ADDED, Fate.REMOVED}
    ]


def test_what_came_and_went_is_told_apart_without_colours(window, qtbot):
    replace(window, "noon", "midnight")
    panel = show(window, qtbot)
    document = panel.diff.document()
    for word, is_struck in (("noon", True), ("midnight", False)):
        form = document.find(word).charFormat()
        assert form.fontStrikeOut() is is_struck
        assert form.fontUnderline() is not is_struck


def test_restoring_a_version_is_one_undo_step_and_writes_nothing(window, book, qtbot):
    settle(window, qtbot)
    replace(window, "noon", "midnight")
    replace(window, "shoe on", "boot on")
    save(window, qtbot)
    saved = book.read_bytes()
    panel = show(window, qtbot)
    panel.list.setCurrentRow(1)
    settle(window, qtbot)
    panel.restore_button.click()
    settle(window, qtbot)
    assert text_of(window) == BOOK
    assert book.read_bytes() == saved
    assert window.store.is_modified
    window.commands["undo"].trigger()
    assert text_of(window).encode() == saved


def test_the_past_of_a_scene_is_followed_through_moves_and_rewriting(window, qtbot):
    settle(window, qtbot)
    replace(window, "a shoe on the stairs", "a boot on the stairs")
    save(window, qtbot)
    replace(window, ONE, "Something else was here, of which nobody knew anything at all in those days.")
    save(window, qtbot)
    scene = next(node for node in window.structure.outline.scenes() if "keeper" in node.title)
    window.structure.move_up([scene.id])
    replace(window, "and it was not his", "and it was hers")
    save(window, qtbot)
    panel = show(window, qtbot)
    line = next(number for number, text in enumerate(window.buffer.lines()) if "keeper" in text)
    window.page.go_to(Position(line, 3))
    panel.scene_box.setChecked(True)
    settle(window, qtbot)
    scenes = ["\n".join(entry.scene.lines).strip() for entry in window.history.entries]
    assert [text.count("boot") for text in scenes] == [1, 1, 0]
    assert [text.count("hers") for text in scenes] == [1, 0, 0]
    assert "shoe on the stairs" in scenes[-1]
    before = text_of(window)
    panel.list.setCurrentRow(2)
    settle(window, qtbot)
    panel.restore_button.click()
    settle(window, qtbot)
    assert TWO in text_of(window)
    assert "Something else was here" in text_of(window)
    window.commands["undo"].trigger()
    assert text_of(window) == before


def test_a_scene_that_was_deleted_is_brought_back_by_one_step(window, qtbot):
    settle(window, qtbot)
    scene = next(node for node in window.structure.outline.scenes() if "keeper" in node.title)
    window.structure.delete([scene.id])
    save(window, qtbot)
    before = text_of(window)
    assert "keeper" not in before
    panel = show(window, qtbot)
    panel.list.setCurrentRow(1)
    settle(window, qtbot)
    window.page.go_to(Position(2, 0))
    panel.scenes_button.click()
    settle(window, qtbot)
    assert "keeper" in choose_first(window, qtbot)
    assert text_of(window) == BOOK
    window.commands["undo"].trigger()
    assert text_of(window) == before


def test_a_version_that_is_named_shows_its_name(window, book, folders, qtbot):
    window.history._ask = lambda _parent, _label: "For <b>Anna</b> & me"
    panel = show(window, qtbot)
    panel.name_button.click()
    settle(window, qtbot)
    assert "“For <b>Anna</b> & me”" in rows(panel)[0]
    assert "&lt;b&gt;Anna" in panel.list.item(0).toolTip()
    assert History(folders.history, book).versions()[0].label == "For <b>Anna</b> & me"


def test_a_window_without_versions_says_what_the_panel_is_for(make_desk, qtbot):
    window = opened(make_desk(), qtbot)
    panel = show(window, qtbot)
    assert panel.list.isHidden()
    assert not panel.empty.isHidden()
    assert "Each time you save" in panel.empty.text()
    assert not panel.restore_button.isEnabled()
    window.commands["history"].trigger()
    assert panel.isHidden()


def test_an_old_version_of_a_text_whose_file_is_gone_opens_as_a_new_text(make_desk, book, folders, qtbot):
    history = History(folders.history, book.with_name("gone.txt"))
    history.keep({"gone.txt": b"What was lost.\n"}, "saved", time.time())
    desk = make_desk(book)
    window = opened(desk, qtbot)
    settle(window, qtbot)
    assert len(histories(folders.history)) == 2
    window.commands["history_of"].trigger()
    settle(window, qtbot)
    palette = next(each for each in window.findChildren(CommandPalette) if each.isVisible())
    assert palette._list.topLevelItemCount() == 2
    for row in range(2):
        if "not there now" in palette.findChild(QTreeWidget, "paletteList").topLevelItem(row).text(0):
            palette._list.setCurrentItem(palette._list.topLevelItem(row))
    palette._choose()
    settle(window, qtbot)
    choose_first(window, qtbot)
    new = desk.windows[-1]
    assert new is not window
    assert text_of(new) == "What was lost.\n"
    assert new.store.path is None
    assert new.store.is_modified


def test_a_text_that_was_not_chosen_is_a_version_and_a_copy(window, book, folders, qtbot):
    settle(window, qtbot)
    replace(window, "noon", "midnight")
    window.store.revert()
    settle(window, qtbot)
    history = History(folders.history, book)
    assert [version.reason for version in history.versions()] == ["reverted", "opened"]
    assert b"midnight" in history.read(history.versions()[0])["book.txt"]
    assert len(list(folders.kept.glob("*/*reverted*"))) == 1


def test_where_no_copy_can_be_made_the_history_alone_is_enough(window, book, folders, qtbot):
    settle(window, qtbot)
    folders.kept.parent.mkdir(parents=True, exist_ok=True)
    folders.kept.write_text("in the way")
    replace(window, "noon", "midnight")
    window.store.revert()
    settle(window, qtbot)
    assert text_of(window) == BOOK
    assert History(folders.history, book).versions()[0].reason == "reverted"


def test_where_neither_can_be_kept_nothing_is_replaced(window, book, folders, qtbot):
    settle(window, qtbot)
    folders.kept.write_text("in the way")
    folders.history.rename(folders.history.with_name("moved"))
    folders.history.write_text("in the way")
    replace(window, "noon", "midnight")
    window.store.revert()
    settle(window, qtbot)
    assert "midnight" in text_of(window)


def test_a_folder_has_one_history_of_all_its_files(make_desk, tmp_path, folders, qtbot):
    novel = tmp_path / "novel"
    novel.mkdir()
    (novel / "1.txt").write_text(ONE + "\n")
    (novel / "2.txt").write_text(f"{TWO}\n\n* * *\n\n{THREE}\n")
    (novel / "manuscript.toml").write_text('title = "A Novel"\n')
    window = opened(make_desk(novel), qtbot)
    settle(window, qtbot)
    replace(window, "noon", "midnight")
    replace(window, "shoe on", "boot on")
    save(window, qtbot)
    history = History(folders.history, novel)
    newest, first = (history.read(version) for version in history.versions())
    assert sorted(newest) == ["1.txt", "2.txt", "manuscript.toml"]
    assert all(data == (novel / name).read_bytes() for name, data in newest.items())
    assert first["1.txt"] == (ONE + "\n").encode()
    before = text_of(window)
    panel = show(window, qtbot)
    panel.list.setCurrentRow(1)
    settle(window, qtbot)
    panel.restore_button.click()
    settle(window, qtbot)
    assert ONE in text_of(window)
    assert TWO in text_of(window)
    window.commands["undo"].trigger()
    assert text_of(window) == before
    assert sorted(path.name for path in novel.iterdir()) == ["1.txt", "2.txt", "manuscript.toml"]
