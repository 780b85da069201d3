"""One Delta table: its commits, its log entries, and the files of a version.

Only the store writes it, one process at a time, and the ledger decides which versions count. So a commit that
did not make it into the ledger is undone by taking its log entry away.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import deltalake
from deltalake.schema import PrimitiveType
from deltalake.transaction import AddAction

from bekwaam.facts import durable
from bekwaam.facts.ledger import LedgerEntry
from bekwaam.facts.schema import TABLES

DELTA_TYPES: Final = {"BIGINT": "long", "VARCHAR": "string", "DATE": "date"}
CONFIGURATION: Final = {
    "delta.enableExpiredLogCleanup": "false",
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
}
"""Old data versions must answer for ever; by default the log forgets after 30 days, the files after 7."""
CHECKPOINT_EVERY = 32
"""Opening takes 0.2 ms a log entry since the last checkpoint (600 entries: 190 ms without, 16 ms with)."""
ENTRY_KEY = "bekwaam.entry"
APP_ID = "bekwaam"
PARQUET_MARK = b"PAR1"
NAME_LENGTH = 20


@dataclass(frozen=True)
class Files:
    """The data files of one version, and how many rows they hold."""

    paths: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class FactTable:
    """The Delta table `name` in `folder`."""

    folder: Path
    name: str

    def create(self) -> None:
        """Make the empty table, version 0, on disk."""
        durable.make_folder(self.folder)
        fields = [deltalake.Field(column, PrimitiveType(_delta_type(kind))) for column, kind in self.columns.items()]
        deltalake.DeltaTable.create(str(self.folder), deltalake.Schema(fields), configuration=CONFIGURATION)
        self.sync(0)

    @property
    def columns(self) -> dict[str, str]:
        """Column → DuckDB type."""
        return dict(TABLES[self.name])

    @property
    def log(self) -> Path:
        """The folder of log entries."""
        return self.folder / "_delta_log"

    def log_entry(self, version: int) -> Path:
        """The log entry of a version."""
        return self.log / f"{version:0{NAME_LENGTH}}.json"

    def versions(self) -> list[int]:
        """The versions that have a log entry, whole or torn, in order."""
        return sorted(int(path.stem) for path in self.log.glob("*.json") if path.stem.isdigit())

    # What a version holds

    def files(self, version: int) -> Files:
        """The data files of a version, from the table's own list; a wildcard would count dead files too.

        The paths are made from the root as we know it: the library's own addresses percent-encode it, and
        DuckDB then finds nothing.
        """
        table = deltalake.DeltaTable(str(self.folder), version=version)
        actions = table.get_add_actions(flatten=True)
        paths = tuple(str(self.folder / unquote(path)) for path in actions.column("path").to_pylist())
        return Files(paths=paths, rows=sum(actions.column("num_records").to_pylist()))

    def actions(self, version: int) -> list[dict[str, Any]] | None:
        """The actions in the log entry of a version; None when it is absent, empty or torn."""
        try:
            lines = self.log_entry(version).read_bytes().splitlines()
            actions = [json.loads(line) for line in lines if line]
        except (FileNotFoundError, ValueError):
            return None
        return actions if any("commitInfo" in action or "metaData" in action for action in actions) else None

    def fingerprint(self, version: int) -> str:
        """The SHA-256 of the log entry of a version; "" when it is absent."""
        try:
            return hashlib.sha256(self.log_entry(version).read_bytes()).hexdigest()
        except FileNotFoundError:
            return ""

    def entry_at(self, version: int) -> int | None:
        """The ledger entry that the log entry of a version carries; None when it is torn or carries none."""
        for action in self.actions(version) or []:
            if ENTRY_KEY in action.get("commitInfo", {}):
                return int(action["commitInfo"][ENTRY_KEY])
        return None

    def added(self, version: int) -> list[Path]:
        """The data files that the commit of a version brought."""
        actions = self.actions(version) or []
        return [self.folder / unquote(action["add"]["path"]) for action in actions if "add" in action]

    def holds_file_of(self, entry: LedgerEntry, version: int) -> bool:
        """Whether the commit of a version brought the data file of an entry and no other, and it is whole."""
        return self.added(version) == [self.data_file(entry)] and not self.has_lost(version)

    def has_lost(self, version: int) -> bool:
        """Whether a data file that the commit of a version brought is absent, or of another size."""
        added = [action["add"] for action in self.actions(version) or [] if "add" in action]
        return any(_size(self.folder / unquote(add["path"])) != add["size"] for add in added)

    # Commits; each carries its ledger entry and lands on the next version or fails

    def data_file(self, entry: LedgerEntry) -> Path:
        """Where the rows of a ledger entry lie: one file per entry and table."""
        return self.folder / f"{entry.batch_id}-{entry.entry_id}.parquet"

    def add(self, entry: LedgerEntry, *, rows: int, in_place_of_all: bool) -> None:
        """Make the data file of an entry part of a new version, beside the other rows or in their place.

        The staged file itself becomes the data file: writing the rows a second time with `write_deltalake`
        took 0.5 CPU s more for 540,000 lines, and after a power cut there would be two copies to compare.
        """
        table = deltalake.DeltaTable(str(self.folder))
        table.create_write_transaction(
            [_add_action(self.data_file(entry), entry.batch_id if "batch_id" in self.columns else None, rows)],
            "overwrite" if in_place_of_all else "append",
            table.schema(),
            commit_properties=_mark(entry.entry_id),
            post_commithook_properties=_hooks(),
        )

    def delete_batch(self, entry: LedgerEntry) -> None:
        """Leave the rows of the entry's batch out of a new version. Its files stay for the versions before."""
        table = deltalake.DeltaTable(str(self.folder))
        table.delete(
            f"batch_id = '{entry.batch_id}'",
            commit_properties=_mark(entry.entry_id),
            post_commithook_properties=_hooks(),
        )

    # Durability and repair

    def sync(self, version: int) -> None:
        """Force the commit of a version to disk: data files, log entry, and the folders that name them."""
        for path in self.added(version):
            durable.sync_file(path)
        durable.sync_file(self.log_entry(version))
        durable.sync_folder(self.log)
        durable.sync_folder(self.folder)

    def checkpoint(self, version: int) -> None:
        """Summarise the log now and then, so that opening stays quick. Only for versions in the ledger."""
        if version % CHECKPOINT_EVERY:
            return
        deltalake.DeltaTable(str(self.folder), version=version).create_checkpoint()
        for path in (self._checkpoint(version), self._hint):
            durable.sync_file(path)
        durable.sync_folder(self.log)

    def drop_commit_of(self, entry: LedgerEntry) -> None:
        """Remove the log entry that a ledger entry made; for entries that never came in force."""
        version = entry.tables[self.name].version
        if self.entry_at(version) == entry.entry_id:
            self.log_entry(version).unlink()

    def set_aside(self, beyond: int, aside: Path) -> None:
        """Move the log entries of all versions after `beyond` out of the table, the newest first.

        In `aside` they end in .torn when a power cut tore them, in .unknown when they can be read.
        """
        for version in reversed(self.versions()):
            if version > beyond:
                suffix = "unknown" if self.actions(version) else "torn"
                self._drop_checkpoints(version)
                durable.move(self.log_entry(version), aside / f"{self.name}-{version:0{NAME_LENGTH}}.json.{suffix}")

    def drop_torn_checkpoints(self) -> None:
        """Remove checkpoints that a power cut left without their end; the log entries hold everything."""
        for path in list(self.log.glob("*.checkpoint.parquet")):
            if path.is_file() and not _is_whole_parquet(path):
                self._drop_checkpoints(int(path.name[:NAME_LENGTH]))
        if self._hints_at_nothing():
            self._hint.unlink()

    @property
    def _hint(self) -> Path:
        return self.log / "_last_checkpoint"

    def _hints_at_nothing(self) -> bool:
        """The library can do without its hint, but not with one to a checkpoint that is not there."""
        try:
            return not self._checkpoint(int(json.loads(self._hint.read_bytes())["version"])).is_file()
        except FileNotFoundError:
            return False
        except (ValueError, KeyError, TypeError):
            return True

    def _drop_checkpoints(self, version: int) -> None:
        for path in list(self.log.glob("*.checkpoint.parquet")):
            if int(path.name[:NAME_LENGTH]) >= version:
                self._hint.unlink(missing_ok=True)
                path.unlink()

    def _checkpoint(self, version: int) -> Path:
        return self.log / f"{version:0{NAME_LENGTH}}.checkpoint.parquet"

    def drop_scraps(self) -> None:
        """Remove log entries that never got their name."""
        for path in list(self.log.glob("_commit_*.tmp")):
            path.unlink()


