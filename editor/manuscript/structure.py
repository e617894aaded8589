"""Parts, chapters and scenes read off a list of blocks (markup specification, section 5).

A draft is a node to be: it knows its blocks by index but has no id and no title yet. `editor.manuscript.identity` gives
it the id of the node it continues and turns it into a `Node`.

In a folder each file is a node above its parts and chapters; text before its first chapter heading is a chapter without a
title, so that no chapter and no scene ever spans two files.

Where section 5 leaves a choice: a break between a scene heading and its first text is idle, since the scene exists
already; a comment between a break or heading and a *scene heading* belongs to that scene, as it would to a text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from editor.markup.inlines import plain_text
from editor.markup.lines import CUTS_LABEL
from editor.markup.model import PROSE, Block, Kind, Level

_FRONT = frozenset({Kind.HEADER, Kind.BOILERPLATE, Kind.CONTENTS})


@dataclass(slots=True)
class Draft:
    """A node to be: blocks[start:end] is its tile, blocks[start:own_end] is its own (see `Extent`)."""

    level: Level
    start: int
    end: int
    own_end: int
    opening: Block | None
    children: list["Draft"] = field(default_factory=list)


@dataclass(slots=True)
class Sketch:
    """A whole document: `front_end` is the index of the first block that belongs to a root."""

    roots: list[Draft]
    front_end: int


def sketch_document(blocks: Sequence[Block]) -> Sketch:
    """Return the drafts of all nodes of a document; its files, if there are boundaries."""
    tops = [index for index, block in enumerate(blocks) if block.kind is Kind.BOUNDARY]
    if not tops:
        return _sketch_text(blocks, 0, len(blocks))
    files = [sketch_file(blocks, top, end) for top, end in pairwise([*tops, len(blocks)])]
    return Sketch(files, tops[0])


def sketch_file(blocks: Sequence[Block], start: int, end: int) -> Draft:
    """Return the file that is blocks[start:end]; the first of them is its boundary."""
    sketch = _sketch_text(blocks, start + 1, end)
    own_end = sketch.roots[0].start if sketch.roots else end
    return Draft(Level.FILE, start, end, own_end, blocks[start], sketch.roots)


def _sketch_text(blocks: Sequence[Block], start: int, stop: int) -> Sketch:
    """Return the drafts of what stands in blocks[start:stop], the text of one file."""
    end = _end_of_text(blocks, start, stop)
    headings = [
        index
        for index in range(start, stop)
        if blocks[index].kind is Kind.HEADING and blocks[index].level is not Level.SCENE
    ]
    parts = [i for i in headings if blocks[i].level is Level.PART]
    roots = sketch_chapters(blocks, start, parts[0] if parts else end, headings)
    front_end = roots[0].start if roots else (parts[0] if parts else end)
    for here, following in pairwise([*parts, end]):
        chapters = sketch_chapters(blocks, here + 1, following, headings)
        own_end = chapters[0].start if chapters else following
        roots.append(Draft(Level.PART, here, following, own_end, blocks[here], chapters))
    return Sketch(roots, front_end)


def title_of_document(blocks: Sequence[Block]) -> str:
    """Return the title that the text gives: its first title heading's, else its header's, else ""; what was cut gives none."""
    for block in blocks:
        if block.kind is Kind.BOUNDARY and block.content == CUTS_LABEL:
            break
        if block.level is Level.TITLE and block.kind is Kind.HEADING:
            return plain_text(block)
    return _header_title(blocks)


def sketch_chapters(blocks: Sequence[Block], start: int, end: int, headings: Sequence[int]) -> list[Draft]:
    """Return the chapters of blocks[start:end], which holds no part heading; `headings` are indexes in all blocks."""
    starts = [i for i in headings if start <= i < end and blocks[i].level is Level.CHAPTER]
    chapters = []
    untitled = sketch_untitled_chapter(blocks, start, starts[0] if starts else end)
    if untitled is not None:
        chapters.append(untitled)
    for here, following in pairwise([*starts, end]):
        chapters.append(sketch_chapter(blocks, here, following, blocks[here]))
    return chapters


def sketch_chapter(blocks: Sequence[Block], start: int, end: int, opening: Block | None) -> Draft:
    """Return the chapter that covers blocks[start:end]."""
    scenes = sketch_scenes(blocks, start + (opening is not None), end)
    return Draft(Level.CHAPTER, start, end, scenes[0].start if scenes else end, opening, scenes)


def sketch_untitled_chapter(blocks: Sequence[Block], start: int, end: int) -> Draft | None:
    """Return the chapter that the text of blocks[start:end], before any chapter heading, forms; None without text.

    It starts after what belongs to the document (story header, title, contents list, boilerplate).
    """
    scenes = sketch_scenes(blocks, start, end)
    if not scenes:
        return None
    for index in range(scenes[0].start - 1, start - 1, -1):
        if blocks[index].kind in _FRONT or blocks[index].level is Level.TITLE:
            start = index + 1
            break
    return Draft(Level.CHAPTER, start, end, scenes[0].start, None, scenes)


def sketch_scenes(blocks: Sequence[Block], start: int, end: int) -> list[Draft]:
    """Return the scenes of blocks[start:end], which holds no part or chapter heading."""
    reader = _SceneReader(blocks)
    text_start = start
    for index in [i for i in range(start, end) if blocks[i].kind not in PROSE]:
        if text_start < index:
            reader.read_text(text_start, index)
        reader.read_mark(index)
        text_start = index + 1
    if text_start < end:
        reader.read_text(text_start, end)
    scenes = reader.scenes
    for scene, following in pairwise(scenes):
        scene.end = following.start
    if scenes:
        scenes[-1].end = end
    return scenes


class _SceneReader:
    """Reads the blocks of one chapter from top to bottom."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.scenes: list[Draft] = []
        self._blocks = blocks
        self._open: Draft | None = None  # the scene that text would belong to
        self._lead: int | None = None  # first comment that would belong to the next scene
        self._lead_has_facts = False
        self._is_leading = True  # between a break or heading and the first text after it

    def read_text(self, start: int, end: int) -> None:
        """Take in a run of prose."""
        scene = self._open or self._start_scene(start, self._blocks[start])
        scene.own_end = end
        self._forget_lead(is_leading=False)

    def read_mark(self, index: int) -> None:
        """Take in a block that is not prose."""
        block = self._blocks[index]
        if block.kind is Kind.BREAK:
            # a named scene without text stays open: the break in it is idle
            if self._open is not None and not self._is_empty(self._open):
                self._open = None
            self._forget_lead(is_leading=True)
        elif block.level is Level.SCENE:
            self._start_scene(index, block).own_end = index + 1
            self._forget_lead(is_leading=False)
        elif block.kind is Kind.COMMENT:
            self._read_comment(index, has_facts=bool(block.facts))
        elif block.level is Level.TITLE or not self._lead_has_facts:
            # comments above a note stay with the note, but scene facts travel with their scene
            self._forget_lead(is_leading=self._is_leading)

    def _read_comment(self, index: int, *, has_facts: bool) -> None:
        if self._open is not None and self._open.own_end == index:
            self._open.own_end = index + 1
        elif self._is_leading:
            self._lead = index if self._lead is None else self._lead
            self._lead_has_facts |= has_facts

    def _is_empty(self, scene: Draft) -> bool:
        return not any(block.kind in PROSE for block in self._blocks[scene.start : scene.own_end])

    def _start_scene(self, start: int, opening: Block) -> Draft:
        first = start if self._lead is None else self._lead
        self._open = Draft(Level.SCENE, first, first, first, opening)
        self.scenes.append(self._open)
        return self._open

    def _forget_lead(self, *, is_leading: bool) -> None:
        self._lead = None
        self._lead_has_facts = False
        self._is_leading = is_leading


def _end_of_text(blocks: Sequence[Block], start: int, stop: int) -> int:
    """Return the index of the boilerplate that ends the text of blocks[start:stop], which belongs to no chapter (4.1)."""
    end = stop
    while end > start + 1 and blocks[end - 1].kind is Kind.BOILERPLATE:
        end -= 1
    return end


def _header_title(blocks: Sequence[Block]) -> str:
    """Return the title in the header of the first file; those of other files are not the book's."""
    for index, block in enumerate(blocks):
        if block.kind in PROSE or (block.kind is Kind.BOUNDARY and index):
            break
        for key, value in block.fields:
            if key.lower() == "title":
                return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value
    return ""
