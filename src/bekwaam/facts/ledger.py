"""The ledger: one row per batch or undo, which decides what readers may see.

A table version that no committed row names does not exist for a reader; so several tables change in one moment.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bekwaam.facts import durable

SCHEMA_VERSION = 1
BUSY_SECONDS = 30.0

SCHEMA = """
BEGIN;
CREATE TABLE store (store_id TEXT NOT NULL);
INSERT INTO store VALUES (lower(hex(randomblob(16))));
CREATE TABLE entries (
    entry_id INTEGER PRIMARY KEY AUTOINCREMENT,
    batch_id TEXT NOT NULL,
    action TEXT NOT NULL CONSTRAINT action_known CHECK (action IN ('import', 'dimensions', 'undo')),
    state TEXT NOT NULL CONSTRAINT state_known CHECK (state IN ('prepared', 'committed', 'abandoned')),
    steps TEXT NOT NULL,
    tables TEXT NOT NULL,
    facts_version INTEGER CONSTRAINT version_once UNIQUE,
    file_sha256 TEXT NOT NULL,
    kind TEXT NOT NULL,
    made_at TEXT NOT NULL,
    counts TEXT NOT NULL,
    CONSTRAINT version_when_committed CHECK ((state = 'committed') = (facts_version IS NOT NULL))
);
CREATE UNIQUE INDEX one_entry_under_way ON entries (state) WHERE state = 'prepared';
CREATE UNIQUE INDEX one_commit_per_batch ON entries (batch_id) WHERE state = 'committed' AND action <> 'undo';
CREATE UNIQUE INDEX one_undo_per_batch ON entries (batch_id) WHERE state = 'committed' AND action = 'undo';
PRAGMA user_version = 1;
COMMIT;
"""

SELECT = """
SELECT entry.*, undone.facts_version AS undone_in
FROM entries AS entry
LEFT JOIN entries AS undone
    ON undone.batch_id = entry.batch_id AND undone.action = 'undo'
    AND undone.state = 'committed' AND entry.action <> 'undo'
"""


@dataclass(frozen=True, slots=True)
class TableState:
    """One Delta table at one data version: its Delta version, the hash of that log entry, and its rows.

    The version of a prepared entry is the one it is going to have; its hash and rows are still empty.
    """

    version: int
    log_sha256: str = ""
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """A batch that is about to be written.

    Attributes:
        batch_id: the batch that is read in or undone, such as "B0007".
        action: "import" (order lines), "dimensions" (customers, products, sellers) or "undo".
        steps: table → "append", "overwrite" or "delete"; each is one Delta commit.
        file_sha256: the file's fingerprint, "" for an undo.
        kind: the kind of file, such as "sales" or "customers".
        counts: whole numbers about the file, for the report.
    """

    batch_id: str
    action: str
    steps: Mapping[str, str]
    file_sha256: str
    kind: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LedgerEntry(Draft):
    """One row of the ledger.

    Attributes:
        entry_id: 1, 2, 3 …; written into every Delta commit of the entry.
        state: "prepared", "committed" or "abandoned".
        tables: the state of every table, those that the entry leaves alone included.
        facts_version: the data version it made; None unless committed.
        made_at: UTC.
        undone_in: the data version in which the batch was undone; None while it stands.
    """

    entry_id: int
    state: str
    tables: Mapping[str, TableState]
    facts_version: int | None
    made_at: datetime
    undone_in: int | None

    @property
    def table_versions(self) -> dict[str, int]:
        """The Delta version of every table."""
        return {name: state.version for name, state in self.tables.items()}


class Ledger:
    """The ledger of a store, open; make one with `opened` or `created`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    # What readers ask

    def store_id(self) -> str:
        """The store's own mark, which a copy shares and a new store does not."""
        return str(self._connection.execute("SELECT store_id FROM store").fetchone()[0])

    def version(self) -> int:
        """The newest data version; 0 when nothing came in yet."""
        found = self._connection.execute("SELECT COALESCE(MAX(facts_version), 0) FROM entries").fetchone()
        return int(found[0])

    def at(self, version: int) -> LedgerEntry | None:
        """The entry that made a data version."""
        return self._first("WHERE entry.facts_version = ?", version)

    def last_committed(self) -> LedgerEntry | None:
        """The entry of the newest data version."""
        return self._first("WHERE entry.state = 'committed' ORDER BY entry.facts_version DESC LIMIT 1")

    def prepared(self) -> LedgerEntry | None:
        """The entry that was under way when its writer stopped."""
        return self._first("WHERE entry.state = 'prepared'")

    def is_prepared(self, entry_id: int) -> bool:
        """Whether an entry is still under way."""
        return self._first("WHERE entry.entry_id = ? AND entry.state = 'prepared'", entry_id) is not None

    def entry_of(self, batch_id: str) -> LedgerEntry | None:
        """The newest entry that read this batch in, in whatever state; never its undo."""
        return self._first(
            "WHERE entry.batch_id = ? AND entry.action <> 'undo' ORDER BY entry.entry_id DESC LIMIT 1", batch_id
        )

    def maker_of(self, table: str) -> LedgerEntry | None:
        """The committed entry that made the newest version of a table."""
        return self._first(
            "WHERE entry.state = 'committed' AND json_extract(entry.steps, ?) IS NOT NULL"
            " ORDER BY entry.facts_version DESC LIMIT 1",
            f"$.{table}",
        )

    def batches(self) -> list[LedgerEntry]:
        """The batches that came in, oldest first; those undone since say so in `undone_in`."""
        return self._all("WHERE entry.state = 'committed' AND entry.action <> 'undo' ORDER BY entry.facts_version")

    def live_of_file(self, file_sha256: str, kind: str) -> LedgerEntry | None:
        """The newest batch that read in this very file as this kind and still stands."""
        return self._first(
            "WHERE entry.state = 'committed' AND entry.action <> 'undo' AND undone.facts_version IS NULL"
            " AND entry.file_sha256 = ? AND entry.kind = ? ORDER BY entry.facts_version DESC LIMIT 1",
            file_sha256,
            kind,
        )

    def next_batch_number(self) -> int:
        """One more than the highest number that any batch ever had, abandoned ones included."""
        used = self._connection.execute("SELECT DISTINCT batch_id FROM entries").fetchall()
        numbers = [int(found.group()) for (batch_id,) in used if (found := re.search(r"\d+$", batch_id))]
        return max(numbers, default=0) + 1

    # What the writer notes; each is one transaction, on disk when the call returns

    def prepare(self, draft: Draft, tables: Mapping[str, TableState]) -> LedgerEntry:
        """Note what is about to be written."""
        cursor = self._connection.execute(
            "INSERT INTO entries (batch_id, action, state, steps, tables, file_sha256, kind, made_at, counts)"
            " VALUES (?, ?, 'prepared', ?, ?, ?, ?, ?, ?)",
            (
                draft.batch_id,
                draft.action,
                json.dumps(dict(draft.steps)),
                _tables_text(tables),
                draft.file_sha256,
                draft.kind,
                datetime.now(UTC).isoformat(),
                json.dumps(dict(draft.counts)),
            ),
        )
        entry = self._first("WHERE entry.entry_id = ?", cursor.lastrowid)
        if entry is None:
            raise LookupError(f"entry {cursor.lastrowid} is not in the ledger")
        return entry

    def commit(self, entry_id: int, tables: Mapping[str, TableState]) -> int:
        """Put a prepared entry in force; returns its data version."""
        version = self.version() + 1
        changed = self._connection.execute(
            "UPDATE entries SET state = 'committed', facts_version = ?, tables = ?"
            " WHERE entry_id = ? AND state = 'prepared'",
            (version, _tables_text(tables), entry_id),
        )
        if changed.rowcount != 1:
            raise LookupError(f"entry {entry_id} is not prepared")
        return version

    def abandon(self, entry_id: int) -> None:
        """Note that nothing of a prepared entry remains."""
        self._connection.execute(
            "UPDATE entries SET state = 'abandoned' WHERE entry_id = ? AND state = 'prepared'", (entry_id,)
        )

    def restate(self, table: str, state: TableState) -> None:
        """Note the log entry of a table version that was written again after a power cut, wherever it is named."""
        place = f"$.{table}"
        self._connection.execute(
            "UPDATE entries SET tables = json_set(tables, ?, json(?)) WHERE json_extract(tables, ?) = ?",
            (place, json.dumps(asdict(state)), f"{place}.version", state.version),
        )

    def _first(self, where: str, *values: object) -> LedgerEntry | None:
        found = self._connection.execute(SELECT + where, values).fetchone()
        return None if found is None else _entry(found)

    def _all(self, where: str) -> list[LedgerEntry]:
        return [_entry(row) for row in self._connection.execute(SELECT + where)]


