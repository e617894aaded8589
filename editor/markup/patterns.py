"""Regular expressions that are compiled when they are first used.

To compile all of this room takes sixty milliseconds, and most texts never need the rare ones: a heading in Polish, a note
in square brackets. What nearly every text needs is compiled by `re.compile` where it stands.
"""

import re
from typing import Any, AnyStr, cast


def compile_later(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what behaves like `re.compile(pattern, flags)`; an error in `pattern` is raised when it is first used."""
    return cast("re.Pattern[AnyStr]", _Later(pattern, flags))


class _Later:
    """Stands for a pattern; its methods are looked up there once and then found here."""

    def __init__(self, pattern: Any, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._source), name)
        setattr(self, name, found)
        return found
