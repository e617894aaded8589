"""Measure Dinkus and print a table:  python -m benchmarks [--sizes 15k,1m] [--only core,commands,opening,keys,stress] [--json FILE]

Nothing here decides a test: a figure is a ratio to something measured in the same run, and the reader judges.
"""

import argparse
import compileall
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.corpus import parse_size, write_manuscript
from benchmarks.figures import Figure, table

GROUPS = ("core", "commands", "opening", "keys", "stress")
LARGE = 10_000_000
"""Characters beyond which only what a writer sees is measured, not exports and commands."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks", description="Measure Dinkus.")
    parser.add_argument(
        "--sizes", default="15k,600k,6m,30m", help="manuscripts to measure with (default: %(default)s)"
    )
    parser.add_argument("--only", default=",".join(GROUPS), help="groups of figures (default: %(default)s)")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault(
        "QT_LOGGING_RULES", "qt.text.font.db=false;qt.qpa.fonts=false;default.warning=false"
    )

    # As a program that was installed is compiled, so that a start does not measure the compiler.
    compileall.compile_dir(Path(__file__).parent.parent / "editor", quiet=2)
    groups = options.only.split(",")
    figures: list[Figure] = []
    for size in options.sizes.split(","):
        text = write_manuscript(parse_size(size))
        for group in groups:
            if group == "stress" or (len(text) > LARGE and group in {"core", "commands"}):
                continue
            figures += _run(group, text, size)
    if "stress" in groups:
        figures += _run("stress", "", "texts of its own")
    figures += _growth(figures)
    print(table(figures))
    if options.json:
        report = {
            "machine": {
                "python": platform.python_version(),
                "system": platform.platform(),
                "processors": os.cpu_count(),
            },
            "screen": os.environ["QT_QPA_PLATFORM"],
            "figures": [figure.as_row() for figure in figures],
        }
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


def _run(group: str, text: str, size: str) -> list[Figure]:
    start = time.monotonic()
    figures = _measure(group)(text, size)
    print(f"{group}, {size}: {time.monotonic() - start:.0f} s", file=sys.stderr)
    return figures


def _measure(group: str) -> Callable[[str, str], list[Figure]]:
    """Return the function that measures a group; groups with a window need Qt, the others do not."""
    if group == "core":
        from benchmarks.core import measure_core

        return measure_core
    if group == "commands":
        from benchmarks.core import measure_commands

        return measure_commands
    if group == "opening":
        from benchmarks.opening import measure_opening

        return measure_opening
    from editor.ui.launcher import make_application

    make_application()
    if group == "stress":
        from benchmarks.stress import measure_stress

        return measure_stress
    from benchmarks.keys import measure_keys

    return measure_keys


def _growth(figures: list[Figure]) -> list[Figure]:
    """Return how much more a key in the middle costs than in the smallest text."""
    keys = [
        figure for figure in figures if figure.what == "key to paint, middle" and "wrapped" not in figure.size
    ]
    return [
        replace(key, what="key to paint, against the smallest text", bare=keys[0].median, goal=1.2)
        for key in keys[1:]
    ]


if __name__ == "__main__":
    sys.exit(main())
