"""Hints come for everything another program does to a file, soon, and not for what nobody did."""

import os
import shutil
import subprocess
import sys
import threading
import time

import pytest

from editor.storage.files import changed_outside, read_file, save_file
from editor.storage.watcher import FileWatcher


class Hints:
    """Collects hints and waits for them."""

    def __init__(self):
        self.paths = []
        self._changed = threading.Condition()

    def __call__(self, path):
        with self._changed:
            self.paths.append(path)
            self._changed.notify_all()

    def wait(self, count=1, seconds=5):
        with self._changed:
            return self._changed.wait_for(lambda: len(self.paths) >= count, seconds)


@pytest.fixture
def hints():
    return Hints()


@pytest.fixture
def watcher(hints):
    watcher = FileWatcher(hints)
    yield watcher
    watcher.stop()


@pytest.fixture
def chapter(tmp_path):
    path = tmp_path / "chapter.txt"
    path.write_text("One.\n")
    return path


def write_in_place(path):
    path.write_text("Two.\n")


def append(path):
    with path.open("a") as file:
        file.write("More.\n")


def replace_atomically(path):
    beside = path.with_suffix(".new")
    beside.write_text("Two.\n")
    beside.replace(path)


def delete_and_create(path):
    path.unlink()
    time.sleep(0.05)
    path.write_text("Two.\n")


def save_like_vim(path):
    path.rename(path.with_name(path.name + "~"))
    path.write_text("Two.\n")
    path.with_name(path.name + "~").unlink()


def delete(path):
    path.unlink()


def rename_away(path):
    path.rename(path.with_name("other.txt"))


@pytest.mark.parametrize(
    "change",
    [write_in_place, append, replace_atomically, delete_and_create, save_like_vim, delete, rename_away],
    ids=lambda change: change.__name__,
)
def test_a_change_from_outside_gives_a_hint(watcher, hints, chapter, change):
    stored = read_file(chapter)
    watcher.watch(chapter)
    change(chapter)
    assert hints.wait()
    assert set(hints.paths) == {chapter}
    assert changed_outside(stored) is not None


def test_it_is_still_watched_after_it_was_replaced(watcher, hints, chapter):
    watcher.watch(chapter)
    replace_atomically(chapter)
    assert hints.wait(1)
    write_in_place(chapter)
    assert hints.wait(2)


def test_a_file_that_is_not_there_yet_is_noticed_when_it_comes(watcher, hints, tmp_path):
    watcher.watch(tmp_path / "later.txt")
    (tmp_path / "later.txt").write_text("Here.")
    assert hints.wait()


def test_our_own_save_is_no_change(watcher, hints, chapter):
    watcher.watch(chapter)
    stored = save_file(read_file(chapter), ["Ours.", ""])
    assert hints.wait()
    assert changed_outside(stored) is None


def test_reading_and_other_files_give_no_hint(watcher, hints, chapter, tmp_path):
    watcher.watch(chapter)
    read_file(chapter)
    (tmp_path / "neighbour.txt").write_text("x")
    assert not hints.wait(seconds=0.8)


def test_many_writes_give_few_hints(watcher, hints, chapter):
    watcher.watch(chapter)
    for _ in range(200):
        append(chapter)
    assert hints.wait()
    time.sleep(0.5)
    assert len(hints.paths) <= 4


def test_a_symbolic_link_is_watched_where_it_is_and_where_it_leads(watcher, hints, chapter, tmp_path):
    (tmp_path / "shelf").mkdir()
    link = tmp_path / "shelf" / "link.txt"
    link.symlink_to(chapter)
    watcher.watch(link)
    write_in_place(chapter)
    assert hints.wait(1)
    link.unlink()
    assert hints.wait(2)
    assert set(hints.paths) == {link}


def test_a_folder_that_was_made_again_is_watched_again(watcher, hints, tmp_path):
    folder = tmp_path / "book"
    folder.mkdir()
    path = folder / "a.txt"
    path.write_text("One.")
    watcher.watch(path)
    path.unlink()
    folder.rmdir()
    assert hints.wait(1)
    folder.mkdir()
    watcher.watch(path)
    seen = len(hints.paths)
    path.write_text("Two.")
    assert hints.wait(seen + 1)


def test_a_file_that_is_not_watched_any_more_gives_no_hint(watcher, hints, chapter, tmp_path):
    other = tmp_path / "other.txt"
    watcher.watch(chapter)
    watcher.watch(other)
    watcher.unwatch(chapter)
    write_in_place(chapter)
    other.write_text("x")
    assert hints.wait()
    assert set(hints.paths) == {other}


