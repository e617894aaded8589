"""Measure Dinkus and print a table:  python -m benchmarks [--sizes 15k,1m] [--only core,commands,keys,opening] [--json FILE]

Nothing here decides a test: a figure is a ratio to something measured in the same run, and the reader judges.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.corpus import parse_size, write_manuscript
from benchmarks.figures import Figure, table

GROUPS = ("core", "commands", "opening", "keys")


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks", description="Measure Dinkus.")
    parser.add_argument(
        "--sizes", default="15k,600k,1m,6m", help="manuscripts to measure with (default: %(default)s)"
    )
    parser.add_argument("--only", default=",".join(GROUPS), help="groups of figures (default: %(default)s)")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault(
        "QT_LOGGING_RULES", "qt.text.font.db=false;qt.qpa.fonts=false;default.warning=false"
    )

    figures: list[Figure] = []
    for size in options.sizes.split(","):
        text = write_manuscript(parse_size(size))
        for group in options.only.split(","):
            print(f"measuring {group} with {size}", file=sys.stderr)
            figures += _measure(group)(text, size)
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
    from benchmarks.keys import measure_keys
    from editor.ui.launcher import make_application

    make_application()
    return measure_keys


if __name__ == "__main__":
    sys.exit(main())
