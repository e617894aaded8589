"""What was typed and not saved is there again after a crash."""

import errno
import os
import shutil

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from editor.manuscript.edits import Position, TextEdit
from editor.manuscript.moves import Place, Where
from editor.storage.disk import Disk
from editor.storage.kept import list_kept
from editor.ui import journal_keeper
from editor.ui.desk import Desk
from editor.ui.recovery import words_restored
from tests.journeys.crashes import state_after_crash
from tests.journeys.folders import bytes_of, file_id, make_book, save, scene_id
from tests.storage.neighbours import lock_for, running_owner


def type_at_end(window, text):
    window.page.go_to(Position(window.buffer.document.blockCount() - 1, 10**6))
    QTest.keyClicks(window.page, text)


def told(window):
    return window.message_bar.text()


def press(window, text):
    buttons = window.message_bar.findChildren(QPushButton)
    button = next(b for b in buttons if b.text().replace("&", "") == text and b.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def journals_in(desk):
    folder = desk._folders.journals
    return [path.name for path in folder.iterdir() if path.name != "recovered"] if folder.exists() else []


def test_every_key_is_there_again_with_the_caret_and_a_bar_says_how_much(window, sample, restart):
    before = sample.read_bytes()
    type_at_end(window, " And seven words were still not saved.")
    QApplication.processEvents()
    desk = restart(sample)
    (again,) = desk.windows
    assert again.buffer.lines() == window.buffer.lines()
    assert again.store.is_modified
    assert told(again) == "Restored 7 words that were not saved."
    assert sample.read_bytes() == before
    assert again.page.caret_position().line == again.buffer.document.blockCount() - 1
    again.files.save()
    again.files.wait()
    assert sample.read_bytes() == before + b" And seven words were still not saved."


def test_the_caret_is_where_it_was_when_it_was_last_seen(window, sample, restart, qtbot):
    type_at_end(window, " More.")
    window.page.go_to(Position(4, 2))
    qtbot.waitUntil(lambda: b'"caret"' in window.journal.journal.path.read_bytes())
    (again,) = restart(sample).windows
    assert again.page.caret_position() == Position(4, 2)


def test_the_file_is_opened_although_another_one_was_asked_for(window, sample, restart, tmp_path):
    type_at_end(window, " More.")
    other = tmp_path / "other.txt"
    other.write_text("Other.")
    desk = restart(other)
    assert {w.display_name for w in desk.windows} == {"other.txt", sample.name}
    again = next(w for w in desk.windows if w.display_name == sample.name)
    assert again.buffer.lines() == window.buffer.lines()


def test_text_without_a_name_is_there_again(make_desk, restart, qtbot):
    desk = make_desk()
    window = desk.open_untitled()
    QTest.keyClicks(window.page, "It was a dark night.")
    again = restart()
    assert [w.buffer.lines() for w in again.windows if w.store.is_modified] == [["It was a dark night."]]


def test_the_text_that_teaches_is_there_again_with_what_was_added_to_it(make_desk, restart):
    window = make_desk().windows[0]
    assert len(window.buffer.lines()) > 10
    type_at_end(window, " Mine.")
    again = next(w for w in restart().windows if w.store.is_modified)
    assert again.buffer.lines() == window.buffer.lines()


def test_two_windows_without_a_name_both_come_back(make_desk, restart):
    desk = make_desk()
    for text in ("One story.", "Another one."):
        QTest.keyClicks(desk.open_untitled().page, text)
    again = restart()
    assert sorted(w.buffer.lines()[0] for w in again.windows if w.store.is_modified) == [
        "Another one.",
        "One story.",
    ]


def test_one_undo_takes_back_what_was_restored(window, sample, restart):
    before = window.buffer.lines()
    type_at_end(window, " More.")
    (again,) = restart(sample).windows
    again.page.undo()
    assert again.buffer.lines() == before


def test_discarding_goes_back_to_the_file_and_keeps_what_was_discarded(window, sample, restart):
    before = window.buffer.lines()
    type_at_end(window, " More words.")
    typed = window.buffer.lines()
    desk = restart(sample)
    (again,) = desk.windows
    press(again, "Discard")
    assert again.buffer.lines() == before
    assert not again.store.is_modified
    QApplication.processEvents()
    assert journals_in(desk) == []
    again.page.undo()
    assert again.buffer.lines() == typed


def test_keeping_leaves_the_text_unsaved_in_the_window(window, sample, restart):
    type_at_end(window, " More words.")
    (again,) = restart(sample).windows
    press(again, "Keep")
    assert not again.message_bar.isVisible()
    assert again.store.is_modified
    assert again.buffer.lines() == window.buffer.lines()


def test_comparing_shows_both_and_the_question_comes_again(window, sample, restart):
    type_at_end(window, " More words.")
    (again,) = restart(sample).windows
    press(again, "Compare")
    dialog = again.findChild(object, "compareDialog")
    assert "More words." in dialog.findChild(object, "compare_mine").toPlainText()
    dialog.reject()
    QApplication.processEvents()
    assert told(again) == "Restored 2 words that were not saved."


def test_a_second_crash_right_after_the_restart_loses_nothing_either(
    window, sample, restart, tmp_path, folders
):
    type_at_end(window, " More words.")
    first = restart(sample)
    again = Desk(QApplication.instance(), state_after_crash(first._folders, tmp_path / "once more"))
    again.start([(sample, None)])
    try:
        assert again.windows[0].buffer.lines() == window.buffer.lines()
    finally:
        again.windows[0].buffer.document.setModified(False)
        again.windows[0].close()


def test_the_journal_goes_when_the_text_is_saved_and_nothing_is_restored_then(window, sample, restart):
    type_at_end(window, " More.")
    assert window.journal.journal is not None
    window.files.save()
    window.files.wait()
    QApplication.processEvents()
    assert window.journal.journal is None
    (again,) = restart(sample).windows
    assert not again.store.is_modified
    assert told(again) == ""


def test_the_journal_goes_when_everything_is_undone(window, folders):
    type_at_end(window, "x")
    window.page.undo()
    QApplication.processEvents()
    assert window.journal.journal is None
    assert list(folders.journals.iterdir()) == []


def test_what_is_typed_while_a_save_is_under_way_is_in_the_journal(window, sample, restart):
    type_at_end(window, " One.")
    window.files.save()
    QTest.keyClicks(window.page, " Two.")
    window.files.wait()
    QApplication.processEvents()
    assert window.journal.journal.base == window.files.stored.decoded.lines
    (again,) = restart(sample).windows
    assert again.buffer.lines()[-1].endswith(" One. Two.")
    assert told(again) == "Restored 1 word that was not saved."


def test_moves_undo_and_redo_are_in_the_journal(window, sample, restart):
    scenes = [node.id for node in window.buffer.manuscript.outline.walk() if not node.children]
    window.structure.move_down(scenes[:1])
    window.page.undo()
    window.page.redo()
    window.structure.move_up(scenes[-1:])
    QApplication.processEvents()
    (again,) = restart(sample).windows
    assert again.buffer.lines() == window.buffer.lines()


def test_a_crash_before_the_first_sync_loses_nothing_as_long_as_the_computer_runs(
    window, sample, restart, monkeypatch
):
    monkeypatch.setattr(journal_keeper.JournalKeeper, "_sync", lambda self: None)
    type_at_end(window, " More.")
    (again,) = restart(sample).windows
    assert again.buffer.lines() == window.buffer.lines()


def test_characters_that_qt_and_utf8_cannot_carry_come_back(make_desk, tmp_path, restart):
    path = tmp_path / "odd.txt"
    path.write_bytes("\ufeffodd \x1c \ud800 bytes".encode("utf-8", "surrogatepass") + b" \xff end")
    window = make_desk(path).windows[0]
    window.buffer.apply([TextEdit(Position(0, 0), Position(0, 0), "\ufdd0 \U00102029 \u2028 ")])
    (again,) = restart(path).windows
    assert again.buffer.lines() == window.buffer.lines()


def test_a_folder_with_scenes_moved_between_its_files_comes_back(make_desk, tmp_path, restart):
    book = make_book(tmp_path / "book")
    window = make_desk(book).windows[0]
    window.chapters.ask_name = lambda *_: "chapter 2b.txt"
    window.structure.move([scene_id(window, "Piece 1.2")], Place(scene_id(window, "Piece 3.1"), Where.AFTER))
    window.chapters.make(file_id(window, "chapter 2.txt"))
    QTest.keyClicks(window.page, "New.")
    window.chapters.remove(file_id(window, "chapter 4.txt"))
    assert window.store.is_modified
    (again,) = restart(book).windows
    assert again.buffer.lines() == window.buffer.lines()
    save(again)
    assert not again.store.is_modified
    assert bytes_of(book)["chapter 2b.txt"].decode("utf-8-sig") == "New."
    assert "chapter 4.txt" not in bytes_of(book)
    for number in range(1, 4):
        assert sum(f"Piece 1.{number}".encode() in data for data in bytes_of(book).values()) == 1


def test_a_damaged_journal_gives_what_comes_before_the_damage_and_says_so(window, sample, restart):
    type_at_end(window, " More.")
    path = window.journal.journal.path
    data = path.read_bytes().split(b"\n")
    data[4] = data[4].replace(b"typed", b"taped")
    path.write_bytes(b"\n".join(data))
    (again,) = restart(sample).windows
    assert again.buffer.lines()[-1].endswith(" Mor")
    assert "Part of the journal is damaged" in told(again)


def test_a_file_that_is_gone_leaves_its_unsaved_text_in_a_window_without_a_file(window, sample, restart):
    type_at_end(window, " More.")
    sample.unlink()
    desk = restart()
    again = next(w for w in desk.windows if w.store.is_modified)
    assert again.store.path is None
    assert again.buffer.lines() == window.buffer.lines()
    assert "is not there any more" in told(again)


def test_a_file_that_has_changed_since_is_merged_with_what_was_not_saved(window, sample, restart):
    lines = window.buffer.lines()
    type_at_end(window, " Mine.")
    sample.write_text("\n".join([*lines[:3], "Theirs.", *lines[3:]]))
    (again,) = restart(sample).windows
    assert again.buffer.lines() == [*lines[:3], "Theirs.", *lines[3:-1], lines[-1] + " Mine."]
    assert told(again) == "Restored 1 word that was not saved."


def test_where_both_changed_the_same_mine_stands_and_theirs_is_kept(window, sample, restart):
    lines = window.buffer.lines()
    type_at_end(window, " Mine.")
    theirs = [*lines[:-1], lines[-1] + " Theirs."]
    sample.write_text("\n".join(theirs))
    desk = restart(sample)
    (again,) = desk.windows
    assert again.buffer.lines()[-1].endswith(" Mine.")
    assert "In one place the file was changed by another program too" in told(again)
    assert [version.path.read_text() for version in list_kept(desk._folders.kept, sample)] == [
        "\n".join(theirs)
    ]


def test_the_place_that_both_changed_can_be_chosen(window, sample, restart):
    lines = window.buffer.lines()
    type_at_end(window, " Mine.")
    sample.write_text("\n".join([*lines[:-1], lines[-1] + " Theirs."]))
    (again,) = restart(sample).windows
    press(again, "Choose...")
    dialog = again.findChild(object, "conflictDialog")
    QTest.mouseClick(dialog.findChild(QPushButton, "conflictAllTheirs"), Qt.MouseButton.LeftButton)
    dialog.accept()
    assert again.buffer.lines()[-1] == lines[-1] + " Theirs."


def test_unsaved_text_waits_while_another_program_has_the_manuscript(window, sample, folders, tmp_path):
    before = window.buffer.lines()
    type_at_end(window, " Mine.")
    crashed = state_after_crash(folders, tmp_path / "crash")
    shutil.rmtree(crashed.locks, ignore_errors=True)
    lock_for(crashed.locks, sample, running_owner())
    desk = Desk(QApplication.instance(), crashed)
    desk.start([(sample, None)])
    (again,) = desk.windows
    assert again.buffer.lines() == before
    assert len(journals_in(desk)) == 1
    again.close()
    shutil.rmtree(crashed.locks)
    desk = Desk(QApplication.instance(), crashed)
    desk.start([(sample, None)])
    (again,) = desk.windows
    assert again.buffer.lines() == window.buffer.lines()
    again.buffer.document.setModified(False)
    again.close()


def test_a_huge_deletion_keeps_what_was_there_and_begins_a_new_generation(
    make_desk, tmp_path, folders, restart
):
    path = tmp_path / "long.txt"
    lines = [f"Paragraph {number}, with some words in it." for number in range(300)]
    path.write_text("\n".join(lines))
    window = make_desk(path).windows[0]
    QTest.keyClicks(window.page, "Typed. ")
    typed = window.buffer.lines()
    window.page.selectAll()
    QTest.keyClick(window.page, Qt.Key.Key_Delete)
    QTest.keyClicks(window.page, "Oh.")
    assert window.buffer.lines() == ["Oh."]
    assert len(list(window.journal.journal.folder.glob("changes-*.journal"))) == 2
    kept = [version.path.read_text() for version in list_kept(folders.kept, path)]
    assert kept == ["\n".join(typed)]
    (again,) = restart(path).windows
    assert again.buffer.lines() == ["Oh."]


def test_a_scene_that_was_deleted_before_it_was_ever_saved_is_kept(make_desk, tmp_path, folders):
    path = tmp_path / "story.txt"
    path.write_text("Chapter One\n\nIt began.\n\n* * *\n\nIt went on.")
    window = make_desk(path).windows[0]
    scene = "Nobody ever saved this scene, and it was good. " * 6
    type_at_end(window, "\r\r* * *\r\r" + scene)
    assert window.structure.delete([scene_id(window, "Nobody ever")])
    save(window)
    assert "Nobody ever" not in path.read_text()
    assert [scene in version.path.read_text() for version in list_kept(folders.kept, path)] == [True]


def test_deleting_a_scene_that_is_saved_keeps_no_copy_of_what_the_history_has(make_desk, tmp_path, folders):
    path = tmp_path / "story.txt"
    path.write_text("Chapter One\n\nIt began.\n\n* * *\n\n" + "It went on and on. " * 20)
    window = make_desk(path).windows[0]
    assert window.structure.delete([scene_id(window, "It went on")])
    assert list_kept(folders.kept, path) == []


def test_a_disk_that_takes_no_journal_is_told_of_and_tried_again(
    make_desk, sample, qtbot, monkeypatch, restart
):
    window = make_desk(sample).windows[0]
    is_full = True
    write = os.write

    def refuse(operation, *arguments):
        if is_full and operation is write:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return operation(*arguments)

    monkeypatch.setattr(Disk, "attempt", lambda self, operation, *arguments: refuse(operation, *arguments))
    window.journal._retry.setInterval(50)
    type_at_end(window, " More.")
    assert "cannot be written to the journal of unsaved text: the disk is full" in told(window)
    is_full = False
    qtbot.waitUntil(lambda: window.journal.journal is not None)
    assert "journal" not in told(window)
    (again,) = restart(sample).windows
    assert again.buffer.lines() == window.buffer.lines()


def test_a_disk_that_fills_up_while_typing_leaves_the_journal_so_far(make_desk, sample, monkeypatch, restart):
    window = make_desk(sample).windows[0]
    type_at_end(window, " Safe")
    safe = window.buffer.lines()
    write = os.write

    def fill(self, operation, *arguments):
        if operation is write:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return operation(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(Disk, "attempt", fill)
        QTest.keyClicks(window.page, "xyz")
    (again,) = restart(sample).windows
    assert again.buffer.lines() == safe


def test_a_journal_that_somebody_removes_is_begun_anew(window, sample, folders, restart, qtbot):
    type_at_end(window, " One.")
    first = window.journal.journal
    shutil.rmtree(folders.state / "journals")
    QTest.keyClicks(window.page, " Two.")
    qtbot.waitUntil(lambda: window.journal.journal not in {first, None})
    (again,) = restart(sample).windows
    assert again.buffer.lines() == window.buffer.lines()


def test_closing_a_window_whose_text_is_given_up_leaves_no_journal(window, folders):
    type_at_end(window, " More.")
    window.buffer.document.setModified(False)
    window.close()
    assert list(folders.journals.iterdir()) == []


def test_a_long_journal_goes_on_in_a_shorter_form(window, sample, monkeypatch, restart, qtbot):
    monkeypatch.setattr(journal_keeper, "LONG_JOURNAL", 500)
    type_at_end(window, " First words.")
    window.journal._compact_at = 500
    first = window.journal.journal.path
    QTest.keyClicks(window.page, "and more and more and more")
    qtbot.waitUntil(lambda: not first.exists())
    QTest.keyClicks(window.page, " End.")
    (again,) = restart(sample).windows
    assert again.buffer.lines() == window.buffer.lines()


def test_words_are_counted_that_are_new():
    assert words_restored(["One two three."], ["One two three."]) == 0
    assert words_restored(["One two three."], ["One two four and five."]) == 3
    assert words_restored(["One.", "Two."], ["Two.", "One."]) <= 1
    assert words_restored(["One two."], [""]) == 0
