"""No two things in a dialog answer to the same letter: Alt and that letter would only move between them."""

import re
from collections import Counter

import pytest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QMenu

from editor.ui import window_dialogs
from editor.ui.folder_question import FolderQuestion
from editor.ui.import_dialog import ImportDialog


def letters(dialog):
    texts = [
        *(each.text() for each in dialog.findChildren(QAbstractButton) if not each.isHidden()),
        *(each.text() for each in dialog.findChildren(QLabel) if each.buddy() is not None),
    ]
    return Counter(
        found[1].lower() for text in texts if (found := re.search(r"(?<!&)&([^&\s])", text)) is not None
    )


def _settings(window):
    window_dialogs.show_settings(window)
    return window.findChild(QDialog, "settingsDialog")


DIALOGS = {
    "export": lambda window: window.exports.open_dialog(),
    "several": lambda window: window.exports.several.open_dialog(),
    "settings": _settings,
    "folder": lambda window: FolderQuestion("Export", "/nowhere/site", window),
    "import": lambda window: ImportDialog([window.store.path], window),
}


@pytest.mark.parametrize("name", DIALOGS)
def test_no_letter_is_used_twice(window, qtbot, name):
    dialog = DIALOGS[name](window)
    dialog.show()
    found = letters(dialog)
    dialog.reject()
    assert found
    assert [letter for letter, count in found.items() if count > 1] == []


def test_no_letter_is_used_twice_in_a_menu(window):
    for menu in window.menuBar().findChildren(QMenu):
        menu.aboutToShow.emit()
        texts = [
            action.text() for action in menu.actions() if action.isVisible() and not action.isSeparator()
        ]
        found = Counter(
            match[1].lower() for text in texts if (match := re.search(r"(?<!&)&([^&\s])", text)) is not None
        )
        assert [(menu.title(), letter) for letter, count in found.items() if count > 1] == []
