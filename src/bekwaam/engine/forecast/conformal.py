"""Pooled split-conformal half-widths: how far off comparable forecasts were, in units of their own scale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, Literal

import numpy as np
import polars as pl

from bekwaam.engine.forecast.history import FloatArray

# Below this many scores the coverage of an 80% interval wanders by more than 9 points (√(.8 × .2 / 20)).
_FEWEST_SCORES: Final = 20
# At least this many scores are to be expected beyond the interval: 20 for 80%, 80 for 95%.
_FEWEST_BEYOND: Final = 4


def fewest_scores(level: int) -> int:
    """How many scores an interval of `level` percent needs before it may be called checked: 20 or more.

    >>> [fewest_scores(level) for level in (50, 80, 90, 95)]
    [20, 20, 40, 80]
    """
    return max(_FEWEST_SCORES, ceil(_FEWEST_BEYOND * 100 / (100 - level)))


def conformal_quantile(scores: FloatArray, level: int) -> float | None:
    """The ⌈(n + 1) · level / 100⌉-th smallest of n scores; None where n is smaller than that.

    With n exchangeable scores and one more to come, the chance that the next lies within is `level` percent or
    slightly more. Source: Lei et al. 2018, "Distribution-free predictive inference for regression".

    >>> conformal_quantile(np.arange(1.0, 20.0), 80)
    16.0
    >>> conformal_quantile(np.array([1.0, 2.0]), 80) is None
    True
    """
    rank = ceil((len(scores) + 1) * level / 100)
    return float(np.sort(scores)[rank - 1]) if rank <= len(scores) else None


@dataclass(frozen=True, slots=True)
class Widths:
    """Half-widths in units of sigma: per pool, step and level; None where too little was there to check."""

    levels: tuple[int, ...]
    found: Mapping[tuple[str, int], tuple[float | None, ...]]

    def of(self, pool: str | None, step: int) -> tuple[float | None, ...]:
        """One half-width per level for a series of `pool` at `step`, never smaller for a higher level."""
        return self.found.get((pool or "", step), (None,) * len(self.levels))


def pooled_widths(scores: pl.DataFrame, levels: Sequence[int], measure: Literal["score", "sum_score"]) -> Widths:
    """The half-widths that `scores` bear out.

    Per pool and step, from the scores of series that were in that pool at the origin, wherever they are today, so
    that a customer lost since then still counts. Where those are too few, the series that are in the pool today but
    were too short for it then are added, their errors in units of today's scale: they were forecast by a weaker
    method, so the range errs on the wide side.

    Args:
        scores: the columns `pool`, `pool_today`, `step`, `<measure>` and `<measure>_today` of `Forecast.scores`.
        levels: percentages, 50-99, ascending.
        measure: errors of single steps, or of sums up to a step.

    Over the steps of a pool ranges never shrink.
    """
    own = _by_pool(scores, "pool", measure)
    changed = pl.col("pool_today").is_not_null() & (pl.col("pool") != pl.col("pool_today"))
    grown = _by_pool(scores.filter(changed), "pool_today", f"{measure}_today")
    none = np.zeros(0)
    found = {}
    for key in own.keys() | grown.keys():
        tiers = [own.get(key, none), np.concatenate([own.get(key, none), grown.get(key, none)])]
        found[key] = _widths(tiers, levels)
    return Widths(tuple(levels), _never_surer_later(found, summed=measure == "sum_score"))


def _never_surer_later(
    found: Mapping[tuple[str, int], tuple[float | None, ...]], *, summed: bool
) -> dict[tuple[str, int], tuple[float | None, ...]]:
    """Each range at least as wide as those of earlier steps of its pool: what lies further off is not surer.

    A quantile of a few dozen scores wanders from step to step; the running maximum errs on the wide side. The scale of
    a sum grows with its steps while errors partly cancel, so there the quantile may fall, but no faster than the
    scale grows. A step that was not checked stays unknown.
    """
    widest: dict[str, list[float]] = {}
    made: dict[tuple[str, int], tuple[float | None, ...]] = {}
    for pool, step in sorted(found):
        scale = step if summed else 1
        widths = found[pool, step]
        so_far = widest.setdefault(pool, [0.0] * len(widths))
        widest[pool] = [max(known, (width or 0.0) * scale) for known, width in zip(so_far, widths, strict=True)]
        both = zip(widest[pool], widths, strict=True)
        made[pool, step] = tuple(None if width is None else known / scale for known, width in both)
    return made


def _by_pool(scores: pl.DataFrame, pool: str, measure: str) -> dict[tuple[str, int], FloatArray]:
    parts = scores.drop_nulls(measure).partition_by(pool, "step", as_dict=True)
    return {(str(name), int(step)): part[measure].to_numpy() for (name, step), part in parts.items()}


def _widths(tiers: Sequence[FloatArray], levels: Iterable[int]) -> tuple[float | None, ...]:
    widths: list[float | None] = []
    smallest = 0.0
    for level in levels:
        scores = next((tier for tier in tiers if len(tier) >= fewest_scores(level)), None)
        width = None if scores is None else conformal_quantile(scores, level)
        smallest = max(smallest, width or 0.0)
        widths.append(None if width is None else smallest)
    return tuple(widths)
