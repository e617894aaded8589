"""From a key to the first pixel, from outside: Dinkus, a bare QPlainTextEdit, and those of its peers that are installed.

    python -m benchmarks.peers [--sizes 15k,600k]

Each gets a copy of the same manuscript and a home folder of its own. What is not installed is left out, with a word.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus import parse_size, write_manuscript
from benchmarks.figures import Figure, percentile, skipped, spread, table
from benchmarks.screen import HEIGHT, WIDTH, Screen, missing

KEYS = 60
PAUSE_S = 0.05
SETTLE_S = 4.0  # after the first pixel of a program
LONGEST_START_S = 60.0
WHAT = "key to pixel"

PROGRAMS: dict[str, Sequence[str]] = {
    "bare QPlainTextEdit": (sys.executable, "-m", "benchmarks.bare", "{file}"),
    "Dinkus": (sys.executable, "-m", "editor", "{file}"),
    "FocusWriter": ("focuswriter", "{file}"),
    "ghostwriter": ("ghostwriter", "{file}"),
    "LibreOffice Writer": ("soffice", "--norestore", "--nologo", "--writer", "{file}"),
}
PROJECTS = {
    "novelWriter": "novelwriter",
    "Manuskript": "manuskript",
}
"""Peers that open a project of their own and no text file; somebody has to make one first."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.peers", description="Measure Dinkus beside its peers.")
    parser.add_argument(
        "--sizes", default="15k,600k", help="manuscripts to measure with (default: %(default)s)"
    )
    options = parser.parse_args()
    if lacking := missing():
        print(f"Nothing was measured; this machine lacks {lacking}.")
        return 0
    figures: list[Figure] = []
    for size in options.sizes.split(","):
        text = write_manuscript(parse_size(size))
        for name, command in PROGRAMS.items():
            print(f"measuring {name} with {size}", file=sys.stderr)
            figures.append(_measure(name, command, text, size))
    figures += [_left_out(name, binary) for name, binary in PROJECTS.items()]
    print(table(figures))
    return 0


def _left_out(name: str, binary: str) -> Figure:
    is_there = shutil.which(binary) is not None
    reason = "it opens projects, not text files" if is_there else "it is not installed"
    return skipped(f"{WHAT}: {name}", "", reason)


def _measure(name: str, command: Sequence[str], text: str, size: str) -> Figure:
    what = f"{WHAT}: {name}"
    if shutil.which(command[0]) is None:
        return skipped(what, size, "it is not installed")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "manuscript.txt")
        path.write_text(text, encoding="utf-8")
        with Screen(Path(folder)) as screen:
            taken = _type_into([part.format(file=path) for part in command], screen, folder)
    if len(taken) < KEYS // 2:
        return skipped(what, size, f"only {len(taken)} of {KEYS} keys were seen")
    return Figure(what, size, "ms", **spread(taken), p99=percentile(taken, 0.99))


def _type_into(command: Sequence[str], screen: Screen, home: str) -> list[float]:
    """Start a program, click into its text, type; return the milliseconds of each key that was seen."""
    time.sleep(1.0)  # the window manager paints too
    # One program's settings must not be another's; Python's own packages are where they are.
    environment = {**screen.environment, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home}
    before = screen.pixels()
    program = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        screen.wait_for_change(before, LONGEST_START_S)
        time.sleep(SETTLE_S)
        screen.click(WIDTH // 2, HEIGHT // 3)
        time.sleep(1.0)
        seen = []
        for _ in range(KEYS):
            seen.append(screen.type_letter())
            time.sleep(PAUSE_S)
    finally:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()
    return [1000 * each for each in seen if each is not None]


if __name__ == "__main__":
    sys.exit(main())
