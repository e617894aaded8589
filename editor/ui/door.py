"""The door by which a second start of the program asks the one that runs to open a file: a local socket of the same user.

A question is one line of JSON: the places to open, each an absolute path and a line or null. The answer is one line. Nothing else
can be asked, and nothing is told. Limits: only programs of this user on this computer; what is no question is cut off.
"""

import json
import os
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

Places = Sequence[tuple[Path, int | None]]

ANSWER_SECONDS = 2.0
_ANSWER = b"opening\n"
_LONGEST = 1 << 20  # bytes of a question
_PATIENCE_MS = 5_000
_RETRY_SECONDS = 0.05


class Door(QObject):
    """Listens for questions."""

    open_requested = Signal(object)  # Places; empty: only come to the front

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)

    def open(self) -> bool:
        """Begin to listen; return whether that works."""
        return self._server.listen(self._name)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _welcome(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            _Visitor(socket, self)


class _Visitor(QObject):
    """One connection: hears one question, answers and ends."""

    def __init__(self, socket: QLocalSocket, door: Door) -> None:
        super().__init__(socket)
        self._socket, self._door = socket, door
        socket.readyRead.connect(self._hear)
        socket.disconnected.connect(socket.deleteLater)
        QTimer.singleShot(_PATIENCE_MS, self, socket.abort)
        if socket.bytesAvailable():
            self._hear()

    def _hear(self) -> None:
        if not self._socket.canReadLine():
            if self._socket.bytesAvailable() > _LONGEST:
                self._socket.abort()
            return
        places = read_question(bytes(self._socket.readLine(_LONGEST).data()))
        if places is None:
            self._socket.abort()
            return
        self._socket.write(_ANSWER)
        self._socket.disconnectFromServer()  # once the answer is written
        door = self._door
        QTimer.singleShot(0, door, lambda: door.open_requested.emit(places))


def read_question(data: bytes) -> list[tuple[Path, int | None]] | None:
    """Return the places that a question asks for, None if it is no question."""
    try:
        asked = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(asked, list) or not all(map(_is_place, asked)):
        return None
    return [(Path(name), line) for name, line in asked]


def ask_to_open(name: str, places: Places, seconds: float = ANSWER_SECONDS) -> bool:
    """Ask the program behind a door to open `places`; return whether it says that it does, in that time.

    A door that is not open yet is tried again: a program opens it when its first window is painted.
    """
    latest = time.monotonic() + seconds
    question = json.dumps([[os.path.abspath(path), line] for path, line in places]).encode() + b"\n"  # noqa: PTH100 - links stay
    while (left := latest - time.monotonic()) > 0:
        socket = QLocalSocket()
        socket.connectToServer(name)
        if not socket.waitForConnected(_ms(left)):
            time.sleep(_RETRY_SECONDS)
            continue
        socket.write(question)
        while not socket.canReadLine() and socket.waitForReadyRead(_ms(latest - time.monotonic())):
            pass
        return socket.readLine(len(_ANSWER) + 1).data() == _ANSWER
    return False


def _is_place(asked: object) -> bool:
    if not isinstance(asked, list) or len(asked) != 2:
        return False
    name, line = asked
    return isinstance(name, str) and os.path.isabs(name) and (line is None or type(line) is int)  # noqa: PTH117


def _ms(seconds: float) -> int:
    return max(1, round(seconds * 1000))
