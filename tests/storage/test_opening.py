"""A manuscript read for the command line: a file or a folder, as it is on the disk."""

import contextlib

import pytest

from editor.errors import FileUnreadable, NotText
from editor.manuscript.moves import Place, Where, move_nodes
from editor.storage.files import read_file
from editor.storage.folder_names import SETTINGS_NAME
from editor.storage.joint_plan import ChapterSave
from editor.storage.joint_save import save_chapters
from editor.storage.opening import open_manuscript
from tests.faults.faulty_disk import FaultyDisk, KillAfter, Killed
from tests.journeys.folders import bytes_of, make_book


def test_a_folder_says_what_all_its_files_have_in_common(tmp_path):
    opened = open_manuscript(make_book(tmp_path / "book"))
    assert (opened.encoding, opened.eol) == ("mixed", "mixed")
    one = open_manuscript(tmp_path / "book" / "chapter 2.txt")
    assert (one.encoding, one.eol) == ("utf-8-sig", "lf")


def test_a_move_is_written_to_the_files_it_touches(tmp_path):
    book = make_book(tmp_path / "book")
    before = bytes_of(book)
    opened = open_manuscript(book)
    scenes = list(opened.manuscript.outline.scenes())
    opened.manuscript.apply(move_nodes(opened.manuscript, [scenes[1].id], Place(scenes[9].id, Where.BEFORE)))
    opened.save(opened.manuscript.text.lines)
    after = bytes_of(book)
    assert [name for name in before if before[name] != after[name]] == ["chapter 1.txt", "chapter 4.txt"]
    assert SETTINGS_NAME not in after


def test_a_folder_without_texts_and_one_with_a_file_that_is_no_text_are_refused(tmp_path):
    with pytest.raises(FileUnreadable, match="no text file"):
        open_manuscript(tmp_path)
    (tmp_path / "a.txt").write_bytes(bytes(range(256)) * 8)
    with pytest.raises(NotText):
        open_manuscript(tmp_path)


def test_a_save_that_was_cut_off_is_finished_before_the_folder_is_read(tmp_path):
    book = make_book(tmp_path / "book", chapters=2)
    stored = [read_file(book / f"chapter {number}.txt") for number in (1, 2)]
    saves = [ChapterSave(each.path, [*each.decoded.lines, "New."], each) for each in stored]
    texts = set()
    for number in range(1, 2000):
        with FaultyDisk(tmp_path / "copies", number, KillAfter()) as disk, contextlib.suppress(Killed):
            save_chapters(book, saves, discard=lambda path: path.unlink(), disk=disk)
        texts.add(open_manuscript(book).manuscript.text.lines.count("New."))
        for each in stored:
            each.path.write_bytes(each.data)
        stored = [read_file(each.path) for each in stored]
        saves = [ChapterSave(each.path, [*each.decoded.lines, "New."], each) for each in stored]
        if not disk.has_failed:
            break
    assert texts == {0, 2}
