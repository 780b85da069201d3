"""The figures over twelve months and the twelve before: revenue, returns, customers, countries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bekwaam.facts.read import Facts
from bekwaam.terms.actor import Actor
from bekwaam.terms.coverage import covers, missing_months
from bekwaam.terms.month import Month, year_before


@dataclass(frozen=True)
class Period:
    """What was sold in `[first, until)`; gross profit is None where any cost is unknown.

    The data count from `covered_from` on: `first` itself, or the first order where the data begin later. Of the
    `missing` months within it not one line is in the data.
    """

    first: date
    until: date
    covered_from: date
    missing: tuple[Month, ...]
    revenue: Decimal
    gross_profit: Decimal | None
    returned: Decimal
    orders: int
    customers: int
    lines: int
    lines_without_customer: int
    revenue_without_customer: Decimal
    has_any_cost: bool

    @property
    def is_covered(self) -> bool:
        """Whether the data reach back to the first day."""
        return self.covered_from == self.first

    def to_json(self) -> dict[str, Any]:
        """The object of the command line."""
        return {
            "first": self.first.isoformat(),
            "until": self.until.isoformat(),
            "covered_from": self.covered_from.isoformat(),
            "is_covered": self.is_covered,
            "missing_months": [str(month) for month in self.missing],
            "revenue": str(self.revenue),
            "gross_profit": None if self.gross_profit is None else str(self.gross_profit),
            "returned": str(self.returned),
            "orders": self.orders,
            "customers": self.customers,
            "lines": self.lines,
        }


@dataclass(frozen=True)
class Totals:
    """Twelve months, the twelve before where the data cover them, and revenue by country."""

    year: Period
    before: Period | None
    by_country: list[dict[str, Any]]
    revenue_by_customer_before: list[Decimal]

    @classmethod
    def read(cls, facts: Facts, as_of: date, actor: Actor) -> Totals:
        """Read the totals that the actor may see."""
        middle = year_before(as_of)
        first = year_before(middle)
        known = _Known.of(facts, as_of, actor)
        is_covered = covers(known.start, first) and not known.missing_since(first)
        return cls(
            year=_period(facts, middle, as_of, actor, known=known),
            before=_period(facts, first, middle, actor, known=known) if is_covered else None,
            by_country=facts.ask("totals_by_country_between", actor, first=middle, until=as_of).dicts(),
            revenue_by_customer_before=_by_customer(facts, first, middle, actor) if is_covered else [],
        )

    def top_before(self, count: int) -> float | None:
        """The share of the largest `count` customers in the twelve months before; None where not covered."""
        if self.before is None or self.before.revenue <= 0:
            return None
        return float(sum(self.revenue_by_customer_before[:count], Decimal(0)) / self.before.revenue)


@dataclass(frozen=True)
class _Known:
    """What the data hold at all: their first order, and the months without one line."""

    start: date | None
    missing: tuple[Month, ...]

    @classmethod
    def of(cls, facts: Facts, as_of: date, actor: Actor) -> _Known:
        sold = [row["month"] for row in facts.ask("revenue_by_month", actor, as_of=as_of).dicts()]
        start = facts.ask("span", actor).dicts()[0]["first_date"]
        return cls(start=start, missing=tuple(missing_months(sold, as_of)))

    def missing_since(self, day: date) -> tuple[Month, ...]:
        return tuple(month for month in self.missing if month >= Month.of(day))


def _period(facts: Facts, first: date, until: date, actor: Actor, *, known: _Known) -> Period:
    row = facts.ask("totals_between", actor, first=first, until=until).dicts()[0]
    return Period(
        first=first,
        until=until,
        covered_from=first if covers(known.start, first) else min(known.start or until, until),
        missing=known.missing_since(first),
        revenue=row["revenue"],
        gross_profit=row.get("gross_profit"),
        returned=row["returned"],
        orders=row["orders"],
        customers=row["customers"],
        lines=row["lines"],
        lines_without_customer=row["lines_without_customer"],
        revenue_without_customer=row["revenue_without_customer"],
        has_any_cost=bool(row.get("lines_with_cost")),
    )


def _by_customer(facts: Facts, first: date, until: date, actor: Actor) -> list[Decimal]:
    rows = facts.ask("revenue_by_customer_between", actor, first=first, until=until).dicts()
    return sorted((row["revenue"] for row in rows), reverse=True)
