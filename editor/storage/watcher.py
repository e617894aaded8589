"""Notice that a file may have been changed by another program.

Only hints: they come late, twice or not at all, and for our own saves too. Whoever is called compares the file with what was
last read or written (`files.changed_outside`), and looks on its own when the window gets the focus.

Limits: the folders of the files are watched, not the files, so that a file that is replaced or made again is still seen.
Folders on a network may send no events from other computers.
"""

import contextlib
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers.api import BaseObserver, ObservedWatch

QUIET_SECONDS = 0.2
LONGEST_SECONDS = 1.0  # after which a file that is written without a pause is hinted at all the same
POLLING_SECONDS = 2.0
_KINDS = frozenset(
    {"created", "modified", "moved", "deleted", "closed"}
)  # not opened or closed without writing


class FileWatcher:
    """Watch some files and call `on_hint(path)`, from a thread of its own, soon after something happened to one.

    Events of a file that follow each other within `quiet_seconds` make one hint. `path` is as it was given to `watch`.
    """

    def __init__(
        self, on_hint: Callable[[Path], None], *, quiet_seconds: float = QUIET_SECONDS, polls: bool = False
    ) -> None:
        self.is_polling = polls
        self._lock = threading.RLock()
        self._hints = _Hints(on_hint, quiet_seconds)
        # What an event may call a file: the paths given for it. The sets are replaced, never changed (see `_take_event`).
        self._paths: dict[Path, frozenset[Path]] = {}
        self._whole: dict[Path, frozenset[Path]] = {}  # folders of which everything counts
        self._folders: dict[Path, tuple[ObservedWatch, tuple[int, int]]] = {}  # with device and inode
        self._observer: BaseObserver | None = None

    def watch(self, path: Path) -> None:
        """Start watching a file, which need not be there; its folder must be (OSError).

        To be called again for a file whose folder may have been removed and made again; it costs little.
        """
        with self._lock:
            for name in _names_of(path):
                self._paths[name] = self._paths.get(name, frozenset()) | {path}
                self._watch_folder(name.parent)

    def watch_all_in(self, folder: Path) -> None:
        """Start watching a folder (OSError if it is not there): a hint comes for it when anything in it changes."""
        with self._lock:
            for name in {folder.absolute(), folder.resolve()}:
                self._whole[name] = self._whole.get(name, frozenset()) | {folder}
                self._watch_folder(name)

    def unwatch(self, path: Path) -> None:
        """Stop watching a file or a folder."""
        with self._lock:
            for name in [name for name, paths in self._paths.items() if path in paths]:
                self._paths[name] -= {path}
                if not self._paths[name]:
                    del self._paths[name]
            for name in [name for name, paths in self._whole.items() if path in paths]:
                del self._whole[name]
            for folder in set(self._folders) - {name.parent for name in self._paths} - set(self._whole):
                self._unwatch_folder(folder)
        self._hints.drop(path)

    def stop(self) -> None:
        """Stop watching and wait for the threads to end. The watcher may be used again."""
        with self._lock:
            observer, self._observer = self._observer, None
            self._paths.clear()
            self._whole.clear()
            self._folders.clear()
        _end(observer)
        self._hints.stop()

    def _watch_folder(self, folder: Path) -> None:
        state = folder.stat()
        identity = state.st_dev, state.st_ino
        if folder in self._folders:
            if self._is_watched(folder, identity):
                return
            self._unwatch_folder(folder)
        observer = self._observer or self._start_observer()
        try:
            watch = self._schedule(folder, observer)
        except OSError:  # the system gives no more watches
            if self.is_polling:
                raise
            watch = self._schedule(folder, self._go_on_polling())
        self._folders[folder] = watch, identity

    def _is_watched(self, folder: Path, identity: tuple[int, int]) -> bool:
        """Say whether events of a folder still come; a watch ends with its folder, and a new one may have its number."""
        watch, known_identity = self._folders[folder]
        emitters = self._observer.emitters if self._observer else set()
        return identity == known_identity and any(e.watch == watch and e.is_alive() for e in emitters)

    def _unwatch_folder(self, folder: Path) -> None:
        watch, _ = self._folders.pop(folder)
        if self._observer is not None:
            with contextlib.suppress(
                KeyError, OSError
            ):  # an emitter whose folder is gone has ended on its own
                self._observer.unschedule(watch)

    def _start_observer(self) -> "BaseObserver":
        from watchdog.observers import Observer
        from watchdog.observers.polling import PollingObserver

        if not self.is_polling:
            try:
                observer = Observer()
                observer.start()
            except OSError:
                self.is_polling = True
            else:
                self._observer = observer
                return observer
        self._observer = PollingObserver(timeout=POLLING_SECONDS)
        self._observer.start()
        return self._observer

    def _go_on_polling(self) -> "BaseObserver":
        """Watch all folders by looking at them again and again."""
        self.is_polling = True
        old, observer = self._observer, self._start_observer()
        for folder, (_, identity) in self._folders.items():
            with contextlib.suppress(OSError):
                self._folders[folder] = self._schedule(folder, observer), identity
        _end(old)
        return observer

    def _schedule(self, folder: Path, observer: "BaseObserver") -> "ObservedWatch":
        handler = cast("FileSystemEventHandler", _Handler(self._take_event))
        return observer.schedule(handler, str(folder), recursive=False)

    def _take_event(self, event: "FileSystemEvent") -> None:
        if event.event_type not in _KINDS or event.is_directory:
            return
        # Without our lock: watchdog holds its own one here, and `unwatch` takes the two the other way round.
        for name in (event.src_path, event.dest_path):
            place = Path(os.fsdecode(name)) if name else None
            for path in self._paths.get(place, ()) if place else ():
                self._hints.expect(path)
            for path in self._whole.get(place.parent, ()) if place else ():
                self._hints.expect(path)


