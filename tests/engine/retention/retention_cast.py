"""The cast of the retention tests: orders written by hand, histories drawn from a model, and the public sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from bekwaam.engine.retention import summarise

START = date(2024, 1, 1)
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "retention"


def day(number: int) -> date:
    return START + timedelta(days=number)


def orders_of(days: Mapping[str, Iterable[int]], value: Any = 100.0) -> pl.DataFrame:
    """Orders on numbered days per customer; `value` is one amount, or one per customer."""
    rows = [
        (name, day(number), value[name] if isinstance(value, Mapping) else value)
        for name, numbers in days.items()
        for number in numbers
    ]
    return pl.DataFrame(rows, schema=["customer", "date", "value"], orient="row")


def summary_of(rows: Iterable[tuple[int, float, float]], sum_log_gap: float = 0.0) -> pl.DataFrame:
    """A summary of (frequency, recency, age) per customer."""
    return pl.DataFrame(
        [
            {"customer": str(i), "frequency": x, "recency": tx, "age": age, "sum_log_gap": sum_log_gap if x else 0.0}
            for i, (x, tx, age) in enumerate(rows)
        ]
    )


def drawn_histories(
    customers: int, parameters: tuple[float, float, float, float], k: int, early: bool, seed: int, ahead: float = 0.0
) -> pl.DataFrame:
    """A summary drawn from the model itself, ages 5 to 60, with `to_come`: the orders in the time `ahead`."""
    r, alpha, a, b = parameters
    draw = np.random.default_rng(seed)
    rate, leaves = draw.gamma(r, 1 / alpha, customers), draw.beta(a, b, customers)
    age = draw.uniform(5, 60, customers)
    moment, x, recency, logs, to_come = (np.zeros(customers) for _ in range(5))
    there = np.flatnonzero(draw.random(customers) >= leaves) if early else np.arange(customers)
    while len(there):
        gap = draw.gamma(k, 1 / np.maximum(rate[there], 1e-12))
        moment[there] += gap
        inside, later = moment[there] <= age[there], moment[there] <= age[there] + ahead
        seen = there[inside]
        x[seen] += 1
        recency[seen] = moment[seen]
        logs[seen] += np.log(gap[inside])
        to_come[there[later & ~inside]] += 1
        there = there[later]
        there = there[draw.random(len(there)) >= leaves[there]]
    return pl.DataFrame(
        {
            "customer": np.arange(customers).astype(str),
            "frequency": x.astype(np.int64),
            "recency": recency,
            "age": age,
            "sum_log_gap": logs,
            "to_come": to_come,
        }
    )


def public(file: str, **columns: str) -> pl.DataFrame:
    """Orders from the public set beside the checkout, or skip."""
    if not (SHARED / file).exists():
        pytest.skip(f"the public data {file} is not beside the checkout")
    types = {"customer": pl.String, "date": pl.Date, "value": pl.Float64}
    return pl.read_parquet(SHARED / file).select(
        pl.col(columns[name]).cast(kind).alias(name) for name, kind in types.items()
    )


def cdnow(which: str) -> pl.DataFrame:
    if which == "sample":
        return public("cdnow_sample_clvtools.parquet", customer="Id", date="Date", value="Price")
    return public("cdnow_master.parquet", customer="customer_id", date="date", value="amount")


def cdnow_calibration(which: str) -> pl.DataFrame:
    """The published setting: time in weeks to 30 September 1997, the last day looked at."""
    return summarise(cdnow(which), date(1997, 10, 1), "week", age_to="last_day")


def wholesaler() -> pl.DataFrame:
    """Online Retail, cleaned as in the reference: stock codes of five digits, no returns, customer known."""
    file = SHARED / "online_retail.parquet"
    if not file.exists():
        pytest.skip("the public data online_retail.parquet is not beside the checkout")
    lines = pl.read_parquet(file).filter(
        pl.col("StockCode").cast(pl.String).str.contains(r"^\d{5}"),
        pl.col("Quantity") > 0,
        pl.col("UnitPrice") > 0,
        pl.col("InvoiceNo").cast(pl.String).str.starts_with("C").not_(),
        pl.col("CustomerID").is_not_null(),
    )
    return lines.select(
        pl.col("CustomerID").cast(pl.String).alias("customer"),
        pl.col("InvoiceDate").alias("date"),
        (pl.col("Quantity") * pl.col("UnitPrice")).alias("value"),
    )


def area_under_curve(score: np.ndarray, truth: np.ndarray) -> float:
    """The chance that a true one scores above a false one, ties half."""
    from scipy.stats import rankdata

    ranks, true = rankdata(score), int(truth.sum())
    return float((ranks[truth].sum() - true * (true + 1) / 2) / (true * (len(truth) - true)))
