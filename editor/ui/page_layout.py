"""How the page is set: an even grid of base lines, centred breaks and headings, air around them.

`QPlainTextEdit` ignores block formats, so the lines are moved after its own layout has broken them
(`QTextLine.setPosition`). Caret, selection, clicks and paging follow, because Qt reads the positions of the lines.
Two more things happen here: a repaint is kept to one block where one block changed, and the last line is given room
below it, so that the end of a text can be scrolled up to where the eyes are.

Limits: lines are placed block by block when Qt asks for the block, so nothing here ever walks over the whole text. A block of
thousands of lines stays as Qt has set it: to move its lines at each key would take longer than to lay them out.
"""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QTextBlock, QTextDocument, QTextLayout, QTextLine
from PySide6.QtWidgets import QPlainTextDocumentLayout

from editor.ui.text_bridge import is_boundary_block

_TOLERANCE = 0.01
_MOST_LINES = 3_000
"""Lines of a block up to which they are placed."""
_FEW_BLOCKS = 50
"""Changed blocks up to which the others are known to stand where they did."""
_OUT_OF_PLACE = -1  # a number of lines that no block has


class LineShape(enum.IntEnum):
    """How one line of the file is set on the page."""

    BODY = 0
    BLANK = 1
    SPACED = 2  # a paragraph that no blank line sets off from the one above
    BREAK = 3
    HEADING = 4
    SUBHEADING = 5
    CENTRED = 6
    BOUNDARY = 7  # the head of a file, which the page paints itself


@dataclass(frozen=True, slots=True)
class _Setting:
    """Where the lines of a shape go; `above`, `below` and `pitch` in lines of body text."""

    above: float = 0.0
    below: float = 0.0
    pitch: float = 1.0
    is_centred: bool = False
    is_one_line: bool = False  # however often Qt has broken it


_SETTINGS = (
    _Setting(),
    _Setting(pitch=0.72),
    _Setting(above=0.3),
    _Setting(above=0.25, below=0.25, is_centred=True),
    _Setting(above=0.7, below=0.35, pitch=1.25, is_centred=True),
    _Setting(above=0.3, below=0.15, pitch=1.1, is_centred=True),
    _Setting(is_centred=True),
    _Setting(above=0.9, below=0.7, is_centred=True, is_one_line=True),
)


class _Placed(NamedTuple):
    """What is known of a block whose lines are in place: their number, the height of the first, the block's room."""

    line_count: int
    first_y: float
    rect: QRectF


def _step(line: QTextLine, pitch: float) -> float:
    """Return the height of `line` with its leading; taller than the line, so that no placed line starts at 0."""
    return max(pitch, float(line.height()) + 1)


