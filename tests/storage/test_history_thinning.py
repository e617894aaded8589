"""Laws of thinning, for any times, clocks that jump back and forth included."""

from hypothesis import given
from hypothesis import strategies as st

from editor.storage.history_thinning import DAY, HOUR, SAFE, WEEK, YEAR, Moment, which_stay

START = 1_750_000_000 // DAY * DAY

moments = st.lists(st.builds(Moment, st.integers(0, 2**33), st.booleans(), st.booleans()), max_size=60)
steps = st.lists(st.integers(0, 40 * DAY) | st.integers(0, 2 * HOUR), max_size=60)


def ascending(steps):
    times, now = [], START
    for step in steps:
        now += step
        times.append(now)
    return [Moment(time) for time in times], now


@given(moments, st.integers(-(2**33), 2**34))
def test_the_newest_version_and_what_has_a_name_always_stay(row, now):
    stay = which_stay(row, now)
    assert len(stay) == len(row)
    assert all(stays for moment, stays in zip(row, stay, strict=True) if moment.is_named)
    assert not stay or stay[-1]


@given(moments, st.integers(0, 2**33))
def test_thinning_again_at_the_same_time_takes_no_version_that_is_not_older_than_a_day(row, now):
    left = [moment for moment, stays in zip(row, which_stay(row, now), strict=True) if stays]
    assert all(
        stays
        for moment, stays in zip(left, which_stay(left, now), strict=True)
        if moment.is_named or moment is left[-1]
    )
    assert len([*filter(None, which_stay(left, now))]) <= len(left)


@given(moments, st.integers(-(2**33), 2**34))
def test_one_leap_of_the_clock_thins_nothing_of_the_last_hours(row, now):
    recent = [Moment(START + minute) for minute in range(0, 6 * HOUR, 1800)]
    assert all(which_stay([*row, *recent], now)[len(row) :])


@given(steps, st.integers(0, 400 * DAY))
def test_with_a_true_clock_what_is_promised_for_an_age_is_there(steps, later):
    row, last = ascending(steps)
    now = last + later
    stay = which_stay(row, now)
    kept = [moment.time for moment, stays in zip(row, stay, strict=True) if stays]
    for moment, stays in zip(row, stay, strict=True):
        age = now - moment.time
        if age < DAY:
            assert stays
        elif age < WEEK:
            assert any(time // HOUR == moment.time // HOUR and time >= moment.time for time in kept)
        elif age < YEAR:
            assert any(time // DAY == moment.time // DAY and time >= moment.time for time in kept)


@given(steps, st.integers(0, 400 * DAY), st.sets(st.integers(0, 59)))
def test_what_is_kept_for_safety_stays_for_thirty_days(steps, later, safe):
    row, last = ascending(steps)
    row = [Moment(moment.time, number in safe) for number, moment in enumerate(row)]
    stay = which_stay(row, last + later)
    assert all(
        stays
        for moment, stays in zip(row, stay, strict=True)
        if moment.is_safe and last + later - moment.time < SAFE
    )


def test_ten_years_of_daily_work_come_to_a_number_that_can_be_read_through():
    row = [Moment(START + day * DAY + quarter * 900) for day in range(3650) for quarter in range(4)]
    for now in range(START + 100 * DAY, START + 3651 * DAY, 100 * DAY):
        past = [moment for moment in row if moment.time <= now]
        left = {m.time for m, stays in zip(past, which_stay(past, now), strict=True) if stays}
        row = [moment for moment in row if moment.time > now or moment.time in left]
    assert len(row) < 1300
