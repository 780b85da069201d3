"""From a described history to its point forecast: the method that suits its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from bekwaam.engine.forecast import members
from bekwaam.engine.forecast.history import FloatArray
from bekwaam.engine.forecast.kinds import Described
from bekwaam.engine.forecast.naive import mase_scale, seasonal_naive

# A member further than this many sigmas from the members' mean is not trusted alone.
_TOO_FAR = 3


@dataclass(frozen=True, slots=True)
class Path:
    """A point forecast, in the unit of the history.

    `spread` is the mean absolute deviation of the members from their mean, per step; `failed` names the members
    that could not be fitted and were replaced by seasonal naive.
    """

    mean: FloatArray
    spread: FloatArray
    method: str
    failed: tuple[str, ...] = ()


Method = Callable[[FloatArray, int, int], Path]


def fast(y: FloatArray, horizon: int, season_length: int) -> Path:
    """FAST: the mean of dynamic optimised theta and complex exponential smoothing.

    From the first step on which a member lies more than 3 sigmas from that mean, the path is the median of the two
    and seasonal naive; the sigma of step j is the MASE scale × √⌈j / season⌉, the growth of a seasonal random walk.
    """
    naive = seasonal_naive(y, horizon, season_length)
    paths, failed = _fitted({"dot": members.dot, "ces": members.ces}, y, horizon, season_length)
    if len(failed) == len(paths):
        return Path(naive, np.zeros(horizon), "seasonal_naive", failed)
    mean, spread = _mean_and_spread(paths)
    seasons_ahead = np.ceil(np.arange(1, horizon + 1) / season_length)
    sigma = mase_scale(y, season_length) * np.sqrt(seasons_ahead)
    too_far = np.logical_or.accumulate(spread > _TOO_FAR * sigma)
    if too_far[-1]:
        median = np.median([*paths, naive], axis=0)
        return Path(np.where(too_far, median, mean), spread, "fast_median", failed)
    return Path(mean, spread, "fast_repaired" if failed else "fast", failed)


def short(y: FloatArray, horizon: int, season_length: int) -> Path:
    """For fewer than two seasons, in which a season cannot be told from chance.

    From one full season on: half FAST without a season, half the same period last season; a season is thus believed
    by half. With less: the mean of simple exponential smoothing and the plain mean. Frozen on M1, cut to 6-23 months
    (MASE at 12 months ahead): 1.25 against 1.38-1.73 for FAST below 12 months, 1.07-1.09 against 1.26-1.34 from 12 on.
    """
    if len(y) < season_length:
        paths, failed = _fitted({"ses": members.ses}, y, horizon, season_length)
        paths = [*paths, np.full(horizon, y.mean())]
        return Path(*_mean_and_spread(paths), "short_level", failed)
    unseasonal = fast(y, horizon, 1)
    mean, spread = _mean_and_spread([unseasonal.mean, seasonal_naive(y, horizon, season_length)])
    return Path(mean, spread, "short_season", unseasonal.failed)


def sporadic(y: FloatArray, horizon: int, season_length: int) -> Path:
    """For intermittent demand: the mean of ADIDA and IMAPA, a rate per period."""
    paths, failed = _fitted({"adida": members.adida, "imapa": members.imapa}, y, horizon, season_length)
    return Path(*_mean_and_spread(paths), "sporadic", failed)


def zero(y: FloatArray, horizon: int, season_length: int) -> Path:
    """For a series that fell silent: nothing."""
    return Path(np.zeros(horizon), np.zeros(horizon), "zero")


METHODS: Final[Mapping[str, Method]] = MappingProxyType(
    {"dead": zero, "intermittent": sporadic, "short": short, "seasonal": fast, "smooth": fast}
)


def path_of(described: Described, horizon: int, season_length: int) -> Path | None:
    """The forecast by the method of its kind, never below zero for a history that never was; None for a new series."""
    method = METHODS.get(described.kind)
    if method is None:
        return None
    path = method(described.y, horizon, season_length)
    if described.never_negative:
        return Path(np.maximum(path.mean, 0.0), path.spread, path.method, path.failed)
    return path


def _fitted(
    wanted: Mapping[str, members.Member], y: FloatArray, horizon: int, season_length: int
) -> tuple[list[FloatArray], tuple[str, ...]]:
    """The members' paths, with seasonal naive for each that failed, and the names of those."""
    found = {name: member(y, horizon, season_length) for name, member in wanted.items()}
    failed = tuple(name for name, path in found.items() if path is None)
    naive = seasonal_naive(y, horizon, season_length)
    return [naive if path is None else path for path in found.values()], failed


def _mean_and_spread(paths: list[FloatArray]) -> tuple[FloatArray, FloatArray]:
    mean = np.mean(paths, axis=0)
    return mean, np.abs(np.array(paths) - mean).mean(axis=0)
