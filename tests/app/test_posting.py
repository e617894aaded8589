"""The ledger: what was posted goes where the manuscript goes."""

import json

import pytest

from editor.app.posting import PostedLedger, day_of, note_export, noting
from editor.errors import FileUnreadable
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.posted_chapters import How
from editor.storage.posted import PostedFile

BOOK = Manuscript(["## One", "", "Rain.", "", "## Two", "", "Ice."])


def titles(posted, target="ao3"):
    return [each.title for each in posted.targets.get(target, ())]


def test_without_a_file_it_is_remembered_and_written_as_soon_as_there_is_one(tmp_path):
    ledger = PostedLedger(tmp_path / "posted")
    ledger.open_at(None)
    assert titles(ledger.change(noting(BOOK, "ao3", How.COPY, places={1}))) == ["Two"]
    assert not (tmp_path / "posted").exists()
    assert titles(ledger.open_at(tmp_path / "a.txt", carries=True)) == ["Two"]
    assert titles(PostedFile(tmp_path / "posted", tmp_path / "a.txt").read()) == ["Two"]


def test_another_text_takes_nothing_along(tmp_path):
    ledger = PostedLedger(tmp_path)
    ledger.open_at(tmp_path / "a.txt")
    ledger.change(noting(BOOK, "ao3", How.COPY))
    assert titles(ledger.open_at(tmp_path / "b.txt")) == []
    assert titles(ledger.open_at(tmp_path / "a.txt")) == ["One", "Two"]


def test_what_another_program_noted_is_seen_once(tmp_path):
    ledger = PostedLedger(tmp_path)
    ledger.open_at(tmp_path / "a.txt")
    assert ledger.read_if_changed() is None
    assert note_export(tmp_path, tmp_path / "a.txt", BOOK, "mail", None) == []
    assert titles(ledger.read_if_changed(), "mail") == ["One", "Two"]
    assert ledger.read_if_changed() is None


def test_nothing_is_noted_at_the_old_place_even_if_that_cannot_be_read(tmp_path):
    ledger = PostedLedger(tmp_path)
    ledger.open_at(tmp_path / "a.txt")
    ledger.change(noting(BOOK, "ao3", How.COPY))
    old = PostedFile(tmp_path, tmp_path / "a.txt").path
    old.write_text(json.dumps({**json.loads(old.read_text()), "version": 2}))
    before = old.read_bytes()
    with pytest.raises(FileUnreadable):
        ledger.open_at(tmp_path / "b.txt", carries=True)
    assert titles(ledger.change(noting(BOOK, "ao3", How.COPY))) == ["One", "Two"]
    assert old.read_bytes() == before


def test_what_is_wrong_with_the_old_file_is_told_after_the_move(tmp_path):
    ledger = PostedLedger(tmp_path)
    ledger.open_at(tmp_path / "a.txt")
    PostedFile(tmp_path, tmp_path / "a.txt").path.write_text("broken")
    ledger.open_at(tmp_path / "b.txt", carries=True)
    assert len(ledger.take_problems()) == 1
    assert ledger.take_problems() == []


def test_a_day_is_told_in_words_and_nonsense_not_at_all():
    assert day_of("2026-11-03T12:00:00Z") == "3 November 2026"
    assert day_of("soon") == ""
