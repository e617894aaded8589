"""Faults that the system itself makes: a full disk, a limit, a folder that belongs to someone else."""

import os
import shutil
import subprocess
import sys
import textwrap

import pytest

from editor.errors import SaveFailed
from editor.storage.files import read_file, save_file, write_export

OLD = "The old text. " * 400


def run_python(code, *arguments, prefix=()):
    """Run code in a process of its own; return what it prints."""
    command = [*prefix, sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


SAVE = """
    import pathlib, sys
    from editor.errors import SaveFailed
    from editor.storage.disk import Disk
    from editor.storage.files import read_file, save_file
    stored = read_file(pathlib.Path(sys.argv[1]))
    disk = Disk(pathlib.Path(sys.argv[2]))
    try:
        save_file(stored, ["A longer text. " * 20_000], disk=disk)
    except SaveFailed as error:
        print(error)
    else:
        print("saved")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits there")
@pytest.mark.parametrize("limit", range(0, 300_001, 50_000))
@pytest.mark.parametrize("has_hard_link", [False, True])
def test_a_limit_on_file_size_at_any_place_leaves_the_old_text(tmp_path, limit, has_hard_link):
    path = tmp_path / "chapter.txt"
    path.write_text(OLD)
    if has_hard_link:
        os.link(path, tmp_path / "same.txt")
    limits = f"""
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
    """
    said = run_python(textwrap.dedent(limits) + textwrap.dedent(SAVE), path, tmp_path / "copies")
    if said == "saved":
        assert path.read_text() == "A longer text. " * 20_000
    else:
        assert "“chapter.txt” was not saved: it is larger than this disk allows" in said
        assert path.read_text() == OLD
    assert said == "saved" or limit <= 300_000
    assert not list(tmp_path.glob(".*"))


@pytest.fixture
def small_disk(tmp_path):
    """A real disk with room for 128 kB."""
    folder = tmp_path / "small"
    folder.mkdir()
    if not shutil.which("mount"):
        pytest.skip("no mount command")
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        pytest.skip(f"mounting is not permitted: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_leaves_the_old_text_and_saving_works_once_there_is_room(small_disk):
    path = small_disk / "chapter.txt"
    path.write_text(OLD)
    (small_disk / "ballast").write_bytes(b"x" * 60_000)
    stored = read_file(path)
    new = ["A longer text. " * 6_000]
    with pytest.raises(SaveFailed, match="the disk is full"):
        save_file(stored, new)
    assert path.read_text() == OLD
    with pytest.raises(SaveFailed, match="the disk is full"):
        write_export(small_disk / "book.html", b"x" * 100_000)
    assert sorted(os.listdir(small_disk)) == ["ballast", "chapter.txt"]  # noqa: PTH208 - names are compared
    (small_disk / "ballast").unlink()
    save_file(stored, new)
    assert path.read_text() == new[0]


def test_a_full_disk_under_a_hard_link_puts_the_old_text_back(small_disk):
    path = small_disk / "chapter.txt"
    path.write_text(OLD)
    os.link(path, small_disk / "same.txt")
    with pytest.raises(SaveFailed, match="the disk is full"):
        save_file(read_file(path), ["A longer text. " * 20_000])
    assert path.read_text() == (small_disk / "same.txt").read_text() == OLD


@pytest.fixture
def as_nobody(tmp_path):
    """The beginning of a command that runs without our rights; folders up to ours are opened for it."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("another user needs root and setpriv")
    prefix = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
    for folder in [folder for folder in tmp_path.parents if not folder.stat().st_mode & 0o001]:
        folder.chmod(0o755)
    tmp_path.chmod(0o777)
    done = subprocess.run(
        [*prefix, sys.executable, "-c", "import editor.storage.files"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        pytest.skip("another user cannot run this Python")
    return prefix


def test_a_file_of_ours_in_a_folder_that_is_not_is_written_in_place(tmp_path, as_nobody):
    folder = tmp_path / "book"
    folder.mkdir(mode=0o755)
    path = folder / "chapter.txt"
    path.write_text(OLD)
    os.chown(path, 65534, 65534)
    inode = path.stat().st_ino
    assert run_python(SAVE, path, tmp_path / "copies", prefix=as_nobody) == "saved"
    assert path.read_text() == "A longer text. " * 20_000
    assert path.stat().st_ino == inode
    assert not list((tmp_path / "copies").iterdir())


def test_a_file_shared_by_its_group_keeps_its_owner(tmp_path, as_nobody):
    path = tmp_path / "chapter.txt"
    path.write_text(OLD)
    path.chmod(0o666)
    os.chown(path, 1234, 1234)
    assert run_python(SAVE, path, tmp_path / "copies", prefix=as_nobody) == "saved"
    assert path.read_text() == "A longer text. " * 20_000
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 1234)


def test_a_file_that_others_may_only_read_is_left_alone(tmp_path, as_nobody):
    path = tmp_path / "chapter.txt"
    path.write_text(OLD)
    said = run_python(SAVE, path, tmp_path / "copies", prefix=as_nobody)
    assert "it is read-only. Your text is safe in the editor" in said
    assert path.read_text() == OLD


def test_a_file_that_may_not_be_read_is_told(tmp_path, as_nobody):
    path = tmp_path / "chapter.txt"
    path.write_text(OLD)
    path.chmod(0o600)
    code = """
        import pathlib, sys
        from editor.errors import FileUnreadable
        from editor.storage.files import read_file
        try:
            read_file(pathlib.Path(sys.argv[1]))
        except FileUnreadable as error:
            print(error)
    """
    assert "cannot be read: you have no permission" in run_python(code, path, prefix=as_nobody)
