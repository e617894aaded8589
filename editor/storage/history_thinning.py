"""Which versions of a manuscript stay as they get older.

All of the last day; of the last week the last one of each hour; of the last year the last one of each day; before that the last
one of each month. For thirty days stays what was kept for safety, and what holds words that went soon after. What has a name
stays, and so does the newest version.

The clock is not trusted. The order is that of the row, and between one version and the next no more than half a day is counted,
and no less than nothing: a clock that was a year ahead once thins nothing by itself. So after pauses a text is thinned later
than the calendar would have it, never sooner.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

HOUR, DAY = 3600, 24 * 3600
LONGEST_STEP = DAY // 2
WEEK, SAFE, YEAR = 7 * DAY, 30 * DAY, 365 * DAY


@dataclass(frozen=True, slots=True)
class Moment:
    """What thinning must know of a version: when (seconds since 1970), whether it stays for thirty days, or for good."""

    time: int
    is_safe: bool = False
    is_named: bool = False


def which_stay(moments: Sequence[Moment], now: float) -> list[bool]:
    """Say of each version, the oldest first, whether it stays."""
    ages = _ages(moments, now)
    stay = [
        moment.is_named or age < DAY or (moment.is_safe and age < SAFE)
        for moment, age in zip(moments, ages, strict=True)
    ]
    spans = [_span(moment.time, age) for moment, age in zip(moments, ages, strict=True)]
    for number, (span, following) in enumerate(pairwise(spans)):
        stay[number] = stay[number] or span != following
    if stay:
        stay[-1] = True
    return stay


def _ages(moments: Sequence[Moment], now: float) -> list[float]:
    """Return how old each version is in seconds, pauses and leaps of the clock counted as half a day at most."""
    ages: list[float] = []
    age, later = 0.0, now
    for moment in reversed(moments):
        age += max(0.0, min(later - moment.time, LONGEST_STEP))
        ages.append(age)
        later = moment.time
    return ages[::-1]


def _span(when: int, age: float) -> tuple[str, int]:
    """Return the hour, day or month of which one version stays."""
    if age < WEEK:
        return "hour", when // HOUR
    if age < YEAR:
        return "day", when // DAY
    year, month = time.gmtime(max(0, min(when, 2**33)))[:2]
    return "month", year * 12 + month
