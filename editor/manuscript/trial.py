"""A change tried out before it is proposed: what would the text say afterwards?

Every structural command knows the outline it means to produce. Its edits are applied to a copy, and only when that reads
exactly as meant, with every paragraph, note and comment what it was, are they handed out.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from editor.errors import InputError
from editor.manuscript.edits import TextEdit, apply_edits
from editor.manuscript.identity import scene_facts
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.outline import Node, Outline
from editor.manuscript.selection import Destination
from editor.manuscript.structure import Draft, sketch_document
from editor.markup.model import Block, Kind
from editor.markup.text import MarkedText


@dataclass(slots=True)
class Expected:
    """A node as it should be afterwards."""

    node: Node
    children: list["Expected"] = field(default_factory=list)


def expected_tree(outline: Outline) -> list[Expected]:
    """Return the outline as it is, as the start of what is expected."""
    return [_expected(root) for root in outline.roots]


def _expected(node: Node) -> Expected:
    return Expected(node, [_expected(child) for child in node.children])


def expect_children(tree: list[Expected], destination: Destination) -> None:
    """Change `tree` to what it is once the container of `destination` has the children that it says."""
    wanted = {node.id for node in destination.children}
    found: dict[int, Expected] = {}
    _pull(tree, wanted, found)
    children = [found[node.id] for node in destination.children]
    if destination.container is None:
        tree[:] = children
    else:
        _find(tree, destination.container.id).children[:] = children
    drop_empty_untitled(tree)


def drop_empty_untitled(tree: list[Expected]) -> None:
    """Drop the chapters that are nothing without scenes: those without a heading."""
    for expected in tree:
        drop_empty_untitled(expected.children)
    tree[:] = [item for item in tree if item.children or item.node.has_heading or not item.node.children]


def _pull(tree: list[Expected], wanted: Collection[int], found: dict[int, Expected]) -> None:
    for expected in tree:
        if expected.node.id in wanted:
            found[expected.node.id] = expected
        _pull(expected.children, wanted, found)
    tree[:] = [expected for expected in tree if expected.node.id not in wanted]


def _find(tree: Sequence[Expected], node_id: int) -> Expected:
    for expected in tree:
        if expected.node.id == node_id:
            return expected
    return _find([child for expected in tree for child in expected.children], node_id)


def find_fault(
    manuscript: Manuscript, edits: Sequence[TextEdit], expected: Sequence[Expected], break_change: int
) -> str | None:
    """Return what would be wrong after `edits`, as the end of a sentence, or None if all is as it should be.

    `break_change` is by how many the number of scene breaks should grow.
    """
    after = MarkedText(apply_edits(manuscript.text.lines, edits), manuscript.text.mode)
    lost = _count_marks(manuscript.text.blocks)
    lost.subtract(_count_marks(after.blocks))
    for block, count in lost.items():
        if count > 0:
            return f"“{_quoted(block)}” would no longer be read as {_KIND_NAMES[block.kind]}"
        if count < 0:
            return f"“{_quoted(block)}” would be read as {_KIND_NAMES[block.kind]}"
    if _count_breaks(after.blocks) - _count_breaks(manuscript.text.blocks) != break_change:
        return "a scene break would be lost or doubled"
    if not _fits(sketch_document(after.blocks).roots, expected, after.blocks):
        return "the scenes around it would no longer be told apart"
    return None


def refuse(what: str, fault: str) -> InputError:
    """Return the error that says why a command was not carried out."""
    return InputError(f"{what} cannot be done here: {fault}. Nothing was changed.")


_KIND_NAMES = {
    Kind.PARAGRAPH: "a paragraph",
    Kind.VERSE: "verse",
    Kind.QUOTE: "a quotation",
    Kind.NOTE: "a note to the reader",
    Kind.END_MATTER: "an end mark",
    Kind.BREAK: "a scene break",
    Kind.HEADING: "a heading",
    Kind.HEADER: "the story header",
    Kind.COMMENT: "a private comment",
    Kind.BOILERPLATE: "boilerplate",
    Kind.CONTENTS: "a contents list",
}


def _count_marks(blocks: Sequence[Block]) -> Counter[Block]:
    return Counter(block for block in blocks if block.kind is not Kind.BREAK)


def _count_breaks(blocks: Sequence[Block]) -> int:
    return sum(block.kind is Kind.BREAK for block in blocks)


def _fits(drafts: Sequence[Draft], expected: Sequence[Expected], blocks: Sequence[Block]) -> bool:
    return len(drafts) == len(expected) and all(
        _is_as_expected(draft, wanted, blocks) for draft, wanted in zip(drafts, expected, strict=True)
    )


def _is_as_expected(draft: Draft, wanted: Expected, blocks: Sequence[Block]) -> bool:
    node = wanted.node
    if draft.level is not node.level or draft.opening != node.opening:
        return False
    if draft.children or wanted.children:
        return _fits(draft.children, wanted.children, blocks)
    own = blocks[draft.start : draft.own_end]
    is_same_size = len(own) == node.extent.own_blocks and sum(block.words for block in own) == node.words
    return draft.level.name != "SCENE" or (is_same_size and scene_facts(own) == node.facts)


def _quoted(block: Block) -> str:
    text = " ".join(block.content.split())
    return text if len(text) <= 40 else f"{text[:39]}…"
