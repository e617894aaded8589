"""Carry out the structural commands: ask `editor.manuscript` for the edits, apply them as one undo step, tell what happened.

Limits: knows the buffer and the page, not the outline panel; whoever shows the outline follows the buffer's signals.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from editor.errors import InputError
from editor.manuscript import breaking, moves, naming, scenes
from editor.manuscript.edits import Position, TextEdit
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.marking import toggle_style
from editor.manuscript.outline import Node, Outline
from editor.markup.lines import is_boundary
from editor.markup.model import Level, Style
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.manuscript_editor import ManuscriptEditor
from editor.ui.read_only import refuse_if_read_only

Compute = Callable[[Manuscript], list[TextEdit]]
LEVEL_NAMES = {Level.FILE: "file", Level.PART: "part", Level.CHAPTER: "chapter", Level.SCENE: "scene"}


def name_of(node: Node) -> str:
    """Return how a node is named in messages."""
    return node.title or f"the untitled {LEVEL_NAMES[node.level]}"


def describe(outline: Outline, ids: Sequence[int]) -> str:
    """Return "“The Ferry”", "2 scenes", "3 items" for the nodes of `ids`."""
    nodes = [outline.node(node_id) for node_id in ids]
    if len(nodes) == 1:
        return f"“{nodes[0].title}”" if nodes[0].title else name_of(nodes[0])
    levels = {node.level for node in nodes}
    return f"{len(nodes)} {LEVEL_NAMES[levels.pop()] + 's' if len(levels) == 1 else 'items'}"


def describe_place(outline: Outline, place: moves.Place) -> str:
    """Return " to Chapter Nine" for the chapter or part a move ends in; "" where it has no name."""
    node = outline.node(place.target)
    home = node if place.where is moves.Where.INTO else outline.parent(node.id)
    return f" to {home.title}" if home is not None and home.title else ""


def _fact_edits(manuscript: Manuscript, ids: Sequence[int], key: str, value: str) -> list[TextEdit]:
    """Return the edits for all the scenes together: what is in one scene does not touch another."""
    edits = [edit for node_id in ids for edit in naming.set_fact(manuscript, node_id, key, value)]
    return sorted(edits, key=lambda edit: edit.start)


class StructureController(QObject):
    """Commands on scenes, chapters and marks, for one buffer and the page that is asked for by `current_page`."""

    done = Signal(str)  # what happened; can be undone
    refused = Signal(str)  # why it was not done
    node_requested = Signal(int)
    """The caret is about to go to a node: it must be shown."""

    def __init__(
        self,
        buffer: ManuscriptBuffer,
        current_page: Callable[[], ManuscriptEditor],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._buffer = buffer
        self._current_page = current_page

    @property
    def _page(self) -> ManuscriptEditor:
        return self._current_page()

    @property
    def outline(self) -> Outline:
        return self._buffer.manuscript.outline

    def current_ids(self) -> list[int]:
        """Return the scene at the caret, or the chapter where there is no scene, as a list of ids."""
        line = self._page.caret_position().line
        node = self.outline.scene_at(line) or self.outline.chapter_at(line)
        return [node.id] if node else []

    def move(self, ids: Sequence[int], place: moves.Place) -> bool:
        """Move nodes to a place; return whether anything changed."""
        text = f"Moved {describe(self.outline, ids)}{describe_place(self.outline, place)}"
        return self.perform(lambda manuscript: moves.move_nodes(manuscript, ids, place), text, ids)

    def move_up(self, ids: Sequence[int]) -> bool:
        """Move nodes before the one above them."""
        return bool(ids) and self.perform(
            lambda manuscript: moves.move_up(manuscript, ids), f"Moved {describe(self.outline, ids)} up", ids
        )

    def move_down(self, ids: Sequence[int]) -> bool:
        """Move nodes after the one below them."""
        return bool(ids) and self.perform(
            lambda manuscript: moves.move_down(manuscript, ids),
            f"Moved {describe(self.outline, ids)} down",
            ids,
        )

    def delete(self, ids: Sequence[int]) -> bool:
        """Take nodes out of the text."""
        return bool(ids) and self.perform(
            lambda manuscript: scenes.delete_nodes(manuscript, ids), f"Deleted {describe(self.outline, ids)}"
        )

    def merge_with_next(self, ids: Sequence[int]) -> bool:
        """Join the first of the scenes with the one after it."""
        return bool(ids) and self.perform(
            lambda manuscript: scenes.merge_with_next(manuscript, ids[0]), "Merged two scenes"
        )

    def rename(self, node_id: int, title: str) -> bool:
        """Give a scene or chapter a title."""
        return self.perform(
            lambda manuscript: naming.rename(manuscript, node_id, title), f"Renamed to “{title}”"
        )

    def set_fact(self, ids: Sequence[int], key: str, value: str) -> bool:
        """Set or, with an empty value, remove a fact of scenes."""
        text = f"Set {key}" if value else f"Removed {key}"
        if len(ids) > 1:
            text += f" of {describe(self.outline, ids)}"
        return self.perform(partial(_fact_edits, ids=ids, key=key, value=value), text)

    def break_scene(self) -> bool:
        """Put a scene break at the caret, in the file's own style, and the caret after it."""
        start, end = self._page.selection()
        at = max(start, end)
        below = len(self._buffer.manuscript.text.lines) - at.line
        if not self.perform(lambda manuscript: breaking.insert_break(manuscript, at), "Broke the scene"):
            return False
        self._page.go_to(Position(max(0, len(self._buffer.manuscript.text.lines) - below), 0), centre=False)
        return True

    def toggle_style(self, style: Style) -> None:
        """Mark the selection or the word at the caret, or take its marks away."""
        start, end = sorted(self._page.selection())
        try:
            refuse_if_read_only(self._buffer)
            marking = toggle_style(self._buffer.manuscript.text, start, end, style)
        except InputError as error:
            self.refused.emit(str(error))
            return
        if marking.edits:
            self._buffer.apply(list(marking.edits))
        self._page.select_range(marking.start, marking.end)

    def copy_text(self, ids: Sequence[int]) -> None:
        """Put the text of scenes or chapters on the clipboard, as it stands in the manuscript."""
        pieces = []
        for node_id in ids:
            first, end = self.outline.line_of(node_id), self.outline.end_line_of(node_id)
            lines = self._buffer.manuscript.text.lines[first:end]
            pieces.append("\n".join([line for line in lines if not is_boundary(line)]).strip("\n"))
        QGuiApplication.clipboard().setText("\n\n".join(pieces) + "\n")

    def go_to_node(self, node_id: int) -> None:
        """Put the caret at the start of a scene or chapter and show it."""
        try:
            line = self.outline.line_of(node_id)
        except KeyError:
            return
        self.node_requested.emit(node_id)
        self._page.go_to(Position(line, 0), centre=True)

    def go_to_neighbour(self, step: int) -> None:
        """Go to the next (1) or the previous (-1) scene."""
        here = self._page.caret_position().line
        places = [(self.outline.line_of(node.id), node.id) for node in self.outline.scenes()]
        beyond = [place for place in places if (place[0] > here if step > 0 else place[0] < here)]
        if beyond:
            self.go_to_node((min(beyond) if step > 0 else max(beyond))[1])

    def perform(self, compute: Compute, text: str, moved: Sequence[int] = (), *, joins: bool = False) -> bool:
        """Apply the edits of `compute` as one undo step, or as part of the step before (`joins`), and tell `text`.

        The caret stays in the scene it was in if that is one of the `moved`. False if nothing was changed.
        """
        try:
            refuse_if_read_only(self._buffer)
            edits = compute(self._buffer.manuscript)
        except InputError as error:
            self.refused.emit(str(error))
            return False
        if not edits:
            return False
        anchor = self._anchor(moved)
        self._buffer.apply(edits, joins=joins)
        if anchor is not None:
            self._return_to(*anchor)
        self.done.emit(text)
        return True

    def _anchor(self, moved: Sequence[int]) -> tuple[int, Position] | None:
        """Return the moved node that the caret is in, and the caret's place from its first line."""
        caret = self._page.caret_position()
        for node_id in moved:
            first = self.outline.line_of(node_id)
            if first <= caret.line < self.outline.end_line_of(node_id):
                return node_id, Position(caret.line - first, caret.column)
        return None

    def _return_to(self, node_id: int, within: Position) -> None:
        try:
            first = self.outline.line_of(node_id)
        except KeyError:
            return
        self._page.go_to(Position(first + within.line, within.column), centre=True)
