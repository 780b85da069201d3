"""Seasonal naive and the scale of its errors: what every method is held against."""

from __future__ import annotations

import numpy as np

from bekwaam.engine.forecast.history import FloatArray


def seasonal_naive(y: FloatArray, horizon: int, season_length: int) -> FloatArray:
    """The same period one season earlier, repeated; the last value where there is not one full season yet.

    Args:
        y: values, oldest first, at least one.
        horizon: number of steps, 1 or more.
        season_length: periods per season, 1 for none.

    >>> seasonal_naive(np.array([1.0, 2.0, 3.0, 4.0]), 3, 2).tolist()
    [3.0, 4.0, 3.0]
    """
    lag = season_length if len(y) >= season_length else 1
    return np.resize(y[-lag:], horizon)


def mase_scale(y: FloatArray, lag: int) -> float:
    """The mean absolute difference between values `lag` apart; lag 1 if the series is no longer than `lag`.

    In the unit of `y`, 0 or more; 0 also for a single value. Source: Hyndman & Koehler 2006, "Another look at
    measures of forecast accuracy".

    >>> mase_scale(np.array([1.0, 3.0, 2.0]), 1)
    1.5
    """
    used = lag if len(y) > lag else 1
    return float(np.abs(y[used:] - y[:-used]).mean()) if len(y) > used else 0.0
