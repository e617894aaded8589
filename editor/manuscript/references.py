"""How scenes and chapters are named on the command line.

    2.3               the third scene of the second chapter
    17, :17, L17      the scene at line 17 (lines count from 1)
    one.txt:17        in a folder, the scene at line 17 of a file
    2                 the second chapter, where a chapter is asked for

Chapters are counted through the whole book in document order, across files and parts, untitled ones included. What was cut has
no numbers; a scene of it can be named by its line.
"""

import re
from collections.abc import Sequence

from editor.errors import InputError
from editor.manuscript.chapter_names import is_in_book
from editor.manuscript.outline import Node, Outline
from editor.markup.model import Level

_SCENE = re.compile(r"(\d+)\.(\d+)")
_LINE = re.compile(r"(?:line:|[lL:])?(\d+)")
_FILE_LINE = re.compile(r"(?:line:)?(.+):(\d+)")
_SELECTION_HINT = "A selection is written like chapter:2,scene:3.1 or line:17."


def resolve_scene(reference: str, outline: Outline) -> Node:
    """Return the scene named as `2.3` or by a line as `17`, `:17`, `L17` or `line:17`; raise InputError if there is none.

    In a folder a line is named with its file, `one.txt:17`.
    """
    text = reference.strip()
    if found := _SCENE.fullmatch(text):
        chapter = resolve_chapter(found[1], outline)
        return _pick(chapter.children, int(found[2]), "scene", f"chapter {int(found[1])}")
    if found := _LINE.fullmatch(text):
        return _scene_at_line(int(found[1]), outline)
    if outline.files and (found := _FILE_LINE.fullmatch(text)):
        return _scene_in_file(found[1], int(found[2]), outline)
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
    return _pick(book_chapters(outline), int(text), "chapter", "the manuscript")


def book_chapters(outline: Outline) -> tuple[Node, ...]:
    """Return the chapters of the book in order: the first one is number 1."""
    return tuple(node for node in outline.chapters() if is_in_book(outline, node))


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
        parts = tuple(root for root in outline.book_roots() if root.level is Level.PART)
        return _pick(parts, int(reference), "part", "the manuscript")
    raise InputError(f"“{kind}:{reference}” selects nothing. {_SELECTION_HINT}")


def _scene_at_line(number: int, outline: Outline) -> Node:
    if outline.files:
        example = f"{outline.files[0].title}:{number}"
        raise InputError(f"In a folder of chapter files a line is named with its file, as in {example}.")
    scene = outline.scene_at(number - 1) if 0 < number <= _line_count(outline) else None
    if scene is None:
        raise InputError(f"There is no scene at line {number}.")
    return scene


def _scene_in_file(label: str, number: int, outline: Outline) -> Node:
    file = next((file for file in outline.files if file.title == label), None)
    if file is None:
        raise InputError(f"There is no file called {label} in this folder.")
    line = outline.line_of(file.id) + number
    scene = outline.scene_at(line) if 0 < number < file.extent.lines else None
    if scene is None:
        raise InputError(f"There is no scene at line {number} of {label}.")
    return scene


def _pick(nodes: Sequence[Node], number: int, name: str, whole: str) -> Node:
    if not 0 < number <= len(nodes):
        count = f"has {len(nodes)}" if nodes else "has none"
        raise InputError(f"There is no {name} {number}: {whole} {count}.")
    return nodes[number - 1]


def _line_count(outline: Outline) -> int:
    return outline.front.lines + sum(root.extent.lines for root in outline.roots)
