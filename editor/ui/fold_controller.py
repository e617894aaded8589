"""The commands that show one scene or chapter alone, or all; and navigation, which shows what it goes to."""

import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from editor.manuscript.edits import Position
from editor.manuscript.outline import Outline
from editor.markup.model import Level
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.fold_bar import FoldBar, tell_folded
from editor.ui.folding import Folding
from editor.ui.manuscript_editor import ManuscriptEditor
from editor.ui.page_pair import PagePair
from editor.ui.structure_controller import describe

NOTHING_HERE = "The text at the caret is in no scene or chapter that could be shown alone."


class FoldController(QObject):
    """Folding in one window."""

    refused = Signal(str)  # why nothing was folded

    def __init__(self, buffer: ManuscriptBuffer, pages: PagePair, bar: FoldBar, parent: QObject) -> None:
        super().__init__(parent)
        self._buffer, self._pages, self._bar = buffer, pages, bar
        self.folding = Folding(buffer, self)
        self.folding.shown_changed.connect(self._tell)
        bar.show_all_requested.connect(self.show_all)
        pages.hidden_line_requested.connect(self.folding.show_all)

    @property
    def is_folded(self) -> bool:
        return self.folding.node is not None

    def show_scene(self, ids: Sequence[int]) -> None:
        """Show only the first of `ids`."""
        if ids:
            self._show(ids[0])
        else:
            self.refused.emit(NOTHING_HERE)

    def show_chapter(self, ids: Sequence[int]) -> None:
        """Show only the chapter of the first of `ids`; what stands above chapters is shown itself."""
        outline = self._outline
        if not ids or ids[0] not in outline:
            self.refused.emit(NOTHING_HERE)
            return
        node, above = outline.node(ids[0]), outline.parent(ids[0])
        self._show(above.id if node.level is Level.SCENE and above is not None else node.id)

    def show_all(self) -> None:
        """Show everything; the page stays where it is."""
        if self.is_folded:
            self._keep_place(self.folding.show_all)

    def go_to_node(self, node_id: int) -> None:
        """See to it that a node can be gone to: another scene is shown instead of this one, or another chapter."""
        outline = self._outline
        if node_id in outline and self.folding.is_hidden(outline.line_of(node_id)):
            self._show(self.folding.view_of(node_id))

    @property
    def _outline(self) -> Outline:
        return self._buffer.manuscript.outline

    def _show(self, node_id: int) -> None:
        if node_id not in self._outline:
            return
        lines = {page: page.caret_position().line for page in self._pages.pages}
        self._keep_place(lambda: self.folding.show_only(node_id))
        shown = self._buffer.page.shown_lines()
        for page in self._pages.pages:
            if page.is_outside(shown):
                here = self._outline.deepest_at(lines[page])
                is_behind = here is not None and here.id == node_id and lines[page] >= shown.stop
                place = Position(shown.stop - 1, sys.maxsize) if is_behind else Position(shown.start, 0)
                page.go_to(place, centre=False)

    def _keep_place(self, change: Callable[[], None]) -> None:
        """Show something else; carets that stay in sight stay at their height in the view."""
        tops = [(page, page.cursorRect().top()) for page in self._pages.pages]
        change()
        for page, top in tops:
            _scroll_caret_to(page, top)

    def _tell(self) -> None:
        node = self.folding.node
        if node is None:
            self._bar.show_text("")
            return
        self._bar.show_text(tell_folded(describe(self._outline, [node.id]), self.folding.hidden_words))


def _scroll_caret_to(page: ManuscriptEditor, top: int) -> None:
    """Scroll `page` until its caret is `top` pixels below the top of the view, or as near as whole lines allow."""
    if not 0 <= top < page.viewport().height():
        page.ensureCursorVisible()
        return
    page.ensureCursorVisible()
    bar, pitch = page.verticalScrollBar(), page.buffer.page.pitch
    for _ in range(3):  # lines that had not been laid out are as high as one line until they are
        bar.setValue(bar.value() + round((page.cursorRect().top() - top) / pitch))
