"""Show one scene, chapter, part or file of a manuscript and fold the rest away.

Folding is a matter of the page alone: blocks of the document are made invisible, and no text, undo step or sign of a
change comes of it. What is folded away is whole lines at the top and at the end of the document. They are hidden only as
long as they stay as they are: whatever changes one of them (undo, a move, replacing all) shows everything. So the lines
between them, however they are edited, are all that is shown, and no line written there can vanish.

Limits: one stretch of lines at a time. Nothing of it is remembered when the program ends.
"""

from PySide6.QtCore import QObject, Signal

from editor.manuscript.outline import Node, Outline
from editor.markup.model import Kind, Level
from editor.ui.buffer import ManuscriptBuffer


class Folding(QObject):
    """What is shown of one buffer."""

    shown_changed = Signal()
    """Something else is shown, or what is shown has another title."""

    def __init__(self, buffer: ManuscriptBuffer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._buffer = buffer
        self._node: Node | None = None
        self._hidden_words = 0
        self._block_count = 0
        self._below = 0  # lines that are folded away at the end
        self._was_edited = False
        buffer.edited.connect(self._note_edit)
        buffer.document.contentsChange.connect(
            self._follow_change
        )  # after the buffer, which says if it is one
        buffer.outline_changed.connect(self._follow_outline)

    @property
    def node(self) -> Node | None:
        """What alone is shown; None if everything is."""
        return self._node

    @property
    def hidden_words(self) -> int:
        """The number of words that are folded away, those of the cuts included."""
        return self._hidden_words

    def is_hidden(self, line: int) -> bool:
        """Say whether `line` is folded away."""
        return self._node is not None and line not in self._buffer.page.shown_lines()

    def show_only(self, node_id: int) -> None:
        """Fold everything away but one node; nothing if the outline has no such node."""
        outline = self._buffer.manuscript.outline
        if node_id not in outline:
            return
        self._node = node = outline.node(node_id)
        self._hidden_words = sum([root.words for root in outline.roots]) - node.words
        self._fold(_lines_of(self._buffer, outline, node))
        self.shown_changed.emit()

    def show_all(self) -> None:
        """Show everything."""
        if self._node is not None:
            self._show_all(is_changing=False)

    def view_of(self, node_id: int) -> int:
        """Return what to show so that a node is seen: what holds it at the level of what is shown now, else itself."""
        outline = self._buffer.manuscript.outline
        level = self._node.level if self._node else None
        above: Node | None = outline.node(node_id)
        while above is not None and above.level is not level:
            above = outline.parent(above.id)
        return node_id if above is None else above.id

    def _fold(self, shown: range) -> None:
        page, document = self._buffer.page, self._buffer.document
        before, self._block_count = page.shown_lines(), document.blockCount()
        self._below = self._block_count - shown.stop
        page.fold(shown.start, self._below)
        changed = self._set_visible(range(min(before.start, shown.start), max(before.stop, shown.stop)))
        if changed:
            page.lay_out_lines(changed.start, changed.stop)

    def _show_all(self, *, is_changing: bool) -> None:
        """Show everything; `is_changing`: the document tells of a change and is about to lay it out."""
        self._node, self._hidden_words = None, 0
        page = self._buffer.page
        page.fold(0, 0)
        changed = self._set_visible(range(self._buffer.document.blockCount()))
        if is_changing:
            page.expect_everything()
        elif changed:
            page.lay_out_lines(changed.start, changed.stop)
        self.shown_changed.emit()

    def _set_visible(self, lines: range) -> range:
        """Make the blocks of `lines` visible or not as the page says; return from which to which any was changed."""
        shown = self._buffer.page.shown_lines()
        first, end = 0, 0
        block = self._buffer.document.findBlockByNumber(lines.start)
        for part, is_shown in (
            (range(lines.start, min(lines.stop, shown.start)), False),
            (range(max(lines.start, shown.start), min(lines.stop, shown.stop)), True),
            (range(max(lines.start, shown.stop), lines.stop), False),
        ):
            for line in part:
                if block.isVisible() != is_shown:
                    block.setVisible(is_shown)
                    first, end = (first if end else line), line + 1
                block = block.next()
        return range(first, end)

    def _note_edit(self) -> None:
        self._was_edited = self._node is not None

    def _follow_change(self, position: int, _removed: int, added: int) -> None:
        """Show everything if lines that are folded away have changed."""
        was_edited, self._was_edited = self._was_edited, False
        if was_edited and self._node is not None and not self._is_in_sight(position, added):
            self._show_all(is_changing=True)

    def _is_in_sight(self, position: int, added: int) -> bool:
        document, shown = self._buffer.document, self._buffer.page.shown_lines()
        if document.blockCount() <= self._below:
            return False  # fewer lines are left than were folded away
        last = document.characterCount() - 1
        first, end = (document.findBlock(min(place, last)) for place in (position, position + added))
        return first.blockNumber() in shown and end.blockNumber() in shown

    def _follow_outline(self, outline: Outline) -> None:
        if self._node is None:
            return
        if outline.revision == 0 or self._node.id not in outline:
            self._show_all(is_changing=False)
            return
        if self._block_count != self._buffer.document.blockCount():
            self._fold(self._buffer.page.shown_lines())
        node = outline.node(self._node.id)
        is_renamed, self._node = node.title != self._node.title, node
        if is_renamed:
            self.shown_changed.emit()


def _lines_of(buffer: ManuscriptBuffer, outline: Outline, node: Node) -> range:
    """Return the lines of `node` up to the next one; of a scene without the break at its end."""
    first = outline.line_of(node.id)
    end = first + node.extent.lines
    if node.level is not Level.SCENE:
        return range(first, end)
    text = buffer.manuscript.text
    for line in range(first + node.extent.own_lines, end):
        index = text.block_at(line)
        if index is not None and text.blocks[index].kind is Kind.BREAK:
            return range(first, line)
    return range(first, end)
