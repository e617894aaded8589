"""How an outline follows one change of the text without looking at the rest of the manuscript.

Five ways, each tried when the one before does not fit:

1. The change keeps the sequence of kinds (typing in a paragraph, splitting or joining paragraphs, blank lines, rewording
   a heading): one node gets new numbers, and what encloses it is copied along one path.
2. The change stays inside one chapter (a scene break appears): that chapter's scenes are read again.
3. The change reaches over chapters that are siblings (one is pasted, or its heading goes): those are read again.
4. The change stays inside one file of a folder (a part, a header): that file is read again.
5. Anything else: `editor.manuscript.manuscript` reads the whole document again.
"""

import dataclasses
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from editor.manuscript.identity import Identities, extent_of, scene_facts, title_of
from editor.manuscript.outline import Extent, Node, Outline, recounted
from editor.manuscript.structure import (
    Draft,
    sketch_chapter,
    sketch_chapters,
    sketch_file,
    sketch_untitled_chapter,
    title_of_document,
)
from editor.markup.model import PROSE, Block, Kind, Level
from editor.markup.text import BlockChange, MarkedText

_DOCUMENT_WIDE = frozenset({Kind.HEADER, Kind.BOILERPLATE, Kind.CONTENTS, Kind.BOUNDARY})


@dataclass(frozen=True, slots=True)
class _Spot:
    """A way down to a node: the nodes from the root to it, the step at each level, the first line and the first block
    of each (before the change)."""

    nodes: list[Node]
    path: list[int]
    lines: list[int]
    blocks: list[int]

    def holds(self, edited: range, change: BlockChange, text: MarkedText) -> bool:
        """Whether all that changed lies inside the last node's tile, which still starts where it did."""
        line, block, extent = self.lines[-1], self.blocks[-1], self.nodes[-1].extent
        if edited.start < line or edited.stop > line + extent.lines:
            return False
        if change.first < block or change.first + len(change.removed) > block + extent.blocks:
            return False
        return block < len(text.starts) and text.starts[block] == line

    def is_own(self, edited: range, change: BlockChange) -> bool:
        """Whether none of the last node's children was touched."""
        line, block, node = self.lines[-1], self.blocks[-1], self.nodes[-1]
        if not node.children:
            return True
        has_own_lines = edited.stop <= line + node.extent.own_lines
        return has_own_lines and change.first + len(change.removed) <= block + node.extent.own_blocks

    def climb_to(self, level: Level) -> bool:
        """Go up to the node of this level; False if there is none."""
        while self.nodes and self.nodes[-1].level is not level:
            for column in (self.nodes, self.path, self.lines, self.blocks):
                column.pop()
        return bool(self.nodes)


def follow_change(
    outline: Outline, change: BlockChange, edited: range, text: MarkedText, identities: Identities
) -> Outline | None:
    """Return the outline after `change`, or None where the whole document must be read again.

    `edited` are the lines, as numbered before the change, that were replaced; `text` is the text after it.
    """
    if change.reclassified:
        return None
    blocks = (*change.removed, *change.added)
    if not any(map(_concerns_document, blocks)):
        followed = (
            _follow_same_kinds(outline, change, edited, text)
            or _follow_in_chapter(outline, change, edited, text, identities)
            or _follow_in_row(outline, change, edited, text, identities)
        )
        if followed is not None:
            return followed
    if not outline.files or any(block.kind is Kind.BOUNDARY for block in blocks):
        return None
    return _follow_in_file(outline, change, edited, text, identities)


def _concerns_document(block: Block) -> bool:
    return block.kind in _DOCUMENT_WIDE or block.level is Level.TITLE


def _follow_same_kinds(
    outline: Outline, change: BlockChange, edited: range, text: MarkedText
) -> Outline | None:
    removed, added = change.removed, change.added
    if not removed and not added:
        after = text.block_from(edited.start)
        candidates = [after, after - 1]
    elif not removed or not added:
        # prose beside prose: as good as one paragraph replaced by several, or several by one
        if any(block.kind not in PROSE or block.facts for block in (*removed, *added)):
            return None
        candidates = _prose_neighbours(change, text)
    elif _kinds(removed) == _kinds(added):
        candidates = [change.first]
    else:
        return None
    for candidate in candidates:
        spot = _find(outline, candidate)
        if spot is not None and spot.holds(edited, change, text) and spot.is_own(edited, change):
            return _with_new_numbers(outline, spot, change, text)
    return None


