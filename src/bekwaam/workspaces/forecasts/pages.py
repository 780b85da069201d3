"""What the pages of the forecasts room show, from stored readings."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bekwaam.access.models import Company
from bekwaam.frame.charts import fan_chart
from bekwaam.frame.formats import country_name
from bekwaam.records.models import Run
from bekwaam.records.queries import names_of
from bekwaam.terms.actor import Actor
from bekwaam.terms.money import ZERO
from bekwaam.workspaces.forecasts import queries
from bekwaam.workspaces.forecasts.coverage_words import remarks
from bekwaam.workspaces.forecasts.models import ForecastReading, Level, YearEndReading

ROWS_SHOWN = 15


@dataclass(frozen=True)
class Named:
    """A year end with the name of what it adds up."""

    reading: YearEndReading
    name: str
    change: Decimal | None


@dataclass(frozen=True)
class Rest:
    """What is in no row of a level: smaller ones, lines without a country, product or customer, and those not known.

    Every row is forecast by itself, so what the expectations differ from the total's own is in here too.
    """

    actual_to_date: Decimal
    mean: Decimal | None


@dataclass(frozen=True)
class Parts:
    """The rows of one level with the rest, which together are the total."""

    rows: list[Named]
    rest: Rest | None
    total: YearEndReading | None

    @classmethod
    def of(cls, total: YearEndReading | None, rows: list[Named]) -> Parts:
        """The rest is the total without the rows."""
        if total is None or not rows:
            return cls(rows=rows, rest=None, total=total)
        known = sum((row.reading.mean or ZERO for row in rows), ZERO)
        rest = Rest(
            actual_to_date=total.actual_to_date - sum((row.reading.actual_to_date for row in rows), ZERO),
            mean=None if total.mean is None else total.mean - known,
        )
        return cls(rows=rows, rest=rest, total=total)


def overview(run: Run, actor: Actor) -> dict[str, Any]:
    """The total with its fan, and the countries, products and customers below it."""
    before = queries.previous(run, actor)
    months, currency = queries.months(run, actor), Company.current().currency
    total = queries.year_end(run, actor)
    return {
        "run": run,
        **_year_end(total),
        "change": queries.change(run, actor),
        "chart": chart(months, currency),
        "months": months,
        "parts": {
            str(level): Parts.of(total, _named(run, before, actor, level))
            for level in (Level.COUNTRY, Level.PRODUCT, Level.CUSTOMER)
        },
        "previous": before,
    }


def detail(run: Run, actor: Actor, level: str, key: str) -> dict[str, Any] | None:
    """One series; None when there is none that this actor may see."""
    reading = queries.year_end(run, actor, level, key)
    if reading is None:
        return None
    months = queries.months(run, actor, level, key)
    return {
        "run": run,
        "level": level,
        "key": key,
        "name": names(level, [key], actor)[key],
        **_year_end(reading),
        "change": queries.change(run, actor, level, key),
        "chart": chart(months, Company.current().currency),
        "months": months,
    }


def _year_end(reading: YearEndReading | None) -> dict[str, Any]:
    """The year end with what it does not count."""
    return {"year_end": reading, "remarks": remarks(reading.covered_from, reading.missing) if reading else []}


def _named(run: Run, before: Run | None, actor: Actor, level: str) -> list[Named]:
    rows = list(queries.year_ends(run, actor, level)[:ROWS_SHOWN])
    earlier = {row.key: row for row in queries.year_ends(before, actor, level)} if before else {}
    shown = names(level, [row.key for row in rows], actor)
    return [Named(row, shown[row.key], _moved(row, earlier.get(row.key))) for row in rows]


def _moved(now: YearEndReading, before: YearEndReading | None) -> Decimal | None:
    if before is None or now.mean is None or before.mean is None or not queries.counts_alike(before, now):
        return None
    return now.mean - before.mean


def names(level: str, keys: list[str], actor: Actor) -> dict[str, str]:
    """The name of each series of a level."""
    if level == Level.COUNTRY:
        return {key: country_name(key) for key in keys}
    if level in (Level.PRODUCT, Level.CUSTOMER):
        return names_of(f"{level}s", keys, actor)
    return {key: key for key in keys}


def chart(months: list[ForecastReading], currency: str) -> dict[str, Any]:
    """The months as a fan: solid what was sold, dotted what is expected, a band where it could be checked."""
    return fan_chart(
        months=[row.month for row in months],
        actual=[None if row.is_running else row.actual for row in months],
        mean=[row.mean for row in months],
        lo80=[row.lo80 for row in months],
        hi80=[row.hi80 for row in months],
        lo50=[row.lo50 for row in months],
        hi50=[row.hi50 for row in months],
        unit=currency,
    )
