"""The note for other computers beside a manuscript."""

import json

import pytest

from editor.storage.folder_names import is_hidden_or_backup
from editor.storage.folders import list_folder
from editor.storage.owner import this_program
from editor.storage.shared_locks import (
    STALE_SECONDS,
    is_stale,
    note_path,
    read_note,
    remove_note,
    write_note,
)
from tests.storage.neighbours import distant_owner


@pytest.fixture
def chapter(tmp_path):
    path = tmp_path / "chapter.txt"
    path.write_text("Rain.\n")
    return path


def test_the_note_of_another_computer_is_read_with_its_time(chapter):
    owner = distant_owner()
    write_note(chapter, owner, is_folder=False, now=1000.0)
    note = read_note(chapter, is_folder=False)
    assert (note.owner, note.seen) == (owner, 1000.0)
    assert is_stale(note, 1001.0 + STALE_SECONDS)
    assert not is_stale(note, 999.0 + STALE_SECONDS)


def test_our_own_note_is_nobody_elses(chapter):
    write_note(chapter, this_program(), is_folder=False)
    assert read_note(chapter, is_folder=False) is None


def test_only_whoever_wrote_a_note_removes_it(chapter):
    ours, theirs = this_program(), distant_owner()
    write_note(chapter, theirs, is_folder=False)
    remove_note(chapter, ours, is_folder=False)
    assert read_note(chapter, is_folder=False) is not None
    remove_note(chapter, theirs, is_folder=False)
    assert not note_path(chapter, is_folder=False).exists()
    remove_note(chapter, theirs, is_folder=False)


@pytest.mark.parametrize("is_folder", [False, True])
def test_a_note_is_never_a_chapter(tmp_path, chapter, is_folder):
    manuscript = tmp_path if is_folder else chapter
    write_note(manuscript, distant_owner(), is_folder=is_folder)
    path = note_path(manuscript, is_folder=is_folder)
    assert path.parent == tmp_path
    assert is_hidden_or_backup(path.name)
    assert [file.name for file in list_folder(tmp_path).files] == ["chapter.txt"]


def test_a_manuscript_with_the_longest_name_has_a_note_too(tmp_path):
    chapter = tmp_path / ("я" * 127)
    chapter.write_text("Rain.\n")
    write_note(chapter, distant_owner(), is_folder=False)
    assert read_note(chapter, is_folder=False) is not None


@pytest.mark.parametrize(
    "data",
    [b"", b"\0\0", b"[1]", b'"x"', b"[" * 9000, b'{"owner": {}, "seen": 1}', b"\xff", b"x" * 20_000]
    + [
        json.dumps({"owner": distant_owner().as_table(), "seen": seen}).encode()
        for seen in (None, "x", 10**400, [])
    ]
    + [
        json.dumps({"owner": {**distant_owner().as_table(), "noted": noted}}).encode()
        for noted in (10**400, 1e300)
    ],
)
def test_a_note_that_says_nothing_is_no_note_and_is_written_over(chapter, data):
    note_path(chapter, is_folder=False).write_bytes(data)
    assert read_note(chapter, is_folder=False) is None
    remove_note(chapter, this_program(), is_folder=False) if len(data) < 10_000 else None
    write_note(chapter, distant_owner(), is_folder=False)
    assert read_note(chapter, is_folder=False) is not None
