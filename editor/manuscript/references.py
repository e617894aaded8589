"""How scenes and chapters are named on the command line.

    2.3               the third scene of the second chapter
    17, :17, L17      the scene at line 17 (lines count from 1)
    2                 the second chapter, where a chapter is asked for

Chapters are counted through the whole manuscript in document order, across parts, untitled ones included.
"""

import re
from collections.abc import Sequence

from editor.errors import InputError
from editor.manuscript.outline import Node, Outline
from editor.markup.model import Level

_SCENE = re.compile(r"(\d+)\.(\d+)")
_LINE = re.compile(r"(?:line:|[lL:])?(\d+)")
_SELECTION_HINT = "A selection is written like chapter:2,scene:3.1 or line:17."


def resolve_scene(reference: str, outline: Outline) -> Node:
    """Return the scene named as `2.3` or by a line as `17`, `:17`, `L17` or `line:17`; raise InputError if there is none."""
    text = reference.strip()
    if found := _SCENE.fullmatch(text):
        chapter = resolve_chapter(found[1], outline)
        return _pick(chapter.children, int(found[2]), "scene", f"chapter {int(found[1])}")
    if found := _LINE.fullmatch(text):
        number = int(found[1])
        scene = outline.scene_at(number - 1) if 0 < number <= _line_count(outline) else None
        if scene is None:
            raise InputError(f"There is no scene at line {number}.")
        return scene
    raise InputError(
        f"“{reference}” names no scene. Write 2.3 for the third scene of chapter 2, or a line number."
    )


def resolve_chapter(reference: str, outline: Outline) -> Node:
    """Return the chapter with this number, from 1; raise InputError if there is none."""
    text = reference.strip()
    if not text.isdecimal():
        raise InputError(
            f"“{reference}” names no chapter. Chapters are numbered from 1, in the order of the text."
        )
    return _pick(tuple(outline.chapters()), int(text), "chapter", "the manuscript")


def parse_selection(selection: str, outline: Outline) -> list[int]:
    """Return the ids named by a list like `chapter:2,scene:3.1,line:17,part:1`, each once, in the order given.

    Raises InputError where one of them does not exist or is not understood.
    """
    ids: dict[int, None] = {}
    for item in selection.split(","):
        kind, colon, reference = item.strip().partition(":")
        if not colon or not reference:
            raise InputError(f"“{item.strip()}” selects nothing. {_SELECTION_HINT}")
        ids[_resolve(kind.strip().lower(), reference, outline).id] = None
    return list(ids)


def _resolve(kind: str, reference: str, outline: Outline) -> Node:
    if kind == "chapter":
        return resolve_chapter(reference, outline)
    if kind in {"scene", "line"}:
        return resolve_scene(reference, outline)
    if kind == "part" and reference.strip().isdecimal():
        parts = tuple(root for root in outline.roots if root.level is Level.PART)
        return _pick(parts, int(reference), "part", "the manuscript")
    raise InputError(f"“{kind}:{reference}” selects nothing. {_SELECTION_HINT}")


def _pick(nodes: Sequence[Node], number: int, name: str, whole: str) -> Node:
    if not 0 < number <= len(nodes):
        count = f"has {len(nodes)}" if nodes else "has none"
        raise InputError(f"There is no {name} {number}: {whole} {count}.")
    return nodes[number - 1]


def _line_count(outline: Outline) -> int:
    return outline.front.lines + sum(root.extent.lines for root in outline.roots)
