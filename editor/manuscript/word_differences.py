"""Which words of two versions of a passage differ, for marking them side by side.

Limits: words are compared as wholes, in order; a word that was moved differs in both places.
"""

import re

from editor.manuscript.differences import matching_runs

Range = tuple[int, int]
_PIECE = re.compile(r"\w+|\s+|[^\w\s]")


def word_differences(one: str, other: str) -> tuple[list[Range], list[Range]]:
    """Return the ranges of characters of each text that the other does not have; touching ones are one."""
    pieces, others = _PIECE.findall(one), _PIECE.findall(other)
    mine: list[Range] = []
    theirs: list[Range] = []
    at = other_at = place = other_place = 0
    for start, other_start, length in [*matching_runs(pieces, others), (len(pieces), len(others), 0)]:
        end, other_end = (
            place + _length(pieces[at:start]),
            other_place + _length(others[other_at:other_start]),
        )
        mine += [(place, end)] if end > place else []
        theirs += [(other_place, other_end)] if other_end > other_place else []
        at, other_at = start + length, other_start + length
        common = _length(pieces[start:at])
        place, other_place = end + common, other_end + common
    return mine, theirs


def _length(pieces: list[str]) -> int:
    return sum(map(len, pieces))
