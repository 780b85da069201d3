"""The season of each product group beside the planted one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from bekwaam.demo.firm import Trade
from bekwaam.demo.firm.calendar import Calendar
from bekwaam.demo.firm.chance import Numbers
from bekwaam.engine.forecast.season import season_of, shows_season
from bekwaam.terms.month import Month

SEASON: Final = 12
SWINGING: Final = 0.2
"""A group whose planted season swings at least this far has one worth finding."""


@dataclass(frozen=True)
class Seasons:
    """How well the seasons of the groups were found.

    Attributes:
        error: mean distance of the found factors from the planted ones, working days counted in.
        plain: the same when every month counts alike.
        seen: share of the groups that swing in which the engine sees a season at all.
    """

    error: float
    plain: float
    seen: float


def judged(made: Trade) -> Seasons:
    """Over the thirty-six whole months, January first."""
    calendar = Calendar.to(made.truth.until)
    start = calendar.first.month - 1
    pace = _pace(calendar)
    errors, plain, seen = [], [], []
    for group, y in _months(made).items():
        planted = np.array(made.truth.season[group]) * pace
        index = np.roll(season_of(y, SEASON).index, start)
        errors.append(np.abs(index - planted / planted.mean()).mean())
        plain.append(np.abs(1 - planted / planted.mean()).mean())
        if np.ptp(made.truth.season[group]) >= SWINGING:
            seen.append(shows_season(y, SEASON))
    return Seasons(float(np.mean(errors)), float(np.mean(plain)), float(np.mean(seen)))


def _pace(calendar: Calendar) -> Numbers:
    """What the working days of each month are good for, over the whole months, January first."""
    whole = calendar.number(Month.of(calendar.until).first)
    return np.bincount(calendar.month[:whole], calendar.pace[:whole], SEASON)


def _months(made: Trade) -> dict[str, Numbers]:
    running = Month.of(made.truth.until).first
    grouped = made.products.select(product="code", group="group")
    sales = made.sales.filter(pl.col("date") < running).join(grouped, on="product")
    sums = sales.group_by("group", ds=pl.col("date").dt.truncate("1mo")).agg(pl.col("revenue").sum().cast(pl.Float64))
    parts = sums.sort("ds").partition_by("group", as_dict=True)
    return {str(group): part["revenue"].to_numpy() for (group,), part in parts.items()}
