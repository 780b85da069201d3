"""One job, in a process of its own: `python -m bekwaam.faces.jobs.child JOB ATTEMPT PARENT MEMORY_MB`.

It ends with 0 when it closed its job, done or refused. Anything else tells the worker that the job is still open.
"""

from __future__ import annotations

import errno
import logging
import os
import sys
import time
from typing import Any

import django

from bekwaam.faces.claim import ClaimedError, claim
from bekwaam.faces.jobs.limits import keep_to
from bekwaam.faces.lifeline import die_with
from bekwaam.terms.errors import BekwaamError, Failed

log = logging.getLogger("bekwaam.jobs")
CLOSED, LEFT_OPEN = 0, 75
WAIT_FOR_EARLIER_SECONDS = 30
TELL_SECONDS = 0.5


def main(job_id: int, attempt: int, *, parent: int, memory_mb: int) -> int:
    """Do the job; returns the exit code."""
    die_with(parent)
    keep_to(memory_mb)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bekwaam.config.settings")
    django.setup()
    from django.conf import settings  # settings can only be read once Django is set up

    try:
        with claim(settings.BEKWAAM_HOME.jobs / "at-work.lock", wait_seconds=WAIT_FOR_EARLIER_SECONDS):
            return _do(job_id, attempt, memory_mb=memory_mb)
    except ClaimedError:
        log.warning("job %d waits: an earlier attempt is still at work", job_id)
        return LEFT_OPEN


def _do(job_id: int, attempt: int, *, memory_mb: int) -> int:
    from bekwaam.records import jobs

    job = jobs.taken(job_id, attempt)
    if job is None:
        return LEFT_OPEN
    try:
        _work(job)
    except BekwaamError as error:
        log.info("job %d: %s", job_id, error.code)
        jobs.close_with_error(job, error)
    except Exception as error:
        log.exception("job %d broke off", job_id)
        jobs.close_with_error(job, _in_words(error, job_id, memory_mb=memory_mb))
    return CLOSED


def _work(job: Any) -> None:
    from bekwaam.faces.jobs.kinds import WORK  # imports the engines, within the memory limit

    WORK[job.kind](job, _Telling(job))


def _in_words(error: BaseException, job_id: int, *, memory_mb: int) -> Failed:
    """What broke, as far as a person can do something about it."""
    from django.conf import settings

    if _is_memory(error):
        return Failed("memory_short", limit_mb=memory_mb)
    if _is_full_disk(error):
        return Failed("disk_full", folder=str(settings.BEKWAAM_HOME.path))
    return Failed("job_broke", log=f"{settings.BEKWAAM_HOME.jobs.name}/{job_id}.log")


def _is_memory(error: BaseException) -> bool:
    return isinstance(error, MemoryError) or "OutOfMemory" in type(error).__name__


def _is_full_disk(error: BaseException) -> bool:
    full = "database or disk is full" in str(error)
    return full or (isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT))


class _Telling:
    """Progress on the job's row, at most twice a second: a page asks for it no more often."""

    def __init__(self, job: Any) -> None:
        self._job = job
        self._step = ""
        self._told_at = 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        """Tell it, unless that was done a moment ago; a database that is busy or full is no reason to stop."""
        from django.db import Error

        from bekwaam.records import jobs

        now = time.monotonic()
        if step == self._step and now - self._told_at < TELL_SECONDS:
            return
        self._step, self._told_at = step, now
        try:
            jobs.progress(self._job, step, done, total)
        except Error:
            log.warning("the progress of job %d could not be told", self._job.pk)


if __name__ == "__main__":
    number, attempt_number, parent_id, megabytes = map(int, sys.argv[1:])
    sys.exit(main(number, attempt_number, parent=parent_id, memory_mb=megabytes))
