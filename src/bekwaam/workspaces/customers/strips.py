"""Order days as the engines and the rhythm pictures take them."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from bekwaam.facts.read import Facts
from bekwaam.terms.actor import SYSTEM

STRIP_DAYS = 548
CHUNK = 2_000


def order_days(facts: Facts, as_of: date) -> pl.DataFrame:
    """One row per customer and order day before `as_of`: `customer, date, value` (revenue of that day's sales)."""
    days = facts.ask("order_days", SYSTEM, as_of=as_of).polars()
    return days.select(customer="customer_number", date="order_date", value="revenue")


def strips(orders: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """`customer, strip`: the order days of eighteen months as ISO text."""
    recent = orders.filter(pl.col("date") >= as_of - timedelta(days=STRIP_DAYS))
    return recent.group_by("customer").agg(strip=pl.col("date").unique().sort().dt.to_string("%Y-%m-%d"))
