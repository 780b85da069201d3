"""One process at a time: a lock file that the kernel frees when its holder dies, with a note of who holds it."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PAUSE_SECONDS = 0.1


class ClaimedError(Exception):
    """Another process holds it; `note` is what it wrote about itself."""

    def __init__(self, note: str) -> None:
        self.note = note
        super().__init__(note)


@contextmanager
def claim(path: Path, *, note: str = "", wait_seconds: float = 0) -> Iterator[None]:
    """Hold the lock while inside.

    Raises:
        ClaimedError: another process still holds it after `wait_seconds`.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(handle, path, wait_seconds)
        with suppress(OSError):  # on a full disk the lock still holds, only without its note
            os.truncate(handle, 0)
            os.pwrite(handle, note.encode(), 0)
        yield
        os.truncate(handle, 0)
    finally:
        os.close(handle)


def _take(handle: int, path: Path, wait_seconds: float) -> None:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise ClaimedError(path.read_text(encoding="utf-8")) from None
            time.sleep(PAUSE_SECONDS)
        else:
            return


def holder(path: Path) -> str | None:
    """The note of whoever holds the lock now; None when nobody does."""
    if not path.exists():
        return None
    try:
        with claim(path):
            return None
    except ClaimedError as other:
        return other.note
