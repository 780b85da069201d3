"""The forecast beside what came: does the range hold, and is it better than the same month a year before?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from bekwaam.demo.firm import Trade
from bekwaam.engine.forecast import forecast
from bekwaam.terms.month import Month

HORIZON: Final = 6
SEASON: Final = 12
LARGEST: Final = 30
TOTAL: Final = "total|"
LEVELS: Final = {"country|": "country", "product|": "product", "customer|": "customer"}


@dataclass(frozen=True)
class Scored:
    """How the six months after one origin went.

    Attributes:
        inside: share of months within the 80% range, of those that have one; None when none has.
        ranged: share of months that have a range.
        mase, naive: mean absolute error over that of last year's month within the history: ours, and seasonal naive's.
    """

    inside: float | None
    ranged: float
    mase: float
    naive: float


def months(made: Trade) -> pl.DataFrame:
    """`unique_id, ds, y` of the whole months: the total, every country, product and customer, months of nothing 0."""
    running = Month.of(made.truth.until).first
    sales = made.sales.filter(pl.col("date") < running).with_columns(ds=pl.col("date").dt.truncate("1mo"))
    parts = [
        sales.select("ds", "revenue", unique_id=pl.concat_str(pl.lit(prefix), column))
        for prefix, column in LEVELS.items()
    ]
    parts.append(sales.select("ds", "revenue", unique_id=pl.lit(TOTAL)))
    sums = pl.concat(parts).group_by("unique_id", "ds").agg(y=pl.col("revenue").sum().cast(pl.Float64))
    every = sales.select("ds").unique()
    filled = sums.select("unique_id").unique().join(every, how="cross").join(sums, on=["unique_id", "ds"], how="left")
    return filled.with_columns(pl.col("y").fill_null(0.0)).sort("unique_id", "ds")


def scored(history: pl.DataFrame, origin: date, *, horizon: int = HORIZON, largest: int = LARGEST) -> dict[str, Scored]:
    """The forecast made from the months before `origin`: of the "total", and of the "parts" together."""
    known = _as_the_room_sees(history.filter(pl.col("ds") < origin), origin, largest)
    ahead = forecast(known, horizon, SEASON)
    scale = known.group_by("unique_id").agg(scale=pl.col("y").diff(SEASON).abs().mean())
    judged = (
        ahead.frame.join(ahead.baseline.select("unique_id", "ds", "naive"), on=["unique_id", "ds"])
        .join(history.rename({"y": "actual"}), on=["unique_id", "ds"])
        .join(scale, on="unique_id")
        .filter(pl.col("mean").is_not_null(), pl.col("scale") > 0)
    )
    is_total = pl.col("unique_id") == TOTAL
    return {"total": _score(judged.filter(is_total)), "parts": _score(judged.filter(~is_total))}


def _as_the_room_sees(known: pl.DataFrame, origin: date, largest: int) -> pl.DataFrame:
    """The total, the countries, and the largest products and customers of the last 12 months."""
    year = Month.of(origin).plus(-SEASON).first
    recent = known.filter(pl.col("ds") >= year).group_by("unique_id").agg(pl.col("y").sum())
    prefix = pl.col("unique_id").str.extract(r"^(\w+\|)")
    place = pl.col("y").rank("ordinal", descending=True).over(prefix)
    chosen = recent.filter(place <= largest, pl.col("y") > 0)
    return known.join(chosen.select("unique_id"), on="unique_id", how="semi")


def _score(rows: pl.DataFrame) -> Scored:
    has_range = rows["lo80"].is_not_null()
    inside = rows.filter(has_range).select(pl.col("actual").is_between("lo80", "hi80")).to_series()
    return Scored(
        inside=None if inside.is_empty() else float(np.mean(inside.to_numpy())),
        ranged=float(np.mean(has_range.to_numpy())),
        mase=_mase(rows, "mean"),
        naive=_mase(rows, "naive"),
    )


def _mase(rows: pl.DataFrame, column: str) -> float:
    return float(rows.select(((pl.col("actual") - pl.col(column)).abs() / pl.col("scale")).mean()).item())
