"""When a version was kept is told as people tell it."""

import datetime as dt
from pathlib import Path

from editor.storage.history import Version
from editor.ui.history_reading import Change
from editor.ui.history_words import change_text, day_and_time, name_of

NOW = dt.datetime(2026, 3, 2, 14, 2).astimezone()


def test_today_and_yesterday_have_names_and_other_days_a_date():
    for days, expected in (
        (0, "Today 14:02"),
        (1, "Yesterday 14:02"),
        (2, "28 Feb 2026 14:02"),
        (-1, "3 Mar 2026 14:02"),
    ):
        then = (NOW - dt.timedelta(days=days)).timestamp()
        assert day_and_time(then, NOW) == expected


def test_a_name_goes_before_the_reason_and_a_plain_save_has_neither():
    def version(reason, label=""):
        return Version(1, 0, reason, label, "", Path("x"))

    assert name_of(version("saved")) == ""
    assert name_of(version("theirs")) == "as another program had it"
    assert name_of(version("theirs", "Mine")) == "“Mine”"
    assert name_of(version("something new")) == "something new"


def test_only_what_changed_is_counted():
    assert change_text(None) == ""
    assert change_text(Change(0, 0)) == "no words changed"
    assert change_text(Change(1214, 12)) == "+1,214 −12 words"
    assert change_text(Change(0, 3)) == "−3 words"
