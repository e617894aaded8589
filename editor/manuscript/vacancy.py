"""Where the first scene goes in a chapter that has none (and the first chapter in a part that has none)."""

from collections.abc import Sequence
from dataclasses import dataclass

from editor.manuscript.break_style import is_packed
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.outline import Node
from editor.manuscript.shelf import Piece, Shelf
from editor.markup.lines import is_blank
from editor.markup.model import Kind, Level


@dataclass(frozen=True, slots=True)
class _Model:
    """What a chapter that has scenes holds above and below them."""

    head: list[Kind]
    tail: list[Kind]
    blank_lines: int  # between the head and the first scene
    blank_below_heading: int


def open_vacancy(manuscript: Manuscript, shelf: Shelf) -> None:
    """Divide what stands on an empty shelf into its head and its tail.

    The line is drawn as in the nearest chapter that has scenes: the same blocks and the same number of blank lines
    above the first scene, as far as that goes; else below everything but the end matter and the breaks right above that.
    Blank lines that are there go below; so leaving again restores them, as `close_vacancy` takes away those above.
    """
    text = manuscript.text
    whole = tuple(text.lines[shelf.first : shelf.end])
    model = _nearest_model(manuscript, shelf)
    packed = is_packed(manuscript, shelf.first)
    start = 0 if shelf.container is None else manuscript.outline.first_block_of(shelf.container.id)
    count = len(text.blocks) if shelf.container is None else shelf.container.extent.blocks
    kinds = [block.kind for block in text.blocks[start : start + count]]
    own = _blocks_above(kinds, model)
    blank_lines = 0 if packed or kinds == [Kind.BOUNDARY] else 1
    if model is not None and own == 1:
        blank_lines = model.blank_below_heading
    elif model is not None and own and kinds[own - 1] is model.head[-1]:
        blank_lines = model.blank_lines
    content_end = text.starts[start + own - 1] + text.blocks[start + own - 1].height if own else shelf.first
    cut = content_end - shelf.first
    shelf.head = [Piece(whole[:cut], shelf.first), Piece(("",) * blank_lines)]
    shelf.tail = [Piece(whole[cut:], content_end)]


def close_vacancy(shelf: Shelf) -> None:
    """Tidy a shelf that has become empty: the blank lines above what stood there go, those below it stay."""
    (head,) = shelf.head
    lines = list(head.lines)
    while lines and is_blank(lines[-1]):
        lines.pop()
    shelf.head = [Piece(tuple(lines), head.origin)]


def _blocks_above(kinds: Sequence[Kind], model: _Model | None) -> int:
    """Return how many of an empty chapter's blocks go above its first scene."""
    below = kinds.index(Kind.END_MATTER) if Kind.END_MATTER in kinds else len(kinds)
    if below < len(kinds):
        while below > 1 and kinds[below - 1] is Kind.BREAK:
            below -= 1
    if model is None:
        return below
    above = len(model.head)
    if list(kinds[:above]) != model.head:
        return below
    is_like_model = list(kinds[above:]) == model.tail
    are_breaks = above <= below + 1 and all(kind is Kind.BREAK for kind in kinds[above:below])
    return above if is_like_model or are_breaks else below


def _nearest_model(manuscript: Manuscript, shelf: Shelf) -> _Model | None:
    outline, text, container = manuscript.outline, manuscript.text, shelf.container
    if container is None or container.level is Level.FILE:
        return None
    peers = [node for node in outline.walk() if node.level is container.level and node.has_heading]
    here = next((place for place, node in enumerate(peers) if node.id == container.id), 0)
    filled = [(abs(place - here), place) for place, node in enumerate(peers) if node.children]
    if not filled:
        return None
    node = peers[min(filled)[1]]
    first = outline.first_block_of(node.id)
    first_child = first + node.extent.own_blocks
    last_head = first_child - 1
    tail_start = first + node.extent.blocks - _tail_blocks(node)
    return _Model(
        head=[block.kind for block in text.blocks[first:first_child]],
        tail=[block.kind for block in text.blocks[tail_start : first + node.extent.blocks]],
        blank_lines=text.starts[first_child] - text.starts[last_head] - text.blocks[last_head].height,
        blank_below_heading=text.starts[first + 1] - text.starts[first] - text.blocks[first].height,
    )


def _tail_blocks(node: Node) -> int:
    last = node.children[-1]
    return last.extent.blocks - last.extent.own_blocks if not last.children else 0
