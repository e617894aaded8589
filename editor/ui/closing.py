"""Whether a window may close: what to do with text that is not in its file yet.

A window that closes asks by itself. Quitting asks in all windows before it closes the first, so that the writer who
stops it at the last one still has them all. With the window go its dialogs that work in the background: the program waits for such work
when it ends.
"""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QMessageBox

from editor.ui import window_dialogs

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow

WORKING = ("exportDialog", "importDialog", "printDialog")


class Closing:
    """Asks about unsaved text for one window."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._is_agreed = False
        window.closed.connect(self._close_dialogs)

    def agree(self) -> bool:
        """Return whether the window may be closed, and ask no more when it is."""
        self._is_agreed = self.may_close()
        return self._is_agreed

    def stay(self) -> None:
        """Forget that the window was to be closed."""
        self._is_agreed = False

    def may_close(self) -> bool:
        """Return whether nothing would be lost: there is nothing unsaved, or the writer has decided about it."""
        files, buttons = self._window.store, QMessageBox.StandardButton
        files.wait()
        if self._is_agreed or not files.is_modified or self._window.is_unused:
            return True
        self._window.raise_()  # the question may come from quitting in another window
        self._window.activateWindow()
        answer = window_dialogs.ask_to_save(self._window)
        if answer == buttons.Save:
            files.save()
            files.wait()
            return not files.is_modified
        return answer == buttons.Discard and self._window.keeper.keep_lines(
            self._window.buffer.lines(), files.path, "not saved"
        )

    def _close_dialogs(self) -> None:
        for name in WORKING:
            for dialog in self._window.findChildren(QDialog, name):
                dialog.reject()
