"""One window: the outline, the page and the bars around it, for one manuscript.

It arranges the parts and joins their signals; what a command does stands in the controllers. Everything beyond the one
manuscript (other windows, settings) is asked for by signals, which the desk answers.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from editor.app.page_files import places_of
from editor.app.settings import Folders, Settings
from editor.app.themes import Theme
from editor.manuscript.edits import Position
from editor.ui import window_dialogs
from editor.ui.actions import build_actions, build_menus
from editor.ui.chapter_file_controller import ChapterFileController
from editor.ui.closing import Closing
from editor.ui.drop_window import DropWindow
from editor.ui.export_controller import ExportController
from editor.ui.find_bar import FindBar
from editor.ui.fold_bar import FoldBar
from editor.ui.fold_controller import FoldController
from editor.ui.history_controller import HistoryController
from editor.ui.journal_keeper import JournalKeeper
from editor.ui.manuscript_editor import ManuscriptEditor
from editor.ui.message_bar import MessageBar
from editor.ui.messages import Notice
from editor.ui.notice_board import NoticeBoard
from editor.ui.outline_panel import OutlinePanel
from editor.ui.page_pair import PagePair
from editor.ui.posted_keeper import PostedKeeper
from editor.ui.printing import Printing
from editor.ui.search_controller import SearchController
from editor.ui.slow_paragraphs import SlowParagraphs
from editor.ui.status_bar import StatusBar
from editor.ui.status_reporter import StatusReporter
from editor.ui.store import Store
from editor.ui.structure_controller import StructureController
from editor.ui.version_keeper import VersionKeeper
from editor.ui.watch_bridge import WatchBridge
from editor.ui.window_commands import handlers_of
from editor.ui.window_layout import arrange
from editor.ui.window_memory import remembered_encoding, remembered_mode, remembered_position
from editor.ui.window_menus import WindowMenus

if TYPE_CHECKING:
    from editor.export.profile import Profile


class MainWindow(DropWindow):
    """The window of one manuscript."""

    new_requested = Signal()
    welcome_requested = Signal()
    quit_requested = Signal()
    text_requested = Signal(list)  # lines, for a window of their own
    settings_chosen = Signal(object)  # Settings
    file_taken = Signal(object)  # Path: the manuscript has this file now
    closed = Signal()

    def __init__(
        self,
        folders: Folders,
        profiles: Callable[[], Mapping[str, "Profile"]],
        recent: Callable[[], Sequence[Path]],
        parent: QWidget | None = None,
    ) -> None:
        """`profiles` and `recent` give the export profiles and the recent files as they are when asked."""
        super().__init__(parent)
        self.setObjectName("mainWindow")
        self.setAccessibleName("Dinkus")
        self.folders = folders
        self.settings = Settings()
        self.theme_names: tuple[str, ...] = ()
        self.pages = PagePair(self)
        self.buffer = (
            self.pages.first.buffer
        )  # a child of the page, so that it lives as long as what shows it
        self.outline = OutlinePanel(self)
        self.find_bar = FindBar(self)
        self.message_bar = MessageBar(self)
        self.fold_bar = FoldBar(self)
        self.status = StatusBar(self)
        self.notices = NoticeBoard(self.message_bar, self)
        self.keeper = VersionKeeper(folders.kept, self)
        self.store = Store(self.buffer, self.keeper, self)
        self.files, self.outside = self.store.files, self.store.outside
        self.journal = JournalKeeper(
            self.buffer, self.store, self.keeper, folder=folders.journals, pages=self.pages, parent=self
        )
        self.structure = StructureController(self.buffer, lambda: self.page, self)
        self.chapters = ChapterFileController(
            self.buffer, self.structure, self.store.folder, lambda: self.page, self
        )
        self.search = SearchController(self.buffer, lambda: self.page, self.find_bar, self)
        self.folds = FoldController(self.buffer, self.pages, self.fold_bar, self)
        self.exports = ExportController(self.buffer, profiles, self)
        self.exports.why_not_to = self.store.why_no_export_to
        self.exports.places = lambda: places_of(self.store.path, folders)
        self.printing = Printing(self.buffer, self.exports, self)
        self.watch = WatchBridge(self)
        self.slow_paragraphs = SlowParagraphs(self.buffer, self)
        self.reporter = StatusReporter(self.buffer, self.pages, self.store, self.status, self)
        self.closing = Closing(self)
        self.history = HistoryController(self)
        self.splitter = arrange(
            self, self.outline, (self.message_bar, self.fold_bar, self.pages, self.find_bar)
        )
        self.setStatusBar(self.status)
        self.page.setFocus()
        self.commands = build_actions(self, handlers_of(self))
        self.menus = WindowMenus(self, build_menus(self.menuBar(), self.commands), profiles, recent)
        self.posted = PostedKeeper(self, profiles)
        self._connect()

    @property
    def page(self) -> ManuscriptEditor:
        """The page that had the focus last, if there are two."""
        return self.pages.current

    # -- what the desk asks ---------------------------------------------------------------------------------------

    @property
    def is_unused(self) -> bool:
        """Say whether the window holds nothing: no file and not a character."""
        return self.store.path is None and not self.store.is_modified and self.buffer.lines() == [""]

    @property
    def display_name(self) -> str:
        return self.store.path.name if self.store.path else "Untitled"

    def open_file(self, path: Path, place: Mapping[str, Any]) -> None:
        """Read `path` and go to where the writer was in it; raise a FileError if it cannot be read."""
        self.files.open_file(path, remembered_encoding(place), remembered_mode(place))
        position = remembered_position(place)
        self.page.go_to(position or Position(0, 0), centre=position is not None)

    def open_folder(self, path: Path, place: Mapping[str, Any], *, is_meant: bool = False) -> bool:
        """Read the chapter files in `path` as one manuscript; raise a FileError if that cannot be done.

        Return False if there are so many unrelated texts in it that the writer is asked first (unless it `is_meant`).
        """
        if not self.store.open_folder(path, place, is_meant=is_meant):
            return False
        position = remembered_position(place)
        self.page.go_to(position or Position(1, 0), centre=position is not None)
        return True

    def show_settings(self, settings: Settings, theme: Theme, theme_names: tuple[str, ...]) -> None:
        """Take the writer's choices and the theme that follows from them."""
        self.settings, self.theme_names = settings, theme_names
        self.pages.set_theme(theme)
        self.pages.set_page(family=settings.font_family, size=settings.font_size, width=settings.page_width)
        for part in (self.outline, self.message_bar, self.fold_bar, self.status, self.find_bar, self.history):
            part.set_theme(theme)
        self.exports.take_settings(settings)

    def show_notice(self, notice: Notice) -> None:
        """Show a message to the writer."""
        self.notices.show(notice)

    def go_to_line(self, line: int) -> None:
        """Put the caret on `line`, from 0, or on the last one there is."""
        last = self.buffer.document.blockCount() - 1
        self.page.go_to(Position(max(0, min(line, last)), 0), centre=True)

    # -- what commands and menus ask ------------------------------------------------------------------------------

    @property
    def is_in_outline(self) -> bool:
        return self.outline.has_focus()

    def ids_in_hand(self) -> list[int]:
        """Return the nodes a command is about: the selected rows while the outline has the focus, else the scene at the caret."""
        return (self.outline.selected_ids() if self.is_in_outline else []) or self.structure.current_ids()

    def text_in_hand(self) -> ManuscriptEditor | QLineEdit:
        """Return what cut, copy and paste are about: the field with the focus (a search, a filter, a title), else the page."""
        field = self.focusWidget()
        return field if isinstance(field, QLineEdit) else self.page

    def ids_to_export(self) -> list[int] | None:
        """Return the rows that are selected in the outline while it has the focus, else None: everything."""
        return (self.outline.selected_ids() if self.is_in_outline else None) or None

    def go_to_node(self, node_id: int) -> None:
        """Go to a scene or chapter and into its text."""
        self.structure.go_to_node(node_id)
        self.page.setFocus()

    def show_outline(self) -> None:
        """Show the outline and give it the focus."""
        self.outline.show()
        self.outline.focus_tree()

    def show_page(self) -> None:
        """Go back to the text from wherever the focus is, without the find bar; from the text, show all of it."""
        if self.page.hasFocus() and self.find_bar.isHidden():
            self.folds.show_all()
        self.find_bar.close_bar()
        self.page.setFocus()

    def hide_outline(self) -> None:
        """Show or hide the outline, and give the page the focus."""
        self.outline.setVisible(not self.outline.isVisible())
        self.page.setFocus()

    def toggle_full_screen(self) -> None:
        """Use the whole screen, or go back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _connect(self) -> None:
        self.buffer.outline_changed.connect(self.outline.set_outline)
        self.buffer.document.modificationChanged.connect(self.show_title)
        self.pages.caret_moved.connect(self._follow_caret)
        self.pages.current_changed.connect(self.search.mark_again)
        self.structure.node_requested.connect(self.folds.go_to_node)
        self.outline.scene_activated.connect(self.go_to_node)
        self.outline.show_only_requested.connect(lambda node_id: self.folds.show_scene([node_id]))
        self.outline.cut_requested.connect(self.chapters.cut_scenes)
        self.outline.file_rename_requested.connect(self.chapters.rename)
        self.outline.new_file_requested.connect(self.chapters.make)
        self.outline.join_file_requested.connect(self.chapters.join)
        self.outline.remove_file_requested.connect(self.chapters.remove)
        self.outline.move_requested.connect(self.structure.move)
        self.outline.move_up_requested.connect(self.structure.move_up)
        self.outline.move_down_requested.connect(self.structure.move_down)
        self.outline.rename_requested.connect(self.structure.rename)
        self.outline.delete_requested.connect(self.structure.delete)
        self.outline.copy_requested.connect(self.structure.copy_text)
        self.outline.merge_requested.connect(lambda node_id: self.structure.merge_with_next([node_id]))
        self.outline.fact_requested.connect(self.structure.set_fact)
        self.outline.synopsis_requested.connect(lambda node_id: window_dialogs.ask_synopsis(self, [node_id]))
        self.structure.done.connect(self.status.show_done)
        for refusing in (self.structure, self.chapters, self.folds, self.search):
            refusing.refused.connect(
                lambda text: self.show_notice(
                    Notice(text, kind="warning", topic="structure", timeout_ms=12_000)
                )
            )
        self.search.done.connect(self.status.show_done)
        self.buffer.edited.connect(self.status.clear_done)  # its button would take back something else
        self.status.undo_requested.connect(self.pages.undo)
        self.status.mode_requested.connect(
            lambda mode: self.buffer.set_mode(mode, self.page.caret_position().line)
        )
        speakers = (self.store, self.keeper, self.journal, self.exports, self.history, self.slow_paragraphs)
        for source in (*speakers, self.watch, self.printing):
            source.noticed.connect(self.notices.show)
        for settling in (self.store, self.journal, self.slow_paragraphs):
            settling.notice_settled.connect(self.notices.settle)
        self.store.file_changed.connect(self._take_file)
        self.watch.hinted.connect(self.store.look)

    def _take_file(self) -> None:
        path = self.store.path
        self.exports.source_path = self.store.export_base
        self.watch.watch(path, is_folder=self.store.is_folder)
        self.show_title()
        if path is not None:
            self.file_taken.emit(path)

    def show_title(self) -> None:
        """Show what the window is about, whether it is saved and whether it may be written."""
        self.setWindowFilePath(str(self.store.path) if self.store.path else "")
        self.setWindowTitle(
            f"{self.display_name.replace('[*]', '[*][*]')}[*]{' (read-only)' if self.buffer.is_read_only else ''}"
        )  # [*] is Qt's place for the star
        self.setWindowModified(self.store.is_modified)

    def _follow_caret(self, caret: Position) -> None:
        self.slow_paragraphs.follow(caret)
        if not self.buffer.is_reading:
            node = self.structure.outline.deepest_at(caret.line)
            self.outline.set_current(node.id if node else None)

    # -- Qt -------------------------------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.store.look()
        elif event.type() == QEvent.Type.WindowStateChange and hasattr(self, "commands"):
            self.commands["full_screen"].setChecked(self.isFullScreen())

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()  # a fault of ours while asking must not close what is not saved
        if self.closing.may_close():
            event.accept()
            for part in (self.watch, self.store, self.journal, self.exports, self.printing, self.history):
                part.stop()
            self.closed.emit()
