"""What changed between two versions of the same lines, as runs that match and as edits.

Used to keep the bytes of untouched lines, and to patch a buffer when its file changed outside, so that the caret and
everything else that did not change stays where it was.

Limits: an alignment that reads well and is found in about linear time, not the shortest one there is.
"""

import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from editor.manuscript.edits import Position, TextEdit

T = TypeVar("T")

Run = tuple[int, int, int]
"""`old[run[0] : run[0] + run[2]] == new[run[1] : run[1] + run[2]]`."""

_SMALL = 10_000  # old lines times new lines that a careful comparison of the rest may cost
_DEPTH = 30  # how often a range is divided at its unique lines, so that hostile texts stay linear


class _Box(NamedTuple):
    """A range of old lines beside a range of new lines, still to be compared."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int

    @property
    def is_empty(self) -> bool:
        return self.old_start >= self.old_end or self.new_start >= self.new_end

    @property
    def area(self) -> int:
        return (self.old_end - self.old_start) * (self.new_end - self.new_start)

    @property
    def shorter(self) -> int:
        return min(self.old_end - self.old_start, self.new_end - self.new_start)


def matching_runs(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Return the runs of lines that both have, ascending in both and not touching: (start in old, start in new, length)."""
    found: list[Run] = []
    waiting = [(_Box(0, len(old), 0, len(new)), 0)]
    while waiting:
        whole, depth = waiting.pop()
        ahead, behind, box = _trim(old, new, whole)
        found += [(whole.old_start, whole.new_start, ahead), (box.old_end, box.new_end, behind)]
        if box.is_empty:
            continue
        anchors = _unique_anchors(old, new, box)
        if anchors and depth < _DEPTH:
            waiting.extend((part, depth + 1) for part in _parts_from(anchors, box))
        elif box.area <= _SMALL:
            found += _careful_runs(old, new, box)
    return _joined(sorted(run for run in found if run[2]))


def _trim(old: Sequence[str], new: Sequence[str], box: _Box) -> tuple[int, int, _Box]:
    """Return how many lines are common at the start and at the end, and the box without them."""
    old_start, old_end, new_start, new_end = box
    limit = box.shorter
    ahead = 0
    while ahead < limit and old[old_start + ahead] == new[new_start + ahead]:
        ahead += 1
    behind = 0
    while behind < limit - ahead and old[old_end - 1 - behind] == new[new_end - 1 - behind]:
        behind += 1
    return ahead, behind, _Box(old_start + ahead, old_end - behind, new_start + ahead, new_end - behind)


def _careful_runs(old: Sequence[str], new: Sequence[str], box: _Box) -> Iterator[Run]:
    old_part, new_part = old[box.old_start : box.old_end], new[box.new_start : box.new_end]
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, old_part, new_part, autojunk=False)
    for block in matcher.get_matching_blocks():
        yield box.old_start + block.a, box.new_start + block.b, block.size


def _unique_anchors(old: Sequence[str], new: Sequence[str], box: _Box) -> list[tuple[int, int]]:
    """Return the longest ascending pairing of lines that occur once on each side (patience)."""
    old_part, new_part = old[box.old_start : box.old_end], new[box.new_start : box.new_end]
    old_counts, new_counts = Counter(old_part), Counter(new_part)
    new_places = {line: box.new_start + offset for offset, line in enumerate(new_part)}
    pairs = [
        (box.old_start + offset, new_places[line])
        for offset, line in enumerate(old_part)
        if old_counts[line] == 1 and new_counts.get(line) == 1
    ]
    return _longest_ascending(pairs)


def _longest_ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of `pairs` (ascending in the first) that ascends in the second too."""
    tops: list[int] = []  # the smallest second number that an ascending part of each length can end in
    top_pairs: list[int] = []
    before: list[int] = []
    for number, (_, second) in enumerate(pairs):
        length = bisect.bisect_left(tops, second)
        before.append(top_pairs[length - 1] if length else -1)
        tops[length : length + 1] = [second]
        top_pairs[length : length + 1] = [number]
    result = []
    number = top_pairs[-1] if top_pairs else -1
    while number >= 0:
        result.append(pairs[number])
        number = before[number]
    return result[::-1]


def _parts_from(anchors: Sequence[tuple[int, int]], box: _Box) -> Iterator[_Box]:
    """Yield the boxes from each anchor to the next; the anchor itself is the first line common to both sides of it."""
    starts = [(box.old_start, box.new_start), *anchors]
    ends = [*anchors, (box.old_end, box.new_end)]
    for (old_start, new_start), (old_end, new_end) in zip(starts, ends, strict=True):
        part = _Box(old_start, old_end, new_start, new_end)
        if not part.is_empty:
            yield part


def _joined(runs: Sequence[Run]) -> list[Run]:
    result: list[Run] = []
    for old_start, new_start, length in runs:
        if result:
            last_old, last_new, last_length = result[-1]
            if (last_old + last_length, last_new + last_length) == (old_start, new_start):
                result[-1] = (last_old, last_new, last_length + length)
                continue
        result.append((old_start, new_start, length))
    return result


def edits_between(old_lines: Sequence[str], new_lines: Sequence[str]) -> list[TextEdit]:
    """Return edits that turn the old lines into the new ones, each trimmed to the characters that changed.

    Both hold at least one line, none of them a line end.
    """
    edits: list[TextEdit] = []
    old_at = new_at = 0
    for old_start, new_start, length in [
        *matching_runs(old_lines, new_lines),
        (len(old_lines), len(new_lines), 0),
    ]:
        edits.extend(_edits_of_gap(old_lines, old_at, old_start, new_lines[new_at:new_start]))
        old_at, new_at = old_start + length, new_start + length
    return edits


def _edits_of_gap(old_lines: Sequence[str], start: int, end: int, new: Sequence[str]) -> Iterator[TextEdit]:
    old = old_lines[start:end]
    if len(old) == len(new):
        for number in range(len(old)):
            yield from _edit_within(start + number, old[number : number + 1], new[number : number + 1])
    elif old and new:
        yield from _edit_within(start, old, new)
    elif new and start < len(old_lines):
        place = Position(start, 0)
        yield TextEdit(place, place, "".join(line + "\n" for line in new))
    elif new:
        place = Position(start - 1, len(old_lines[start - 1]))
        yield TextEdit(place, place, "".join("\n" + line for line in new))
    elif end < len(old_lines):
        yield TextEdit(Position(start, 0), Position(end, 0), "")
    else:
        before = Position(start - 1, len(old_lines[start - 1]))
        yield TextEdit(before, Position(end - 1, len(old_lines[end - 1])), "")


def _edit_within(first_line: int, old: Sequence[str], new: Sequence[str]) -> Iterator[TextEdit]:
    """Yield the edit from some lines to others that stand in their place, without what begins and ends both."""
    old_text, new_text = "\n".join(old), "\n".join(new)
    if old_text == new_text:
        return
    ahead = common_prefix(old_text, new_text)
    old_rest, new_rest = old_text[ahead:], new_text[ahead:]
    behind = common_prefix(old_rest[::-1], new_rest[::-1])
    start = _position_in(first_line, old_text, ahead)
    end = _position_in(first_line, old_text, len(old_text) - behind)
    yield TextEdit(start, end, new_rest[: len(new_rest) - behind])


def common_prefix(one: Sequence[T], other: Sequence[T]) -> int:
    """Return how many characters (or bytes, or lines) both begin with, by comparing halves: no loop over characters."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _position_in(first_line: int, text: str, offset: int) -> Position:
    return Position(first_line + text.count("\n", 0, offset), offset - (text.rfind("\n", 0, offset) + 1))
