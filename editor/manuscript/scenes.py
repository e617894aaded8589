"""Merging scenes, and deleting scenes, chapters and parts: pure functions from nodes to text edits."""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from editor.errors import InputError
from editor.manuscript.break_style import is_packed
from editor.manuscript.edits import TextEdit
from editor.manuscript.gaps import GapKeeper
from editor.manuscript.identity import scene_facts
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.outline import Node
from editor.manuscript.proposal import propose
from editor.manuscript.selection import selected_nodes
from editor.manuscript.shelf import Gap, Piece, Shelf, body_lines, shelf_of
from editor.manuscript.splicing import Splice, edits_for
from editor.manuscript.trial import (
    expected_tree,
    find_fault,
    refuse,
    remove_expected,
    replace_expected,
    try_out,
)
from editor.manuscript.vacancy import close_vacancy
from editor.markup.model import Block, Kind, Level


def merge_with_next(manuscript: Manuscript, node_id: int) -> list[TextEdit]:
    """Return the edits that make one scene of this one and the next: the break between them goes.

    Notes between them stay. Raises InputError for the last scene of a chapter, and if the next one has a heading, which
    would have to go too.
    """
    (scene,) = selected_nodes(manuscript.outline, [node_id])
    siblings, index = manuscript.outline.siblings(node_id), manuscript.outline.index(node_id)
    if scene.level is not Level.SCENE:
        raise InputError("Only scenes can be merged.")
    if index + 1 == len(siblings):
        raise InputError("This is the last scene of its chapter: there is none to merge it with.")
    following = siblings[index + 1]
    if following.has_heading:
        raise InputError(f"The next scene has a heading, “{following.title}”. Take it out of the text first.")
    shelf = shelf_of(manuscript, manuscript.outline.parent(node_id))
    gap, after = shelf.gaps[index], shelf.units[index + 1].body
    expected = expected_tree(manuscript.outline)
    remove_expected(expected, [following])
    replace_expected(expected, _merged(manuscript, scene, following))
    fault: str | None = None
    for lines in _separations(manuscript, gap):
        first = gap.piece.origin or 0
        edits = edits_for(manuscript.text.lines, [Splice(first, after.origin or 0, lines)])
        fault = find_fault(try_out(manuscript, edits), expected, more_breaks=-gap.breaks)
        if fault is None:
            return edits
    raise refuse("Merging these scenes", fault or "")


def delete_nodes(manuscript: Manuscript, ids: Iterable[int]) -> list[TextEdit]:
    """Return the edits that take scenes, chapters or parts out, each with one of the gaps beside it.

    Notes to readers in that gap stay. Raises InputError if what is left would read differently, but for headings that
    only come to stand on another level because of those that went (4.6g).
    """
    outline = manuscript.outline
    nodes = selected_nodes(outline, ids)
    doomed = {node.id for node in nodes}
    if any(node.is_cuts for node in nodes):
        raise InputError(
            "The file of what was cut stays. Delete scenes in it one by one, or the file on the disk."
        )
    if outline.files and all(file.is_cuts or file.id in doomed for file in outline.files):
        raise InputError("These are all the files of the manuscript. At least one stays.")
    containers: dict[int | None, Node | None] = {}
    for node in nodes:
        parent = outline.parent(node.id)
        containers[None if parent is None else parent.id] = parent
    shelves = [shelf_of(manuscript, container) for container in containers.values()]
    keeper = GapKeeper(manuscript)
    breaks_before = sum(shelf.breaks for shelf in shelves)
    for shelf in shelves:
        _clear(shelf, doomed, keeper)
    expected = expected_tree(outline)
    remove_expected(expected, nodes)
    lost = [block for node in nodes for block in _body_blocks(manuscript, node)]
    lost_breaks = sum(block.kind is Kind.BREAK for block in lost)
    return propose(
        manuscript,
        shelves,
        expected,
        more_breaks=sum(shelf.breaks for shelf in shelves) - breaks_before - lost_breaks,
        lost=[block for block in lost if block.kind is not Kind.BREAK],
        may_relevel=True,
        what="Deleting this",
    )


def _clear(shelf: Shelf, doomed: set[int], keeper: GapKeeper) -> None:
    for index in range(len(shelf.units) - 1, -1, -1):
        if shelf.units[index].node.id not in doomed:
            continue
        outer = shelf.take(index, index + 1).outer
        if outer is None or outer.is_plain:
            continue
        left = keeper.without_breaks(outer)
        if not index:
            shelf.head.append(left)
        elif index == len(shelf.units):
            shelf.tail.insert(0, left)
        else:
            gap = shelf.gaps[index - 1]
            shelf.gaps[index - 1] = Gap(Piece((*left.lines, *gap.piece.lines)), gap.breaks, is_plain=False)
    if not shelf.units and len(shelf.head) == 1:
        close_vacancy(shelf)


def _body_blocks(manuscript: Manuscript, node: Node) -> Sequence[Block]:
    text = manuscript.text
    body = body_lines(manuscript, node)
    return text.blocks[text.block_from(body.start) : text.block_from(body.stop)]


def _merged(manuscript: Manuscript, scene: Node, following: Node) -> Node:
    """Return the scene that two scenes become, as far as a trial looks at it."""
    text = manuscript.text
    first, end = _block_range(manuscript, scene).start, _block_range(manuscript, following).stop
    blocks = [block for block in text.blocks[first:end] if block.kind is not Kind.BREAK]
    return dataclasses.replace(
        scene,
        words=scene.words + following.words,
        facts=scene_facts(blocks),
        extent=dataclasses.replace(scene.extent, own_blocks=len(blocks)),
    )


def _block_range(manuscript: Manuscript, scene: Node) -> range:
    first = manuscript.outline.first_block_of(scene.id)
    return range(first, first + scene.extent.own_blocks)


def _separations(manuscript: Manuscript, gap: Gap) -> Iterator[tuple[str, ...]]:
    """Yield what may stand between two paragraphs that a break stood between, best first."""
    left = GapKeeper(manuscript).without_breaks(gap).lines
    if not gap.is_plain:
        yield left
        yield ("", *left, "")
        return
    if is_packed(manuscript, gap.piece.origin or 0):
        yield ()
    yield ("",)
