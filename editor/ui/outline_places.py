"""Where dragged rows of the outline would land: pure geometry of parts, chapters and scenes.

A drop never means what its pixels say by accident: scenes land among scenes, chapters among chapters, parts among
parts, whatever row the pointer is over, and whatever its distance from the left edge. A place that would change nothing,
or that would put a row into itself, is no place.

In a folder, where a chapter and its file may be one row: files land among files, whatever row the pointer is over, and never
behind the cuts. Scenes treat such a row as the chapter that it shows. A chapter of another file always lands inside the file
that the pointer is over, never between two files, where it would have to be a file itself: at the end on the row, first in the
upper half of the rows of the only chapter, last in the lower half. Among the cuts everything that stands under no heading is one
place: at the end.

Limits: knows rows and nodes, not the text; what a move does to the text is decided in `editor.manuscript.moves`.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from editor.manuscript.chapter_names import merged_chapter
from editor.manuscript.outline import Node, Outline
from editor.manuscript.selection import Place, Where, selected_nodes
from editor.markup.model import Level
from editor.ui.outline_projection import project, row_of_file

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
    near = _NEAR.get(level) if level is not None else None
    place = near(outline, outline.node(target), fraction, is_open) if near is not None else None
    return _settle(outline, ids, place)


def place_below(outline: Outline, ids: Sequence[int]) -> Place | None:
    """Return where `ids` land when dropped below the last row: at the end of the text."""
    level = _common_level(outline, ids)
    if level is None or not outline.roots:
        return None
    if outline.cuts is not None and level is not Level.FILE:
        return _settle(outline, ids, Place(outline.cuts.id, Where.INTO))
    if outline.files and level is not Level.FILE:
        return _settle(outline, ids, Place(outline.files[-1].id, Where.INTO))
    last = _last_of(outline, level)
    place = Place(last.id, Where.INTO if level is Level.SCENE else Where.AFTER) if last is not None else None
    return _settle(outline, ids, place)


def place_at(outline: Outline, ids: Sequence[int], parent: int | None, row: int) -> Place | None:
    """Return where `ids` land when dropped before row `row` of `parent` (-1: on it), as Qt's views ask models."""
    siblings = project(outline) if parent is None else _rows_below(outline.node(parent))
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
    """The last chapter (for scenes and chapters), the last part, or the last file of the book."""
    if level is Level.FILE:
        return next((file for file in reversed(outline.files) if not file.is_cuts), None)
    wanted = Level.PART if level is Level.PART else Level.CHAPTER
    return next((node for node in _backwards(outline.roots) if node.level is wanted), None)


