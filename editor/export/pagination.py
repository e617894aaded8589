"""Dividing paragraphs into pages: no heading and no scene break last on a page, no line of a paragraph alone, no END on its own.

Works on heights only, in any unit, so it needs to know nothing of fonts. Limits: two lines are kept together at each end of a
paragraph, not more; pages are filled from the top and not evened out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

_ALONE = 2
"""Lines of a paragraph that stay together at the foot and at the top of a page."""


@dataclass(frozen=True, slots=True)
class Box:
    """A paragraph as heights: those of its lines (at least one), and of the space above and below them.

    What `starts_right` begins on a right page, which is the first, the third and so on; the page before it may be empty.
    What `keeps_previous` has lines of the paragraph above it on its page. `divided` are the lines, from 0, that end with a part of
    a word: no page ends with them if a line or two less will do.
    """

    lines: tuple[float, ...]
    above: float = 0
    below: float = 0
    keeps_next: bool = False
    keeps_together: bool = False
    starts_page: bool = False
    starts_right: bool = False
    keeps_previous: bool = False
    divided: frozenset[int] = frozenset()

    @property
    def starts_anew(self) -> bool:
        """Return whether this is the first on its page."""
        return self.starts_page or self.starts_right


@dataclass(frozen=True, slots=True)
class Placed:
    """One line on a page: of which box, which line of it, and its top."""

    box: int
    line: int
    top: float


def paginate(boxes: Sequence[Box], height: float) -> list[list[Placed]]:
    """Return the lines of each page of `height`, in order: every line once, at least one page."""
    tails = _tails(boxes)
    heads = _heads(boxes, tails)
    pages: list[list[Placed]] = [[]]
    top = 0.0
    for index, box in enumerate(boxes):
        if pages[-1] and (box.starts_anew or top + min(heads[index], height) > height):
            pages.append([])
            top = 0.0
        if box.starts_right and not pages[-1] and len(pages) % 2 == 0:
            pages.append([])
        is_space_kept = bool(pages[-1]) or box.starts_anew or index == 0
        top += min(box.above, height / 2) if is_space_kept else 0.0
        first = 0
        while first < len(box.lines):
            count = _fitting(box.lines, first, height - top, is_empty=not pages[-1])
            if first + count == len(box.lines) and count >= 2 * _ALONE:
                is_tail_here = top + sum(box.lines[first:]) + tails[index] <= height
                count -= 0 if is_tail_here else _ALONE
            count = _without_divided_word(box, first, count)
            for line in range(first, first + count):
                pages[-1].append(Placed(index, line, top))
                top += box.lines[line]
            first += count
            if first < len(box.lines):
                pages.append([])
                top = 0.0
        top += box.below
    return pages


def _without_divided_word(box: Box, first: int, count: int) -> int:
    """Return how many lines to leave on a page so that it does not end with a part of a word: `count`, or a few less."""
    if first + count == len(box.lines):
        return count
    for fewer in range(count, max(count - _ALONE, _ALONE) - 1, -1):
        if first + fewer - 1 not in box.divided:
            return fewer
    return count


def _tails(boxes: Sequence[Box]) -> list[float]:
    """Return, for each box, the height of what follows it and must not be parted from it; with the space between."""
    tails = [0.0] * len(boxes)
    for index in range(len(boxes) - 2, -1, -1):
        after = boxes[index + 1]
        if after.keeps_previous and not after.starts_anew:
            tails[index] = boxes[index].below + after.above + sum(after.lines) + tails[index + 1]
    return tails


def _heads(boxes: Sequence[Box], tails: Sequence[float]) -> list[float]:
    """Return, for each box, the height that must fit below what stands above it."""
    heads = [0.0] * (len(boxes) + 1)
    for index in range(len(boxes) - 1, -1, -1):
        box = boxes[index]
        is_whole = box.keeps_next or box.keeps_together or len(box.lines) < 2 * _ALONE
        heads[index] = box.above + (sum(box.lines) + tails[index] if is_whole else sum(box.lines[:_ALONE]))
        if box.keeps_next and index + 1 < len(boxes) and not boxes[index + 1].starts_anew:
            heads[index] = box.above + sum(box.lines) + box.below + heads[index + 1]
    return heads[:-1]


def _fitting(lines: Sequence[float], first: int, room: float, *, is_empty: bool) -> int:
    """Return how many lines from `first` stand on a page with that much room; at least one on an empty page."""
    count = 0
    for line in lines[first:]:
        room -= line
        if room < 0:
            break
        count += 1
    left = len(lines) - first - count
    if 0 < left < _ALONE and count > _ALONE:
        count -= _ALONE - left
    return max(count, 1 if is_empty else 0)
