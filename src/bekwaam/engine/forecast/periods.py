"""The calendar of a history: how far apart two periods lie, and which ones follow the last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import gcd
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bekwaam.terms.month import Month

_EPOCH = date(1970, 1, 1)
_LAST_MONTH = Month.of(date.max)
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Step:
    """The distance between two successive periods: `size` whole numbers, months or days.

    >>> Step("months", 3).after(date(2026, 10, 1), 2)
    [datetime.date(2027, 1, 1), datetime.date(2027, 4, 1)]
    """

    unit: Literal["integers", "months", "days"]
    size: int

    def after(self, last: date | int, count: int) -> list[date | int]:
        """The `count` periods that follow `last`."""
        return [self._moved(last, self.size * step) for step in range(1, count + 1)]

    def reaches(self, last: date | int, count: int) -> bool:
        """Whether the calendar (to the year 9999; whole numbers to 2⁶³ − 1) holds `count` periods after `last`."""
        if isinstance(last, int):
            return last + self.size * count <= _LARGEST
        if self.unit == "months":
            return Month.of(last).minus(_LAST_MONTH) + self.size * count <= 0
        return (date.max - last).days >= self.size * count

    def _moved(self, start: date | int, by: int) -> date | int:
        if isinstance(start, int):
            return start + by
        if self.unit == "months":
            return Month.of(start).plus(by).first
        return start + timedelta(days=by)


def positions(ds: pl.Series, unit: str) -> NDArray[np.int64]:
    """Each period as a whole number of units: itself, months since year 0, or days since 1 January 1970."""
    if unit == "integers":
        numbers = ds.cast(pl.Int64)
    elif unit == "months":
        numbers = ds.dt.year().cast(pl.Int64) * 12 + ds.dt.month().cast(pl.Int64) - 1
    else:
        numbers = (ds - _EPOCH).dt.total_days()
    return numbers.to_numpy()


def step_of(ds: pl.Series, same_series: NDArray[np.bool_], season_length: int) -> Step:
    """The step of a sorted column of periods.

    A season of 12, 6, 4, 3 or 2 periods is a year of calendar months, so the step follows from it. Otherwise the
    step is the greatest common divisor of the distances found, in months when every period starts on the first of a
    month and in days when not. Whole numbers always step by 1.

    `same_series[i]` tells whether row i + 1 belongs to the series of row i.
    """
    if ds.dtype != pl.Date:
        return Step("integers", 1)
    if season_length > 1 and 12 % season_length == 0:
        return Step("months", 12 // season_length)
    unit: Literal["months", "days"] = "months" if bool((ds.dt.day() == 1).all()) else "days"
    distances = np.diff(positions(ds, unit))[same_series]
    return Step(unit, gcd(*distances.tolist()) or 1)
