"""Watching work in several steps: one report that only rises, from nothing to all of it."""

import pytest

from editor.export.progress import Cancelled, divide, unwatched, watched


def told(*lengths):
    """Return the reports while three steps go through sequences of these lengths."""
    reports = []
    steps = divide(watched(lambda done, total: reports.append((done, total)), 600, 1000, 1000), 10, 45, 45)
    for step, length in zip(steps, lengths, strict=True):
        assert list(step(range(length))) == list(range(length))
    return reports


@pytest.mark.parametrize("lengths", [(3, 5, 7), (0, 0, 0), (1, 9999, 1)])
def test_the_steps_of_some_work_are_told_as_one_that_only_rises(lengths):
    reports = told(*lengths)
    assert reports == sorted(reports)
    assert reports[-1] == (1000, 1000)


def test_a_step_takes_its_share():
    reports = []
    first, second = divide(watched(lambda done, _total: reports.append(done), 0, 1000, 1000), 40, 60)
    list(first(range(5)))
    assert 380 <= reports[-1] <= 400
    list(second(range(5)))
    assert reports[-1] == 1000


def test_a_step_that_is_cancelled_stops():
    def stop(done, _total):
        if done > 500:
            raise Cancelled

    first, second = divide(watched(stop, 0, 1000, 1000), 40, 60)
    list(first(range(5)))
    with pytest.raises(Cancelled):
        list(second(range(500)))


def test_unwatched_work_is_just_done():
    first, second = divide(unwatched, 50, 50)
    assert [*first("ab"), *second("cd")] == [*"abcd"]
