"""A caret that comes to stand on a boundary between two files, or in lines that are folded away, steps out of it.

By key it goes on the way it came; else it goes behind the boundary, or back to where the selection began. Out of lines
that are folded away it goes back to what is shown.
"""

from collections.abc import Callable

from PySide6.QtGui import QTextBlock, QTextCursor

from editor.ui.page_guard import is_protected
from editor.ui.text_bridge import is_boundary_block

_MOVE, _KEEP = QTextCursor.MoveMode.MoveAnchor, QTextCursor.MoveMode.KeepAnchor


def step_out(cursor: QTextCursor, came_from: int | None, *, is_vertical: bool = False) -> bool:
    """Move `cursor` off a boundary; say whether it had to.

    `came_from` is Qt's position before a key moved the caret, None if no key did; `is_vertical` keeps the caret in its
    column of the page. The anchor of a selection stays, unless all that is selected is in the boundary.
    """
    boundary = cursor.block()
    if not is_boundary_block(boundary):
        return False
    has_selection = cursor.hasSelection() and not boundary.contains(cursor.anchor())
    if came_from is not None:
        is_back = came_from > boundary.position()
    else:
        is_back = has_selection and cursor.anchor() < boundary.position()
    target, goes_back = _nearest(boundary, is_back=is_back), is_back
    if not target.isValid():
        target, goes_back = _nearest(boundary, is_back=not is_back), not is_back
    if not target.isValid():
        return False
    mode = _KEEP if has_selection else _MOVE
    if is_vertical and goes_back == is_back and _moves_on(cursor, mode, is_back=is_back):
        return True
    cursor.setPosition(target.position() + (target.length() - 1 if goes_back else 0), mode)
    return True


def step_into_sight(cursor: QTextCursor, shown: range, came_from: int | None) -> bool:
    """Move `cursor` into the lines `shown`, none of which is folded away; say whether it had to.

    It goes to their start or end; a key that would leave the first or last of them leaves the caret at `came_from`, where
    it was. What is selected shrinks to what is shown.
    """
    if cursor.blockNumber() in shown and cursor.document().findBlock(cursor.anchor()).blockNumber() in shown:
        return False
    document = cursor.document()
    last = document.findBlockByNumber(shown[-1])
    start, end = document.findBlockByNumber(shown[0]).position(), last.position() + last.length() - 1
    position, anchor = (max(start, min(place, end)) for place in (cursor.position(), cursor.anchor()))
    edge = document.findBlock(position)
    if came_from is not None and position != cursor.position() and edge.contains(came_from):
        position = came_from
    if not cursor.hasSelection():
        anchor = position
    cursor.setPosition(anchor)
    cursor.setPosition(position, _KEEP)
    return True


def _nearest(boundary: QTextBlock, *, is_back: bool) -> QTextBlock:
    """Return the nearest line on one side that a caret may stand in; an invalid block if there is none."""
    step: Callable[[QTextBlock], QTextBlock] = QTextBlock.previous if is_back else QTextBlock.next
    block = step(boundary)
    while block.isValid() and is_protected(block):
        block = step(block)
    return block


def _moves_on(cursor: QTextCursor, mode: QTextCursor.MoveMode, *, is_back: bool) -> bool:
    """Move `cursor` on by lines of the page until it is out of the boundary; say whether that worked."""
    way = QTextCursor.MoveOperation.Up if is_back else QTextCursor.MoveOperation.Down
    while is_boundary_block(cursor.block()):
        if not cursor.movePosition(way, mode):
            return False
    return not is_protected(cursor.block())
