"""Types numbered words into the real window, kills it again and again without warning, and looks what the next start has.

    python -m tests.faults.kill_driver KIND KILLS SEED FOLDER

A process of its own, because it forks: each life of the program is a child that begins with the modules already read. Prints one
line of JSON: how many kills, how many words were typed, which were lost.
"""

import json
import os
import random
import select
import signal
import sys
import time
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from editor.app.settings import Folders
from editor.manuscript.edits import Position
from editor.ui.desk import Desk

FIRST = "It was night.\n\n* * *\n\nIt was day."


def live(kind: str, folder: Path, number: int, pipe: int) -> None:
    """One life of the program: say what text is there, then type words and say each, until killed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(["dinkus"])
    desk = Desk(application, Folders(folder / "config", folder / "state"))
    target = {"file": folder / "book" / "one.txt", "folder": folder / "book", "untitled": None}[kind]
    desk.start([(target, None)] if target is not None else [])
    window = next((each for each in desk.windows if each.store.is_modified), desk.windows[0])
    application.processEvents()
    _say(pipe, {"text": "\n".join(window.buffer.lines())})
    dice = random.Random(number)
    window.page.go_to(Position(window.buffer.document.blockCount() - 1, 10**6))
    while True:
        number += 1
        QTest.keyClicks(window.page, f" w{number}")
        if dice.random() < 0.05:
            QTest.keyClicks(window.page, "\r")
        _say(pipe, {"text": "\n".join(window.buffer.lines())})
        if dice.random() < 0.1 and target is not None:
            window.store.save()
        if dice.random() < 0.2:
            application.processEvents()
        if dice.random() < 0.05:
            QTest.qWait(dice.randrange(1, 500))  # long enough for a sync, or too short


def _say(pipe: int, what: dict[str, str]) -> None:
    os.write(pipe, (json.dumps(what) + "\n").encode())


class Lives:
    """The program, killed and started again."""

    def __init__(self, kind: str, seed: str, folder: Path) -> None:
        self.kind, self.folder = kind, folder
        self.dice = random.Random(seed)
        self.known: list[str] = []  # the texts that were said in the last life, and after it
        self.words = 0
        self.lost: list[str] = []
        book = folder / "book"
        book.mkdir(parents=True)
        if kind != "untitled":
            (book / "one.txt").write_text(FIRST)
        if kind == "folder":
            (book / "two.txt").write_text(FIRST)

    def run_one(self) -> None:
        """Start it, see what it has, let it type for a while, kill it."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            try:
                live(self.kind, self.folder, self.words, writing)
            finally:
                os._exit(1)
        os.close(writing)
        try:
            texts = self._hear(reading, child)
        finally:
            os.close(reading)
        if self.known:
            self._compare(texts[0])
        self.known = texts
        self.words = max(
            [
                self.words,
                *(int(word[1:]) for word in texts[-1].split() if word[:1] == "w" and word[1:].isdigit()),
            ]
        )

    def _hear(self, pipe: int, child: int) -> list[str]:
        """Return what the child says until it is killed, at a moment of chance after its first words."""
        data, deadline = b"", time.monotonic() + 60
        is_killed = False
        while True:
            ready, _, _ = select.select([pipe], [], [], max(0, deadline - time.monotonic()))
            if not ready:
                os.kill(child, signal.SIGKILL)
                is_killed = True
                deadline = time.monotonic() + 60
                continue
            part = os.read(pipe, 1 << 16)
            if not part:
                break
            had_none = b"\n" not in data
            data += part
            if had_none and b"\n" in data:
                deadline = time.monotonic() + self.dice.uniform(0.0, 0.35)
        _, status = os.waitpid(child, 0)
        assert is_killed, f"it ended by itself: {status}"
        return [json.loads(line)["text"] for line in data.split(b"\n")[:-1]]

    def _compare(self, text: str) -> None:
        """What was said last must be there; of the word that was being typed, some."""
        last = self.known[-1]
        if not text.startswith(last) or len(text) - len(last) > 12:
            self.lost.append(f"{last[-60:]!r} became {text[-60:]!r}")


def main() -> None:
    kind, kills, seed, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
    lives = Lives(kind, seed, folder)
    for _ in range(kills):
        lives.run_one()
    lives.run_one()  # what did the last kill leave?
    print(json.dumps({"kills": kills, "words": lives.words, "lost": lives.lost}))


if __name__ == "__main__":
    main()
