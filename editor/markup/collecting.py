"""Keep the garbage collector out of work that makes much and throws nothing away: imports, and reading a whole text.

Its passes over all that is there already would take a fifth of the time, and find nothing.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_collection() -> Iterator[None]:
    """Make the garbage collector wait inside, if it is running; pauses may be nested."""
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()
