"""Which bare numbers are headings: those that count (4.6e)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from editor.markup.headings import BareNumber, NumberStyle


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may be a heading by its number.

    `index` is the caller's, None for a number inside a paragraph, which only counts along; `texts` grows where text stands between two candidates; `is_first_text`: no text line stands
    before it in its file.
    """

    index: int | None
    number: BareNumber
    texts: int
    is_first_text: bool


def accept_numbers(candidates: Sequence[Candidate]) -> set[int]:
    """Return the indexes of those that are headings, each style judged by itself."""
    styles: dict[NumberStyle, list[Candidate]] = {}
    for candidate in candidates:
        styles.setdefault(candidate.number.of_style, []).append(candidate)
    accepted: set[int] = set()
    for members in styles.values():
        accepted.update(
            candidate.index for candidate in _accepted_of_style(members) if candidate.index is not None
        )
    return accepted


def _accepted_of_style(members: Sequence[Candidate]) -> Sequence[Candidate]:
    values = [member.number.value for member in members]
    if len(members) >= 2 and values[0] == 1 and _counts_with_text_between(members):
        return members
    counts_on = all(after == before + 1 for before, after in pairwise(values))
    if members[0].is_first_text and counts_on:
        return members
    return [member for member in members if member.is_first_text]


def _counts_with_text_between(members: Sequence[Candidate]) -> bool:
    return all(
        after.number.value in {before.number.value + 1, 1} and after.texts > before.texts
        for before, after in pairwise(members)
    )
