"""Which line of the file as read each line of the edited text comes from, so that it can keep its bytes and its end."""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from editor.manuscript.differences import matching_runs

_NEW = -1


@dataclass(frozen=True, slots=True)
class LineOrigins:
    """By number of the new line: the number of an old line, or -1.

    `same`: the old line that this one is, in place or moved. `ends`: the old line whose end it has: the same one, or the
    one that was edited into it.
    """

    same: list[int]
    ends: list[int]


def find_origins(old: Sequence[str], new: Sequence[str]) -> LineOrigins:
    """Find where the lines of `new` come from: lines in place first, then moved ones, then lines edited where they stood."""
    runs = matching_runs(old, new)
    same = [_NEW] * len(new)
    for old_start, new_start, length in runs:
        same[new_start : new_start + length] = range(old_start, old_start + length)
    free = _follow_moved_lines(old, new, same)
    ends = list(same)
    for old_gap, new_gap in _gaps_between(runs, len(old), len(new)):
        for old_line, new_line in zip(old_gap, new_gap, strict=False):
            if same[new_line] == _NEW and old_line in free:
                ends[new_line] = old_line
    return LineOrigins(same, ends)


def _follow_moved_lines(old: Sequence[str], new: Sequence[str], same: list[int]) -> set[int]:
    """Fill in the lines that stand elsewhere now; return the old lines that are gone.

    Blank lines, which are all alike, follow the line before or after them, so that a moved scene stays one piece.
    """
    free = _FreeLines(old, set(range(len(old))).difference(same))
    numbers = [number for number, origin in enumerate(same) if origin == _NEW]
    for number in numbers:
        before = same[number - 1] if number else _NEW
        same[number] = free.take_at(before + 1, new[number])
        if same[number] == _NEW and not new[number].isspace() and new[number]:
            same[number] = free.take(new[number])
    for number in reversed(numbers):
        if same[number] == _NEW and number + 1 < len(same):
            same[number] = free.take_at(same[number + 1] - 1, new[number])
    for number in numbers:
        if same[number] == _NEW:
            same[number] = free.take(new[number])
    return free.numbers


class _FreeLines:
    """The old lines that no new line has taken yet."""

    def __init__(self, old: Sequence[str], numbers: set[int]) -> None:
        self.numbers = numbers
        self._old = old
        self._places: defaultdict[str, deque[int]] = defaultdict(deque)
        for number in sorted(numbers):
            self._places[old[number]].append(number)

    def take_at(self, number: int, line: str) -> int:
        """Take the old line `number` if it is free and reads like `line`; return it, or -1."""
        if number not in self.numbers or self._old[number] != line:
            return _NEW
        self.numbers.remove(number)
        return number

    def take(self, line: str) -> int:
        """Take the first free old line that reads like `line`; return it, or -1."""
        places = self._places.get(line, deque())
        while places:
            number = places.popleft()
            if number in self.numbers:
                self.numbers.remove(number)
                return number
        return _NEW


def _gaps_between(
    runs: Sequence[tuple[int, int, int]], old_length: int, new_length: int
) -> Iterator[tuple[range, range]]:
    old_end = new_end = 0
    for old_start, new_start, length in [*runs, (old_length, new_length, 0)]:
        yield range(old_end, old_start), range(new_end, new_start)
        old_end, new_end = old_start + length, new_start + length
