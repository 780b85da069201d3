"""Accuracy, coverage and cost of the forecasts, on competition data beside simpler methods.

    python bench/forecast.py                 a sample of 60 series per set and frequency
    python bench/forecast.py --all           every series
    python bench/forecast.py --data FOLDER   where m1.parquet, m3_open_half.parquet, tourism_open_half.parquet lie

Parameters were frozen on M1; the open halves of M3 and Tourism are measured only.
Definitions: docs/methods/forecast.md.
Coverage: the history up to T is given, so ranges rest on origins up to T − h; they are scored on the h periods after T.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
import polars as pl

from bekwaam.engine.forecast import forecast
from bekwaam.engine.forecast.history import FloatArray
from bekwaam.engine.forecast.kinds import describe
from bekwaam.engine.forecast.members import ces, dot
from bekwaam.engine.forecast.naive import mase_scale, seasonal_naive
from bekwaam.engine.forecast.paths import path_of

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "forecast"
SETS = {"M1": "m1", "M3": "m3_open_half", "Tourism": "tourism_open_half"}
SEASONS = {"YEARLY": 1, "QUARTERLY": 4, "MONTHLY": 12}
LEVELS = (80, 95)
# M4's mix of yearly, quarterly and monthly series.
M4_MIX = {"YEARLY": 23, "QUARTERLY": 24, "MONTHLY": 48}


@dataclass(frozen=True)
class Case:
    """One competition series: what was known, and what came."""

    name: str
    known: FloatArray
    future: FloatArray


def cases(file: Path, period: str) -> list[Case]:
    """The series of one frequency, sorted by name."""
    table = pl.read_parquet(file).filter(pl.col("period") == period).sort("unique_id", "t")
    return [
        Case(
            part["unique_id"][0],
            part.filter(~pl.col("is_test"))["y"].to_numpy(),
            part.filter("is_test")["y"].to_numpy(),
        )
        for part in table.partition_by("unique_id", maintain_order=True)
    ]


def shows_autocorrelation(y: FloatArray, season_length: int) -> bool:
    """M4's seasonality test: |r_m| > 1.645 √((1 + 2 Σ r_k²) / n)."""
    centred = y - y.mean()
    variance = float(centred @ centred)
    if variance <= 0.0:
        return False
    lags = [float(centred[lag:] @ centred[:-lag]) / variance for lag in range(1, season_length + 1)]
    return abs(lags[-1]) > 1.645 * np.sqrt((1 + 2 * sum(r * r for r in lags[:-1])) / len(y))


def naive2(y: FloatArray, horizon: int, season_length: int) -> FloatArray:
    """M4's benchmark: the last value, season taken out and put back when the test finds one and all values are > 0."""
    long_enough = season_length > 1 and len(y) >= 3 * season_length
    if not (long_enough and bool((y > 0).all()) and shows_autocorrelation(y, season_length)):
        return np.repeat(y[-1], horizon)
    ends = [0.5] if season_length % 2 == 0 else []
    weights = np.array([*ends, *[1.0] * (season_length - len(ends)), *ends]) / season_length
    centred = np.convolve(y, weights, "valid")
    offset = season_length // 2
    place = (np.arange(len(centred)) + offset) % season_length
    ratio = y[offset : offset + len(centred)] / centred
    index = np.array([ratio[place == spot].mean() for spot in range(season_length)])
    index /= index.mean()
    ahead = (len(y) + np.arange(horizon)) % season_length
    return y[-1] / index[(len(y) - 1) % season_length] * index[ahead]


def fast_path(y: FloatArray, horizon: int, season_length: int) -> FloatArray:
    path = path_of(describe(y, season_length), horizon, season_length)
    return np.repeat(y[-1], horizon) if path is None else path.mean


def or_naive(member: Callable[[FloatArray, int, int], FloatArray | None]) -> Callable[..., FloatArray]:
    def path(y: FloatArray, horizon: int, season_length: int) -> FloatArray:
        found = member(y, horizon, season_length)
        mean = seasonal_naive(y, horizon, season_length) if found is None else found
        return np.maximum(mean, 0.0) if y.min() >= 0 else mean

    return path


METHODS: dict[str, Callable[..., FloatArray]] = {
    "naive2": naive2,
    "snaive": seasonal_naive,
    "dot": or_naive(dot),
    "ces": or_naive(ces),
    "fast": fast_path,
}


def smape(y: FloatArray, f: FloatArray) -> float:
    size = np.abs(y) + np.abs(f)
    return float(np.where(size == 0, 0.0, 200 * np.abs(y - f) / np.where(size == 0, 1.0, size)).mean())


def measure(found: list[Case], season_length: int) -> tuple[dict[str, FloatArray], dict[str, float]]:
    """Per method: an array (series × [sMAPE, MASE]), and CPU seconds per 1,000 series."""
    scales = [mase_scale(case.known, season_length) for case in found]
    errors: dict[str, FloatArray] = {}
    cost: dict[str, float] = {}
    for name, method in METHODS.items():
        start = time.process_time()
        paths = [method(case.known, len(case.future), season_length) for case in found]
        cost[name] = (time.process_time() - start) / len(found) * 1000
        errors[name] = np.array(
            [
                [smape(case.future, path), np.abs(case.future - path).mean() / scale if scale else np.nan]
                for case, path, scale in zip(found, paths, scales, strict=True)
            ]
        )
    return errors, cost


