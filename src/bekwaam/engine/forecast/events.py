"""Known one-off points, taken out before a method sees them."""

from __future__ import annotations

import numpy as np

from bekwaam.engine.forecast.history import BoolArray, FloatArray


def without_events(y: FloatArray, masked: BoolArray, season_length: int) -> FloatArray:
    """A copy of `y` in which every masked value is what its season led one to expect.

    The expectation of a masked value is the mean of two estimates, or the one that exists: the value one season
    earlier plus the series' drift per season, and the value one season later minus that drift. Drift is the mean
    difference of unmasked values one season apart, no further than one season away. A value without an unmasked
    counterpart lies on the straight line between its nearest unmasked neighbours. A wholly masked series comes back
    as it was: nothing in it tells what is usual.

    >>> y = np.array([10.0, 20.0, 11.0, 21.0, 12.0, 99.0])
    >>> without_events(y, np.array([False] * 5 + [True]), 2).tolist()
    [10.0, 20.0, 11.0, 21.0, 12.0, 22.0]
    """
    expected = y.copy()
    if not masked.any() or masked.all():
        return expected
    places = np.arange(len(y))
    on_line = np.interp(places, places[~masked], y[~masked])
    for place in np.flatnonzero(masked).tolist():
        estimates = _seasonal_estimates(y, masked, place, season_length)
        expected[place] = float(np.mean(estimates)) if estimates else on_line[place]
    return expected


def _seasonal_estimates(y: FloatArray, masked: BoolArray, place: int, lag: int) -> list[float]:
    drift = _drift(y, masked, place, lag)
    sides = ((place - lag, drift), (place + lag, -drift))
    return [float(y[other]) + shift for other, shift in sides if 0 <= other < len(y) and not masked[other]]


def _drift(y: FloatArray, masked: BoolArray, place: int, lag: int) -> float:
    later = np.arange(max(lag, place - lag), min(len(y), place + lag + 1))
    usable = later[~masked[later] & ~masked[later - lag]]
    return float((y[usable] - y[usable - lag]).mean()) if len(usable) else 0.0
