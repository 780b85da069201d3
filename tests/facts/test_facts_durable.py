"""Nothing is acknowledged before it is on disk."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from facts_cast import lines, read_in, retractions, undo

from bekwaam.facts import durable, ledger
from bekwaam.facts.ledger import Ledger
from bekwaam.facts.store import Store
from bekwaam.terms.errors import Failed


def content(path: Path) -> object:
    """The names in a folder, or the size of a file."""
    return sorted(inside.name for inside in path.iterdir()) if path.is_dir() else path.stat().st_size


class SyncedFiles:
    """The files and folders that were forced to disk, with what they held at that moment."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.held: dict[Path, object] = {}
        self.before: dict[Path, object] = {}
        real = os.fsync

        def fsync(handle: int) -> None:
            real(handle)
            path = Path(f"/proc/self/fd/{handle}").readlink()
            self.held[path] = content(path)

        monkeypatch.setattr(os, "fsync", fsync)

    def missing(self, root: Path) -> list[str]:
        """What of the tables would not survive a power cut: files, and names in folders."""
        lost = []
        for table in ("sales", "retracted", "customers"):
            for path in [root / table, *(root / table).rglob("*")]:
                if self.held.get(path, self.before.get(path)) != content(path):
                    lost.append(str(path.relative_to(root)))
        return lost

    def start(self, root: Path) -> None:
        """What is there now is taken as safe."""
        self.held.clear()
        self.before = {path: content(path) for path in [root, *root.rglob("*")]}


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux tells which file a handle is")
def test_data_files_log_entries_and_folders_are_on_disk_before_the_ledger_says_so(
    store: Store, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced, lost = SyncedFiles(monkeypatch), []
    commit: Any = Ledger.commit

    def watched(self: Ledger, *args: Any) -> int:
        lost.append(synced.missing(root))
        version: int = commit(self, *args)
        return version

    monkeypatch.setattr(Ledger, "commit", watched)
    synced.start(root)
    old = lines(1, {}, {})
    read_in(store, old)
    read_in(store, lines(2, {}), taken=retractions(2, old["line_id"][:1]))
    undo(store, 2)
    assert lost == [[], [], []]


def test_the_ledger_keeps_what_it_acknowledged_through_a_power_cut(store: Store, root: Path) -> None:
    with ledger.opened(root / "ledger.sqlite3") as book:
        assert book._connection.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert book._connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk_full"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "disk_full"),
        (sqlite3.OperationalError("database or disk is full"), "disk_full"),
        (sqlite3.OperationalError("disk I/O error"), "disk_failed"),
        (OSError(errno.EIO, "Input/output error"), "disk_failed"),
    ],
)
def test_a_disk_that_fails_is_told_by_its_right_name(tmp_path: Path, error: Exception, code: str) -> None:
    with pytest.raises(Failed, match=code), durable.disk_failures(tmp_path):
        raise error


def test_other_errors_pass_as_they_are(tmp_path: Path) -> None:
    with pytest.raises(PermissionError), durable.disk_failures(tmp_path):
        raise PermissionError(errno.EACCES, "Permission denied")
