"""The bar above the page that says what alone is shown, as long as the rest is folded away."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from editor.app.themes import Colour, Theme
from editor.ui.icons import icon_pixmap

ICON_SIZE = 16


def tell_folded(name: str, hidden_words: int) -> str:
    """Return what the bar says of `name`, as `structure_controller.describe` gives it, and of so many hidden words."""
    hidden = "1 word is" if hidden_words == 1 else f"{hidden_words:,} words are"
    return f"Only {name} is shown. {hidden} hidden."


class FoldBar(QFrame):
    """Says what is shown, with a button that shows all."""

    show_all_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("foldBar")
        self.setAccessibleName("Only a part is shown")
        self.setAutoFillBackground(True)
        self._icon = QLabel(self)
        self._icon.setObjectName("foldIcon")
        self._text = QLabel(self)
        self._text.setObjectName("foldText")
        self._button = QPushButton("Show all", self)
        self._button.setObjectName("foldShowAll")
        self._button.setAccessibleName("Show all")
        self._button.setToolTip("Show all (Esc on the page)")
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the caret in the text
        self._button.clicked.connect(self.show_all_requested)
        for label in (self._icon, self._text):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._icon.setFixedSize(QSize(ICON_SIZE, ICON_SIZE))
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 8, 4)
        row.setSpacing(8)
        for widget in (self._icon, self._text, self._button):
            row.addWidget(widget)
        row.setStretchFactor(self._text, 1)
        self.hide()

    def text(self) -> str:
        """Return what is said, whole."""
        return self.toolTip()

    def show_text(self, text: str) -> None:
        """Say `text` on one line; hide the bar if it is empty."""
        self.setToolTip(text)
        self.setAccessibleDescription(text)
        self._text.setText(text)
        self.setVisible(bool(text))

    def set_theme(self, theme: Theme) -> None:
        """Take the ground of the bar."""
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.colours[Colour.INFORMATION]))
        self.setPalette(palette)
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        self._icon.setPixmap(icon_pixmap("focus", ink.rgba(), ICON_SIZE, self.devicePixelRatioF()))
