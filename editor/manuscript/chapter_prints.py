"""Fingerprints of chapters: of what an export could show of each, and of nothing else. Pure.

A chapter here is what `editor.export.pieces` makes a piece of: with the heading of a part, the notes to readers and the
end matter that stand before it. Not in it: the title and the header of the book, private notes and facts, scenes that are not
exported, idle breaks, what was cut, blank lines, and how lines are wrapped or marks are spelt.

Blocks do not change and an edit leaves most of them the same objects, so what is known of a block is kept (`Known`); reading
a manuscript again costs a look at each block, and the reading of those that are new.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from editor.manuscript.chapter_names import chapter_name
from editor.manuscript.outline import Node, Outline
from editor.markup.inlines import resolve_inlines
from editor.markup.model import PROSE, Block, Close, Kind, Level, LineBreak, Open, Text

Known = Mapping[int, tuple[Block, bytes]]
"""What blocks show, by the identity of the block, which is kept with it."""

_DINKUS = b"dinkus"
_HEADINGS = frozenset({Level.PART, Level.CHAPTER})


@dataclass(frozen=True, slots=True)
class ChapterPrint:
    """A chapter of the book: its node and title, and fingerprints of `whole` it and of its `body`, without headings.

    `body` is "" where nothing but headings is shown. `place` counts the chapters of the book from 0.
    """

    id: int
    place: int
    title: str
    whole: str
    body: str


def print_chapters(
    outline: Outline, blocks: Sequence[Block], known: Known | None = None
) -> tuple[list[ChapterPrint], Known]:
    """Return the fingerprints of the chapters of the book in order, and what is now known of its blocks.

    `outline` is that of `blocks`. What was `known` before makes it faster and changes nothing; it may be used in any thread.
    """
    reading = _Reading(known or {})
    end = len(blocks) if outline.cuts is None else _first_block_of_cuts(outline)
    upcoming = _places(outline.roots, outline.front.own_blocks)
    at, node = next(upcoming, (end, None))
    for index in range(end):
        while node is not None and at <= index:
            reading.enter(node)
            at, node = next(upcoming, (end, None))
        reading.take(blocks[index])
    return reading.chapters(outline), reading.known


def chapters_within(outline: Outline, ids: Collection[int]) -> frozenset[int]:
    """Return the chapters of the book of which an export of the nodes `ids` leaves nothing out."""
    found: set[int] = set()

    def look(node: Node, *, is_inside: bool) -> None:
        is_inside = is_inside or node.id in ids
        if node.level is Level.CHAPTER:
            scenes = [scene for scene in node.children if scene.is_exported]
            if is_inside or (scenes and all(scene.id in ids for scene in scenes)):
                found.add(node.id)
            return
        for child in node.children:
            look(child, is_inside=is_inside)

    for root in outline.roots:
        if not root.is_cuts:
            look(root, is_inside=False)
    return frozenset(found)


def _places(nodes: Sequence[Node], start: int) -> Iterator[tuple[int, Node]]:
    """Yield the nodes of the book in the order of the text, each with the index of its first block."""
    for node in nodes:
        if node.is_cuts:
            return
        yield start, node
        yield from _places(node.children, start + node.extent.own_blocks)
        start += node.extent.blocks


def _first_block_of_cuts(outline: Outline) -> int:
    return outline.front.own_blocks + sum(root.extent.blocks for root in outline.roots[:-1])


class _Reading:
    """One pass over the blocks: what is shown, in order, and where the chapters begin in it.

    The same rules as in `editor.export.assemble`, for an export of everything; a test compares the two.
    """

    def __init__(self, known: Known) -> None:
        self.known: dict[int, tuple[Block, bytes]] = {}
        self._before = known
        self._shown: list[tuple[bytes, bool]] = []  # with whether it belongs to the body
        self._starts: list[tuple[int, Node]] = []
        self._above: int | None = None  # where the file or part above the next chapter begins
        self._is_out = False  # in a scene that is not exported
        self._is_in_scene = False
        self._begins_scene = False
        self._follows_text = False
        self._break: int | None = None

    def enter(self, node: Node) -> None:
        """Come to the start of a node."""
        if node.level is Level.SCENE:
            self._is_out = not node.is_exported
            self._is_in_scene = self._begins_scene = True
            return
        self._is_in_scene = self._follows_text = False
        self._break = None
        if self._above is None:
            self._above = len(self._shown)
        if node.level is Level.CHAPTER:
            self._starts.append((self._above, node))
            self._above = None

    def take(self, block: Block) -> None:
        """Come to a block."""
        if block.kind in PROSE:
            if not self._is_out:
                self._take_prose(block)
        elif block.kind is Kind.HEADING:
            self._take_heading(block)
        elif block.kind is Kind.BREAK:
            self._is_in_scene = False
            if self._break is None:
                self._break = len(self._shown)
        elif block.kind is Kind.END_MATTER or (
            block.kind is Kind.NOTE and not (self._is_in_scene and self._is_out)
        ):
            self._show(block)

    def chapters(self, outline: Outline) -> list[ChapterPrint]:
        """Return the chapters that were passed."""
        ends = [start for start, _ in self._starts[1:]] + [len(self._shown)] * bool(self._starts)
        found = []
        for place, ((start, node), end) in enumerate(zip(self._starts, ends, strict=True)):
            shown = self._shown[start if place else 0 : end]
            found.append(
                ChapterPrint(
                    id=node.id,
                    place=place,
                    title=" ".join(chapter_name(outline, node).split()),
                    whole=_digest([print_ for print_, _ in shown]),
                    body=_digest([print_ for print_, is_body in shown if is_body]),
                )
            )
        return found

    def _take_prose(self, block: Block) -> None:
        if self._begins_scene:
            if self._follows_text:
                self._shown.insert(len(self._shown) if self._break is None else self._break, (_DINKUS, True))
            self._begins_scene = False
        self._follows_text = True
        self._break = None
        self._show(block)

    def _take_heading(self, block: Block) -> None:
        if block.level is Level.SCENE:
            if self._is_out:
                return
            self._begins_scene = False
        elif block.level not in _HEADINGS:
            return
        self._show(block)
        self._follows_text = False
        self._break = None

    def _show(self, block: Block) -> None:
        found = self._before.get(id(block))
        if found is None or found[0] is not block:
            found = block, _print_of(block)
        self.known[id(block)] = found
        if found[1]:
            self._shown.append((found[1], block.level not in _HEADINGS))


def _print_of(block: Block) -> bytes:
    """Return the fingerprint of what a reader sees of a block, b"" if that is nothing."""
    inlines = resolve_inlines(block)
    if not inlines and block.kind is not Kind.HEADING:
        return b""
    signs = [str(block.kind), "" if block.level is None else str(int(block.level))]
    for inline in inlines:
        match inline:
            case Text():
                signs.append(f"={inline.text}")
            case Open() | Close():
                signs.append(f"{type(inline).__name__} {inline.style}")
            case LineBreak():
                signs.append("break")
    return hashlib.blake2b("\0".join(signs).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _digest(prints: Sequence[bytes]) -> str:
    if not prints:
        return ""
    return hashlib.blake2b(b"\0".join(prints), digest_size=16).hexdigest()
