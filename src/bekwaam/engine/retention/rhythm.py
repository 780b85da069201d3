"""Each customer's own rhythm of ordering, and how long he has been silent."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from bekwaam.engine.retention.orders import order_days

FEWEST_ORDER_DAYS: Final = 3
ESTABLISHED_ORDER_DAYS: Final = 5
# A one-in-ten gap is met once in ten gaps: with ten of his own, own and common spread count equally.
COMMON_GAPS: Final = 10
LOW, HIGH = 0.1, 0.9


def own_rhythm(orders: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """One row per customer with an order before `as_of`: his usual gap between orders and his present silence.

    `orders` is the table that `orders.order_days` takes; orders of one day are one; nothing on or after `as_of`
    is looked at. Returns, sorted by customer:

    - `customer` (text); `order_days` (≥ 1): days with an order;
    - `own_rhythm_days`: median gap between his order days; empty below 3 order days;
    - `usual_low_days` ≤ `own_rhythm_days` ≤ `usual_high_days`: where eight of ten gaps lie, empty likewise;
    - `days_silent` (≥ 1): `as_of` minus his last order day; `first_order`, `last_order` (dates).

    The 10% and 90% quantiles of a handful of gaps are hardly more than the smallest and largest, so they are drawn
    towards a common spread: the same quantiles over the median for all customers with 5 order days or more (the
    median customer of those), times his own median. With n gaps his own quantile counts n/(n + 10) and the common
    one the rest, on the logarithmic scale. His own median is not drawn anywhere.

    Refused as `orders.order_days` refuses.

    Order days 0, 10, 20, 40 as of day 50: gaps 10, 10, 20, rhythm 10 days, 10 days silent.
    """
    days = order_days(orders, as_of)
    repeat = pl.col("customer") == pl.col("customer").shift(1)
    gap = pl.when(repeat).then(pl.col("date").diff().dt.total_days()).cast(pl.Float64).alias("gap")
    found = days.with_columns(gap).group_by("customer").agg(*_own_figures(as_of)).sort("customer")
    known = pl.col("order_days") >= FEWEST_ORDER_DAYS
    low, high = (_drawn_to_common(found, name) for name in ("own_low", "own_high"))
    return found.select(
        "customer",
        "order_days",
        pl.when(known).then("own_rhythm_days").alias("own_rhythm_days"),
        pl.when(known).then(low).alias("usual_low_days"),
        pl.when(known).then(high).alias("usual_high_days"),
        "days_silent",
        "first_order",
        "last_order",
    )


def _own_figures(as_of: date) -> list[pl.Expr]:
    return [
        pl.len().cast(pl.Int64).alias("order_days"),
        pl.col("gap").median().alias("own_rhythm_days"),
        pl.col("gap").quantile(LOW, "linear").alias("own_low"),
        pl.col("gap").quantile(HIGH, "linear").alias("own_high"),
        (pl.lit(as_of) - pl.col("date").max()).dt.total_days().alias("days_silent"),
        pl.col("date").min().alias("first_order"),
        pl.col("date").max().alias("last_order"),
    ]


def _drawn_to_common(found: pl.DataFrame, name: str) -> pl.Expr:
    """The customer's own quantile, drawn to the common one; where nobody is established, his own."""
    established = found.filter(pl.col("order_days") >= ESTABLISHED_ORDER_DAYS)
    common = established.select((pl.col(name) / pl.col("own_rhythm_days")).median()).item()
    if common is None:
        return pl.col(name)
    gaps = pl.col("order_days") - 1
    own_share = gaps / (gaps + COMMON_GAPS)
    common_quantile = pl.col("own_rhythm_days") * common
    drawn: pl.Expr = pl.col(name).pow(own_share) * common_quantile.pow(1 - own_share)
    return drawn
