"""The part of the history panel where a version is read: words that came and words that went, told apart by colour and by line.

What came is underlined, what went is struck out; so nobody has to see the colours. Plain text only, nothing to be changed.
"""

from collections.abc import Sequence

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from editor.app.themes import Colour, Theme, contrast
from editor.manuscript.word_changes import Fate, Piece
from editor.ui.theme_adapter import page_palette


class HistoryDiff(QPlainTextEdit):
    """Shows pieces of text by what became of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("historyDiff")
        self.setAccessibleName("What changed: added words underlined, removed words struck out")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self._formats = {fate: QTextCharFormat() for fate in Fate}
        self._pieces: Sequence[Piece] = ()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of the page, and those for what came and went."""
        self.setPalette(page_palette(theme))
        ground = QColor(theme.colours[Colour.PAPER])
        added, removed, skipped = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        for form, colour in ((added, Colour.STATUS_DONE), (removed, Colour.ERROR)):
            tint = QColor(theme.colours[colour])
            form.setBackground(_mixed(tint, ground, 0.25) if colour is Colour.STATUS_DONE else tint)
            form.setForeground(QColor(theme.colours[Colour.TEXT]))
        added.setFontUnderline(True)
        removed.setFontStrikeOut(True)
        muted = theme.colours[Colour.MUTED]
        is_readable = contrast(muted, theme.colours[Colour.PAPER]) >= 4.5
        skipped.setForeground(QColor(muted if is_readable else theme.colours[Colour.TEXT]))
        skipped.setFontItalic(True)
        self._formats = {
            Fate.ADDED: added,
            Fate.REMOVED: removed,
            Fate.SKIPPED: skipped,
            Fate.SAME: QTextCharFormat(),
        }
        self.show_pieces(self._pieces)

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show these pieces, from the top."""
        self._pieces = pieces
        self.clear()
        cursor = self.textCursor()
        cursor.beginEditBlock()
        for piece in pieces:
            text = piece.text
            if piece.fate is Fate.SKIPPED:
                text = f"··· {piece.text} ···\n" if cursor.atBlockStart() else f"\n··· {piece.text} ···\n"
            cursor.insertText(text, self._formats[piece.fate])
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)


def _mixed(one: QColor, other: QColor, part: float) -> QColor:
    """Return a colour between two, `part` of it the first one."""
    channels = zip(
        (one.red(), one.green(), one.blue()), (other.red(), other.green(), other.blue()), strict=True
    )
    return QColor(*(round(first * part + second * (1 - part)) for first, second in channels))
