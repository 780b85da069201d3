"""What the forecasts room works out in a refresh: months ahead and the year's end, of the total and its parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from bekwaam.access.company import closing_days
from bekwaam.access.models import Company
from bekwaam.engine.forecast import Forecast, YearEnd, forecast, share_left, year_end
from bekwaam.facts.read import Facts
from bekwaam.records.models import Run
from bekwaam.terms.money import cents
from bekwaam.terms.month import FiscalYear, Month, year_before
from bekwaam.workspaces.forecasts.history import SEPARATOR, Histories, read_histories
from bekwaam.workspaces.forecasts.models import ForecastReading, YearEndReading

LEVELS = (50, 80)
SEASON = 12
SHORTEST_HORIZON = 6
MONTHS_NEEDED = 6
CHUNK = 2_000


@dataclass(frozen=True)
class Calendar:
    """The days that matter: the running month, what is left of it, and the fiscal year around it."""

    as_of: date
    running: Month
    year: FiscalYear
    share_left: float

    @classmethod
    def of(cls, as_of: date, company: Company) -> Calendar:
        """The calendar of a day at this company."""
        closed = closing_days(company, {as_of.year})
        return cls(
            as_of=as_of,
            running=Month.of(as_of),
            year=FiscalYear.of(as_of, first_month=company.fiscal_year_first_month),
            share_left=share_left(as_of, closed),
        )

    @property
    def months_left(self) -> int:
        """Months from the running one to the last of the fiscal year, both included."""
        return Month.of(self.year.end).minus(self.running)


def refresh(run: Run, facts: Facts) -> None:
    """Store the readings of this room for the run's day and data version."""
    calendar = Calendar.of(run.as_of, Company.current())
    histories = read_histories(facts, run.as_of, since=year_before(run.as_of))
    if histories.months.is_empty():
        return
    if histories.whole.is_empty():
        _keep_without_forecast(run, histories, calendar)
        return
    horizon = max(calendar.months_left, SHORTEST_HORIZON)
    ahead = forecast(histories.whole, horizon, SEASON, levels=LEVELS, events=histories.events)
    ends = year_end(
        ahead,
        histories.actuals(calendar.year.start, calendar.running.first),
        running_month=calendar.running.first,
        share_left=calendar.share_left,
        months_left=calendar.months_left,
    )
    _keep_months(run, histories, ahead, ends, calendar)
    _keep_year_ends(run, histories, ahead, ends, calendar)


def _keep_months(run: Run, histories: Histories, ahead: Forecast, ends: YearEnd, calendar: Calendar) -> None:
    methods = dict(ahead.frame.select("unique_id", "method").unique("unique_id").iter_rows())
    running = calendar.running.first
    rows = [
        ForecastReading(run=run, **_series(unique_id), month=month, actual=revenue, status="known")
        for unique_id, month, revenue in histories.months.filter(pl.col("ds") < running).iter_rows()
    ]
    so_far = histories.running(running)
    later = ends.months["ds"].max()
    expected = pl.concat(
        [ends.months, ahead.frame.filter(pl.col("ds") > later).select(ends.months.columns)], how="vertical"
    )
    for row in expected.iter_rows(named=True):
        unique_id, is_running = row["unique_id"], row["ds"] == running
        rows.append(
            ForecastReading(
                run=run,
                **_series(unique_id),
                month=row["ds"],
                actual=so_far.get(unique_id, Decimal("0.00")) if is_running else None,
                is_running=is_running,
                method=methods.get(unique_id, ""),
                **_numbers(row),
            )
        )
    ForecastReading.objects.bulk_create(rows, batch_size=CHUNK)


def _keep_year_ends(run: Run, histories: Histories, ahead: Forecast, ends: YearEnd, calendar: Calendar) -> None:
    last = ends.totals.group_by("unique_id", maintain_order=True).last()
    methods = dict(ahead.frame.select("unique_id", "method").unique("unique_id").iter_rows())
    known = dict(ahead.classes.select("unique_id", "periods").iter_rows())
    sums = histories.sums_since(calendar.year.start)
    YearEndReading.objects.bulk_create(
        (
            YearEndReading(
                run=run,
                **_series(row["unique_id"]),
                **_year(calendar, histories),
                actual_to_date=sums.get(row["unique_id"], Decimal("0.00")),
                months_known=known[row["unique_id"]],
                months_needed=MONTHS_NEEDED if row["mean"] is None else None,
                method=methods.get(row["unique_id"], ""),
                **_numbers(row),
            )
            for row in last.iter_rows(named=True)
        ),
        batch_size=CHUNK,
    )


def _keep_without_forecast(run: Run, histories: Histories, calendar: Calendar) -> None:
    """Not one whole month yet: what is in is kept, and nothing is said about the rest."""
    sums = histories.sums_since(calendar.year.start)
    ForecastReading.objects.bulk_create(
        ForecastReading(
            run=run,
            **_series(unique_id),
            month=month,
            actual=revenue,
            is_running=month == calendar.running.first,
            status="too_short",
        )
        for unique_id, month, revenue in histories.months.iter_rows()
    )
    YearEndReading.objects.bulk_create(
        YearEndReading(
            run=run,
            **_series(unique_id),
            **_year(calendar, histories),
            actual_to_date=amount,
            months_known=0,
            months_needed=MONTHS_NEEDED,
            status="too_short",
        )
        for unique_id, amount in sums.items()
    )


def _series(unique_id: str) -> dict[str, str]:
    level, key = unique_id.split(SEPARATOR, 1)
    return {"level": level, "key": key}


def _year(calendar: Calendar, histories: Histories) -> dict[str, Any]:
    return {
        "year_name": calendar.year.name,
        "year_start": calendar.year.start,
        "year_end": calendar.year.end,
        "covered_from": histories.covered_from(calendar.year.start),
        "missing_months": [str(month) for month in histories.missing],
    }


def _numbers(row: dict[str, Any]) -> dict[str, Any]:
    """The mean and its ranges to the cent, and the status."""
    found = {name: _cents(row[name]) for name in ("mean", "lo50", "hi50", "lo80", "hi80")}
    return {**found, "status": row["status"]}


def _cents(number: float | None) -> Decimal | None:
    return None if number is None else cents(Decimal(repr(number)))
