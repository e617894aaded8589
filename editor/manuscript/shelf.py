"""The siblings of one part or chapter as lines: bodies, and the gaps between them.

    head | body | gap | body | gap | body | tail

*A scene break belongs to the gap between two scenes, not to a scene*; so do blank lines, the breaks between two chapters,
and notes to readers that stand between two scenes. A scene's body runs from its leading comments or its heading through
its last prose and the comments directly after it; a chapter's or part's from its heading to its last line that is
neither blank nor a break; a file's is all of it, so that there is nothing between two files. The head holds the container's own heading and what precedes its first body, the tail what
follows the last one: idle breaks, notes, end matter, blank lines.

A shelf is worked on in place by `editor.manuscript.moves`; a piece remembers where its lines stood, so that composing
turns a shelf into the fewest edits.
"""

import itertools
from bisect import bisect_left
from dataclasses import dataclass, field, replace

from editor.manuscript.manuscript import Manuscript
from editor.manuscript.outline import Node
from editor.markup.model import Kind, Level


@dataclass(frozen=True, slots=True)
class Piece:
    """Some whole lines; `origin` is the line they stood on, None if they are new."""

    lines: tuple[str, ...]
    origin: int | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between two siblings. `breaks` counts its scene breaks; a `is_plain` gap holds nothing but breaks and
    blank lines."""

    piece: Piece
    breaks: int = 0
    is_plain: bool = True


@dataclass(frozen=True, slots=True)
class Unit:
    """A node on the shelf and its body."""

    node: Node
    body: Piece


@dataclass(slots=True)
class Run:
    """Neighbours taken off a shelf together: `gaps` are those between them; `outer` is the one that came along, from
    before them or, if they stood first, from after them (None if they were alone on the shelf)."""

    units: list[Unit]
    gaps: list[Gap]
    outer: Gap | None


@dataclass(slots=True)
class Shelf:
    """The children of `container` (of the document, if None) as they stand in lines [first, end)."""

    container: Node | None
    first: int
    end: int
    head: list[Piece]
    units: list[Unit]
    gaps: list[Gap]  # one fewer than units
    tail: list[Piece]
    level: Level = field(default=Level.SCENE)

    def pieces(self) -> list[Piece]:
        """Return everything on the shelf in order."""
        found = list(self.head)
        for index, unit in enumerate(self.units):
            if index:
                found.append(self.gaps[index - 1].piece)
            found.append(unit.body)
        return [*found, *self.tail]

    @property
    def breaks(self) -> int:
        """How many scene breaks stand in its gaps."""
        return sum(gap.breaks for gap in self.gaps)

    def index_of(self, node_id: int) -> int:
        """Return the place of a node on the shelf."""
        return next(index for index, unit in enumerate(self.units) if unit.node.id == node_id)

    def take(self, first: int, end: int) -> Run:
        """Take units[first:end] off: with the gap before them; standing first, with the gap after them."""
        run = Run(self.units[first:end], self.gaps[first : end - 1], None)
        if first > 0:
            run.outer = self.gaps[first - 1]
            del self.gaps[first - 1 : end - 1]
        elif end < len(self.units):
            run.outer = self.gaps[end - 1]
            del self.gaps[:end]
        else:
            self.gaps.clear()
        del self.units[first:end]
        return run

    def put(self, index: int, run: Run) -> None:
        """Put a run before units[index], its outer gap (needed unless the shelf is empty) before it, or after it if it
        now stands first. What was put stands on lines of its own no more."""
        gaps = list(run.gaps)
        if self.units and run.outer is not None:
            gaps.insert(0 if index else len(gaps), run.outer)
        place = max(index - 1, 0)
        self.gaps[place:place] = [replace(gap, piece=Piece(gap.piece.lines)) for gap in gaps]
        self.units[index:index] = [replace(unit, body=Piece(unit.body.lines)) for unit in run.units]


def shelf_of(manuscript: Manuscript, container: Node | None) -> Shelf:
    """Return the shelf of a chapter's scenes, a part's chapters, a file's or (None) the document's chapters and parts.

    In a folder the document's shelf holds the files.
    """
    outline, lines = manuscript.outline, manuscript.text.lines
    if container is None:
        first, end, children = 0, len(lines), outline.roots
    else:
        first = outline.line_of(container.id)
        end = first + container.extent.lines
        children = container.children
    spans = [body_lines(manuscript, child) for child in children]
    head_end = spans[0].start if spans else end
    tail_start = spans[-1].stop if spans else end
    return Shelf(
        container,
        first,
        end,
        head=[_piece(lines, first, head_end)],
        units=[
            Unit(child, _piece(lines, span.start, span.stop))
            for child, span in zip(children, spans, strict=True)
        ],
        gaps=[gap_of(manuscript, a.stop, b.start) for a, b in itertools.pairwise(spans)],
        tail=[_piece(lines, tail_start, end)],
        level=children[-1].level if children else _level_below(container),
    )


def body_lines(manuscript: Manuscript, node: Node) -> range:
    """Return the lines of a node's body."""
    text, outline = manuscript.text, manuscript.outline
    first = outline.line_of(node.id)
    if node.level is Level.FILE:
        return range(first, first + node.extent.lines)
    if node.level is Level.SCENE:
        return range(first, first + node.extent.own_lines)
    first_block = outline.first_block_of(node.id)
    last = first_block + node.extent.blocks - 1
    while last > first_block and text.blocks[last].kind is Kind.BREAK:
        last -= 1
    return range(first, text.starts[last] + text.blocks[last].height)


def gap_of(manuscript: Manuscript, first: int, end: int) -> Gap:
    """Return the gap that fills the lines [first, end)."""
    text = manuscript.text
    low, high = bisect_left(text.starts, first), bisect_left(text.starts, end)
    kinds = [block.kind for block in text.blocks[low:high]]
    breaks = kinds.count(Kind.BREAK)
    return Gap(_piece(text.lines, first, end), breaks, is_plain=breaks == len(kinds))


def _piece(lines: list[str], first: int, end: int) -> Piece:
    return Piece(tuple(lines[first:end]), first)


def _level_below(container: Node | None) -> Level:
    if container is None or container.level is Level.FILE:
        return Level.CHAPTER
    return Level(container.level + 1)
