"""A window that closes takes its dialogs along, with what they do in the background."""

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QDialog

from editor.ui.import_dialog import show_import


def show(window, name, folder):
    if name == "importDialog":
        path = folder / "rain.rtf"
        path.write_text(r"{\rtf1 Rain.}")
        return show_import(window, [path])
    window.commands["print" if name == "printDialog" else "export"].trigger()
    return window.findChild(QDialog, name)


@pytest.mark.parametrize("name", ["exportDialog", "importDialog", "printDialog"])
def test_what_a_dialog_still_does_is_stopped_when_its_window_closes(window, qtbot, tmp_path, name):
    dialog = show(window, name, tmp_path)
    with qtbot.waitSignal(dialog.finished):
        window.close()
    QThreadPool.globalInstance().waitForDone()
