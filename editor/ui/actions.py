"""Turn the command table into menus.

Limits: makes `QAction`s and menus, and knows nothing of what they do.
"""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar

from editor.app.commands import COMMANDS, MENUS, Command

LONGEST_ENTRY = 110
"""The number of characters that a menu entry may have before its middle is left out."""


def plain_title(title: str) -> str:
    """Return a menu title without its mnemonic and its dots."""
    return title.replace("&", "").rstrip(".")


def menu_text(text: str) -> str:
    """Return `text` as it must be given to a menu to be shown as it is: on one line, not too long, no & for a key."""
    line = " ".join(text.split())
    short = (
        line
        if len(line) <= LONGEST_ENTRY
        else f"{line[: LONGEST_ENTRY // 2]}...{line[-LONGEST_ENTRY // 2 :]}"
    )
    return short.replace("&", "&&")


def build_actions(window: QMainWindow, handlers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Return an action for each command, connected to the handler of the same id; raise KeyError if one lacks it."""
    actions = {}
    for command in COMMANDS:
        action = _make_action(window, command)
        action.triggered.connect(_without_argument(handlers[command.id]))
        window.addAction(action)
        actions[command.id] = action
    return actions


def build_menus(bar: QMenuBar, actions: Mapping[str, QAction]) -> dict[str, QMenu]:
    """Fill the menu bar; return the menus by title."""
    menus = {}
    for title in MENUS:
        menu = bar.addMenu(title)
        menu.setObjectName(plain_title(title).lower() + "Menu")
        menu.setAccessibleName(plain_title(title))
        menu.setToolTipsVisible(False)
        menus[title] = menu
    for command in COMMANDS:
        if command.menu:
            if command.starts_group:
                menus[command.menu].addSeparator()
            menus[command.menu].addAction(actions[command.id])
    return menus


def _make_action(window: QMainWindow, command: Command) -> QAction:
    action = QAction(command.title, window)
    action.setObjectName(f"action_{command.id}")
    action.setShortcuts([QKeySequence(text) for text in command.shortcuts])
    action.setStatusTip(command.help)
    action.setToolTip(command.help)
    action.setCheckable(command.is_checkable)
    action.setMenuRole(QAction.MenuRole.NoRole)
    return action


def _without_argument(handler: Callable[[], object]) -> Callable[[bool], None]:
    def run(_checked: bool) -> None:
        handler()

    return run
