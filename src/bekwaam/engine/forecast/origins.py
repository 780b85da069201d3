"""Rolling origins: what would have been forecast then, held against what came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from bekwaam.engine.forecast.conformal import fewest_scores
from bekwaam.engine.forecast.events import without_events
from bekwaam.engine.forecast.history import BoolArray, FloatArray, Series
from bekwaam.engine.forecast.kinds import FEWEST_PERIODS, Described, describe
from bekwaam.engine.forecast.naive import mase_scale, seasonal_naive
from bekwaam.engine.forecast.paths import Path, path_of

_TARGET_ORIGINS = 3
# How heavily the members' disagreement weighs in the scale of an error.
_SPREAD_WEIGHT = 2.0


@dataclass(frozen=True, slots=True)
class Outlook:
    """One series seen from one origin: its kind, its path (none for a new series) and the scale of its errors."""

    described: Described
    path: Path | None
    naive: FloatArray
    sigma: FloatArray


def outlook(series: Series, known: int, horizon: int, season_length: int) -> Outlook:
    """The forecast of `series` from its first `known` periods alone, events masked by what was known then."""
    y = without_events(series.y[:known], series.masked[:known], season_length)
    described = describe(y, season_length)
    path = path_of(described, horizon, season_length)
    naive = seasonal_naive(y, horizon, season_length)
    return Outlook(described, path, naive, _sigma(described, path, horizon, season_length))


def _sigma(described: Described, path: Path | None, horizon: int, season_length: int) -> FloatArray:
    """The scale of the error of each step: MASE scale + 2 × the members' mean absolute deviation from their mean.

    For intermittent series the lag of the MASE scale is 1. For short ones too, a season seen hardly more than once
    resting on a handful of differences, and the deviation is left out: their members differ by design.
    """
    if path is None:
        return np.zeros(horizon)
    if described.pool == "short":
        return np.full(horizon, mase_scale(described.y, 1))
    lag = season_length if described.pool == "regular" else 1
    return mase_scale(described.y, lag) + _SPREAD_WEIGHT * path.spread


def origins_per_pool(today: Sequence[Outlook], levels: Sequence[int]) -> dict[str, int]:
    """How many origins each series of a pool needs: three, or more when so few series share the work.

    Enough, together, to check the highest level asked.
    """
    sizes = Counter(each.described.pool for each in today if each.described.pool)
    needed = max(fewest_scores(level) for level in levels)
    return {pool: max(_TARGET_ORIGINS, ceil(needed / size)) for pool, size in sizes.items() if pool}


def backtest(
    series: Series, today: Outlook, *, horizon: int, season_length: int, count: int
) -> Iterator[dict[str, object]]:
    """One row per origin and step of one series, in the columns of `scores.ERRORS_SCHEMA`.

    An origin at which the series was new or dead gives no rows, for no range is ever given then. A step whose period an
    event made unusual has no actual value.
    """
    floor = FEWEST_PERIODS if today.described.pool == "short" else 2 * season_length
    lowest = max(FEWEST_PERIODS, min(season_length, floor))
    lived = len(today.described.y)
    unborn = len(series.y) - lived
    spoilt = series.masked[unborn:]
    for known in chosen_origins(lived, horizon, floor=max(floor, lowest), lowest=lowest, count=count, spoilt=spoilt):
        origin = unborn + known
        then = outlook(series, origin, min(horizon, len(series.y) - origin), season_length)
        if then.path is None or then.described.pool is None:
            continue
        for step, usual in enumerate(~series.masked[origin : origin + len(then.naive)], start=1):
            yield {
                "unique_id": series.unique_id,
                "origin": origin,
                "step": step,
                "kind": then.described.kind,
                "pool": then.described.pool,
                "pool_today": today.described.pool,
                "actual": float(series.y[origin + step - 1]) if usual else None,
                "mean": float(then.path.mean[step - 1]),
                "naive": float(then.naive[step - 1]),
                "sigma": float(then.sigma[step - 1]),
                "sigma_today": float(today.sigma[step - 1]),
            }


def chosen_origins(
    length: int, horizon: int, *, floor: int, lowest: int, count: int, spoilt: BoolArray | None = None
) -> list[int]:
    """The numbers of known periods to forecast from, ascending; each leaves at least one period to check.

    From `length` − `horizon` backwards, not below `floor`, at most one horizon apart, `count` of them. Where the
    history does not hold so many, later origins, spread evenly, check the first steps; and where none at or above
    `floor` can check every step, one below it does, down to `lowest`, by the method that suited the history then.

    An origin with a `spoilt` period (one event) among those it should check proves little, so it does not count: as
    many others are taken for it where the history holds them, the latest first.

    >>> chosen_origins(84, 12, floor=24, lowest=12, count=3)
    [48, 60, 72]
    >>> chosen_origins(30, 12, floor=24, lowest=12, count=3)
    [18, 24, 26, 29]
    """
    unusual = np.zeros(length, dtype=bool) if spoilt is None else spoilt
    whole = list(range(floor, length - horizon + 1))
    clean = [origin for origin in whole if not unusual[origin : origin + horizon].any()]
    if len(clean) >= count:
        stride = min(horizon, (len(whole) - 1) // max(count - 1, 1)) or 1
        spaced = whole[::-1][::stride][:count]
        instead = [origin for origin in reversed(clean) if origin not in spaced]
        return sorted([*spaced, *instead[: len(set(spaced) - set(clean))]])
    later = [origin for origin in range(max(floor, length - horizon + 1), length) if not unusual[origin]]
    partial = _spread(later, count - len(clean))
    earlier = [max(lowest, length - horizon)] if not whole and lowest < min(floor, length) else []
    return sorted({*earlier, *whole, *partial})


def _spread(candidates: list[int], count: int) -> list[int]:
    if len(candidates) <= count:
        return candidates
    places = np.linspace(0, len(candidates) - 1, count).astype(int)
    return [candidates[place] for place in places.tolist()]
