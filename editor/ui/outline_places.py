"""Where dragged rows of the outline would land: pure geometry of parts, chapters and scenes.

A drop never means what its pixels say by accident: scenes land among scenes, chapters among chapters, parts among
parts, whatever row the pointer is over, and whatever its distance from the left edge. A place that would change nothing,
or that would put a row into itself, is no place. Limits: knows rows and nodes, not the text; what a move does to the
text is decided in `editor.manuscript.moves`.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from editor.manuscript.outline import Node, Outline
from editor.manuscript.selection import Place, Where, selected_nodes
from editor.markup.model import Level

EDGE = 0.25
"""The share of a chapter's or part's row, at its top and at its bottom, that means the gap there and not the row."""


def gather_roots(outline: Outline, ids: Sequence[int]) -> list[int]:
    """Return `ids` in the order of the text, without those whose chapter or part is among them.

    Raises InputError if one of them is gone.
    """
    return [node.id for node in selected_nodes(outline, ids)]


def place_near(
    outline: Outline, ids: Sequence[int], target: int, fraction: float, *, is_open: bool
) -> Place | None:
    """Return where `ids` land when dropped at `fraction` (0 top, 1 bottom) of the height of the row of `target`.

    `is_open`: the rows below `target` are shown. None: nothing would happen, or nothing sensible.
    """
    level = _common_level(outline, ids)
    node = outline.node(target)
    if level is Level.SCENE:
        place = _scenes_near(outline, node, fraction, is_open)
    elif level is Level.CHAPTER:
        place = _chapters_near(outline, node, fraction, is_open)
    elif level is Level.PART:
        place = _parts_near(outline, node, fraction, is_open)
    else:
        place = None
    return _settle(outline, ids, place)


def place_below(outline: Outline, ids: Sequence[int]) -> Place | None:
    """Return where `ids` land when dropped below the last row: at the end of the text."""
    level = _common_level(outline, ids)
    if level is None or not outline.roots:
        return None
    last = _last_of(outline, level)
    place = Place(last.id, Where.INTO if level is Level.SCENE else Where.AFTER) if last is not None else None
    return _settle(outline, ids, place)


def place_at(outline: Outline, ids: Sequence[int], parent: int | None, row: int) -> Place | None:
    """Return where `ids` land when dropped before row `row` of `parent` (-1: on it), as Qt's views ask models."""
    siblings = outline.roots if parent is None else outline.node(parent).children
    if row < 0 or (parent is not None and not siblings):
        return (
            place_below(outline, ids)
            if parent is None
            else place_near(outline, ids, parent, 0.6, is_open=False)
        )
    if row < len(siblings):
        return place_near(outline, ids, siblings[row].id, 0.0, is_open=True)
    return place_near(outline, ids, siblings[-1].id, 1.0, is_open=False) if siblings else None


def _common_level(outline: Outline, ids: Sequence[int]) -> Level | None:
    levels = {node.level for node in selected_nodes(outline, ids)}
    return levels.pop() if len(levels) == 1 else None


def _last_of(outline: Outline, level: Level) -> Node | None:
    """The last chapter (for scenes and chapters) or the last part."""
    wanted = Level.PART if level is Level.PART else Level.CHAPTER
    return next((node for node in _backwards(outline.roots) if node.level is wanted), None)


def _backwards(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in reversed(nodes):
        yield from _backwards(node.children)
        yield node


def _chapters(outline: Outline) -> list[Node]:
    found: list[Node] = []
    for root in outline.roots:
        found += [root] if root.level is Level.CHAPTER else root.children
    return found


def _chapter_before(outline: Outline, node: Node) -> Node | None:
    """The chapter in front of a chapter, or in front of a part."""
    first = node if node.level is Level.CHAPTER else next(iter(node.children), None)
    chapters = _chapters(outline)
    if first is None:
        return None
    return next((before for before, after in pairwise(chapters) if after.id == first.id), None)


def _end_of(chapter: Node) -> Place:
    last = chapter.children[-1] if chapter.children else None
    return Place(last.id, Where.AFTER) if last else Place(chapter.id, Where.INTO)


def _scenes_near(outline: Outline, node: Node, fraction: float, is_open: bool) -> Place | None:
    if node.level is Level.SCENE:
        return Place(node.id, Where.BEFORE if fraction < 0.5 else Where.AFTER)
    before = _chapter_before(outline, node)
    if fraction < EDGE and before is not None:
        return _end_of(before)
    if node.level is Level.PART:
        inner = node.children[0 if is_open and fraction > 1 - EDGE else -1] if node.children else None
        return Place(inner.id, Where.INTO) if inner else None
    at_start = fraction < EDGE or (is_open and fraction > 1 - EDGE)
    if at_start and node.children:
        return Place(node.children[0].id, Where.BEFORE)
    return Place(node.id, Where.INTO)


def _chapters_near(outline: Outline, node: Node, fraction: float, is_open: bool) -> Place | None:
    if node.level is not Level.PART:
        chapter, share = _share_of_block(outline, node, fraction, is_open, Level.CHAPTER)
        return Place(chapter.id, Where.BEFORE if share < 0.5 else Where.AFTER)
    before = _chapter_before(outline, node)
    if fraction < EDGE and before is not None:
        return Place(before.id, Where.AFTER)
    if is_open and fraction > 1 - EDGE and node.children:
        return Place(node.children[0].id, Where.BEFORE)
    return Place(node.id, Where.INTO)


def _parts_near(outline: Outline, node: Node, fraction: float, is_open: bool) -> Place | None:
    part, share = _share_of_block(outline, node, fraction, is_open, Level.PART)
    if part.level is Level.PART:
        return Place(part.id, Where.BEFORE if share < 0.5 else Where.AFTER)
    first = next((root for root in outline.roots if root.level is Level.PART), None)
    return Place(first.id, Where.BEFORE) if first else None


def _share_of_block(
    outline: Outline, node: Node, fraction: float, is_open: bool, level: Level
) -> tuple[Node, float]:
    """Return the chapter or part that holds `node`, and how far down all its rows the pointer is (0 to 1)."""
    holder = node
    while holder.level > level and (above := outline.parent(holder.id)) is not None:
        holder = above
    if holder is node and not is_open:
        return holder, fraction
    rows = [holder.id, *(below.id for below in _descendants(holder))]
    return holder, (rows.index(node.id) + fraction) / len(rows)


def _descendants(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _descendants(child)


def _settle(outline: Outline, ids: Sequence[int], place: Place | None) -> Place | None:
    """Return `place`, or None if the rows stand there already or cannot go there."""
    from editor.manuscript.moves import can_move

    return place if place is not None and can_move(outline, ids, place) else None
