"""The outbox: ask for work, take it up, tell how far it is, and close it. Every step is one short transaction.

A job that was given back after its worker died is taken up again under a higher attempt number. What an earlier
attempt still says (a process that was only slow, not dead) is not heard: every step names the attempt it speaks for.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from bekwaam.records.models import Job
from bekwaam.terms.errors import BekwaamError

HEARTBEAT_SECONDS = 10
ORPHAN_AFTER = timedelta(seconds=45)
MOST_ATTEMPTS = 3


def ask(kind: str, arguments: dict[str, Any], *, asked_by: str) -> Job:
    """Put work in the outbox. Call it inside the transaction of whatever needs the work.

    Once that transaction is through, the worker is woken; when that fails he finds the row within a minute.
    """
    job = Job.objects.create(kind=kind, arguments=arguments, asked_by=asked_by)
    transaction.on_commit(_wake, robust=True)
    return job


def _wake() -> None:
    import_string(settings.BEKWAAM_WAKE)()


def take() -> Job | None:
    """The oldest waiting job, now marked as running; None when nothing waits or something is at work."""
    with transaction.atomic():
        give_back_orphans()
        if Job.objects.filter(state=Job.State.RUNNING).exists():
            return None
        job = Job.objects.select_for_update().filter(state=Job.State.QUEUED).order_by("pk").first()
        if job is None:
            return None
        job.state = Job.State.RUNNING
        job.started_at = job.heartbeat_at = timezone.now()
        job.attempts += 1
        job.step, job.steps_done, job.steps_total = "", 0, 0
        job.save()
    return job


def taken(job_id: int, attempt: int) -> Job | None:
    """The running job of this attempt; None when it was given back or closed."""
    return Job.objects.filter(pk=job_id, attempts=attempt, state=Job.State.RUNNING).first()


def _held(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, attempts=job.attempts, state=Job.State.RUNNING)


def give_back_orphans(*, silent_for: timedelta = ORPHAN_AFTER) -> int:
    """Jobs without a heartbeat go back to the queue; after three attempts they are closed as failed."""
    return _give_back(Job.objects.filter(state=Job.State.RUNNING, heartbeat_at__lte=timezone.now() - silent_for))


def give_back(job: Job) -> None:
    """The process of this attempt died: the job goes back to the queue, or is closed after three attempts."""
    _give_back(_held(job))


@transaction.atomic
def _give_back(died: QuerySet[Job]) -> int:
    """Most died of something that passes, such as a restart; what dies three times would die a fourth time."""
    given_up = died.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=Job.State.FAILED, error_code="job_died", error_values={"attempts": MOST_ATTEMPTS}, ended_at=timezone.now()
    )
    return given_up + died.update(state=Job.State.QUEUED, heartbeat_at=None)


def put_off(job: Job) -> None:
    """The worker stops in good order: the job waits for the next one, and the attempt does not count."""
    _held(job).update(state=Job.State.QUEUED, heartbeat_at=None, attempts=F("attempts") - 1)


def beat(job: Job) -> bool:
    """Say that the work is still alive; False when the job is no longer this attempt's."""
    return bool(_held(job).update(heartbeat_at=timezone.now()))


def progress(job: Job, step: str, done: int, total: int) -> None:
    """Tell how far the work is."""
    _held(job).update(step=step, steps_done=done, steps_total=total, heartbeat_at=timezone.now())


def close(job: Job, result: dict[str, Any]) -> bool:
    """The work is done; False when the job is no longer this attempt's."""
    return bool(_held(job).update(state=Job.State.DONE, result=result, ended_at=timezone.now()))


def close_with_error(job: Job, error: BekwaamError) -> bool:
    """The work was refused, or something broke; False when the job is no longer this attempt's."""
    state = Job.State.REFUSED if error.exit_code == 1 else Job.State.FAILED
    values = {name: str(value) for name, value in error.values.items()}
    ended = {"state": state, "error_code": error.code, "error_values": values, "ended_at": timezone.now()}
    return bool(_held(job).update(**ended))
