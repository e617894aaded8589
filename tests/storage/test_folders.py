"""A folder of chapter files: what is in the book, in which order, and what became of it."""

import itertools
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import FileUnreadable
from editor.storage.files import read_file
from editor.storage.folder_names import natural_key
from editor.storage.folders import CROWD, folder_changed, list_folder, put_in_order, read_folder


def make(folder, *names, text="Text of {}."):
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text(text.format(name))
    return folder


def chapters(folder):
    return [path.name for path in list_folder(folder).chapters]


def test_two_comes_before_ten_and_capitals_do_not_matter(tmp_path):
    make(tmp_path / "b", "Chapter 10.txt", "chapter 2.md", "Chapter 1.TXT", "prologue.txt", "Épilogue.txt")
    assert chapters(tmp_path / "b") == [
        "Chapter 1.TXT",
        "chapter 2.md",
        "Chapter 10.txt",
        "prologue.txt",
        "Épilogue.txt",
    ]


@given(st.lists(st.text("aA1０²٣ .é", max_size=6), unique=True))
def test_the_natural_order_is_total_and_does_not_depend_on_the_order_before(names):
    ordered = sorted(names, key=natural_key)
    backwards = list(reversed(names))
    assert sorted(backwards, key=natural_key) == ordered
    assert len({repr(natural_key(name)) for name in names}) == len(names)


NOT_CHAPTERS = [
    ".hidden.txt",
    ".a.txt.12-0123abcd.tmp~",
    "a.txt~",
    "a.txt.bak",
    "a.bak",
    "#a.txt#",
    "~$a.txt",
    "a.txt.orig",
    "a.old",
    ".a.txt.swp",
    "book.docx",
    "notes",
    "manuscript.toml",
]


def test_hidden_files_backups_and_other_kinds_are_no_chapters(tmp_path):
    make(tmp_path / "b", "a.txt", "README.md", "letter.eml", *NOT_CHAPTERS, text="")
    (tmp_path / "b" / "part.txt").mkdir()
    assert chapters(tmp_path / "b") == ["a.txt", "letter.eml", "README.md"]


@pytest.mark.parametrize("name", ["cuts.txt", "Cuts.TXT"])
def test_the_cuts_file_is_apart_and_last(tmp_path, name):
    folder = make(tmp_path / "b", name, "z.txt")
    listing = list_folder(folder)
    assert listing.chapters == (folder / "z.txt",)
    assert listing.cuts == folder / name
    assert [file.path.name for file in read_folder(listing)[0]] == ["z.txt", name]


@pytest.mark.parametrize(
    "name",
    [
        "a (conflicted copy 2024-05-01 101010).txt",
        "a (Ann's conflicted copy 2024-05-01).txt",
        "a (Case Conflict).txt",
        "a (case conflict 1).txt",
        "a.sync-conflict-20240501-101010-ABCDEFG.txt",
        "a_conflict-20240501-101010.txt",
    ],
)
def test_a_copy_that_a_sync_client_made_is_no_chapter_but_is_told(tmp_path, name):
    folder = make(tmp_path / "b", "a.txt", name)
    listing = list_folder(folder)
    assert listing.chapters == (folder / "a.txt",)
    assert [(found.path, found.original) for found in listing.conflicts] == [
        (folder / name, folder / "a.txt")
    ]
    (folder / "a.txt").unlink()
    assert [(found.path, found.original) for found in list_folder(folder).conflicts] == [
        (folder / name, None)
    ]


@pytest.mark.parametrize("name", ["The conflict.txt", "a (conflict).txt", "conflicted copy.txt"])
def test_a_chapter_about_a_conflict_is_a_chapter(tmp_path, name):
    assert chapters(make(tmp_path / "b", name)) == [name]


def test_the_order_of_the_writer_counts_and_others_stand_where_nature_puts_them(tmp_path):
    folder = make(tmp_path / "b", "1.txt", "2.txt", "3.txt", "4.txt", "scene")
    (folder / "manuscript.toml").write_text('order = ["3.txt", "gone.txt", "scene", "1.txt"]')
    assert chapters(folder) == ["3.txt", "4.txt", "scene", "1.txt", "2.txt"]
    assert list_folder(folder).settings.order == ("3.txt", "gone.txt", "scene", "1.txt")


