"""Making a backup while everything runs, under the writer lock of the facts: records and facts belong together."""

from __future__ import annotations

import io
import logging
import os
import sqlite3
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db import Error, connection

from bekwaam import __version__
from bekwaam.access import audit
from bekwaam.access.models import Company
from bekwaam.faces.backup import manifest as manifests
from bekwaam.faces.backup import passing
from bekwaam.faces.backup.archive import read_whole
from bekwaam.faces.backup.manifest import DATABASE, LEDGER, Entry, Hashing, Manifest
from bekwaam.facts.durable import disk_failures, sync_file, sync_folder
from bekwaam.facts.folder import StoreFolder
from bekwaam.facts.store import Store
from bekwaam.records.database import database_failure
from bekwaam.terms.actor import SYSTEM
from bekwaam.terms.errors import Failed, Refused, WrongCall

log = logging.getLogger("bekwaam.backup")
LEFT_OUT = ("facts/lock", "facts/aside", "uploads/tmp")
"""The last are files that are still coming in; a file that was offered has a name of figures and a to f."""


def newest(folder: Path) -> Path | None:
    """The newest backup in a folder."""
    return max(folder.glob("*.tar"), key=lambda file: file.stat().st_mtime, default=None)


def target_for(out: Path | None) -> Path:
    """The file to write: a folder gets one named after this moment; by default that is the home's own.

    Raises:
        WrongCall: `file_exists`.
    """
    place = out or settings.BEKWAAM_HOME.backups
    now = datetime.now()  # the clock on the wall
    target = place if place.suffix == ".tar" else place / f"bekwaam-{now:%Y%m%d-%H%M%S}.tar"
    if target.exists():
        raise WrongCall("file_exists", file=str(target))
    return target.expanduser().absolute()


def make(target: Path) -> Manifest:
    """Write the backup and read it back before its name exists.

    Raises:
        Refused: `backup_elsewhere`: the records are in PostgreSQL.
        Failed: `disk_full`, `cannot_write`, `database_unusable` when the database is damaged, `store_locked`.
    """
    if connection.vendor != "sqlite":
        raise Refused("backup_elsewhere")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with disk_failures(target.parent), passing.folder_beside(target) as folder:
            part = folder / target.name
            manifest = _written(part)
            read_whole(part)
            sync_file(part)
            part.rename(target)
            sync_folder(target.parent)
    except sqlite3.Error as error:
        raise database_failure(error, settings.BEKWAAM_HOME.database) from error
    except OSError as error:
        raise Failed("cannot_write", file=str(target), reason=error.strerror or str(error)) from error
    return manifest


def record(manifest: Manifest) -> None:
    """Tell the audit log that everything was copied. A backup of a full or older home stands without this line."""
    told = {"facts_version": manifest.facts_version, "files": len(manifest.files)}
    try:
        audit.record(SYSTEM, "home.backed_up", Company.current(), after=told, open_fields=tuple(told))
    except Error as error:
        log.warning("the backup is made, but the audit log could not be told: %s", error)


def _written(part: Path) -> Manifest:
    """The backup without its name. What a stopped one left is removed first: only one is made at a time."""
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with (
        os.fdopen(handle, "wb") as file,
        Store(settings.BEKWAAM_HOME.facts).writing(),
        tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        passing.sweep(part.parent.parent)
        copies = _copied_databases(part.parent)
        entries = [_added(archive, name, path) for name, path in _files(copies)]
        manifest = Manifest(
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            version=__version__,
            facts_version=Store(settings.BEKWAAM_HOME.facts).version,
            migrations=manifests.migrations_of(copies[DATABASE]),
            counts=manifests.counts_of(copies[DATABASE]),
            files=tuple(entry for entry in entries if entry is not None),
        )
        _add_manifest(archive, manifest)
    return manifest


def _copied_databases(folder: Path) -> dict[str, Path]:
    home = settings.BEKWAAM_HOME
    sources = {DATABASE: home.database, LEDGER: StoreFolder(home.facts).ledger}
    copies = {name: folder / PurePosixPath(name).name for name in sources}
    for name, source in sources.items():
        faults = _copied(source, copies[name])
        if faults:
            raise Failed("database_unusable", file=name, reason=faults[0])
    return copies


def _copied(source: Path, copy: Path) -> list[str]:
    """Copies a database; returns what is wrong inside it. A full disk is not the database's fault."""
    try:
        manifests.copy_database(source, copy)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return manifests.faults_of(copy)


def _files(copies: dict[str, Path]) -> Iterator[tuple[str, Path]]:
    """Everything that cannot be made again: the queue, the logs, the gathered styles and older backups stay out."""
    home = settings.BEKWAAM_HOME.path
    yield from copies.items()
    for name in manifests.SINGLE_FILES:
        if name not in copies and (home / name).is_file():
            yield name, home / name
    for folder in manifests.FOLDERS:
        for path in sorted((home / folder).rglob("*")):
            name = path.relative_to(home).as_posix()
            if path.is_file() and not path.is_symlink() and not name.startswith((*LEFT_OUT, LEDGER)):
                yield name, path


def _added(archive: tarfile.TarFile, name: str, path: Path) -> Entry | None:
    """The file in the archive. An upload may be read in and gone since it was listed; nothing else may."""
    try:
        with path.open("rb") as content:
            info = tarfile.TarInfo(name)
            info.size, info.mode = os.fstat(content.fileno()).st_size, 0o600
            hashing = Hashing(content)
            archive.addfile(info, hashing)  # type: ignore[arg-type]  # only read() is asked of it
    except FileNotFoundError:
        if name.startswith("uploads/"):
            return None
        raise
    return Entry(name=name, size=hashing.size, sha256=hashing.sha256)


def _add_manifest(archive: tarfile.TarFile, manifest: Manifest) -> None:
    content = manifest.to_bytes()
    info = tarfile.TarInfo(manifests.NAME)
    info.size, info.mode = len(content), 0o600
    archive.addfile(info, io.BytesIO(content))
