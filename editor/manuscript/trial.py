"""A change tried out before it is proposed: what would the text say afterwards?

Every structural command knows the outline it means to produce. Its edits are applied to a copy, and only when that reads
exactly as meant, with every paragraph, note and comment what it was, are they handed out.
"""

import dataclasses
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from editor.errors import InputError
from editor.manuscript.edits import TextEdit
from editor.manuscript.identity import scene_facts
from editor.manuscript.manuscript import Manuscript, edit_text
from editor.manuscript.outline import Node, Outline
from editor.manuscript.selection import Destination
from editor.manuscript.structure import Draft, sketch_document
from editor.markup.model import Block, Kind, Level

Summary = tuple[Level, int, dict[str, str]]
"""A node in numbers: its level, its words (of a scene), its facts."""


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
    container = destination.container
    if container is None:
        tree[:] = children
    elif container.level is Level.FILE and destination.children[0].level is Level.SCENE:
        _find(tree, container.id).children[:] = [Expected(_untitled(container), children)]
    else:
        _find(tree, container.id).children[:] = children
    drop_empty_untitled(tree)


def _untitled(file: Node) -> Node:
    """Return the chapter without a heading that scenes form in a file without chapters, as far as a trial looks at it."""
    return dataclasses.replace(file, id=0, level=Level.CHAPTER, title="", is_titled=False, opening=None)


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


