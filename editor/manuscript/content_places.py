"""The way between places in a block's content and places in the text."""

from bisect import bisect_right

from editor.manuscript.edits import Position
from editor.markup.model import Block


class ContentPlaces:
    """Converts between offsets in the content of a block and positions in the text the block stands in."""

    def __init__(self, block: Block, first_line: int) -> None:
        """Take a block and the line of the text it starts on."""
        self._lines = [Position(first_line + line, column) for line, column in block.columns]
        self._lengths = [len(line) for line in block.content.split("\n")]
        self._offsets = [0]
        for length in self._lengths[:-1]:
            self._offsets.append(self._offsets[-1] + length + 1)

    def offset_of(self, position: Position) -> int:
        """Return the offset nearest to a position; what is left out of the content (wrapping) has none of its own."""
        index = max(0, bisect_right(self._lines, Position(position.line + 1, -1)) - 1)
        start, length = self._lines[index], self._lengths[index]
        if position.line > start.line:
            return self._offsets[index] + length
        if position.line < start.line:
            return self._offsets[index]
        return self._offsets[index] + min(max(0, position.column - start.column), length)

    def position_of(self, offset: int) -> Position:
        """Return where in the text an offset is."""
        index = bisect_right(self._offsets, offset) - 1
        start = self._lines[index]
        return Position(start.line, start.column + offset - self._offsets[index])
