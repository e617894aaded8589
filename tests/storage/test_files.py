"""Reading and saving: what is kept, what is refused, and in which words."""

import os
import stat
import time
from pathlib import Path

import pytest

from editor.errors import CannotEncode, FileConflict, FileUnreadable, InputError, NotText, SaveFailed
from editor.storage import files
from editor.storage.files import Vanished, changed_outside, read_file, save_as, save_file, write_export


@pytest.fixture
def chapter(tmp_path):
    path = tmp_path / "chapter.txt"
    path.write_bytes(b"One.\r\nTwo.\nThree.")
    return path


def state_of(path):
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_ctime_ns, path.read_bytes()


def test_saving_without_an_edit_writes_nothing(chapter):
    before = state_of(chapter)
    stored = read_file(chapter)
    assert save_file(stored, list(stored.decoded.lines)) == stored
    assert state_of(chapter) == before


def test_an_edit_changes_only_its_line(chapter):
    stored = save_file(read_file(chapter), ["One.", "2.", "Three."])
    assert chapter.read_bytes() == b"One.\r\n2.\nThree."
    assert stored.data == chapter.read_bytes()
    assert changed_outside(stored) is None


def test_saves_follow_each_other(chapter):
    stored = read_file(chapter)
    for number in range(5):
        stored = save_file(stored, ["One.", f"{number}", "Three."])
    assert chapter.read_bytes() == b"One.\r\n4\nThree."
    assert os.listdir(chapter.parent) == ["chapter.txt"]  # noqa: PTH208 - names are compared


def test_a_choice_of_encoding_stays_with_the_file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Привет".encode("koi8_r"))
    stored = read_file(path, "cp1251")
    stored = save_file(stored, [*stored.decoded.lines, ""])
    assert stored.decoded.encoding == stored.chosen_encoding == "cp1251"
    path.write_bytes("Привет, привет, как дела".encode("koi8_r"))
    assert changed_outside(stored).decoded.encoding == "cp1251"


def test_a_file_becomes_utf8_when_the_writer_agrees(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"caf\xe9")
    stored = read_file(path)
    with pytest.raises(CannotEncode, match=r"“a.txt” is in Western"):
        save_file(stored, ["caféş"])
    assert path.read_bytes() == b"caf\xe9"
    stored = save_file(stored, ["caféş"], as_utf8=True)
    assert stored.decoded.encoding == "utf-8"
    assert path.read_text("utf-8") == "caféş"


# -- what is kept of a file ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664, 0o755, 0o200 | 0o400])
def test_the_mode_is_kept(chapter, mode):
    chapter.chmod(mode)
    save_file(read_file(chapter), ["New."])
    assert stat.S_IMODE(chapter.stat().st_mode) == mode


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_owner_and_group_are_kept(chapter):
    os.chown(chapter, 1234, 2345)
    save_file(read_file(chapter), ["New."])
    assert (chapter.stat().st_uid, chapter.stat().st_gid) == (1234, 2345)


def test_extended_attributes_are_kept(chapter):
    try:
        os.setxattr(chapter, "user.colour", b"blue")
    except (AttributeError, OSError):
        pytest.skip("no extended attributes here")
    save_file(read_file(chapter), ["New."])
    assert os.getxattr(chapter, "user.colour") == b"blue"


def test_a_symbolic_link_stays_one_and_its_file_is_written(chapter, tmp_path):
    link = tmp_path / "link.txt"
    link.symlink_to("chapter.txt")
    stored = save_file(read_file(link), ["New."])
    assert link.is_symlink()
    assert chapter.read_bytes() == b"New."
    assert stored.path == link
    assert stored.real_path == chapter.resolve()
    assert changed_outside(stored) is None


def test_a_hard_link_stays_one_file_under_two_names(chapter, tmp_path):
    os.link(chapter, tmp_path / "same.txt")
    stored = save_file(read_file(chapter), ["A longer text than before."])
    stored = save_file(stored, ["Short."])
    assert (tmp_path / "same.txt").read_bytes() == chapter.read_bytes() == b"Short."
    assert chapter.stat().st_nlink == 2
    assert changed_outside(stored) is None


