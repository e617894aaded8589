"""What our own edits did to the lines, so that a move across a book, its undo and its redo are followed without reading the book.

Qt reports one range from the first change to the last. For an edit of ours we know what is in it; for undo and redo we know it by
the number of steps in Qt's history before and after. What is expected is checked on the lines that it names, and the number
of lines; if that does not hold, whoever asks reads the whole range.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtGui import QTextDocument

from editor.manuscript.edits import TextEdit
from editor.ui.line_changes import Hunk
from editor.ui.text_bridge import read_block_lines

LONG_RANGE = 1_000
"""Lines of a reported range from which it is worth expecting something."""
_REMEMBERED = 200


class OwnSteps:
    """The steps of one document's undo history that are ours."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._steps: dict[tuple[int, int], list[Hunk]] = {}
        self._coming: list[Hunk] | None = None
        self._state = 0

    def forget(self) -> None:
        """Begin anew with a text that was loaded."""
        self._steps.clear()
        self._coming = None
        self._state = self._document.availableUndoSteps()

    @contextmanager
    def taking(self, edits: Sequence[TextEdit], lines: Sequence[str]) -> Iterator[None]:
        """Expect `edits` of `lines` while the context lasts, and remember them and what takes them back."""
        before, self._coming = self._document.availableUndoSteps(), hunks_of(edits, lines)
        reverse = reversed_hunks(self._coming or (), lines)
        try:
            yield
        finally:
            coming, self._coming = self._coming, None
        after = self._document.availableUndoSteps()
        self._steps = {key: hunks for key, hunks in self._steps.items() if max(key) <= before}
        if coming is not None and after > before:
            self._steps[before, after] = coming
            self._steps[after, before] = reverse
        while len(self._steps) > _REMEMBERED:
            del self._steps[next(iter(self._steps))]

    def expected(self, old_count: int) -> list[Hunk] | None:
        """Return what has changed in a text of `old_count` lines, or None if that is not known for sure."""
        known = self._coming or self._steps.get((self._state, self._document.availableUndoSteps()))
        return known if known is not None and self._holds(known, old_count) else None

    def note_state(self) -> None:
        """Take note of where Qt's history stands, after a change."""
        self._state = self._document.availableUndoSteps()

    def _holds(self, hunks: Sequence[Hunk], old_count: int) -> bool:
        shift = 0
        for first, count, lines in hunks:
            if lines and read_block_lines(self._document, first + shift, first + shift + len(lines)) != lines:
                return False
            shift += len(lines) - count
        return old_count + shift == self._document.blockCount()


def hunks_of(edits: Sequence[TextEdit], lines: Sequence[str]) -> list[Hunk] | None:
    """Return which lines `edits` replace by which; None if two of them touch the same line."""
    hunks: list[Hunk] = []
    end = 0
    for edit in edits:
        if edit.start.line < end:
            return None
        end = edit.end.line + 1
        text = lines[edit.start.line][: edit.start.column] + edit.text
        new = (text + lines[edit.end.line][edit.end.column :]).split("\n")
        first, old = edit.start.line, lines[edit.start.line : end]
        while new and old and new[0] == old[0]:
            first, new, old = first + 1, new[1:], old[1:]
        while new and old and new[-1] == old[-1]:
            new, old = new[:-1], old[:-1]
        if new or old:
            hunks.append((first, len(old), new))
    return hunks


def reversed_hunks(hunks: Sequence[Hunk], lines: Sequence[str]) -> list[Hunk]:
    """Return what takes `hunks` of `lines` back."""
    found: list[Hunk] = []
    shift = 0
    for first, count, new in hunks:
        found.append((first + shift, len(new), list(lines[first : first + count])))
        shift += len(new) - count
    return found
