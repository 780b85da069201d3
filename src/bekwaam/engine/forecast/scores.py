"""Past errors in units of their own scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

ERRORS_SCHEMA: Final = {
    "unique_id": pl.String(),
    "origin": pl.Int64(),
    "step": pl.Int64(),
    "kind": pl.String(),
    "pool": pl.String(),
    "pool_today": pl.String(),
    "actual": pl.Float64(),
    "mean": pl.Float64(),
    "naive": pl.Float64(),
    "sigma": pl.Float64(),
    "sigma_today": pl.Float64(),
}


def with_scores(errors: pl.DataFrame, *, first_weight: float = 1.0) -> pl.DataFrame:
    """`errors` with absolute errors in units of their scale: of each step, and of sums up to it.

    Args:
        errors: the columns of `ERRORS_SCHEMA`; per series and origin, steps ascending from 1.
        first_weight: how much of the first step's error and scale counts in sums, 0 to 1.

    Returns:
        `errors` with `score` and `sum_score` by the scale known at the origin, `score_today` and `sum_score_today`
        by that of today. Null where the actual value is unusual (for sums: any up to the step) or the scale is 0.
    """
    origin = ("unique_id", "origin")
    table = errors.with_columns(error=pl.col("actual") - pl.col("mean"))
    unusual_so_far = pl.col("actual").is_null().cum_sum().over(origin) > 0
    summed_error = pl.when(~unusual_so_far).then(summed("error", first_weight, over=origin))
    for suffix in ("", "_today"):
        sigma = f"sigma{suffix}"
        table = table.with_columns(
            _ratio(pl.col("error"), pl.col(sigma)).alias(f"score{suffix}"),
            _ratio(summed_error, summed(sigma, first_weight, over=origin)).alias(f"sum_score{suffix}"),
        )
    return table.drop("error")


def summed(column: str, first_weight: float, *, over: str | Sequence[str]) -> pl.Expr:
    """The running sum of `column` over steps, step 1 counting for `first_weight`, started anew for each `over`."""
    weight = pl.when(pl.col("step") == 1).then(first_weight).otherwise(1.0)
    return (weight * pl.col(column)).cum_sum().over(over)


def _ratio(error: pl.Expr, sigma: pl.Expr) -> pl.Expr:
    return pl.when(sigma > 0).then(error.abs() / sigma)
