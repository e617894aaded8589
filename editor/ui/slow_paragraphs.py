"""Say so when the caret stands in a paragraph that is too long to be typed in at ease.

Qt lays a paragraph out anew, as a whole, at every key: a megabyte takes half a second there, whatever we do. So the writer
hears why it is slow and what helps, once each time the caret comes into such a paragraph.
"""

from PySide6.QtCore import QObject, Signal

from editor.manuscript.edits import Position
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.messages import Notice

SLOW_FROM = 100_000
"""Characters of a line from which a key takes longer than a tenth of a second."""

TOPIC = "slow paragraph"


class SlowParagraphs(QObject):
    """Follows the caret of one window."""

    noticed = Signal(object)  # Notice
    notice_settled = Signal(str)  # its topic

    def __init__(self, buffer: ManuscriptBuffer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._buffer = buffer
        self._is_in_one = False

    def follow(self, caret: Position) -> None:
        """Take note that the caret stands at `caret` now."""
        block = self._buffer.document.findBlockByNumber(caret.line)
        was_in_one, self._is_in_one = self._is_in_one, block.length() > SLOW_FROM
        if self._is_in_one and not was_in_one:
            text = (
                f"This paragraph has {block.length() - 1:,} characters. Typing in it is slow, and its emphasis is not shown. "
                "Press Enter between its sentences to make shorter paragraphs of it."
            )
            self.noticed.emit(Notice(text, topic=TOPIC))
        elif was_in_one and not self._is_in_one:
            self.notice_settled.emit(TOPIC)
