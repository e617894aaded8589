"""The colours of the page: formats of the lines that are seen, set where they changed and nowhere else.

Formats live in the layouts of the blocks, not in the text and not in the undo history. A block whose formats are
already right is left alone, because Qt would lay it out and paint it again. What is right is asked of the layout itself:
a block's user state cannot tell, since Qt hands it on when two blocks are joined.

Limits: nothing here walks over the whole text; lines out of sight get their formats when they come into sight.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextLayout

from editor.app.themes import Role
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.line_roles import Run, line_runs
from editor.ui.text_bridge import is_wide, utf16_column
from editor.ui.theme_adapter import PageFormats

_Range = tuple[int, int, tuple[Role, ...], bool]
"""Start and length in UTF-16 units, roles, and whether focus mode sets it back."""


class PageHighlighter:
    """Sets the formats of a buffer's lines."""

    def __init__(self, buffer: ManuscriptBuffer, formats: PageFormats) -> None:
        self.formats = formats
        self._buffer = buffer
        self._mixed: dict[tuple[tuple[Role, ...], bool], QTextCharFormat] = {}
        self._focus: range | None = None

    def set_formats(self, formats: PageFormats) -> None:
        """Use other formats from now on; lines that are already formatted get them when they are formatted next."""
        self.formats = formats
        self._mixed.clear()

    def set_focus(self, lines: range | None) -> bool:
        """Set all lines but `lines` back, or none; say whether that is a change."""
        is_change = lines != self._focus
        self._focus = lines
        return is_change

    def format_changed(self, first: int, end: int) -> None:
        """Format lines `first` to `end` while Qt is telling of a change, before it lays them out."""
        self._format(first, end)

    def format_shown(self, first: int, end: int) -> bool:
        """Format lines `first` to `end` at rest; say whether some that had been laid out must be painted again."""
        changed = self._format(first, end)
        if not changed:
            return False
        laid_out = [block for block in changed if block.layout().lineCount()]
        for block in laid_out:
            block.clearLayout()
        self._buffer.page.settle(changed[0])
        return bool(laid_out)

    def add_composition(self, block: QTextBlock, attributes: Sequence[QTextLayout.FormatRange]) -> None:
        """Format `block` anew while an input method composes in it; `attributes` are those of the composed text."""
        layout = block.layout()
        start = layout.preeditAreaPosition()
        shift = len(layout.preeditAreaText().encode("utf-16-le", "surrogatepass")) // 2
        ranges = []
        for left, length, roles, is_dimmed in self._wanted(block.blockNumber()):
            grown = length + (shift if left < start < left + length else 0)
            ranges.append((left if left < start else left + shift, grown, roles, is_dimmed))
        layout.setFormats([*map(self._qt_range, ranges), *attributes])

    def _format(self, first: int, end: int) -> list[QTextBlock]:
        """Set the formats of lines `first` to `end` where they are not right; return the blocks that were changed."""
        block = self._buffer.document.findBlockByNumber(first)
        changed = []
        for ranges in self._wanted_of_lines(first, end):
            if not block.isValid():
                break
            if self._apply(block, ranges):
                changed.append(block)
            block = block.next()
        return changed

    def _apply(self, block: QTextBlock, ranges: tuple[_Range, ...]) -> bool:
        layout = block.layout()
        if layout.preeditAreaText():  # `add_composition` looks after it
            return False
        known = layout.formats()
        if len(known) == len(ranges) and all(map(self._is_set, known, ranges)):
            return False
        layout.setFormats([self._qt_range(one) for one in ranges])
        return True

    def _is_set(self, known: QTextLayout.FormatRange, wanted: _Range) -> bool:
        start, length, roles, is_dimmed = wanted
        if known.start != start or known.length != length:
            return False
        return bool(known.format == self._mixed_format(roles, is_dimmed=is_dimmed))

    def _wanted(self, line: int) -> tuple[_Range, ...]:
        return next(self._wanted_of_lines(line, line + 1), ())

    def _wanted_of_lines(self, first: int, end: int) -> Iterator[tuple[_Range, ...]]:
        text = self._buffer.read_so_far.text
        end = min(end, len(text.lines))
        line = first
        while line < end:
            index = text.block_at(line)
            if index is None:
                yield ()
                line += 1
                continue
            start, block = text.starts[index], text.blocks[index]
            runs = line_runs(block, tuple(text.lines[start : start + block.height]))
            stop = min(end, start + block.height)
            for number in range(line, stop):
                yield self._ranges(number, text.lines[number], runs[number - start])
            line = stop

    def _ranges(self, number: int, line: str, runs: tuple[Run, ...]) -> tuple[_Range, ...]:
        is_dimmed = self._focus is not None and number not in self._focus
        if is_dimmed:
            runs = tuple(_without_gaps(runs, len(line)))
        if not is_wide(line):
            return tuple((run.start, run.end - run.start, run.roles, is_dimmed) for run in runs)
        columns = [(utf16_column(line, run.start), utf16_column(line, run.end), run.roles) for run in runs]
        return tuple((start, end - start, roles, is_dimmed) for start, end, roles in columns)

    def _qt_range(self, one: _Range) -> QTextLayout.FormatRange:
        start, length, roles, is_dimmed = one
        result = QTextLayout.FormatRange()
        result.start = start
        result.length = length
        result.format = self._mixed_format(roles, is_dimmed=is_dimmed)
        return result

    def _mixed_format(self, roles: tuple[Role, ...], *, is_dimmed: bool) -> QTextCharFormat:
        mixed = self._mixed.get((roles, is_dimmed))
        if mixed is None:
            mixed = self._mixed[roles, is_dimmed] = self._mix(roles, is_dimmed=is_dimmed)
        return mixed

    def _mix(self, roles: tuple[Role, ...], *, is_dimmed: bool) -> QTextCharFormat:
        mixed = QTextCharFormat()
        for role in roles:
            added = self.formats.roles[role]
            turns_upright = mixed.fontItalic() and added.fontItalic()
            mixed.merge(added)
            if turns_upright:  # emphasis in italic text is set upright
                mixed.setFontItalic(False)
        if is_dimmed:
            mixed.merge(self.formats.dimmed)
        return mixed


def _without_gaps(runs: tuple[Run, ...], length: int) -> Iterator[Run]:
    """Yield `runs` and, between them, runs without a role, so that all of the line is covered."""
    column = 0
    for run in runs:
        if column < run.start:
            yield Run(column, run.start, ())
        yield run
        column = run.end
    if column < length:
        yield Run(column, length, ())
