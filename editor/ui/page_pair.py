"""The page of a window, or two views of the same manuscript, one above the other.

Both show one document with one layout, so they are equally wide; carets, selections and scroll positions are their own. The
one that had the focus last is the *current* page, which commands are about. The second page exists only while the view is
split.
"""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QTextCursor
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from editor.app.themes import Theme
from editor.ui.manuscript_editor import ManuscriptEditor

LEAST_HEIGHT = 80
"""Pixels of a page that the other one leaves."""
CARET_DELAY_MS = 60
"""How long a caret that stays in its line waits for more keys before its place is told."""
_READING = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
_WRITING = Qt.TextInteractionFlag.TextEditorInteraction


class PagePair(QSplitter):
    """One page or two."""

    caret_moved = Signal(object)
    """The `Position` of the caret of the current page, or of the page that has become current.

    While it stays in its line it is told a moment later, so that what follows it does not hold up typing.
    """
    selection_changed = Signal()
    hidden_line_requested = Signal(int)
    current_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setObjectName("pageSplitter")
        self.setChildrenCollapsible(False)
        self.setHandleWidth(7)
        self.first = ManuscriptEditor(self)
        self._second: ManuscriptEditor | None = None
        self._place: PagePlace | None = None
        self._current = self.first
        self._told_line = -1
        self._caret_timer = QTimer(self, singleShot=True, interval=CARET_DELAY_MS)
        self._caret_timer.timeout.connect(self._tell_caret_later)
        self._is_read_only = False
        self.setFocusProxy(self.first)
        self._take_in(self.first)

    @property
    def current(self) -> ManuscriptEditor:
        """The page that had the focus last."""
        return self._current

    @property
    def pages(self) -> tuple[ManuscriptEditor, ...]:
        """The pages there are, from above."""
        return (self.first,) if self._second is None else (self.first, self._second)

    @property
    def is_split(self) -> bool:
        return self._second is not None

    def set_split(self, is_on: bool) -> None:
        """Show the manuscript twice, from the place of the page on, or once, at the place of the current page."""
        if is_on and self._second is None:
            self._split()
        elif not is_on and self._second is not None:
            self._join(self._second)

    def undo(self) -> None:
        """Undo on the current page, whose caret goes there."""
        if not self._is_read_only:
            self._current.undo()

    def redo(self) -> None:
        """Redo on the current page, whose caret goes there."""
        if not self._is_read_only:
            self._current.redo()

    def set_read_only(self, is_on: bool) -> None:
        """Let no hand change the text, or let it again; the caret and selections stay."""
        self._is_read_only = is_on
        for page in self.pages:
            page.setTextInteractionFlags(_READING if is_on else _WRITING)

    def set_theme(self, theme: Theme) -> None:
        """Show the pages in the colours of `theme`."""
        for page in self.pages:
            page.set_theme(theme)

    def set_page(self, *, family: str, size: float, width: int) -> None:
        """Set the text of all pages; see `PageView.set_page`."""
        for page in self.pages:
            page.set_page(family=family, size=size, width=width)

    def set_focus_mode(self, is_on: bool) -> None:
        """Set all paragraphs but the one at the current caret back, or none."""
        for page in (*self.pages, self._current):  # the last has the say
            page.set_focus_mode(is_on)
        self._format_again()

    def _split(self) -> None:
        first, half = self.first, self.height() // 2
        second = ManuscriptEditor(self)
        second.setObjectName("manuscriptEditorBelow")
        second.setAccessibleName("Manuscript, second view")
        second.show_beside(first)
        second.set_focus_mode(first.is_focus_mode)
        self._second = second
        self._take_in(second)
        self.setSizes([half, self.height() - half])
        _copy_place(first, second)
        self._place = PagePlace(second, first)
        second.setFocus()

    def _join(self, second: ManuscriptEditor) -> None:
        if self._place is not None:
            self._place.let_go()
            self._place = None
        if self._current is second:
            _copy_place(second, self.first)
        self._second = None
        self._make_current(self.first)
        had_focus = second.hasFocus()
        second.setParent(None)
        second.deleteLater()
        if had_focus:
            self.first.setFocus()

    def _take_in(self, page: ManuscriptEditor) -> None:
        self.addWidget(page)
        page.setTextInteractionFlags(_READING if self._is_read_only else _WRITING)
        page.setMinimumHeight(LEAST_HEIGHT)
        page.focused.connect(self._follow_focus)
        page.caret_moved.connect(self._tell_caret)
        page.selectionChanged.connect(self._tell_selection)
        page.hidden_line_requested.connect(self.hidden_line_requested)
        page.zoom_changed.connect(self._zoom_all)

    def _make_current(self, page: ManuscriptEditor) -> None:
        if page is self._current:
            return
        self._current.show_matches([])
        self._current = page
        self.setFocusProxy(page)
        if self._place is not None and self._second is not None:
            self._place.let_go()
            self._place = PagePlace(page, self.first if page is self._second else self._second)
        if page.is_focus_mode:
            self.set_focus_mode(True)
        self.current_changed.emit()
        self.caret_moved.emit(page.caret_position())

    def _follow_focus(self) -> None:
        page = self.sender()
        if isinstance(page, ManuscriptEditor) and page in self.pages:
            self._make_current(page)

    def _tell_caret(self, position: object) -> None:
        if self.sender() is self._current:
            if self.is_split and self._current.is_focus_mode:
                self._format_again()
            line = self._current.textCursor().blockNumber()
            if line != self._told_line:
                self._told_line = line
                self._caret_timer.stop()
                self.caret_moved.emit(position)
            elif not self._caret_timer.isActive():
                self._caret_timer.start()

    def _tell_caret_later(self) -> None:
        self.caret_moved.emit(self._current.caret_position())

    def _tell_selection(self) -> None:
        if self.sender() is self._current:
            self.selection_changed.emit()

    def _zoom_all(self, percent: int) -> None:
        for page in self.pages:
            page.set_zoom(percent)

    def _format_again(self) -> None:
        for page in self.pages:
            page.format_again()

    def createHandle(self) -> QSplitterHandle:
        """Return what the pages are pulled apart by."""
        return PageHandle(self.orientation(), self)


