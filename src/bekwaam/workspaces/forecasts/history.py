"""Monthly histories out of the facts: the total, every country, and the largest products and customers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from bekwaam.facts.read import Facts
from bekwaam.terms.actor import SYSTEM
from bekwaam.terms.coverage import covers, missing_months
from bekwaam.terms.month import Month
from bekwaam.workspaces.forecasts.models import Level

SEPARATOR = "|"
LARGEST = 30


@dataclass(frozen=True)
class Histories:
    """Revenue per series and month.

    Attributes:
        months: `unique_id` (level|key), `ds` (first of the month), `revenue` Decimal: every month with lines, the
            running one and an incomplete first one included.
        whole: `unique_id, ds, y`: whole months only, without gaps from the first month of each series on.
        first_order: the first day with an order line.
        missing: whole months without one line of the whole company; in `whole` they are zeros that prove nothing.
    """

    months: pl.DataFrame
    whole: pl.DataFrame
    first_order: date | None
    missing: tuple[Month, ...]

    @property
    def events(self) -> pl.DataFrame | None:
        """The missing months as the forecast masks them: of every series."""
        return pl.DataFrame({"ds": [month.first for month in self.missing]}) if self.missing else None

    def covered_from(self, day: date) -> date | None:
        """The first order, where the data do not cover a period from `day` on."""
        return None if covers(self.first_order, day) else self.first_order

    def running(self, month: date) -> dict[str, Decimal]:
        """Revenue of the running month so far, per series."""
        return dict(self.months.filter(pl.col("ds") == month).select("unique_id", "revenue").iter_rows())

    def sums_since(self, day: date) -> dict[str, Decimal]:
        """Revenue from a day on, per series."""
        sums = self.months.filter(pl.col("ds") >= day).group_by("unique_id").agg(pl.col("revenue").sum())
        return dict(sums.iter_rows())

    def actuals(self, year_start: date, running: date) -> pl.DataFrame:
        """`unique_id, running, before` of every series that is forecast: what is known of the fiscal year."""
        of_year = self.months.filter(pl.col("ds") >= year_start)
        is_running = pl.col("ds") == running
        revenue = pl.col("revenue").cast(pl.Float64)
        sums = of_year.group_by("unique_id").agg(
            running=revenue.filter(is_running).sum(), before=revenue.filter(~is_running).sum()
        )
        return self.whole.select("unique_id").unique().join(sums, on="unique_id", how="left").fill_null(0.0)


def read_histories(facts: Facts, as_of: date, *, since: date) -> Histories:
    """The histories before `as_of`; the largest are those with most revenue from `since` on."""
    months = pl.concat([_level(facts, as_of, level, since) for level in Level])
    running, first = Month.of(as_of).first, _first_order(facts)
    whole = months.filter(pl.col("ds").is_between(_first_whole_month(first), running, closed="left"))
    sold = months.filter(pl.col("unique_id").str.starts_with(f"{Level.TOTAL}{SEPARATOR}"))["ds"].to_list()
    return Histories(
        months=months,
        whole=_without_gaps(whole, running),
        first_order=first,
        missing=tuple(missing_months(sold, as_of)),
    )


def _first_order(facts: Facts) -> date | None:
    first: date | None = facts.ask("span", SYSTEM).dicts()[0]["first_date"]
    return first


def _first_whole_month(first: date | None) -> date:
    """The month of the first order, or the next where that one is not covered."""
    if first is None:
        return date.max
    month = Month.of(first)
    return (month if covers(first, month.first) else month.plus(1)).first


def _level(facts: Facts, as_of: date, level: str, since: date) -> pl.DataFrame:
    question, key = QUESTIONS[level]
    found = facts.ask(question, SYSTEM, as_of=as_of).polars()
    named = found.with_columns(key=pl.col(key) if key else pl.lit("")).drop_nulls("key")
    rows = named.select(
        unique_id=pl.concat_str(pl.lit(level), pl.lit(SEPARATOR), "key"),
        ds=pl.col("month").cast(pl.Date),
        revenue=pl.col("revenue").cast(pl.Decimal(38, 2)),
    )
    recent = rows.filter(pl.col("ds") >= since).group_by("unique_id").agg(pl.col("revenue").sum())
    largest = recent.filter(pl.col("revenue") > 0).top_k(LARGEST, by="revenue") if key else recent
    return rows.join(largest.select("unique_id"), on="unique_id", how="semi")


QUESTIONS = {
    Level.TOTAL: ("revenue_by_month", ""),
    Level.COUNTRY: ("revenue_by_month_and_country", "country"),
    Level.PRODUCT: ("revenue_by_month_and_product", "product_code"),
    Level.CUSTOMER: ("revenue_by_month_and_customer", "customer_number"),
}


def _without_gaps(months: pl.DataFrame, running: date) -> pl.DataFrame:
    """Every month from the first of a series up to the running one; a month without lines is a month of nothing."""
    if months.is_empty():
        return pl.DataFrame(schema={"unique_id": pl.String, "ds": pl.Date, "y": pl.Float64})
    spans = months.group_by("unique_id").agg(first=pl.col("ds").min())
    every = spans.select(
        "unique_id", ds=pl.date_ranges("first", pl.lit(running), interval="1mo", closed="left")
    ).explode("ds")
    filled = every.join(months, on=["unique_id", "ds"], how="left")
    return filled.select("unique_id", "ds", y=pl.col("revenue").cast(pl.Float64).fill_null(0.0)).sort("unique_id", "ds")
