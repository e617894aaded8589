"""The one buffer of a manuscript: a `QTextDocument` and the `Manuscript` that follows it.

Every change, whether typed, pasted, undone or computed, reaches the manuscript by one way: Qt tells where the document
changed, the lines there are compared with the manuscript's, and what differs is replaced. So the two cannot drift
apart, and a change of formats alone is no change.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextDocument

from editor.manuscript.edits import TextEdit
from editor.manuscript.manuscript import Manuscript
from editor.markup.model import Block, Kind, Level, WrapMode
from editor.markup.text import BlockChange
from editor.ui.background_reading import TOP, BackgroundReading, is_long
from editor.ui.boundary_watch import BoundaryWatch
from editor.ui.line_changes import Hunk, hunks_between, removals_first
from editor.ui.own_steps import LONG_RANGE, OwnSteps
from editor.ui.page_layout import LineShape, PageLayout
from editor.ui.text_bridge import apply_edits, load_lines, read_block_lines, read_lines


class ManuscriptBuffer(QObject):
    """A manuscript being edited. `document` already has the layout of the page."""

    blocks_changed = Signal(int, int)
    """Lines `first` to `end` may look different from before; sent before they are laid out."""
    outline_changed = Signal(object)
    """The new `Outline`; at most once per turn of the event loop, and after keys that change no more than counts and titles, a moment later."""
    edited = Signal()
    """The text has changed, after `manuscript` has followed."""
    lines_changed = Signal(object, object)
    """What has changed, before `edited`: hunks in the numbers of the lines before, and the lines that each of them removed."""
    lines_replaced = Signal()
    """Anything may have changed: the text was read anew from the document."""
    loaded = Signal()
    """Another text is there, and nothing is left to undo."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._manuscript = Manuscript([""])
        self._reading: BackgroundReading | None = None
        self.document = QTextDocument(self)
        self.page = PageLayout(self.document, self.shape_of)
        self.document.setDocumentLayout(self.page)
        self.is_changing = False
        self.is_read_only = False  # see `read_only`; what follows the disk is applied all the same
        self._is_loading = False
        self._boundaries = BoundaryWatch()
        self._steps = OwnSteps(self.document)
        self._outline_timer = QTimer(self)
        self._outline_timer.setSingleShot(True)
        self._outline_timer.timeout.connect(self._send_outline)
        self.document.contentsChange.connect(self._follow_change)

    @property
    def manuscript(self) -> Manuscript:
        """The manuscript, read to its end: waits for that if it is still being read."""
        self.finish_reading()
        return self._manuscript

    @property
    def read_so_far(self) -> Manuscript:
        """The manuscript as far as it is read: its lines are all there, its blocks and its outline may not be."""
        return self._manuscript

    @property
    def is_reading(self) -> bool:
        return self._reading is not None

    def load(
        self,
        lines: Sequence[str],
        mode: WrapMode | None = None,
        modes: Mapping[str | None, WrapMode] | None = None,
        title: str = "",
    ) -> None:
        """Put `lines` in place of everything; nothing is left to undo.

        Wrap modes that are given neither as `mode` (of one file) nor in `modes` (by label) are detected. `title` is that of
        the book where the text gives none.
        """
        self._forget_reading()
        own = list(lines)
        is_read_later = is_long(own)
        self._manuscript = Manuscript(own, mode, modes, limit=TOP if is_read_later else None, title=title)
        self._is_loading = True
        try:
            load_lines(self.document, own)
        finally:
            self._is_loading = False
        self._boundaries.start(self._manuscript.text)
        self._steps.forget()
        self.loaded.emit()
        if is_read_later:
            self._tell_blocks(0, len(own))
            self._reading = BackgroundReading(own, mode, modes, title, self)
            self._reading.done.connect(self._take_read)
        else:
            self._send_everything()

    def finish_reading(self) -> None:
        """Wait until the manuscript is read to its end, if that is still going on in the background."""
        if self._reading is not None:
            self._reading.finish()

    def _take_read(self, manuscript: Manuscript) -> None:
        self._manuscript = manuscript
        self._forget_reading()
        self._send_everything()
        self.page.request_repaint()

    def _forget_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading.deleteLater()
            self._reading = None

    def set_mode(self, mode: WrapMode, line: int = 0) -> None:
        """Read line breaks in the file at `line` as `mode` says from now on; the text stays as it is."""
        text = self.manuscript.text
        modes = {**text.modes, text.file_at(line).label: mode}
        self._manuscript = Manuscript(text.lines, modes=modes, title=self._manuscript.given_title)
        self._send_everything()
        self.page.request_repaint()

    def set_title(self, title: str) -> None:
        """Give the book a title for where the text itself gives none."""
        self.manuscript.set_title(title)
        self._send_outline()

    def lines(self) -> list[str]:
        """Return the lines of the text, from the document: what is saved is what stands on the page."""
        return read_lines(self.document)

    def apply(self, edits: Sequence[TextEdit], *, joins: bool = False) -> None:
        """Apply `edits` as one step of undo, or `joins` them to the step before; carets stay with the text around them."""
        self._boundaries.is_ours = True
        try:
            with self._steps.taking(edits, self._manuscript.text.lines):
                apply_edits(self.document, edits, joins=joins)
        finally:
            self._boundaries.is_ours = False

    def note_saved(self, lines: Sequence[str] | None) -> None:
        """Take note that the file holds `lines`, or that there is no file: any other text is modified.

        The state that Qt took for the saved one is forgotten, so that undo cannot come back to it.
        """
        is_saved = lines == self.lines()
        self.document.setModified(False)
        self.document.setModified(not is_saved)

    def shape_of(self, line: int) -> LineShape:
        """Return how `line` is set on the page; any number may be asked for."""
        text = self._manuscript.text
        if line >= len(text.lines):
            return LineShape.BODY
        index = text.block_at(line)
        if index is None:
            is_unread = self._reading is not None and text.lines[line].strip()
            return LineShape.BODY if is_unread else LineShape.BLANK
        block, inside = text.blocks[index], line - text.starts[index]
        if block.kind is Kind.HEADING:
            return _heading_shape(block, inside)
        if block.kind in _SHAPES:
            return _SHAPES[block.kind]
        if block.kind in _SPACED and not inside and text.file_at(line).mode is WrapMode.LINES:
            return LineShape.SPACED
        return LineShape.BODY

    def _follow_change(self, position: int, _removed: int, added: int) -> None:
        if self._is_loading:
            return
        try:
            self._follow(position, added)
        except Exception:
            self._follow_anew()  # after a fault of ours the manuscript must not stay behind the document
            raise
        finally:
            self._steps.note_state()

    def _follow_anew(self) -> None:
        self._forget_reading()
        before = self._manuscript
        self._manuscript = Manuscript(self.lines(), modes=before.text.modes, title=before.given_title)
        self.lines_replaced.emit()
        self._send_everything()
        self.edited.emit()

    def _follow(self, position: int, added: int) -> None:
        first, count, end = _touched_lines(self.document, len(self._manuscript.text.lines), position, added)
        hunks = self._changed_hunks(first, count, end)
        old, outline = self._manuscript.text.lines, self._manuscript.outline
        removed = [old[start : start + length] for start, length, _ in hunks]
        self.is_changing = True
        try:
            # A line may keep its text and yet stand in another block of the document, so all that Qt touched is told.
            first, end = self._replace(hunks, first, end)
            self._tell_blocks(first, end)
        finally:
            self.is_changing = False
        if hunks:
            self.lines_changed.emit(hunks, removed)
            if not self._boundaries.allows(self._manuscript.text, hunks, removed):
                QTimer.singleShot(0, self, self.document.undo)
            self.edited.emit()
            if self._reading is None:
                # A mere key gives no row another place, so the rows follow when they do not hold up typing.
                can_wait = self._manuscript.outline.starts is outline.starts and not self._boundaries.is_ours
                if not (can_wait and self._outline_timer.isActive()):
                    self._outline_timer.start(COUNTS_DELAY_MS if can_wait else 0)

    def _changed_hunks(self, first: int, count: int, end: int) -> list[Hunk]:
        """Return what differs between document and manuscript in a range of lines."""
        document, old_lines = self.document, self._manuscript.text.lines
        if count == 1 and end == first + 1:
            line = read_block_lines(document, first, end)
            return [] if line[0] == old_lines[first] else [(first, 1, line)]
        if count >= LONG_RANGE and (known := self._steps.expected(len(old_lines))) is not None:
            return known
        whole = end - first == document.blockCount()
        new = read_lines(document) if whole else read_block_lines(document, first, end)
        return hunks_between(old_lines[first : first + count], new, first)

    def _replace(self, hunks: Sequence[Hunk], first: int, end: int) -> tuple[int, int]:
        """Change the manuscript; return lines `first` to `end` and what else of the page has changed around them."""
        if len(hunks) != 1:
            self._change(list(removals_first(hunks)))
            return (0, len(self._manuscript.text.lines)) if hunks else (first, end)
        change = self._change(hunks)
        text = self._manuscript.text
        if change is None:
            return first, end
        for index in change.reclassified:
            self._tell_blocks(text.starts[index], text.starts[index] + text.blocks[index].height)
        if not change.added:
            return first, end
        last = change.first + len(change.added) - 1
        return min(first, text.starts[change.first]), max(end, text.starts[last] + text.blocks[last].height)

    def _change(self, hunks: Sequence[Hunk]) -> BlockChange | None:
        """Change the manuscript; return what the last of `hunks` did, None if there were many, which are looked at once."""
        if self._reading is not None:
            for hunk in hunks:
                self._reading.note(*hunk)
        if len(hunks) > _MANY_HUNKS:
            self._manuscript.replace_all(hunks)
            return None
        changes = [self._manuscript.replace_lines(*hunk) for hunk in hunks]
        return changes[-1] if changes else None

    def _tell_blocks(self, first: int, end: int) -> None:
        self.page.forget(first, end)
        self.blocks_changed.emit(first, end)

    def _send_everything(self) -> None:
        self._tell_blocks(0, len(self._manuscript.text.lines))
        self._outline_timer.stop()
        self._send_outline()

    def _send_outline(self) -> None:
        self.outline_changed.emit(self._manuscript.outline)


_SHAPES = {Kind.BREAK: LineShape.BREAK, Kind.BOUNDARY: LineShape.BOUNDARY}
_MANY_HUNKS = 8
COUNTS_DELAY_MS = 60
"""How long the outline waits for more keys that change no more than counts and titles."""
_SPACED = frozenset({Kind.PARAGRAPH, Kind.NOTE, Kind.END_MATTER})


def _heading_shape(block: Block, line: int) -> LineShape:
    if line:
        return LineShape.CENTRED
    return LineShape.SUBHEADING if block.level is Level.SCENE else LineShape.HEADING


def _touched_lines(
    document: QTextDocument, old_count: int, position: int, added: int
) -> tuple[int, int, int]:
    """Return the first line of the range that Qt reports, its number of lines before, and where it ends now."""
    last = document.characterCount() - 1
    first = document.findBlock(min(position, last)).blockNumber()
    end = document.findBlock(min(position + added, last)).blockNumber() + 1
    count = end - first + old_count - document.blockCount()
    if count < 0 or first + count > old_count:  # a range that Qt had no right to report
        return 0, old_count, document.blockCount()
    return first, count, end
