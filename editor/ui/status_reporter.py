"""Keep the status bar true: words here and in all, encoding, line ends, wrap mode, saved or not.

Counts follow a moment after the last change, so that typing never waits for them.
"""

from PySide6.QtCore import QObject, QTimer

from editor.markup.words import count_words
from editor.ui.buffer import ManuscriptBuffer
from editor.ui.page_pair import PagePair
from editor.ui.status_bar import StatusBar, StatusFacts
from editor.ui.store import Store

DELAY_MS = 60
SELECTION_LIMIT = 400_000


class StatusReporter(QObject):
    """Reports one window's manuscript to its status bar."""

    def __init__(
        self,
        buffer: ManuscriptBuffer,
        pages: PagePair,
        store: Store,
        bar: StatusBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._buffer, self._pages, self._store, self._bar = buffer, pages, store, bar
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._timer.timeout.connect(self._report)
        for signal in (
            buffer.outline_changed,
            pages.caret_moved,
            pages.selection_changed,
            store.file_changed,
            store.saved,
        ):
            signal.connect(self._report_soon)
        buffer.document.modificationChanged.connect(self._report_soon)

    def _report_soon(self, *_facts: object) -> None:
        self._timer.start()

    def _report(self) -> None:
        outline = self._buffer.read_so_far.outline
        line = self._pages.current.caret_position().line
        scene, chapter = outline.scene_at(line), outline.chapter_at(line)
        stored = self._store.stored_at(line)
        cuts, file = outline.cuts, self._buffer.read_so_far.text.file_at(line)
        self._bar.show_facts(
            StatusFacts(
                scene_words=scene.words if scene else None,
                chapter_words=chapter.words if chapter else None,
                book_words=outline.words,
                selection_words=self._selected_words(),
                line=max(0, line - file.first) + 1,
                encoding=stored.decoded.encoding if stored else "utf-8",
                eol=stored.decoded.eol if stored else "lf",
                mode=file.mode,
                is_modified=self._store.is_modified,
                has_file=self._store.path is not None,
                cut_words=cuts.words if cuts else None,
            )
        )

    def _selected_words(self) -> int | None:
        start, end = sorted(self._pages.current.selection())
        if start == end:
            return None
        lines = self._buffer.read_so_far.text.lines[start.line : end.line + 1]
        lines[-1] = lines[-1][: end.column]
        lines[0] = lines[0][start.column :]
        return count_words("\n".join(lines)[:SELECTION_LIMIT])
