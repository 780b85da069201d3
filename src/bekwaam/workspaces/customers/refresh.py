"""What the customers room works out in a refresh: rhythm, chance of an order, the call list, and the look back."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from bekwaam.engine.retention import (
    BetaGeometric,
    LookBack,
    SlippingList,
    look_back,
    own_rhythm,
    slipping_list,
    summarise,
)
from bekwaam.facts.read import Facts
from bekwaam.records.models import Run
from bekwaam.terms.actor import SYSTEM
from bekwaam.terms.money import cents
from bekwaam.terms.month import year_before
from bekwaam.workspaces.customers.models import (
    CustomerReading,
    HindsightCustomer,
    HindsightReading,
    RetentionReading,
)

CAPACITY = 20
"""How many customers a call list names: a week's work for a small team."""
HORIZON_DAYS = 90
DAYS_PER_WEEK = 7
STRIP_DAYS = 548
HALF_YEAR_DAYS = 182
PAST_DAYS = 28
"""A run this far before the data's end looks ahead from its own day: what became of its call list?"""
CHUNK = 2_000


def refresh(run: Run, facts: Facts) -> None:
    """Store the readings of this room for the run's day and data version."""
    orders = order_days(facts, run.as_of)
    if orders.is_empty():
        return
    found = slipping_list(orders, run.as_of, capacity=CAPACITY)
    _keep_retention(run, found)
    _keep_customers(run, facts, orders, found)
    _keep_hindsight(run, facts)


def order_days(facts: Facts, as_of: date) -> pl.DataFrame:
    """One row per customer and order day before `as_of`: `customer, date, value` (revenue of that day's sales)."""
    days = facts.ask("order_days", SYSTEM, as_of=as_of).polars()
    return days.select(customer="customer_number", date="order_date", value="revenue")


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


def _keep_customers(run: Run, facts: Facts, orders: pl.DataFrame, found: SlippingList) -> None:
    year = facts.ask("revenue_by_customer_between", SYSTEM, first=year_before(run.as_of), until=run.as_of).polars()
    owned = set(facts.ask("customers_with_seller", SYSTEM, as_of=run.as_of).polars()["customer_number"])
    table = (
        own_rhythm(orders, run.as_of)
        .join(_chances(orders, run.as_of), on="customer", how="left")
        .join(found.frame.select("customer", "usual_chance_90d", "reason"), on="customer", how="left")
        .join(year.rename({"customer_number": "customer"}), on="customer", how="left")
        .join(_strips(orders, run.as_of), on="customer", how="left")
    )
    listed = set(found.frame.filter("listed")["customer"])
    rows = [_reading(run, row, owned=owned) for row in table.iter_rows(named=True)]
    _rank([row for row in rows if row.customer_number in listed])
    CustomerReading.objects.bulk_create(rows, batch_size=CHUNK)


def _rank(listed: list[CustomerReading]) -> None:
    """Put the call list in order: by expected loss, or by revenue where there is no chance to tell."""
    ordered = sorted(listed, key=lambda row: (-(row.expected_loss or row.revenue_year), row.customer_number))
    for place, row in enumerate(ordered, start=1):
        row.rank, row.is_slipping = place, True


def _chances(orders: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """`customer, chance_of_order_90d, expected_orders_90d` of every customer, by the model of the call list."""
    summary = summarise(orders, as_of, "week")
    model = BetaGeometric().fit(summary)
    horizon = HORIZON_DAYS / DAYS_PER_WEEK
    chance = model.chance_of_order(summary, horizon).rename({"chance_of_order": "chance_of_order_90d"})
    expected = model.expected_orders(summary, horizon).rename({"expected_orders": "expected_orders_90d"})
    return chance.join(expected, on="customer")


def _strips(orders: pl.DataFrame, as_of: date) -> pl.DataFrame:
    recent = orders.filter(pl.col("date") >= as_of - timedelta(days=STRIP_DAYS))
    return recent.group_by("customer").agg(strip=pl.col("date").unique().sort().dt.to_string("%Y-%m-%d"))


def _reading(run: Run, row: dict[str, Any], *, owned: set[str]) -> CustomerReading:
    revenue = cents(row["revenue"] or 0)
    profit = None if row["gross_profit"] is None else cents(row["gross_profit"])
    chance = row["chance_of_order_90d"]
    return CustomerReading(
        run=run,
        customer_number=row["customer"],
        revenue_year=revenue,
        gross_profit_year=profit,
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
        reason=row["reason"] or "",
        recent_order_days=row["strip"] or [],
        has_seller=row["customer"] in owned,
    )


def expected_loss(revenue: Decimal, chance: float | None) -> Decimal | None:
    """The revenue of a year times the chance that no order comes in 90 days, to the cent: by this customers rank.

    None where the history is too short for a chance.

    >>> expected_loss(Decimal("1000.00"), 0.25)
    Decimal('750.00')
    """
    if chance is None:
        return None
    return cents(max(revenue, Decimal(0)) * (1 - Decimal(repr(chance))))


def _keep_hindsight(run: Run, facts: Facts) -> None:
    then, now = look_back_days(run.as_of, end=_data_end(facts))
    orders = order_days(facts, now)
    found = look_back(orders, then, now, capacity=CAPACITY)
    HindsightReading.objects.create(
        run=run,
        then=then,
        now=now,
        window_days=found.window_days,
        status=found.status,
        verdict=found.verdict,
        months_had=found.months_had,
        months_needed=found.months_needed,
        leavers=found.leavers,
        value_lost=_value_lost(found),
        rules=[as_text(rule) for rule in found.rules.to_dicts()],
    )
    HindsightCustomer.objects.bulk_create(_hindsight_rows(run, orders, found, now), batch_size=CHUNK)


def look_back_days(as_of: date, *, end: date) -> tuple[date, date]:
    """From which day to look ahead, and up to which: half a year back, or from a past `as_of` to the data's end.

    >>> look_back_days(date(2011, 12, 10), end=date(2011, 12, 10))
    (datetime.date(2011, 6, 11), datetime.date(2011, 12, 10))
    >>> look_back_days(date(2011, 7, 1), end=date(2011, 12, 10))
    (datetime.date(2011, 7, 1), datetime.date(2011, 12, 10))
    """
    if as_of + timedelta(days=PAST_DAYS) <= end:
        return as_of, min(end, as_of + timedelta(days=HALF_YEAR_DAYS))
    return as_of - timedelta(days=HALF_YEAR_DAYS), as_of


def _data_end(facts: Facts) -> date:
    last: date = facts.ask("span", SYSTEM).dicts()[0]["last_date"]
    return last + timedelta(days=1)


def _value_lost(found: LookBack) -> Decimal | None:
    if found.status != "ok":
        return None
    left = found.customers.filter(pl.col("outcome").is_in(["seen", "missed"]))
    return cents(left["value_year"].sum() or 0)


def as_text(rule: dict[str, Any]) -> dict[str, Any]:
    """A row of the comparison as JSON keeps it: amounts as text."""
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in rule.items()}


def _hindsight_rows(run: Run, orders: pl.DataFrame, found: LookBack, now: date) -> list[HindsightCustomer]:
    if found.status != "ok":
        return []
    named = found.customers.filter(pl.col("outcome") != "stayed")
    table = named.join(_strips(orders, now), on="customer", how="left")
    return [
        HindsightCustomer(
            run=run,
            customer_number=row["customer"],
            group=row["outcome"],
            value_year=cents(row["value_year"]),
            last_order_before=row["last_order"],
            first_order_after=row["next_order"],
            order_days=row["strip"] or [],
        )
        for row in table.iter_rows(named=True)
    ]
