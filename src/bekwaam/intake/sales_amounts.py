"""What each order line is worth and what it cost, to the cent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import polars as pl

from bekwaam.intake.cells import blank, faults_at, faults_with_value
from bekwaam.intake.cost_basis import cost_basis, may_be_either
from bekwaam.intake.judgement import Ask, Choice
from bekwaam.intake.mapping import Mapping
from bekwaam.intake.numbers import MONEY_LIMIT
from bekwaam.intake.order_lines import MONEY, as_money, as_quantity, money_from_cents, product_in_cents
from bekwaam.intake.refusals import ColumnFaults
from bekwaam.intake.sales_columns import SalesColumns

WORTH_COLUMNS: Final = ("quantity", "revenue", "cost")


@dataclass(frozen=True)
class Amounts:
    """Amounts of every row.

    Attributes:
        frame: quantity Decimal(18, 3) (0 where the file has none beside an amount), revenue and cost Decimal(18, 2)
            (null where unknown), has_quantity Boolean.
        faults: amounts that are missing or too large.
        asks: whether a cost is of the line or of one piece, where the file does not tell.
    """

    frame: pl.DataFrame
    faults: list[ColumnFaults]
    asks: list[Ask] = field(default_factory=list)


def amounts(read: SalesColumns, mapping: Mapping) -> Amounts:
    """Quantity, revenue and cost of every row.

    Revenue is the column of that name, else price × quantity, computed exactly and rounded half up to the cent. A
    row with neither is refused (amount_missing), unless a cell of it was refused already.
    """
    numbers = read.frame.select(
        "unit_price",
        "unit_cost",
        quantity=as_quantity("quantity"),
        revenue=as_money("revenue"),
        cost=as_money("cost"),
    )
    worked_out = product_in_cents(numbers["unit_price"], numbers["quantity"])
    with_revenue = numbers.with_columns(revenue=pl.coalesce("revenue", money_from_cents(worked_out)))
    faults = [_too_much(read, worked_out, with_revenue), _missing(read, with_revenue, worked_out)]
    cost, asks = _cost(read, with_revenue, mapping)
    frame = with_revenue.select(
        quantity=pl.col("quantity").fill_null(0),
        has_quantity=pl.col("quantity").is_not_null(),
        revenue="revenue",
        cost=cost,
    )
    return Amounts(frame, faults, asks)


def _too_much(read: SalesColumns, worked_out: pl.Series, numbers: pl.DataFrame) -> ColumnFaults:
    column = read.columns.get("unit_price")
    if column is None:
        return ColumnFaults(None, faults_at(pl.Series([False]), "number_out_of_range"))
    mask = worked_out.is_not_null() & numbers["revenue"].is_null()
    values = {"limit": f"{MONEY_LIMIT:.0f}"}
    return ColumnFaults(column, faults_with_value(mask, "number_out_of_range", column, values))


def _missing(read: SalesColumns, numbers: pl.DataFrame, worked_out: pl.Series) -> ColumnFaults:
    """Rows without an amount; where a cell of the amount is faulty, that fault says enough."""
    amount_fields = ("revenue", "unit_price", "quantity")
    column = next((read.columns[name] for name in amount_fields if name in read.columns), None)
    unread = blank(pl.Boolean(), len(worked_out)).fill_null(value=False)
    for one in read.faults:
        if any(one.column is read.columns.get(name) for name in amount_fields if name in read.columns):
            unread = unread.scatter(one.faults["index"].unique(), True)
    mask = numbers["revenue"].is_null() & worked_out.is_null() & ~unread
    return ColumnFaults(column, faults_at(mask, "amount_missing"))


def _cost(read: SalesColumns, numbers: pl.DataFrame, mapping: Mapping) -> tuple[pl.Series, list[Ask]]:
    of_piece, asks = numbers["unit_cost"], []
    of_line = numbers["cost"]
    column = read.columns.get("cost")
    if column is not None and may_be_either(column.heading):
        basis = cost_basis(numbers) or mapping.cost_basis
        asks = [] if basis else [_basis_ask(column.heading)]
        if basis == "unit":
            of_piece, of_line = read.frame["cost"], blank(MONEY, len(of_line))
    by_piece = money_from_cents(product_in_cents(of_piece, numbers["quantity"]))
    return pl.DataFrame({"line": of_line, "piece": by_piece}).select(pl.coalesce("line", "piece")).to_series(), asks


def _basis_ask(heading: str) -> Ask:
    return Ask("cost_basis", {"field": "cost", "heading": heading}, (Choice("line", "line"), Choice("unit", "unit")))
