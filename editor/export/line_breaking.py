"""Dividing a paragraph into lines so that the spaces between its words are as even as they can be over all of it.

The way of Knuth and Plass (“Breaking Paragraphs into Lines”, 1981), in a plain form: of all rows of breaks the one with the least
faults is taken. A fault is space that is stretched or shrunk, a hyphen, hyphens on lines that follow one another, and a last line
of a few letters. Works on widths only, in any unit, so it needs to know nothing of fonts.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

_STRETCH, _SHRINK = 0.5, 0.2
"""How much wider and narrower a space may get, as a part of itself, before it counts as a fault."""

_HYPHEN_FAULT = 50.0
_RUN_FAULT = 10_000.0
_LAST_HYPHEN_FAULT = 5_000.0
_REST_FAULT = 300_000.0
"""The rest of a divided word as the whole of the last line; spaces twice as wide are no worse."""

_SHORT_LAST_FAULT = 3_000.0
_SHORT_LAST = 0.08
MOST_HYPHENS = 2
"""So many lines that follow one another may end with a hyphen."""

_WITHOUT_SPACES = 1000.0
"""What is lacking on a line without spaces, which cannot be filled, against what spaces could take."""

_CALM, _FAIR, _ANY = 1.3, 3.0, float("inf")


class Break(enum.Enum):
    """What may follow a piece of text."""

    SPACE = enum.auto()
    HYPHEN = enum.auto()  # the line may end here, with a hyphen
    POINT = enum.auto()  # the line may end here as it is: behind a dash


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters that stay together: their width, what may follow them, and the width of that (of the space, or the hyphen: above 0)."""

    width: float
    after: Break = Break.SPACE
    after_width: float = 0.0


@dataclass(slots=True)
class _Sums:
    """What lines are reckoned from: widths up to each piece, with and without what follows it."""

    starts: list[float]
    spaces: list[float]
    ends: list[float]

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> "_Sums":
        gaps = [each.after_width if each.after is Break.SPACE else 0.0 for each in pieces]
        starts = list(
            accumulate((each.width + gap for each, gap in zip(pieces, gaps, strict=True)), initial=0.0)
        )
        spaces = list(accumulate(gaps, initial=0.0))
        ends = [start + each.width for start, each in zip(starts, pieces, strict=False)]
        return cls(starts, spaces, ends)


@dataclass(slots=True)
class _Node:
    """A line that may begin with the piece `start`, and the best way to it."""

    start: int
    faults: float = 0.0
    above: "_Node | None" = None
    hyphens: int = 0
    is_first: bool = False


def break_evenly(pieces: Sequence[Piece], width: float, first_width: float) -> list[int] | None:
    """Return lines as `break_lines` does, without a hyphen, if no space need be stretched much; else None."""
    return _break(pieces, (width, first_width), [(_CALM, False)])


def break_lines(pieces: Sequence[Piece], width: float, first_width: float) -> list[int]:
    """Return, for each line, the number of the piece behind its last one; the last is the number of pieces.

    The first line has `first_width`. A piece that is wider than its line makes that too long; nothing else does.
    """
    tries = [(_FAIR, True), (_ANY, True), (_ANY, False)]
    found = _break(pieces, (width, first_width), tries)
    return _first_fit(pieces, (width, first_width)) if found is None else found


def _break(
    pieces: Sequence[Piece], widths: tuple[float, float], tries: Sequence[tuple[float, bool]]
) -> list[int] | None:
    if not pieces:
        return []
    sums = _Sums.of(pieces)
    if sums.ends[-1] <= widths[1]:
        return [len(pieces)]
    for tolerance, hyphenates in tries:
        end = _find(pieces, sums, widths, tolerance, hyphenates=hyphenates)
        if end is not None:
            return _starts(end)
    return None


