"""Reasons for refusal, collected: every fault of every row, each with its row, column and value."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from bekwaam.intake.cells import text_of
from bekwaam.intake.raw_table import BrokenRow, RawColumn, RawTable
from bekwaam.terms.codes import CODES

REFUSAL_SCHEMA: Final = {
    "row": pl.UInt32(),
    "column": pl.String(),
    "value": pl.String(),
    "code": pl.String(),
    "values": pl.String(),
    "revenue": pl.Decimal(18, 2),
    "is_first": pl.Boolean(),
}


@dataclass(frozen=True)
class ColumnFaults:
    """The faulty cells of one column; without a column the whole row is meant. `faults` as `cells.FAULT_SCHEMA`."""

    column: RawColumn | None
    faults: pl.DataFrame


def refused_mask(found: Iterable[ColumnFaults], rows: int) -> pl.Series:
    """True for each row of the table that has a fault."""
    index = pl.concat([one.faults["index"] for one in found] or [pl.Series("index", [], dtype=pl.UInt32)])
    mask = pl.Series("refused", [False]).new_from_index(0, rows)
    return mask.scatter(index.unique(), True) if len(index) else mask


def collect_refusals(table: RawTable, found: Iterable[ColumnFaults], revenue: pl.Series | None = None) -> pl.DataFrame:
    """All faults in the order of rows and columns, as `REFUSAL_SCHEMA`; `revenue` is what each row is worth."""
    parts = [_one_column(table, one) for one in found if one.faults.height]
    parts.append(_broken_rows(table.broken))
    worth = pl.Series("revenue", [None], dtype=pl.Decimal(18, 2)).new_from_index(0, len(table.rows))
    lookup = pl.DataFrame({"row": table.rows, "revenue": worth if revenue is None else revenue})
    refusals = pl.concat(parts).join(lookup, on="row", how="left", maintain_order="left")
    refusals = refusals.sort("row", maintain_order=True).with_columns(is_first=pl.col("row").is_first_distinct())
    return refusals.select(REFUSAL_SCHEMA.keys())


def picked_rows(table: RawTable, mask: pl.Series) -> RawTable:
    """The rows of a table where `mask` is true, as written, with the rows that could not be split into cells."""
    columns = tuple(column.changed(lambda series: series.filter(mask)) for column in table.columns)
    return replace(table, columns=columns, rows=table.rows.filter(mask))


def _one_column(table: RawTable, one: ColumnFaults) -> pl.DataFrame:
    index = one.faults["index"]
    written = None if one.column is None else text_of(one.column).gather(index)
    return one.faults.select(
        row=table.rows.gather(index),
        column=pl.lit(one.column.heading if one.column else ""),
        value=pl.lit(None, dtype=pl.String) if written is None else written,
        code="code",
        values="values",
    )


def _broken_rows(broken: Iterable[BrokenRow]) -> pl.DataFrame:
    rows = [(row.row, "", row.text, row.code, _values_of(row)) for row in broken]
    schema = {name: dtype for name, dtype in REFUSAL_SCHEMA.items() if name not in {"revenue", "is_first"}}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _values_of(broken: BrokenRow) -> str:
    known = {"row": broken.row}
    values = {name: known.get(name, broken.text) for name in CODES.get(broken.code, ())}
    return json.dumps(values, ensure_ascii=False)
