"""Run a file of conformance cases: `python -m tests.conformance CASES.toml`.

Prints the id of each case that fails with what was wanted and what came, and last how many passed and failed. Exit 1 if any failed.
"""

import sys
from pathlib import Path

from tests.conformance.cases import read_cases


def main(arguments: list[str]) -> int:
    """Run the files named in `arguments`."""
    if not arguments:
        print("usage: python -m tests.conformance CASES.toml...", file=sys.stderr)
        return 2
    passed = failed = 0
    for case in [case for name in arguments for case in read_cases(Path(name))]:
        failures = list(case.failures())
        for failure in failures:
            print(f"{case.id}: {failure.key}\n  want {failure.want!r}\n  got  {failure.got!r}")
        failed += bool(failures)
        passed += not failures
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