def _backwards(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in reversed(nodes):
        yield from _backwards(node.children)
        yield node


def _holders(outline: Outline) -> list[Node]:
    """What scenes can be put into, in order: the chapters, and the files without any."""
    return [
        node
        for node in outline.walk()
        if node.level is Level.CHAPTER or (node.level is Level.FILE and not node.children)
    ]


def _holder_before(outline: Outline, node: Node) -> Node | None:
    """The chapter (or file without chapters) in front of a chapter, or of what a part or file begins with."""
    first: Node | None = node
    while first is not None and first.level < Level.CHAPTER and first.children:
        first = first.children[0]
    before = next((before for before, after in pairwise(_holders(outline)) if after is first), None)
    if before is None or node.level is Level.FILE:
        return before
    # Above what a file begins with stands the row of the file, not the file before it.
    return before if outline.file_of(before.id) is outline.file_of(node.id) else None


def _end_of(chapter: Node) -> Place:
    last = chapter.children[-1] if chapter.children else None
    return Place(last.id, Where.AFTER) if last else Place(chapter.id, Where.INTO)


def _scenes_near(outline: Outline, node: Node, fraction: float, is_open: bool) -> Place | None:
    if node.level is Level.SCENE:
        return Place(node.id, Where.BEFORE if fraction < 0.5 else Where.AFTER)
    before = _holder_before(outline, node)
    if fraction < EDGE and before is not None:
        return _end_of(before)
    if node.level is Level.FILE:
        chapter = merged_chapter(node)
        if chapter is None or node.is_cuts:
            return _scenes_in_file(node, fraction, is_open)
        node = chapter
    if node.level is Level.PART:
        inner = node.children[0 if is_open and fraction > 1 - EDGE else -1] if node.children else None
        return Place(inner.id, Where.INTO) if inner else None
    at_start = fraction < EDGE or (is_open and fraction > 1 - EDGE)
    if at_start and node.children:
        return Place(node.children[0].id, Where.BEFORE)
    return Place(node.id, Where.INTO)


def _scenes_in_file(file: Node, fraction: float, is_open: bool) -> Place:
    """Scenes on the row of a file that is no chapter: at its end, at its lower edge before what stands below the row."""
    first = file.children[0] if file.children else None
    if is_open and fraction > 1 - EDGE and first is not None and first.level is Level.CHAPTER:
        if merged_chapter(file) is first and first.children:
            return Place(first.children[0].id, Where.BEFORE)
        if merged_chapter(file) is None and not file.is_cuts:
            return Place(first.id, Where.INTO)
    return Place(file.id, Where.INTO)


def _chapters_near(outline: Outline, node: Node, fraction: float, is_open: bool) -> Place | None:
    file = outline.file_of(node.id)
    if file is not None:
        place = _chapters_in_file(outline, file, node, fraction, is_open)
        if place is not None:
            return place
    if node.level is not Level.PART:
        chapter, share = _share_of_block(outline, node, fraction, is_open, Level.CHAPTER)
        return Place(chapter.id, Where.BEFORE if share < 0.5 else Where.AFTER)
    before = _holder_before(outline, node)
    if fraction < EDGE and before is not None and before.level is Level.CHAPTER:
        return Place(before.id, Where.AFTER)
    if is_open and fraction > 1 - EDGE and node.children:
        return Place(node.children[0].id, Where.BEFORE)
    return Place(node.id, Where.INTO)


def _chapters_in_file(
    outline: Outline, file: Node, node: Node, fraction: float, is_open: bool
) -> Place | None:
    """Chapters on the row of a file, or on the scenes that stand right below it; None for all other rows."""
    merged = merged_chapter(file)
    if node is not file and (merged is None or outline.parent(node.id) is not merged):
        return None
    if merged is not None and not file.is_cuts and merged.children and (node is not file or is_open):
        _holder, share = _share_of_block(outline, node, fraction, is_open, Level.FILE)
        if node is not file or fraction <= EDGE or fraction >= 1 - EDGE:
            return Place(merged.id, Where.BEFORE if share < 0.5 else Where.AFTER)
    first = file.children[0] if file.children else None
    if node is file and is_open and fraction > 1 - EDGE and first is not None and merged is None:
        return Place(first.id, Where.BEFORE)
    return Place(file.id, Where.INTO)


def _files_near(outline: Outline, node: Node, fraction: float, is_open: bool) -> Place | None:
    file, share = _share_of_block(outline, node, fraction, is_open, Level.FILE)
    return Place(file.id, Where.BEFORE if share < 0.5 or file.is_cuts else Where.AFTER)


def _parts_near(outline: Outline, node: Node, fraction: float, is_open: bool) -> Place | None:
    part, share = _share_of_block(outline, node, fraction, is_open, Level.PART)
    if part.level is Level.PART:
        return Place(part.id, Where.BEFORE if share < 0.5 else Where.AFTER)
    if outline.files:
        file = outline.file_of(node.id)
        return Place(file.id, Where.INTO) if file is not None else None
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
    rows = [holder.id, *(below.id for below in _rows_under(holder))]
    return holder, (rows.index(node.id) + fraction) / len(rows)


def _rows_below(node: Node) -> tuple[Node, ...]:
    return row_of_file(node).children if node.level is Level.FILE else node.children


def _rows_under(node: Node) -> Iterator[Node]:
    for child in _rows_below(node):
        yield child
        yield from _rows_under(child)


def _settle(outline: Outline, ids: Sequence[int], place: Place | None) -> Place | None:
    """Return `place`, or None if the rows stand there already or cannot go there."""
    from editor.manuscript.moves import can_move

    return place if place is not None and can_move(outline, ids, place) else None


_NEAR = {
    Level.FILE: _files_near,
    Level.PART: _parts_near,
    Level.CHAPTER: _chapters_near,
    Level.SCENE: _scenes_near,
}
