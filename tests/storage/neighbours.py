"""Other programs, running, dead and on another computer, for tests of locks."""

import json
import os
import socket
import subprocess
import sys
import time

from editor.storage.locks import LockFolder
from editor.storage.owner import Owner


def running_owner() -> Owner:
    """Return an owner that runs here and is not this program: the one that started it."""
    return Owner("anna", socket.gethostname(), os.getppid(), time.time())


def dead_owner() -> Owner:
    """Return an owner whose process has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return Owner("anna", socket.gethostname(), process.pid, time.time())


def replaced_owner() -> Owner:
    """Return an owner whose number another process has got since."""
    return Owner("anna", socket.gethostname(), os.getppid(), time.time() - 10**8)


def distant_owner() -> Owner:
    """Return an owner on another computer."""
    return Owner("ben", "other-computer", 4711, time.time())


def lock_for(folder, manuscript, owner, *, is_folder=False, door=""):
    """Write the lock of a manuscript as another program would; return its file."""
    taking = LockFolder(folder, door).take(manuscript, is_folder=is_folder)
    file = taking.lock.file
    table = json.loads(file.read_text())
    file.write_text(json.dumps({**table, "owner": owner.as_table()}))
    return file
