"""The call list beside what was planted: who has begun to go, and does the list name him in time?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import polars as pl

from bekwaam.demo.firm import Trade
from bekwaam.engine.retention import slipping_list

CAPACITY: Final = 20
SILENCE_DAYS: Final = 60
BEGUN_DAYS: Final = 180
"""Who began to go longer ago is no longer going but gone."""
EARLY_DAYS: Final = 90
"""Who began to go no longer ago is found early."""
ESTABLISHED: Final = 5
METHODS: Final = ("call list", "60 days, 20 largest", "60 days, all", "60 days, whole book")
"""The call list, and the rule of thumb: the 20 largest of those silent for longer than 60 days, all of them, and the 20
largest when those count too whom the call list leaves out as long gone."""


@dataclass(frozen=True)
class Found:
    """What a way of naming customers found on one day.

    Attributes:
        named: how many it named.
        found: share of those going that it named; value_found: the same of their revenue in the 12 months before.
        early, value_early: the same of those whose lapse began in the last 90 days.
        precision: share of the named that are going or gone; 0 when it names nobody.
    """

    named: int
    found: float | None
    value_found: float | None
    early: float | None
    value_early: float | None
    precision: float


def order_days(made: Trade) -> pl.DataFrame:
    """`customer, date, value`: revenue of each day's sales, as the customers room takes it."""
    sales = made.sales.filter(pl.col("kind") == "sale")
    return sales.group_by("customer", "date").agg(value=pl.col("revenue").sum()).sort("customer", "date")


def judged(made: Trade, orders: pl.DataFrame, as_of: date) -> dict[str, Found]:
    """What each of `METHODS` found as of a day; all but the last choose among the call list's established customers.

    Going: the lapse began in the 180 days before, of a customer with at least 5 order days by then.
    """
    listed = slipping_list(orders, as_of, capacity=CAPACITY).frame
    silent = _silent(listed)
    named = (listed.filter("listed"), silent.head(CAPACITY), silent, _silent(_book(orders, as_of)).head(CAPACITY))
    begun = _begun(made, orders, as_of)
    return {method: _found(who["customer"], begun, as_of) for method, who in zip(METHODS, named, strict=True)}


def _silent(customers: pl.DataFrame) -> pl.DataFrame:
    is_silent = pl.col("days_silent") > SILENCE_DAYS
    return customers.filter(is_silent).sort("value_year", "customer", descending=[True, False])


def _book(orders: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Everyone with 5 order days and revenue in the last 12 months, however long he is silent."""
    in_year = pl.col("date") >= as_of - timedelta(days=365)
    customers = (
        orders.filter(pl.col("date") < as_of)
        .group_by("customer")
        .agg(
            days=pl.len(),
            value_year=pl.col("value").filter(in_year).sum(),
            days_silent=(pl.lit(as_of) - pl.col("date").max()).dt.total_days(),
        )
    )
    return customers.filter(pl.col("days") >= ESTABLISHED, pl.col("value_year") > 0)


@dataclass(frozen=True)
class _Begun:
    """An established customer whose lapse began before the day: when, and his revenue of 12 months."""

    customer: str
    starts_on: date
    value: float


def _begun(made: Trade, orders: pl.DataFrame, as_of: date) -> list[_Begun]:
    before = orders.filter(pl.col("date") < as_of)
    in_year = pl.col("value").filter(pl.col("date") >= as_of - timedelta(days=365)).sum().cast(pl.Float64)
    history = before.group_by("customer").agg(days=pl.len(), value=in_year).filter(pl.col("days") >= ESTABLISHED)
    known = dict(history.select("customer", "value").iter_rows())
    return [
        _Begun(lapse.customer, lapse.starts_on, known[lapse.customer])
        for lapse in made.truth.lapses
        if lapse.starts_on < as_of and lapse.customer in known
    ]


def _found(named: pl.Series, begun: list[_Begun], as_of: date) -> Found:
    names = set(named.to_list())
    going, early = (
        [each for each in begun if each.starts_on >= as_of - timedelta(days=days)] for days in (BEGUN_DAYS, EARLY_DAYS)
    )
    right = [each for each in begun if each.customer in names]
    return Found(
        named=len(names),
        found=_share(going, names, by_value=False),
        value_found=_share(going, names, by_value=True),
        early=_share(early, names, by_value=False),
        value_early=_share(early, names, by_value=True),
        precision=len(right) / len(names) if names else 0.0,
    )


def _share(going: list[_Begun], names: set[str], *, by_value: bool) -> float | None:
    """The share of those going that are named; None when nobody goes."""
    weights = {each.customer: each.value if by_value else 1.0 for each in going}
    whole = sum(weights.values())
    return sum(weights[name] for name in weights.keys() & names) / whole if whole else None
