"""The timing of order histories as plain arrays, checked."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bekwaam.engine.retention.orders import check_is_table
from bekwaam.terms.errors import Refused

Vector = NDArray[np.float64]

TIMING_COLUMNS: Final = ("frequency", "recency", "age", "sum_log_gap")
MOST_REPEATS: Final = 3_652_059  # one order on every day of the calendar, years 1 to 9999
LONGEST_AGE: Final = 1e9
# Recency and age come from divisions: one may pass the other by the last digits.
ROUNDING: Final = 1e-9


class Timing(NamedTuple):
    """x, t_x, T and Σ ln gap per customer, as `summary.summarise` explains them."""

    frequency: Vector
    recency: Vector
    age: Vector
    sum_log_gap: Vector

    def every(self, step: int) -> Timing:
        """Every `step`-th customer."""
        return Timing(*(column[::step] for column in self))


def timing_of(summary: pl.DataFrame, *, gaps: bool = True) -> Timing:
    """The timing columns of a summary, rows as given; without `gaps`, `sum_log_gap` may be absent and counts as 0.

    Refused: `summary_columns` when one is absent; `summary_values` with the column and the number of rows where
    a value is empty, no number, beyond a calendar's length (10⁹ for time), or contradicts 0 ≤ recency ≤ age and
    (recency > 0 exactly with repeat orders).
    """
    check_is_table(summary, "summary")
    needed = TIMING_COLUMNS if gaps else TIMING_COLUMNS[:3]
    missing = [name for name in ("customer", *needed) if name not in summary.columns]
    if missing:
        raise Refused("summary_columns", missing=missing)
    x, recency, age, *logs = (_numbers(summary[name]) for name in needed)
    timing = Timing(x, recency, age, logs[0] if gaps else np.zeros(summary.height))
    _refuse_contradictions(timing)
    return timing._replace(age=np.maximum(timing.age, timing.recency))


def _numbers(column: pl.Series) -> Vector:
    if not column.dtype.is_numeric():
        raise Refused("summary_values", column=column.name, rows=len(column))
    return column.cast(pl.Float64).to_numpy()


def _refuse_contradictions(timing: Timing) -> None:
    """An empty cell has become NaN, and every comparison with NaN is false: so each line says what is right."""
    x, recency, age, logs = timing
    right = {
        "frequency": (x >= 0) & (x <= MOST_REPEATS) & (x == np.floor(x)),
        "recency": (recency >= 0) & ((recency > 0) == (x > 0)),
        "age": (age >= recency * (1 - ROUNDING)) & (age <= LONGEST_AGE),
        "sum_log_gap": np.isfinite(logs) & ((x > 0) | (logs == 0)),
    }
    for column, fits in right.items():
        if not fits.all():
            raise Refused("summary_values", column=column, rows=int(np.count_nonzero(~fits)))
