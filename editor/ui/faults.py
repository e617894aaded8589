"""What happens when something goes wrong inside: it is written down, told once, and the text stays on the page.

The log names the kind of a fault and the places in the program it went through; never the message of an exception, which may quote
the manuscript. A fault that comes again and again (at each painting, say) is told once and written down a few times. Faults in slots,
timers and Qt's own calls, in threads and in jobs all end here, and so do Qt's own messages. A crash of the whole process leaves
`crash.log`, which the next start tells of.

Limits: one log for all programs of this user; the log is cut at LOG_LIMIT bytes and one older one is kept.
"""

import faulthandler
import sys
import threading
import traceback
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler

from editor.ui.messages import Notice

if TYPE_CHECKING:
    import logging

    from editor.ui.desk import Desk

LOG_NAME, CRASH_NAME = "faults.log", "crash.log"
LOG_LIMIT = 200_000
CRASHES_KEPT = 3
_OFTEN = 3  # times that one fault is written down in full
_MOST_KINDS = 500  # of faults and messages that are told apart
_LONGEST_MESSAGE = 300
FAULT_TEXT = "Something went wrong inside Dinkus. Your text is still here; save it to be safe (Ctrl+S, or Ctrl+Shift+S to another file)."


class Faults(QObject):
    """Hears of faults and writes them down. `told` is sent in the window's thread, once for each fault."""

    told = Signal()
    _heard = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """`folder` is where the logs are."""
        super().__init__(parent)
        self._folder = folder
        self._lock = threading.RLock()
        self._counts: Counter[str] = Counter()
        self._logger: logging.Logger | None = None
        self._crash_log: TextIO | None = None
        self._heard.connect(self.told, Qt.ConnectionType.QueuedConnection)

    def hear(
        self, kind: type[BaseException], fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write down a fault, and tell it if it is a new one; from any thread."""
        places = traceback.extract_tb(trace)
        last = places[-1] if places else None
        key = f"{kind.__name__} {last.filename}:{last.lineno}" if last else kind.__name__
        text = "".join([*traceback.format_list(places), *_causes(fault), kind.__name__])
        with self._lock:
            is_new = key not in self._counts
            self._write("error", key, text)
        if is_new:
            self._heard.emit()

    def hear_qt(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        """Write down a message of Qt's own; from any thread."""
        line = f"{kind.name}, {context.category or 'Qt'}: {text[:_LONGEST_MESSAGE]}"
        with self._lock:
            self._write("warning", line, line)

    def start_crash_log(self) -> str | None:
        """Have a crash of the process written down; return a sentence for the writer if the last start left one."""
        path = self._folder / CRASH_NAME
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            kept = _put_by(path) if path.is_file() and path.stat().st_size else None
            self._crash_log = path.open("a", encoding="utf-8")
            faulthandler.enable(self._crash_log)
        except OSError:
            if sys.stderr is not None:
                faulthandler.enable()
            return None
        if kept is None:
            return None
        return f"Dinkus ended unexpectedly last time. What is saved is not affected; what the program was doing is noted in {kept}."

    def stop(self) -> None:
        """Let go of the logs: the program ends, and what happens after that is no crash to tell of."""
        faulthandler.disable()
        if self._logger is not None:
            for handler in list(self._logger.handlers):
                self._logger.removeHandler(handler)
                handler.close()
        if self._crash_log is not None:
            self._crash_log.close()

    def _write(self, level: str, key: str, text: str) -> None:
        if key not in self._counts and len(self._counts) >= _MOST_KINDS:
            return
        self._counts[key] += 1
        count = self._counts[key]
        if count > _OFTEN and not _is_power_of_ten(count):
            return
        words = text if count <= _OFTEN else f"{key}, {count:,} times by now"
        if sys.stderr is not None:
            sys.stderr.write(words + "\n")
        self._log(level, words)

    def _log(self, level: str, words: str) -> None:
        if self._logger is None:
            self._logger = _make_logger(self._folder)
        getattr(self._logger, level)("%s", words)


def catch_faults(desk: "Desk", folder: Path) -> Faults:
    """Catch whatever goes wrong from now on, tell the writer on the desk's windows, and tell of a crash of the last start."""
    faults = Faults(folder, desk)
    faults.told.connect(lambda: desk.tell_fault(FAULT_TEXT))

    def hear(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            desk.quit()
        else:
            faults.hear(kind, fault, trace)
        _let_go()

    def hear_thread(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            faults.hear(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def hear_unraisable(arguments: "sys.UnraisableHookArgs") -> None:
        faults.hear(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    sys.excepthook = hear
    threading.excepthook = hear_thread
    sys.unraisablehook = hear_unraisable
    qInstallMessageHandler(faults.hear_qt)
    crash = faults.start_crash_log()
    if crash is not None and desk.windows:
        desk.windows[0].show_notice(Notice(crash, kind="warning", topic="crash"))
    return faults


def _let_go() -> None:
    """Forget the fault that Python keeps for a debugger: its frames hold texts, and painters that must end before Qt paints on."""
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        if hasattr(sys, name):
            delattr(sys, name)


def _causes(fault: BaseException | None) -> list[str]:
    """Return the kinds of the faults that led to this one, without their messages."""
    causes: list[str] = []
    while fault is not None and len(causes) < _OFTEN:
        fault = fault.__cause__ or fault.__context__
        if fault is not None:
            causes.append(f"after {type(fault).__name__}\n")
    return causes


def _is_power_of_ten(count: int) -> bool:
    return str(count).strip("0") == "1"


def _make_logger(folder: Path) -> "logging.Logger":
    import logging
    from logging.handlers import RotatingFileHandler

    class Handler(RotatingFileHandler):
        """Says in one line that it cannot write; the writer's disk may be full."""

        def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002 - its text is no matter here
            if sys.stderr is not None:
                sys.stderr.write(f"{self.baseFilename} cannot be written\n")

    logger = logging.Logger("dinkus")  # noqa: LOG001 - not a shared one: nothing else writes there
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = Handler(
            folder / LOG_NAME,
            maxBytes=LOG_LIMIT,
            backupCount=1,
            encoding="utf-8",
            delay=True,
            errors="backslashreplace",
        )
    except OSError:
        return logger
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    return logger


def _put_by(path: Path) -> Path:
    """Give the log of a crash the next name, and lose the oldest."""
    names = [path.with_name(f"crash-{number}.log") for number in range(1, CRASHES_KEPT + 1)]
    for older, newer in zip(reversed(names), reversed(names[:-1]), strict=False):
        if newer.exists():
            newer.replace(older)
    path.replace(names[0])
    return names[0]
