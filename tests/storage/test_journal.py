"""The journal: what is written is what comes back, however it ends."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.manuscript.edits import Position
from editor.storage.disk import Disk
from editor.storage.journal import Journal, Subject, encode_base
from editor.storage.journal_format import body_of, encode_record, read_records, replay
from editor.storage.journal_recovery import find_unsaved, prune_recovered, put_aside
from editor.storage.kept import KEPT_SECONDS
from editor.ui.line_changes import hunks_between
from tests.journeys.crashes import disown

BASE = ["Chapter One", "", "It was night.", "", "* * *", "", "It was day."]
NOBODY = 2**22 + 1  # no process has this number on a usual system

characters = st.characters(exclude_characters="\n\r") | st.sampled_from(
    ["\ud800", "\udc41", "\ufeff", "\x1c", "😀"]
)
texts = st.lists(st.text(characters, max_size=12), min_size=1, max_size=8)


def changed(journal, before, after):
    """Note the change from one text to another; return the other."""
    hunks = hunks_between(before, after, 0)
    journal.note(hunks, [before[first : first + count] for first, count, _ in hunks])
    return after


def orphaned(folder):
    """Let the journals in `folder` belong to a program that has ended; return what is found."""
    for path in folder.glob("*/changes-*.journal"):
        lines = path.read_bytes().split(b"\n", 1)
        records = read_records(lines[0] + b"\n")[0]
        if records:
            header = records[0][1]
            header["owner"]["process"] = NOBODY
            path.write_bytes(encode_record(0, "journal", header) + lines[1])
    return find_unsaved(folder)


@given(texts, st.lists(texts, max_size=6))
def test_any_changes_of_any_text_come_back(tmp_path_factory, base, steps):
    folder = tmp_path_factory.mktemp("journals")
    journal = Journal(folder, Subject(Path("/book/one.txt")), base, "w")
    now = base
    for step in steps:
        now = changed(journal, now, step)
    journal.leave()
    if not any(hunks_between(a, b, 0) for a, b in zip([base, *steps], steps, strict=False)):
        return
    (unsaved,) = orphaned(folder).unsaved
    assert unsaved.base == base
    replayed = unsaved.text_from(unsaved.base)
    assert replayed.lines == now
    assert replayed.is_whole
    assert unsaved.subject == Subject(Path("/book/one.txt"))


@given(texts, texts)
def test_a_change_is_written_in_the_shortest_form_that_says_it(base, after):
    hunks = hunks_between(base, after, 0)
    if not hunks:
        return
    body = list(body_of(hunks, [base[first : first + count] for first, count, _ in hunks]))
    assert replay(base, [json.loads(json.dumps(body))]).lines == after
    if len(base) == len(after) and sum(a != b for a, b in zip(base, after, strict=True)) == 1:
        assert body[0] == "typed"
        line = body[1]
        assert body[3] <= len(base[line])
        assert len(body[4]) <= len(after[line])


def test_a_journal_that_is_torn_at_any_byte_gives_the_text_of_the_last_whole_record(tmp_path):
    journal = Journal(tmp_path / "journals", Subject(), BASE, "w")
    states, now = [BASE], BASE
    for word in ("It", " was", " *morning*", " — é😀", "."):
        now = changed(journal, now, [*now[:2], now[2] + word, *now[3:]])
        states.append(now)
    journal.leave()
    data = journal.path.read_bytes()
    seen = set()
    for size in range(len(data) + 1):
        records = read_records(data[:size])[0]
        if not records:
            continue
        replayed = replay(BASE, records[1:])
        assert replayed.is_whole
        assert replayed.lines == states[len(records) - 1]
        seen.add(len(records))
    assert seen == set(range(1, len(states) + 1))


def test_what_follows_a_broken_record_is_not_read_and_one_written_twice_counts_once(tmp_path):
    one, two, three = (encode_record(number, "caret", number, 0) for number in range(3))
    assert [record[1] for record in read_records(one + two + three)[0]] == [0, 1, 2]
    assert [record[1] for record in read_records(one + one + two + two + three)[0]] == [0, 1, 2]
    assert [record[1] for record in read_records(one + three)[0]] == [0]
    assert [record[1] for record in read_records(one + two.replace(b"caret", b"carot") + three)[0]] == [0]
    assert [record[1] for record in read_records(one + b"\x00" * 40 + b"\n" + two)[0]] == [0]


@given(
    st.lists(
        st.lists(
            st.integers(-3, 9)
            | st.text(max_size=3)
            | st.sampled_from(["typed", "lines", "caret"])
            | st.lists(
                st.lists(
                    st.integers(-3, 9) | st.text(max_size=2) | st.lists(st.text(max_size=2), max_size=2),
                    max_size=4,
                ),
                max_size=3,
            ),
            min_size=1,
            max_size=6,
        ),
        max_size=4,
    )
)
def test_records_that_do_not_fit_the_text_are_not_applied_and_are_no_fault(records):
    replayed = replay(BASE, records)
    assert replayed.lines
    assert all(isinstance(line, str) for line in replayed.lines)


def test_a_journal_of_a_program_that_runs_is_left_alone(tmp_path):
    journal = Journal(tmp_path, Subject(), BASE, "w")
    changed(journal, BASE, ["other"])
    assert find_unsaved(tmp_path).unsaved == ()
    journal.remove()
    assert list(tmp_path.iterdir()) == []


def test_a_journal_without_a_change_is_nothing_to_recover(tmp_path):
    journal = Journal(tmp_path, Subject(), BASE, "w")
    journal.leave()
    (unsaved,) = orphaned(tmp_path).unsaved
    assert unsaved.text_from(unsaved.base).lines == BASE


def test_a_base_that_is_lost_is_known_again_by_its_text(tmp_path):
    journal = Journal(tmp_path, Subject(), BASE, "w")
    changed(journal, BASE, [*BASE, "More."])
    journal.leave()
    (journal.folder / "base.txt").write_bytes(encode_base(BASE)[:-1])
    (unsaved,) = orphaned(tmp_path).unsaved
    assert unsaved.base is None
    assert unsaved.fits(BASE)
    assert not unsaved.fits([*BASE, ""])
    assert unsaved.text_from(BASE).lines == [*BASE, "More."]


def test_the_newest_whole_generation_counts(tmp_path):
    journal = Journal(tmp_path, Subject(), BASE, "w")
    now = changed(journal, BASE, [*BASE, "More."])
    first = journal.path
    journal.begin_again(hunks_between(BASE, now, 0), keep_old=True)
    now = changed(journal, now, [*now, "Even more."])
    journal.leave()
    assert first.exists()
    (unsaved,) = orphaned(tmp_path).unsaved
    assert unsaved.text_from(unsaved.base).lines == now
    journal.path.write_bytes(b"")
    (journal.folder / "claim").unlink()
    (unsaved,) = find_unsaved(tmp_path).unsaved
    assert unsaved.text_from(unsaved.base).lines == [*BASE, "More."]


def test_a_shorter_generation_takes_the_place_of_a_long_one(tmp_path):
    journal = Journal(tmp_path, Subject(), BASE, "w")
    now = BASE
    for number in range(50):
        now = changed(journal, now, [*BASE[:2], f"{number}", *BASE[3:]])
    long, size = journal.path, journal.size
    journal.begin_again(hunks_between(BASE, now, 0), keep_old=False)
    assert journal.size < size
    assert not long.exists()
    journal.leave()
    (unsaved,) = orphaned(tmp_path).unsaved
    assert unsaved.text_from(unsaved.base).lines == now


def test_of_the_journals_of_one_window_only_the_newest_counts_and_the_others_go_with_it(tmp_path):
    old = Journal(tmp_path, Subject(), BASE, "w")
    changed(old, BASE, ["old"])
    old.leave()
    time.sleep(0.01)
    new = Journal(tmp_path, Subject(), BASE, "w")
    changed(new, BASE, ["new"])
    new.leave()
    other = Journal(tmp_path, Subject(), BASE, "another window")
    changed(other, BASE, ["other"])
    other.leave()
    unsaved = orphaned(tmp_path).unsaved
    assert [each.text_from(each.base).lines for each in unsaved] == [["new"], ["other"]]
    for each in unsaved:
        put_aside(each)
    assert [path.name for path in tmp_path.iterdir()] == ["recovered"]
    assert find_unsaved(tmp_path).unsaved == ()


def test_a_newest_journal_that_had_only_begun_does_not_hide_the_one_before(tmp_path):
    old = Journal(tmp_path, Subject(), BASE, "w")
    changed(old, BASE, ["old"])
    old.leave()
    Journal(tmp_path, Subject(), BASE, "w").leave()
    (unsaved,) = orphaned(tmp_path).unsaved
    assert unsaved.text_from(unsaved.base).lines == ["old"]


def test_what_was_found_is_not_found_by_another_program_meanwhile_but_by_the_next_after_a_crash(tmp_path):
    script = "import sys, pathlib; from editor.storage.journal_recovery import find_unsaved; print(len(find_unsaved(pathlib.Path(sys.argv[1])).unsaved))"
    journal = Journal(tmp_path, Subject(), BASE, "w")
    changed(journal, BASE, ["text"])
    journal.leave()
    assert len(orphaned(tmp_path).unsaved) == 1  # claimed by this program
    command = [sys.executable, "-c", script, str(tmp_path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "0"
    claim = journal.folder / "claim"
    claim.write_text(json.dumps({**json.loads(claim.read_text()), "process": NOBODY}))
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "1"


def test_a_journal_that_cannot_be_understood_is_put_aside_and_told(tmp_path):
    (tmp_path / f"20260101T000000-{NOBODY}-aa").mkdir()
    (tmp_path / f"20260101T000000-{NOBODY}-aa" / "changes-1.journal").write_bytes(os.urandom(300))
    found = find_unsaved(tmp_path)
    assert found.unsaved == ()
    assert len(found.problems) == 1
    assert (tmp_path / "recovered" / f"20260101T000000-{NOBODY}-aa" / "changes-1.journal").exists()
    assert find_unsaved(tmp_path).problems == ()


def test_a_journal_that_a_program_is_just_beginning_is_left_alone(tmp_path):
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        place = tmp_path / f"20260101T000000-{other.pid}-aa"
        place.mkdir()
        (place / "changes-1.journal").write_bytes(encode_record(0, "journal", {"version": 1})[:20])
        assert find_unsaved(tmp_path).problems == ()
        assert (place / "changes-1.journal").exists()
    finally:
        other.communicate(b"\n")
    assert len(find_unsaved(tmp_path).problems) == 1


def test_a_journal_that_goes_while_it_is_looked_at_is_not_put_back(tmp_path):
    journal = Journal(tmp_path, Subject(), BASE, "w")
    changed(journal, BASE, [*BASE, "More."])
    journal.leave()

    class Racing(Disk):
        """Another program removes the journal just before it is claimed: its text was saved."""

        def create(self, path, mode):
            if path.name == "claim":
                shutil.rmtree(path.parent)
            return super().create(path, mode)

    disown(journal.path)
    assert find_unsaved(tmp_path, Racing()).unsaved == ()


def test_a_claim_that_another_program_is_about_to_write_counts(tmp_path):
    journal = Journal(tmp_path, Subject(), BASE, "w")
    changed(journal, BASE, [*BASE, "More."])
    journal.leave()
    disown(journal.path)
    claim = journal.folder / "claim"
    claim.touch()
    assert find_unsaved(tmp_path).unsaved == ()
    os.utime(claim, (time.time() - 60, time.time() - 60))
    assert len(find_unsaved(tmp_path).unsaved) == 1


def test_a_journal_that_had_lain_there_for_long_is_kept_for_thirty_days_from_when_it_is_put_aside(tmp_path):
    place = tmp_path / f"20260101T000000-{NOBODY}-aa"
    place.mkdir()
    (place / "changes-1.journal").write_bytes(b"nothing that is known")
    long_ago = time.time() - 2 * KEPT_SECONDS
    os.utime(place, (long_ago, long_ago))
    assert len(find_unsaved(tmp_path).problems) == 1
    prune_recovered(tmp_path, time.time())
    assert (tmp_path / "recovered" / place.name / "changes-1.journal").exists()


def test_two_halves_of_a_character_that_stand_together_come_back_as_two(tmp_path):
    journal = Journal(tmp_path, Subject(), ["a"], "w")
    now = changed(journal, ["a"], ["a\ud83d"])
    now = changed(journal, now, ["a\ud83d\udc80 and \U0001f480"])
    now = changed(journal, now, ["a\ud83d\udc80 and \U0001f480."])
    journal.leave()
    disown(journal.path)
    (unsaved,) = find_unsaved(tmp_path).unsaved
    assert unsaved.text_from(unsaved.base).lines == now


def test_the_newest_journal_counts_although_the_clock_was_set_back(tmp_path, monkeypatch):
    older = Journal(tmp_path, Subject(), BASE, "w", hunks=[(0, 1, ["Old"])])
    older.leave()
    hour_ago = time.time() - 3600
    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda: hour_ago)
        newer = Journal(tmp_path, Subject(), BASE, "w", hunks=[(0, 1, ["New"])])
    newer.leave()
    for journal in (older, newer):
        disown(journal.path)
    (unsaved,) = find_unsaved(tmp_path).unsaved
    assert unsaved.text_from(unsaved.base).lines[0] == "New"


def test_what_was_put_aside_goes_after_thirty_days(tmp_path):
    journal = Journal(tmp_path, Subject(), BASE, "w")
    changed(journal, BASE, ["text"])
    journal.leave()
    (unsaved,) = orphaned(tmp_path).unsaved
    put_aside(unsaved)
    prune_recovered(tmp_path, time.time() + KEPT_SECONDS - 60)
    assert len(list((tmp_path / "recovered").iterdir())) == 1
    prune_recovered(tmp_path, time.time() + KEPT_SECONDS + 60)
    assert list((tmp_path / "recovered").iterdir()) == []


def test_the_caret_comes_back(tmp_path):
    journal = Journal(tmp_path, Subject(), BASE, "w")
    changed(journal, BASE, [*BASE[:2], "It was no night.", *BASE[3:]])
    journal.note_caret(6, 3)
    journal.leave()
    (unsaved,) = orphaned(tmp_path).unsaved
    assert unsaved.text_from(unsaved.base).caret == Position(6, 3)


@pytest.mark.skipif(sys.platform == "win32", reason="names of other systems")
def test_a_path_that_is_no_text_comes_back(tmp_path):
    path = Path(os.fsdecode(b"/book/\xff\xfe.txt"))
    journal = Journal(tmp_path, Subject(path, is_folder=True), BASE, "w")
    changed(journal, BASE, ["text"])
    journal.leave()
    (unsaved,) = orphaned(tmp_path).unsaved
    assert unsaved.subject == Subject(path, is_folder=True)


def test_a_folder_that_is_not_there_or_holds_other_things_has_nothing_unsaved(tmp_path):
    assert find_unsaved(tmp_path / "none").unsaved == ()
    (tmp_path / "a file").write_text("x")
    (tmp_path / "an empty folder").mkdir()
    assert find_unsaved(tmp_path, Disk()).unsaved == ()
