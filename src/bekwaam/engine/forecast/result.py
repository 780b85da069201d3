"""What a forecast returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

Status = Literal["ok", "interval_unchecked", "too_short", "dead"]
STATUSES: Final[tuple[Status, ...]] = ("ok", "interval_unchecked", "too_short", "dead")


@dataclass(frozen=True, slots=True)
class Forecast:
    """Point forecasts with the ranges that past errors bear out, and all that is needed to judge them.

    Every table is sorted by `unique_id`, then time; numbers are in the unit of the history; there is no NaN: what is
    unknown is null and `status` says why.

    - `frame`, one row per series and step: `unique_id`, `ds` (date or whole number, as given), `mean`, per level
      `lo80` and `hi80`, `method`, `status`.
    - `sums`, the same for the sum of the first steps, as a year's remainder needs: `unique_id`, `steps` (1 to the
      horizon: how many are summed), `mean`, `lo80`, `hi80`, `status`. Its ranges come from summed errors of the past;
      adding up those of `frame` would be far too wide or, if errors persist, too narrow.
    - `baseline`, what a method has to beat: `unique_id`, `ds`, `step`, `naive` (seasonal naive; null for a new
      series), `sigma` (scale of the error of that step).
    - `classes`, one row per series: `unique_id`, `kind` (new, dead, intermittent, short, seasonal, smooth), `pool`
      (whose errors it shares; null if none), `periods`, `adi` (mean periods per sale; null without sales), `masked`
      (points taken for one-off), `never_negative`, `failed` (members that could not be fitted, joined by +; or null).
    - `scores`, one row per series, origin and step: `unique_id`, `origin` (number of periods known then), `step`,
      `kind` and `pool` then, `pool_today`, `actual` (null where an event made it unusual), `mean`, `naive`, `sigma`
      and `sigma_today` (the scales), `score` = |actual − mean| / sigma, `score_today`, and the same two for sums up to
      this step: `sum_score`, `sum_score_today`.
    - `levels`, the percentages of the ranges, ascending.

    Statuses: `ok`; `interval_unchecked`: a range asked for is null, because too few comparable past forecasts reach
    this step; `too_short`: fewer than 6 periods, no number at all; `dead`: silent for so long that zero is expected,
    without a range.
    """

    frame: pl.DataFrame
    sums: pl.DataFrame
    baseline: pl.DataFrame
    classes: pl.DataFrame
    scores: pl.DataFrame
    levels: tuple[int, ...]

    @property
    def horizon(self) -> int:
        """How many steps ahead; 0 for an empty history."""
        steps = self.sums["steps"].to_list()
        return max(steps, default=0)
