"""The menus whose entries are not commands of the table: recent files, export profiles, encodings, wrap modes.

Each is filled when it is about to be shown, so that it is never out of date.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from editor.app.presence import is_file, is_folder
from editor.markup.model import WrapMode
from editor.storage.charsets import CHARSETS
from editor.ui.actions import menu_text
from editor.ui.status_bar import MODES

if TYPE_CHECKING:
    from editor.export.profile import Profile
    from editor.ui.main_window import MainWindow

FILL_DELAY_MS = 300


class WindowMenus(QObject):
    """The changing menus of one window."""

    def __init__(
        self,
        window: "MainWindow",
        menus: Mapping[str, QMenu],
        profiles: Callable[[], Mapping[str, "Profile"]],
        recent: Callable[[], Sequence[Path]],
    ) -> None:
        super().__init__(window)
        self._window, self._profiles, self._recent = window, profiles, recent
        file_menu, export_menu, view_menu = menus["&File"], menus["E&xport"], menus["&View"]
        before = window.commands["save"]
        self._recent_menu = self._add("recentMenu", "Open &recent", self._fill_recent)
        file_menu.insertMenu(before, self._recent_menu)
        self._encoding_menu = self._add("encodingMenu", "Reopen in another &encoding", self._fill_encodings)
        file_menu.insertMenu(window.commands["settings"], self._encoding_menu)
        self._mode_menu = self._add("modeMenu", "&Line breaks in this file", self._fill_modes)
        view_menu.addSeparator()
        view_menu.addMenu(self._mode_menu)
        self._export_menu = export_menu
        self._profile_actions: list[QAction] = []
        self._group_menus: dict[str, QMenu] = {}
        export_menu.aboutToShow.connect(self._fill_profiles)
        # The bar's menu has to know its entries before it is opened; reading the profiles can wait for the first paint.
        QTimer.singleShot(FILL_DELAY_MS, self, self._fill_profiles)

    def _add(self, name: str, title: str, fill: Callable[[], None]) -> QMenu:
        menu = QMenu(title, self._window)
        menu.setObjectName(name)
        menu.setAccessibleName(title.replace("&", ""))
        menu.aboutToShow.connect(fill)
        return menu

    def _fill_recent(self) -> None:
        self._recent_menu.clear()
        for path in self._recent():
            action = self._recent_menu.addAction(menu_text(f"{path.name}   {path.parent}"))
            action.setEnabled(is_file(path) or is_folder(path))
            action.triggered.connect(partial(self._open, path))
        if self._recent_menu.isEmpty():
            self._recent_menu.addAction("No files yet").setEnabled(False)

    def _open(self, path: Path, _checked: object = None) -> None:
        self._window.open_requested.emit(path)

    def _fill_profiles(self) -> None:
        for action in self._profile_actions:
            self._export_menu.removeAction(action)
            action.deleteLater()
        self._profile_actions = []
        before = self._window.commands["copy_rich"]
        for name, profile in self._profiles().items():
            action = QAction(menu_text(f"{profile.title or name}..."), self)
            action.setObjectName(f"export_{name}")
            action.triggered.connect(partial(self._export, name))
            if profile.group:
                self._group_menu(profile.group, before).addAction(action)
            else:  # one of the writer's own
                self._export_menu.insertAction(before, action)
            self._profile_actions.append(action)
        self._profile_actions.append(self._export_menu.insertSeparator(before))

    def _group_menu(self, group: str, before: QAction) -> QMenu:
        """Return the menu of a group of profiles, made when the first of them comes."""
        from editor.export.profile import GROUPS

        if group not in self._group_menus:
            menu = QMenu(f"{GROUPS[group]}", self._window)
            menu.setObjectName(f"exportMenu_{group}")
            menu.setAccessibleName(GROUPS[group])
            self._export_menu.insertMenu(before, menu)
            self._group_menus[group] = menu
        return self._group_menus[group]

    def _export(self, name: str, _checked: object = None) -> None:
        self._window.exports.export_profile(name)

    def _fill_encodings(self) -> None:
        self._encoding_menu.clear()
        stored = self._window.store.stored_at(self._window.page.caret_position().line)
        for name, charset in CHARSETS.items():
            action = self._encoding_menu.addAction(menu_text(charset.label))
            action.setCheckable(True)
            action.setChecked(stored is not None and stored.decoded.encoding == name)
            action.setEnabled(stored is not None)
            action.triggered.connect(partial(self._reopen, name))

    def _reopen(self, encoding: str, _checked: object = None) -> None:
        here = self._window.page.caret_position()
        self._window.store.reopen_as(encoding, here.line)
        self._window.page.go_to(here)

    def _fill_modes(self) -> None:
        self._mode_menu.clear()
        for mode, (_short, title) in MODES.items():
            action = self._mode_menu.addAction(title)
            action.setCheckable(True)
            here = self._window.page.caret_position().line
            action.setChecked(self._window.buffer.manuscript.text.file_at(here).mode is mode)
            action.triggered.connect(partial(self._set_mode, mode))

    def _set_mode(self, mode: WrapMode, _checked: object = None) -> None:
        self._window.buffer.set_mode(mode, self._window.page.caret_position().line)
