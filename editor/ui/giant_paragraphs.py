"""Tell the writer when the caret comes into a paragraph so long that the page is slow in it, and what helps."""

from PySide6.QtCore import QObject, Signal

from editor.manuscript.edits import Position
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.messages import Notice

GIANT = 200_000
"""Characters of one line from which every key makes Qt lay out so much that it can be felt."""
TOPIC = "giant"


class GiantParagraphs(QObject):
    """Watches where the caret goes."""

    noticed = Signal(object)  # Notice
    notice_settled = Signal(str)

    def __init__(self, buffer: ManuscriptBuffer, parent: QObject) -> None:
        super().__init__(parent)
        self._buffer = buffer
        self._is_told = False

    def look(self, caret: Position) -> None:
        """Tell of the paragraph at `caret` if it is a giant, once until the caret has left it."""
        lines = self._buffer.read_so_far.text.lines
        length = len(lines[caret.line]) if caret.line < len(lines) else 0
        if length > GIANT and not self._is_told:
            text = (
                f"This paragraph has {length:,} characters. Its emphasis is not coloured, and typing in it is slow; "
                "everything else is quick. Enter, somewhere in it, makes two of it."
            )
            self.noticed.emit(Notice(text, topic=TOPIC))
        elif length <= GIANT and self._is_told:
            self.notice_settled.emit(TOPIC)
        self._is_told = length > GIANT
