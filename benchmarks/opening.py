"""From the start of a process to its window, its text and its first key, and what it then holds in memory.

Each run is a process of its own (this module, run with -m): an empty PySide6 window, a bare QPlainTextEdit, Dinkus.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.figures import REPEATS, Figure, against, spread

EMPTY, BARE, DINKUS = "empty", "bare", "dinkus"
LARGE = 10_000_000  # characters from which three runs must do
MEMORY_GOAL = {"600k": None, "6m": 1.6}


def measure_opening(text: str, size: str) -> list[Figure]:
    """Return the figures of starting on `text`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "manuscript.txt")
        path.write_text(text, encoding="utf-8")
        runs: dict[str, list[dict[str, float]]] = {EMPTY: [], BARE: [], DINKUS: []}
        for _ in range(REPEATS + 2 if len(text) < LARGE else 3):
            for kind, results in runs.items():
                results.append(_start(kind, path))
    window_bare, window_goal = (EMPTY, 1.6) if len(text) < 100_000 else (BARE, 1.5)
    return [
        _figure("start to text on screen", size, "ms", "shown", runs, window_bare, window_goal),
        _figure("start to first key on screen", size, "ms", "key", runs, BARE, 1.5),
        _figure("processor time of opening", size, "ms", "processor", runs, BARE, None),
        _figure("memory after opening", size, "MB", "memory", runs, BARE, MEMORY_GOAL.get(size)),
    ]


def _figure(what, size, unit, key, runs, bare, goal) -> Figure:
    ours = [run[key] for run in runs[DINKUS]]
    held = [run.get(key, run["shown"]) for run in runs[bare]]
    other = "an empty window" if bare == EMPTY else "a bare editor"
    return Figure(f"{what} (against {other})", size, unit, **spread(ours), **against(held), goal=goal)


def _start(kind: str, path: Path) -> dict[str, float]:
    # A clock that both processes share.
    command = [
        sys.executable,
        "-m",
        "benchmarks.opening",
        kind,
        str(path),
        str(time.clock_gettime(time.CLOCK_MONOTONIC)),
    ]
    # A program that was installed has its modules compiled; see `compile_modules`.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout
    return json.loads(output)


def _run_child(kind: str, path: Path, started: float) -> None:
    """Open the window, wait for it to be painted, type a key, and print what was seen."""

    def elapsed_ms() -> float:
        return 1000 * (time.clock_gettime(time.CLOCK_MONOTONIC) - started)

    seen: dict[str, float] = {}
    if kind == DINKUS:
        editor = _open_dinkus(path)
        from PySide6.QtWidgets import QApplication

        application = QApplication.instance()
    else:
        from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit, QWidget

        application = QApplication([])
        application.setStyle("Fusion")
        window = QMainWindow()
        window.resize(1200, 800)
        editor = QPlainTextEdit() if kind == BARE else None
        if editor:
            editor.setPlainText(path.read_text(encoding="utf-8"))
        window.setCentralWidget(editor or QWidget())
        window.show()
    application.processEvents()
    seen["shown"] = elapsed_ms()
    if editor:
        from benchmarks.typist import Typist

        Typist(editor).type_keys("x")
        seen["key"] = elapsed_ms()
    processor = os.times()
    seen["processor"] = 1000 * (processor.user + processor.system)
    seen["memory"] = _memory_mb()
    print(json.dumps(seen), flush=True)
    os._exit(0)


def _open_dinkus(path: Path):
    """Do what `dinkus PATH` does, in its order, up to the event loop; return the editor."""
    from editor.cli import main  # noqa: F401 - the program starts there
    from editor.markup.collecting import paused_collection

    with paused_collection():
        from editor.ui.launcher import Folders, start_desk
    state = path.parent / f"state-{os.getpid()}"
    desk = start_desk([(path, None)], Folders(state / "config", state))
    return desk.windows[0].page


def _memory_mb() -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text().split("\n") if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    _run_child(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]))
