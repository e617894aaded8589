"""The message bar: says something above the page, with buttons, and never in the way.

Several messages wait in line: errors first, then warnings, else in the order they came. The focus stays where it is; a
screen reader is told. Limits: plain text; what a button does is decided by whoever showed the message.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from editor.app.themes import Colour, Theme
from editor.ui.icons import IconButton, icon_pixmap

LONGEST_TEXT = 700
ICON_SIZE = 20
SHORTEST_LINE = 80
"""Pixels of text below which the bar does not ask for less room."""


class MessageKind(StrEnum):
    """How much a message matters."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


_ORDER = [MessageKind.ERROR, MessageKind.WARNING, MessageKind.INFO]
_COLOURS = {
    MessageKind.INFO: Colour.INFORMATION,
    MessageKind.WARNING: Colour.WARNING,
    MessageKind.ERROR: Colour.ERROR,
}


@dataclass(frozen=True, slots=True)
class Action:
    """One button: what it says, and the id it is reported by."""

    label: str
    id: str


@dataclass(frozen=True, slots=True)
class _Message:
    id: int
    text: str
    actions: tuple[Action, ...]
    kind: MessageKind
    timeout_ms: int | None


class MessageBar(QFrame):
    """Shows one message at a time."""

    action_triggered = Signal(int, str)
    """The id of the message and that of the action; the message is gone by then."""
    dismissed = Signal(int)
    """A message that the writer closed, or whose time was over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setAccessibleName("Messages")
        self.setAutoFillBackground(True)
        self._ids = count(1)
        self._waiting: list[_Message] = []
        self._shown: _Message | None = None
        self._buttons: list[QPushButton] = []
        self._colours: dict[MessageKind, QColor] = {}
        self._icon = QLabel(self)
        self._text = WrappingLabel(self)
        self._more = QLabel(self)
        self._close = IconButton("close", "Close this message (Esc)", "messageClose", self)
        self._timer = QTimer(self, singleShot=True)
        self._lay_out()
        self._timer.timeout.connect(self.dismiss)
        self._close.clicked.connect(self.dismiss)
        self.hide()

    def show_message(
        self,
        text: str,
        actions: Sequence[Action] = (),
        kind: str = MessageKind.INFO,
        timeout_ms: int | None = None,
    ) -> int:
        """Show `text`, now or when those before it are settled; return its id.

        `timeout_ms`: how long it stays once it is shown; None: until it is closed.
        """
        message = _Message(next(self._ids), text, tuple(actions), MessageKind(kind), timeout_ms)
        self._waiting.append(message)
        self._waiting.sort(key=lambda one: (_ORDER.index(one.kind), one.id))
        self._show_first()
        return message.id

    def remove_message(self, message_id: int) -> None:
        """Take a message away, shown or waiting; no harm if it is gone."""
        self._waiting = [one for one in self._waiting if one.id != message_id]
        self._show_first()

    def dismiss(self) -> None:
        """Close the message that is shown."""
        if self._shown is not None:
            message_id = self._shown.id
            self.remove_message(message_id)
            self.dismissed.emit(message_id)

    def text(self) -> str:
        """Return the text of the message that is shown, or ""."""
        return self._shown.text if self._shown else ""

    def set_theme(self, theme: Theme) -> None:
        """Take the colours behind the kinds of messages."""
        self._colours = {kind: QColor(theme.colours[colour]) for kind, colour in _COLOURS.items()}
        self._tint()

    def _lay_out(self) -> None:
        for label, name in (
            (self._icon, "messageIcon"),
            (self._text, "messageText"),
            (self._more, "messageMore"),
        ):
            label.setObjectName(name)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._icon.setFixedSize(QSize(ICON_SIZE, ICON_SIZE))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 8, 6)
        self._row.setSpacing(8)
        for widget in (self._icon, self._text, self._more, self._close):
            self._row.addWidget(widget)
        self._row.setStretchFactor(self._text, 1)

    def _show_first(self) -> None:
        first = self._waiting[0] if self._waiting else None
        others = len(self._waiting) - 1
        self._more.setText(f"{others:,} more" if others > 0 else "")
        self._more.setVisible(others > 0)
        if first is self._shown:
            return
        self._timer.stop()
        self._shown = first
        if first is None:
            self.hide()
            return
        self._fill(first)
        self.show()
        if first.timeout_ms is not None:
            self._timer.start(first.timeout_ms)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _fill(self, message: _Message) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        short = message.text if len(message.text) <= LONGEST_TEXT else message.text[:LONGEST_TEXT] + "..."
        self._text.set_words(short)
        self.setAccessibleName(short)
        self.setAccessibleDescription(message.kind.value)
        self._buttons = [self._button(message, action) for action in message.actions]
        for place, button in enumerate(self._buttons):
            self._row.insertWidget(2 + place, button)
        self._tint()

    def _button(self, message: _Message, action: Action) -> QPushButton:
        button = QPushButton(action.label, self)
        button.setObjectName(f"messageAction-{action.id}")
        button.setAccessibleName(action.label.replace("&", ""))
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._answer(message.id, action.id))
        return button

    def _answer(self, message_id: int, action_id: str) -> None:
        self.remove_message(message_id)
        self.action_triggered.emit(message_id, action_id)

    def _tint(self) -> None:
        kind = self._shown.kind if self._shown else MessageKind.INFO
        palette = QPalette()
        if kind in self._colours:
            palette.setColor(QPalette.ColorRole.Window, self._colours[kind])
        self.setPalette(palette)
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        self._icon.setPixmap(icon_pixmap(kind.value, ink.rgba(), ICON_SIZE, self.devicePixelRatioF()))

    def event(self, event: QEvent) -> bool:
        """Claim Escape while the focus is on the bar."""
        is_claim = event.type() == QEvent.Type.ShortcutOverride
        if is_claim and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the message."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)


class WrappingLabel(QLabel):
    """A label that breaks words, too, where they are wider than itself: no window is wide enough for every path."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, wordWrap=True)
        self._words = ""
        self.setMinimumWidth(SHORTEST_LINE)

    def set_words(self, text: str) -> None:
        """Show `text`, with invisible places to break where they are needed and nowhere else: it may be copied."""
        self._words = text
        letters = self.width() // max(1, self.fontMetrics().horizontalAdvance("n"))
        letters = max(10, letters) if self.isVisible() else len(text)  # until then it has no width of its own
        shown = re.sub(rf"\S{{{letters}}}(?=\S)", lambda found: found.group() + "\u200b", text)
        if shown != self.text():
            self.setText(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words anew."""
        super().resizeEvent(event)
        self.set_words(self._words)
