"""Choose among all histories there are, also those of manuscripts whose file is gone, and open a version as a text without a file."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from editor.app.presence import is_file, is_folder
from editor.ui.history_words import day_and_time, when_of
from editor.ui.messages import Notice
from editor.ui.questions import Questions

if TYPE_CHECKING:
    from editor.storage.history import KnownHistory, Version
    from editor.ui.history_reading import HistoryReader
    from editor.ui.main_window import MainWindow

NOTHING_KEPT = "Nothing is kept yet: a version of a text is kept each time it is saved."


class HistoryShelf(QObject):
    """All histories, asked for from one window."""

    noticed = Signal(object)  # Notice
    text_requested = Signal(list)
    """The lines of an old version, to be shown as a text without a file."""

    def __init__(self, window: "MainWindow", parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._questions = Questions(self)
        self._questions.failed.connect(lambda text: self._tell(text, "error"))

    @property
    def is_busy(self) -> bool:
        """Whether something is still being read."""
        return self._questions.is_busy

    def offer(self) -> None:
        """Show all histories; of the one that is chosen, its versions."""
        from editor.storage.history import histories

        folder = self._window.folders.history
        self._questions.ask("histories", lambda _job: histories(folder), self._offer_histories)

    def _offer_histories(self, known: "list[KnownHistory]") -> None:
        from editor.ui.command_palette import Choice, CommandPalette

        if not known:
            self._tell(NOTHING_KEPT, "info")
            return
        choices = [
            Choice(str(place), _name_of(each), day_and_time(each.time)) for place, each in enumerate(known)
        ]
        palette = CommandPalette("History of which text?", choices, self._window)
        palette.chosen.connect(lambda key: self._open(known[int(key)]))
        palette.open()

    def _open(self, known: "KnownHistory") -> None:
        from editor.ui.history_reading import HistoryReader

        folder = self._window.folders.history
        reader = HistoryReader(folder, known.manuscript, repository=known.repository)
        self._questions.ask("versions", lambda _job: reader.versions(), partial(self._offer_versions, reader))

    def _offer_versions(self, reader: "HistoryReader", versions: "list[Version]") -> None:
        from editor.ui.command_palette import Choice, CommandPalette

        if not versions:
            self._tell("Nothing of that history can be read; it is damaged.", "warning")
            return
        choices = [Choice(str(place), when_of(each)) for place, each in enumerate(versions)]
        palette = CommandPalette("Open which version, as a new text?", choices, self._window)
        palette.chosen.connect(lambda key: self._read(reader, versions[int(key)]))
        palette.open()

    def _read(self, reader: "HistoryReader", version: "Version") -> None:
        self._questions.ask("text", lambda _job: reader.plain_lines(version), self.text_requested.emit)

    def _tell(self, text: str, kind: str) -> None:
        self.noticed.emit(Notice(text, kind=kind, topic="history"))


def _name_of(known: "KnownHistory") -> str:
    is_there = is_file(known.manuscript) or is_folder(known.manuscript)
    gone = "" if is_there else "   (not there now)"
    return f"{known.manuscript.name}   {known.manuscript.parent}{gone}"
