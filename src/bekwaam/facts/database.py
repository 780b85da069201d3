"""The process's DuckDB for a store: one folder, no network, no extensions, bounded memory."""

from __future__ import annotations

import atexit
import os
from pathlib import Path
from threading import Lock

import duckdb

MEMORY = "1GB"
THREADS = 2
STORES_AT_ONCE = 4
"""A process reads one store; tests read many. Whoever still holds a connection keeps his database."""
_opening = Lock()
_databases: dict[int, dict[Path, duckdb.DuckDBPyConnection]] = {}
"""Process id → root → database. Those of a parent are never touched: their threads did not survive the fork."""


def connection(root: Path) -> duckdb.DuckDBPyConnection:
    """A connection of its own to the process's in-memory database for one store.

    It reads and writes files in that folder only, and never the network. Making a database takes some 20 ms,
    another connection to it a hundredth of one; whatever is made TEMP belongs to its connection.
    """
    with _opening:
        own = _databases.setdefault(os.getpid(), {})
        if root not in own:
            while len(own) >= STORES_AT_ONCE:
                own.pop(next(iter(own)))
            own[root] = _database(root)
        return own[root].cursor()


def _database(root: Path) -> duckdb.DuckDBPyConnection:
    database = duckdb.connect(
        config={
            "memory_limit": MEMORY,
            "threads": THREADS,
            "temp_directory": "",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )
    database.execute(f"SET allowed_directories = [{quoted(str(root))}]")
    database.execute("SET enable_external_access = false")
    database.execute("SET lock_configuration = true")
    return database


@atexit.register
def _close() -> None:
    for database in _databases.pop(os.getpid(), {}).values():
        database.close()


def quoted(text: str) -> str:
    """A text as an SQL literal, for the statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"
