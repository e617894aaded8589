"""What is for the import and what is for opening is told by the name, and where names say too little by the first bytes."""

import os

import pytest

from editor.importing.kinds import is_foreign


@pytest.mark.parametrize("name", ["a.docx", "a.ODT", "a.epub", "a.yw7", "a.pdf", "a.fodt"])
def test_files_of_other_programs_are_for_the_import(name, tmp_path):
    (tmp_path / name).write_bytes(b"x")
    assert is_foreign(tmp_path / name)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a", "a.mail"])
def test_text_is_for_opening(name, tmp_path):
    (tmp_path / name).write_bytes(b"PK")
    assert not is_foreign(tmp_path / name)


def test_an_old_name_says_too_little(tmp_path):
    (tmp_path / "plain.doc").write_text("Chapter 1")
    (tmp_path / "rich.doc").write_text(r"{\rtf1 x}")
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    told = {path.name: is_foreign(path) for path in tmp_path.iterdir()}
    assert told == {"plain.doc": False, "rich.doc": True, "old.doc": True}


@pytest.mark.parametrize("inside", ["nwProject.nwx", "MANUSKRIPT", "Book.scrivx"])
def test_the_folder_of_a_project_is_for_the_import_and_one_of_chapters_is_not(inside, tmp_path):
    assert not is_foreign(tmp_path)
    (tmp_path / inside).write_text("x")
    assert is_foreign(tmp_path)


def test_what_is_not_there_or_no_file_is_for_opening_which_says_why(tmp_path):
    os.mkfifo(tmp_path / "a.rtf")
    assert not is_foreign(tmp_path / "a.rtf")
    assert not is_foreign(tmp_path / "gone.docx")
    assert not is_foreign(tmp_path / ("x" * 5000 + ".docx"))
