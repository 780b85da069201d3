"""The tables of one data version as DuckDB views over explicit lists of files; a wildcard would count dead files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from bekwaam.facts.database import quoted
from bekwaam.facts.fact_table import FactTable
from bekwaam.facts.schema import TABLES

KNOWN_VERSIONS = 256


@lru_cache(maxsize=KNOWN_VERSIONS)
def files_of(_store_id: str, root: Path, table: str, version: int, log_sha256: str) -> tuple[tuple[str, ...], int]:
    """The data files of a table version and their number of rows; these never change."""
    found = FactTable(root / table, table).files(version)
    return found.paths, found.rows


def sales_view(sales: Sequence[str], retracted: Sequence[str]) -> str:
    """The current lines: `SALES_COLUMNS`, and `lacks_cost`, 1 for a line with revenue and without cost, else 0."""
    columns = ", ".join(f"line.{name}" for name in TABLES["sales"])
    current = f"""
        CREATE TEMP VIEW sales AS
        SELECT {columns}, CASE WHEN line.cost IS NULL AND line.revenue <> 0 THEN 1 ELSE 0 END AS lacks_cost
        FROM {_source("sales", sales)} AS line
    """  # noqa: S608
    if not retracted:
        return current
    return f"""{current}
        WHERE NOT EXISTS (
            SELECT 1 FROM {_source("retracted", retracted)} AS gone WHERE gone.line_id = line.line_id
        )
    """  # noqa: S608


def retracted_view(sales: Sequence[str], retracted: Sequence[str]) -> str:
    """The lines that a batch took away: `SALES_COLUMNS`, once each, whoever took them."""
    columns = ", ".join(f"line.{name}" for name in TABLES["sales"])
    return f"""
        CREATE TEMP VIEW retracted AS
        SELECT {columns} FROM {_source("sales", sales)} AS line
        WHERE EXISTS (SELECT 1 FROM {_source("retracted", retracted)} AS gone WHERE gone.line_id = line.line_id)
    """  # noqa: S608


def dimension_view(table: str, files: Sequence[str]) -> str:
    """A dimension table."""
    columns = ", ".join(TABLES[table])
    return f"CREATE TEMP VIEW {table} AS SELECT {columns} FROM {_source(table, files)} AS snapshot"  # noqa: S608


def _source(table: str, files: Sequence[str]) -> str:
    """A list of files, or a typed empty relation where there are none."""
    if files:
        return f"read_parquet([{', '.join(map(quoted, files))}], union_by_name = true)"
    nulls = ", ".join(f"CAST(NULL AS {kind}) AS {name}" for name, kind in TABLES[table].items())
    return f"(SELECT {nulls} WHERE 1 = 0)"