def _find(
    pieces: Sequence[Piece], sums: _Sums, widths: tuple[float, float], tolerance: float, *, hyphenates: bool
) -> _Node | None:
    """Return the node behind the last line of the best row of lines, None if there is none within `tolerance`."""
    active = [_Node(0, is_first=True)]
    for index, piece in enumerate(pieces[:-1]):
        hyphen = piece.after_width if piece.after is Break.HYPHEN else 0.0
        if hyphen and not hyphenates:
            continue
        active = _open(active, sums, widths, index)
        if not active:
            return None
        best = _best_line(active, sums, widths, index, hyphen, tolerance)
        if best is not None:
            active.append(best)
    return _best_last(_open(active, sums, widths, len(pieces) - 1), sums, widths, len(pieces) - 1)


def _open(active: list[_Node], sums: _Sums, widths: tuple[float, float], index: int) -> list[_Node]:
    """Return the nodes whose line is not too long with the piece at `index` on it: all from some node on."""
    end, spaces = sums.ends[index], sums.spaces[index]
    for count, node in enumerate(active):
        room = (widths[1] if node.is_first else widths[0]) - (end - sums.starts[node.start])
        if room >= -_SHRINK * (spaces - sums.spaces[node.start]):
            return active[count:] if count else active
    return []


def _best_line(  # noqa: PLR0917 - the innermost loop: names cost time here
    active: Sequence[_Node],
    sums: _Sums,
    widths: tuple[float, float],
    index: int,
    hyphen: float,
    tolerance: float,
) -> _Node | None:
    """Return the best line that ends with a piece, as a node behind it."""
    best, least = None, 0.0
    end, spaces = sums.ends[index] + hyphen, sums.spaces[index]
    for node in active:
        room = (widths[1] if node.is_first else widths[0]) - (end - sums.starts[node.start])
        ratio = _ratio(room, spaces - sums.spaces[node.start], widths[0])
        if ratio > tolerance:
            break  # the nodes after this one begin later: their lines are looser still
        if ratio < -1 or (hyphen and node.hyphens >= MOST_HYPHENS):
            continue
        badness = 10.0 + 100.0 * abs(ratio) ** 3
        if hyphen:
            faults = node.faults + (badness + _HYPHEN_FAULT) ** 2 + _RUN_FAULT * node.hyphens
        else:
            faults = node.faults + badness**2
        if best is None or faults < least:
            best, least = node, faults
    return None if best is None else _Node(index + 1, least, best, best.hyphens + 1 if hyphen else 0)


def _best_last(active: Sequence[_Node], sums: _Sums, widths: tuple[float, float], index: int) -> _Node | None:
    """Return the best last line; its spaces are not stretched."""
    best, least = None, 0.0
    for node in active:
        filled = sums.ends[index] - sums.starts[node.start]
        room = (widths[1] if node.is_first else widths[0]) - filled
        ratio = _ratio(room, sums.spaces[index] - sums.spaces[node.start], widths[0])
        faults = node.faults + (10.0 + 100.0 * abs(min(ratio, 0.0)) ** 3) ** 2
        if node.hyphens:
            faults += _LAST_HYPHEN_FAULT if sums.spaces[index] > sums.spaces[node.start] else _REST_FAULT
        if filled < _SHORT_LAST * widths[0]:
            faults += _SHORT_LAST_FAULT
        if best is None or faults < least:
            best, least = node, faults
    return None if best is None else _Node(index + 1, least, best)


def _ratio(room: float, space: float, width: float) -> float:
    """Return how far spaces are stretched (above 0) or shrunk (down to -1) to fill a line."""
    if room < 0:
        return room / (_SHRINK * space) if space > 0 else -_ANY
    return room / (_STRETCH * space) if space > 0 else room / width * _WITHOUT_SPACES


def _starts(node: _Node) -> list[int]:
    starts: list[int] = []
    step: _Node | None = node
    while step is not None and step.above is not None:
        starts.append(step.start)
        step = step.above
    return starts[::-1]


def _first_fit(pieces: Sequence[Piece], widths: tuple[float, float]) -> list[int]:
    """Return lines each filled as far as it goes."""
    ends: list[int] = []
    filled, room = 0.0, widths[1]
    for index, piece in enumerate(pieces):
        if filled and filled + piece.width > room:
            ends.append(index)
            filled, room = 0.0, widths[0]
        filled += piece.width + (piece.after_width if piece.after is Break.SPACE else 0.0)
    return [*ends, len(pieces)]
