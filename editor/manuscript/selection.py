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
    INTO = "into"  # at the end of a chapter, a part or a file


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

    Scenes that go into a file without chapters have the file for a container.

    Before the first part a chapter may stand too: there it is outside all parts.
    """
    if not nodes or len({node.level for node in nodes}) != 1:
        raise InputError("Scenes, chapters, parts and files cannot be moved together. Select only one kind.")
    level = nodes[0].level
    if place.target not in outline:
        raise InputError("The place to move to is no longer there. Nothing was changed.")
    target = outline.node(place.target)
    if any(node.is_cuts for node in nodes) or (
        level is Level.FILE and target.is_cuts and place.where is not Where.BEFORE
    ):
        raise InputError("What was cut stands after the book and stays there.")
    container: Node | None
    if place.where is Where.INTO:
        container, at = _inside(target, level)
    else:
        container, at = _beside(outline, target, level, place.where)
    moved = {node.id for node in nodes}
    siblings = outline.roots if container is None else container.children
    if level is Level.SCENE and container is not None and container.level is Level.FILE:
        siblings = ()
    above = [node for node in siblings[:at] if node.id not in moved]
    below = [node for node in siblings[at:] if node.id not in moved]
    children = (*above, *nodes, *below)
    if level is Level.CHAPTER and any(not node.has_heading for node in children[1:] if node.level is level):
        raise InputError(
            "A chapter without a heading can only stand first; anywhere else it would run into the chapter before it. "
            "Give it a heading first."
        )
    return Destination(container, children)


def _inside(target: Node, level: Level) -> tuple[Node, int]:
    """Return the container that "into `target`" means for nodes of `level`, and the place in it: at its end.

    A file takes everything: scenes go into its last chapter, chapters into its last part, if there are such. The scenes of a
    file without chapters have the file itself for a container.
    """
    container = target
    while target.level is Level.FILE and container.children and container.children[-1].level < level:
        container = container.children[-1]
    if target.level >= level or (container.level + 1 != level and container.level is not Level.FILE):
        raise InputError(f"A {_NAMES[level]} cannot be put into a {_NAMES[target.level]}.")
    return container, len(container.children)


def _beside(outline: Outline, target: Node, level: Level, where: Where) -> tuple[Node | None, int]:
    """Return the container of `target` and the place beside it."""
    is_top = level is Level.CHAPTER and where is Where.BEFORE and _is_first_part(outline, target)
    if target.level is not level and not is_top:
        raise InputError(f"A {_NAMES[level]} cannot be put beside a {_NAMES[target.level]}.")
    return outline.parent(target.id), outline.index(target.id) + (where is Where.AFTER)


def _is_first_part(outline: Outline, node: Node) -> bool:
    """Whether this is the first part of its file: before it there is room for chapters outside parts."""
    siblings = outline.siblings(node.id)
    return next((each.id for each in siblings if each.level is Level.PART), None) == node.id


_NAMES = {Level.FILE: "file", Level.PART: "part", Level.CHAPTER: "chapter", Level.SCENE: "scene"}
