"""What the customers room works out in a refresh: rhythm, chance of an order, the call list, and the look back."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from bekwaam.engine.retention import SlippingList, own_rhythm, slipping_list, summarise
from bekwaam.facts.read import Facts
from bekwaam.records.models import Run
from bekwaam.terms.actor import SYSTEM
from bekwaam.terms.money import cents
from bekwaam.workspaces.customers.looking_back import data_end, keep_hindsight, look_back_days
from bekwaam.workspaces.customers.loss import expected_loss
from bekwaam.workspaces.customers.models import CustomerReading, RetentionReading
from bekwaam.workspaces.customers.strips import CHUNK, order_days, strips
from bekwaam.workspaces.customers.worth import Worth, read_worth

CAPACITY = 20
"""How many customers a call list names: a week's work for a small team."""
HORIZON_DAYS = 90
DAYS_PER_WEEK = 7


def refresh(run: Run, facts: Facts) -> None:
    """Store the readings of this room for the run's day and data version."""
    orders = order_days(facts, run.as_of)
    if orders.is_empty():
        return
    period = look_back_days(run.as_of, end=data_end(facts))
    worth, worth_then = read_worth(facts, [run.as_of, period[0]])
    found = slipping_list(orders, run.as_of, CAPACITY, worth.values)
    _keep_retention(run, found)
    _keep_customers(run, facts, orders, found, worth)
    keep_hindsight(run, facts, period, worth_then, capacity=CAPACITY)


def _keep_retention(run: Run, found: SlippingList) -> None:
    RetentionReading.objects.create(
        run=run,
        status=found.status,
        method=found.method,
        parameters=dict(found.parameters),
        log_likelihood=found.log_likelihood,
        customers=found.frame.height,
        capacity=CAPACITY,
    )


def _keep_customers(run: Run, facts: Facts, orders: pl.DataFrame, found: SlippingList, worth: Worth) -> None:
    owned = set(facts.ask("customers_with_seller", SYSTEM, as_of=run.as_of).polars()["customer_number"])
    table = (
        own_rhythm(orders, run.as_of)
        .join(_chances(orders, run.as_of, found), on="customer", how="left")
        .join(found.frame.select("customer", "usual_chance_90d", "reason"), on="customer", how="left")
        .join(_ranks(found), on="customer", how="left")
        .join(worth.revenue.rename({"value_year": "revenue"}), on="customer", how="left")
        .join(_profits(worth), on="customer", how="left")
        .join(strips(orders, run.as_of), on="customer", how="left")
    )
    rows = [_reading(run, row, owned=owned) for row in table.iter_rows(named=True)]
    CustomerReading.objects.bulk_create(rows, batch_size=CHUNK)


def _ranks(found: SlippingList) -> pl.DataFrame:
    """`customer, rank` of the call list: the order of the engine's list, from 1 on."""
    return found.frame.filter("listed").select("customer").with_row_index("rank", offset=1)


def _profits(worth: Worth) -> pl.DataFrame:
    """`customer, gross_profit`; empty where the run is measured in revenue, so that no column mixes the two."""
    profit = worth.revenue.clear() if worth.profit is None else worth.profit
    return profit.rename({"value_year": "gross_profit"})


def _chances(orders: pl.DataFrame, as_of: date, found: SlippingList) -> pl.DataFrame:
    """`customer, chance_of_order_90d, expected_orders_90d` of every customer; empty where a plain rule spoke.

    A model that sees nobody leave takes every silence for chance: its figures would contradict the list.
    """
    summary = summarise(orders, as_of, "week")
    if found.method == "plain_rule":
        nothing = pl.lit(None, pl.Float64)
        return summary.select("customer", chance_of_order_90d=nothing, expected_orders_90d=nothing)
    horizon = HORIZON_DAYS / DAYS_PER_WEEK
    chance = found.model.chance_of_order(summary, horizon).rename({"chance_of_order": "chance_of_order_90d"})
    expected = found.model.expected_orders(summary, horizon).rename({"expected_orders": "expected_orders_90d"})
    return chance.join(expected, on="customer")


def _reading(run: Run, row: dict[str, Any], *, owned: set[str]) -> CustomerReading:
    revenue = cents(row["revenue"] or 0)
    chance = row["chance_of_order_90d"]
    return CustomerReading(
        run=run,
        customer_number=row["customer"],
        revenue_year=revenue,
        gross_profit_year=None if row["gross_profit"] is None else cents(row["gross_profit"]),
        chance_of_order_90d=chance,
        usual_chance_90d=row["usual_chance_90d"],
        expected_orders_90d=row["expected_orders_90d"],
        own_rhythm_days=row["own_rhythm_days"],
        usual_low_days=row["usual_low_days"],
        usual_high_days=row["usual_high_days"],
        days_silent=row["days_silent"],
        order_days=row["order_days"],
        first_order=row["first_order"],
        last_order=row["last_order"],
        expected_loss=expected_loss(revenue, chance),
        is_slipping=row["rank"] is not None,
        rank=row["rank"],
        reason=row["reason"] or "",
        recent_order_days=row["strip"] or [],
        has_seller=row["customer"] in owned,
    )
