"""How versions are called in the window: when, why, and what came and went with them."""

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from editor.storage.history import Version
    from editor.ui.history_reading import Change

_REASONS = {
    "saved": "",
    "named": "",
    "opened": "as it was opened",
    "theirs": "as another program had it",
    "mine": "yours, not chosen",
    "overwritten": "before it was overwritten",
    "reverted": "before it was reverted",
    "removed": "before a file was removed",
    "gone": "before a file went",
    "discarded": "discarded",
    "not saved": "not saved",
}


def when_of(version: "Version") -> str:
    """Return when a version was kept, in words, and its name or why it was kept."""
    return "  ".join(filter(None, (day_and_time(version.time), name_of(version))))


def name_of(version: "Version") -> str:
    """Return the name of a version, else why it was kept; "" for an ordinary save."""
    return f"“{version.label}”" if version.label else _REASONS.get(version.reason, version.reason)


def change_text(change: "Change | None") -> str:
    """Return what came and went, as "+214 −12 words"."""
    if change is None:
        return ""
    parts = [f"{sign}{count:,}" for sign, count in (("+", change.added), ("−", change.removed)) if count]
    return f"{' '.join(parts)} words" if parts else "no words changed"


def day_and_time(seconds: float, now: dt.datetime | None = None) -> str:
    """Return a time (seconds since 1970) as "Today 14:02", or with its date."""
    then = dt.datetime.fromtimestamp(seconds, dt.UTC).astimezone()
    days = ((now or dt.datetime.now(dt.UTC)).astimezone().date() - then.date()).days
    day = {0: "Today", 1: "Yesterday"}.get(days) or f"{then.day} {then:%b %Y}"
    return f"{day} {then:%H:%M}"
