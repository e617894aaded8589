"""All windows of the program, and what they share: settings, session, themes, profiles.

A window shows one manuscript and asks for everything beyond it by signals; the desk answers. Opening a file that is open
already raises its window.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from editor.app.presence import is_file, is_folder, is_same_file
from editor.app.resources import sample_path
from editor.app.settings import (
    Folders,
    Session,
    Settings,
    place_of,
    read_session,
    read_settings,
    with_place,
    with_recent,
    write_session,
    write_settings,
)
from editor.app.themes import Theme, load_themes
from editor.errors import DinkusError, ResourceError
from editor.importing.kinds import is_foreign
from editor.manuscript.edits import Position
from editor.storage.files import read_file
from editor.storage.journal_recovery import find_unsaved, prune_recovered
from editor.storage.kept import prune_kept
from editor.storage.recovery import finish_interrupted_saves
from editor.ui.import_offer import offer_import, tell_of_page
from editor.ui.interrupted import tell_interrupted
from editor.ui.jobs import Job
from editor.ui.main_window import MainWindow
from editor.ui.messages import Notice
from editor.ui.neighbours import Neighbours
from editor.ui.theme_adapter import palette_of, system_theme
from editor.ui.window_memory import encodings_in, place_in, restore_window, window_state

if TYPE_CHECKING:
    from editor.export.profile import Profile

SESSION_DELAY_MS = 500
"""How long it takes until it is written down which files were opened: not before their text is seen."""


class Desk(QObject):
    """The open windows and what they share."""

    def __init__(self, application: QApplication, folders: Folders) -> None:
        super().__init__(application)
        self._application = application
        self._folders = folders
        self._themes = load_themes()
        self._settings, settings_fault = read_settings(folders)
        self._session, session_fault = read_session(folders)
        self._faults = [*self._session.untold, *(fault for fault in (settings_fault, session_fault) if fault)]
        self._session = replace(self._session, untold=())
        self._windows: list[MainWindow] = []
        self._told: set[str] = set()
        self._is_quitting = False
        self._session_timer = QTimer(self, singleShot=True, interval=SESSION_DELAY_MS)
        self._session_timer.timeout.connect(self._write_session)
        self.neighbours = Neighbours(self, folders)
        self._show_theme()
        application.styleHints().colorSchemeChanged.connect(self._show_theme)

    @property
    def windows(self) -> tuple[MainWindow, ...]:
        return tuple(self._windows)

    @property
    def settings(self) -> Settings:
        return self._settings

    @property
    def session(self) -> Session:
        return self._session

    @property
    def theme(self) -> Theme:
        return self._themes.get(self._settings.theme) or system_theme(self._themes)

    def start(self, paths: list[tuple[Path, int | None]]) -> None:
        """Open `paths`, or the files of the last session, or on the first start the text that teaches.

        Before any file is opened, saves that a crash cut off are put right.
        """
        self._faults += [tell_interrupted(found) for found in finish_interrupted_saves(self._folders.kept)]
        unsaved = find_unsaved(self._folders.journals)
        self._faults += unsaved.problems
        Job(lambda _job: self._prune()).start()
        foreign = [path for path, _line in paths if is_foreign(path)]
        for path, line in [each for each in paths if each[0] not in foreign]:
            self.open_path(path, line)
        if not paths:
            self._open_again()
        if unsaved.unsaved:
            from editor.ui.recovery import restore_all

            self._faults += restore_all(self, unsaved.unsaved)
        if not self._windows and not paths and not self._session.was_welcomed:
            self.open_welcome()
        if not self._windows:
            self.open_untitled()
        for fault in self._faults:
            self._windows[0].show_notice(Notice(fault, kind="warning"))
        offer_import(self._windows[0], foreign)

    def _prune(self) -> None:
        """Remove what has been kept for longer than was promised. Runs in the background."""
        prune_kept(self._folders.kept, time.time())
        prune_recovered(self._folders.journals, time.time())

    def _open_again(self) -> None:
        """Open the files that were open last time; tell of those that are not there now."""
        there = {name: _is_there(Path(name)) for name in self._session.open_files}
        gone = [name for name, is_there in there.items() if not is_there]
        for name, is_there in there.items():
            if is_there:
                self.open_path(Path(name))
        if gone:
            self._faults.append(f"Open last time, and not there now: {', '.join(gone)}")

    def open_path(
        self, path: Path, line: int | None = None, near: MainWindow | None = None, *, is_meant: bool = False
    ) -> MainWindow:
        """Show a file, or a folder of chapter files, in a window: the one that has it, an unused one, or a new one.

        `line` counts from 1. `is_meant`: a folder is opened even if it looks like no book. If it cannot be opened, the window
        says why and stays as it was; of what another program wrote, it shows what would come of an import.
        """
        path = path.absolute()
        window = self._window_of(path)
        if window is None and not is_meant and is_foreign(path):
            window = near or (self._windows[-1] if self._windows else self.open_untitled())
            offer_import(window, [path])
            return window
        if window is None:
            window = self._unused_window(near) or self._make_window()
            try:
                if not self._open_in(window, path, is_meant=is_meant):
                    return window
            except DinkusError as error:
                window.show_notice(Notice(str(error), kind="error", topic="open"))
                return window
            self._session = with_recent(self._session, path)
            self._session_timer.start()
        first = window.store.first_line_of(path)
        if line is not None or first:
            window.go_to_line(first + (line or 1) - 1)
        window.raise_()
        window.activateWindow()
        return window

    def _open_in(self, window: MainWindow, path: Path, *, is_meant: bool) -> bool:
        """Open a path in a window; return False if the writer is asked first."""
        place = place_of(self._session, path)
        if is_folder(path):
            return window.open_folder(path, place, is_meant=is_meant)
        window.store.finish_interrupted(path.parent)
        window.open_file(path, place)
        if not place:
            tell_of_page(window, path)
        return True

    def open_untitled(self, lines: Sequence[str] = ()) -> MainWindow:
        """Open a window with an empty manuscript, or with `lines` that are in no file yet."""
        window = self._make_window()
        _start(window, lines or ("",))
        if lines:
            window.buffer.note_saved(None)
        return window

    def open_welcome(self) -> MainWindow:
        """Open the text that teaches by being edited, as an untitled manuscript."""
        window = self._unused_window(None) or self._make_window()
        try:
            _start(window, read_file(sample_path("welcome.txt")).decoded.lines)
        except DinkusError as error:
            window.show_notice(Notice(str(error), kind="error"))
        return window

    def quit(self) -> None:
        """Close all windows, or none if the writer stops it at one of them; remember which files were open."""
        windows = list(self._windows)
        if not all(window.closing.agree() for window in windows):
            for window in windows:
                window.closing.stay()
            return
        self._session = _with_open_files(self._session, [window.store.path for window in windows])
        self._is_quitting = True
        for window in windows:
            window.close()
        self._is_quitting = False
        self._write_session()

    def tell_fault(self, text: str) -> None:
        """Tell the writer of a fault of the program in the window that is in front."""
        if self._windows:
            self._windows[-1].show_notice(Notice(text, kind="error", topic="fault"))
        else:
            self._faults.append(text)  # told when there is a window

    def _make_window(self) -> MainWindow:
        window = MainWindow(self._folders, self._profiles, self._recent_paths)
        self._windows.append(window)
        window.open_requested.connect(lambda path: self.open_path(path, near=window))
        window.import_requested.connect(lambda paths: offer_import(window, paths))
        window.new_requested.connect(self.open_untitled)
        window.welcome_requested.connect(self.open_welcome)
        window.quit_requested.connect(self.quit)
        window.text_requested.connect(self.open_untitled)
        window.settings_chosen.connect(self._choose_settings)
        window.exports.settings_told.connect(
            lambda told: self._choose_settings(replace(self._settings, **told))
        )
        window.file_taken.connect(lambda path: self._remember_file(window, path))
        window.store.folder_requested.connect(lambda path: self.open_path(path, near=window, is_meant=True))
        window.history.shelf.text_requested.connect(self.open_untitled)
        window.closed.connect(lambda: self._forget(window))
        self.neighbours.attend(window)
        window.show_settings(self._settings, self.theme, tuple(self._themes))
        restore_window(window, self._session.window, len(self._windows) - 1)
        window.show()
        return window

    def _window_of(self, path: Path) -> MainWindow | None:
        for window in self._windows:
            there = window.store.path
            if there is not None and (is_same_file(there, path) or window.store.holds(path)):
                return window
        return None

    def _unused_window(self, near: MainWindow | None) -> MainWindow | None:
        candidates = [near] if near is not None else self._windows
        return next((window for window in candidates if window.is_unused), None)

    def _forget(self, window: MainWindow) -> None:
        if window not in self._windows:
            return
        if not self._is_quitting and len(self._windows) == 1:
            self._session = _with_open_files(self._session, [window.store.path])
        self._windows.remove(window)
        path = window.store.path
        if path is not None:
            self._session = with_place(self._session, path, place_in(window))
        else:
            self._session = replace(self._session, was_welcomed=True)
        self._session = replace(self._session, window=window_state(window))
        self._write_session()
        window.deleteLater()

    def _remember_file(self, window: MainWindow, path: Path) -> None:
        """Remember that a file was open, and how it is read: after a crash its text must come back as the same text."""
        before = place_of(self._session, path)
        place = {**before, **encodings_in(window)}
        self._session = replace(with_place(with_recent(self._session, path), path, place), was_welcomed=True)
        if any(place[key] and place[key] != before.get(key) for key in encodings_in(window)):
            self._write_session()
        else:
            self._session_timer.start()

    def _recent_paths(self) -> list[Path]:
        return [Path(name) for name in self._session.recent]

    def _profiles(self) -> Mapping[str, "Profile"]:
        from editor.app.profiles import load_profiles

        broken: list[ResourceError] = []
        profiles = load_profiles(self._folders.profiles, broken)
        for fault in map(str, broken):
            if fault not in self._told:
                self._told.add(fault)
                self.tell_fault(fault)
        return profiles

    def _choose_settings(self, settings: Settings) -> None:
        self._settings = settings
        try:
            write_settings(self._folders, settings)
        except DinkusError as error:
            self.tell_fault(str(error))
        self._show_theme()

    def _show_theme(self, *_scheme: object) -> None:
        self._application.setPalette(palette_of(self.theme))
        for window in self._windows:
            window.show_settings(self._settings, self.theme, tuple(self._themes))

    def _write_session(self) -> None:
        self._session_timer.stop()
        try:
            write_session(self._folders, self._session)
        except DinkusError as error:
            self.tell_fault(str(error))


def _start(window: MainWindow, lines: Sequence[str]) -> None:
    """Show text that has no file yet, with the caret at its beginning."""
    window.files.start_untitled(lines)
    window.page.go_to(Position(0, 0), centre=False)


def _is_there(path: Path) -> bool:
    return is_file(path) or is_folder(path)


def _with_open_files(session: Session, paths: list[Path | None]) -> Session:
    names = tuple(str(path) for path in paths if path is not None)
    return replace(session, open_files=names, was_welcomed=True)
