"""Start the program: the Qt application, the desk with its windows, and what happens when something goes wrong inside."""

import faulthandler
import gc
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QThreadPool, QTimer
from PySide6.QtWidgets import QApplication

from editor import __version__
from editor.app.settings import Folders, standard_folders
from editor.markup.collecting import paused_collection
from editor.ui.desk import Desk
from editor.ui.icons import app_icon

LOG_LIMIT = 200_000
FAULT_TEXT = "Something went wrong inside Dinkus. Your text is still here; save it to be safe (Ctrl+S, or Ctrl+Shift+S to another file)."


def run_window(paths: list[tuple[Path, int | None]]) -> int:
    """Open a window on each of `paths` (with a line from 1, or none) and run until the last is closed; return the exit code."""
    folders = standard_folders()
    desk = start_desk(paths, folders)
    _catch_faults(desk, folders.state / "faults.log")
    code = QApplication.exec()
    QThreadPool.globalInstance().waitForDone()  # versions of the last save may still be on their way to the history
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
    application.setStyle("Fusion")
    application.setWindowIcon(app_icon())
    return application


def _catch_faults(desk: Desk, log: Path) -> None:
    """Write down what goes wrong inside (never any of the manuscript's text) and tell the writer, once for each."""
    faulthandler.enable()

    def hear(kind: type[BaseException], _fault: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            desk.quit()
            return
        # The message of an exception may quote the manuscript; where it happened does not.
        lines = [*traceback.format_list(traceback.extract_tb(trace)), f"{kind.__name__}\n"]
        sys.stderr.write("".join(lines))
        _append(log, "".join(lines))
        QTimer.singleShot(0, desk, lambda: desk.tell_fault(FAULT_TEXT))

    def hear_thread(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            hear(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    sys.excepthook = hear
    threading.excepthook = hear_thread


def _append(log: Path, text: str) -> None:
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > LOG_LIMIT:
            log.unlink()
        with log.open("a", encoding="utf-8") as file:
            file.write(text + "\n")
    except OSError as error:
        sys.stderr.write(f"{log} cannot be written: {error.strerror}\n")