@pytest.mark.parametrize(
    "name", ["ü" * 120 + ".txt", "x" * 255, os.fsdecode(b"caf\xe9.txt"), " . txt", "a\nb.txt"]
)
def test_any_name_of_a_file_will_do(tmp_path, name):
    path = tmp_path / name
    try:
        path.write_bytes(b"Old.")
    except OSError:
        pytest.skip("this system has no such names")
    save_file(read_file(path), ["New."])
    assert path.read_bytes() == b"New."
    assert len(list(tmp_path.iterdir())) == 1


def test_a_new_file_gets_the_usual_permissions(tmp_path):
    (tmp_path / "usual").touch()
    save_as(tmp_path / "new.txt", ["New."])
    assert (tmp_path / "new.txt").stat().st_mode == (tmp_path / "usual").stat().st_mode


# -- changes from outside --------------------------------------------------------------------------------------------


def test_a_file_that_changed_outside_is_not_overwritten(chapter):
    stored = read_file(chapter)
    chapter.write_bytes(b"Theirs.")
    with pytest.raises(FileConflict, match=r"“chapter.txt” was changed by another program"):
        save_file(stored, ["Mine."])
    assert chapter.read_bytes() == b"Theirs."


def test_a_change_that_hides_behind_the_old_time_is_found(chapter):
    stored = read_file(chapter)
    was = chapter.stat()
    chapter.write_bytes(b"One.\r\nTwo!\nThree.")
    os.utime(chapter, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert changed_outside(stored).decoded.lines == ["One.", "Two!", "Three."]
    with pytest.raises(FileConflict):
        save_file(stored, ["Mine."])


def test_a_new_time_alone_is_no_change(chapter):
    stored = read_file(chapter)
    os.utime(chapter, (1, 1))
    assert changed_outside(stored) is None
    save_file(stored, ["Mine."])
    assert chapter.read_bytes() == b"Mine."


def test_a_file_replaced_by_an_equal_one_is_no_change(chapter, tmp_path):
    stored = read_file(chapter)
    (tmp_path / "beside").write_bytes(chapter.read_bytes())
    (tmp_path / "beside").replace(chapter)
    assert changed_outside(stored) is None
    save_file(stored, ["Mine."])


def test_a_change_outside_is_found_even_if_there_is_nothing_of_ours_to_save(chapter):
    stored = read_file(chapter)
    chapter.write_bytes(b"Theirs.")
    with pytest.raises(FileConflict):
        save_file(stored, stored.decoded.lines)


def test_the_same_change_outside_is_no_conflict(chapter):
    stored = read_file(chapter)
    chapter.write_bytes(b"One.\r\nTwo.\nFour.")
    assert changed_outside(save_file(stored, ["One.", "Two.", "Four."])) is None


def test_a_file_that_vanished_is_made_again(chapter):
    stored = read_file(chapter)
    chapter.unlink()
    assert changed_outside(stored) == Vanished(chapter)
    save_file(stored, stored.decoded.lines)
    assert chapter.read_bytes() == b"One.\r\nTwo.\nThree."


def test_a_file_that_cannot_be_read_any_more_is_told(chapter):
    stored = read_file(chapter)
    chapter.write_bytes(b"\0\0\0\0")
    with pytest.raises(NotText):
        changed_outside(stored)
    chapter.unlink()
    chapter.mkdir()
    with pytest.raises(FileUnreadable):
        changed_outside(stored)
    with pytest.raises(SaveFailed, match="is a folder"):
        save_file(stored, ["Mine."])


# -- refusals --------------------------------------------------------------------------------------------------------


def make_loop(folder):
    (folder / "loop").symlink_to("loop")
    return folder / "loop"


def make_pipe(folder):
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


@pytest.mark.parametrize(
    "make, words",
    [
        (lambda folder: folder / "missing.txt", "is not there. Check the name"),
        (lambda folder: folder / "missing" / "a.txt", "is not there. Check the name"),
        (lambda folder: folder, "is a folder. Open a file in it"),
        (make_loop, "lead in a circle"),
        (make_pipe, "is a device or a pipe"),
        (lambda folder: folder / ("x" * 300), "its name is too long"),
    ],
    ids=["missing", "folder missing", "folder", "loop", "pipe", "long name"],
)
def test_what_cannot_be_read_is_named_with_what_to_do(tmp_path, make, words):
    path = make(tmp_path)
    with pytest.raises(FileUnreadable) as caught:
        read_file(path)
    assert words in str(caught.value)
    assert str(path) in str(caught.value)
    assert caught.value.path == path


def test_a_binary_file_is_refused(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04\0\0\0\0")
    with pytest.raises(NotText, match=r"a.zip” is not a text file"):
        read_file(tmp_path / "a.zip")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(files.SIZE_LIMIT + 1)
    start = time.perf_counter()
    with pytest.raises(FileUnreadable, match="256 MB"):
        read_file(tmp_path / "huge.txt")
    assert time.perf_counter() - start < 1


def test_an_unknown_encoding_is_refused(chapter):
    with pytest.raises(InputError, match="klingon"):
        read_file(chapter, "klingon")


def test_a_read_only_file_is_left_alone(chapter):
    stored = read_file(chapter)
    chapter.chmod(0o444)
    with pytest.raises(SaveFailed, match=r"it is read-only. Your text is safe"):
        save_file(stored, ["Mine."])
    assert chapter.read_bytes() == b"One.\r\nTwo.\nThree."


def test_a_folder_that_is_gone_is_told(tmp_path):
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"Old.")
    stored = read_file(folder / "a.txt")
    (folder / "a.txt").unlink()
    folder.rmdir()
    with pytest.raises(SaveFailed, match=r"“a.txt” was not saved: its folder, .*book, is not there"):
        save_file(stored, ["Mine."])


# -- other names and exports -----------------------------------------------------------------------------------------


def test_saving_as_keeps_bytes_encoding_and_ends(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"caf\xe9\r\ntwo\n")
    stored = save_as(tmp_path / "b.txt", ["café", "two", "new", ""], read_file(path).decoded)
    assert (tmp_path / "b.txt").read_bytes() == b"caf\xe9\r\ntwo\nnew\r\n"
    assert stored.decoded.encoding == "cp1252"
    assert stored.path == tmp_path / "b.txt"


def test_text_without_a_file_becomes_utf8_with_lf(tmp_path):
    stored = save_as(tmp_path / "b.txt", ["é", ""])
    assert (tmp_path / "b.txt").read_bytes() == "é\n".encode()
    assert changed_outside(stored) is None


@pytest.mark.parametrize(
    "write",
    [lambda path, **how: save_as(path, ["x"], **how), lambda path, **how: write_export(path, b"x", **how)],
)
def test_a_file_that_is_there_is_overwritten_only_if_asked(chapter, write):
    with pytest.raises(FileConflict, match=r"is already there. Nothing was written"):
        write(chapter)
    assert chapter.read_bytes() == b"One.\r\nTwo.\nThree."
    write(chapter, overwrite=True)
    assert chapter.read_bytes() == b"x"


def test_an_export_into_a_missing_folder_is_told(tmp_path):
    with pytest.raises(SaveFailed, match=r"its folder, .*missing, is not there"):
        write_export(tmp_path / "missing" / "a.html", b"x")


def test_a_dangling_link_is_written_through(tmp_path):
    (tmp_path / "link.txt").symlink_to("later.txt")
    write_export(tmp_path / "link.txt", b"x")
    assert (tmp_path / "later.txt").read_bytes() == b"x"


def test_a_relative_path_stays_as_it_was_given(chapter, monkeypatch):
    monkeypatch.chdir(chapter.parent)
    stored = save_file(read_file(Path("chapter.txt")), ["New."])
    assert stored.path == Path("chapter.txt")
    assert stored.real_path == chapter.resolve()


def test_leftovers_of_killed_saves_go_with_the_next_save_but_not_those_of_others(chapter, tmp_path):
    ours = tmp_path / f".chapter.txt.{os.getpid()}-0123abcd.tmp~"
    abandoned = tmp_path / ".chapter.txt.1-0123abcd.tmp~"
    in_use = tmp_path / ".chapter.txt.1-4567abcd.tmp~"
    others = tmp_path / ".chapter.txt.backup.1-0123abcd.tmp~"
    for path in (ours, abandoned, in_use, others):
        path.write_bytes(b"half")
    os.utime(abandoned, (1, 1))
    save_file(read_file(chapter), ["New."])
    assert {path.name for path in tmp_path.iterdir()} == {"chapter.txt", in_use.name, others.name}
