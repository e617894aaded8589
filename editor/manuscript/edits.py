"""Changes as data: a list of text edits, applied to the lines of a manuscript.

Limits: an edit knows lines and columns in code points; the buffer of the window converts columns (`editor.ui.text_bridge`).
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a text: `line` from 0, `column` in code points from 0 to the length of that line."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Replace what stands between `start` and `end` by `text` (lines separated by "\\n").

    The edits of one list all speak of the text before any of them, do not overlap, and come in ascending order.
    """

    start: Position
    end: Position
    text: str


def apply_edits(lines: Sequence[str], edits: Sequence[TextEdit]) -> list[str]:
    """Return the lines after all `edits`."""
    result = list(lines)
    for edit in reversed(edits):
        head = result[edit.start.line][: edit.start.column]
        tail = result[edit.end.line][edit.end.column :]
        result[edit.start.line : edit.end.line + 1] = (head + edit.text + tail).split("\n")
    return result
