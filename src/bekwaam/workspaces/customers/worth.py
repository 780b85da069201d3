"""What each customer is worth: the one measure of a run, for the call list, its order, its sentence, the look back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from bekwaam.facts.read import Facts
from bekwaam.terms.actor import SYSTEM
from bekwaam.terms.month import year_before


@dataclass(frozen=True)
class Worth:
    """What customers brought in the twelve months before a day, what came back taken off.

    Attributes:
        revenue: `customer`, `value_year` (Decimal): net revenue.
        profit: the same as gross profit; None unless the run is measured in it.
    """

    revenue: pl.DataFrame
    profit: pl.DataFrame | None

    @property
    def values(self) -> pl.DataFrame:
        """The measure of the run."""
        return self.revenue if self.profit is None else self.profit


def read_worth(facts: Facts, days: Sequence[date]) -> list[Worth]:
    """The worth before each of these days, all in one measure: gross profit where every cost in all of them is known.

    One unknown cost and everything is in revenue: customers whose costs are known would else be weighed in a smaller
    figure than the others.
    """
    years = [_year(facts, day) for day in days]
    is_known = not years[0].is_empty() and not any(year["gross_profit"].null_count() for year in years)
    return [Worth(_values(year, "revenue"), _values(year, "gross_profit") if is_known else None) for year in years]


def _year(facts: Facts, day: date) -> pl.DataFrame:
    return facts.ask("revenue_by_customer_between", SYSTEM, first=year_before(day), until=day).polars()


def _values(year: pl.DataFrame, measure: str) -> pl.DataFrame:
    return year.select(customer=pl.col("customer_number"), value_year=pl.col(measure).cast(pl.Decimal(18, 2)))
