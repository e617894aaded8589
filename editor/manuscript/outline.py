"""The outline of a manuscript: files (of a folder), parts, chapters and scenes, as values that never change.

A node does not know where it stands, only how many lines and blocks it covers (`Extent`). So an edit gives new nodes to
the edited scene and to what encloses it, and every other subtree stays the same object; where a node stands is summed
up on demand, level by level.

Every line of the manuscript belongs to exactly one *tile*: a scene's tile runs from its first line to the first line of
the next scene (the gap after a scene is in its tile), a chapter's and a part's from its heading to the next one, a file's from
its boundary to the next.

Rules: markup specification, section 5. Not here: how an outline is made (`editor.manuscript.structure`) and kept up to
date (`editor.manuscript.manuscript`).
"""

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from editor.markup.lines import CUTS_LABEL
from editor.markup.model import Block, Level


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a node reaches, counted from its own start.

    `lines` and `blocks` measure its tile. `own_lines` and `own_blocks` measure what is its own: of a part or chapter
    everything before its first child (all, if it has none), of a scene its body: from its leading comments or its
    heading through its last prose and the comments directly after that.
    """

    lines: int
    blocks: int
    own_lines: int
    own_blocks: int


@dataclass(frozen=True, slots=True)
class Node:
    """A file, a part, a chapter or a scene.

    `id` stays with the node while the program runs: across edits always, across moves as far as its text can be
    recognised. `title` is plain text: "" for an untitled chapter, derived for an untitled scene. `is_titled`: the title
    stands in the source (a heading or `[[title: ...]]`). `words` counts everything below. `facts` are the scene facts,
    keys in lower case, one each. `opening` is the block that the title comes from (None for an untitled chapter). A
    file's title is its label.
    """

    id: int
    level: Level
    title: str
    is_titled: bool
    words: int
    facts: tuple[tuple[str, str], ...]
    children: tuple["Node", ...]
    extent: Extent = field(repr=False)
    opening: Block | None = field(repr=False)

    @property
    def is_exported(self) -> bool:
        """False for a scene with the fact `export: no`."""
        return dict(self.facts).get("export", "").lower() != "no"

    @property
    def has_heading(self) -> bool:
        """Whether the node starts with a heading of its own, or a file with its boundary."""
        return self.opening is not None and self.opening.level is self.level

    @property
    def is_cuts(self) -> bool:
        """Whether this is the file of what was taken out of the book: counted apart, never exported."""
        return self.level is Level.FILE and self.title == CUTS_LABEL


Starts = dict[int | None, tuple[list[int], list[int]]]
"""Where the children of each node start, in lines and in blocks from its own start, by its id (None: the roots)."""


class Outline:
    """The tree of a manuscript at one `revision` of its text; it never changes.

    `roots` are the chapters outside parts and the parts, in document order; in a folder the files, which hold them.
    `words` counts the book without what was cut. `front` is the extent of what stands before
    the first of them (story header, title), which belongs to no node. `title` is "" where the text gives none.
    """

    __slots__ = ("_paths", "front", "revision", "roots", "starts", "title", "words")

    def __init__(
        self,
        roots: tuple[Node, ...],
        *,
        title: str = "",
        front: Extent = Extent(0, 0, 0, 0),
        revision: int = 0,
        paths: dict[int, tuple[int, ...]] | None = None,
        starts: Starts | None = None,
    ) -> None:
        """Take the nodes as given; `paths`, where the caller knows them, lead from the roots to each id.

        `starts` are those of an outline whose nodes have the same ids and extents.
        """
        self.roots = roots
        self.title = title
        self.front = front
        self.revision = revision
        self.words = sum([root.words for root in roots])
        if roots and roots[-1].is_cuts:
            self.words -= roots[-1].words
        self._paths = paths
        self.starts: Starts = {} if starts is None else starts

    def walk(self) -> Iterator[Node]:
        """Yield all nodes in document order, parents before their children."""
        for root in self.roots:
            yield root
            yield from walk_below(root)

    def scenes(self) -> Iterator[Node]:
        """Yield all scenes in document order."""
        return (node for node in self.walk() if node.level is Level.SCENE)

    def chapters(self) -> Iterator[Node]:
        """Yield all chapters in document order, untitled ones included."""
        return (node for node in self.walk() if node.level is Level.CHAPTER)

    @property
    def files(self) -> tuple[Node, ...]:
        """The files of a folder, the cuts included; none if the manuscript is one file."""
        return self.roots if self.roots and self.roots[0].level is Level.FILE else ()

    @property
    def cuts(self) -> Node | None:
        """The file of what was taken out of the book, if there is one."""
        return self.roots[-1] if self.roots and self.roots[-1].is_cuts else None

    def book_roots(self) -> tuple[Node, ...]:
        """Return the chapters outside parts and the parts of the book, through all its files, in order."""
        if not self.files:
            return self.roots
        return tuple(child for file in self.roots if not file.is_cuts for child in file.children)

    def file_of(self, node_id: int) -> Node | None:
        """Return the file that holds a node, or that it is; None if the manuscript is one file."""
        root = self._ancestry(node_id)[0]
        return root if root.level is Level.FILE else None

    def __contains__(self, node_id: int) -> bool:
        return node_id in self.paths()

    def node(self, node_id: int) -> Node:
        """Return the node with this id; raise KeyError if it is gone."""
        return self._ancestry(node_id)[-1]

    def parent(self, node_id: int) -> Node | None:
        """Return the node that holds this one, or None for a root; raise KeyError if it is gone."""
        ancestry = self._ancestry(node_id)
        return ancestry[-2] if len(ancestry) > 1 else None

    def siblings(self, node_id: int) -> tuple[Node, ...]:
        """Return the children of this node's parent (the roots for a root)."""
        parent = self.parent(node_id)
        return self.roots if parent is None else parent.children

    def index(self, node_id: int) -> int:
        """Return this node's place among its siblings, from 0."""
        return self.paths()[node_id][-1]

    def line_of(self, node_id: int) -> int:
        """Return the node's first line, from 0: its heading, or the first line of the scene with its leading comments."""
        path = self.paths()[node_id]
        line = 0
        parent: Node | None = None
        for step in path:
            line += self.starts_below(parent)[0][step]
            parent = (self.roots if parent is None else parent.children)[step]
        return line

    def end_line_of(self, node_id: int) -> int:
        """Return the line after the node's last one: after a scene's body, at the end of a part's or chapter's tile."""
        node = self.node(node_id)
        length = node.extent.own_lines if node.level is Level.SCENE else node.extent.lines
        return self.line_of(node_id) + length

    def deepest_at(self, line: int) -> Node | None:
        """Return the scene, else the chapter, the part or the file whose tile holds `line`; None before the first of them."""
        found: Node | None = None
        while True:
            children = self.roots if found is None else found.children
            starts, _ = self.starts_below(found)
            step = bisect_right(starts, line) - 1
            if not children or step < 0:
                return found
            line -= starts[step]
            found = children[step]

    def scene_at(self, line: int) -> Node | None:
        """Return the scene at `line`; the gap after a scene counts as that scene's."""
        node = self.deepest_at(line)
        return node if node is not None and node.level is Level.SCENE else None

    def chapter_at(self, line: int) -> Node | None:
        """Return the chapter at `line`."""
        node = self.deepest_at(line)
        if node is not None and node.level is Level.SCENE:
            return self.parent(node.id)
        return node if node is not None and node.level is Level.CHAPTER else None

    def first_block_of(self, node_id: int) -> int:
        """Return the index of the node's first block."""
        block, parent = 0, None
        for step in self.paths()[node_id]:
            block += self.starts_below(parent)[1][step]
            parent = (self.roots if parent is None else parent.children)[step]
        return block

    def starts_below(self, parent: Node | None) -> tuple[list[int], list[int]]:
        """Return where each child of `parent` starts (each root for None), in lines and in blocks from its parent's start."""
        key = None if parent is None else parent.id
        starts = self.starts.get(key)
        if starts is None:
            children = self.roots if parent is None else parent.children
            extent = self.front if parent is None else parent.extent
            lines = [extent.own_lines, *[child.extent.lines for child in children[:-1]]] if children else []
            blocks = (
                [extent.own_blocks, *[child.extent.blocks for child in children[:-1]]] if children else []
            )
            starts = list(itertools.accumulate(lines)), list(itertools.accumulate(blocks))
            self.starts[key] = starts
        return starts

    def paths(self) -> dict[int, tuple[int, ...]]:
        """Return the steps from the roots to each node, by id; treat it as read-only."""
        if self._paths is None:
            self._paths = dict(_paths_below(self.roots, ()))
        return self._paths

    def _ancestry(self, node_id: int) -> list[Node]:
        siblings: Sequence[Node] = self.roots
        ancestry = []
        for step in self.paths()[node_id]:
            ancestry.append(siblings[step])
            siblings = siblings[step].children
        return ancestry


def recounted(outline: Outline, roots: tuple[Node, ...]) -> Outline:
    """Return the outline of the next revision with `roots`, whose nodes have the ids and the extents of those before."""
    return Outline(
        roots,
        title=outline.title,
        front=outline.front,
        revision=outline.revision + 1,
        paths=outline.paths(),
        starts=outline.starts,
    )


def walk_below(node: Node) -> Iterator[Node]:
    """Yield all nodes below `node` in document order, parents before their children."""
    ahead = list(reversed(node.children))
    while ahead:
        below = ahead.pop()
        yield below
        ahead.extend(reversed(below.children))


def _paths_below(nodes: Sequence[Node], path: tuple[int, ...]) -> Iterator[tuple[int, tuple[int, ...]]]:
    for step, node in enumerate(nodes):
        here = (*path, step)
        yield node.id, here
        if node.children:
            yield from _paths_below(node.children, here)
