"""The find bar: what to search for and how, and how many hits there are. It searches nothing itself."""

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from editor.app.themes import Colour, Theme
from editor.ui.icons import IconButton


class FindBar(QFrame):
    """A row to find, and a second one to replace."""

    search_changed = Signal(str, bool, bool)
    """The query, whether capitals matter, whether only whole words are wanted."""
    next_requested = Signal()
    previous_requested = Signal()
    replace_requested = Signal(str)
    replace_all_requested = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.setAccessibleName("Find")
        self.setAutoFillBackground(True)
        self.query_field = _field("Find", "findQuery", self)
        self.replacement_field = _field("Replace with", "findReplacement", self)
        self.previous_button = IconButton("previous", "Previous hit (Shift+F3)", "findPrevious", self)
        self.next_button = IconButton("next", "Next hit (F3)", "findNext", self)
        self.case_button = IconButton("case", "Match capitals", "findCase", self)
        self.word_button = IconButton("whole-word", "Whole words", "findWholeWords", self)
        self.close_button = IconButton("close", "Close the find bar (Esc)", "findClose", self)
        self.hits_label = QLabel(self)
        self.replace_button = QPushButton("Replace", self)
        self.replace_all_button = QPushButton("Replace all", self)
        self._nothing_found = QColor()
        self._total = 0
        self._has_replaced = False
        self._set_up()
        self._lay_out()
        self._connect()
        self.show_hits(0, 0)
        self.hide()

    def open(self, query: str = "", *, replaces: bool = False) -> None:
        """Show the bar, with `query` if it is not empty, and take the focus; `replaces` shows the second row too."""
        self.show()
        self.show_replace(is_shown=replaces)
        if query:
            with QSignalBlocker(self.query_field):
                self.query_field.setText(query)
        self._ask()
        self.query_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.query_field.selectAll()

    def close_bar(self) -> None:
        """Hide the bar and say so."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def show_replace(self, *, is_shown: bool) -> None:
        """Show or hide the row to replace."""
        for widget in (self.replacement_field, self.replace_button, self.replace_all_button):
            widget.setVisible(is_shown)

    def show_hits(self, current: int, total: int) -> None:
        """Say which hit is selected, from 1 (0: none), and how many there are."""
        is_missing = bool(self.query_field.text()) and not total
        text = f"{current:,} of {total:,}" if current else f"{total:,} hit{'' if total == 1 else 's'}"
        text = "No results" if is_missing else text if total else ""
        if text != self.hits_label.text():
            self.hits_label.setText(text)
            self.hits_label.setAccessibleName(text or "No search")
            if self.isVisible() and text:
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        self._total = total
        self._enable()
        self._colour(is_missing=is_missing)

    def set_theme(self, theme: Theme) -> None:
        """Take the colour behind a query that is not found; all others come with the palette."""
        self._nothing_found = QColor(theme.colours[Colour.ERROR])

    def _set_up(self) -> None:
        for field in (self.query_field, self.replacement_field):
            field.installEventFilter(self)
        for toggle in (self.case_button, self.word_button):
            toggle.setCheckable(True)
        self.replace_button.setObjectName("findReplace")
        self.replace_all_button.setObjectName("findReplaceAll")
        for button in (self.replace_button, self.replace_all_button):
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)
        self.hits_label.setObjectName("findHits")
        self.hits_label.setTextFormat(Qt.TextFormat.PlainText)
        self.hits_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        width = self.hits_label.fontMetrics().horizontalAdvance("88,888 of 88,888")
        self.hits_label.setMinimumWidth(width)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 5, 8, 5)
        grid.setVerticalSpacing(5)
        search, replace = QHBoxLayout(), QHBoxLayout()
        search.setSpacing(2)
        for button in (self.previous_button, self.next_button, self.case_button, self.word_button):
            search.addWidget(button)
        search.addSpacing(6)
        search.addWidget(self.hits_label)
        search.addStretch(1)
        search.addWidget(self.close_button)
        replace.setSpacing(6)
        replace.addWidget(self.replace_button)
        replace.addWidget(self.replace_all_button)
        replace.addStretch(1)
        grid.addWidget(self.query_field, 0, 0)
        grid.addLayout(search, 0, 1)
        grid.addWidget(self.replacement_field, 1, 0)
        grid.addLayout(replace, 1, 1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)

    def _connect(self) -> None:
        self.query_field.textChanged.connect(self._ask)
        for field in (self.query_field, self.replacement_field):
            field.textEdited.connect(self._forget_replacing)
        self.case_button.toggled.connect(self._ask)
        self.word_button.toggled.connect(self._ask)
        self.next_button.clicked.connect(self.next_requested)
        self.previous_button.clicked.connect(self.previous_requested)
        self.replace_button.clicked.connect(self._replace)
        self.replace_all_button.clicked.connect(self._replace_all)
        self.close_button.clicked.connect(self.close_bar)

    def _ask(self) -> None:
        self._enable()
        self.search_changed.emit(
            self.query_field.text(), self.case_button.isChecked(), self.word_button.isChecked()
        )

    def _forget_replacing(self) -> None:
        self._has_replaced = False

    def _replace(self) -> None:
        self._has_replaced = True
        self.replace_requested.emit(self.replacement_field.text())

    def _replace_all(self) -> None:
        self._has_replaced = True
        self.replace_all_requested.emit(self.replacement_field.text())

    def _enable(self) -> None:
        for button in (self.next_button, self.previous_button):
            button.setEnabled(bool(self.query_field.text()))
        self.replace_button.setEnabled(self._total > 0)
        self.replace_all_button.setEnabled(self._total > 0)

    def _colour(self, *, is_missing: bool) -> None:
        """Tint the field of a query that is not found (the label says it in words)."""
        palette = QPalette()
        if is_missing and self._nothing_found.isValid():
            palette.setColor(QPalette.ColorRole.Base, self._nothing_found)
        self.query_field.setPalette(palette)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let undo and redo mean the text after a replacement, and in a field where nothing was typed."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_undo = event.matches(QKeySequence.StandardKey.Undo)
            is_redo = event.matches(QKeySequence.StandardKey.Redo)
            is_of_field = isinstance(watched, QLineEdit) and (
                (is_undo and watched.isUndoAvailable()) or (is_redo and watched.isRedoAvailable())
            )
            if (is_undo or is_redo) and (self._has_replaced or not is_of_field):
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Claim Escape before the window's shortcuts get it."""
        is_claim = event.type() == QEvent.Type.ShortcutOverride
        if is_claim and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return finds the next hit, with Shift the previous one, or replaces; Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._answer_return(has_shift=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def _answer_return(self, *, has_shift: bool) -> None:
        if self.replacement_field.hasFocus():
            if self._total:
                self._replace()
        elif self.query_field.text():
            (self.previous_requested if has_shift else self.next_requested).emit()


def _field(label: str, name: str, parent: QWidget) -> QLineEdit:
    field = QLineEdit(parent, placeholderText=label, clearButtonEnabled=True)
    field.setObjectName(name)
    field.setAccessibleName(label)
    field.setMinimumWidth(120)
    field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return field
