"""The questions that a window asks in a dialog of their own, and what follows from the answers.

The dialogs are imported when they are asked for.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox

from editor import __version__
from editor.app.commands import COMMANDS
from editor.markup.model import Level
from editor.ui.actions import plain_title
from editor.ui.file_controller import FILE_FILTER
from editor.ui.page_font import default_family

if TYPE_CHECKING:
    from editor.ui.command_palette import CommandPalette
    from editor.ui.main_window import MainWindow

ABOUT = f"""Dinkus {__version__}

A manuscript editor for people who write fiction in plain text.
Your text files are the only truth; Dinkus adds nothing to them.

Free software under the MIT licence. Built with Qt and PySide6 (LGPL), Pygments and psutil (BSD), watchdog and
dulwich (Apache)."""


def ask_open(window: "MainWindow") -> None:
    """Ask for files and have them opened."""
    folder = window.store.path.parent if window.store.path else Path.home()
    names, _filter = QFileDialog.getOpenFileNames(window, "Open", str(folder), FILE_FILTER)
    window.ask_for([Path(name) for name in names])


def ask_open_folder(window: "MainWindow") -> None:
    """Ask for a folder of chapter files and have it opened."""
    path = window.store.path
    start = path.parent if path else Path.home()
    name = QFileDialog.getExistingDirectory(window, "Open a folder of chapter files", str(start))
    if name:
        window.open_requested.emit(Path(name))


def ask_import(window: "MainWindow") -> None:
    """Ask for a file of another program and show what would come of it."""
    from editor.ui.import_dialog import choose_import

    choose_import(window)


def ask_to_save(window: "MainWindow") -> QMessageBox.StandardButton:
    """Ask what to do with unsaved text before the window closes."""
    buttons = QMessageBox.StandardButton
    box = QMessageBox(QMessageBox.Icon.Question, "Dinkus", "", parent=window)
    box.setObjectName("saveQuestion")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"Save the changes to {window.display_name}?")
    box.setInformativeText("Text that is not saved is kept as a version for 30 days (Help, Kept versions).")
    box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
    box.setDefaultButton(buttons.Save)
    return QMessageBox.StandardButton(box.exec())


def show_settings(window: "MainWindow") -> None:
    """Show the settings; each choice takes effect at once."""
    from editor.ui.settings_dialog import SettingsDialog

    dialog = SettingsDialog(window.settings, window.theme_names, default_family(), window)
    dialog.settings_changed.connect(window.settings_chosen)
    dialog.open()


def rename(window: "MainWindow", ids: Sequence[int]) -> None:
    """Open the title of the first of the nodes for editing in the outline."""
    if ids:
        window.outline.show()
        window.outline.edit_title(ids[0])


def ask_synopsis(window: "MainWindow", ids: Sequence[int]) -> None:
    """Ask for the synopsis of the first of the nodes and set it."""
    outline = window.structure.outline
    scenes = [node_id for node_id in ids if outline.node(node_id).level is Level.SCENE]
    if not scenes:
        return
    old = dict(outline.node(scenes[0]).facts).get("synopsis", "")
    text, is_given = QInputDialog.getText(
        window, "Synopsis", "What happens in this scene (private, never exported):", text=old
    )
    if is_given and text.strip() != old:
        window.structure.set_fact(scenes[:1], "synopsis", text.strip())


def choose_command(window: "MainWindow") -> "CommandPalette":
    """Show the command palette and run what is chosen."""
    from editor.ui.command_palette import Choice, CommandPalette

    choices = [
        Choice(
            command.id,
            plain_title(command.title),
            QKeySequence(command.shortcuts[0]).toString(QKeySequence.SequenceFormat.NativeText)
            if command.shortcuts
            else "",
        )
        for command in COMMANDS
        if command.id != "palette"
    ]
    palette = CommandPalette("Command", choices, window)
    palette.chosen.connect(lambda key: window.commands[key].trigger())
    palette.open()
    return palette


def choose_scene(window: "MainWindow") -> "CommandPalette":
    """Show all chapters and scenes and go to the one that is chosen."""
    from editor.ui.command_palette import Choice, CommandPalette
    from editor.ui.outline_projection import project, start_of, walk_rows

    choices = [
        Choice(
            str(start_of(row)),
            "    " * max(0, row.level - Level.PART) + (row.title or "(untitled)"),
            f"{row.words:,}",
        )
        for row in walk_rows(project(window.structure.outline, ()))
    ]
    palette = CommandPalette("Go to a scene", choices, window)
    palette.chosen.connect(lambda key: window.go_to_node(int(key)))
    palette.open()
    return palette


def show_help(window: "MainWindow") -> None:
    """Show the keys and the markup."""
    from editor.ui.help_dialog import HelpDialog

    HelpDialog(window).show()


def show_kept(window: "MainWindow") -> None:
    """Show the folder of kept versions in the desktop's file manager."""
    folder = window.folders.kept
    folder.mkdir(parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def show_about(window: "MainWindow") -> None:
    """Say which version this is."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, "About Dinkus", "", parent=window)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(ABOUT)
    box.open()
