"""Saves again and again on a disk of its own, and cuts its power: a copy of the disk's image, taken while it is in use.

    python -m tests.faults.power_driver CUTS OPTION SEED FOLDER [careless]

`careless` leaves out every sync, to show that this is found out. OPTION is given to `mount` (`auto_da_alloc` or `noauto_da_alloc`). Needs root, a loop device and ext4. After each cut the copy is mounted and
looked at, and work goes on with it. Prints one line of JSON; ends with exit code 77 if nothing can be mounted here.

Only what was written before the copy is in it; the program is stopped while it is taken, so that it is of one moment.
"""

import contextlib
import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from editor.storage.disk import Disk
from editor.storage.files import read_file, save_file
from editor.storage.joint_plan import ChapterSave
from editor.storage.joint_recovery import finish_joint_save
from editor.storage.joint_save import save_chapters
from editor.storage.journal import Journal, Subject
from editor.storage.journal_recovery import find_unsaved

MEGABYTES = 16
NO_MOUNT = 77


def text(number: int) -> list[str]:
    """Return a text that tells which one it is, from its first line to its last."""
    return [f"begins {number}", *[f"paragraph {n} of {number}" for n in range(300)], f"ends {number}"]


def number_of(lines: list[str]) -> int:
    """Return which text it is; -1 if it is none."""
    number = lines[0].removeprefix("begins ")
    return int(number) if number.isdigit() and lines == text(int(number)) else -1


class Work:
    """What the program has on the disk: a file, a folder of two chapters that are saved together, a journal."""

    def __init__(self, place: Path) -> None:
        self.one, self.book, self.journals = place / "one.txt", place / "book", place / "journals"
        self.chapters = (self.book / "a.txt", self.book / "b.txt")

    def begin(self) -> None:
        self.book.mkdir()
        for path in (self.one, *self.chapters):
            path.write_text("\n".join(text(0)))
        os.sync()

    def go_on(self, pipe: int, number: int) -> None:
        """Save one text after another and say each when it is said to be safe."""
        one, chapters = read_file(self.one), [read_file(path) for path in self.chapters]
        journal = Journal(self.journals, Subject(self.one), text(number), "w")
        while True:
            number += 1
            one = save_file(one, text(number))
            _say(pipe, "file", number)
            chapters = save_chapters(
                self.book,
                [
                    ChapterSave(path, text(number), stored)
                    for path, stored in zip(self.chapters, chapters, strict=True)
                ],
                discard=lambda path: path.unlink(),
            )
            _say(pipe, "folder", number)
            journal.note([(0, len(text(0)), text(number))], [text(number - 1)])
            journal.sync()
            _say(pipe, "journal", number)

    def found(self) -> dict[str, list[int]]:
        """Return the numbers of the texts that are there after a cut; the journal's only if there is one."""
        finish_joint_save(self.book, lambda path: path.unlink())
        numbers = {
            "file": [number_of(read_file(self.one).decoded.lines)],
            "folder": [number_of(read_file(path).decoded.lines) for path in self.chapters],
        }
        unsaved = find_unsaved(self.journals).unsaved
        if unsaved and unsaved[0].base is not None:
            numbers["journal"] = [number_of(unsaved[0].text_from(unsaved[0].base).lines)]
        shutil.rmtree(self.journals, ignore_errors=True)
        return numbers


def _say(pipe: int, what: str, number: int) -> None:
    os.write(pipe, f"{what} {number}\n".encode())


class Machine:
    """A disk in a file, mounted."""

    def __init__(self, folder: Path, option: str) -> None:
        self.image, self.copy, self.place = folder / "disk", folder / "copy", folder / "mounted"
        self.option = option
        self.place.mkdir(parents=True)
        with self.image.open("wb") as file:
            file.truncate(MEGABYTES << 20)
        if not self._run("mkfs.ext4", "-q", "-F", str(self.image)) or not self.mount():
            sys.exit(NO_MOUNT)

    def mount(self) -> bool:
        return self._run("mount", "-o", f"loop,{self.option}", str(self.image), str(self.place))

    def unmount(self) -> None:
        for _ in range(50):
            if self._run("umount", str(self.place)):
                return
            time.sleep(0.1)
        raise RuntimeError("it cannot be unmounted")

    def take_copy(self) -> None:
        """Copy the image as it is at this moment."""
        self._run("cp", "--sparse=always", str(self.image), str(self.copy))

    def go_on_with_copy(self) -> None:
        """Throw away what never reached the disk."""
        self.unmount()
        self.copy.replace(self.image)
        if not self.mount():
            raise RuntimeError("after a power cut the disk cannot be mounted")

    @staticmethod
    def _run(*command: str) -> bool:
        try:
            return subprocess.run(command, capture_output=True, check=False).returncode == 0
        except FileNotFoundError:
            return False


def cut_once(
    machine: Machine, work: Work, dice: random.Random, number: int
) -> tuple[dict[str, int], dict[str, list[int]]]:
    """Let the program work, cut the power; return what it had said to be safe and what is there."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            work.go_on(writing, number)
        os._exit(1)
    os.close(writing)
    said, data, deadline = {"file": 0, "folder": 0, "journal": 0}, b"", time.monotonic() + 30
    is_stopped = False
    while True:
        ready, _, _ = select.select([reading], [], [], max(0, deadline - time.monotonic()))
        part = os.read(reading, 1 << 16) if ready else b""
        if ready and not part:
            raise RuntimeError("the program ended by itself")
        if part and not data:
            deadline = time.monotonic() + dice.uniform(0, 0.08)
        data += part
        if not ready and is_stopped:
            break
        if not ready:
            os.kill(child, signal.SIGSTOP)
            is_stopped, deadline = True, time.monotonic() + 0.03  # what it was waiting for comes to its end
    machine.take_copy()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)
    machine.go_on_with_copy()
    for line in data.decode().splitlines():
        what, done = line.split()
        said[what] = int(done)
    return said, work.found()


def faults_in(said: dict[str, int], found: dict[str, list[int]]) -> list[str]:
    """Return what is wrong: a text that is none, older than what was said to be safe, or two files of different saves."""
    faults = []
    for what, numbers in found.items():
        if -1 in numbers:
            faults.append(f"{what}: corrupt")
        elif min(numbers) < said[what]:
            faults.append(f"{what}: {numbers} although {said[what]} was safe")
        elif len(set(numbers)) > 1:
            faults.append(f"{what}: {numbers} of two saves")
    if said["journal"] and "journal" not in found:
        faults.append("journal: gone")
    return faults


def main() -> None:
    cuts, option, seed, folder = int(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4])
    if sys.argv[5:] == ["careless"]:
        Disk.sync = lambda _self, _descriptor: None
    machine, dice = Machine(folder, option), random.Random(seed)
    work = Work(machine.place)
    faults, saves, number = [], 0, 0
    try:
        work.begin()
        for _ in range(cuts):
            said, found = cut_once(machine, work, dice, number)
            faults += faults_in(said, found)
            saves += max(0, max(said.values()) - number)
            number = max([number, *found["file"], *found["folder"]])
    finally:
        machine.unmount()
    print(json.dumps({"cuts": cuts, "saves": saves, "faults": faults}))


if __name__ == "__main__":
    main()
