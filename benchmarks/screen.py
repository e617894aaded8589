"""A screen of our own (Xvfb) whose pixels lie in memory: press a key, see when the first pixel changes. Any program will do.

Limits: the first pixel that changes is what counts, be it of the letter or of the caret, and a caret that blinks at the
wrong moment makes a key seem quicker; medians do not mind. Comparing the picture takes about a millisecond.
"""

import ctypes
import ctypes.util
import mmap
import os
import shutil
import struct
import subprocess
import time
from pathlib import Path
from typing import Self

WIDTH, HEIGHT = 1600, 1000
NEEDED = ("Xvfb", "xdotool")
_KEYSYM_OF_A = 0x61


def missing() -> str:
    """Return what this machine lacks to have such a screen; "" if nothing."""
    lacking = [name for name in NEEDED if shutil.which(name) is None]
    lacking += [f"lib{name}" for name in ("X11", "Xtst") if ctypes.util.find_library(name) is None]
    return ", ".join(lacking)


class Screen:
    """An X server, with a window manager if there is openbox; a context manager that ends both."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.environment: dict[str, str] = {}

    def __enter__(self) -> Self:
        read, write = os.pipe()
        command = [
            "Xvfb",
            "-displayfd",
            str(write),
            "-screen",
            "0",
            f"{WIDTH}x{HEIGHT}x24",
            "-nolisten",
            "tcp",
        ]
        self._server = subprocess.Popen(
            [*command, "-fbdir", str(self._folder)], pass_fds=[write], stderr=subprocess.DEVNULL
        )
        os.close(write)
        with os.fdopen(read) as answer:
            name = f":{answer.readline().strip()}"
        self.environment = {**os.environ, "DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}
        self._processes = [self._server]
        if shutil.which("openbox"):
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            self._processes.append(subprocess.Popen(["openbox"], env=self.environment, **quiet))
        self._x = ctypes.CDLL(ctypes.util.find_library("X11"))
        self._test = ctypes.CDLL(ctypes.util.find_library("Xtst"))
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(name.encode()))
        self._key = self._x.XKeysymToKeycode(self._display, ctypes.c_ulong(_KEYSYM_OF_A))
        with self._folder.joinpath("Xvfb_screen0").open("rb") as file:
            self._picture = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        header = struct.unpack(
            ">25I", self._picture[:100]
        )  # of an XWD file: its size first, the colours after it
        self._start = header[0] + 12 * header[19]
        return self

    def __exit__(self, *_error: object) -> None:
        self._picture.close()
        self._x.XCloseDisplay(self._display)
        for process in reversed(self._processes):
            process.terminate()
            process.wait()

    def pixels(self) -> bytes:
        """Return the picture as it is now."""
        return self._picture[self._start :]

    def wait_for_change(self, before: bytes, longest_s: float) -> float | None:
        """Return how many seconds it takes until the picture is another than `before`; None if it stays."""
        start = time.perf_counter()
        while time.perf_counter() - start < longest_s:
            if self.pixels() != before:
                return time.perf_counter() - start
        return None

    def click(self, x: int, y: int) -> None:
        """Press and release the first button of the mouse, and give the window there the keyboard."""
        self._test.XTestFakeMotionEvent(self._display, -1, x, y, ctypes.c_ulong(0))
        for is_down in (1, 0):
            self._test.XTestFakeButtonEvent(self._display, 1, is_down, ctypes.c_ulong(0))
        self._x.XFlush(self._display)
        if len(self._processes) == 1:  # no window manager that would do it
            command = ["xdotool", "getmouselocation", "windowfocus"]
            subprocess.run(command, env=self.environment, check=False, stdout=subprocess.DEVNULL)

    def type_letter(self, longest_s: float = 3.0) -> float | None:
        """Type an "a"; return how many seconds it takes to show, None if it does not."""
        before = self.pixels()
        for is_down in (1, 0):
            self._test.XTestFakeKeyEvent(self._display, self._key, is_down, ctypes.c_ulong(0))
        self._x.XFlush(self._display)
        return self.wait_for_change(before, longest_s)
