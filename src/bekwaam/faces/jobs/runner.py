"""Runs the jobs of the outbox one by one, each in its own process group, and looks after it until it ends."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import Error

from bekwaam.faces.jobs.limits import Limits
from bekwaam.records import jobs
from bekwaam.records.models import Job
from bekwaam.terms.errors import Failed

log = logging.getLogger("bekwaam.jobs")
LOOK_SECONDS = 0.1
LOGS_KEPT = timedelta(days=90)
UPLOAD_TAKES = timedelta(hours=1)
KILLED = (-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP)
OTHERWISE_TAKEN = 75


def run_waiting(stop: threading.Event, *, limits: Limits | None = None) -> int:
    """Do every waiting job; returns how many were taken up. Never raises for what one job or the disk does."""
    count = 0
    try:
        while not stop.is_set() and (job := jobs.take()) is not None:
            run(job, stop, limits=limits or Limits())
            count += 1
    except (Error, OSError):
        log.exception("the outbox cannot be worked on now; the next look is within a minute")
    return count


def run(job: Job, stop: threading.Event, *, limits: Limits) -> None:
    """Do one job that was taken up. When `stop` is set, its process ends and the job waits for the next worker."""
    child = _start(job, limits)
    try:
        why = _watch(child, job, stop, limits)
    finally:
        _end_group(child)
    if why == "stopped":
        jobs.put_off(job)
    elif why == "too long":
        jobs.close_with_error(job, Failed("job_too_long", minutes=round(limits.seconds / 60)))
    elif child.returncode:
        _settle(child.returncode, job)


def _start(job: Job, limits: Limits) -> subprocess.Popen[bytes]:
    """The job's process. Few memory pools, because each reserves address space that counts against the limit."""
    numbers = [job.pk, job.attempts, os.getpid(), limits.memory_mb]
    with log_of(job.pk).open("ab") as output:
        return subprocess.Popen(  # noqa: S603  our own module, with numbers
            [sys.executable, "-m", "bekwaam.faces.jobs.child", *map(str, numbers)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "MALLOC_ARENA_MAX": "2"},
            start_new_session=True,
        )


def log_of(job_id: int) -> Path:
    """The file with what a job wrote while at work."""
    folder: Path = settings.BEKWAAM_HOME.jobs
    return folder / f"{job_id}.log"


def _watch(child: subprocess.Popen[bytes], job: Job, stop: threading.Event, limits: Limits) -> str:
    """Wait for the end, with a heartbeat; returns why the waiting ended."""
    started = beat_at = time.monotonic()
    while child.poll() is None:
        now = time.monotonic()
        if stop.wait(LOOK_SECONDS):
            return "stopped"
        if now - started > limits.seconds:
            return "too long"
        if now - beat_at >= limits.heartbeat_seconds:
            beat_at = now
            if not _beat(job):
                return "taken away"
    return "ended"


def _beat(job: Job) -> bool:
    try:
        return jobs.beat(job)
    except Error:
        log.warning("no heartbeat for job %d this time", job.pk)
        return True


def _end_group(child: subprocess.Popen[bytes]) -> None:
    """End the job's process and whatever it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _settle(code: int, job: Job) -> None:
    """A process that was killed from outside may try again; one that crashed by itself would crash again."""
    log.warning("the process of job %d ended with %d", job.pk, code)
    if code in KILLED or code == OTHERWISE_TAKEN:
        jobs.give_back(job)
    else:
        jobs.close_with_error(job, Failed("job_broke", log=f"jobs/{job.pk}.log"))


def clear_old_logs() -> None:
    """Remove the logs of jobs of long ago."""
    before = time.time() - LOGS_KEPT.total_seconds()
    for file in settings.BEKWAAM_HOME.jobs.glob("*.log"):
        if file.stat().st_mtime < before:
            file.unlink(missing_ok=True)


def clear_torn_uploads() -> None:
    """Remove what a killed web process had taken in of a file; one that still comes in was written just now."""
    before = time.time() - UPLOAD_TAKES.total_seconds()
    for file in settings.BEKWAAM_HOME.uploads.glob("tmp*"):
        if file.stat().st_mtime < before:
            file.unlink(missing_ok=True)