class PageLayout(QPlainTextDocumentLayout):
    """The layout of a manuscript's document; give it to the document before an editor gets the document."""

    def __init__(self, document: QTextDocument, shape_of: Callable[[int], LineShape]) -> None:
        """Set `document`; `shape_of(line)` must answer for any line number, also one past the end."""
        super().__init__(document)
        # WORKAROUND(PySide6 6.11): document() of a layout makes the layout own the document in the eyes of the garbage
        # collector, which then frees both twice. So it is never called.
        self._document = document
        self._shape_of = shape_of
        self._block_count = document.blockCount()
        self._is_quiet = False
        self._placed: dict[int, _Placed] = {}  # by fragment index, which stays with a block while it lives
        self._pitch = 0.0
        self._base_line = 0.0
        self._top = 0.0
        self._bottom = 0.0
        self._fill = 0.0
        self._above = self._below = 0  # lines that are folded away
        self._is_stale = False
        self.set_type(document.defaultFont(), 1.5)

    @property
    def pitch(self) -> float:
        """The distance of two base lines of body text, in pixels."""
        return self._pitch

    def set_type(self, font: QFont, leading: float) -> None:
        """Set body text in `font` with base lines `leading` times its size apart."""
        self._placed.clear()
        metrics = QFontMetricsF(font)
        natural = metrics.ascent() + metrics.descent()
        self._pitch = float(max(round(QFontInfo(font).pixelSize() * leading), round(natural) + 1))
        self._base_line = metrics.ascent() + (self._pitch - natural) / 2

    def set_room(self, top: float, bottom: float, fill: float = 0.0) -> None:
        """Leave `top` pixels above the first line and `bottom` below the last.

        While lines below are folded away, what is shown takes at least `fill` pixels, the height of the tallest view: Qt
        would else go through all of them at every painting and at every click.
        """
        self._top, self._bottom, self._fill = top, bottom, fill
        self._placed.clear()

    @property
    def is_folded(self) -> bool:
        """Whether some lines are folded away."""
        return bool(self._above or self._below)

    def shown_lines(self) -> range:
        """Return the lines that are not folded away; all if none are."""
        end = self._document.blockCount() - self._below
        return range(min(self._above, end), end) if end > 0 else range(self._document.blockCount())

    def fold(self, above: int, below: int) -> None:
        """Take note that so many lines at the top and at the end of the document are folded away."""
        self._above, self._below = above, below
        self._placed.clear()

    def expect_everything(self) -> None:
        """Lay out everything at the next change, which is being told, because blocks were shown meanwhile."""
        self._is_stale = True

    def lay_out_lines(self, first: int, end: int) -> None:
        """Lay lines `first` to `end` out again, of which some were hidden or shown; the text is the same."""
        # One line alone would be taken for one whose text has changed.
        start = self._document.findBlockByNumber(max(0, first - 1))
        last = self._document.findBlockByNumber(min(end, self._document.blockCount() - 1))
        length = last.position() + last.length() - start.position()
        self.documentChanged(start.position(), length, length)

    def forget(self, first: int, end: int) -> None:
        """Ask anew for the shapes of lines `first` to `end`."""
        if end - first > len(self._placed):
            self._placed.clear()
            self.request_repaint()
            return
        block = self._document.findBlockByNumber(first)
        for _ in range(end - first):
            known = self._placed.get(block.fragmentIndex())
            if known is not None:
                self._placed[block.fragmentIndex()] = known._replace(line_count=_OUT_OF_PLACE)
            block = block.next()

    def request_repaint(self) -> None:
        """Have the whole page painted again."""
        self.update.emit()

    def line_bands(self, block: QTextBlock) -> list[tuple[float, float]]:
        """Return top and bottom of each line of `block` with its leading, measured from the block's top."""
        layout = block.layout()
        pitch = self._setting_of(block).pitch * self._pitch
        bands = []
        is_giant = layout.lineCount() > _MOST_LINES
        for line in map(layout.lineAt, range(layout.lineCount())):
            if is_giant:
                bands.append((line.y(), line.y() + line.height()))
                continue
            step = _step(line, pitch)
            top = line.y() + line.ascent() - self._drop(line, step)
            bands.append((top, top + step))
        return bands

    def settle(self, block: QTextBlock) -> None:
        """Take note of formats that were set at rest, at and after `block`, without painting anything again."""
        self._is_quiet = True
        self._document.markContentsDirty(block.position(), 1)
        self._is_quiet = False

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """Return the room that `block` takes; its lines stand where the page wants them."""
        if (self._above or self._below) and not block.isVisible():
            return QRectF()
        known = self._placed.get(block.fragmentIndex())
        if known is not None:
            layout = block.layout()
            if layout.lineCount() == known.line_count and layout.lineAt(0).y() == known.first_y:
                return known.rect
        rect = self._place_block(block, super().blockBoundingRect(block))
        if known is not None and known.rect.height() != rect.height():
            self.request_repaint()  # what is below moves, which Qt cannot know if only the shape has changed
        return rect

    def documentChanged(self, from_: int, removed: int, added: int) -> None:
        """Lay out what changed; a change inside one block is passed on as such, whatever range was reported.

        Setting the formats of a block reports all of it as removed and added, which Qt's layout would take for a change
        of several blocks and answer with a repaint of the whole view.
        """
        if self._is_quiet:
            return
        document = self._document
        block_count = document.blockCount()
        if self._is_stale:
            self._is_stale = False
            from_, removed, added = 0, document.characterCount(), document.characterCount()
        last = max(from_, min(from_ + added, document.characterCount()) - 1)
        if block_count == self._block_count and document.findBlock(from_).contains(last):
            if self._below:  # its room depends on what is above it
                self._placed.pop(
                    document.findBlockByNumber(self.shown_lines().stop - 1).fragmentIndex(), None
                )
            super().documentChanged(from_, 0, 1)
            return
        self._block_count = block_count
        self._displace(from_, last)
        super().documentChanged(from_, removed, added)
        # WORKAROUND(Qt 6.11): blocks that take the place of others begin with one line each, but as long as their number
        # is the same Qt does not tell the scroll bar; a scroll bar longer than the text sends the editor into a recursion.
        self.documentSizeChanged.emit(self.documentSize())
        self.request_repaint()

    def _displace(self, first: int, last: int) -> None:
        """Forget where the lines of the blocks from position `first` to `last` stand, and what is below the last one.

        A block that has come takes no other's place: its lines have not been moved yet, which is seen (`_Placed`).
        """
        block = self._document.findBlock(first)
        end = self._document.findBlock(last).blockNumber() + 1
        if self.is_folded or not block.isValid() or end - block.blockNumber() > _FEW_BLOCKS:
            self._placed.clear()
            return
        self._placed.pop(self._document.lastBlock().fragmentIndex(), None)
        while block.isValid() and block.blockNumber() <= end:
            self._placed.pop(block.fragmentIndex(), None)
            block = block.next()

    def _place_block(self, block: QTextBlock, rect: QRectF) -> QRectF:
        """Move the lines of `block` if they do not stand right, and return `rect` made as high as they need."""
        if rect.height() <= 0:
            return rect
        number = block.blockNumber()
        setting = self._setting_of(block)
        pitch = setting.pitch * self._pitch
        above = setting.above * self._pitch + (self._top if number == self._above else 0.0)
        layout = block.layout()
        if layout.lineCount() > _MOST_LINES:
            return rect
        share = 0.5 if setting.is_centred else float(block.textDirection() == Qt.LayoutDirection.RightToLeft)
        first = layout.lineAt(0)
        if not self._stands_right(first, share, above, pitch):
            self._place_lines(layout, share, above, pitch, is_one_line=setting.is_one_line)
        last = layout.lineAt(layout.lineCount() - 1)
        step = _step(last, pitch)
        bottom = last.y() + last.ascent() - self._drop(last, step) + step
        is_last = number == self._block_count - 1 - self._below
        below = setting.below * self._pitch + (self._room_below(block) if is_last else 0.0)
        rect.setHeight(bottom + below)
        if first.y() > 0:  # where Qt puts lines, so that lines laid out anew are told from lines in place
            self._placed[block.fragmentIndex()] = _Placed(layout.lineCount(), first.y(), rect)
        return rect

    def _room_below(self, last: QTextBlock) -> float:
        """Return the room below the last line that is shown."""
        missing, block = self._fill if self._below else 0.0, last.previous()
        while missing > self._bottom and block.isValid() and block.isVisible():
            missing -= self.blockBoundingRect(block).height()
            block = block.previous()
        return max(self._bottom, missing)

    def _setting_of(self, block: QTextBlock) -> _Setting:
        """Return how `block` is set; what the text says is a boundary is one before anybody has read it."""
        shape = LineShape.BOUNDARY if is_boundary_block(block) else self._shape_of(block.blockNumber())
        return _SETTINGS[shape]

    def _drop(self, line: QTextLine, step: float) -> float:
        """Return how far below the top of its `step` the base line of `line` stands."""
        return max(self._base_line + (step - self._pitch) / 2, line.ascent())

    def _stands_right(self, first: QTextLine, share: float, above: float, pitch: float) -> bool:
        top = above + self._drop(first, _step(first, pitch)) - first.ascent()
        return (
            abs(first.y() - top) <= _TOLERANCE and abs(first.x() - self._left_of(first, share)) <= _TOLERANCE
        )

    def _left_of(self, line: QTextLine, share: float) -> float:
        """Return where `line` starts if that `share` of the free room stands before it."""
        margin = float(self._document.documentMargin())
        if not share:
            return margin
        natural = line.naturalTextRect()
        indent = natural.x() - line.x()
        return margin + max(0.0, (line.width() - natural.width()) * share) - indent

    def _place_lines(
        self, layout: QTextLayout, share: float, above: float, pitch: float, *, is_one_line: bool
    ) -> None:
        top = above
        for index in range(layout.lineCount()):
            line = layout.lineAt(index)
            step = _step(line, pitch)
            line.setPosition(
                QPointF(self._left_of(line, share), top + self._drop(line, step) - line.ascent())
            )
            top += 0 if is_one_line else step
