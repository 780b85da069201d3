"""What may be done to the store while its lock is held: bring a batch in, write snapshots, take a batch back."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence

import duckdb

from bekwaam.facts import durable, staging
from bekwaam.facts.commit import Committer
from bekwaam.facts.ledger import Draft, Ledger, LedgerEntry
from bekwaam.facts.recovery import settle
from bekwaam.facts.schema import DIMENSIONS, TABLES, ArrowTable
from bekwaam.terms.errors import Refused

BATCH_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


class Writer:
    """What may be done inside `Store.writing()`. Each method is one data version, on disk when it returns.

    Every method raises `Failed` with `disk_full` or `disk_failed` when the disk does not take it; nothing has
    changed then.
    """

    def __init__(self, committer: Committer) -> None:
        self._store = committer

    @property
    def version(self) -> int:
        """The newest data version."""
        return self._book.version()

    @property
    def _book(self) -> Ledger:
        return self._store.ledger

    def next_batch_number(self) -> int:
        """The number for the next batch; never one that was used, undone or abandoned."""
        return self._book.next_batch_number()

    def import_lines(
        self,
        batch_id: str,
        *,
        lines: ArrowTable,
        retracted: ArrowTable | None,
        file_sha256: str,
        kind: str,
        counts: Mapping[str, int],
    ) -> int:
        """Store the order lines of a batch; returns the new data version.

        Args:
            batch_id: such as "B0007": at most 32 letters, digits, `-` and `_`.
            lines: rows with exactly `SALES_COLUMNS`.
            retracted: `line_id, batch_id` of the lines that the batch takes away, or None: those that stand, and those
                that earlier batches took away and that must stay away when these are undone.
            file_sha256: the file's fingerprint.
            kind: the kind of file.
            counts: whole numbers about the file, kept for the report.

        Raises:
            Refused: `batch_exists` when the batch came in before.
            TypeError: columns are missing or of another type; a float for money, say.
            ValueError: a required value is null, or a line_id occurs twice.
        """
        offers = {"sales": lines} if retracted is None else {"sales": lines, "retracted": retracted}
        steps = dict.fromkeys(offers, "append")
        return self._bring_in(Draft(batch_id, "import", steps, file_sha256, kind, counts), offers)

    def write_dimensions(
        self,
        batch_id: str,
        tables: Mapping[str, ArrowTable],
        *,
        file_sha256: str,
        kind: str,
        counts: Mapping[str, int],
    ) -> int:
        """Put new snapshots in the place of dimension tables; returns the new data version.

        Args:
            batch_id: as in `import_lines`.
            tables: "customers", "products" or "sellers" → all its rows, with exactly the columns of `DIMENSIONS`.
            file_sha256: the file's fingerprint.
            kind: the kind of file.
            counts: whole numbers about the file, kept for the report.

        Raises:
            Refused: `batch_exists` when the batch came in before.
            TypeError: a table or its columns are unknown.
            ValueError: a key is null or occurs twice.
        """
        if not tables.keys() <= DIMENSIONS.keys():
            raise TypeError(f"dimension tables are {sorted(DIMENSIONS)}, not {sorted(tables)}")
        steps = {name: "overwrite" for name in DIMENSIONS if name in tables}
        return self._bring_in(Draft(batch_id, "dimensions", steps, file_sha256, kind, counts), tables)

    def undo(self, batch_id: str) -> int:
        """Take a batch back; returns the new data version.

        Lines go, and lines that they had replaced stand again. Snapshots of dimensions become what they were,
        unless a later batch has written them anew. Older data versions keep answering as before.

        Raises:
            Refused: `batch_unknown` when it never came in, `batch_undone` when it was undone before.
        """
        entry = self._book.entry_of(batch_id)
        if entry is None or entry.state != "committed":
            raise Refused("batch_unknown", batch=batch_id)
        if entry.undone_in is not None:
            raise Refused("batch_undone", batch=batch_id)
        sources = self._snapshots_before(entry) if entry.action == "dimensions" else {}
        steps = dict.fromkeys(sources, "overwrite") if entry.action == "dimensions" else self._deletions(entry)
        draft = Draft(batch_id, "undo", steps, "", entry.kind, {})
        bench = self._store.bench()
        return self._store_batch(bench, draft, {name: _snapshot(bench, sources[name], name) for name in sources})

    def _deletions(self, entry: LedgerEntry) -> dict[str, str]:
        """A table from which nothing is deleted gets no Delta version, so it is no step."""
        heads = self._store.heads()
        bench = self._store.bench()
        return {
            name: "delete"
            for name in entry.steps
            if staging.rows_of_batch(bench, self._files(name, heads[name].version), entry.batch_id)
        }

    def _snapshots_before(self, entry: LedgerEntry) -> dict[str, Sequence[str]]:
        """Table → the data files that it had before a batch; tables that a later batch wrote are left out."""
        live = [other for other in self._book.batches() if other.undone_in is None and other.action == "dimensions"]
        place = [other.entry_id for other in live].index(entry.entry_id)
        found: dict[str, Sequence[str]] = {}
        for name in entry.steps:
            earlier = [other for other in live[:place] if name in other.steps]
            if not any(name in other.steps for other in live[place + 1 :]):
                found[name] = self._files(name, earlier[-1].tables[name].version) if earlier else ()
        return found

    def _files(self, name: str, version: int) -> Sequence[str]:
        return self._store.table(name).files(version).paths

    def _bring_in(self, draft: Draft, offers: Mapping[str, ArrowTable]) -> int:
        """Judge the types of a new batch, then store it."""
        if not BATCH_ID.fullmatch(draft.batch_id):
            raise ValueError(f"{draft.batch_id!r} is no batch id")
        known = self._book.entry_of(draft.batch_id)
        if known is not None and known.state == "committed":
            raise Refused("batch_exists", batch=draft.batch_id)
        bench = self._store.bench()
        rows = {name: staging.accepted(bench, name, offer) for name, offer in offers.items()}
        return self._store_batch(bench, draft, rows)

    def _store_batch(
        self, bench: duckdb.DuckDBPyConnection, draft: Draft, rows: Mapping[str, duckdb.DuckDBPyRelation]
    ) -> int:
        with durable.disk_failures(self._store.folder.root):
            settle(self._store)
            entry = self._book.prepare(draft, self._store.planned(draft.steps))
            try:
                for name, relation in rows.items():
                    staged = self._store.folder.staged_rows(entry.entry_id, name)
                    staging.stage(bench, relation, staged, batch_id=draft.batch_id)
                self._store.carry_out(entry)
                return self._store.confirm(entry)
            except BaseException as error:
                self._take_back(entry, error)
                raise

    def _take_back(self, entry: LedgerEntry, error: BaseException) -> None:
        """Abandon at once; where even that fails, the next writer does it."""
        try:
            self._store.abandon(entry)
        except (OSError, sqlite3.Error) as failure:
            error.add_note(f"entry {entry.entry_id} is left for recovery: {failure}")


def _snapshot(bench: duckdb.DuckDBPyConnection, files: Sequence[str], name: str) -> duckdb.DuckDBPyRelation:
    if files:
        return bench.read_parquet(list(files)).project(staging.projection(name))
    nulls = ", ".join(f"CAST(NULL AS {kind}) AS {column}" for column, kind in TABLES[name].items())
    return bench.sql(f"SELECT {nulls} LIMIT 0")
