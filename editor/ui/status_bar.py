"""The status bar: words here and in the whole book, where the caret is, what the file is, and whether it is saved.

In a narrow window the least important pieces give way first; the word counts are shortened last. What just happened
is told beside them for a while, with a button that takes it back.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QStatusBar, QToolButton, QWidget

from editor.app.themes import Colour, Theme
from editor.markup.model import WrapMode
from editor.ui.icons import icon_pixmap

DONE_FOR_MS = 10_000
"""How long the bar tells what happened."""
SHORTEST_DONE = 80
"""Pixels of what happened below which it takes room from the word counts."""
ICON_SIZE = 14
MARGIN = 10
SPACING = 14

MODES = {
    WrapMode.BLOCKS: ("Blank lines", "Blank lines between paragraphs; line breaks kept"),
    WrapMode.WRAPPED: ("Hard-wrapped", "Hard-wrapped lines, blank lines between paragraphs"),
    WrapMode.INDENTED: ("Indented", "Hard-wrapped lines, paragraphs start with an indent"),
    WrapMode.LINES: ("Line by line", "Each line is a paragraph"),
}
_LINE_ENDS = {"lf": "LF", "crlf": "CRLF", "cr": "CR", "mixed": "Mixed line ends"}


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """What the bar shows. None: there is no such thing here. `line` counts from 1, in its file; `eol` as storage names it."""

    scene_words: int | None = None
    chapter_words: int | None = None
    book_words: int = 0
    selection_words: int | None = None
    line: int = 1
    encoding: str = "utf-8"
    eol: str = "lf"
    mode: WrapMode = WrapMode.BLOCKS
    is_modified: bool = False
    has_file: bool = False
    cut_words: int | None = None


def tell_words(facts: StatusFacts) -> str:
    """Return the word counts in words: those of the selection first."""
    pieces = [
        ("Selection", facts.selection_words),
        ("Scene", facts.scene_words),
        ("Chapter", facts.chapter_words),
    ]
    told = [f"{name} {number:,}" for name, number in pieces if number is not None]
    told.append(f"Book {facts.book_words:,} word{'' if facts.book_words == 1 else 's'}")
    if facts.cut_words:
        told.append(f"Cuts {facts.cut_words:,}")
    return "  ·  ".join(told)


def tell_saved(facts: StatusFacts) -> tuple[str, str]:
    """Return the name of an icon and the words for whether the text is safe in its file."""
    if facts.is_modified:
        return "unsaved", "Unsaved changes"
    return ("saved", "Saved") if facts.has_file else ("new", "Not saved yet")


class StatusBar(QStatusBar):
    """The line below the page."""

    undo_requested = Signal()
    mode_requested = Signal(object)
    """A `WrapMode`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setAccessibleName("Status")
        self.setSizeGripEnabled(False)
        self._words = ElidedLabel("statusWords", self)
        self._done = ElidedLabel("statusDone", self)
        self._undo = QToolButton(self)
        self._line = _label("statusLine", self)
        self._mode = QToolButton(self)
        self._encoding = _label("statusEncoding", self)
        self._line_ends = _label("statusLineEnds", self)
        self._saved_icon = _label("statusSavedIcon", self)
        self._saved = _label("statusSaved", self)
        self._facts = StatusFacts()
        self._ink = self.palette().color(QPalette.ColorRole.WindowText)
        self._timer = QTimer(self, singleShot=True, interval=DONE_FOR_MS)
        self._mode_actions: dict[WrapMode, QAction] = {}
        self._set_up_buttons()
        self._lay_out()
        self._timer.timeout.connect(self.clear_done)
        self._undo.clicked.connect(self._take_back)
        self._done.hide()
        self._undo.hide()
        self.show_facts(self._facts)

    def show_facts(self, facts: StatusFacts) -> None:
        """Show counts, caret, encoding, line ends, wrap mode, saved state."""
        self._facts = facts
        icon, saved = tell_saved(facts)
        _tell(self._words, tell_words(facts), "Words")
        _tell(self._line, f"Line {facts.line:,}", "Caret")
        _tell(self._encoding, facts.encoding.upper(), "Encoding")
        _tell(self._line_ends, _LINE_ENDS.get(facts.eol, ""), "Line ends")
        _tell(self._saved, saved, "File")
        short, long = MODES[facts.mode]
        self._mode.setText(short)
        self._mode.setToolTip(f"Wrap mode: {long}")
        self._mode.setAccessibleName(f"Wrap mode: {short}")
        self._mode_actions[facts.mode].setChecked(True)
        self._saved_icon.setPixmap(icon_pixmap(icon, self._ink.rgba(), ICON_SIZE, self.devicePixelRatioF()))
        self._make_room()

    def show_done(self, text: str) -> None:
        """Tell for a while what happened, with a button to take it back."""
        _tell(self._done, text, "Done")
        self._done.show()
        self._undo.show()
        self._timer.start()
        self._make_room()

    def clear_done(self) -> None:
        """Stop telling what happened."""
        if self._done.isHidden():
            return
        self._timer.stop()
        self._done.hide()
        self._undo.hide()
        self._make_room()

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon in the colour of a new theme; the palette, with all other colours, comes later."""
        self._ink = QColor(theme.colours[Colour.WINDOW_TEXT])
        self.show_facts(self._facts)

    def _set_up_buttons(self) -> None:
        self._undo.setObjectName("statusUndo")
        self._undo.setAccessibleName("Undo what was done")
        self._undo.setText("Undo")
        link = self._undo.font()
        link.setUnderline(True)
        self._undo.setFont(link)
        self._mode.setObjectName("statusMode")
        menu = QMenu("Wrap mode", self)
        menu.setObjectName("statusModeMenu")
        menu.setAccessibleName("Wrap mode")
        group = QActionGroup(self)
        for mode, (_short, long) in MODES.items():
            action = menu.addAction(long)
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, chosen=mode: self.mode_requested.emit(chosen))
            group.addAction(action)
            self._mode_actions[mode] = action
        self._mode.clicked.connect(
            lambda: menu.popup(self._mode.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
        )
        for button in (self._undo, self._mode):
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)

    def _lay_out(self) -> None:
        line = QWidget(self)
        line.setObjectName("statusLineOfPieces")
        row = QHBoxLayout(line)
        row.setContentsMargins(MARGIN, 1, MARGIN, 1)
        row.setSpacing(SPACING)
        row.addWidget(self._words)
        row.addWidget(self._done)
        row.addWidget(self._undo)
        row.addStretch(1)
        for piece in (self._line, self._mode, self._encoding, self._line_ends, self._saved_icon, self._saved):
            row.addWidget(piece)
        self.addWidget(line, 1)

    def _take_back(self) -> None:
        self.clear_done()
        self.undo_requested.emit()

    def _make_room(self) -> None:
        """Show as many of the lesser pieces as leave the word counts whole."""
        told = [] if self._done.isHidden() else [self._undo]
        whole = [self._words, *told, self._saved_icon]
        room = self.width() - 2 * MARGIN - sum(piece.sizeHint().width() + SPACING for piece in whole)
        if told:
            longest = room - 2 * SPACING  # the bar has margins of its own
            self._done.setMaximumWidth(max(SHORTEST_DONE, min(longest, self._done.sizeHint().width())))
            room -= self._done.maximumWidth() + SPACING
        for piece in (self._saved, self._line, self._mode, self._encoding, self._line_ends):
            room -= piece.sizeHint().width() + SPACING
            piece.setVisible(room >= 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more or fewer pieces."""
        super().resizeEvent(event)
        self._make_room()


class ElidedLabel(QLabel):
    """A label of one line that shortens its text where there is no room for all of it."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Return that a few letters are enough."""
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the text, shortened at its end."""
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, text)


def _label(name: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _tell(label: QLabel, text: str, meaning: str) -> None:
    """Set a label and what a screen reader says for it."""
    label.setText(text)
    label.setAccessibleName(f"{meaning}: {text}")
