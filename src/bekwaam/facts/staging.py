"""Rows on their way in: types judged, values judged, and on disk before anything names them.

The staged file becomes the data file, so a batch can be written again when a power cut tears its log entry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from bekwaam.facts import durable
from bekwaam.facts.schema import REQUIRED, TABLES, ArrowTable

INTEGERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}
UNKNOWN = '"NULL"'
DECIMAL = re.compile(r"DECIMAL\((\d+),\s*(\d+)\)")


def accepted(bench: duckdb.DuckDBPyConnection, table: str, rows: ArrowTable) -> duckdb.DuckDBPyRelation:
    """The rows with the columns and types of the table.

    Raises:
        TypeError: a column is missing, unknown, or of a type that could lose something, such as a float for money.
    """
    offered: Any = rows
    relation = bench.from_arrow(offered)
    found = dict(zip(relation.columns, map(str, relation.types), strict=True))
    wanted = TABLES[table]
    if found.keys() != wanted.keys():
        odd = sorted(found.keys() ^ wanted.keys())
        raise TypeError(f"{table} has the columns {sorted(wanted)}; missing or unknown: {odd}")
    for column, kind in wanted.items():
        if not fits(found[column], kind):
            raise TypeError(f"{table}.{column} is {found[column]}, not {kind}")
    return relation.project(projection(table))


def projection(table: str) -> str:
    """The select list that gives the columns of a table their order and types."""
    return ", ".join(f"CAST({column} AS {kind}) AS {column}" for column, kind in TABLES[table].items())


def fits(found: str, wanted: str) -> bool:
    """Whether every value of one DuckDB type can stand in another without losing anything.

    >>> fits("DECIMAL(38,2)", "DECIMAL(18,2)"), fits("DOUBLE", "DECIMAL(18,2)")
    (True, False)
    """
    if found in (wanted, UNKNOWN):
        return True
    target = DECIMAL.fullmatch(wanted)
    if target is None:
        return wanted == "BIGINT" and found in INTEGERS
    source = DECIMAL.fullmatch(found)
    return found in INTEGERS if source is None else int(source.group(2)) <= int(target.group(2))


def stage(bench: duckdb.DuckDBPyConnection, relation: duckdb.DuckDBPyRelation, target: Path, *, batch_id: str) -> None:
    """Write rows to disk. Under the name `target` they are complete, judged and safe, or they are not there.

    Raises:
        ValueError: a required value is null, a key occurs twice, a row names another batch, or an amount has too
            many digits.
    """
    durable.make_folder(target.parent.parent)
    durable.make_folder(target.parent)
    unfinished = target.with_suffix(".part")
    try:
        relation.write_parquet(str(unfinished), compression="zstd")
    except duckdb.ConversionException as error:
        raise ValueError(f"{target.stem}: {error}") from error
    require_sound(bench, target.stem, unfinished, batch_id=batch_id)
    durable.sync_file(unfinished)
    durable.move(unfinished, target)


def require_sound(bench: duckdb.DuckDBPyConnection, table: str, staged: Path, *, batch_id: str) -> None:
    """Check the staged rows of a batch.

    Raises:
        ValueError: as `stage`.
    """
    required = REQUIRED[table]
    is_null = " OR ".join(f"{column} IS NULL" for column in required)
    is_foreign = "batch_id <> $batch" if "batch_id" in TABLES[table] else "1 = 0 AND $batch IS NULL"
    query = (
        f"SELECT COUNT(*) - COUNT(DISTINCT {required[0]}), COUNT(*) FILTER (WHERE {is_null}),"  # noqa: S608
        f" COUNT(*) FILTER (WHERE {is_foreign}) FROM read_parquet($files)"
    )
    repeated, nulls, foreigners = _one_row(bench, query, {"files": [str(staged)], "batch": batch_id})
    if nulls:
        raise ValueError(f"{table}: {nulls} rows lack one of {', '.join(required)}")
    if repeated:
        raise ValueError(f"{table}: {repeated} rows repeat a {required[0]}")
    if foreigners:
        raise ValueError(f"{table}: {foreigners} rows are not of batch {batch_id}")


def row_count(bench: duckdb.DuckDBPyConnection, path: Path) -> int:
    """How many rows a staged file holds."""
    return int(_one_row(bench, "SELECT COUNT(*) FROM read_parquet($files)", {"files": [str(path)]})[0])


def rows_of_batch(bench: duckdb.DuckDBPyConnection, files: Sequence[str], batch_id: str) -> int:
    """How many rows of a batch the data files hold."""
    if not files:
        return 0
    query = "SELECT COUNT(*) FROM read_parquet($files) WHERE batch_id = $batch"
    return int(_one_row(bench, query, {"files": list(files), "batch": batch_id})[0])


def _one_row(bench: duckdb.DuckDBPyConnection, query: str, values: dict[str, Any]) -> tuple[Any, ...]:
    row: tuple[Any, ...] = bench.execute(query, values).fetchall()[0]
    return row
