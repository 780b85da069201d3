"""The order lines behind a forecast's history: the rows of a month, a country, a product or a customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings

from bekwaam.facts.read import Facts
from bekwaam.records.models import Run
from bekwaam.terms.actor import Actor

PAGE_SIZE = 100


@dataclass(frozen=True)
class LinesPage:
    """One page of order lines with the sum of all of them."""

    first: date
    until: date
    lines: list[dict[str, Any]]
    count: int
    revenue: Decimal
    page: int
    pages: int


def lines_between(
    run: Run, actor: Actor, *, first: date, until: date, chosen: dict[str, str], page: int = 1
) -> LinesPage:
    """The lines in `[first, until)`; `chosen` may hold `country`, `product` or `customer`."""
    facts = Facts(settings.BEKWAAM_HOME.facts, run.facts_version)
    asked: dict[str, Any] = {"country": None, "product": None, "customer": None, "kind": None, **chosen}
    total = facts.ask("sum_of_lines_between", actor, first=first, until=until, **asked).dicts()[0]
    pages = max(1, -(-total["lines"] // PAGE_SIZE))
    page = min(max(page, 1), pages)
    found = facts.ask(
        "lines_between", actor, first=first, until=until, **asked, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE
    )
    return LinesPage(
        first=first,
        until=until,
        lines=found.dicts(),
        count=total["lines"],
        revenue=total["revenue"] or Decimal("0.00"),
        page=page,
        pages=pages,
    )