def _prose_neighbours(change: BlockChange, text: MarkedText) -> list[int]:
    """Return the index, before the change, of each prose block right beside it."""
    before, after = change.first - 1, change.first + len(change.added)
    found = []
    if before >= 0 and text.blocks[before].kind in PROSE:
        found.append(before)
    if after < len(text.blocks) and text.blocks[after].kind in PROSE:
        found.append(change.first + len(change.removed))
    return found


def _kinds(blocks: Sequence[Block]) -> list[object]:
    """Return what the structure sees of some blocks: kinds and levels, a run of prose counting as one."""
    kinds: list[object] = []
    for block in blocks:
        kind = "prose" if block.kind in PROSE else (block.kind, block.level, bool(block.facts))
        if kind != "prose" or not kinds or kinds[-1] != "prose":
            kinds.append(kind)
    return kinds


def _find(outline: Outline, block: int) -> _Spot | None:
    """Find the deepest node that holds the block with this index (in the text that `outline` is of)."""
    spot = _Spot([], [], [], [])
    first_line = first_block = 0
    parent: Node | None = None
    while True:
        lines, blocks = outline.starts_below(parent)
        step = bisect_right(blocks, block - first_block) - 1
        if step < 0:
            break
        parent = (outline.roots if parent is None else parent.children)[step]
        first_line, first_block = first_line + lines[step], first_block + blocks[step]
        if block >= first_block + parent.extent.blocks:
            break
        spot.nodes.append(parent)
        spot.path.append(step)
        spot.lines.append(first_line)
        spot.blocks.append(first_block)
    return spot if spot.nodes else None


def _with_new_numbers(outline: Outline, spot: _Spot, change: BlockChange, text: MarkedText) -> Outline:
    node, start = spot.nodes[-1], spot.blocks[-1]
    grown = len(change.added) - len(change.removed)
    end, own_end = start + node.extent.blocks + grown, start + node.extent.own_blocks + grown
    is_scene = node.level is Level.SCENE
    facts = node.facts
    if is_scene and any(block.facts for block in (*change.removed, *change.added)):
        facts = scene_facts(text.blocks[start:own_end])
    opening = opening_at(node, start, text)
    title, is_titled = node.title, node.is_titled
    if opening != node.opening or facts != node.facts:
        title, is_titled = title_of(node.level, opening, facts)
    gained = sum([block.words for block in change.added]) - sum([block.words for block in change.removed])
    renewed = dataclasses.replace(
        node,
        title=title,
        is_titled=is_titled,
        words=node.words + gained,
        facts=facts,
        extent=extent_of(start, end, own_end, text, is_scene=is_scene),
        opening=opening,
    )
    return _replaced(outline, spot, (renewed,), keeps_paths=True, keeps_places=renewed.extent == node.extent)


def opening_at(node: Node, start: int, text: MarkedText) -> Block | None:
    """Return the opening block that a node has in `text`, where it starts at block `start`."""
    if node.opening is None:
        return None
    wanted = start
    while text.blocks[wanted].kind not in PROSE and text.blocks[wanted].level is not node.level:
        wanted += 1
    return text.blocks[wanted]


def _replaced(
    outline: Outline,
    spot: _Spot,
    nodes: Sequence[Node],
    count: int = 1,
    *,
    keeps_paths: bool = False,
    keeps_places: bool = False,
) -> Outline:
    """Return the outline with `nodes` for the last node of `spot` and what follows it, `count` in all; what encloses them is copied.

    `keeps_paths`: it is one node for one; `keeps_places`: and of the same extent.
    """
    for depth in range(len(spot.nodes) - 2, -1, -1):
        parent, step = spot.nodes[depth], spot.path[depth + 1]
        old = parent.children[step : step + count]
        enclosing = dataclasses.replace(
            parent,
            words=parent.words + sum([node.words for node in nodes]) - sum([node.words for node in old]),
            children=(*parent.children[:step], *nodes, *parent.children[step + count :]),
            extent=_grown(parent.extent, nodes, old),
        )
        nodes, count = (enclosing,), 1
    step = spot.path[0]
    roots = (*outline.roots[:step], *nodes, *outline.roots[step + count :])
    if keeps_places:
        return recounted(outline, roots)
    return Outline(
        roots,
        title=outline.title,
        front=outline.front,
        revision=outline.revision + 1,
        paths=outline.paths() if keeps_paths else None,
    )


