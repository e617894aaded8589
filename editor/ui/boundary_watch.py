"""The last net under the file boundaries of a buffer.

The page guards them at every door that a hand can use (`editor.ui.page_guard`); but tools that edit through the accessibility
interface reach the document itself. Only our own edits give a manuscript other boundaries, and undo and redo lead only to
what our edits have made. So a change that leads anywhere else is none of ours, and is taken back.
"""

from collections.abc import Sequence

from editor.markup.lines import is_boundary
from editor.markup.text import MarkedText
from editor.ui.line_changes import Hunk


class BoundaryWatch:
    """Remembers which rows of boundaries a buffer has had by our own doing."""

    def __init__(self) -> None:
        self._known: set[tuple[str | None, ...]] = set()
        self.is_ours = False

    def start(self, text: MarkedText) -> None:
        """Begin with a text that was loaded."""
        self._known = {_labels(text)}

    def allows(self, text: MarkedText, hunks: Sequence[Hunk], removed: Sequence[Sequence[str]]) -> bool:
        """Say whether a text may have become so by `hunks`; `removed` are the lines that each of them has replaced."""
        if self._known == _ONE_FILE and not self.is_ours and len(text.files) == 1:
            return True
        if self.is_ours:
            self._known.add(_labels(text))
            return True
        touches = any(
            any(map(is_boundary, old)) or any(map(is_boundary, new))
            for old, (_, _, new) in zip(removed, hunks, strict=True)
        )
        shrinks = any(len(new) < count for _, count, new in hunks)
        if shrinks and any(file.end == file.first for file in text.files):
            return False
        return not touches or _labels(text) in self._known


def has_boundaries(text: MarkedText) -> bool:
    """Say whether a text is that of a folder, with boundaries between its files."""
    return len(text.files) > 1 or text.files[0].label is not None


_ONE_FILE: set[tuple[str | None, ...]] = {(None,)}


def _labels(text: MarkedText) -> tuple[str | None, ...]:
    return tuple(file.label for file in text.files)
