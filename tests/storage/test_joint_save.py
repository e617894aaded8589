"""Saving several files at once: what is written, renamed, refused and kept."""

import os
import stat

import pytest

from editor.errors import CannotEncode, FileConflict, SaveFailed
from editor.storage.disk import Disk
from editor.storage.files import read_file
from editor.storage.folders import list_folder, read_folder
from editor.storage.joint_recovery import finish_joint_save
from editor.storage.joint_save import ChapterSave, save_chapters


@pytest.fixture
def book(tmp_path):
    return Book(tmp_path / "book", a="One.", b="Two.", c="Three.")


class Book:
    """A folder of chapters named by letters, and what was read of them."""

    def __init__(self, folder, **texts):
        self.folder = folder
        folder.mkdir()
        self.disk = Disk(folder.with_name("copies"))
        self.trash = folder.with_name("trash")
        self.trash.mkdir()
        for name, text in texts.items():
            (folder / f"{name}.txt").write_text(text)
        self.stored = {name: read_file(folder / f"{name}.txt") for name in texts}

    def discard(self, path):
        path.rename(self.trash / path.name)

    def save(self, removed="", discard=None, settings=None, settings_before=None, **chapters):
        """Save chapters given as name=(from, text), from "" for a new one."""
        saves = [
            ChapterSave(self.folder / f"{name}.txt", [text], self.stored[source] if source else None)
            for name, (source, text) in chapters.items()
        ]
        saved = save_chapters(
            self.folder,
            saves,
            removed=[self.stored[name] for name in removed],
            discard=discard or self.discard,
            settings=settings,
            settings_before=settings_before,
            disk=self.disk,
        )
        self.stored = dict(zip(chapters, saved, strict=True))
        return saved

    def texts(self):
        """Return the texts by name, and prove that nothing hidden is left."""
        names = os.listdir(self.folder)  # noqa: PTH208 - names are compared
        assert [name for name in names if name.startswith(".")] == []
        return {path.stem: path.read_text() for path in sorted(self.folder.glob("*.txt"))}


def states(folder):
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_saving_without_a_change_writes_nothing_and_returns_the_same(book):
    before, stored = states(book.folder), list(book.stored.values())
    saved = book.save(a=("a", "One."), b=("b", "Two."), c=("c", "Three."))
    assert all(one is other for one, other in zip(saved, stored, strict=True))
    assert states(book.folder) == before


def test_only_the_chapters_that_changed_are_written(book):
    before = states(book.folder)
    book.save(a=("a", "1"), b=("b", "2"), c=("c", "Three."))
    assert book.texts() == {"a": "1", "b": "2", "c": "Three."}
    assert states(book.folder)["c.txt"] == before["c.txt"]
    book.save(a=("a", "One"), b=("b", "Two"), c=("c", "3"))
    assert book.texts() == {"a": "One", "b": "Two", "c": "3"}


def test_a_chapter_is_split_and_joined_again(book):
    book.save(a=("a", "O"), b=("b", "Two."), c=("c", "Three."), d=("", "ne."))
    assert book.texts() == {"a": "O", "b": "Two.", "c": "Three.", "d": "ne."}
    book.save(a=("a", "One."), b=("b", "Two."), c=("c", "Three."), removed="d")
    assert book.texts() == {"a": "One.", "b": "Two.", "c": "Three."}
    assert (book.trash / "d.txt").read_text() == "ne."


