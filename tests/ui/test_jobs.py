"""Work away from the window's thread."""

import threading

import pytest

from editor.ui.jobs import Job


def test_a_job_runs_elsewhere_and_tells_its_result_here(qtbot):
    job = Job(lambda _job: threading.current_thread())
    with qtbot.waitSignal(job.succeeded) as told:
        job.start()
    assert told.args[0] is not threading.current_thread()


def test_what_a_job_raises_is_handed_over(qtbot):
    def fail(_job):
        raise ValueError("no")

    job = Job(fail)
    with qtbot.waitSignal(job.failed) as told:
        job.start()
    assert isinstance(told.args[0], ValueError)


def test_waiting_for_a_job_tells_its_result_once(qtbot):
    results = []
    job = Job(lambda _job: 7)
    job.succeeded.connect(results.append)
    job.start()
    job.wait()
    qtbot.wait(20)
    assert results == [7]


def test_a_cancelled_job_tells_nothing(qtbot):
    results = []
    go_on = threading.Event()
    job = Job(lambda _job: go_on.wait(5))
    job.succeeded.connect(results.append)
    job.start()
    job.cancel()
    go_on.set()
    job.wait()
    qtbot.wait(20)
    assert results == []


def test_a_job_reports_progress_in_order(qtbot):
    seen = []

    def count(job):
        for number in range(5):
            job.report_progress(number, 5)

    job = Job(count)
    job.progressed.connect(lambda done, total: seen.append((done, total)))
    with qtbot.waitSignal(job.succeeded):
        job.start()
    assert seen == [(number, 5) for number in range(5)]


@pytest.mark.parametrize("rounds", [20])
def test_many_jobs_end_all(qtbot, rounds):
    jobs = [Job(lambda _job, one=number: one) for number in range(rounds)]
    results = []
    for job in jobs:
        job.succeeded.connect(results.append)
        job.start()
    qtbot.waitUntil(lambda: len(results) == rounds)
    assert sorted(results) == list(range(rounds))
