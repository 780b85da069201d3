"""The one door to statsforecast: its model classes on plain arrays, points only.

The classes are called directly. That leaves out its frames and its process pool: 6 CPU s per 1,000 monthly series for
both members of FAST, and pandas is never touched by us. AutoCES is never asked for levels: it would simulate them,
at 250 times the cost. The import costs 2-6 CPU s, so it waits for the first forecast.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, Final

import numpy as np

from bekwaam.engine.forecast.history import FloatArray
from bekwaam.engine.forecast.season import season_of, shows_season

Member = Callable[[FloatArray, int, int], FloatArray | None]

_LIBRARY: Final = "statsforecast.models"


def dot(y: FloatArray, horizon: int, season_length: int) -> FloatArray | None:
    """Dynamic optimised theta (Fiorucci et al. 2016); None where it cannot be fitted.

    The season is taken out and put back here, by `season`'s tests: the library's own test overlooks smooth seasons in
    histories of two to five years.
    """
    model = _library().DynamicOptimizedTheta(season_length=1)
    if not shows_season(y, season_length):
        return _points(model, y, horizon)
    season = season_of(y, season_length)
    path = _points(model, season.removed(y), horizon)
    return None if path is None else season.put_back(path, len(y))


def ces(y: FloatArray, horizon: int, season_length: int) -> FloatArray | None:
    """Complex exponential smoothing (Svetunkov, Kourentzes & Ord 2022), its form chosen by AICc; None on failure."""
    return _points(_library().AutoCES(season_length=season_length), y, horizon)


def ses(y: FloatArray, horizon: int, season_length: int) -> FloatArray | None:
    """Simple exponential smoothing with its best weight: a level line. It knows no season."""
    return _points(_library().SimpleExponentialSmoothingOptimized(), y, horizon)


def adida(y: FloatArray, horizon: int, season_length: int) -> FloatArray | None:
    """ADIDA (Nikolopoulos et al. 2011): a level line through sums over the mean interval. It knows no season."""
    return _points(_library().ADIDA(), y, horizon)


def imapa(y: FloatArray, horizon: int, season_length: int) -> FloatArray | None:
    """IMAPA (Petropoulos & Kourentzes 2015): the mean of ADIDA over all aggregation levels. It knows no season."""
    return _points(_library().IMAPA(), y, horizon)


def _points(model: Any, y: FloatArray, horizon: int) -> FloatArray | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            mean = np.array(model.forecast(y=y.copy(), h=horizon)["mean"], dtype=np.float64)
        except Exception:
            # The library raises bare Exception, NotImplementedError, ValueError and LinAlgError for one and the same
            # thing: no fit on this series. The caller puts seasonal naive in its place and says so.
            return None
    return mean if mean.shape == (horizon,) and bool(np.isfinite(mean).all()) else None


@cache
def _library() -> Any:
    return import_module(_LIBRARY)
