"""Restoring: into a new folder beside the home, checked there, and only then in its place. Never in pieces."""

from __future__ import annotations

import ctypes
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from bekwaam.faces.backup import archive, old_doors
from bekwaam.faces.backup import manifest as manifests
from bekwaam.faces.backup.manifest import DATABASE, Manifest
from bekwaam.faces.claim import ClaimedError, claim, holder
from bekwaam.facts.durable import disk_failures
from bekwaam.facts.folder import StoreFolder
from bekwaam.facts.lock import writer_lock
from bekwaam.facts.store import Store
from bekwaam.terms.errors import Failed, Refused, WrongCall

_HERE, _EXCHANGE = -100, 2
NOTE = "restore"
LOCKS = ("serve.lock", "worker.lock", "refresh.lock")


@dataclass(frozen=True)
class Restored:
    """What stands in the home now, and where what stood there before is kept."""

    manifest: Manifest
    kept: Path | None


def restore(backup: Path, home: Path) -> Restored:
    """Put the home of a backup in the place of `home`, which need not exist.

    Raises:
        WrongCall: there is no such file.
        Refused: `backup_damaged`; `backup_newer` than this program; `served_already`; `backup_elsewhere`: the
            records are in PostgreSQL.
        Failed: `home_cannot_move`, `parent_closed`; the disk is full or not writable. Nothing changed.
    """
    if connection.vendor != "sqlite":
        raise Refused("backup_elsewhere")
    if not backup.is_file():
        raise WrongCall("file_missing", file=str(backup))
    _must_be_replaceable(home)
    _must_be_known(archive.read_whole(backup))
    try:
        with disk_failures(home.parent), _standing_still(home), _fresh_folder(home) as fresh:
            manifest = archive.unpack(backup, fresh)
            _must_be_whole(backup, fresh, manifest)
            _close_old_doors(backup, fresh)
            return Restored(manifest, _put_in_place(fresh, home))
    except OSError as error:
        raise Failed("cannot_write", file=str(home), reason=error.strerror or str(error)) from error


def _must_be_replaceable(home: Path) -> None:
    """The new home is built beside the present one and changes names with it; there must be room for that."""
    if home.is_mount():
        raise Failed("home_cannot_move", folder=str(home))
    above = next(folder for folder in home.parents if folder.is_dir())
    if not os.access(above, os.W_OK | os.X_OK):
        raise Failed("parent_closed", folder=str(above), home=str(home))


@contextmanager
def _fresh_folder(home: Path) -> Iterator[Path]:
    """A folder beside the home, on the same disk; gone afterwards unless it took the home's place.

    After the exchange its name is that of the former home, so what is removed is the folder made here, never the name.
    """
    home.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=_prefix(home), dir=home.parent))
    made = fresh.stat()
    try:
        yield fresh
    finally:
        if _is(fresh, made):
            shutil.rmtree(fresh, ignore_errors=True)


def _prefix(home: Path) -> str:
    return f".{home.name}-restoring-"


def leftovers(home: Path) -> list[Path]:
    """What stopped restores left beside the home: a part of a backup, or even the former home. A person must look."""
    if holder(home / LOCKS[0]) == NOTE:
        return []
    return sorted(path for path in home.parent.iterdir() if path.name.startswith(_prefix(home)))


def _is(folder: Path, known: os.stat_result) -> bool:
    return folder.is_dir() and os.path.samestat(folder.stat(), known)


def _must_be_known(manifest: Manifest) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if not known.issuperset(manifest.migrations):
        raise Refused("backup_newer", version=manifest.version)


@contextmanager
def _standing_still(home: Path) -> Iterator[None]:
    """Nobody serves the home, works in it or writes facts while its place is taken."""
    with ExitStack() as held:
        if home.is_dir():
            for name in LOCKS:
                try:
                    held.enter_context(claim(home / name, note=NOTE, wait_seconds=1))
                except ClaimedError as other:
                    raise Refused("served_already", folder=str(home), address=other.note) from None
        if (home / "facts").is_dir():
            held.enter_context(writer_lock(StoreFolder(home / "facts").lock, wait_seconds=5))
        yield


def _must_be_whole(backup: Path, fresh: Path, manifest: Manifest) -> None:
    """The bytes are those of the backup; this asks whether they make a home."""
    database = fresh / DATABASE
    if manifests.faults_of(database) or manifests.counts_of(database) != manifest.counts:
        raise Refused("backup_damaged", file=backup.name, part=DATABASE)
    store = Store(fresh / "facts")
    if store.version != manifest.facts_version or any(fault.code != "facts_unfinished" for fault in store.check()):
        raise Refused("backup_damaged", file=backup.name, part="facts")


def _close_old_doors(backup: Path, fresh: Path) -> None:
    try:
        old_doors.close(fresh / DATABASE)
    except sqlite3.Error as error:
        raise Refused("backup_damaged", file=backup.name, part=DATABASE) from error


def _put_in_place(fresh: Path, home: Path) -> Path | None:
    if not home.exists():
        fresh.rename(home)
        return None
    kept = _free_name(home)
    restored = fresh.stat()
    try:
        _exchange(fresh, home)
        _move_backups(fresh, home)
        fresh.rename(kept)
    except BaseException:
        if _is(home, restored) and fresh.is_dir():
            _move_backups(home, fresh)
            _exchange(fresh, home)
        raise
    return kept


def _free_name(home: Path) -> Path:
    """A name for the former home. The clock on the wall tells the same hour twice a year."""
    plain = home.with_name(f"{home.name}.before-{datetime.now():%Y%m%d-%H%M%S}")
    names = chain([plain], (plain.with_name(f"{plain.name}-{number}") for number in count(2)))
    return next(name for name in names if not os.path.lexists(name))


def _move_backups(source: Path, target: Path) -> None:
    """Earlier backups belong to the place, not to what a restore brings back."""
    if (source / "backups").is_dir():
        (source / "backups").rename(target / "backups")


def _exchange(one: Path, other: Path) -> None:
    """The two folders change names at once, where the system can do that: there is never a moment without a home."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename and rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return
    aside = other.with_name(f"{one.name}-aside")
    other.rename(aside)
    try:
        one.rename(other)
    except BaseException:
        aside.rename(other)
        raise
    aside.rename(one)