def owa(errors: dict[str, FloatArray]) -> dict[str, float]:
    base = np.nanmean(errors["naive2"], axis=0)
    return {name: float((np.nanmean(rows, axis=0) / base).mean()) for name, rows in errors.items()}


def coverage(found: list[Case], season_length: int) -> dict[str, float]:
    """Shares of actual values inside, per level, for steps and for sums; and the share of steps with a range."""
    horizon = len(found[0].future)
    rows = [(case.name, t, float(y)) for case in found for t, y in enumerate(case.known)]
    start = time.process_time()
    made = forecast(pl.DataFrame(rows, schema=["unique_id", "ds", "y"], orient="row"), horizon, season_length, LEVELS)
    cost = (time.process_time() - start) / len(found) * 1000
    came = pl.DataFrame(
        [(case.name, len(case.known) + j, j + 1, float(y)) for case in found for j, y in enumerate(case.future)],
        schema=["unique_id", "ds", "steps", "y"],
        orient="row",
    ).with_columns(total=pl.col("y").cum_sum().over("unique_id"))
    scales = pl.DataFrame(
        [(case.name, mase_scale(case.known, season_length)) for case in found],
        schema=["unique_id", "scale"],
        orient="row",
    )
    steps = made.frame.join(came, on=["unique_id", "ds"]).join(scales, on="unique_id")
    sums = made.sums.join(came, on=["unique_id", "steps"])
    outside = (pl.col("lo80") - pl.col("y")).clip(0) + (pl.col("y") - pl.col("hi80")).clip(0)
    winkler = (
        steps.filter(pl.col("scale") > 0)
        .select(((pl.col("hi80") - pl.col("lo80") + 10 * outside) / pl.col("scale")).mean())
        .item()
    )
    result = {"ranges": steps["lo80"].is_not_null().mean(), "winkler80": winkler, "cpu/1000": cost}
    for level in LEVELS:
        result[f"steps{level}"] = steps.select(pl.col("y").is_between(f"lo{level}", f"hi{level}").mean()).item()
        result[f"sums{level}"] = sums.select(pl.col("total").is_between(f"lo{level}", f"hi{level}").mean()).item()
        result[f"end{level}"] = (
            sums.filter(pl.col("steps") == horizon)
            .select(pl.col("total").is_between(f"lo{level}", f"hi{level}").mean())
            .item()
        )
    return {name: float("nan") if value is None else float(value) for name, value in result.items()}


def cells(folder: Path, sample: int | None) -> Iterator[tuple[str, str, list[Case]]]:
    for label, name in SETS.items():
        for period in SEASONS:
            file = folder / f"{name}.parquet"
            if not file.exists():
                print(f"{file.name} is absent: skipped")
                continue
            found = cases(file, period)
            if sample is not None and len(found) > sample:
                found = random.Random(42).sample(found, sample)
            yield label, period, found


def m4mix(pooled: dict[tuple[str, str], list[FloatArray]], name: str) -> float:
    """OWA over all sets in M4's mix of frequencies."""
    totals = {
        method: sum(
            weight * np.nanmean(np.concatenate(pooled[method, period]), axis=0) for period, weight in M4_MIX.items()
        )
        for method in (name, "naive2")
    }
    return float((totals[name] / totals["naive2"]).mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="every series instead of a sample")
    parser.add_argument("--sample", type=int, default=60, help="series per set and frequency")
    parser.add_argument("--data", type=Path, default=SHARED)
    asked = parser.parse_args()
    print(
        f"statsforecast {version('statsforecast')}, polars {version('polars')}, numpy {version('numpy')}, "
        f"{os.cpu_count()} cores, one thread measured"
    )
    dot(np.arange(12.0), 1, 1)  # the import of the library is not part of the cost
    print(
        f"\n{'set':8}{'period':11}{'n':>5}  OWA: snaive   dot   ces  fast   CPU s/1,000: fast | "
        "in 80%: steps  sums  last sum | in 95%: steps sums | with range | Winkler | CPU s/1,000 with ranges"
    )
    pooled: dict[tuple[str, str], list[FloatArray]] = {}
    for label, period, found in cells(asked.data, None if asked.all else asked.sample):
        errors, cost = measure(found, SEASONS[period])
        for name, rows in errors.items():
            pooled.setdefault((name, period), []).append(rows)
        ratio, inside = owa(errors), coverage(found, SEASONS[period])
        print(
            f"{label:8}{period:11}{len(found):5}       {ratio['snaive']:6.3f}{ratio['dot']:6.3f}{ratio['ces']:6.3f}"
            f"{ratio['fast']:6.3f}  {cost['fast']:18.1f} | {inside['steps80']:13.3f}{inside['sums80']:6.3f}"
            f"{inside['end80']:10.3f} | {inside['steps95']:13.3f}{inside['sums95']:6.3f} | {inside['ranges']:9.2f}  |"
            f"{inside['winkler80']:8.2f} | {inside['cpu/1000']:.1f}"
        )
    if pooled:
        mix = "  ".join(f"{name} {m4mix(pooled, name):.3f}" for name in ("snaive", "dot", "ces", "fast"))
        print(f"\nM4mix over these series: {mix}")


if __name__ == "__main__":
    main()
