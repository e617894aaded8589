"""Which nodes a structural command is about, and where it would put them."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from editor.errors import InputError
from editor.manuscript.outline import Node, Outline
from editor.markup.model import Level


class Where(enum.StrEnum):
    """On which side of its target something is put."""

    BEFORE = "before"
    AFTER = "after"
    INTO = "into"  # at the end of a chapter or part


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is put; `target` is a node's id."""

    target: int
    where: Where


@dataclass(frozen=True, slots=True)
class Destination:
    """The children that `container` (the document, if None) is to have, in order."""

    container: Node | None
    children: tuple[Node, ...]


def selected_nodes(outline: Outline, ids: Iterable[int]) -> list[Node]:
    """Return the nodes with these ids in document order, without those inside another of them.

    Raises InputError if one of them is gone.
    """
    paths = outline.paths()
    try:
        chosen = sorted({paths[node_id]: node_id for node_id in ids}.items())
    except KeyError:
        raise InputError("That part of the outline is no longer there. Nothing was changed.") from None
    selected: list[tuple[tuple[int, ...], int]] = []
    for path, node_id in chosen:
        if not selected or path[: len(selected[-1][0])] != selected[-1][0]:
            selected.append((path, node_id))
    return [outline.node(node_id) for _path, node_id in selected]


def destination_of(outline: Outline, nodes: Sequence[Node], place: Place) -> Destination:
    """Return what the siblings would be with `nodes` put at `place`; raise InputError if they do not go there.

    Before the first part a chapter may stand too: there it is outside all parts.
    """
    if not nodes or len({node.level for node in nodes}) != 1:
        raise InputError("Scenes, chapters and parts cannot be moved together. Select only one kind.")
    level = nodes[0].level
    if place.target not in outline:
        raise InputError("The place to move to is no longer there. Nothing was changed.")
    target = outline.node(place.target)
    container: Node | None
    if place.where is Where.INTO:
        if target.level is Level.SCENE or target.level + 1 != level:
            raise InputError(f"A {_NAMES[level]} cannot be put into a {_NAMES[target.level]}.")
        container, at = target, len(target.children)
    else:
        is_top = level is Level.CHAPTER and place.where is Where.BEFORE and _is_first_part(outline, target)
        if target.level is not level and not is_top:
            raise InputError(f"A {_NAMES[level]} cannot be put beside a {_NAMES[target.level]}.")
        container = outline.parent(target.id)
        at = outline.index(target.id) + (place.where is Where.AFTER)
    moved = {node.id for node in nodes}
    siblings = outline.roots if container is None else container.children
    above = [node for node in siblings[:at] if node.id not in moved]
    below = [node for node in siblings[at:] if node.id not in moved]
    children = (*above, *nodes, *below)
    if level is Level.CHAPTER and any(not node.has_heading for node in children[1:] if node.level is level):
        raise InputError(
            "A chapter without a heading can only stand first; anywhere else it would run into the chapter before it. "
            "Give it a heading first."
        )
    return Destination(container, children)


def _is_first_part(outline: Outline, node: Node) -> bool:
    """Whether this is the first part: before it there is room for chapters outside parts."""
    return next((root.id for root in outline.roots if root.level is Level.PART), None) == node.id


_NAMES = {Level.PART: "part", Level.CHAPTER: "chapter", Level.SCENE: "scene"}
