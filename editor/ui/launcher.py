"""Start the program: the Qt application, the desk with its windows, and what happens when something goes wrong inside."""

import gc
import os
import sys
from pathlib import Path

from PySide6.QtCore import QThreadPool, QTimer
from PySide6.QtWidgets import QApplication

from editor import __version__
from editor.app.settings import Folders, standard_folders
from editor.markup.collecting import paused_collection
from editor.ui.desk import Desk
from editor.ui.faults import catch_faults
from editor.ui.icons import app_icon
from editor.ui.neighbours import NEW_PROCESS, hand_over
from editor.ui.style import DinkusStyle

ICON_DELAY_MS = 100
"""How long the window manager waits for the icon in all its sizes: not before the text is seen."""


def run_window(paths: list[tuple[Path, int | None]], *, is_new_process: bool = False) -> int:
    """Open a window on each of `paths` (with a line from 1, or none) and run until the last is closed; return the exit code.

    Where the program runs already, it is asked to do so, unless this is to be a `is_new_process`.
    """
    folders = standard_folders()
    is_alone = is_new_process or bool(os.environ.get(NEW_PROCESS))
    if not is_alone and hand_over(paths, folders):
        return 0
    desk = start_desk(paths, folders)
    faults = catch_faults(desk, folders.state)
    desk.neighbours.open_door_later(is_first=not is_alone)
    code = QApplication.exec()
    desk.neighbours.finish()
    QThreadPool.globalInstance().waitForDone()  # versions of the last save may still be on their way to the history
    faults.stop()
    return code


def start_desk(paths: list[tuple[Path, int | None]], folders: Folders) -> Desk:
    """Return the desk with a window on each of `paths`; nothing is painted before the event loop runs."""
    with paused_collection():
        desk = Desk(make_application(), folders)
        desk.start(paths)
    gc.freeze()  # what is there now stays; the collector need not walk through it again and again while somebody types
    return desk


def run_smoke(path: Path) -> int:
    """Open `path` in a real window, paint it, export it to a temporary file, and close; return 0 if all of it worked."""
    import tempfile

    from editor.app.profiles import load_profiles

    with tempfile.TemporaryDirectory() as name:
        application = make_application()
        folder = Path(name)
        desk = Desk(application, Folders(folder / "config", folder / "state"))
        desk.start([(path, None)])
        window = desk.windows[0]
        application.processEvents()
        exported = window.exports.export_to(next(iter(load_profiles(None))), folder / "smoke.html")
        is_shown = not window.grab().isNull() and bool(window.buffer.manuscript.outline.roots)
        print(f"Dinkus {__version__}: {window.display_name}, {exported:,} bytes exported")  # noqa: T201 - it is asked for on the command line
        QTimer.singleShot(0, desk.quit)
        application.exec()
        return 0 if is_shown and exported else 1


def make_application() -> QApplication:
    """Return the one Qt application, made ready."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("dinkus")
    application.setApplicationDisplayName("Dinkus")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("dinkus")
    application.setStyle(DinkusStyle())
    QTimer.singleShot(ICON_DELAY_MS, application, lambda: application.setWindowIcon(app_icon()))
    return application
