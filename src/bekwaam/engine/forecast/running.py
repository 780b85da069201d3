"""The running month and the year's end: what is known, plus a forecast of the remainder.

A running month is never fed to a method as if it were whole. Its expectation is the revenue so far plus the share of
the working days still to come times the whole-month forecast. The revenue so far is not extrapolated: in business to
business a month rests on few orders, and a lucky first week says little about the last.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Any

import polars as pl

from bekwaam.engine.forecast.conformal import Widths, pooled_widths
from bekwaam.engine.forecast.ranges import range_schema, ranged, scaled, status_of
from bekwaam.engine.forecast.result import Forecast
from bekwaam.engine.forecast.scores import summed, with_scores
from bekwaam.terms.errors import Refused, WrongCall


@dataclass(frozen=True, slots=True)
class YearEnd:
    """The months from the running one to the last of the fiscal year, apart and added up.

    - `months`: `unique_id`, `ds` (first day), `mean`, per level `lo80` and `hi80`, `status`.
    - `totals`: the same, `mean` and ranges being of the year's total at the end of that month: everything known plus
      the remainder up to there. The last row of a series is its year's end. Beside it `known`: revenue of the year so
      far.

    Statuses as in `Forecast`; a `too_short` series has `known` and no expectation.
    """

    months: pl.DataFrame
    totals: pl.DataFrame


def year_end(
    forecast: Forecast, actuals: pl.DataFrame, *, running_month: date, share_left: float, months_left: int
) -> YearEnd:
    """Where the running month and the fiscal year will end.

    The remainder of the running month has mean s·F, with s = `share_left` and F the whole-month forecast, and the
    scale √s·sigma: independent days would give √s of the whole month's noise, an error of level only s, so √s is the
    wider of the two. Ranges of totals come from past errors summed the same way, √s·e₁ + e₂ + … + e_k, in units of
    √s·σ₁ + σ₂ + … + σ_k; where nothing is left (s = 0) the running month is a fact.

    Args:
        forecast: made from whole months only, so that its first step is the running month of every series.
        actuals: one row per series: `unique_id`, `running` (revenue of the running month so far), `before` (revenue
            of the fiscal year's earlier months); numbers.
        running_month: its first day.
        share_left: the share of its working days still to come, 0 to 1; see `working_days.share_left`.
        months_left: months from the running one to the last of the fiscal year, both included; at most the horizon.

    Raises:
        WrongCall: `option_unknown` (share_left, months_left), `table_column`.
        Refused: `running_month_other`, when the first step of a series is another month: its history ends too early,
            or holds the running month. `actuals_missing`, when a series has no row or no number.

    Limits: a month that always ends with a rush is underestimated, for days count alike. See docs/methods/forecast.md.
    """
    horizon = forecast.horizon or months_left  # nothing forecast: nothing to exceed
    if not 0.0 <= share_left <= 1.0:
        raise WrongCall("option_unknown", option="share_left", value=share_left, allowed="0–1")
    if not 1 <= months_left <= horizon:
        raise WrongCall("option_unknown", option="months_left", value=months_left, allowed=f"1–{horizon}")
    _refuse_other_month(forecast.baseline, running_month)
    steps = _steps(forecast, actuals, months_left)
    noise_left = sqrt(share_left)
    scores = with_scores(forecast.scores, first_weight=noise_left)
    months = _months(steps, share_left, noise_left)
    totals = _totals(steps, share_left, noise_left)
    return YearEnd(
        _with_ranges(months, pooled_widths(scores, forecast.levels, "score")).drop("known"),
        _with_ranges(totals, pooled_widths(scores, forecast.levels, "sum_score")),
    )


def _refuse_other_month(baseline: pl.DataFrame, running_month: date) -> None:
    other = baseline.filter(pl.col("step") == 1, pl.col("ds") != running_month)
    if other.height:
        found = str(other["ds"][0])
        raise Refused("running_month_other", series=other["unique_id"][0], expected=str(running_month), found=found)


def _steps(forecast: Forecast, actuals: pl.DataFrame, months_left: int) -> pl.DataFrame:
    """One row per series and month left, with all that is known about it."""
    for column, right in (("unique_id", pl.String), ("running", None), ("before", None)):
        found = actuals.schema.get(column)
        if found is None or not (found == right if right else found.is_numeric()):
            expected = "text" if right else "number"
            raise WrongCall("table_column", table="actuals", column=column, expected=expected)
    known = actuals.select("unique_id", pl.col("running", "before").cast(pl.Float64))
    steps = (
        forecast.baseline.select("unique_id", "ds", "step", "sigma")
        .filter(pl.col("step") <= months_left)
        .join(forecast.frame.select("unique_id", "ds", "mean"), on=["unique_id", "ds"])
        .join(forecast.classes.select("unique_id", "kind", "pool", "never_negative"), on="unique_id")
        .join(known.unique("unique_id", keep="none"), on="unique_id", how="left")
        .sort("unique_id", "step")
    )
    missing = steps.filter(~(pl.col("running") + pl.col("before")).is_finite().fill_null(False))
    if missing.height:
        raise Refused("actuals_missing", series=missing["unique_id"][0])
    return steps


def _months(steps: pl.DataFrame, share_left: float, noise_left: float) -> pl.DataFrame:
    """Each month by itself: its mean, the scale of its error, and what is known of it."""
    running = pl.col("step") == 1
    known = pl.when(running).then(pl.col("running")).otherwise(0.0)
    return steps.with_columns(
        known=known,
        mean=known + pl.col("mean") * pl.when(running).then(share_left).otherwise(1.0),
        scale=pl.col("sigma") * pl.when(running).then(noise_left).otherwise(1.0),
    )


def _totals(steps: pl.DataFrame, share_left: float, noise_left: float) -> pl.DataFrame:
    """The year's total at the end of each month: its mean, the scale of its error, and what is known of it."""
    known = pl.col("before") + pl.col("running")
    return steps.with_columns(
        known=known,
        mean=known + summed("mean", share_left, over="unique_id"),
        scale=summed("sigma", noise_left, over="unique_id"),
    )


def _with_ranges(table: pl.DataFrame, widths: Widths) -> pl.DataFrame:
    rows: list[list[Any]] = []
    for row in table.iter_rows(named=True):
        half_widths = scaled(widths.of(row["pool"], row["step"]), row["scale"])
        if row["scale"] == 0.0 and row["sigma"] > 0.0:
            half_widths = [0.0] * len(widths.levels)  # nothing is left of this month: it is a fact
        lowest = row["known"] if row["never_negative"] else None
        numbers = ranged(row["mean"], half_widths, lowest=lowest)
        rows.append([row["unique_id"], row["ds"], row["known"], *numbers, status_of(row["kind"], half_widths)])
    schema = {"unique_id": pl.String(), "ds": table["ds"].dtype, "known": pl.Float64(), **range_schema(widths.levels)}
    return pl.DataFrame(rows, schema={**schema, "status": pl.String()}, orient="row")
