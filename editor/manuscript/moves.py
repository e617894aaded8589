"""Moving scenes, chapters and parts: pure functions from an outline to text edits.

A scene break belongs to the gap between two scenes (`editor.manuscript.shelf`), so

* inside a chapter, scenes change places and the gaps stay where they are;
* across chapters, a scene that does not stand first takes the gap before it along, one that stands first the gap after
  it; where it arrives the gap goes before it, or after it if it now stands first. The only scene of a chapter has no
  gap, so one is written in the file's own style; a scene that comes to an empty chapter needs none, and the breaks of
  its gap go;
* an untitled scene that is not first needs a break before it; before a scene heading a gap of blank lines does, and is
  kept so in files that set no breaks before scene headings.

Chapters and parts move likewise, each with all that belongs to it.

The scenes that come to a file without chapters stand there as a chapter without a heading. Files of a folder change places
as a whole, boundary and all.

Moving there and back restores every byte. Limits: a gap that no text can hold for the time between (on the way into an
empty chapter; where an untitled and a titled scene change places at the top of a chapter) is written anew on the way
back like its neighbours, so the bytes differ if it was the only one of its kind; and an untitled chapter whose only
scene leaves is gone.

Every move is tried out on a copy (`editor.manuscript.trial`) and refused in words if anything would read differently
afterwards, for instance if the bare numbers `I.`, `II.` would no longer count up and so be no headings (4.6e).
"""

from collections.abc import Sequence

from editor.errors import InputError
from editor.manuscript.edits import TextEdit
from editor.manuscript.gaps import GapKeeper
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.naming import rename, set_fact
from editor.manuscript.outline import Node, Outline
from editor.manuscript.proposal import propose
from editor.manuscript.selection import Destination, Place, Where, destination_of, selected_nodes
from editor.manuscript.shelf import Run, Shelf, shelf_of
from editor.manuscript.trial import expect_children, expected_tree
from editor.manuscript.vacancy import close_vacancy, open_vacancy
from editor.markup.model import Level

__all__ = ["Place", "Where", "can_move", "move_down", "move_nodes", "move_up", "rename", "set_fact"]


def move_nodes(manuscript: Manuscript, ids: Sequence[int], place: Place) -> list[TextEdit]:
    """Return the edits that move the nodes `ids`, in their order, to `place`; none if they are there already.

    Raises InputError if they do not go there, or if the text would not read as meant.
    """
    outline = manuscript.outline
    nodes = selected_nodes(outline, ids)
    destination = destination_of(outline, nodes, place)
    if not _is_change(outline, destination):
        return []
    return _Move(manuscript, nodes, destination).edits()


def can_move(source: Manuscript | Outline, ids: Sequence[int], place: Place) -> bool:
    """Whether moving `ids` to `place` makes sense and would change anything; cheap, for feedback while dragging.

    A move that can be made in principle may still be refused by `move_nodes`.
    """
    outline = source.outline if isinstance(source, Manuscript) else source
    try:
        return _is_change(outline, destination_of(outline, selected_nodes(outline, ids), place))
    except InputError:
        return False


def move_up(manuscript: Manuscript, ids: Sequence[int]) -> list[TextEdit]:
    """Return the edits that move the nodes past the sibling before them, or to the end of the container before theirs."""
    place = _place_above(manuscript.outline, selected_nodes(manuscript.outline, ids))
    return move_nodes(manuscript, ids, place) if place is not None else []


def move_down(manuscript: Manuscript, ids: Sequence[int]) -> list[TextEdit]:
    """Return the edits that move the nodes past the sibling after them, or to the top of the container after theirs."""
    place = _place_below(manuscript.outline, selected_nodes(manuscript.outline, ids))
    return move_nodes(manuscript, ids, place) if place is not None else []