@pytest.mark.parametrize(
    "chapters",
    [
        {"b": ("a", "One."), "a": ("b", "Two."), "c": ("c", "Three.")},
        {"b": ("a", "One."), "c": ("b", "Two."), "a": ("c", "Three.")},
        {"b": ("a", "One, edited."), "c": ("b", "Two."), "d": ("c", "3")},
        {"A": ("a", "One."), "b": ("b", "Two."), "c": ("c", "Three.")},
        {"b": ("a", "One."), "a": ("", "New."), "c": ("b", "Two."), "z": ("c", "Three.")},
    ],
)
def test_names_are_exchanged_in_any_way(book, chapters):
    inodes = {name: stored.fingerprint.inode for name, stored in book.stored.items()}
    book.save(**chapters)
    assert book.texts() == {name: text for name, (_, text) in chapters.items()}
    for name, (source, text) in chapters.items():
        assert read_file(book.folder / f"{name}.txt").fingerprint == book.stored[name].fingerprint
        if text in {"One.", "Two.", "Three."}:
            assert book.stored[name].fingerprint.inode == inodes[source]


def test_equal_texts_are_renamed_in_a_ring_without_losing_one(tmp_path):
    book = Book(tmp_path / "book", a="X", b="X", c="Y")
    book.save(b=("a", "X"), c=("b", "X"), a=("c", "Y"))
    assert book.texts() == {"a": "Y", "b": "X", "c": "X"}


def test_a_name_of_a_removed_chapter_is_given_to_another(book):
    book.save(a=("a", "One."), b=("c", "Three."), removed="b")
    assert book.texts() == {"a": "One.", "b": "Three."}
    assert (book.trash / "b.txt").read_text() == "Two."


@pytest.mark.parametrize("error", [OSError("no trash here"), None])
def test_what_cannot_be_discarded_becomes_a_hidden_file_that_is_no_chapter(book, error):
    def discard(path):
        if error:
            raise error

    book.save(a=("a", "One. Two."), c=("c", "Three."), removed="b", discard=discard)
    (hidden,) = book.folder.glob(".*")
    assert hidden.read_text() == "Two."
    assert hidden.name.startswith(".b.txt.")
    assert hidden.name.endswith(".removed~")
    assert [path.name for path in list_folder(book.folder).chapters] == ["a.txt", "c.txt"]
    assert list_folder(book.folder).problems == ()


def test_a_character_that_does_not_fit_stops_the_save_before_anything_is_written(book):
    (book.folder / "b.txt").write_bytes(b"caf\xe9")
    book.stored["b"] = read_file(book.folder / "b.txt")
    before = states(book.folder)
    with pytest.raises(CannotEncode) as raised:
        book.save(a=("a", "1"), b=("b", "ş"), d=("c", "3"))
    assert raised.value.path == book.folder / "b.txt"
    assert states(book.folder) == before


@pytest.mark.parametrize("name", ["a", "b", "c"])
def test_a_file_that_changed_outside_stops_the_save_before_anything_is_written(book, name):
    (book.folder / f"{name}.txt").write_text("Theirs.")
    before = states(book.folder)
    with pytest.raises(FileConflict) as raised:
        book.save(a=("a", "1"), d=("b", "Two."), removed="c")
    assert raised.value.path == book.folder / f"{name}.txt"
    assert states(book.folder) == before


def test_a_name_that_is_taken_stops_the_save_before_anything_is_written(book):
    (book.folder / "d.txt").write_text("Theirs.")
    before = states(book.folder)
    for chapters in (
        {"a": ("a", "1"), "d": ("b", "Two."), "c": ("c", "Three.")},
        {"a": ("a", "1"), "b": ("b", "Two."), "c": ("c", "Three."), "d": ("", "New.")},
    ):
        with pytest.raises(FileConflict) as raised:
            book.save(**chapters)
        assert raised.value.path == book.folder / "d.txt"
    with pytest.raises(FileConflict):
        book.save(e=("a", "One."), E=("b", "Two."))
    assert states(book.folder) == before


def test_a_chapter_that_vanished_is_made_again(book):
    (book.folder / "b.txt").unlink()
    book.save(a=("a", "1"), b=("b", "Two."), c=("c", "Three."))
    assert book.texts() == {"a": "1", "b": "Two.", "c": "Three."}