def _grown(extent: Extent, nodes: Sequence[Node], old: Sequence[Node]) -> Extent:
    """Return the extent of what has `nodes` in it where `old` were."""
    return Extent(
        extent.lines + sum([node.extent.lines for node in nodes]) - sum([node.extent.lines for node in old]),
        extent.blocks
        + sum([node.extent.blocks for node in nodes])
        - sum([node.extent.blocks for node in old]),
        extent.own_lines,
        extent.own_blocks,
    )


def _follow_in_chapter(
    outline: Outline, change: BlockChange, edited: range, text: MarkedText, identities: Identities
) -> Outline | None:
    if any(block.level in {Level.PART, Level.CHAPTER} for block in (*change.removed, *change.added)):
        return None
    spot = _find(outline, change.first if change.removed else change.first - 1)
    if spot is None or not spot.climb_to(Level.CHAPTER) or not spot.holds(edited, change, text):
        return None
    chapter, start = spot.nodes[-1], spot.blocks[-1]
    end = start + chapter.extent.blocks
    draft = _chapter_again(chapter, start, end + len(change.added) - len(change.removed), text)
    if draft is None:
        return None
    scenes = identities.adopt(draft.children, chapter.children, text)
    renewed = dataclasses.replace(
        chapter,
        words=sum(scene.words for scene in scenes),
        children=scenes,
        extent=extent_of(draft.start, draft.end, draft.own_end, text, is_scene=False),
    )
    return _replaced(outline, spot, (renewed,))


def _follow_in_row(
    outline: Outline, change: BlockChange, edited: range, text: MarkedText, identities: Identities
) -> Outline | None:
    """Read the chapters from the one above the change to the last one it reaches again; they are siblings."""
    if any(block.level is Level.PART for block in (*change.removed, *change.added)):
        return None
    spot = _find(outline, change.first - 1)
    if spot is None or not spot.climb_to(Level.CHAPTER) or edited.start < spot.lines[-1]:
        return None
    start, step = spot.blocks[-1], spot.path[-1]
    siblings = spot.nodes[-2].children if len(spot.nodes) > 1 else outline.roots
    end, end_line, last = start, spot.lines[-1], step
    while last < len(siblings) and siblings[last].level is Level.CHAPTER:
        end, end_line = end + siblings[last].extent.blocks, end_line + siblings[last].extent.lines
        last += 1
        if edited.stop <= end_line and change.first + len(change.removed) <= end:
            break
    else:
        return None
    end += len(change.added) - len(change.removed)
    headings = [index for index in range(start, end) if text.blocks[index].level is Level.CHAPTER]
    drafts = sketch_chapters(text.blocks, start, end, headings)
    if not drafts or drafts[0].start != start or text.starts[start] != spot.lines[-1]:
        return None
    chapters = identities.adopt(drafts, siblings[step:last], text)
    return _replaced(outline, spot, chapters, last - step)


def _follow_in_file(
    outline: Outline, change: BlockChange, edited: range, text: MarkedText, identities: Identities
) -> Outline | None:
    spot = _find(outline, max(change.first - 1, 0))
    if spot is None or not spot.climb_to(Level.FILE) or not spot.holds(edited, change, text):
        return None
    if change.first <= spot.blocks[-1]:
        return None
    start, grown = spot.blocks[-1], len(change.added) - len(change.removed)
    draft = sketch_file(text.blocks, start, start + spot.nodes[-1].extent.blocks + grown)
    (file,) = identities.adopt([draft], spot.nodes, text)
    followed = _replaced(outline, spot, (file,))
    if any(map(_concerns_document, (*change.removed, *change.added))):
        followed.title = title_of_document(text.blocks)
    return followed


def _chapter_again(chapter: Node, start: int, end: int, text: MarkedText) -> Draft | None:
    """Sketch the chapter again; None if it no longer starts where it did, or is no chapter any more."""
    if chapter.opening is not None:
        return sketch_chapter(text.blocks, start, end, chapter.opening)
    draft = sketch_untitled_chapter(text.blocks, start, end)
    return draft if draft is not None and draft.start == start else None