@given(st.lists(st.text("ab12", min_size=1, max_size=3), unique=True), st.lists(st.text("ab12", max_size=3)))
def test_any_order_names_every_file_once_and_keeps_the_named_ones_in_turn(names, order):
    result = put_in_order(names, order)
    assert sorted(result) == sorted(names)
    assert [name for name in result if name in order] == [
        name for name in dict.fromkeys(order) if name in names
    ]
    assert put_in_order(names, []) == sorted(names, key=natural_key)


def test_broken_settings_are_told_and_the_names_decide(tmp_path):
    folder = make(tmp_path / "b", "2.txt", "1.txt")
    (folder / "manuscript.toml").write_text("order = [")
    (problem,) = list_folder(folder).problems
    assert "manuscript.toml cannot be read" in problem
    assert chapters(folder) == ["1.txt", "2.txt"]


def test_links_are_followed_and_no_text_is_in_the_book_twice(tmp_path):
    away = make(tmp_path / "away", "far.txt")
    folder = make(tmp_path / "b", "b.txt")
    (folder / "a.txt").symlink_to("b.txt")
    (folder / "c.txt").symlink_to(away / "far.txt")
    (folder / "d.txt").symlink_to("nowhere.txt")
    os.link(folder / "b.txt", folder / "e.txt")
    assert chapters(folder) == ["b.txt", "c.txt"]
    assert [problem.split("”")[0] for problem in list_folder(folder).problems] == [
        "“d.txt",
        "“e.txt",
        "“a.txt",
    ]


def test_a_long_list_of_unrelated_texts_is_a_crowd_and_a_series_is_not(tmp_path):
    make(tmp_path / "a", *[f"{word}.txt" for word in map("".join, itertools.product("abcdefg", repeat=3))])
    make(tmp_path / "b", *[f"Chapter {number}.txt" for number in range(CROWD + 10)])
    assert list_folder(tmp_path / "a").is_crowd
    assert not list_folder(tmp_path / "b").is_crowd
    (tmp_path / "a" / "manuscript.toml").write_text("")
    assert not list_folder(tmp_path / "a").is_crowd


def test_a_file_that_is_no_text_is_an_error_and_the_others_are_read(tmp_path):
    folder = make(tmp_path / "b", "1.txt", "3.txt")
    (folder / "2.txt").write_bytes(b"\0\0\2\3" * 9)
    stored, errors = read_folder(list_folder(folder))
    assert [file.path.name for file in stored] == ["1.txt", "3.txt"]
    assert [error.path.name for error in errors] == ["2.txt"]


def test_a_folder_that_cannot_be_listed_is_told_in_words(tmp_path):
    with pytest.raises(FileUnreadable, match="is not there"):
        list_folder(tmp_path / "none")
    (tmp_path / "file").write_text("")
    with pytest.raises(FileUnreadable, match="is a file, not a folder"):
        list_folder(tmp_path / "file")


def test_what_appeared_vanished_and_was_renamed_is_told_apart(tmp_path):
    folder = make(tmp_path / "b", "1.txt", "2.txt", "3.txt", "4.txt")
    listing = list_folder(folder)
    stored = read_folder(listing)[0]
    assert folder_changed(listing, stored).is_nothing
    (folder / "1.txt").rename(folder / "5.txt")
    (folder / "2.txt").unlink()
    (folder / "2b.txt").write_text("Text of 2.txt.")
    (folder / "3.txt").unlink()
    (folder / "4.txt").rename(folder / "6.txt")
    (folder / "6.txt").write_text("Text of 4.txt. And more.")
    (folder / "new.txt").write_text("Something else.")  # it may get the inode of what was removed just now
    change = folder_changed(listing, stored)
    assert dict(change.renamed) == {
        folder / "1.txt": folder / "5.txt",
        folder / "2.txt": folder / "2b.txt",
        folder / "4.txt": folder / "6.txt",
    }
    assert change.vanished == (folder / "3.txt",)
    assert change.appeared == (folder / "new.txt",)
    assert change.is_reordered


def test_a_new_order_alone_is_a_change(tmp_path):
    folder = make(tmp_path / "b", "1.txt", "2.txt")
    listing = list_folder(folder)
    stored = [read_file(path) for path in listing.files]
    (folder / "manuscript.toml").write_text('order = ["2.txt", "1.txt"]')
    change = folder_changed(listing, stored)
    assert (change.appeared, change.vanished, change.renamed, change.is_reordered) == ((), (), (), True)
    assert not change.is_nothing
