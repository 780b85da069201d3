"""After a crash: what the ledger says becomes true again, and nothing stays half-done.

kill -9 leaves a prepared entry with some of its commits. A power cut can leave more: log entries that are empty
or torn, and data files with garbage. Everything here can itself be killed and done again.
"""

from __future__ import annotations

from bekwaam.facts import durable, staging
from bekwaam.facts.commit import Committer
from bekwaam.facts.fact_table import FactTable
from bekwaam.facts.ledger import LedgerEntry, TableState
from bekwaam.facts.schema import TABLES
from bekwaam.terms.errors import Failed

MISSING, BROKEN, WHOLE = "missing", "broken", "whole"


def recover(store: Committer) -> None:
    """Bring the tables in line with the ledger. Only for who holds the writer's lock.

    Raises:
        Failed: `facts_damaged` when rows that were acknowledged are gone and cannot be written again.
    """
    for name in TABLES:
        store.table(name).drop_torn_checkpoints()
    mend(store)
    settle(store)
    tidy(store)


def mend(store: Committer) -> None:
    """Write a batch again where its log entry, the newest of its table, is not what the ledger noted."""
    for name, state in store.heads().items():
        table = store.table(name)
        if is_intact(table, state):
            continue
        maker = store.ledger.maker_of(name)
        if maker is None:
            table.set_aside(-1, store.folder.aside)
            table.create()
            continue
        if maker.tables[name].version != state.version or not store.has_rows(maker, name):
            raise Failed("facts_damaged", table=name, version=state.version)
        table.set_aside(state.version - 1, store.folder.aside)
        store.carry_out_step(maker, name)
        store.ledger.restate(name, store.landed_state(name, state.version))


def is_intact(table: FactTable, state: TableState) -> bool:
    """Whether the log entry of a table is the one that the ledger noted."""
    if state.version == 0:
        return table.actions(0) is not None
    return table.fingerprint(state.version) == state.log_sha256


def settle(store: Committer) -> None:
    """Finish the entry that was under way, or take it back.

    It is finished when all its commits are there with all their rows; written again from its rows when a power
    cut broke one of them; otherwise abandoned. Nobody was told that it came in, so each is right.
    """
    entry = store.ledger.prepared()
    if entry is None:
        return
    marks = [_mark_of(store, entry, name) for name in entry.steps]
    if all(mark == WHOLE for mark in marks):
        store.confirm(entry)
    elif BROKEN in marks and all(store.has_rows(entry, name) for name in entry.steps):
        for name in entry.steps:
            store.table(name).set_aside(entry.tables[name].version - 1, store.folder.aside)
        store.carry_out(entry)
        store.confirm(entry)
    else:
        store.abandon(entry)


def _mark_of(store: Committer, entry: LedgerEntry, name: str) -> str:
    table, version = store.table(name), entry.tables[name].version
    if version not in table.versions():
        return MISSING
    if table.entry_at(version) != entry.entry_id:
        return BROKEN
    return WHOLE if _did_its_work(store, entry, table, version) else BROKEN


def _did_its_work(store: Committer, entry: LedgerEntry, table: FactTable, version: int) -> bool:
    """Whether a log entry that reads well is complete: it may have been torn between two of its lines."""
    if entry.steps[table.name] == "delete":
        return staging.rows_of_batch(store.bench(), table.files(version).paths, entry.batch_id) == 0
    is_alone = entry.steps[table.name] == "append" or len(table.files(version).paths) == 1
    return is_alone and table.holds_file_of(entry, version)


def tidy(store: Committer) -> None:
    """Take away what belongs to no entry: later log entries, unfinished ones, and old staged rows."""
    for name, state in store.heads().items():
        table = store.table(name)
        table.set_aside(state.version, store.folder.aside)
        table.drop_scraps()
    durable.remove_tree(store.folder.staged)
