"""What one product brought in: month by month, and from whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from bekwaam.facts.read import Facts
from bekwaam.frame.charts import Chart, bar_chart
from bekwaam.frame.days import month_short
from bekwaam.records.models import Run
from bekwaam.records.queries import names_of
from bekwaam.terms.actor import Actor
from bekwaam.terms.money import ZERO
from bekwaam.terms.month import Month, year_before

MONTHS: Final = 24
CUSTOMERS: Final = 8


@dataclass(frozen=True)
class Figures:
    """The figures of a product as of the run.

    Attributes:
        chart: revenue of the last 24 whole months; None when there is none.
        year: what it brought in twelve months.
        customers: who bought most of it in those: number, name, revenue, lines.
    """

    chart: Chart | None
    year: Decimal
    customers: list[dict[str, Any]]


def figures_of(run: Run, code: str, actor: Actor, currency: str) -> Figures:
    """Read from the facts at the run's version."""
    facts = Facts(settings.BEKWAAM_HOME.facts, run.facts_version)
    first, until = year_before(run.as_of), run.as_of
    months = _months(facts, code, until, actor)
    buyers = facts.ask(
        "customers_of_product_between", actor, product=code, first=first, until=until, limit=CUSTOMERS
    ).dicts()
    names = names_of("customers", [row["customer_number"] for row in buyers], actor)
    return Figures(
        chart=_chart(months, currency) if any(months.values()) else None,
        year=sum(list(months.values())[-12:], ZERO),
        customers=[{**row, "name": names[row["customer_number"]]} for row in buyers],
    )


def _months(facts: Facts, code: str, until: date, actor: Actor) -> dict[Month, Decimal]:
    """Revenue of each of the last whole months, those without any included."""
    end = Month.of(until)
    first = end.plus(-MONTHS)
    rows = facts.ask("revenue_of_product_by_month", actor, product=code, first=first.first, until=end.first).dicts()
    found = {Month.of(row["month"]): row["revenue"] for row in rows}
    return {month: found.get(month, ZERO) for month in first.until(end)}


def _chart(months: dict[Month, Decimal], currency: str) -> Chart:
    labels = [month_short(month.first) for month in months]
    return bar_chart(labels, list(months.values()), name=_("Revenue"), unit=currency)
