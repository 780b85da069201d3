"""What the week could be about: one function per subject, each giving a weighed candidate or nothing.

A subject without data is absent. `amount` is the money at stake by which Monday chooses; `values` are plain
figures (decimals as text, days as ISO text) that `wording` turns into a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from bekwaam.facts.read import Facts
from bekwaam.records import tasks
from bekwaam.records.models import Run, Task
from bekwaam.terms.actor import SYSTEM
from bekwaam.terms.money import ZERO, cents
from bekwaam.terms.month import year_before
from bekwaam.workspaces.cockpit import price_volume
from bekwaam.workspaces.cockpit.models import SentenceReading
from bekwaam.workspaces.cockpit.totals import Period, Totals
from bekwaam.workspaces.customers import queries as customers
from bekwaam.workspaces.forecasts import queries as forecasts

Topic = SentenceReading.Topic
TOP_CUSTOMERS = 3
ONE_ORDER_DAYS = 90
LEAST_RETURNED = Decimal("0.50")
"""Of every hundred; less than half a unit is no news."""


@dataclass(frozen=True)
class Candidate:
    """A sentence that could be said, and the money it is about."""

    code: str
    topic: str
    amount: Decimal | None
    values: dict[str, Any] = field(default_factory=dict)


def candidates(run: Run, facts: Facts) -> Iterator[Candidate]:
    """Every sentence that the data of this run allow."""
    totals = Totals.read(facts, run.as_of, SYSTEM)
    yield slipping(run, totals)
    for subject in (year_end(run), concentration(run, totals), without_seller(run), one_order(run, totals)):
        if subject is not None:
            yield subject
    for subject in (overdue(run), prices(facts, run.as_of, totals), returns(totals)):
        if subject is not None:
            yield subject
    for subject in (no_customer(totals), no_cost(totals)):
        if subject is not None:
            yield subject


def slipping(run: Run, totals: Totals) -> Candidate:
    """Customers off their rhythm: nobody is also an answer. Weighed by revenue, as every other subject is."""
    total = customers.slipping_total(run, SYSTEM)
    profit = total.gross_profit_year
    return Candidate(
        code="slipping",
        topic=Topic.CUSTOMERS,
        amount=total.revenue_year,
        values={
            "count": total.count,
            "revenue_year": str(total.revenue_year),
            "gross_profit_year": None if profit is None else str(profit),
            "looked_at": customers.established(run, SYSTEM),
            "most_order_days": customers.most_order_days(run, SYSTEM),
            **_since(totals.year),
        },
    )


def _since(period: Period) -> dict[str, str]:
    """From when the data count, where that is later than the period begins: sentences then name the day."""
    return {} if period.is_covered else {"since": period.covered_from.isoformat()}


def year_end(run: Run) -> Candidate | None:
    """Where the year ends, and how that moved since the snapshot before."""
    reading = forecasts.year_end(run, SYSTEM)
    if reading is None:
        return None
    values: dict[str, Any] = {
        "year": reading.year_name,
        "status": reading.status,
        "mean": _text(reading.mean),
        "lo80": _text(reading.lo80),
        "hi80": _text(reading.hi80),
        "months_known": reading.months_known,
        "months_needed": reading.months_needed,
        "covered_from": reading.covered_from and reading.covered_from.isoformat(),
        "missing_months": reading.missing_months,
    }
    amount = (reading.mean - reading.lo80) if reading.mean is not None and reading.lo80 is not None else None
    change = forecasts.change(run, SYSTEM)
    if change is not None:
        mover = forecasts.largest_change(run, SYSTEM, "country")
        before = change.before.run
        values |= {"change": str(change.amount), "since": before.as_of.isoformat(), "mover": mover and mover.now.key}
        amount = abs(change.amount) or amount
    return Candidate(code="year_end", topic=Topic.FORECASTS, amount=amount, values=values)


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def concentration(run: Run, totals: Totals) -> Candidate | None:
    """How much of the revenue hangs on three customers, weighed by the chance that they do not order."""
    top = list(customers.readings(run, SYSTEM).order_by("-revenue_year", "customer_number")[:TOP_CUSTOMERS])
    if len(top) < TOP_CUSTOMERS or totals.year.revenue <= 0:
        return None
    revenue = sum((row.revenue_year for row in top), ZERO)
    before = totals.top_before(TOP_CUSTOMERS)
    return Candidate(
        code="concentration",
        topic=Topic.CUSTOMERS,
        amount=sum((row.expected_loss or ZERO for row in top), ZERO),
        values={
            "count": TOP_CUSTOMERS,
            "revenue": str(revenue),
            "share": float(revenue / totals.year.revenue),
            "share_before": before,
        },
    )


def without_seller(run: Run) -> Candidate | None:
    """Customers whom nobody looks after; absent when no seller is known at all."""
    found = customers.without_seller(run, SYSTEM)
    if found is None or not found[0]:
        return None
    count, revenue = found
    nobodys = customers.readings(run, SYSTEM).filter(has_seller=False)
    amount = sum((row.expected_loss or ZERO for row in nobodys), ZERO)
    values = {"count": count, "revenue": str(revenue)}
    return Candidate(code="without_seller", topic=Topic.CUSTOMERS, amount=amount, values=values)


def one_order(run: Run, totals: Totals) -> Candidate | None:
    """Customers who ordered on one day only, some time ago; to be won is their revenue times the chance of an order."""
    found = customers.readings(run, SYSTEM).filter(order_days=1, days_silent__gt=ONE_ORDER_DAYS, revenue_year__gt=0)
    known = [row for row in found if row.expected_loss is not None]
    to_win = sum((row.revenue_year - row.expected_loss for row in known), ZERO)
    if not to_win:
        return None
    values = {"count": len(found), "to_win": str(to_win), "days": ONE_ORDER_DAYS, **_since(totals.year)}
    return Candidate(code="one_order", topic=Topic.CUSTOMERS, amount=to_win, values=values)


def overdue(run: Run) -> Candidate | None:
    """Tasks over their day; absent when nothing is to be done. At stake: what hangs on the opportunities and customers.

    By the calendar, not by the last day of the data: a promise waits for no export.
    """
    late = list(tasks.overdue(SYSTEM, timezone.localdate()).select_related("customer", "opportunity"))
    still = Task.objects.filter(done_at__isnull=True, trashed_at__isnull=True).count()
    if not still:
        return None
    chances = {one.opportunity for one in late if one.opportunity and not one.opportunity.is_closed}
    numbers = {one.customer.number for one in late if one.customer}
    about = customers.readings(run, SYSTEM).filter(customer_number__in=numbers)
    stake = sum((one.amount or ZERO for one in chances), ZERO) + sum((row.expected_loss or ZERO for row in about), ZERO)
    return Candidate("overdue", Topic.TASKS, cents(stake) if stake else None, {"count": len(late), "open": still})


def prices(facts: Facts, as_of: date, totals: Totals) -> Candidate | None:
    """Price against volume, over twelve months and the twelve before; absent when those are not covered."""
    if totals.before is None:
        return None
    before = year_before(as_of)
    split = price_volume.split(facts, first=year_before(before), middle=before, until=as_of)
    if split is None or not split.is_worth_telling:
        return None
    return Candidate(code="price_volume", topic=Topic.PRICES, amount=abs(split.volume_effect), values=split.to_values())


def returns(totals: Totals) -> Candidate | None:
    """What came back or was credited in twelve months; at stake is what came back more than the year before."""
    back = abs(totals.year.returned)
    if totals.year.revenue + back <= 0 or _per_100(totals.year) < LEAST_RETURNED:
        return None
    values: dict[str, Any] = {"amount": str(back), "per_100": str(_per_100(totals.year)), "per_100_before": None}
    values |= _since(totals.year)
    if totals.before is None or totals.before.revenue + abs(totals.before.returned) <= 0:
        return Candidate(code="returns", topic=Topic.RETURNS, amount=None, values=values)
    more = (_per_100(totals.year) - _per_100(totals.before)) / 100 * (totals.year.revenue + back)
    values["per_100_before"] = str(_per_100(totals.before))
    return Candidate(code="returns", topic=Topic.RETURNS, amount=cents(max(more, ZERO)), values=values)


def _per_100(period: Period) -> Decimal:
    """Of every hundred sold, how much came back."""
    back = abs(period.returned)
    return cents(back / (period.revenue + back) * 100)


def no_customer(totals: Totals) -> Candidate | None:
    """Revenue that stands on no customer: a step for later."""
    lost = totals.year.revenue_without_customer
    if lost <= 0:
        return None
    values = {"revenue": str(lost), "lines": totals.year.lines_without_customer}
    return Candidate(code="no_customer", topic=Topic.LATER, amount=lost, values=values)


def no_cost(totals: Totals) -> Candidate | None:
    """No cost price on any line: a step for later, worth the revenue of customers whom we know.

    A cost price tells whom we earn from only where the customer is known; so revenue without a customer counts for
    the other step.
    """
    revenue = totals.year.revenue - totals.year.revenue_without_customer
    if totals.year.has_any_cost or revenue <= 0:
        return None
    return Candidate(code="no_cost", topic=Topic.LATER, amount=revenue, values={"revenue": str(totals.year.revenue)})
