"""Every version is there to the byte, in a repository that Git itself reads, and what is damaged stops nobody."""

import random

import pytest

from editor.errors import SaveFailed
from editor.storage.disk import Disk
from editor.storage.history import BrokenHistory, History, histories
from editor.storage.history_lock import holding
from editor.storage.history_thinning import DAY, HOUR
from tests.storage.git import git

NOON = 1_750_000_000
NAME = "My Book.txt"


def history_of(tmp_path, name=NAME):
    return History(tmp_path / "history", tmp_path / "book" / name, patience=0.0)


def texts(history, name=NAME):
    return [history.read(version)[name] for version in history.versions()]


def test_versions_are_listed_newest_first_and_read_to_the_byte(tmp_path):
    history = history_of(tmp_path)
    for number, text in enumerate([b"one\r\n", b"\xef\xbb\xbftwo\x00\xe9", b""]):
        assert history.keep({NAME: text}, "saved", NOON + number) is not None
    assert texts(history) == [b"", b"\xef\xbb\xbftwo\x00\xe9", b"one\r\n"]
    assert [(each.number, each.time, each.reason) for each in history.versions()] == [
        (3, NOON + 2, "saved"),
        (2, NOON + 1, "saved"),
        (1, NOON, "saved"),
    ]
    assert not (tmp_path / "book").exists()


def test_a_text_that_is_as_it_was_makes_no_version(tmp_path):
    history = history_of(tmp_path)
    assert history.keep({NAME: b"one"}, "opened", NOON) is not None
    assert history.keep({NAME: b"one"}, "saved", NOON + 1) is None
    assert len(history.versions()) == 1


def test_what_is_kept_for_safety_is_a_version_even_if_it_is_as_the_newest_one(tmp_path):
    history = history_of(tmp_path)
    history.keep({NAME: b"one"}, "saved", NOON)
    assert history.keep({NAME: b"one"}, "removed", NOON + 1) is not None
    assert history.keep({NAME: b"one"}, "discarded", NOON + 2) is None
    assert [version.is_safety for version in history.versions()] == [True, False]


def test_a_part_of_a_folder_is_kept_with_the_rest_as_it_was(tmp_path):
    history = history_of(tmp_path, "novel")
    history.keep({"a.txt": b"a", "b.txt": b"b"}, "saved", NOON)
    history.keep({"b.txt": b"theirs"}, "theirs", NOON + 1, is_part=True)
    assert history.read(history.versions()[0]) == {"a.txt": b"a", "b.txt": b"theirs"}


def test_git_reads_what_we_wrote_and_finds_nothing_wrong(tmp_path):
    history = history_of(tmp_path)
    for number in range(4):
        history.keep({NAME: b"line\n" * number, "cuts.txt": b"cut"}, "saved", NOON + number)
    history.name_snapshot(history.versions()[1], "First draft – „fertig“")
    assert git(history, "fsck", "--strict", "--full", "--no-dangling") == ""
    assert git(history, "log", "--format=%s").split("\n")[:3] == ["Saved", "First draft – „fertig“", "Saved"]
    assert git(history, "show", f"main~1:{NAME}") == "line\nline\n"


def test_what_git_does_to_the_repository_does_not_hide_versions(tmp_path):
    history = history_of(tmp_path)
    for number in range(5):
        history.keep({NAME: b"%d" % number}, "saved", NOON + number)
    git(history, "gc", "-q")
    git(history, "pack-refs", "--all")
    assert texts(history) == [b"4", b"3", b"2", b"1", b"0"]
    history.keep({NAME: b"5"}, "saved", NOON + 5)
    assert texts(history)[:2] == [b"5", b"4"]
    assert history.thin(NOON + 6, packs=True) == 0
    assert len(texts(history)) == 6
    assert history.problems == []


def test_packing_changes_no_version_and_leaves_few_files(tmp_path):
    history = history_of(tmp_path, "novel")
    chance = random.Random(1)
    book = {f"{number}.txt": chance.randbytes(3000).hex().encode() + b"\n" for number in range(5)}
    kept = []
    for number in range(60):
        book[f"{number % 5}.txt"] += b"line %d\n" % number
        kept.append(dict(book))
        history.keep(book, "saved", NOON + number)
    before = sum(path.stat().st_size for path in history.repository.rglob("*") if path.is_file())
    assert history.thin(NOON + 100, packs=True) == 0
    assert [history.read(version) for version in history.versions()] == kept[::-1]
    files = [path for path in history.repository.rglob("*") if path.is_file()]
    assert len(files) == 7  # HEAD, config, description, manuscript, branch, pack, index
    assert sum(path.stat().st_size for path in files) < before / 4
    assert git(history, "fsck", "--strict", "--full", "--no-dangling") == ""


