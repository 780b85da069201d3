"""Carrying out a ledger entry: its Delta commits, on disk, then its row in force; or all of it taken back."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import duckdb

from bekwaam.facts import database, durable, staging
from bekwaam.facts.fact_table import FactTable
from bekwaam.facts.folder import StoreFolder
from bekwaam.facts.ledger import Ledger, LedgerEntry, TableState
from bekwaam.facts.schema import TABLES


@dataclass(frozen=True)
class Committer:
    """The hands of the writer and of recovery. Only for who holds the writer's lock."""

    folder: StoreFolder
    ledger: Ledger

    def table(self, name: str) -> FactTable:
        """One of the store's tables."""
        return FactTable(self.folder.table(name), name)

    def bench(self) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection for the rows of one batch."""
        return database.connection(self.folder.root)

    def heads(self) -> Mapping[str, TableState]:
        """The state of every table that the newest data version names."""
        last = self.ledger.last_committed()
        return dict.fromkeys(TABLES, TableState(0)) if last is None else last.tables

    def planned(self, steps: Mapping[str, str]) -> dict[str, TableState]:
        """The states after the steps: each step is one Delta version."""
        heads = self.heads()
        return {name: TableState(heads[name].version + 1) if name in steps else heads[name] for name in TABLES}

    def carry_out(self, entry: LedgerEntry) -> None:
        """Make the Delta commits of an entry, from its staged rows."""
        for name in entry.steps:
            self.carry_out_step(entry, name)

    def carry_out_step(self, entry: LedgerEntry, name: str) -> None:
        """Make the Delta commit of an entry in one table."""
        table, version = self.table(name), entry.tables[name].version
        if entry.steps[name] == "delete":
            table.delete_batch(entry)
        else:
            self._put_in_place(table, entry)
            rows = staging.row_count(self.bench(), table.data_file(entry))
            table.add(entry, rows=rows, in_place_of_all=entry.steps[name] == "overwrite")
        if table.versions()[-1] != version or table.entry_at(version) != entry.entry_id:
            raise RuntimeError(f"{name}: entry {entry.entry_id} did not land on version {version}")

    def _put_in_place(self, table: FactTable, entry: LedgerEntry) -> None:
        staged = self.folder.staged_rows(entry.entry_id, table.name)
        if staged.is_file():
            durable.move(staged, table.data_file(entry))

    def has_rows(self, entry: LedgerEntry, name: str) -> bool:
        """Whether the rows of an entry for a table are on disk, staged or in place; a deletion needs none."""
        places = (self.folder.staged_rows(entry.entry_id, name), self.table(name).data_file(entry))
        return entry.steps[name] == "delete" or any(place.is_file() for place in places)

    def landed_state(self, name: str, version: int) -> TableState:
        """Force the commit of a version to disk and read back what it holds."""
        table = self.table(name)
        table.sync(version)
        return TableState(version, table.fingerprint(version), table.files(version).rows)

    def confirm(self, entry: LedgerEntry) -> int:
        """Put an entry in force whose commits are all there; returns its data version."""
        landed = {name: self.landed_state(name, entry.tables[name].version) for name in entry.steps}
        version = self.ledger.commit(entry.entry_id, {**entry.tables, **landed})
        with suppress(Exception):  # the batch is in: nothing that goes wrong from here on may say otherwise
            self._tidy_after(entry)
        return version

    def _tidy_after(self, entry: LedgerEntry) -> None:
        """What the next recovery, or the next batch, does as well."""
        durable.remove_tree(self.folder.staged)
        for name in entry.steps:
            self.table(name).checkpoint(entry.tables[name].version)

    def abandon(self, entry: LedgerEntry) -> None:
        """Take back whatever a prepared entry did; the store is as before it.

        First of all its log entries and rows are unlinked, which a full disk allows: from then on recovery
        cannot mistake for whole what was reported as failed. An entry that is in force already is left alone:
        its writer may have been interrupted just after.
        """
        if not self.ledger.is_prepared(entry.entry_id):
            return
        tables = [self.table(name) for name in entry.steps]
        for table in tables:
            table.drop_commit_of(entry)
            table.data_file(entry).unlink(missing_ok=True)
        durable.remove_tree(self.folder.staged)
        for table in tables:
            durable.sync_folder(table.log)
            durable.sync_folder(table.folder)
        self.ledger.abandon(entry.entry_id)
