"""The why of a figure: the very order lines at the run's data version, and a sum that equals what the page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings

from bekwaam.facts.read import Facts
from bekwaam.records.models import Run
from bekwaam.terms.actor import Actor
from bekwaam.terms.month import year_before

PAGE_SIZE = 100


@dataclass(frozen=True)
class Why:
    """One page of the lines behind a customer's revenue of twelve months."""

    first: date
    until: date
    lines: list[dict[str, Any]]
    count: int
    revenue: Decimal
    page: int
    pages: int


def lines_behind_revenue(run: Run, number: str, actor: Actor, *, page: int = 1) -> Why:
    """The lines that make `revenue_year` of one customer."""
    facts = Facts(settings.BEKWAAM_HOME.facts, run.facts_version)
    first, until = year_before(run.as_of), run.as_of
    period = {"customer": number, "first": first, "until": until}
    total = facts.ask("sum_of_customer_between", actor, **period).dicts()[0]
    pages = max(1, -(-total["lines"] // PAGE_SIZE))
    page = min(max(page, 1), pages)
    asked = facts.ask("lines_of_customer_between", actor, **period, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
    return Why(
        first=first,
        until=until,
        lines=asked.dicts(),
        count=total["lines"],
        revenue=total["revenue"] or Decimal("0.00"),
        page=page,
        pages=pages,
    )


def orders_of(run: Run, number: str, actor: Actor, *, limit: int = 30) -> list[dict[str, Any]]:
    """The customer's last orders for the timeline: `order_number, order_date, revenue, lines`, newest first."""
    facts = Facts(settings.BEKWAAM_HOME.facts, run.facts_version)
    return facts.ask("orders_of_customer", actor, customer=number, as_of=run.as_of, limit=limit).dicts()
