"""A change of a manuscript as a unified diff, such as `patch` reads.

The lines that stay are found by `editor.manuscript.differences`, so that a scene that moved shows as that scene alone.
"""

import itertools
from collections.abc import Iterator, Sequence

from editor.manuscript.chapter_files import split_into_files
from editor.manuscript.differences import Run, matching_runs

_CONTEXT = 3
_NO_END = "\\ No newline at end of file"


def unified_diff(old: Sequence[str], new: Sequence[str], name: str) -> str:
    """Return what changes from `old` to `new`, the lines of a text called `name`; "" if nothing does."""
    old_ended, new_ended = _ended(old), _ended(new)
    hunks = list(_hunks(matching_runs(old_ended, new_ended), len(old_ended), len(new_ended)))
    lines = [f"--- {name}\n", f"+++ {name}\n"] if hunks else []
    for runs in hunks:
        lines += _hunk_lines(runs, old_ended, new_ended)
    return "".join(line if line.endswith("\n") else f"{line}\n{_NO_END}\n" for line in lines)


def _ended(lines: Sequence[str]) -> list[str]:
    """Return the lines with their ends, without the empty one after the last end."""
    return [*(line + "\n" for line in lines[:-1]), *filter(None, lines[-1:])]


def _hunks(runs: Sequence[Run], old_count: int, new_count: int) -> Iterator[list[Run]]:
    """Yield for each hunk the runs that stay: its context before, what lies between its changes, its context after."""
    ends = [(0, 0, 0), *runs, (old_count, new_count, 0)]
    hunk: list[Run] = []
    for before, after in itertools.pairwise(ends):
        if (before[0] + before[2], before[1] + before[2]) == after[:2]:
            continue  # no change between them: the very start or the very end
        if hunk and before[2] > 2 * _CONTEXT:
            hunk[-1] = _first(before)
            yield hunk
            hunk = []
        hunk = [*(hunk or [_last(before)]), after]
    if hunk:
        hunk[-1] = _first(hunk[-1])
        yield hunk


def _first(run: Run) -> Run:
    return run[0], run[1], min(run[2], _CONTEXT)


def _last(run: Run) -> Run:
    skipped = max(run[2] - _CONTEXT, 0)
    return run[0] + skipped, run[1] + skipped, run[2] - skipped


def _hunk_lines(runs: Sequence[Run], old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    (old_start, new_start, _), (old_last, new_last, length) = runs[0], runs[-1]
    old_span = _span(old_start, old_last + length)
    new_span = _span(new_start, new_last + length)
    yield f"@@ -{old_span} +{new_span} @@\n"
    old_line, new_line = old_start, new_start
    for run_old, run_new, run_length in runs:
        yield from ("-" + line for line in old[old_line:run_old])
        yield from ("+" + line for line in new[new_line:run_new])
        yield from (" " + line for line in old[run_old : run_old + run_length])
        old_line, new_line = run_old + run_length, run_new + run_length


def _span(start: int, end: int) -> str:
    """Return a range of lines as diffs write it: the first from 1, or the one before an empty range; then how many."""
    return f"{start + 1 if end > start else start},{end - start}"


def manuscript_diff(before: Sequence[str], after: Sequence[str], name: str) -> str:
    """Return a unified diff of a manuscript called `name`, of a folder one for each file that differs."""
    texts = {file.label: file.lines for file in split_into_files(before)}
    diffs = [
        unified_diff(texts[file.label], file.lines, name if file.label is None else f"{name}/{file.label}")
        for file in split_into_files(after)
        if file.lines != texts[file.label]
    ]
    return "".join(diffs)
