"""Which node after a change is which node from before: ids that stay.

A new tree is matched with the old one level by level. What both share at their two ends is the same; between, a node is
recognised by its opening block, wherever it stands now; what is left over is paired in order, so a scene whose first
paragraph is being rewritten stays itself. Nodes that vanished are remembered for a while, so that a scene cut and
pasted in two steps, or deleted and brought back by undo, returns with its id.
"""

import dataclasses
import itertools
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from editor.manuscript.outline import Extent, Node
from editor.manuscript.structure import Draft
from editor.markup.inlines import plain_text
from editor.markup.model import Block, Level
from editor.markup.text import MarkedText
from editor.markup.titles import derive_title

LONGEST_START = 20_000
"""Characters of a scene's opening block that its title may be made of."""
REMEMBERED = 500
"""How many vanished nodes are remembered."""

_Tree = TypeVar("_Tree", Node, Draft)
_Likeness = tuple[Level, Block | None, int]


class Identities:
    """The ids handed out for one manuscript; `counts`: its nodes are to know how many words they have."""

    def __init__(self, *, counts: bool = True) -> None:
        self._counts = counts
        self._next = itertools.count(1)
        self._vanished: OrderedDict[_Likeness, int] = OrderedDict()

    def adopt(self, drafts: Sequence[Draft], old: Sequence[Node], text: MarkedText) -> tuple[Node, ...]:
        """Return nodes for `drafts` that keep the ids, and where nothing changed the very objects, of `old`."""
        new_by_level = _by_level(drafts)
        old_by_level = _by_level(old)
        kept: dict[int, Node] = {}  # by id() of the draft
        for level in (Level.FILE, Level.PART, Level.CHAPTER, Level.SCENE):
            before, after = old_by_level[level], new_by_level[level]
            matches = match_nodes(before, after)
            kept.update(
                {id(draft): node for draft, node in zip(after, matches, strict=True) if node is not None}
            )
        taken = {node.id for node in kept.values()}
        for node in itertools.chain.from_iterable(old_by_level.values()):
            if node.id not in taken:
                self._remember(node)
        return tuple(self._node(draft, kept, taken, text) for draft in drafts)

    def _node(self, draft: Draft, kept: dict[int, Node], taken: set[int], text: MarkedText) -> Node:
        children = tuple(self._node(child, kept, taken, text) for child in draft.children)
        old = kept.get(id(draft))
        facts = scene_facts(text.blocks[draft.start : draft.own_end]) if draft.level is Level.SCENE else ()
        if not self._counts:
            words = 0
        elif draft.level is Level.SCENE:
            words = sum([block.words for block in text.blocks[draft.start : draft.own_end]])
        else:
            words = sum([child.words for child in children])
        is_unchanged = old is not None and old.opening == draft.opening and old.facts == facts
        if old is not None and is_unchanged:
            title, is_titled = old.title, old.is_titled
        else:
            title, is_titled = title_of(draft.level, draft.opening, facts)
        node = Node(
            id=old.id if old is not None else self._id_for((draft.level, draft.opening, words), taken),
            level=draft.level,
            title=title,
            is_titled=is_titled,
            words=words,
            facts=facts,
            children=children,
            extent=extent_of(
                draft.start, draft.end, draft.own_end, text, is_scene=draft.level is Level.SCENE
            ),
            opening=draft.opening,
        )
        return old if old == node else node

    def _id_for(self, likeness: _Likeness, taken: set[int]) -> int:
        remembered = self._vanished.pop(likeness, None)
        found = next(self._next) if remembered is None or remembered in taken else remembered
        taken.add(found)
        return found

    def _remember(self, node: Node) -> None:
        self._vanished[node.level, node.opening, node.words] = node.id
        if len(self._vanished) > REMEMBERED:
            self._vanished.popitem(last=False)


def match_nodes(before: Sequence[Node], after: Sequence[Draft]) -> list[Node | None]:
    """Return, for each draft, the old node that it continues, or None for one that is new."""
    shorter = min(len(before), len(after))
    head = 0
    while head < shorter and _is_alike(before[head].opening, after[head].opening):
        head += 1
    tail = 0
    while tail < shorter - head and _is_alike(before[-1 - tail].opening, after[-1 - tail].opening):
        tail += 1
    middle = _match_by_opening(before[head : len(before) - tail], after[head : len(after) - tail])
    return [*before[:head], *middle, *before[len(before) - tail :]]


def _match_by_opening(before: Sequence[Node], after: Sequence[Draft]) -> list[Node | None]:
    candidates: defaultdict[Block | None, list[Node]] = defaultdict(list)
    for node in reversed(before):
        candidates[node.opening].append(node)
    matches = [candidates[draft.opening].pop() if candidates.get(draft.opening) else None for draft in after]
    matched = {node.id for node in matches if node is not None}
    left_over = iter([node for node in before if node.id not in matched])
    return [node if node is not None else next(left_over, None) for node in matches]


def _is_alike(one: Block | None, other: Block | None) -> bool:
    return one is other or one == other


def scene_facts(blocks: Iterable[Block]) -> tuple[tuple[str, str], ...]:
    """Return the facts of a scene; of two equal keys the last wins (4.4)."""
    facts: dict[str, str] = {}
    for block in blocks:
        if block.facts:
            facts.update(block.facts)
    return tuple(facts.items())


def title_of(level: Level, opening: Block | None, facts: tuple[tuple[str, str], ...]) -> tuple[str, bool]:
    """Return a node's title, and whether it stands in the source (4.4, 5, 8)."""
    if opening is None:
        return "", False
    if level is Level.FILE:
        return opening.content, True
    if opening.level is level:
        return plain_text(opening), True
    named = dict(facts).get("title", "")
    return (named, True) if named else (derive_title(plain_text(_start_of(opening))), False)


def _start_of(opening: Block) -> Block:
    """Return as much of a block as a title is made of: of a giant paragraph not all, which would take longer than a key may."""
    if len(opening.content) <= LONGEST_START:
        return opening
    return dataclasses.replace(opening, content=opening.content[:LONGEST_START])


def extent_of(start: int, end: int, own_end: int, text: MarkedText, *, is_scene: bool) -> Extent:
    """Return the extent of the tile blocks[start:end]."""
    lines = line_of_block(end, text) - text.starts[start]
    if is_scene:
        last = own_end - 1
        own_lines = text.starts[last] + text.blocks[last].height - text.starts[start]
    else:
        own_lines = line_of_block(own_end, text) - text.starts[start]
    return Extent(lines, end - start, own_lines, own_end - start)


def line_of_block(index: int, text: MarkedText) -> int:
    """Return the first line of a block; the number of lines for the index after the last one."""
    return text.starts[index] if index < len(text.starts) else len(text.lines)


def _by_level(roots: Sequence[_Tree]) -> dict[Level, list[_Tree]]:
    found: dict[Level, list[_Tree]] = {Level.FILE: [], Level.PART: [], Level.CHAPTER: [], Level.SCENE: []}
    ahead = list(reversed(roots))
    while ahead:
        node = ahead.pop()
        found[node.level].append(node)
        ahead.extend(reversed(node.children))
    return found