def _delta_type(duckdb_type: str) -> str:
    return DELTA_TYPES.get(duckdb_type, duckdb_type.lower())


def _add_action(path: Path, batch_id: str | None, rows: int) -> AddAction:
    """Statistics for the one thing that a commit looks at: which batch a file holds."""
    known = {} if batch_id is None else {"batch_id": batch_id}
    stats = {"numRecords": rows, "minValues": known, "maxValues": known, "nullCount": dict.fromkeys(known, 0)}
    return AddAction(
        path=path.name,
        size=path.stat().st_size,
        partition_values={},
        modification_time=int(path.stat().st_mtime * 1000),
        data_change=True,
        stats=json.dumps(stats),
    )


def _mark(entry_id: int) -> deltalake.CommitProperties:
    """No retries: under the writer's lock a conflict means that someone else wrote, and that must be seen."""
    return deltalake.CommitProperties(
        custom_metadata={ENTRY_KEY: str(entry_id)},
        app_transactions=[deltalake.Transaction(APP_ID, entry_id)],
        max_commit_retries=0,
    )


def _hooks() -> deltalake.PostCommitHookProperties:
    return deltalake.PostCommitHookProperties(create_checkpoint=False, cleanup_expired_logs=False)


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None


def _is_whole_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(len(PARQUET_MARK))
        file.seek(0, 2)
        if file.tell() < 3 * len(PARQUET_MARK):
            return False
        file.seek(-len(PARQUET_MARK), 2)
        return head == PARQUET_MARK == file.read()