def test_after_stop_there_are_no_hints_and_no_threads(hints, chapter):
    before = threading.active_count()
    watcher = FileWatcher(hints)
    watcher.watch(chapter)
    write_in_place(chapter)
    hints.wait()
    watcher.stop()
    seen = len(hints.paths)
    write_in_place(chapter)
    assert threading.active_count() == before
    assert not hints.wait(seen + 1, seconds=0.4)
    watcher.stop()


def test_without_events_the_files_are_looked_at_again_and_again(hints, chapter):
    watcher = FileWatcher(hints, polls=True, polling_seconds=0.3)
    try:
        watcher.watch(chapter)
        assert watcher.is_polling
        os.utime(chapter, (1, 1))
        write_in_place(chapter)
        assert hints.wait(seconds=8)
    finally:
        watcher.stop()


def test_a_folder_that_was_made_again_is_found_by_the_heartbeat_alone(hints, tmp_path):
    folder = tmp_path / "book"
    folder.mkdir()
    watcher = FileWatcher(hints, heartbeat_seconds=0.1)
    try:
        watcher.watch_all_in(folder)
        shutil.rmtree(folder)
        folder.mkdir()
        chapter = folder / "chapter.txt"
        chapter.write_text("One.")
        assert hints.wait()
        deadline = time.monotonic() + 8
        while time.monotonic() < deadline:  # the first write may come before the folder is watched again
            seen = len(hints.paths)
            append(chapter)
            if hints.wait(seen + 1, seconds=1) and hints.wait(seen + 2, seconds=0.5) is False:
                break
        seen = len(hints.paths)
        append(chapter)
        assert hints.wait(seen + 1)
    finally:
        watcher.stop()


def test_a_folder_that_was_not_there_at_first_is_watched_when_it_comes(hints, tmp_path):
    folder = tmp_path / "later"
    watcher = FileWatcher(hints, heartbeat_seconds=0.1)
    try:
        with pytest.raises(FileNotFoundError):
            watcher.watch_all_in(folder)
        folder.mkdir()
        assert hints.wait()
    finally:
        watcher.stop()


def test_a_folder_of_another_computer_is_polled_and_that_is_told_once(hints, tmp_path):
    told = []
    for name in "ab":
        (tmp_path / name).mkdir()
    watcher = FileWatcher(
        hints, polling_seconds=0.2, on_polling=lambda: told.append(True), is_remote=lambda _folder: True
    )
    try:
        for name in "ab":
            watcher.watch_all_in(tmp_path / name)
        assert watcher.is_polling
        assert told == [True]
        (tmp_path / "b" / "chapter.txt").write_text("One.")
        assert hints.wait()
        assert hints.paths[0] == tmp_path / "b"
    finally:
        watcher.stop()


def test_after_a_storm_of_events_there_is_one_more_hint(watcher, hints, chapter):
    watcher.watch(chapter)
    for _ in range(600):  # several events each
        append(chapter)
    assert hints.wait()
    seen = len(hints.paths)
    assert hints.wait(seen + 1, seconds=8)


def test_importing_the_watcher_does_not_import_watchdog():
    code = "import sys, editor.storage.watcher, editor.storage.files; print('watchdog' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


WATCH_THREE_FOLDERS = """
import pathlib, sys, threading
from editor.storage.watcher import FileWatcher
hinted = threading.Event()
watcher = FileWatcher(lambda path: hinted.set())
folders = [pathlib.Path(sys.argv[1]) / name for name in "abc"]
for folder in folders:
    folder.mkdir()
    (folder / "chapter.txt").write_text("One.")
    watcher.watch(folder / "chapter.txt")
(folders[0] / "chapter.txt").write_text("Two, and longer.")
print(watcher.is_polling, hinted.wait(20))
watcher.stop()
"""


@pytest.mark.parametrize("limit", ["max_inotify_watches", "max_inotify_instances"])
def test_when_the_system_gives_no_more_watches_the_files_are_polled(tmp_path, limit):
    count = 1 if limit == "max_inotify_watches" else 0
    shell = f'echo {count} > /proc/sys/user/{limit} && exec "$0" "$@"'
    limited = ["unshare", "-Ur", "sh", "-c", shell]
    try:
        subprocess.run([*limited, "true"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no user namespace with limits of its own here")
    command = [*limited, sys.executable, "-c", WATCH_THREE_FOLDERS, tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == "True True", done.stderr