def test_links_and_modes_are_kept(book):
    away = book.folder.with_name("away.txt")
    (book.folder / "a.txt").rename(away)
    (book.folder / "a.txt").symlink_to("../away.txt")
    os.link(book.folder / "b.txt", book.folder.with_name("same.txt"))
    (book.folder / "c.txt").chmod(0o640)
    book.stored = {name: read_file(book.folder / f"{name}.txt") for name in "abc"}
    book.save(x=("a", "1"), y=("b", "2"), z=("c", "3"))
    assert book.texts() == {"x": "1", "y": "2", "z": "3"}
    assert (book.folder / "x.txt").is_symlink()
    assert away.read_text() == "1"
    assert (book.folder.with_name("same.txt")).read_text() == "2"
    assert (book.folder / "y.txt").stat().st_nlink == 2
    assert stat.S_IMODE((book.folder / "z.txt").stat().st_mode) == 0o640
    assert not list(book.folder.parent.glob(".*"))


def test_settings_are_saved_with_the_chapters(book):
    path = book.folder / "manuscript.toml"
    book.save(a=("a", "1"), b=("b", "Two."), c=("c", "Three."), settings=b'title = "T"\n')
    assert path.read_bytes() == b'title = "T"\n'
    path.write_bytes(b"theirs = 1\n")
    with pytest.raises(FileConflict):
        book.save(a=("a", "2"), settings=b"ours = 1\n", settings_before=b'title = "T"\n')
    path.write_bytes(b"broken")
    with pytest.raises(FileConflict):
        book.save(a=("a", "2"), settings=b"ours = 1\n")
    assert path.read_bytes() == b"broken"
    assert book.texts()["a"] == "1"


class Failing(Disk):
    """Fails each replacement of a file from the n-th on, until it is mended."""

    def __init__(self, copies, good):
        super().__init__(copies)
        self.good = good
        self.is_mended = False

    def replace(self, source, target):
        self.good -= 1
        if self.good < 0 and not self.is_mended:
            raise OSError(5, "Input/output error")
        super().replace(source, target)


@pytest.mark.parametrize("good", range(8))
def test_a_save_that_stopped_half_way_is_finished_by_saving_again(book, good):
    disk = book.disk = Failing(book.disk.copies, good)
    chapters = {"b": ("a", "One, edited."), "a": ("b", "2"), "d": ("", "New.")}
    try:
        book.save(removed="c", **chapters)
    except SaveFailed:
        disk.is_mended = True
        book.save(removed="c", **chapters)
    assert book.texts() == {"a": "2", "b": "One, edited.", "d": "New."}
    saved = {name: read_file(book.folder / f"{name}.txt") for name in "abd"}
    assert saved == book.stored


def test_a_file_that_is_someone_elses_stops_the_recovery_and_all_versions_are_kept(book):
    disk = book.disk = Failing(book.disk.copies, 1)
    with pytest.raises(SaveFailed):
        book.save(a=("a", "1"), b=("b", "2"), c=("c", "3"))
    (book.folder / "b.txt").write_text("Theirs.")
    disk.is_mended = True
    (found,) = finish_joint_save(book.folder, book.discard, disk)
    assert found.outcome == "diverged"
    (versions,) = found.versions
    assert versions.now.read_text() == "Theirs."
    assert versions.before.read_text() == "Two."
    assert versions.to_save.read_text() == "2"
    assert book.texts() == {"a": "1", "b": "Theirs.", "c": "Three."}
    assert (found.kept_in / "c (to be saved).txt").read_text() == "3"
    assert finish_joint_save(book.folder, book.discard, disk) == []


def test_chapters_that_stepped_aside_come_back_when_the_recovery_stops(book):
    disk = book.disk = Failing(book.disk.copies, 3)
    with pytest.raises(SaveFailed):
        book.save(b=("a", "One."), a=("b", "Two."), d=("c", "Three."))
    (book.folder / "d.txt").write_text("Theirs.")
    disk.is_mended = True
    (found,) = finish_joint_save(book.folder, book.discard, disk)
    assert found.outcome == "diverged"
    assert book.texts() == {"a": "One.", "b": "Two.", "c": "Three.", "d": "Theirs."}


