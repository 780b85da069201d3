"""The look back of a refresh: the call list of an earlier day, beside what became of the customers."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import polars as pl

from bekwaam.engine.retention import SHORTEST_WINDOW, LookBack, look_back_by, rules_by
from bekwaam.facts.read import Facts
from bekwaam.records.models import Run
from bekwaam.terms.actor import SYSTEM
from bekwaam.terms.coverage import missing_months
from bekwaam.terms.money import cents
from bekwaam.terms.month import Month
from bekwaam.workspaces.customers.models import HindsightCustomer, HindsightReading
from bekwaam.workspaces.customers.strips import CHUNK, order_days, strips
from bekwaam.workspaces.customers.worth import Worth

HALF_YEAR_DAYS = 182
SILENCE_DAYS = 90
"""A hole shortly before the look back begins makes everyone look silent: it spoils the list of that day too."""


def look_back_days(as_of: date, *, end: date) -> tuple[date, date]:
    """From which day to look ahead, and up to which: half a year back, or from a past `as_of` to the data's end.

    From a past day only where at least ninety days came after it: in less, nobody can be said to have left.

    >>> look_back_days(date(2011, 12, 10), end=date(2011, 12, 10))
    (datetime.date(2011, 6, 11), datetime.date(2011, 12, 10))
    >>> look_back_days(date(2011, 7, 1), end=date(2011, 12, 10))
    (datetime.date(2011, 7, 1), datetime.date(2011, 12, 10))
    """
    if as_of + timedelta(days=SHORTEST_WINDOW) <= end:
        return as_of, min(end, as_of + timedelta(days=HALF_YEAR_DAYS))
    return as_of - timedelta(days=HALF_YEAR_DAYS), as_of


def data_end(facts: Facts) -> date:
    """The day after the last order line."""
    last: date = facts.ask("span", SYSTEM).dicts()[0]["last_date"]
    return last + timedelta(days=1)


def keep_hindsight(run: Run, facts: Facts, period: tuple[date, date], worth: Worth, *, capacity: int) -> None:
    """Store the look back over a period, or that months are missing in it."""
    then, now = period
    orders = order_days(facts, now)
    found = look_back_by(orders, worth.values, then, now, capacity)
    holes = _holes(facts, then, now)
    if holes:
        _keep_hole(run, found, holes)
        return
    rules = rules_by(found, worth.revenue)
    HindsightReading.objects.create(
        run=run,
        **_seen(found),
        status=found.status,
        verdict=found.verdict,
        leavers=found.leavers,
        value_lost=_lost(found, worth.revenue),
        rules=[as_text(rule) for rule in rules.to_dicts()],
        profit_lost=None if worth.profit is None else _lost(found, worth.profit),
        profit_rules=[] if worth.profit is None else [as_text(rule) for rule in found.rules.to_dicts()],
    )
    HindsightCustomer.objects.bulk_create(_customers(run, orders, found, worth), batch_size=CHUNK)


def _holes(facts: Facts, then: date, now: date) -> list[Month]:
    """Missing months that would pass for silence: between shortly before `then` and `now`."""
    sold = facts.ask("revenue_by_month", SYSTEM, as_of=now).polars()["month"].cast(pl.Date).to_list()
    since = Month.of(then - timedelta(days=SILENCE_DAYS))
    return [month for month in missing_months(sold, now) if month >= since]


def _keep_hole(run: Run, found: LookBack, holes: list[Month]) -> None:
    HindsightReading.objects.create(
        run=run,
        **_seen(found),
        status=HindsightReading.HOLE,
        verdict="not_yet",
        missing_months=[str(month) for month in holes],
    )


def _seen(found: LookBack) -> dict[str, Any]:
    return {
        "then": found.then,
        "now": found.now,
        "window_days": found.window_days,
        "months_had": found.months_had,
        "months_needed": found.months_needed,
    }


def _lost(found: LookBack, values: pl.DataFrame) -> Decimal | None:
    """What those who left were worth."""
    if found.status != "ok":
        return None
    left = found.customers.filter(pl.col("outcome").is_in(["seen", "missed"])).select("customer")
    return cents(left.join(values, on="customer", how="inner")["value_year"].sum() or 0)


def as_text(rule: dict[str, Any]) -> dict[str, Any]:
    """A row of the comparison as JSON keeps it: amounts as text."""
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in rule.items()}


def _customers(run: Run, orders: pl.DataFrame, found: LookBack, worth: Worth) -> list[HindsightCustomer]:
    if found.status != "ok":
        return []
    table = (
        found.customers.filter(pl.col("outcome") != "stayed")
        .join(strips(orders, found.now), on="customer", how="left")
        .join(worth.revenue.rename({"value_year": "revenue"}), on="customer", how="left")
    )
    return [
        HindsightCustomer(
            run=run,
            customer_number=row["customer"],
            group=row["outcome"],
            value_year=cents(row["revenue"] or 0),
            gross_profit_year=None if worth.profit is None else cents(row["value_year"]),
            last_order_before=row["last_order"],
            first_order_after=row["next_order"],
            order_days=row["strip"] or [],
        )
        for row in table.iter_rows(named=True)
    ]
