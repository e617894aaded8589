"""A notation for outlines in tests: one line a node, indented by level."""

from collections.abc import Sequence

from editor.manuscript.manuscript import Manuscript
from editor.manuscript.outline import Node, Outline
from editor.markup.model import WrapMode


def manuscript_of(text: str, mode: WrapMode | None = None) -> Manuscript:
    """Return the manuscript whose text this is."""
    return Manuscript(text.split("\n"), mode)


def titles(source: Manuscript | Outline) -> list[str]:
    """Return the outline as `title: The Weir`, `part: One`, `chapter:`, `scene: Rain.`."""
    outline = source.outline if isinstance(source, Manuscript) else source
    found = [f"title: {outline.title}"] if outline.title else []
    return found + [f"{node.level.name.lower()}: {node.title}".strip() for node in outline.walk()]


def scene(source: Manuscript, title: str) -> Node:
    """Return the only node whose title starts with `title`."""
    (node,) = [node for node in source.outline.walk() if node.title.startswith(title)]
    return node


def shape(nodes: Sequence[Node]) -> list[object]:
    """Return everything about some nodes but their ids."""
    return [
        (n.level, n.title, n.is_titled, n.words, n.facts, n.extent, n.opening, shape(n.children))
        for n in nodes
    ]


def whole_shape(outline: Outline) -> tuple[object, ...]:
    """Return everything about an outline but its ids and its revision."""
    return (outline.title, outline.words, outline.front, shape(outline.roots))
