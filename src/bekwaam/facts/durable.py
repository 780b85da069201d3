"""What makes a write survive a power cut, and what a failing disk is called.

deltalake 1.6.6 makes no fsync call of its own (seen with strace), so the store does it for each data file, log
entry and folder before it acknowledges anything.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bekwaam.terms.errors import Failed

NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_SPACE_WORDS = (
    "no space left on device",
    "database or disk is full",
    "quota exceeded",
    "file too large",
)
BROKEN_WORDS = ("input/output error", "disk i/o error")


def sync_file(path: Path) -> None:
    """Force the contents of a file to disk."""
    _sync(path, os.O_RDONLY)


def sync_folder(path: Path) -> None:
    """Force the names in a folder to disk: a new or renamed file is only safe after this."""
    _sync(path, os.O_RDONLY | os.O_DIRECTORY)


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(path: Path) -> None:
    """Make a folder whose name survives a power cut. Safe to repeat."""
    if path.is_dir():
        return
    path.mkdir(parents=True, exist_ok=True)
    sync_folder(path.parent)


def move(source: Path, target: Path) -> None:
    """Rename a file within the store; afterwards it is on disk under the new name alone."""
    make_folder(target.parent)
    source.replace(target)
    sync_folder(target.parent)
    sync_folder(source.parent)


def remove_tree(path: Path) -> None:
    """Remove a folder with everything in it; what is gone already is no error."""
    shutil.rmtree(path, ignore_errors=True)


@contextmanager
def disk_failures(folder: Path) -> Iterator[None]:
    """Turn a full or failing disk, in whichever library it shows, into `Failed`.

    Raises:
        Failed: `disk_full` when there is no room, `disk_failed` when the disk gives errors.
    """
    try:
        yield
    except Exception as error:
        code = _code_of(error)
        if code is None:
            raise
        raise Failed(code, folder=str(folder)) from error


def _code_of(error: Exception) -> str | None:
    """DuckDB, deltalake and SQLite pass the system's words on, not its number."""
    words = str(error).lower()
    number = error.errno if isinstance(error, OSError) else None
    if number in NO_SPACE or any(known in words for known in NO_SPACE_WORDS):
        return "disk_full"
    if number == errno.EIO or any(known in words for known in BROKEN_WORDS):
        return "disk_failed"
    return None