class _Handler:
    """What the observer calls; watchdog is not imported for it."""

    def __init__(self, take: "Callable[[FileSystemEvent], None]") -> None:
        self._take = take

    def dispatch(self, event: "FileSystemEvent") -> None:
        """Pass an event on, of whatever kind."""
        self._take(event)


class _Hints:
    """Collects events and gives one hint per path when it has become quiet."""

    def __init__(self, on_hint: Callable[[Path], None], quiet_seconds: float) -> None:
        self._on_hint = on_hint
        self._quiet_seconds = quiet_seconds
        self._changed = threading.Condition()
        self._due: dict[Path, tuple[float, float]] = {}  # when it is due, when it is due at the latest
        self._thread: threading.Thread | None = None

    def expect(self, path: Path) -> None:
        """Give a hint for `path` when nothing more happens to it."""
        now = time.monotonic()
        with self._changed:
            _, latest = self._due.get(path, (0.0, now + max(LONGEST_SECONDS, self._quiet_seconds)))
            self._due[path] = min(now + self._quiet_seconds, latest), latest
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="file hints", daemon=True)
                self._thread.start()
            self._changed.notify()

    def drop(self, path: Path) -> None:
        """Give no hint for `path` that has not been given yet."""
        with self._changed:
            self._due.pop(path, None)

    def stop(self) -> None:
        """Give no more hints, and wait for one that is being given."""
        with self._changed:
            thread, self._thread = self._thread, None
            self._due.clear()
            self._changed.notify()
        if thread is not None and thread is not threading.current_thread():
            thread.join(5)

    def _run(self) -> None:
        while (path := self._next()) is not None:
            self._on_hint(path)

    def _next(self) -> Path | None:
        """Wait for the next hint that is due; None when this thread is not wanted any more."""
        with self._changed:
            while self._thread is threading.current_thread():
                path, (due, _) = min(
                    self._due.items(), key=lambda item: item[1], default=(None, (None, None))
                )
                wait = None if due is None else due - time.monotonic()
                if path is not None and wait is not None and wait <= 0:
                    del self._due[path]
                    return path
                self._changed.wait(wait)
        return None


def _names_of(path: Path) -> set[Path]:
    """Return the paths by which events may call a file: where it is named, and where links lead."""
    named = path.absolute()
    return {named, named.parent.resolve() / named.name, named.resolve()}


def _end(observer: "BaseObserver | None") -> None:
    if observer is not None:
        observer.stop()
        if observer is not threading.current_thread():
            observer.join(5)
