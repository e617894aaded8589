"""Notice that a file may have been changed by another program.

Only hints: they come late, twice or not at all, and for our own saves too. Whoever is called compares the file with what was
last read or written (`files.changed_outside`), and looks on its own when the window gets the focus.

The folders of the files are watched, not the files, so that a file that is replaced or made again is still seen; a heartbeat
finds out when a folder itself was removed and made again. Where the system tells nothing (folders of other computers) or has no
watches left, the folders are looked at every few seconds instead.

Limits: of a mount that is not known to be remote, changes by other computers are not seen here.
"""

import contextlib
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from editor.storage.mounts import is_remote

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers.api import BaseObserver, ObservedWatch

QUIET_SECONDS = 0.2
LONGEST_SECONDS = 1.0  # after which a file that is written without a pause is hinted at all the same
POLLING_SECONDS = 5.0
HEARTBEAT_SECONDS = 5.0
STORM = 1_000  # events after which some may have been lost, so that a last hint is given when all is over
AFTER_STORM_SECONDS = 2.0
_KINDS = frozenset(
    {"created", "modified", "moved", "deleted", "closed"}
)  # not opened or closed without writing


class FileWatcher:
    """Watch some files and call `on_hint(path)`, from a thread of its own, soon after something happened to one.

    Events of a file that follow each other within `quiet_seconds` make one hint. `path` is as it was given to `watch`.
    """

    def __init__(
        self,
        on_hint: Callable[[Path], None],
        *,
        quiet_seconds: float = QUIET_SECONDS,
        polls: bool = False,
        polling_seconds: float = POLLING_SECONDS,
        heartbeat_seconds: float = HEARTBEAT_SECONDS,
        on_polling: Callable[[], None] = lambda: None,
        is_remote: Callable[[Path], bool] = is_remote,
    ) -> None:
        """`polls`: look every `polling_seconds` from the start. `on_polling` is called, from any thread, when that begins.

        `is_remote` says of which folders the system tells nothing.
        """
        self.is_polling = polls
        self._polling_seconds = polling_seconds
        self._on_polling, self._is_remote = on_polling, is_remote
        self._lock = threading.RLock()
        self._hints = _Hints(on_hint, quiet_seconds)
        self._heartbeat = _Heartbeat(self.refresh, heartbeat_seconds)
        # What an event may call a file: the paths given for it. The sets are replaced, never changed (see `_take_event`).
        self._paths: dict[Path, frozenset[Path]] = {}
        self._whole: dict[Path, frozenset[Path]] = {}  # folders of which everything counts
        self._folders: dict[Path, tuple[ObservedWatch, tuple[int, int]]] = {}  # with device and inode
        self._observer: BaseObserver | None = None

    def watch(self, path: Path) -> None:
        """Start watching a file, which need not be there; its folder must be (OSError).

        To be called again for a file whose folder may have been removed and made again; it costs little.
        """
        self._heartbeat.start()
        with self._lock:
            for name in _names_of(path):
                self._paths[name] = self._paths.get(name, frozenset()) | {path}
                self._watch_folder(name.parent)

    def watch_all_in(self, folder: Path) -> None:
        """Start watching a folder (OSError if it is not there): a hint comes for it when anything in it changes."""
        self._heartbeat.start()
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
            for folder in set(self._folders) - self._wanted():
                self._unwatch_folder(folder)
        self._hints.drop(path)

    def refresh(self) -> None:
        """Watch folders again that were removed and made again meanwhile, with a hint for what is in them."""
        for folder in self._wanted():
            try:
                state = folder.stat()
            except OSError:
                continue  # gone; whoever watched it was told, and it is watched again when it is back
            with self._lock, contextlib.suppress(OSError):
                is_new = folder not in self._folders or not self._is_watched(
                    folder, (state.st_dev, state.st_ino)
                )
                if is_new and folder in self._wanted():
                    self._watch_folder(folder)
                    self._hint_all_in(folder)

    def _wanted(self) -> set[Path]:
        with self._lock:
            return {name.parent for name in self._paths} | set(self._whole)

    def _hint_all_in(self, folder: Path) -> None:
        for name, paths in self._paths.items():
            for path in paths if name.parent == folder else ():
                self._hints.expect(path)
        for path in self._whole.get(folder, ()):
            self._hints.expect(path)

    def stop(self) -> None:
        """Stop watching and wait for the threads to end. The watcher may be used again."""
        self._heartbeat.stop()
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
        if not self.is_polling and self._is_remote(folder):
            self._go_on_polling()
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
        self._observer = PollingObserver(timeout=self._polling_seconds)
        self._observer.start()
        self._on_polling()
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


class _Heartbeat:
    """Calls a function again and again, in a thread of its own."""

    def __init__(self, beat: Callable[[], None], seconds: float) -> None:
        self._beat, self._seconds = beat, seconds
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, if it has not begun."""
        if self._thread is None:
            self._ending = threading.Event()
            self._thread = threading.Thread(
                target=self._run, args=(self._ending,), name="watch heartbeat", daemon=True
            )
            self._thread.start()

    def stop(self) -> None:
        """End, and wait for a call that is under way."""
        self._ending.set()
        thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join(5)

    def _run(self, ending: threading.Event) -> None:
        while not ending.wait(self._seconds):
            self._beat()


class _Hints:
    """Collects events and gives one hint per path when it has become quiet."""

    def __init__(self, on_hint: Callable[[Path], None], quiet_seconds: float) -> None:
        self._on_hint = on_hint
        self._quiet_seconds = quiet_seconds
        self._changed = threading.Condition()
        self._due: dict[Path, tuple[float, float]] = {}  # when it is due, when it is due at the latest
        self._counts: dict[Path, int] = {}  # events since the last hint that came to rest
        self._thread: threading.Thread | None = None

    def expect(self, path: Path) -> None:
        """Give a hint for `path` when nothing more happens to it."""
        now = time.monotonic()
        with self._changed:
            _, latest = self._due.get(path, (0.0, now + max(LONGEST_SECONDS, self._quiet_seconds)))
            self._due[path] = min(now + self._quiet_seconds, latest), latest
            self._counts[path] = self._counts.get(path, 0) + 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="file hints", daemon=True)
                self._thread.start()
            self._changed.notify()

    def drop(self, path: Path) -> None:
        """Give no hint for `path` that has not been given yet."""
        with self._changed:
            self._due.pop(path, None)
            self._counts.pop(path, None)

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
                    if self._counts.pop(path, 0) > STORM:
                        later = time.monotonic() + AFTER_STORM_SECONDS
                        self._due[path] = later, later
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
