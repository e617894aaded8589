"""The ground behind a selection: one calm area from line to line, without the stripes that wide leading would leave.

Limits: only what is given is looked at, the blocks in sight.
"""

import re
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock, QTextCursor, QTextLine

from editor.ui.page_layout import PageLayout

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LINE_END = 0.35  # width of a selected line end, in lines


def selection_bands(
    page: PageLayout, cursor: QTextCursor, blocks: Iterable[tuple[QTextBlock, QRectF]]
) -> Iterator[QRectF]:
    """Yield the areas of what `cursor` selects in `blocks`, each of which comes with its area in the view."""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    for block, area in blocks:
        if block.position() > end:
            return
        if block.position() + block.length() > start:
            yield from _bands_of_block(page, block, area, start - block.position(), end - block.position())


def _bands_of_block(
    page: PageLayout, block: QTextBlock, area: QRectF, start: int, end: int
) -> Iterator[QRectF]:
    layout, bands = block.layout(), page.line_bands(block)
    is_mixed = _RIGHT_TO_LEFT.search(block.text()) is not None
    for index, (top, bottom) in enumerate(bands):
        line = layout.lineAt(index)
        line_end = line.textStart() + line.textLength()
        left, right = max(start, line.textStart()), min(end, line_end)
        has_end = index == len(bands) - 1 and end >= block.length()
        if left > right or (left == right and not has_end):
            continue
        upper = 0.0 if index == 0 and start < 0 else top
        lower = area.height() if has_end else bottom
        spans = list(_mixed_spans(line, left, right) if is_mixed else _plain_span(line, left, right))
        if has_end:
            edge = _x(line, line_end)
            spans.append((edge, edge + _LINE_END * page.pitch))
        for near, far in spans:
            yield QRectF(area.left() + near, area.top() + upper, far - near, lower - upper)


def _plain_span(line: QTextLine, start: int, end: int) -> Iterator[tuple[float, float]]:
    yield _x(line, start), _x(line, end)


def _mixed_spans(line: QTextLine, start: int, end: int) -> Iterator[tuple[float, float]]:
    """Yield a span for each character, because what is one run in the text may be several on the line."""
    for column in range(start, end):
        sides = sorted((_x(line, column), _x(line, column, QTextLine.Edge.Trailing)))
        yield sides[0], sides[1]


def _x(line: QTextLine, column: int, edge: QTextLine.Edge = QTextLine.Edge.Leading) -> float:
    found = line.cursorToX(column, edge)
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]
