"""What the stories about the store need: lines, batches, and the people who ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from bekwaam.facts.read import Facts
from bekwaam.facts.schema import DIMENSIONS, SALES_COLUMNS
from bekwaam.facts.store import Store
from bekwaam.terms.actor import SYSTEM, Actor

LINES_PER_BATCH = 100_000_000
TYPES: dict[str, Any] = {
    "BIGINT": pl.Int64,
    "VARCHAR": pl.String,
    "DATE": pl.Date,
    "DECIMAL(18,2)": pl.Decimal(18, 2),
    "DECIMAL(18,3)": pl.Decimal(18, 3),
}
SALES_SCHEMA = {name: TYPES[kind] for name, kind in SALES_COLUMNS.items()}

LEADER = Actor(key="leader", sees_lines=True, sees_totals=True)
LEADER_WITH_MARGINS = Actor(key="leader with margins", sees_lines=True, sees_totals=True, sees_cost=True)
BOARD = Actor(key="board", sees_totals=True, sees_cost=True)
OUTSIDER = Actor(key="outsider")

USUAL: dict[str, Any] = {
    "order_number": "O1",
    "line_number": None,
    "order_date": date(2025, 3, 1),
    "customer_number": "C1",
    "product_code": "P1",
    "seller_code": None,
    "territory_code": None,
    "country": "NL",
    "country_as_written": "Nederland",
    "quantity": Decimal(1),
    "unit": "piece",
    "revenue": Decimal("10.00"),
    "cost": None,
    "currency": "EUR",
    "kind": "sale",
}


def batch_id(number: int) -> str:
    return f"B{number:04d}"


def lines(number: int, *rows: dict[str, Any]) -> pl.DataFrame:
    """The lines of batch `number`: what a row does not say is as usual."""
    whole = [
        {**USUAL, "line_id": number * LINES_PER_BATCH + place, "batch_id": batch_id(number), **row}
        for place, row in enumerate(rows, start=1)
    ]
    return pl.DataFrame(whole, schema=SALES_SCHEMA, orient="row")


def retractions(number: int, line_ids: Iterable[int]) -> pl.DataFrame:
    """The lines that batch `number` takes away."""
    return pl.DataFrame({"line_id": list(line_ids)}, schema={"line_id": pl.Int64}).with_columns(
        batch_id=pl.lit(batch_id(number))
    )


def read_in(store: Store, rows: pl.DataFrame, *, taken: pl.DataFrame | None = None, sha256: str = "") -> int:
    """Store rows as the next batch; `rows` and `taken` must have been made for its number."""
    number = rows["batch_id"][0]
    with store.writing() as writer:
        return writer.import_lines(
            number, lines=rows, retracted=taken, file_sha256=sha256, kind="sales", counts={"rows": rows.height}
        )


def undo(store: Store, number: int) -> int:
    with store.writing() as writer:
        return writer.undo(batch_id(number))


def dimension(name: str, *rows: tuple[str | None, ...]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=dict.fromkeys(DIMENSIONS[name], pl.String), orient="row")


def write_dimensions(store: Store, number: int, **tables: pl.DataFrame) -> int:
    with store.writing() as writer:
        return writer.write_dimensions(batch_id(number), tables, file_sha256="", kind="customers", counts={})


def totals(root: Path, version: int | None = None) -> tuple[int, Decimal]:
    """Lines and revenue that stand at a version."""
    asked = Facts(root, version).ask("totals_between", SYSTEM, first=date(1990, 1, 1), until=date(2090, 1, 1))
    row = asked.dicts()[0]
    return row["lines"], row["revenue"]


def line_ids(root: Path, version: int | None = None) -> list[int]:
    """The lines that stand at a version."""
    asked = Facts(root, version).ask("lines_on_hand", SYSTEM, first=date(1990, 1, 1), last=date(2090, 1, 1))
    return [row["line_id"] for row in asked.dicts()]
