"""A folder of chapter files is one manuscript: opened, moved about in, saved, and kept beside other programs."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from editor.cli.main import main
from editor.manuscript.edits import Position
from editor.manuscript.moves import Place, Where
from editor.ui.conflict_dialog import Choice, ConflictDialog
from tests.journeys.conftest import opened
from tests.journeys.folders import (
    bytes_of,
    chapter_text,
    file_id,
    files_in,
    look,
    make_book,
    save,
    scene_id,
)
from tests.journeys.test_bad_input import message
from tests.journeys.test_outside_changes import press
from tests.journeys.test_writing import trigger


@pytest.fixture
def book(tmp_path):
    return make_book(tmp_path / "The Weir")


@pytest.fixture
def removed():
    return []


@pytest.fixture
def window(make_desk, book, qtbot, removed):
    window = opened(make_desk(book), qtbot)

    def discard(path):
        removed.append(path.name)
        path.unlink()

    window.store.folder.discard = discard
    return window


def changed(before, after):
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def test_a_folder_opens_as_one_manuscript_and_nothing_is_written(window, book):
    before = bytes_of(book)
    assert list(files_in(window)) == ["chapter 1.txt", "chapter 2.txt", "chapter 3.txt", "chapter 4.txt"]
    assert [node.title for node in window.buffer.manuscript.outline.chapters()] == [
        f"Chapter {number}" for number in (1, 2, 3, 4)
    ]
    assert window.windowTitle().startswith("The Weir")
    assert not window.store.is_modified
    save(window)
    assert bytes_of(book) == before


def test_a_scene_moved_to_another_file_changes_those_two_files_and_undo_brings_back_every_byte(window, book):
    before = bytes_of(book)
    target = Place(scene_id(window, "Piece 3.1"), Where.AFTER)
    assert window.structure.move([scene_id(window, "Piece 1.2")], target)
    save(window)
    after = bytes_of(book)
    assert changed(before, after) == ["chapter 1.txt", "chapter 3.txt"]
    assert after["chapter 3.txt"].decode("utf-8").index("Piece 3.1") < after["chapter 3.txt"].decode(
        "utf-8"
    ).index("Piece 1.2")
    window.page.undo()
    save(window)
    assert bytes_of(book) == before


def test_the_files_are_reordered_and_only_the_order_is_written(window, book):
    before = bytes_of(book)
    place = Place(file_id(window, "chapter 1.txt"), Where.BEFORE)
    assert window.structure.move([file_id(window, "chapter 4.txt")], place)
    save(window)
    assert changed(before, bytes_of(book)) == ["manuscript.toml"]
    assert next(iter(files_in(window))) == "chapter 4.txt"


def test_the_order_is_found_again_at_the_next_opening(window, book, make_desk, qtbot):
    window.structure.move(
        [file_id(window, "chapter 4.txt")], Place(file_id(window, "chapter 1.txt"), Where.BEFORE)
    )
    save(window)
    window.close()
    again = opened(make_desk(book), qtbot)
    assert next(iter(files_in(again))) == "chapter 4.txt"


def test_a_new_chapter_file_is_made_on_disk_when_the_writer_saves(window, book, answer):
    answer(window, "interlude")
    assert window.chapters.make(file_id(window, "chapter 2.txt"))
    assert list(files_in(window)) == [
        "chapter 1.txt",
        "chapter 2.txt",
        "interlude.txt",
        "chapter 3.txt",
        "chapter 4.txt",
    ]
    QTest.keyClicks(window.page, "Rain.")
    assert not (book / "interlude.txt").exists()
    save(window)
    assert (book / "interlude.txt").read_text("utf-8-sig") == "Rain."


@pytest.fixture
def answer():
    """Return a function that answers the next questions for a name."""

    def give(window, name):
        window.chapters.ask_name = lambda *_: name

    return give


def test_a_file_is_renamed_on_disk_and_undo_renames_it_back(window, book, answer):
    before = bytes_of(book)
    answer(window, "the weir")
    assert window.chapters.rename(file_id(window, "chapter 2.txt"))
    save(window)
    assert (book / "the weir.txt").read_bytes() == before["chapter 2.txt"]
    assert not (book / "chapter 2.txt").exists()
    window.page.undo()
    save(window)
    now = bytes_of(book)
    now.pop("manuscript.toml", None)
    assert now == before


def test_a_removed_file_goes_to_the_trash_and_its_text_is_kept(window, book, removed, folders):
    text = (book / "chapter 3.txt").read_bytes()
    assert window.chapters.remove(file_id(window, "chapter 3.txt"))
    assert (book / "chapter 3.txt").exists()
    save(window)
    assert removed == ["chapter 3.txt"]
    assert any(path.read_bytes() == text for path in folders.kept.rglob("*") if path.is_file())
    window.page.undo()
    save(window)
    assert (book / "chapter 3.txt").read_bytes() == text


def test_a_file_is_split_at_a_scene_and_joined_again(window, book, answer, removed):
    before = bytes_of(book)
    answer(window, "second half")
    line = window.buffer.lines().index("Piece 2.3 happens in the café by the weir.")
    window.page.go_to(Position(line, 0))
    assert window.chapters.split()
    save(window)
    assert b"Piece 2.3" in (book / "second half.txt").read_bytes()
    assert b"Piece 2.3" not in (book / "chapter 2.txt").read_bytes()
    assert window.chapters.join(file_id(window, "chapter 2.txt"))
    save(window)
    assert removed == ["second half.txt"]
    now = bytes_of(book)
    assert {name: data for name, data in now.items() if name != "manuscript.toml"}.keys() == before.keys()
    assert now["chapter 2.txt"] == before["chapter 2.txt"]


def test_a_scene_is_cut_into_a_file_of_its_own_in_one_step(window, book):
    words = window.buffer.manuscript.outline.words
    before = window.buffer.lines()
    assert window.chapters.cut_scenes([scene_id(window, "Piece 1.2")])
    assert list(files_in(window))[-1] == "cuts.txt"
    assert window.buffer.manuscript.outline.words < words
    save(window)
    assert b"Piece 1.2" in (book / "cuts.txt").read_bytes()
    window.page.undo()
    assert window.buffer.lines() == before


def test_typing_over_everything_keeps_every_file(window, book):
    window.page.selectAll()
    QTest.keyClick(window.page, Qt.Key.Key_Delete)
    assert list(files_in(window).values()) == [[""]] * 4
    QTest.keyClick(window.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert files_in(window)["chapter 1.txt"][0] == "Chapter 1"


def test_a_command_on_chapter_files_in_a_single_file_says_what_to_do(make_desk, sample, qtbot):
    window = opened(make_desk(sample), qtbot)
    assert not window.chapters.make()
    assert "Open a folder" in message(window)


def test_emphasis_over_all_files_marks_the_text_and_no_boundary(window):
    window.page.selectAll()
    trigger(window, "emphasis")
    assert list(files_in(window)) == [f"chapter {number}.txt" for number in (1, 2, 3, 4)]
    assert "*Piece 2.1 happens in the café by the weir.*" in files_in(window)["chapter 2.txt"]


def test_replacing_everywhere_leaves_the_names_of_the_files_alone(window):
    trigger(window, "replace")
    window.find_bar.search_changed.emit("chapter", False, False)
    window.search.replace_all("book\rchapter 9.txt")
    assert list(files_in(window)) == [f"chapter {number}.txt" for number in (1, 2, 3, 4)]
    assert files_in(window)["chapter 2.txt"][:2] == ["book", "chapter 9.txt 2"]


def test_copying_files_from_the_outline_copies_no_boundary(window):
    window.structure.copy_text([file_id(window, "chapter 1.txt"), file_id(window, "chapter 2.txt")])
    text = QApplication.clipboard().text()
    assert "Piece 1.1" in text
    assert "Piece 2.3" in text
    assert ".txt" not in text
    assert "\r" not in text
    assert "\x1c" not in text


def test_a_break_is_never_set_into_a_boundary(window):
    for line in range(len(window.buffer.lines())):
        window.page.go_to(Position(line, 0))
        trigger(window, "scene_break")
        assert list(files_in(window)) == [f"chapter {number}.txt" for number in (1, 2, 3, 4)]
        trigger(window, "undo")


def test_a_title_is_kept_in_a_file_of_its_own_and_used_where_the_text_has_none(
    window, book, answer, make_desk, qtbot
):
    before = bytes_of(book)
    answer(window, " The  Weir ")
    assert window.chapters.entitle()
    assert window.buffer.manuscript.outline.title == "The Weir"
    assert window.store.is_modified
    save(window)
    assert changed(before, bytes_of(book)) == ["manuscript.toml"]
    assert not window.store.is_modified
    files = files_in(window)
    window.close()
    again = opened(make_desk(book), qtbot)
    assert again.buffer.manuscript.outline.title == "The Weir"
    assert files_in(again) == files


def test_an_export_is_called_after_the_folder_and_never_becomes_a_chapter(window, book):
    assert window.exports.source_path == book.with_name("The Weir.txt")
    assert "manuscript itself" in window.store.why_no_export_to(book / "chapter 2.txt")
    assert "would become a chapter" in window.store.why_no_export_to(book / "whole.txt")
    assert window.store.why_no_export_to(book / "whole.html") is None
    assert window.store.why_no_export_to(book.parent / "whole.txt") is None


def test_the_window_and_the_command_line_export_a_folder_to_the_same_bytes(
    window, book, tmp_path, capfdbinary
):
    path = tmp_path / "book.html"
    window.chapters.cut_scenes([scene_id(window, "Piece 1.2")])
    save(window)
    window.exports.export_to("web-page", path)
    assert main(["export", str(book), "--to", "web-page"]) == 0
    data = path.read_bytes()
    assert capfdbinary.readouterr().out == data
    assert b"Piece 1.1" in data
    assert b"Piece 4.3" in data
    assert b"Piece 1.2" not in data
    assert b"chapter 2.txt" not in data
    assert b"\r" not in data
    assert b"\x1c" not in data


# -- other programs ---------------------------------------------------------------------------------------------------


def test_a_change_in_one_file_is_taken_in(window, book):
    path = book / "chapter 2.txt"
    path.write_bytes(path.read_bytes().replace(b"weir", b"lock"))
    look(window)
    assert "Piece 2.1 happens in the café by the lock." in files_in(window)["chapter 2.txt"]
    assert not window.store.is_modified


def change(path, old, new):
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))


def test_changes_of_both_sides_in_different_places_are_merged_as_one_step(window, book, folders):
    window.page.go_to(Position(1, 0))
    QTest.keyClicks(window.page, "My ")
    before = window.buffer.lines()
    for name in ("chapter 1.txt", "chapter 2.txt"):
        change(book / name, b"weir", b"lock")
    on_disk = bytes_of(book)
    look(window)
    assert files_in(window)["chapter 1.txt"][0] == "My Chapter 1"
    assert "Piece 1.1 happens in the café by the lock." in files_in(window)["chapter 1.txt"]
    assert "Piece 2.1 happens in the café by the lock." in files_in(window)["chapter 2.txt"]
    assert "Its changes and yours are both in." in message(window)
    kept = [path.read_bytes() for path in folders.kept.rglob("*") if path.is_file()]
    assert on_disk["chapter 1.txt"] in kept
    assert any(version.startswith(b"My Chapter 1") for version in kept)
    window.page.undo()
    assert window.buffer.lines() == before
    window.page.redo()
    save(window)
    now = bytes_of(book)
    assert now["chapter 2.txt"] == on_disk["chapter 2.txt"]
    assert now["chapter 1.txt"] == on_disk["chapter 1.txt"].replace(b"Chapter 1", b"My Chapter 1")
    assert not window.store.is_modified


def test_a_change_in_a_scene_that_was_moved_to_another_file_here_goes_there(window, book):
    scene = scene_id(window, "Piece 1.2")
    window.structure.move([scene], Place(scene_id(window, "Piece 3.1"), Where.AFTER))
    change(
        book / "chapter 1.txt", "Piece 1.2 happens in the café".encode("cp1252"), b"Piece 1.2 happens no more"
    )
    look(window)
    files = files_in(window)
    assert "Piece 1.2 happens no more by the weir." in files["chapter 3.txt"]
    assert "Piece 1.2" not in "\n".join(files["chapter 1.txt"])
    save(window)
    assert b"Piece 1.2 happens no more" in (book / "chapter 3.txt").read_bytes()
    assert sum(data.count(b"Piece 1.2") for data in bytes_of(book).values()) == 1


def test_a_scene_that_another_program_moved_to_another_file_takes_my_change_along(window, book):
    first, third = book / "chapter 1.txt", book / "chapter 3.txt"
    piece = "Piece 1.2 happens in the café by the weir."
    line = window.buffer.lines().index(piece)
    window.page.go_to(Position(line, len(piece)))
    QTest.keyClicks(window.page, " Mine.")
    change(first, b"\n\n* * *\n\n" + piece.encode("cp1252"), b"")
    change(third, b"Chapter 3\n\n", f"Chapter 3\n\n{piece}\n\n* * *\n\n".encode())
    look(window)
    files = files_in(window)
    assert piece + " Mine." in files["chapter 3.txt"]
    assert "Piece 1.2" not in "\n".join(files["chapter 1.txt"])


def test_a_place_that_both_sides_changed_is_asked_about_and_no_save_overwrites_it(window, book):
    for word, label in ((" Mine.", "chapter 2.txt"), (" Mine too.", "chapter 3.txt")):
        piece = next(line for line in files_in(window)[label] if line.startswith("Piece"))
        window.page.go_to(Position(window.buffer.lines().index(piece), len(piece)))
        QTest.keyClicks(window.page, word)
        change(book / label, piece.encode("utf-8"), piece.encode("utf-8") + b" Theirs.")
    theirs = bytes_of(book)
    look(window)
    assert "2 places in chapter 2.txt and chapter 3.txt were changed here and by another program" in message(
        window
    )
    save(window)
    window.store.folder_changes.wait()
    assert bytes_of(book) == theirs
    press(window, "Choose...")
    dialog = window.findChild(ConflictDialog)
    dialog.choose(Choice.THEIRS)
    dialog.findChild(QPushButton, "conflictNext").click()
    dialog.choose(Choice.BOTH)
    dialog.accept()
    files = files_in(window)
    assert files["chapter 2.txt"][2].endswith("by the weir. Theirs.")
    assert [line[-7:] for line in files["chapter 3.txt"][2:5]] == ["ne too.", "", "Theirs."]
    save(window)
    assert not window.store.is_modified
    assert (book / "chapter 3.txt").read_bytes().count(b"Piece 3.1") == 2


def test_a_change_in_a_file_that_was_renamed_here_is_merged(window, book, answer):
    answer(window, "the second")
    window.chapters.rename(file_id(window, "chapter 2.txt"))
    change(book / "chapter 2.txt", b"Piece 2.3", b"Piece 2.3, which is longer now,")
    look(window)
    save(window)
    assert b"Piece 2.3, which is longer now," in (book / "the second.txt").read_bytes()
    assert not (book / "chapter 2.txt").exists()


def test_a_file_that_was_renamed_and_changed_by_another_program_is_merged_with_unsaved_words(window, book):
    window.page.go_to(Position(1, 0))
    QTest.keyClicks(window.page, "My ")
    (book / "chapter 1.txt").rename(book / "the first.txt")
    change(book / "the first.txt", b"Piece 1.3", b"Piece 1.3, the last,")
    look(window)
    look(window)
    save(window)
    data = b"".join(bytes_of(book).values())
    assert b"My Chapter 1" in data
    assert data.count(b"Piece 1.3, the last,") == 1
    assert data.count(b"Piece 1.3") == 1


def test_a_change_in_a_file_that_was_removed_here_is_asked_about(window, book):
    window.chapters.remove(file_id(window, "chapter 2.txt"))
    change(book / "chapter 2.txt", b"Piece 2.1", b"Piece 2.1, which is longer now,")
    look(window)
    assert "1 place in chapter 2.txt was changed here and by another program" in message(window)
    press(window, "Take theirs")
    assert "Piece 2.1, which is longer now," in "\n".join(window.buffer.lines())


@pytest.mark.parametrize("name", ["chapter 2.txt", "chapter 3.txt", "chapter 4.txt"])
def test_a_file_that_was_emptied_keeps_its_text_in_the_window_and_its_bytes_when_saved(
    window, book, qtbot, name
):
    path = book / name
    text = path.read_bytes()
    path.write_bytes(b"")
    look(window)
    qtbot.waitUntil(lambda: f"{name} was emptied by another program" in message(window), timeout=5000)
    assert files_in(window)[name][2].startswith("Piece")
    assert window.store.is_modified
    save(window)
    assert path.read_bytes() == text


def test_a_file_that_appears_is_taken_in_where_its_name_puts_it(window, book):
    (book / "chapter 2b.txt").write_text("Between two and three.\n")
    look(window)
    assert list(files_in(window))[1:3] == ["chapter 2.txt", "chapter 2b.txt"]
    assert files_in(window)["chapter 2b.txt"] == ["Between two and three.", ""]
    assert not window.store.is_modified


def test_undoing_that_a_file_was_taken_in_never_removes_it_from_the_disk(window, book, removed):
    (book / "chapter 2b.txt").write_text("Between two and three.\n")
    look(window)
    window.page.undo()
    assert "chapter 2b.txt" not in files_in(window)
    save(window)
    assert (book / "chapter 2b.txt").exists()
    assert removed == []


@pytest.mark.parametrize("how", ["remove", "join"])
def test_a_file_that_was_taken_in_and_is_then_removed_or_joined_is_not_left_on_the_disk_as_well(
    window, book, removed, how
):
    (book / "chapter 2b.txt").write_text("Between two and three.\n")
    look(window)
    if how == "remove":
        assert window.chapters.remove(file_id(window, "chapter 2b.txt"))
    else:
        assert window.chapters.join(file_id(window, "chapter 2.txt"))
    save(window)
    assert removed == ["chapter 2b.txt"]
    whole = b"".join(bytes_of(book).values())
    assert whole.count(b"Between two and three.") == (how == "join")


def test_a_file_that_is_renamed_by_another_program_keeps_its_place_and_text(window, book):
    (book / "chapter 3.txt").rename(book / "the third.txt")
    look(window)
    assert list(files_in(window)) == ["chapter 1.txt", "chapter 2.txt", "the third.txt", "chapter 4.txt"]


def test_a_file_that_vanishes_is_shown_as_gone_and_its_text_stays(window, book):
    (book / "chapter 3.txt").unlink()
    look(window)
    look(window)
    assert files_in(window)["chapter 3.txt"][0] == "Chapter 3"
    assert "chapter 3.txt is no longer in" in message(window)
    assert window.store.is_modified


def test_a_new_file_of_both_sides_is_asked_about(window, book, answer):
    answer(window, "interlude")
    window.chapters.make(file_id(window, "chapter 2.txt"))
    QTest.keyClicks(window.page, "Mine.")
    (book / "interlude.txt").write_text("Theirs.\n")
    look(window)
    assert files_in(window)["interlude.txt"] == ["Mine."]
    assert "interlude.txt was made by another program too" in message(window)
    save(window)
    assert (book / "interlude.txt").read_text() == "Theirs.\n"


def test_a_conflict_copy_is_no_chapter_and_is_told(make_desk, book, qtbot):
    (book / "chapter 2 (conflicted copy 2026-01-02).txt").write_text(chapter_text(2))
    window = opened(make_desk(book), qtbot)
    assert len(files_in(window)) == 4
    assert "copy of chapter 2.txt that a sync program made" in message(window)


def test_a_folder_of_unrelated_texts_is_asked_about_first(make_desk, tmp_path, qtbot):
    folder = tmp_path / "downloads"
    folder.mkdir()
    for number in range(301):
        (folder / f"{chr(97 + number % 26)}{number * 7919}.txt").write_text("x")
    window = opened(make_desk(folder), qtbot)
    assert "do not look like one book" in message(window)
    assert window.store.path is None


def test_a_file_of_an_open_folder_is_shown_where_it_is_open(make_desk, book, qtbot):
    desk = make_desk(book)
    window = opened(desk, qtbot)
    assert desk.open_path(book / "chapter 3.txt") is window
    line = window.page.caret_position().line
    assert window.buffer.lines()[line] == "Chapter 3"