def replace_expected(tree: Sequence[Expected], node: Node) -> None:
    """Expect `node` where `tree` holds the one with its id."""
    _find(tree, node.id).node = node


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change would do. `lost` and `gained` count the blocks that would go and come, scene breaks aside;
    `more_breaks` by how many these would grow."""

    blocks: Sequence[Block]
    lost: Counter[Block]
    gained: Counter[Block]
    more_breaks: int

    def count_scenes(self) -> int:
        """Return how many scenes there would be."""
        return _count_scenes(sketch_document(self.blocks).roots)

    @property
    def summary(self) -> list[Summary]:
        """What the outline would be, in numbers."""
        return _summary(sketch_document(self.blocks).roots, self.blocks)

    def fits(self, expected: Sequence[Expected]) -> bool:
        """Whether the outline would be the expected one."""
        return _fits(sketch_document(self.blocks).roots, expected, self.blocks)


def try_out(manuscript: Manuscript, edits: Sequence[TextEdit]) -> Outcome:
    """Return what `edits` would do; costs no more than the edits themselves and a look at each block."""
    before = manuscript.text.blocks
    twin = manuscript.text.twin()
    edit_text(twin, edits)
    lost, gained = _difference(before, twin.blocks), _difference(twin.blocks, before)
    more_breaks = _take_breaks(gained) - _take_breaks(lost)
    return Outcome(twin.blocks, lost - gained, gained - lost, more_breaks)


def _difference(blocks: Sequence[Block], others: Sequence[Block]) -> Counter[Block]:
    """Return the blocks that are not the very same objects as in `others`."""
    known = set(map(id, others))
    if len(known) == len(others):
        return Counter([block for block in blocks if id(block) not in known])
    present = Counter(map(id, others))
    found: Counter[Block] = Counter()
    for block in blocks:
        if present[id(block)]:
            present[id(block)] -= 1
        else:
            found[block] += 1
    return found


def _take_breaks(blocks: Counter[Block]) -> int:
    """Take the scene breaks out of a count and return how many there were."""
    breaks = [block for block in blocks if block.kind is Kind.BREAK]
    return sum(blocks.pop(block) for block in breaks)


def summary_of(manuscript: Manuscript) -> list[Summary]:
    """Return the outline as it is, in numbers."""
    return _summary(sketch_document(manuscript.text.blocks).roots, manuscript.text.blocks)


def _summary(drafts: Sequence[Draft], blocks: Sequence[Block]) -> list[Summary]:
    found: list[Summary] = []
    for draft in drafts:
        own = blocks[draft.start : draft.own_end] if draft.level is Level.SCENE else ()
        found.append((draft.level, sum(block.words for block in own), dict(scene_facts(own))))
        found.extend(_summary(draft.children, blocks))
    return found


def find_fault(
    outcome: Outcome,
    expected: Sequence[Expected],
    *,
    more_breaks: int,
    lost: Iterable[Block] = (),
    may_relevel: bool = False,
) -> str | None:
    """Return what would be wrong, as the end of a sentence, or None if all is as it should be.

    `more_breaks` is by how many the number of scene breaks should grow; `lost` are the blocks that should go.
    `may_relevel`: headings whose level hangs on the others (4.6g) may come to stand on another one.
    """
    missing = outcome.lost - Counter(lost)
    relevelled = [block for block in missing if _other_levels(block) & outcome.gained.keys()]
    if relevelled and not may_relevel:
        return f"“{_quoted(relevelled[0])}” would become a heading of another level"
    if relevelled and {_unlevelled(block) for block in missing} == {
        _unlevelled(block) for block in outcome.gained
    }:
        return None
    for block in missing:
        return f"“{_quoted(block)}” would no longer be read as {_KIND_NAMES[block.kind]}"
    for block in outcome.gained:
        return f"“{_quoted(block)}” would be read as {_KIND_NAMES[block.kind]}"
    if outcome.lost != Counter(lost) or outcome.more_breaks != more_breaks or not outcome.fits(expected):
        return "the scenes around it could no longer be told apart"
    return None


def _other_levels(block: Block) -> set[Block]:
    if block.kind is not Kind.HEADING:
        return set()
    return {
        dataclasses.replace(block, level=level) for level in Level if level not in {block.level, Level.FILE}
    }


def _unlevelled(block: Block) -> Block:
    return dataclasses.replace(block, level=None)


def find_fault_besides(outcome: Outcome, touched: Block | None) -> str | None:
    """Return what would change besides `touched`, as the end of a sentence, or None."""
    for block in outcome.lost:
        if block != touched:
            return f"“{_quoted(block)}” would no longer be read as {_KIND_NAMES[block.kind]}"
    for block in outcome.gained:
        if touched is None or block.kind is not touched.kind:
            return f"“{_quoted(block)}” would be read as {_KIND_NAMES[block.kind]}"
    return None


def remove_expected(tree: list[Expected], nodes: Iterable[Node]) -> None:
    """Expect `nodes` to be gone, and with them chapters that are nothing without their scenes."""
    _pull(tree, {node.id for node in nodes}, {})
    drop_empty_untitled(tree)


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
    Kind.BOUNDARY: "a file boundary",
}


def _count_scenes(drafts: Sequence[Draft]) -> int:
    return sum(1 if draft.level is Level.SCENE else _count_scenes(draft.children) for draft in drafts)


def _fits(drafts: Sequence[Draft], expected: Sequence[Expected], blocks: Sequence[Block]) -> bool:
    return len(drafts) == len(expected) and all(
        _is_as_expected(draft, wanted, blocks) for draft, wanted in zip(drafts, expected, strict=True)
    )


def _is_as_expected(draft: Draft, wanted: Expected, blocks: Sequence[Block]) -> bool:
    node = wanted.node
    is_same_opening = draft.opening is node.opening or draft.opening == node.opening
    if draft.level is not node.level or not is_same_opening:
        return False
    if draft.children or wanted.children:
        return _fits(draft.children, wanted.children, blocks)
    own = blocks[draft.start : draft.own_end]
    is_same_size = len(own) == node.extent.own_blocks and sum(block.words for block in own) == node.words
    return draft.level is not Level.SCENE or (is_same_size and scene_facts(own) == node.facts)


def _quoted(block: Block) -> str:
    text = " ".join(block.content.split())
    return text if len(text) <= 40 else f"{text[:39]}…"
