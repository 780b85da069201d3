"""The folder in which a backup is made: beside its target, where there is room anyway, and gone afterwards.

A kill leaves it there with a whole copy of the database in it. A lock inside says whether its maker lives.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bekwaam.faces.claim import claim, holder

PREFIX: Final = ".backup-"
LOCK: Final = "at-work.lock"
PARTS: Final = ".*.tar.part"
"""What a backup of version 0.1.0 had beside that folder; it held no lock."""
MINUTE: Final = 60
DAY: Final = 86_400


@contextmanager
def folder_beside(target: Path) -> Iterator[Path]:
    """An empty folder for this process alone."""
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=target.parent) as made:
        folder = Path(made)
        with claim(folder / LOCK):
            yield folder


def leftovers(place: Path) -> list[Path]:
    """What stopped backups left in a folder. Another home may be making a backup into the very same one."""
    folders = [path for path in place.glob(f"{PREFIX}*") if path.is_dir() and _is_dead(path)]
    return sorted([*folders, *(path for path in place.glob(PARTS) if _age(path) > DAY)])


def _is_dead(folder: Path) -> bool:
    """A minute's patience: between its making and its lock nobody can tell whose it is."""
    return os.access(folder, os.W_OK | os.X_OK) and _age(folder) > MINUTE and holder(folder / LOCK) is None


def _age(path: Path) -> float:
    return time.time() - path.stat().st_mtime


def sweep(place: Path) -> None:
    """Remove what stopped backups left in a folder."""
    for path in leftovers(place):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