def test_many_packs_become_one(tmp_path):
    history = history_of(tmp_path)
    for number in range(16):
        history.keep({NAME: b"text %d" % number}, "saved", NOON + number)
        history.thin(NOON + number, packs=True)
    assert len(list(history.repository.glob("objects/pack/*.pack"))) < 12
    assert texts(history) == [b"text %d" % number for number in reversed(range(16))]
    assert git(history, "fsck", "--strict", "--full", "--no-dangling") == ""


def test_old_versions_are_thinned_and_keep_their_numbers_and_times(tmp_path):
    history = history_of(tmp_path)
    start = NOON // DAY * DAY
    for minute in range(0, 180, 10):
        history.keep({NAME: b"%d" % minute}, "saved", start + minute * 60)
    last = history.versions()[0]
    for day in (1, 2, 3):
        history.keep({NAME: b"day %d" % day}, "saved", start + day * DAY)
    assert history.thin(start + 3 * DAY) == 15
    assert texts(history) == [b"day 3", b"day 2", b"day 1", b"170", b"110", b"50"]
    assert history.versions()[3].number == last.number
    assert history.versions()[3].time == last.time
    assert git(history, "fsck", "--strict", "--full", "--no-dangling") == ""


def test_a_version_listed_before_thinning_can_still_be_read_after(tmp_path):
    history = history_of(tmp_path)
    for number in range(6):
        history.keep({NAME: b"%d" % number}, "saved", NOON + number * 600)
    listed = history.versions()
    for day in (1, 2, 3):
        history.keep({NAME: b"day %d" % day}, "saved", NOON + day * DAY)
    history.thin(NOON + 3 * DAY)
    history.thin(NOON + 10**9, packs=True)
    assert history.read(listed[0])[NAME] == b"5"
    with pytest.raises(BrokenHistory):
        history.read(listed[1])


