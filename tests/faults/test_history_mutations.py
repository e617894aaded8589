"""A history may be in any state on the disk: nothing of it stops the program, and what Git could still read is listed."""

import hashlib
import os
import random
import shutil
import subprocess

import pytest

from editor.storage.history import BrokenHistory, History, histories
from tests.faults.test_history_faults import QuickDisk
from tests.storage.git import git

NOON = 1_750_000_000
MUTATIONS = 240


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """A history with eight versions, five of them in a pack."""
    folder = tmp_path_factory.mktemp("start")
    history = history_in(folder, folder / "novel")
    for number in range(8):
        history.keep({"a.txt": b"text %d\n" % number * 9, "b.txt": b"same\n"}, "saved", NOON + number)
        if number == 4:
            history.thin(NOON + number, packs=True)
    return folder


def history_in(folder, manuscript):
    return History(folder / "history", manuscript, QuickDisk(folder / "copies"), patience=0.0)


def flip(path, chance):
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 1, 5))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def truncate(path, chance):
    path.write_bytes(path.read_bytes()[: chance.randrange(path.stat().st_size)])


def empty(path, _chance):
    path.write_bytes(b"")


def rubbish(path, chance):
    path.write_bytes(chance.randbytes(chance.choice((1, 41, 5000))))


def append(path, chance):
    path.write_bytes(path.read_bytes() + chance.randbytes(20))


def remove(path, _chance):
    path.unlink()


def folder_instead(path, _chance):
    path.unlink()
    path.mkdir()


def link_in_a_circle(path, _chance):
    path.unlink()
    path.symlink_to(path.name)


def other_file(path, chance):
    files = [other for other in path.parents[0].parent.rglob("*") if other.is_file()]
    path.write_bytes(chance.choice(files).read_bytes())


WAYS = (flip, truncate, empty, rubbish, append, remove, folder_instead, link_in_a_circle, other_file)


@pytest.mark.parametrize("seed", range(MUTATIONS))
def test_a_mutated_history_stops_nobody_and_hides_nothing_that_git_could_read(tmp_path, start, seed):
    chance = random.Random(seed)
    manuscript = start / "novel"
    shutil.copytree(start / "history", tmp_path / "history")
    history = history_in(tmp_path, manuscript)
    for path in history.repository.rglob("*"):
        path.chmod(0o700)
    files = sorted(path for path in history.repository.rglob("*") if path.is_file())
    for path in chance.sample(files, chance.choice((1, 1, 1, 2, 4))):
        if path.is_file() and path.stat().st_size:
            chance.choice(WAYS)(path, chance)
    as_git_reads_it = what_git_reads(history)
    assert listed(history) >= as_git_reads_it
    histories(tmp_path / "history")
    if chance.random() < 0.3:
        history.thin(NOON + 50, packs=chance.random() < 0.5)
    kept = history.keep({"a.txt": b"the newest\n", "b.txt": b"same\n"}, "saved", NOON + 100)
    assert kept is not None
    assert history.read(history.versions()[0]) == {"a.txt": b"the newest\n", "b.txt": b"same\n"}
    assert listed(history) >= as_git_reads_it
    assert (
        any(known.manuscript == manuscript for known in histories(tmp_path / "history"))
        or not history.problems
    )
    assert git(history, "show", "main:a.txt") == "the newest\n"


def listed(history):
    """The texts of all versions that can be read."""
    found = set()
    for version in history.versions():
        try:
            found.add(history.read(version, is_partial=True).get("a.txt"))
        except BrokenHistory:
            continue
    return found


def what_git_reads(history):
    """The texts of the versions that Git walks to and can show.

    Git does not look whether the file of an object holds what its name says; here it is asked to.
    """
    shown = set()
    for commit in asked(history, "log", "--format=%H", "main", "--").decode().split():
        if not is_itself(history, "commit", commit):
            break
        text = asked(history, "show", f"{commit}:a.txt")
        blob = asked(history, "rev-parse", f"{commit}:a.txt").decode().strip()
        if text.startswith(b"text ") and is_itself(history, "blob", blob):
            shown.add(text)
    return shown


def is_itself(history, kind, name):
    content = asked(history, "cat-file", kind, name)
    return hashlib.sha1(b"%s %d\0" % (kind.encode(), len(content)) + content).hexdigest() == name


def asked(history, *arguments):
    program = shutil.which("git")
    if program is None:
        return b""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = [program, "--git-dir", str(history.repository), *arguments]
    return subprocess.run(command, check=False, capture_output=True, env=environment).stdout
