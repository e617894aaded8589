"""The page as a writer uses it: caret and selection as lines and columns, focus, room around the caret.

How the text is kept from harm under the hands is in `editor.ui.guarded_page` and `editor.ui.page_mouse`.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from editor.app.themes import Colour, Theme
from editor.manuscript.edits import Position
from editor.ui.highlighter import PageHighlighter
from editor.ui.page_mouse import MousePage
from editor.ui.text_bridge import position_of, utf16_position

_CALM_ZONE = 0.8  # how far down the view the caret may go before the page moves up
_TYPEWRITER_ZONE = 0.5
_MOST_MATCHES = 1000


class ManuscriptEditor(MousePage):
    """The editor of a manuscript."""

    caret_moved = Signal(object)
    """The caret's `Position`; at most once per turn of the event loop."""
    focused = Signal()
    """Keys go to this page from now on."""
    hidden_line_requested = Signal(int)
    """The caret is about to go to this line, which is folded away: it must be shown first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("manuscriptEditor")
        self.setAccessibleName("Manuscript")
        self._is_focused = False
        self._is_typewriter = False
        self._kept_line = (0, 0, 0)
        self._caret_timer = QTimer(self)
        self._caret_timer.setSingleShot(True)
        self._caret_timer.timeout.connect(self._send_caret)
        self.cursorPositionChanged.connect(self._follow_caret)

    @property
    def is_focus_mode(self) -> bool:
        """Whether all paragraphs but the caret's are set back."""
        return self._is_focused

    @property
    def looks(self) -> tuple[str, float, int, int, Theme | None, PageHighlighter]:
        """Font family, size, width, zoom, theme and highlighter: what another view of the buffer must share."""
        return self._family, self._size, self._width, self._zoom, self._theme, self._highlighter

    def show_beside(self, other: "ManuscriptEditor") -> None:
        """Show the buffer of `other` as it does, whose say it stays how much room is around the text."""
        own, self._is_guest = self._buffer, True
        self._family, self._size, self._width, self._zoom, theme, highlighter = other.looks
        self.set_buffer(other.buffer)
        self._highlighter = highlighter  # formats are the document's, so only one may decide on them
        own.deleteLater()
        if theme is not None:
            self.set_theme(theme)

    def format_again(self) -> None:
        """Take note that formats were changed by another view."""
        self._want_formats()
        self.viewport().update()

    def caret_position(self) -> Position:
        """Return where the caret stands."""
        return position_of(self._buffer.document, self.textCursor().position())

    def selection(self) -> tuple[Position, Position]:
        """Return start and end of the selection; both are the caret's place if nothing is selected."""
        cursor = self.textCursor()
        document = self._buffer.document
        return position_of(document, cursor.selectionStart()), position_of(document, cursor.selectionEnd())

    def select_range(self, start: Position, end: Position) -> None:
        """Select from `start` to `end`, where the caret goes, and show it, also if it was folded away."""
        page = self._buffer.page
        for line in {start.line, end.line} if page.is_folded else ():
            if line not in page.shown_lines():
                self.hidden_line_requested.emit(line)
        cursor = self.textCursor()
        cursor.setPosition(utf16_position(self._buffer.document, start))
        cursor.setPosition(utf16_position(self._buffer.document, end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def go_to(self, position: Position, *, centre: bool = True) -> None:
        """Put the caret at `position` and show it, in the middle of the view if `centre`."""
        self.select_range(position, position)
        if centre:
            self.centerCursor()

    def go_to_line(self, line: int, *, centre: bool = True) -> None:
        """Put the caret at the start of `line`, counted from 0."""
        self.go_to(Position(line, 0), centre=centre)

    def is_outside(self, lines: range) -> bool:
        """Say whether the caret or the other end of the selection is not in `lines`."""
        return any(place.line not in lines for place in self.selection())

    def show_matches(self, matches: Sequence[tuple[Position, Position]]) -> None:
        """Mark what a search has found, up to 1,000 places of it; an empty list takes the marks away."""
        ground = QTextCharFormat()
        if self._theme is not None:
            ground.setBackground(QColor(self._theme.colours[Colour.MATCH]))
        marked = []
        for start, end in matches[:_MOST_MATCHES]:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self._buffer.document)
            mark.cursor.setPosition(utf16_position(self._buffer.document, start))
            mark.cursor.setPosition(
                utf16_position(self._buffer.document, end), QTextCursor.MoveMode.KeepAnchor
            )
            mark.format = ground
            marked.append(mark)
        self.setExtraSelections(marked)

    def set_focus_mode(self, is_on: bool) -> None:
        """Set all paragraphs but the caret's back, or none."""
        self._is_focused = is_on
        self._follow_focus()

    def set_typewriter_mode(self, is_on: bool) -> None:
        """Keep the line being written in the middle of the view, or not."""
        self._is_typewriter = is_on
        self._keep_room()

    def _follow_caret(self) -> None:
        if self._is_focused:
            self._follow_focus()
        self._keep_room()
        self._caret_timer.start(0)

    def _send_caret(self) -> None:
        self.caret_moved.emit(self.caret_position())

    def _follow_focus(self) -> None:
        lines = self._focused_lines() if self._is_focused else None
        if self._highlighter.set_focus(lines):
            self._want_formats()
            self.viewport().update()

    def _focused_lines(self) -> range:
        text, line = self._buffer.read_so_far.text, self.textCursor().blockNumber()
        index = text.block_at(line) if line < len(text.lines) else None
        if index is None:
            return range(line, line + 1)
        return range(text.starts[index], text.starts[index] + text.blocks[index].height)

    def _keep_room(self) -> None:
        """Scroll so far that the caret does not write along the lower edge; never under a pressed mouse button."""
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return
        line = self._line_of_caret()
        if line == self._kept_line or line[0] not in self.shown_lines():
            return
        self._kept_line = line
        height = self.viewport().height()
        bottom = self.cursorRect().bottom()
        zone = height * (_TYPEWRITER_ZONE if self._is_typewriter else _CALM_ZONE)
        if zone < bottom < height or (self._is_typewriter and 0 <= bottom < zone):
            bar = self.verticalScrollBar()
            lines = (bottom - zone) / self._buffer.page.pitch
            bar.setValue(bar.value() + (int(lines) + 1 if lines > 0 else int(lines)))

    def _line_of_caret(self) -> tuple[int, int, int]:
        """Return the line of the page that the caret stands on, and how far the page is scrolled."""
        cursor = self.textCursor()
        line = cursor.block().layout().lineForTextPosition(cursor.positionInBlock())
        return (
            cursor.blockNumber(),
            line.lineNumber() if line.isValid() else 0,
            self.verticalScrollBar().value(),
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell of it first."""
        self.focused.emit()
        super().focusInEvent(event)
