"""Versions that were not chosen stay for thirty days."""

from pathlib import Path

from editor.storage.kept import KEPT_SECONDS, keep_version, list_kept, prune_kept

NOON = 1_750_000_000.0


def test_a_kept_version_is_a_plain_copy_whose_name_says_when_and_why(tmp_path):
    kept = keep_version(tmp_path / "kept", tmp_path / "My Book.txt", b"text", "theirs, on disk", NOON)
    assert kept.read_bytes() == b"text"
    assert kept.name == "20250615T150640.000000Z theirs-on-disk My Book.txt"


def test_versions_are_listed_by_time_and_by_file(tmp_path):
    folder, one, two = tmp_path / "kept", tmp_path / "one.txt", tmp_path / "two.txt"
    for number in (3, 1, 2):
        keep_version(folder, one, str(number).encode(), "mine", NOON + number)
    keep_version(folder, two, b"other", "mine", NOON)
    assert [version.path.read_bytes() for version in list_kept(folder, one)] == [b"1", b"2", b"3"]
    assert [(version.time, version.reason) for version in list_kept(folder, two)] == [(NOON, "mine")]
    assert list_kept(folder, tmp_path / "three.txt") == []


def test_versions_of_the_same_moment_do_not_overwrite_each_other(tmp_path):
    for number in range(3):
        keep_version(tmp_path, Path("a.txt"), str(number).encode(), "mine", NOON)
    assert sorted(version.path.read_bytes() for version in list_kept(tmp_path, Path("a.txt"))) == [
        b"0",
        b"1",
        b"2",
    ]


def test_hostile_names_stay_in_the_folder(tmp_path):
    for name in ("..", "con.txt", "a:b/../c", "x" * 250, "caf\udce9.txt", "a\nb", ".txt", "trailing. "):
        kept = keep_version(tmp_path / "kept", Path("/books") / name, b"text", "../../mine", NOON)
        assert kept.parent.parent == tmp_path / "kept"
        assert kept.read_bytes() == b"text"
        assert len(list_kept(tmp_path / "kept", Path("/books") / name)) == 1


def test_old_versions_go_after_thirty_days(tmp_path):
    folder, path = tmp_path / "kept", tmp_path / "a.txt"
    path.write_text("here")
    old = keep_version(folder, path, b"old", "mine", NOON)
    young = keep_version(folder, path, b"young", "mine", NOON + 10)
    prune_kept(folder, NOON + KEPT_SECONDS + 5)
    assert not old.exists()
    assert young.exists()


def test_the_last_copy_of_a_file_that_is_gone_stays(tmp_path):
    folder, path = tmp_path / "kept", tmp_path / "gone.txt"
    keep_version(folder, path, b"older", "mine", NOON)
    newest = keep_version(folder, path, b"newest", "mine", NOON + 1)
    prune_kept(folder, NOON + 100 * KEPT_SECONDS)
    assert [version.path for version in list_kept(folder, path)] == [newest]


def test_a_broken_or_missing_folder_is_pruned_without_complaint(tmp_path):
    prune_kept(tmp_path / "missing", NOON)
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "path").mkdir()
    (tmp_path / "folder" / "notes.txt").write_text("not ours")
    prune_kept(tmp_path, NOON)
    assert (tmp_path / "folder" / "notes.txt").read_text() == "not ours"