def test_a_scene_that_was_taken_out_stays_in_a_version_for_thirty_days(tmp_path):
    history = history_of(tmp_path)
    start = NOON // DAY * DAY
    scene = b"A scene of some length, which is to say more than twenty words, none of which are anywhere else in this text, alas.\n"
    for minute, text in ((0, b"begun\n"), (5, b"begun\n" + scene), (10, b"begun\n"), (15, b"begun again\n")):
        history.keep({NAME: text}, "saved", start + minute * 60)
    for half_day in range(2, 59):
        history.keep({NAME: b"begun again %d\n" % half_day}, "saved", start + half_day * DAY // 2)
        history.thin(start + half_day * DAY // 2)
    assert b"begun\n" + scene in texts(history)
    assert b"begun\n" not in texts(history)
    for half_day in range(59, 140):
        history.keep({NAME: b"begun again %d\n" % half_day}, "saved", start + half_day * DAY // 2)
    history.thin(start + 70 * DAY)
    assert b"begun\n" + scene not in texts(history)


def test_a_snapshot_keeps_its_name_and_is_never_thinned(tmp_path):
    history = history_of(tmp_path)
    for number in range(5):
        history.keep({NAME: b"%d" % number}, "saved", NOON + number)
    history.name_snapshot(history.versions()[3], "For Anna\nVersion: 99")
    for day in range(1, 500):
        history.keep({NAME: b"day %d" % day}, "saved", NOON + day * DAY)
    history.thin(NOON + 500 * DAY)
    named = [version for version in history.versions() if version.label]
    assert [(each.label, each.number) for each in named] == [("For Anna Version: 99", 2)]
    assert history.read(named[0])[NAME] == b"1"
    history.name_snapshot(named[0], "")
    assert all(not version.label for version in history.versions())


def test_a_clock_that_jumps_loses_and_misorders_nothing(tmp_path):
    history = history_of(tmp_path)
    for number, now in enumerate((NOON, NOON + 3000 * DAY, 0, -5, NOON + 60, NOON + 120)):
        history.keep({NAME: b"%d" % number}, "saved", now)
        history.thin(now)
    assert texts(history) == [b"5", b"4", b"3", b"2", b"1", b"0"]


def test_histories_are_found_when_the_manuscript_is_gone(tmp_path):
    one, two = history_of(tmp_path, "one.txt"), history_of(tmp_path, "caf\udce9.txt")
    one.keep({"one.txt": b"1"}, "saved", NOON)
    two.keep({"caf\udce9.txt": b"2"}, "saved", NOON + 5)
    known = histories(tmp_path / "history")
    assert [(each.manuscript, each.time) for each in known] == [
        (two.manuscript, NOON + 5),
        (one.manuscript, NOON),
    ]
    again = History(tmp_path / "history", known[0].manuscript, repository=known[0].repository)
    assert again.read(again.versions()[0]) == {"caf\udce9.txt": b"2"}
    assert histories(tmp_path / "nothing") == []


def test_two_paths_to_one_file_have_one_history(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / NAME).write_text("x")
    (tmp_path / "link.txt").symlink_to(tmp_path / "book" / NAME)
    history_of(tmp_path).keep({NAME: b"one"}, "saved", NOON)
    assert len(History(tmp_path / "history", tmp_path / "link.txt").versions()) == 1


def test_a_broken_history_is_set_aside_told_and_still_listed(tmp_path):
    history = history_of(tmp_path)
    for number in range(3):
        history.keep({NAME: b"%d" % number}, "saved", NOON + number)
    newest = history.versions()[0]
    blob = git(history, "rev-parse", f"main:{NAME}").strip()
    (history.repository / "objects" / blob[:2] / blob[2:]).write_bytes(b"rubbish")
    again = history_of(tmp_path)
    kept = again.keep({NAME: b"3"}, "saved", NOON + 3)
    assert kept is not None
    assert kept.number == newest.number + 1
    assert "still listed" in again.problems[0]
    assert [version.number for version in again.versions()] == [4, 3, 2, 1]
    assert [again.read(version)[NAME] for version in again.versions() if version.number != 3] == [
        b"3",
        b"1",
        b"0",
    ]
    with pytest.raises(BrokenHistory):
        again.read(again.versions()[1])
    assert len(histories(tmp_path / "history")) == 1


def test_a_history_with_a_gap_is_never_thinned(tmp_path):
    history = history_of(tmp_path)
    for number in range(5):
        history.keep({NAME: b"%d" % number}, "saved", NOON + number)
    commit = git(history, "rev-parse", "main~2").strip()
    (history.repository / "objects" / commit[:2] / commit[2:]).unlink()
    assert history.thin(NOON + 100 * DAY) == 0
    assert texts(history) == [b"4", b"3"]
    assert history.problems != []


@pytest.mark.parametrize("content", [b"", b"\0" * 50, b"rubbish", "folder"])
def test_anything_may_lie_where_the_history_should_be(tmp_path, content):
    history = history_of(tmp_path)
    history.repository.parent.mkdir()
    for path in (history.repository, history.repository.with_suffix(".lock")):
        if content == "folder":
            (path / "x").mkdir(parents=True)
        else:
            path.write_bytes(content)
    assert history.versions() == []
    history.keep({NAME: b"one"}, "saved", NOON)
    assert texts(history) == [b"one"]
    assert history.thin(NOON) == 0


def test_who_finds_another_writer_at_work_says_so_and_loses_nothing(tmp_path):
    history = history_of(tmp_path)
    history.keep({NAME: b"one"}, "saved", NOON)
    with (
        holding(history.repository.with_suffix(".lock"), Disk(tmp_path), 0.0),
        pytest.raises(SaveFailed, match=r"No version of “My Book\.txt”"),
    ):
        history.keep({NAME: b"two"}, "saved", NOON)
    assert texts(history) == [b"one"]


def test_names_that_git_does_not_take_are_changed(tmp_path):
    history = history_of(tmp_path)
    history.keep({".git": b"1", "a/b.txt": b"2", "..": b"3"}, "saved", NOON)
    assert history.read(history.versions()[0]) == {"_.git": b"1", "b.txt": b"2", "_..": b"3"}
    assert git(history, "fsck", "--strict", "--no-dangling") == ""


def test_hour_by_hour_is_kept_for_a_week(tmp_path):
    history = history_of(tmp_path)
    start = NOON // DAY * DAY
    for half_hour in range(2 * 24 * 3):
        history.keep({NAME: b"%d" % half_hour}, "saved", start + half_hour * HOUR // 2)
    history.thin(start + 3 * DAY)
    assert len(history.versions()) == 47 + 24 * 2
