"""Scenes of earlier versions: which one a scene was, which ones are gone, and how to put one back.

A scene is known again by its paragraphs and, where it was rewritten, by its words; its title and its place may have changed.
Limits: of two scenes that are one text twice, the first is taken.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from editor.errors import InputError
from editor.manuscript.break_style import hard_gap
from editor.manuscript.edits import TextEdit
from editor.manuscript.manuscript import Manuscript
from editor.manuscript.outline import Node
from editor.manuscript.shelf import shelf_of
from editor.manuscript.splicing import Splice, edits_for
from editor.manuscript.trial import try_out
from editor.markup.lines import is_blank

_SHARED = 0.25
"""The part of a scene's words that must stand in paragraphs that both have."""

_ALIKE = 0.5
"""The part of a scene's words that must be common where no paragraphs are."""

_LEFT = 0.3
"""The part of a scene's words in paragraphs of the text now, from which on it is not gone."""


@dataclass(frozen=True, slots=True)
class PastScene:
    """A scene of some version: its title and its lines."""

    title: str
    lines: tuple[str, ...]

    @property
    def words(self) -> int:
        """The number of its words, roughly."""
        return sum(len(line.split()) for line in self.lines)


def scenes_of(manuscript: Manuscript) -> list[PastScene]:
    """Return all scenes, in order."""
    return [scene_of(manuscript, node) for node in manuscript.outline.scenes()]


def scene_of(manuscript: Manuscript, node: Node) -> PastScene:
    """Return one scene."""
    first, end = manuscript.outline.line_of(node.id), manuscript.outline.end_line_of(node.id)
    return PastScene(node.title, tuple(manuscript.text.lines[first:end]))


def find_scene(scene: PastScene, candidates: Sequence[PastScene]) -> PastScene | None:
    """Return which of the scenes of another version is this one, None if none is."""
    own, total = _weights(scene.lines), max(1, scene.words)
    shared = [sum(own[line] for line in set(other.lines) & own.keys()) for other in candidates]
    best = max(range(len(candidates)), key=shared.__getitem__, default=None)
    if best is None:
        return None
    if shared[best] >= _SHARED * min(total, max(1, candidates[best].words)):
        return candidates[best]
    words = _words(scene.lines)
    alike = [_likeness(words, _words(other.lines)) for other in candidates]
    best = max(range(len(candidates)), key=alike.__getitem__)
    return candidates[best] if alike[best] >= _ALIKE else None


def scenes_gone(past: Iterable[PastScene], lines: Iterable[str]) -> list[PastScene]:
    """Return the scenes of which little stands in the text now, whose lines are given."""
    present = set(lines)
    gone = []
    for scene in past:
        weights = _weights(scene.lines)
        total = sum(weights.values())
        if total and sum(words for line, words in weights.items() if line in present) < _LEFT * total:
            gone.append(scene)
    return gone


def insert_scene(manuscript: Manuscript, line: int, scene: Sequence[str]) -> list[TextEdit]:
    """Return the edits that put a scene after the one at `line`, with a break in the file's own style between them.

    Raise InputError where it would not be read as a scene of its own.
    """
    outline, text = manuscript.outline, manuscript.text
    lines = _trimmed(scene)
    node = outline.scene_at(line)
    if node is None:
        at = text.file_at(line).end
        gaps: list[tuple[str, ...]] = [("",), ()]
    else:
        at = outline.end_line_of(node.id)
        shelf = shelf_of(manuscript, outline.parent(node.id))
        hard = hard_gap(manuscript, shelf, outline.index(node.id) + 1).piece.lines
        gaps = [tuple(hard), ("", *hard, ""), ("",)]
    before = sum(1 for _scene in outline.scenes())
    for gap in gaps:
        edits = edits_for(text.lines, [Splice(at, at, (*gap, *lines))])
        outcome = try_out(manuscript, edits)
        if not outcome.lost and outcome.count_scenes() == before + 1:
            return edits
    raise InputError("The scene cannot be put back here. Put the caret into another scene, and try again.")


def _trimmed(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the lines without blank ones at their ends."""
    kept = [place for place, line in enumerate(lines) if not is_blank(line)]
    return tuple(lines[kept[0] : kept[-1] + 1]) if kept else ()


def _weights(lines: Iterable[str]) -> dict[str, int]:
    """Return the words of each line that says enough to be known again."""
    return {line: words for line in lines if (words := len(line.split())) >= 3}


def _words(lines: Iterable[str]) -> Counter[str]:
    return Counter(word.lower() for line in lines for word in line.split())


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / max(1, one.total() + other.total())
