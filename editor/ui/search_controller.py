"""Find and replace: joins the find bar, the page and `editor.manuscript.search`.

Hits are found anew when the text or the question changes, a moment after the last change; replacing all is one undo step.
"""

from bisect import bisect_left
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from editor.manuscript.edits import Position, TextEdit
from editor.manuscript.search import Match, find_matches
from editor.markup.lines import split_lines
from editor.markup.text import MarkedText
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.find_bar import FindBar
from editor.ui.manuscript_editor import ManuscriptEditor
from editor.ui.read_only import READ_ONLY

REFRESH_DELAY_MS = 200
MARKED = 600
"""How many hits around the present one are marked on the page."""


class SearchController(QObject):
    """The search of one window."""

    done = Signal(str)  # what was replaced; can be undone
    refused = Signal(str)  # why nothing was replaced

    def __init__(
        self,
        buffer: ManuscriptBuffer,
        current_page: Callable[[], ManuscriptEditor],
        bar: FindBar,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._buffer, self._current_page, self._bar = buffer, current_page, bar
        self._question: tuple[str, bool, bool] = ("", False, False)
        self._matches: list[Match] = []
        self._searched: MarkedText | None = None  # what the hits are of; None when it has changed since
        self._timer = QTimer(self, singleShot=True, interval=REFRESH_DELAY_MS)
        self._timer.timeout.connect(self._refresh)
        bar.search_changed.connect(self._search)
        bar.next_requested.connect(self.find_next)
        bar.previous_requested.connect(self.find_previous)
        bar.replace_requested.connect(self.replace)
        bar.replace_all_requested.connect(self.replace_all)
        bar.closed.connect(self._close)
        buffer.edited.connect(self._refresh_soon)

    @property
    def _page(self) -> ManuscriptEditor:
        return self._current_page()

    def mark_again(self) -> None:
        """Mark the hits on the page that has become the current one."""
        if self._bar.isVisible():
            self._show_count()

    def open(self, *, replaces: bool) -> None:
        """Show the find bar, with the selection as the question if it is a short piece of one line."""
        start, end = sorted(self._page.selection())
        words = (
            self._buffer.read_so_far.text.lines[start.line][start.column : end.column]
            if start.line == end.line
            else ""
        )
        self._bar.open(words if 0 < len(words) <= 80 else "", replaces=replaces)

    def find_next(self) -> None:
        """Select the first hit after the selection, from the start again after the last."""
        self._refresh_now()
        start, end = sorted(self._page.selection())
        index = self._index_from(max(start, end))
        self._select(index % len(self._matches) if self._matches else None)

    def find_previous(self) -> None:
        """Select the last hit before the selection, from the end again before the first."""
        self._refresh_now()
        start = min(self._page.selection())
        self._select((self._index_from(start) - 1) % len(self._matches) if self._matches else None)

    def replace(self, replacement: str) -> None:
        """Replace the hit that is selected and go to the next; select a hit first if none is."""
        if self._buffer.is_read_only:
            self.refused.emit(READ_ONLY)
            return
        self._refresh_now()
        start, end = sorted(self._page.selection())
        hit = Match(start.line, start.column, end.column)
        if start.line == end.line and hit in self._matches[(index := self._index_from(start)) : index + 1]:
            replacement = _in_lines(replacement)
            self._buffer.apply([TextEdit(start, end, replacement)])
            self._page.go_to(_end_of(start, replacement), centre=False)
        self.find_next()

    def replace_all(self, replacement: str) -> None:
        """Replace all hits as one undo step and say how many."""
        if self._buffer.is_read_only:
            self.refused.emit(READ_ONLY)
            return
        self._refresh_now()
        count = len(self._matches)
        if count:
            text = _in_lines(replacement)
            self._buffer.apply([_edit_of(match, text) for match in self._matches])
            self.done.emit(f"Replaced {count:,} {'hit' if count == 1 else 'hits'}")
        QTimer.singleShot(
            0, self, self._refresh
        )  # what was replaced is on the page before it is searched again

    def _search(self, query: str, matches_case: bool, whole_words: bool) -> None:
        self._question = (query, matches_case, whole_words)
        self._searched = None
        self._refresh_now()
        if self._matches:
            start = min(self._page.selection())
            self._select(self._index_from(start) % len(self._matches))
        else:
            self._show_count()

    def _select(self, index: int | None) -> None:
        if index is not None:
            match = self._matches[index]
            self._page.select_range(Position(match.line, match.start), Position(match.line, match.end))
        self._show_count()

    def _index_from(self, place: Position) -> int:
        """Return the index of the first hit that starts at `place` or after it."""
        return bisect_left(self._matches, Match(place.line, place.column, 0))

    def _show_count(self) -> None:
        start, end = sorted(self._page.selection())
        selected = Match(start.line, start.column, end.column)
        index = bisect_left(self._matches, selected)
        is_hit = start.line == end.line and self._matches[index : index + 1] == [selected]
        self._bar.show_hits(index + 1 if is_hit else 0, len(self._matches))
        self._mark(index, is_selected=is_hit)

    def _mark(self, index: int, *, is_selected: bool) -> None:
        """Mark the hits around the one with that index; that one wears the selection, if it is selected."""
        first, after = max(0, index - MARKED // 2), index + MARKED // 2
        near = self._matches[first:index] + self._matches[index + is_selected : after]
        shown = near if self._bar.isVisible() else []
        self._page.show_matches(
            [(Position(hit.line, hit.start), Position(hit.line, hit.end)) for hit in shown]
        )

    def _refresh_soon(self) -> None:
        self._searched = None
        if self._bar.isVisible():
            self._timer.start()

    def _refresh(self) -> None:
        self._refresh_now()
        self._show_count()

    def _refresh_now(self) -> None:
        self._timer.stop()
        text = self._buffer.read_so_far.text
        if self._searched is text:
            return
        self._searched = text
        query, matches_case, whole_words = self._question
        self._matches = (
            find_matches(text.lines, query, matches_case=matches_case, whole_words=whole_words)
            if query
            else []
        )

    def _close(self) -> None:
        self._timer.stop()
        self._page.show_matches([])
        self._page.setFocus()


def _in_lines(text: str) -> str:
    """Return `text` with the line ends of the buffer; what was pasted into a field may have others."""
    return "\n".join(split_lines(text))


def _end_of(start: Position, text: str) -> Position:
    """Return where `text` ends that begins at `start`; what was pasted into a field may have several lines."""
    last = text.rpartition("\n")[2]
    column = len(last) + (0 if "\n" in text else start.column)
    return Position(start.line + text.count("\n"), column)


def _edit_of(match: Match, replacement: str) -> TextEdit:
    return TextEdit(Position(match.line, match.start), Position(match.line, match.end), replacement)
