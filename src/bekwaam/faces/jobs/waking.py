"""Waking the worker from a request or a command, once a job's row is written."""

from __future__ import annotations

import logging
import sqlite3

log = logging.getLogger("bekwaam.jobs")


def wake() -> None:
    """Let the worker look in the outbox now. A full disk or a locked queue only means that he looks a little later."""
    try:
        from bekwaam.faces.jobs import queue  # opens the queue's file, which may be what fails

        queue.wake()
    except (sqlite3.Error, OSError):
        log.warning("the worker could not be woken; it looks by itself within a minute")