class PageHandle(QSplitterHandle):
    """The bar between two pages: a band that is told from paper in every theme."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a band with an edge on either side."""
        painter, palette = QPainter(self), self.palette()
        painter.fillRect(event.rect(), palette.color(QPalette.ColorRole.Window))
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        for y in (0, self.height() - 1):
            painter.drawLine(0, y, self.width(), y)
        painter.end()


class PagePlace(QObject):
    """Keeps what is seen of an idle page where it is while the text is written in the other one."""

    def __init__(self, active: ManuscriptEditor, idle: ManuscriptEditor) -> None:
        super().__init__(active)
        self._idle = idle
        self._anchor = QTextCursor(idle.firstVisibleBlock())
        self._below = 0
        self._is_editing = False
        self._note_place()
        idle.verticalScrollBar().valueChanged.connect(self._note_place)
        idle.buffer.edited.connect(self._note_edit)
        idle.textChanged.connect(self._return)

    def let_go(self) -> None:
        """Stop."""
        self._idle.verticalScrollBar().valueChanged.disconnect(self._note_place)
        self._idle.buffer.edited.disconnect(self._note_edit)
        self._idle.textChanged.disconnect(self._return)
        self.deleteLater()

    def _note_edit(self) -> None:
        self._is_editing = True

    def _note_place(self) -> None:
        if not self._is_editing:
            block = self._idle.firstVisibleBlock()
            self._anchor = QTextCursor(block)
            self._below = self._idle.verticalScrollBar().value() - block.firstLineNumber()

    def _return(self) -> None:
        if self._is_editing:
            self._idle.verticalScrollBar().setValue(self._anchor.block().firstLineNumber() + self._below)
            self._is_editing = False


def _copy_place(source: ManuscriptEditor, target: ManuscriptEditor) -> None:
    target.setTextCursor(source.textCursor())
    target.verticalScrollBar().setValue(source.verticalScrollBar().value())
