"""What the desk has to do with others: other programs of this user, other computers, and the copies that are made at closing.

A second start asks the program that runs, by its door (`hand_over`), before anything of Qt's windows is made. Each window gets a
`LockKeeper`; when one has closed, its manuscript is backed up if the writer wants that.
"""

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from editor.app.settings import Folders, write_session
from editor.errors import DinkusError
from editor.storage.locks import Holder, Lock, LockFolder, new_door
from editor.ui.closing_work import ClosingWork
from editor.ui.lock_keeper import LockKeeper

if TYPE_CHECKING:
    from editor.ui.desk import Desk
    from editor.ui.door import Door, Places
    from editor.ui.main_window import MainWindow

OPEN_DOOR_AFTER_MS = 200
"""By then the first window is painted."""
CLOSING_SECONDS = 3.0
NEW_PROCESS = "DINKUS_NEW_PROCESS"
"""An environment variable that keeps a start from asking a program that runs, and from being asked."""


class Neighbours(QObject):
    """Locks, door and backups of one desk."""

    def __init__(self, desk: "Desk", folders: Folders) -> None:
        super().__init__(desk)
        self._desk, self._folders = desk, folders
        self._name = new_door(folders.locks)
        self.locks = LockFolder(folders.locks, self._name)
        self._program: Lock | None = None
        self._door: Door | None = None
        self._told: set[str] = set()
        self._work = ClosingWork(self)
        self._work.failed.connect(self._tell)

    def attend(self, window: "MainWindow") -> None:
        """Keep the lock of a window, and see to its manuscript when it has closed."""
        keeper = LockKeeper(window, self.locks, self._tell)
        window.closed.connect(lambda: self._part_with(window, keeper))

    def open_door_later(self, *, is_first: bool) -> None:
        """Let other starts ask for files, soon; `is_first`: also those whose files are not open here."""
        if is_first:
            self._program = self.locks.take_program().lock
        QTimer.singleShot(OPEN_DOOR_AFTER_MS, self, self.open_door)

    def open_door(self) -> None:
        """Let other starts ask for files."""
        try:
            from editor.ui.door import Door
        except ImportError:  # a system that ships Qt in parts may lack its local sockets
            return
        self._door = Door(self._name, self)
        self._door.open_requested.connect(self.open_places)
        self._door.open()  # where that fails, a second start opens windows of its own

    def open_places(self, places: "Places") -> None:
        """Open what another start asks for, or an empty window, and bring it to the front."""
        window = None
        for path, line in places:
            window = self._desk.open_path(path, line)
        if window is None:
            unused = [one for one in self._desk.windows if one.is_unused]
            window = unused[0] if unused else self._desk.open_untitled()
        window.raise_()
        window.activateWindow()

    def finish(self) -> None:
        """End well: what is left of closing is waited for a moment; what went wrong is told at the next start."""
        if self._door is not None:
            self._door.close()
        if self._program is not None:
            self.locks.release(self._program)
        untold = self._work.wait(CLOSING_SECONDS)
        if not untold:
            return
        with contextlib.suppress(DinkusError):  # there is nobody left to tell
            write_session(self._folders, replace(self._desk.session, untold=tuple(untold)))

    def _part_with(self, window: "MainWindow", keeper: LockKeeper) -> None:
        path, settings = window.store.path, window.settings
        is_ours = not window.buffer.is_read_only
        remove_note = keeper.release()
        folder = Path(settings.backup_folder)
        if path is None:
            return
        title = window.buffer.read_so_far.outline.title or path.stem

        def work() -> None:
            remove_note()
            if settings.backs_up and is_ours and settings.backup_folder:
                from editor.storage.backups import back_up

                back_up(path, folder, title, settings.backups_kept)

        if settings.backs_up or settings.shares_locks:
            self._work.start(work, f"The backup of “{path.name}” in {folder} was not finished in time.")

    def _tell(self, text: str) -> None:
        if text not in self._told:
            self._told.add(text)
            self._desk.tell_fault(text)


def hand_over(places: "Places", folders: Folders) -> bool:
    """Ask a program that runs to open `places`; return whether it does, so that this start has nothing left to do.

    The program that has the first of them is asked, else the one that is there for all.
    """
    locks = LockFolder(folders.locks)
    holder = _holder_among(places, locks) or locks.find(None)
    if holder is None or not holder.door:
        return False
    try:
        from editor.ui.door import ask_to_open
    except ImportError:  # as above
        return False
    return ask_to_open(holder.door, places)


def _holder_among(places: Sequence[tuple[Path, int | None]], locks: LockFolder) -> Holder | None:
    return next((holder for path, _ in places if (holder := locks.find(path)) is not None), None)
