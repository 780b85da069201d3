"""Orders as offered: checked, merged per customer and day, and cut off before `as_of`."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from bekwaam.terms.errors import Refused, WrongCall

ORDER_COLUMNS: Final = ("customer", "date", "value")
LARGEST_DAY: Final = 1_000_000_000_000
MONEY: Final = pl.Decimal(18, 2)


def order_days(orders: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """One row per customer and day with an order before `as_of`; orders of one day are one.

    `orders` has the columns `customer` (text, any characters), `date` (date, or a moment whose date counts) and
    `value` (money, float or decimal; may be negative). Other columns are ignored, and so is the order of the rows.

    Returns `customer` (text), `date` (date) and `value` (the day's sum: decimal when the values are decimal, else
    float), sorted by customer and date. Orders on or after `as_of` are left out.

    Refused: `orders_columns` when a column is absent, `orders_type` when it holds something else, `orders_empty`
    when a cell is empty, `orders_amount` when a value is infinite or a day exceeds 10¹² either way.
    WrongCall: `table_column` when `orders` is no `polars.DataFrame`.

    >>> from datetime import date
    >>> twice = pl.DataFrame({"customer": ["A"] * 2, "date": [date(2026, 1, 5)] * 2, "value": [2.0, 3.0]})
    >>> order_days(twice, date(2026, 2, 1)).row(0)
    ('A', datetime.date(2026, 1, 5), 5.0)
    """
    before = _checked(orders).filter(pl.col("date") < as_of)
    days = before.group_by("customer", "date").agg(pl.col("value").sum()).sort("customer", "date")
    refuse_where(days, pl.col("value").abs() > LARGEST_DAY, "orders_amount")
    return days


def check_is_table(table: object, name: str) -> None:
    """WrongCall `table_column` unless `table` is a `polars.DataFrame`: a lazy one is for the caller to collect."""
    if not isinstance(table, pl.DataFrame):
        raise WrongCall("table_column", table=name, column="*", expected="polars.DataFrame")


def to_cents(amount: pl.Expr) -> pl.Expr:
    """The amount as `Decimal(18,2)`, rounded half away from zero as `terms.money.cents` does."""
    return amount.round(2, mode="half_away_from_zero").cast(MONEY)


def refuse_where(table: pl.DataFrame, wrong: pl.Expr, code: str, **values: str) -> None:
    """Refuse with `code` and the number of `rows` where `wrong` holds; do nothing when there are none."""
    rows = table.select(wrong.fill_null(False).sum()).item()
    if rows:
        raise Refused(code, rows=rows, **values)


def _checked(orders: pl.DataFrame) -> pl.DataFrame:
    check_is_table(orders, "orders")
    missing = [name for name in ORDER_COLUMNS if name not in orders.columns]
    if missing:
        raise Refused("orders_columns", missing=missing)
    table = orders.select(ORDER_COLUMNS)
    _check_types(table)
    for name in ORDER_COLUMNS:
        refuse_where(table, pl.col(name).is_null(), "orders_empty", column=name)
    if not table.schema["value"].is_decimal():
        table = table.with_columns(pl.col("value").cast(pl.Float64))
        refuse_where(table, pl.col("value").is_finite().not_(), "orders_amount")
    return table.with_columns(pl.col("date").cast(pl.Date))


def _check_types(table: pl.DataFrame) -> None:
    kinds = table.schema
    fitting = {
        "customer": (kinds["customer"] == pl.String, "text"),
        "date": (kinds["date"] in (pl.Date, pl.Datetime), "date"),
        "value": (kinds["value"].is_numeric(), "number"),
    }
    for column, (fits, expected) in fitting.items():
        if not fits:
            raise Refused("orders_type", column=column, found=str(kinds[column]), expected=expected)
