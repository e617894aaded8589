"""Show the history of a window's manuscript and carry out what is asked for in its panel.

Reading and comparing go on away from the window's thread; a new question cancels the one before. What is brought back is one
undo step of the text and reaches the disk only when the writer saves. The panel is made when it is first asked for.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QInputDialog, QWidget

from editor.app.themes import Theme
from editor.errors import DinkusError
from editor.ui.history_now import encodings_of, lines_now, scene_id_now, scene_now
from editor.ui.history_recorder import HistoryRecorder
from editor.ui.history_restoring import insert_past_scene, restore_scene, restore_text
from editor.ui.history_shelf import HistoryShelf
from editor.ui.history_words import change_text, day_and_time, name_of, when_of
from editor.ui.jobs import Job
from editor.ui.messages import Notice
from editor.ui.questions import Questions

if TYPE_CHECKING:
    from editor.manuscript.past_scenes import PastScene
    from editor.storage.history import Version
    from editor.ui.history_panel import HistoryPanel
    from editor.ui.history_reading import Change, HistoryReader
    from editor.ui.main_window import MainWindow

WITH_CHANGES = 60
"""Versions for which it is worked out what came and went."""

_SETTLE_MS = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """A version in the list; `scene` is the one looked at, as it was then; `change` is known later."""

    version: "Version"
    scene: "PastScene | None" = None
    change: "Change | None" = None


def ask_name(parent: QWidget, label: str) -> str | None:
    """Ask for the name of a version; None if the writer would rather not."""
    text, is_given = QInputDialog.getText(
        parent, "Name this version", "Name (it is kept for good):", text=label
    )
    return text.strip() if is_given else None


class HistoryController(QObject):
    """The history of one window."""

    noticed = Signal(object)  # Notice

    def __init__(self, window: "MainWindow", ask: Callable[[QWidget, str], str | None] = ask_name) -> None:
        """`ask` asks for the name of a version (tests answer by themselves)."""
        super().__init__(window)
        self._window, self._ask = window, ask
        self.recorder = HistoryRecorder(window.folders.history, window.store, window.keeper, self)
        self.panel: HistoryPanel | None = None
        self.entries: list[Entry] = []
        self._theme: Theme | None = None
        self._reader: HistoryReader | None = None
        self._questions = Questions(self)
        self._questions.failed.connect(self._tell)
        self._scene_id: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._refresh)
        self.shelf = HistoryShelf(window, self)
        for speaker in (self.recorder, self.shelf):
            speaker.noticed.connect(self.noticed)
        self.recorder.recorded.connect(self._look_soon)
        window.store.file_changed.connect(self._look_soon)
        window.buffer.edited.connect(self._look_soon)
        window.pages.caret_moved.connect(self._follow_caret)

    @property
    def is_shown(self) -> bool:
        """Whether the panel is open."""
        return self.panel is not None and not self.panel.isHidden()

    @property
    def is_busy(self) -> bool:
        """Whether something is still being read."""
        return self._questions.is_busy or self._timer.isActive()

    def toggle(self) -> None:
        """Show the history and go to it, or hide it and go back to the page."""
        if self.is_shown and self.panel is not None:
            self.panel.hide()
            self._window.page.setFocus()
            return
        panel = self.panel or self._make_panel()
        panel.show()
        panel.list.setFocus()
        self._refresh()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of the panel."""
        self._theme = theme
        if self.panel is not None:
            self.panel.set_theme(theme)

    def stop(self) -> None:
        """Read no more; what is to be kept is kept to its end."""
        self._timer.stop()
        self._questions.stop()
        self.recorder.finish()

    def restore(self, row: int) -> None:
        """Take a version, or the scene looked at as it was in it, into the text."""
        entry, reader = self._entry(row), self._reader
        if entry is None or reader is None:
            return
        if entry.scene is not None:
            restore_scene(self._window, entry.scene, self._scene_id)
            return
        take = partial(restore_text, self._window, when_of(entry.version))
        self._questions.ask("restore", lambda _job: reader.files(entry.version), take)

    def name(self, row: int) -> None:
        """Ask for the name of a version and give it that."""
        entry, reader = self._entry(row), self._reader
        label = self._ask(self._window, entry.version.label) if entry is not None else None
        if entry is None or reader is None or label is None or label == entry.version.label:
            return
        self._questions.ask(
            "name", lambda _job: reader.name(entry.version, label), lambda _nothing: self._refresh()
        )

    def offer_scenes_gone(self, row: int) -> None:
        """Show the scenes of a version that are not in the text now, and bring back the one that is chosen."""
        entry, reader, lines = self._entry(row), self._reader, lines_now(self._window)
        if entry is not None and reader is not None:
            self._questions.ask(
                "gone", lambda _job: reader.scenes_gone(entry.version, lines), self._choose_scene
            )

    # -- what is shown

    def _make_panel(self) -> "HistoryPanel":
        from editor.ui.history_panel import HistoryPanel

        panel = self.panel = HistoryPanel(self._window)
        if self._theme is not None:
            panel.set_theme(self._theme)
        splitter = self._window.splitter
        splitter.addWidget(panel)
        sizes = splitter.sizes()
        splitter.setSizes([*sizes[:-2], max(260, sizes[-2] - 340), 340])
        panel.version_chosen.connect(self._show_version)
        panel.scope_changed.connect(lambda _is_scene: self._refresh())
        panel.comparison_changed.connect(lambda _is_before: self._show_version(panel.current_row))
        panel.restore_requested.connect(self.restore)
        panel.name_requested.connect(self.name)
        panel.scenes_gone_requested.connect(self.offer_scenes_gone)
        panel.close_requested.connect(self.toggle)
        return panel

    def _look_soon(self) -> None:
        if self.is_shown:
            self._timer.start(_SETTLE_MS)

    def _follow_caret(self) -> None:
        is_followed = self.is_shown and self.panel is not None and self.panel.is_scene
        if not is_followed or self._window.buffer.is_reading:
            return
        if scene_id_now(self._window) != self._scene_id:
            self._timer.start(_SETTLE_MS)

    def _refresh(self) -> None:
        from editor.ui.history_panel import EMPTY, READING
        from editor.ui.history_reading import HistoryReader

        panel, path = self.panel, self._window.store.path
        if panel is None or panel.isHidden():
            return
        panel.show_title(f"History of {self._window.display_name}")
        if path is None:
            self._take_entries(EMPTY, [])
            return
        if self._reader is None or self._reader.manuscript != path:
            self._reader = HistoryReader(self._window.folders.history, path)
            panel.show_rows([], READING)
        self._reader.encodings = encodings_of(self._window.store)
        self._scene_id = scene_id_now(self._window)
        scene = scene_now(self._window, self._scene_id) if panel.is_scene else None
        reader, is_scene = self._reader, panel.is_scene

        def read(job: Job) -> list[Entry]:
            versions = reader.versions()
            if not is_scene:
                return [Entry(version) for version in versions]
            past = reader.past_of(scene, versions, lambda: job.is_cancelled) if scene is not None else []
            return [Entry(each.version, each.scene, each.change) for each in past]

        empty = READING if self.recorder.is_recording else EMPTY
        self._questions.ask("list", read, partial(self._take_entries, empty))

    def _take_entries(self, empty: str, entries: list[Entry]) -> None:
        from editor.ui.history_panel import NO_SCENE, Row

        panel = self.panel
        if panel is None:
            return
        chosen = self._entry(panel.current_row)
        self.entries = entries
        same = [
            row for row, each in enumerate(entries) if chosen and each.version.number == chosen.version.number
        ]
        rows = [
            Row(day_and_time(each.version.time), name_of(each.version), change_text(each.change))
            for each in entries
        ]
        panel.show_rows(rows, NO_SCENE if panel.is_scene else empty, same[0] if same else 0)
        if entries:
            self._show_version(panel.current_row)
            if not panel.is_scene:
                self._work_out_changes()

    def _show_version(self, row: int) -> None:
        from editor.ui.history_reading import pieces_between

        entry, reader, panel = self._entry(row), self._reader, self.panel
        if entry is None or reader is None or panel is None:
            return
        before = self.entries[row + 1] if row + 1 < len(self.entries) else None
        now = self._text_now()

        def lines(of: Entry | None) -> Sequence[str]:
            if of is None:
                return [""]
            return of.scene.lines if of.scene is not None else reader.lines(of.version)

        def compare(_job: Job) -> object:
            old, new = (lines(before), lines(entry)) if now is None else (lines(entry), now)
            return pieces_between(old, new)

        self._questions.ask("show", compare, panel.show_pieces)

    def _work_out_changes(self) -> None:
        """Find out what came and went with each version, one after the other."""
        entries, reader, panel = self.entries, self._reader, self.panel
        if reader is None or panel is None:
            return

        def work(job: Job) -> None:
            for row, (entry, before) in enumerate(zip(entries, [*entries[1:], None], strict=True)):
                if job.is_cancelled or row >= WITH_CHANGES:
                    return
                try:
                    change = reader.change(entry.version, before.version if before is not None else None)
                except DinkusError:
                    continue
                entries[row] = replace(entry, change=change)
                job.report_progress(row, len(entries))

        def tell(row: int, _of: int) -> None:
            if entries is self.entries and row < len(entries):
                panel.show_change(row, change_text(entries[row].change))

        self._questions.ask("changes", work, lambda _nothing: None, tell)

    def _choose_scene(self, scenes: "list[PastScene]") -> None:
        from editor.ui.command_palette import Choice, CommandPalette

        if not scenes:
            self.noticed.emit(
                Notice("All scenes of that version are in the text now.", topic="history", timeout_ms=8000)
            )
            return
        choices = [
            Choice(str(n), each.title or "(untitled)", f"{each.words:,} words")
            for n, each in enumerate(scenes)
        ]
        palette = CommandPalette("Bring back a scene after the one at the caret", choices, self._window)
        palette.chosen.connect(lambda key: insert_past_scene(self._window, scenes[int(key)]))
        palette.open()

    def _text_now(self) -> Sequence[str] | None:
        """Return what a version is compared with, None if that is the version before it."""
        if self.panel is None or self.panel.is_against_before:
            return None
        if not self.panel.is_scene:
            return lines_now(self._window)
        scene = scene_now(self._window, self._scene_id)
        return scene.lines if scene is not None else [""]

    def _tell(self, text: str) -> None:
        self.noticed.emit(Notice(text, kind="error", topic="history"))

    def _entry(self, row: int) -> Entry | None:
        return self.entries[row] if 0 <= row < len(self.entries) else None
