"""The worker: `python -m bekwaam.faces.jobs.worker PARENT`. It does the jobs of one home, one at a time.

Huey's threads only ring a bell. The main thread does the work, because the kernel ties the life of a job's process
to the very thread that started it.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from datetime import timedelta
from types import FrameType

import django

from bekwaam.faces.claim import ClaimedError, claim
from bekwaam.faces.lifeline import die_with

log = logging.getLogger("bekwaam.jobs")
LONGEST_SLEEP_SECONDS = 60
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def main(parent: int) -> int:
    """Work until told to stop; returns the exit code."""
    die_with(parent, by=signal.SIGTERM)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bekwaam.config.settings")
    django.setup()
    from django.conf import settings  # settings can only be read once Django is set up

    try:
        with claim(settings.BEKWAAM_HOME.path / "worker.lock", note=str(os.getpid()), wait_seconds=2):
            _work()
    except ClaimedError:
        log.error("another worker looks after this home")  # its trace would say nothing
        return 1
    return 0


def _work() -> None:
    from bekwaam.faces.jobs import runner, schedule
    from bekwaam.faces.jobs.queue import bell, queue

    stop = threading.Event()
    consumer = queue.create_consumer(workers=1, initial_delay=0.1, max_delay=0.5, health_check_interval=60)
    consumer.start()
    _stop_on_signals(stop, bell)
    _take_back_what_a_killed_worker_left()
    runner.clear_old_logs()
    runner.clear_torn_uploads()
    while not stop.is_set():
        bell.clear()
        schedule.look()
        runner.run_waiting(stop)
        bell.wait(LONGEST_SLEEP_SECONDS)
        consumer.check_worker_health()
    consumer.stop(graceful=True)


def _stop_on_signals(stop: threading.Event, bell: threading.Event) -> None:
    def heard(_signal: int, _frame: FrameType | None) -> None:
        stop.set()
        bell.set()

    for number in STOP_SIGNALS:
        signal.signal(number, heard)


def _take_back_what_a_killed_worker_left() -> None:
    """Whoever holds the worker's lock knows that no other worker lives: running jobs are orphans, however fresh."""
    from django.db import Error

    from bekwaam.records import jobs

    try:
        jobs.give_back_orphans(silent_for=timedelta(0))
    except Error:
        log.exception("orphans could not be given back yet; the next look is within a minute")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