class _Move:
    """One move being worked out."""

    def __init__(self, manuscript: Manuscript, nodes: Sequence[Node], destination: Destination) -> None:
        self._manuscript = manuscript
        self._nodes = nodes
        self._destination = destination
        self._keeper = GapKeeper(manuscript)

    def edits(self) -> list[TextEdit]:
        outline, container = self._manuscript.outline, self._destination.container
        target = shelf_of(self._manuscript, container)
        target.level = self._nodes[0].level
        parents = {
            parent.id: parent for node in self._nodes if (parent := outline.parent(node.id)) is not None
        }
        is_from_top = any(outline.parent(node.id) is None for node in self._nodes)
        sources = [
            shelf_of(self._manuscript, p)
            for p in parents.values()
            if container is None or p.id != container.id
        ]
        if is_from_top and container is not None:
            sources.append(shelf_of(self._manuscript, None))
        breaks_before = sum(shelf.breaks for shelf in (target, *sources))
        runs = [run for shelf in sources for run in self._take_runs(shelf)]
        self._rearrange(target)
        for run in runs:
            self._put(target, run)
        expected = expected_tree(outline)
        expect_children(expected, self._destination)
        more_breaks = sum(shelf.breaks for shelf in (target, *sources)) - breaks_before
        return propose(
            self._manuscript,
            [target, *sources],
            expected,
            more_breaks=more_breaks,
            what=_what(self._nodes),
        )

    def _take_runs(self, shelf: Shelf) -> list[Run]:
        """Take what moves off a shelf, as runs of neighbours in order."""
        moving = {node.id for node in self._nodes}
        runs: list[Run] = []
        end = len(shelf.units)
        while end:
            first = end
            while first and shelf.units[first - 1].node.id in moving:
                first -= 1
            if first < end:
                runs.append(shelf.take(first, end))
            end = max(first - 1, 0)
        if not shelf.units:
            close_vacancy(shelf)
        return runs[::-1]

    def _rearrange(self, shelf: Shelf) -> None:
        units = {unit.node.id: unit for unit in shelf.units}
        order = [units[node.id] for node in self._destination.children if node.id in units]
        if order != shelf.units:
            self._keeper.rearrange(shelf, order)

    def _put(self, shelf: Shelf, run: Run) -> None:
        """Put a run on the shelf where it is to stand among those that are there already."""
        places = {node.id: place for place, node in enumerate(self._destination.children)}
        place = places[run.units[0].node.id]
        index = sum(places[unit.node.id] < place for unit in shelf.units)
        if shelf.units:
            following = run.units[0] if index else shelf.units[0]
            run.outer = self._keeper.settle(shelf, index, run.outer, following)
        else:
            open_vacancy(self._manuscript, shelf)
            if run.outer is not None and not run.outer.is_plain:
                shelf.head.append(self._keeper.without_breaks(run.outer))
        shelf.put(index, run)


def _is_change(outline: Outline, destination: Destination) -> bool:
    container = destination.container
    present = outline.roots if container is None else container.children
    return [node.id for node in destination.children] != [node.id for node in present]


def _place_above(outline: Outline, nodes: Sequence[Node]) -> Place | None:
    if not nodes:
        return None
    first = nodes[0]
    siblings, index = outline.siblings(first.id), outline.index(first.id)
    if index and siblings[index - 1].level is first.level:
        return Place(siblings[index - 1].id, Where.BEFORE)
    parent = outline.parent(first.id)
    if first.level is Level.CHAPTER and parent is not None and parent.level is Level.PART:
        beside, place = outline.siblings(parent.id), outline.index(parent.id)
        if not place or beside[place - 1].level is not Level.PART:
            return Place(parent.id, Where.BEFORE)
    before = [node for node in _before(outline, first) if _may_hold(node, first.level) and node is not parent]
    if not before or _are_apart(outline, first, before[-1]):
        return None
    return Place(before[-1].id, Where.INTO)


def _place_below(outline: Outline, nodes: Sequence[Node]) -> Place | None:
    if not nodes:
        return None
    last = nodes[-1]
    siblings, index = outline.siblings(last.id), outline.index(last.id)
    following = siblings[index + 1] if index + 1 < len(siblings) else None
    if following is not None and following.level is last.level and not following.is_cuts:
        return Place(siblings[index + 1].id, Where.AFTER)
    paths = outline.paths()
    after = (n for n in outline.walk() if paths[n.id] > paths[last.id] and _may_hold(n, last.level))
    container = next(after, None)
    if container is not None and _are_apart(outline, last, container):
        return None
    if container is None:
        return None
    if container.children and container.children[0].level is last.level:
        return Place(container.children[0].id, Where.BEFORE)
    if container.children and last.level is Level.CHAPTER:
        return Place(container.children[0].id, Where.BEFORE)  # before the first part of a file
    return Place(container.id, Where.INTO)


def _are_apart(outline: Outline, one: Node, other: Node) -> bool:
    """Whether one of two nodes is in the book and the other among what was cut."""
    files = outline.file_of(one.id), outline.file_of(other.id)
    return len({file is not None and file.is_cuts for file in files}) == 2


def _may_hold(node: Node, level: Level) -> bool:
    """Whether nodes of `level` may stand right below this one; a chapter takes scenes, and so does a file without chapters."""
    if node.level is Level.FILE:
        return level in {Level.PART, Level.CHAPTER} or (level is Level.SCENE and not node.children)
    return level is not Level.FILE and node.level + 1 == level


def _before(outline: Outline, node: Node) -> list[Node]:
    path = outline.paths()[node.id]
    return [other for other in outline.walk() if outline.paths()[other.id] < path]


def _what(nodes: Sequence[Node]) -> str:
    name = nodes[0].level.name.lower()
    return f"Moving this {name}" if len(nodes) == 1 else f"Moving these {len(nodes)} {name}s"
