"""The order of a merge: where the files, the texts that stayed, and those that were moved stand.

Texts that neither side moved keep the order of the base. A moved one stands behind the text that it stands behind on the
side that moved it; if both moved it, mine decides. The row of the files is the row of the side that changed it, mine if
both did, with their new files in it.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from editor.manuscript.merge_tracks import Key
from editor.manuscript.merge_units import Item, Side, Units

Anchor = Key | int


class Stretch(NamedTuple):
    """A file of the result. Its boundary is written `always`, or only if there is still text in it, or not at all."""

    key: Key
    items: list[Item]
    is_headed: bool
    is_headed_if_text: bool


def merged_order(units: Units, mine: Side, theirs: Side) -> Iterator[Stretch]:
    """Yield the files of the merge, with what stands in them, in order."""
    base_row = [section.key for section in units.sections]
    my_row, their_row = _row(mine), _row(theirs)
    row = _merged_row(base_row, my_row, their_row)
    whole = _with_missing(_with_missing(row, base_row), my_row)
    fixed = {section.key: units.of_section(section) for section in units.sections}
    moved = mine.moved | theirs.moved
    my_followers = _followers(mine, mine.moved, moved)
    their_followers = _followers(theirs, theirs.moved - mine.moved, moved)
    for key in whole:
        items: list[Item] = []
        anchors: list[Anchor] = [key, *(unit for unit in fixed.get(key, ()) if unit not in moved)]
        for anchor in anchors:
            items += [Item(unit=anchor)] if isinstance(anchor, int) else []
            items += _joined(my_followers.get(anchor, ()), their_followers.get(anchor, ()))
        yield Stretch(key, items, key in row, key in my_row)


def _row(side: Side) -> list[Key]:
    return [item.key for item in side.items if item.key is not None]


def _merged_row(base: list[Key], mine: list[Key], theirs: list[Key]) -> list[Key]:
    if mine == base:
        return theirs
    if theirs == base:
        return mine
    known = {*base, *mine}
    return _with_missing(mine, theirs, only=[key for key in theirs if key not in known])


def _with_missing(row: list[Key], other: list[Key], only: Sequence[Key] | None = None) -> list[Key]:
    """Return a row with the keys of another one (or `only` some) that it lacks, each behind the one before it there."""
    wanted = set(other if only is None else only) - set(row)
    behind: dict[Key | None, list[Key]] = {}
    last: Key | None = None
    present = set(row)
    for key in other:
        if key in wanted:
            behind.setdefault(last, []).append(key)
        elif key in present:
            last = key
    result = behind.get(None, [])[:]
    for key in row:
        result += [key, *behind.get(key, ())]
    return result


def _followers(side: Side, own: set[int], moved: set[int]) -> dict[Anchor, list[Item]]:
    """Return what stands behind each text that did not move and behind the top of each file: moved and new text."""
    found: dict[Anchor, list[Item]] = {}
    anchor: Anchor = ("", 0)
    for item in side.items:
        if item.key is not None:
            anchor = item.key
        elif item.unit >= 0 and item.unit not in moved:
            anchor = item.unit
        elif item.lines or item.unit in own:
            found.setdefault(anchor, []).append(item)
    return found


def _joined(mine: Sequence[Item], theirs: Sequence[Item]) -> list[Item]:
    """Return what both sides put at a place, the same new text once; which comes first does not depend on whose it is."""
    left = list(mine)
    others = []
    for item in theirs:
        if item.lines and item in left:
            left.remove(item)
        else:
            others.append(item)
    first, second = sorted((list(mine), others), key=lambda items: items[:1])
    return first + second
