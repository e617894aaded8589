"""Holds the lock of one window's manuscript, and makes the window read-only where another program has it.

Who has it is said in the message bar, with the ways out. A lock that was taken over by another program is noticed at the next
look or save; then nothing is saved until the writer takes it back or saves elsewhere. Other computers are told, and heard, by a
note in the manuscript's folder, if the writer wants that.

Limits: see `storage.locks` and `storage.shared_locks`. Looks at small files in the window's thread.
"""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QKeyEvent

from editor.errors import DinkusError
from editor.storage.locks import Holder, Lock, LockFolder
from editor.storage.shared_locks import (
    REFRESH_SECONDS,
    SharedNote,
    is_stale,
    read_note,
    remove_note,
    write_note,
)
from editor.ui.jobs import Job
from editor.ui.messages import Answer, Notice

if TYPE_CHECKING:
    from editor.ui.main_window import MainWindow

TOPIC = "lock"


class LockKeeper(QObject):
    """The lock of one window."""

    def __init__(self, window: "MainWindow", locks: LockFolder, tell: Callable[[str], None]) -> None:
        """`tell` tells the writer of a fault of the program's own files."""
        super().__init__(window)
        self._window, self._locks, self._tell = window, locks, tell
        self._path: Path | None = None
        self._is_folder = False
        self._lock: Lock | None = None
        self._in_the_way: Holder | SharedNote | None = None
        self._has_note = False
        self._overridden: SharedNote | None = None  # of another computer, which the writer knows of
        self._timer = QTimer(self, interval=REFRESH_SECONDS * 1000)
        self._timer.timeout.connect(self.look)
        window.store.may_save = self.may_save
        window.store.file_changed.connect(self._follow)
        window.store.looked.connect(self.look)
        window.pages.first.installEventFilter(self)

    @property
    def lock(self) -> Lock | None:
        """The lock that is held."""
        return self._lock

    def look(self) -> None:
        """Find out whether the lock is still ours, or whether that of another program has gone; say so."""
        if self._path is None:
            return
        if self._lock is None:
            if self._in_the_way is not None:
                self._ask()
            return
        taking = self._locks.look(self._lock)
        self._tell_all(taking.told)
        in_the_way = taking.holder or self._other_computer()
        if in_the_way is None:
            self._lock = taking.lock
            self._refresh_note()
        else:
            self._lose(in_the_way)

    def may_save(self) -> bool:
        """Return whether the manuscript may be written from here; say why not."""
        self.look()
        if self._in_the_way is not None:
            self._say()
        return self._in_the_way is None

    def take_over(self) -> None:
        """Take the manuscript although another program has it."""
        self._overridden = self._other_computer()
        self._ask(takes_over=True)
        self._window.store.look()  # the other one may have saved

    def look_again(self) -> None:
        """Take the manuscript if the other program has closed it meanwhile; else say again who has it."""
        self._ask()
        if self._in_the_way is not None:
            self._say()
        self._window.store.look()

    def release(self) -> Callable[[], None]:
        """Give the lock back; return what is left to do about other computers, which may take a while."""
        self._timer.stop()
        lock, self._lock = self._lock, None
        if lock is None:
            return _nothing
        self._locks.release(lock)
        path, is_folder, has_note = self._path, self._is_folder, self._has_note
        self._has_note = False

        def remove() -> None:
            if has_note and path is not None:
                with contextlib.suppress(OSError):  # it grows old and says so
                    remove_note(path, lock.holder.owner, is_folder=is_folder)

        return remove

    def _follow(self) -> None:
        """Go with the window to another file, to a folder, or to text that has neither."""
        store = self._window.store
        if (store.path, store.is_folder) == (self._path, self._is_folder):
            return
        left = self.release()
        if left is not _nothing:
            Job(lambda _job: left()).start()
        self._path, self._is_folder = store.path, store.is_folder
        if self._path is None:
            self._free()
        else:
            self._ask()
            self._timer.start()

    def _ask(self, *, takes_over: bool = False) -> None:
        if self._path is None:
            return
        taking = self._locks.take(self._path, is_folder=self._is_folder, takes_over=takes_over)
        self._tell_all(taking.told)
        in_the_way: Holder | SharedNote | None = taking.holder
        if in_the_way is None and not takes_over:
            in_the_way = self._other_computer()
        if in_the_way is None:
            self._lock = taking.lock
            self._free()
            self._refresh_note()
            return
        if taking.lock is not None:
            self._locks.release(taking.lock)
        is_news = self._in_the_way is None
        self._in_the_way = in_the_way
        if is_news:
            self._set_read_only(is_on=True)
            self._say()

    def _other_computer(self) -> SharedNote | None:
        if self._path is None or not self._window.settings.shares_locks:
            return None
        note = read_note(self._path, is_folder=self._is_folder)
        return note if note != self._overridden else None

    def _free(self) -> None:
        if self._in_the_way is not None:
            self._in_the_way = None
            self._window.notices.settle(TOPIC)
            self._set_read_only(is_on=False)

    def _lose(self, in_the_way: Holder | SharedNote) -> None:
        self._lock, self._has_note, self._in_the_way = None, False, in_the_way
        self._say()

    def _set_read_only(self, *, is_on: bool) -> None:
        self._window.buffer.is_read_only = is_on
        self._window.pages.set_read_only(is_on)
        self._window.show_title()

    def _say(self) -> None:
        if self._in_the_way is None:
            return
        name = self._window.display_name
        if self._window.buffer.is_read_only:
            answers = (
                Answer("Open it here all the same", self.take_over),
                Answer("Look again", self.look_again),
            )
            text = f"{describe(self._in_the_way, name, time.time())} It is shown read-only here."
        else:
            answers = (
                Answer("Take it back", self.take_over),
                Answer("Save elsewhere...", self._window.store.save_elsewhere),
            )
            text = f"Another Dinkus has taken over {name} ({who(self._in_the_way.owner.user, self._in_the_way.owner.host)}). Your text is safe in this window; save it elsewhere, or take it back."
        self._window.show_notice(Notice(text, answers, "warning", TOPIC))

    def _tell_all(self, texts: tuple[str, ...]) -> None:
        for text in texts:
            self._tell(text)

    def _refresh_note(self) -> None:
        """Leave word for other computers, or take it back, as the writer has chosen."""
        path, lock, is_folder = self._path, self._lock, self._is_folder
        shares = self._window.settings.shares_locks
        if path is None or lock is None or not (shares or self._has_note):
            return
        owner, self._has_note = lock.holder.owner, shares
        if shares:
            job = Job(lambda _job: write_note(path, owner, is_folder=is_folder))
        else:
            job = Job(lambda _job: remove_note(path, owner, is_folder=is_folder))
        job.failed.connect(self._fail)
        job.start()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, DinkusError | OSError):
            raise error
        self._tell(f"Other computers cannot be told that {self._window.display_name} is open here. {error}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say again why nothing is written, when somebody types on a page that is only shown."""
        is_typed = (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.text().isprintable()
        )
        if is_typed and self._window.buffer.is_read_only and isinstance(event, QKeyEvent) and event.text():
            self._say()
        return super().eventFilter(watched, event)


def _nothing() -> None:
    return


def who(user: str, host: str) -> str:
    """Return how a program of a user on a computer is named."""
    return f"{user} on {host}" if user else host


def describe(in_the_way: Holder | SharedNote, name: str, now: float) -> str:
    """Return a sentence about who has the manuscript `name`; `now` is in seconds since 1970."""
    owner = in_the_way.owner
    person = who(owner.user, owner.host)
    if isinstance(in_the_way, Holder):
        return f"{name} is open in another Dinkus ({person}, since {_clock(owner.noted, now)})."
    if is_stale(in_the_way, now):
        return f"{name} was open on another computer and was not closed there ({person}, last seen {_ago(now - in_the_way.seen)})."
    return f"{name} is open on another computer ({person}, since {_clock(owner.noted, now)})."


def _clock(then: float, now: float) -> str:
    """Return a time of day, with the date if it is not today's; times that no clock shows are "some time"."""
    try:
        when, today = time.localtime(then), time.localtime(now)
    except (OverflowError, ValueError, OSError):
        return "some time"
    is_today = (when.tm_year, when.tm_yday) == (today.tm_year, today.tm_yday)
    return time.strftime("%H:%M" if is_today else "%Y-%m-%d %H:%M", when)


def _ago(seconds: float) -> str:
    for unit, length in (("day", 86_400), ("hour", 3_600)):
        count = int(min(seconds, 1e9) // length)
        if count:
            return f"{count:,} {unit}{'s' if count > 1 else ''} ago"
    return f"{max(1, int(min(seconds, 1e9) // 60))} minutes ago"