def test_a_broken_entry_means_that_nothing_began(book):
    book.disk = Failing(book.disk.copies, 1)
    with pytest.raises(SaveFailed):
        book.save(a=("a", "1"), b=("b", "2"), c=("c", "3"))
    (entry,) = book.folder.glob(".dinkus-*")
    entry.write_bytes(entry.read_bytes()[:-3])
    assert finish_joint_save(book.folder, book.discard, Disk(book.disk.copies)) == []
    assert book.texts() == {"a": "1", "b": "Two.", "c": "Three."}


def test_a_folder_lists_and_reads_what_was_saved(book):
    book.save(a=("a", "1"), b=("b", "Two."), d=("c", "3"))
    stored, errors = read_folder(list_folder(book.folder))
    assert stored == list(book.stored.values())
    assert errors == []


class LockedFolder(Disk):
    """Lets nothing be made, renamed or removed in one folder; its files may be written."""

    def __init__(self, copies, folder):
        super().__init__(copies)
        self.folder = folder
        self.rewrites = 99

    def create(self, path, mode):
        self.refuse(path)
        return super().create(path, mode)

    def replace(self, source, target):
        self.refuse(target)
        super().replace(source, target)

    def open_to_rewrite(self, path):
        self.rewrites -= 1
        if self.rewrites < 0:
            raise Crash
        return super().open_to_rewrite(path)

    def refuse(self, path):
        if path.parent == self.folder:
            raise PermissionError(13, "Permission denied", str(path))


class Crash(BaseException):
    """The machine stops."""


@pytest.mark.parametrize("rewrites", [0, 1, 99])
def test_where_nothing_may_be_renamed_files_are_written_in_place_all_or_none(book, rewrites):
    inodes = {name: stored.fingerprint.inode for name, stored in book.stored.items()}
    book.disk = LockedFolder(book.disk.copies, book.folder)
    book.disk.rewrites = rewrites
    chapters = {"a": ("a", "1"), "b": ("b", "2"), "c": ("c", "Three.")}
    if rewrites < 2:
        with pytest.raises(Crash):
            book.save(**chapters)
        book.disk.rewrites = 99
        (found,) = finish_joint_save(book.folder, book.discard, book.disk)
        assert found.outcome == "finished"
    else:
        book.save(**chapters)
    assert book.texts() == {"a": "1", "b": "2", "c": "Three."}
    assert {name: (book.folder / f"{name}.txt").stat().st_ino for name in inodes} == inodes
    assert list(book.disk.copies.iterdir()) == []
    with pytest.raises(SaveFailed, match="you have no permission"):
        book.save(removed="c", a=("a", "One."), b=("b", "2"))
    assert book.texts() == {"a": "1", "b": "2", "c": "Three."}


def test_a_save_that_another_program_has_just_begun_is_left_alone(book):
    book.disk = Failing(book.disk.copies, 1)
    with pytest.raises(SaveFailed):
        book.save(a=("a", "1"), b=("b", "2"), c=("c", "3"))
    (entry,) = book.folder.glob(".dinkus-*")
    entry = entry.rename(entry.with_name(entry.name.replace(str(os.getpid()), str(os.getppid()))))
    disk = book.disk = Disk(book.disk.copies)
    (found,) = finish_joint_save(book.folder, book.discard, disk)
    assert found.outcome == "unfinished"
    with pytest.raises(SaveFailed, match="an earlier save"):
        book.save(a=("a", "1"))
    os.utime(entry, (1, 1))
    (found,) = finish_joint_save(book.folder, book.discard, disk)
    assert found.outcome == "finished"
    assert book.texts() == {"a": "1", "b": "2", "c": "3"}
