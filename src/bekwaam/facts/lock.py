"""The lock that lets one process at a time write the store."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bekwaam.terms.errors import Failed

POLL_SECONDS = 0.01


@contextmanager
def writer_lock(path: Path, *, wait_seconds: float) -> Iterator[None]:
    """Hold the lock of the file at `path`. The kernel frees it when the process dies, however it dies.

    Not re-entrant: a second call within the first waits for itself, in vain.

    Args:
        path: the lock file; made when it is absent, and never removed.
        wait_seconds: how long to wait for another writer.

    Raises:
        Failed: `store_locked` when the other writer is not done in time.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _wait(handle, path, wait_seconds)
        yield
    finally:
        os.close(handle)


def _wait(handle: int, path: Path, wait_seconds: float) -> None:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise Failed("store_locked", folder=str(path.parent), seconds=wait_seconds) from None
            time.sleep(POLL_SECONDS)
        else:
            return