@contextmanager
def opened(path: Path) -> Iterator[Ledger]:
    """Open an existing ledger.

    Raises:
        FileNotFoundError: there is none.
    """
    if not path.is_file():
        raise FileNotFoundError(path)
    connection = _connect(path, "rw")
    try:
        yield Ledger(connection)
    finally:
        connection.close()


def make_ledger(path: Path) -> None:
    """Make the ledger of a new store, in one transaction. Safe to repeat."""
    connection = _connect(path, "rwc")
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] < SCHEMA_VERSION:
            connection.executescript(SCHEMA)
    finally:
        connection.close()


def is_made(path: Path) -> bool:
    """Whether there is a ledger with its tables; a creation that was killed leaves none."""
    if not path.is_file():
        return False
    connection = _connect(path, "rw")
    try:
        return bool(connection.execute("PRAGMA user_version").fetchone()[0] >= SCHEMA_VERSION)
    finally:
        connection.close()


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    """WAL lets readers read on while a writer writes; FULL keeps acknowledged rows through a power cut.

    WAL has a price: even a reader makes two small files, and cannot when the disk is full.
    """
    with durable.disk_failures(path.parent):
        return _opened_connection(path, mode)


def _opened_connection(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    connection.row_factory = sqlite3.Row
    if mode == "rwc":
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _tables_text(tables: Mapping[str, TableState]) -> str:
    return json.dumps({name: asdict(state) for name, state in tables.items()})


def _entry(row: sqlite3.Row) -> LedgerEntry:
    tables = {name: TableState(**state) for name, state in json.loads(row["tables"]).items()}
    return LedgerEntry(
        batch_id=row["batch_id"],
        action=row["action"],
        steps=json.loads(row["steps"]),
        file_sha256=row["file_sha256"],
        kind=row["kind"],
        counts=json.loads(row["counts"]),
        entry_id=row["entry_id"],
        state=row["state"],
        tables=tables,
        facts_version=row["facts_version"],
        made_at=datetime.fromisoformat(row["made_at"]),
        undone_in=row["undone_in"],
    )
