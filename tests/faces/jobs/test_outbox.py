"""The outbox: who may speak for a job, and what becomes of one whose worker died."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from bekwaam.records import jobs
from bekwaam.records.models import Job
from bekwaam.terms.errors import Failed, Refused

pytestmark = pytest.mark.django_db


def asked(count: int = 1) -> list[Job]:
    return [jobs.ask(Job.Kind.REFRESH, {}, asked_by="system") for _ in range(count)]


def silence(job: Job, seconds: float) -> None:
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(seconds=seconds))


def stored(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_jobs_are_taken_one_at_a_time_and_oldest_first() -> None:
    first, second = asked(2)
    taken = jobs.take()
    assert taken == first
    assert jobs.take() is None
    assert jobs.close(taken, {"done": True})
    assert jobs.take() == second


def test_an_orphan_is_taken_up_again_and_its_attempts_are_counted() -> None:
    asked()
    taken = jobs.take()
    silence(taken, 46)
    again = jobs.take()
    assert (again.pk, again.attempts) == (taken.pk, 2)


def test_a_job_with_a_heartbeat_is_no_orphan() -> None:
    asked()
    silence(jobs.take(), 30)
    assert jobs.give_back_orphans() == 0
    assert jobs.take() is None


def test_what_an_earlier_attempt_says_is_not_heard() -> None:
    asked()
    slow = jobs.take()
    silence(slow, 46)
    living = jobs.take()
    assert jobs.beat(slow) is False
    jobs.progress(slow, "store", 9, 9)
    assert jobs.close(slow, {"by": "slow"}) is False
    assert jobs.close_with_error(slow, Failed("memory_short", limit_mb=1)) is False
    now = stored(living)
    assert (now.state, now.step, now.result) == (Job.State.RUNNING, "", {})
    assert jobs.close(living, {"by": "living"})
    assert stored(living).result == {"by": "living"}


def test_a_job_that_waits_again_takes_no_progress() -> None:
    asked()
    taken = jobs.take()
    jobs.give_back(taken)
    jobs.progress(taken, "store", 1, 2)
    now = stored(taken)
    assert (now.state, now.step, now.heartbeat_at) == (Job.State.QUEUED, "", None)


def test_after_three_deaths_a_job_is_closed() -> None:
    asked()
    for _ in range(jobs.MOST_ATTEMPTS):
        jobs.give_back(jobs.take())
    assert jobs.take() is None
    now = Job.objects.get()
    assert (now.state, now.error_code, now.attempts) == (Job.State.FAILED, "job_died", 3)
    assert now.ended_at is not None


def test_a_job_put_off_in_good_order_does_not_count_as_tried() -> None:
    asked()
    for _ in range(jobs.MOST_ATTEMPTS + 2):
        jobs.put_off(jobs.take())
    assert (Job.objects.get().state, Job.objects.get().attempts) == (Job.State.QUEUED, 0)


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (Refused("batch_unknown", batch="B0009"), Job.State.REFUSED),
        (Failed("disk_full", folder="here"), Job.State.FAILED),
    ],
)
def test_a_job_closes_as_refused_or_as_failed_with_its_words(error: Refused | Failed, state: str) -> None:
    asked()
    taken = jobs.take()
    assert jobs.close_with_error(taken, error)
    now = stored(taken)
    assert (now.state, now.error_code, now.error_values) == (state, error.code, dict(error.values))


@pytest.mark.django_db(transaction=True)
def test_asking_survives_a_worker_that_cannot_be_woken(settings: object) -> None:
    settings.BEKWAAM_WAKE = f"{__name__}.broken_bell"  # type: ignore[attr-defined]
    asked()
    assert Job.objects.count() == 1


def broken_bell() -> None:
    raise OSError("no bell")
