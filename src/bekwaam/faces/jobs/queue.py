"""The queue that wakes the worker. It carries no work: the truth is the outbox, so whatever it loses is found there.

Measured (reference/stack.md): a task whose worker is killed is lost for good. Hence the only task is a bell.
"""

from __future__ import annotations

import threading

from django.conf import settings
from huey import SqliteHuey, crontab

bell = threading.Event()
"""Rung in the worker's process when there may be work."""

queue = SqliteHuey(
    "bekwaam", filename=str(settings.BEKWAAM_HOME.queue), results=False, timeout=2, fsync=False, cache_mb=1
)


@queue.task(expires=600)
def wake() -> None:
    """Ring the bell in the worker."""
    bell.set()


@queue.periodic_task(crontab(minute="*"), expires=50)
def every_minute() -> None:
    """Ring the bell for what nobody asked for aloud: orphans, and rows whose wake was lost."""
    bell.set()
