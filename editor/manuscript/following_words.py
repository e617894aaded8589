"""How an outline follows paragraphs reworded in many places, as replacing all hits does: counts and titles, no structure.

Limits: only prose that stays prose, block for block; anything else is read again as a whole.
"""

import dataclasses
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from editor.manuscript.following import opening_at
from editor.manuscript.identity import title_of
from editor.manuscript.outline import Node, Outline, recounted
from editor.markup.model import PROSE, Block, Level
from editor.markup.text import BlockChange, MarkedText


def follow_rewordings(outline: Outline, changes: Sequence[BlockChange], text: MarkedText) -> Outline | None:
    """Return the outline of `text` after all `changes`, or None if one of them may have done more than reword prose."""
    gains: dict[int, int] = {}
    for change in changes:
        if change.reclassified or change.line_shift or len(change.removed) != len(change.added):
            return None
        for index, (old, new) in enumerate(zip(change.removed, change.added, strict=True), change.first):
            if not _is_reworded(old, new):
                return None
            gains[index] = gains.get(index, 0) + new.words - old.words
    rewording = _Rewording(text, gains)
    return recounted(outline, rewording.renewed(outline.roots, outline.front.blocks))


def _is_reworded(old: Block, new: Block) -> bool:
    is_prose = old.kind in PROSE and new.kind in PROSE and old.level is new.level
    return is_prose and old.height == new.height and not old.facts and not new.facts


class _Rewording:
    """Which blocks were reworded, and by how many words each has grown."""

    def __init__(self, text: MarkedText, gains: dict[int, int]) -> None:
        self._text = text
        self._indexes = sorted(gains)
        self._gained = list(accumulate([gains[index] for index in self._indexes], initial=0))

    def renewed(self, nodes: Sequence[Node], start: int) -> tuple[Node, ...]:
        """Return `nodes`, the first of which begins at block `start`, with new counts and titles."""
        result = []
        for node in nodes:
            end = start + node.extent.blocks
            low, high = bisect_left(self._indexes, start), bisect_left(self._indexes, end)
            result.append(node if low == high else self._renewed_node(node, start, low, high))
            start = end
        return tuple(result)

    def _renewed_node(self, node: Node, start: int, low: int, high: int) -> Node:
        words = node.words + self._gained[high] - self._gained[low]
        if node.level is not Level.SCENE:
            children = self.renewed(node.children, start + node.extent.own_blocks)
            return dataclasses.replace(node, words=words, children=children)
        opening = opening_at(node, start, self._text)
        if opening is node.opening:
            return dataclasses.replace(node, words=words)
        title, is_titled = title_of(node.level, opening, node.facts)
        return dataclasses.replace(node, words=words, opening=opening, title=title, is_titled=is_titled)
