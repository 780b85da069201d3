"""CPU seconds and memory of the chance-of-order models beside lifetimes, on CDNOW and on invented customers.

    .venv/bin/python bench/retention.py

CPU seconds are `time.process_time` of one thread, the best of 5 after a warm-up, both engines in turn; lifetimes at
1 million once. Memory is the peak of a fresh process that reads 1 million histories and fits one model to them.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy as np
import polars as pl

from bekwaam.engine.retention import BetaGeometric, look_back, slipping_list, summarise

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "retention"
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "POLARS_MAX_THREADS"), "1")
REPEATS = 5
MILLION = 1_000_000


def cdnow(file: str, columns: tuple[str, str, str]) -> pl.DataFrame:
    """The published calibration period: orders to 30 September 1997, time to that day, in weeks."""
    customer, day, value = columns
    orders = pl.read_parquet(DATA / file).select(
        pl.col(customer).cast(pl.String).alias("customer"),
        pl.col(day).cast(pl.Date).alias("date"),
        pl.col(value).alias("value"),
    )
    return summarise(orders, date(1997, 10, 1), "week").with_columns(((pl.col("age") * 7).round() - 1) / 7)


def invented(customers: int, seed: int = 1) -> pl.DataFrame:
    """Histories drawn from BG/NBD with the parameters of CDNOW, weeks, ages 27 to 39."""
    draw = np.random.default_rng(seed)
    rate = draw.gamma(0.25, 1 / 4.8, customers)
    leaves = draw.beta(0.75, 2.2, customers)
    age = draw.uniform(27, 39, customers)
    moment, x, recency, logs = (np.zeros(customers) for _ in range(4))
    active = np.arange(customers)
    while len(active):
        gap = draw.exponential(1 / np.maximum(rate[active], 1e-12))
        moment[active] += gap
        inside = moment[active] <= age[active]
        active, gap = active[inside], gap[inside]
        x[active] += 1
        recency[active] = moment[active]
        logs[active] += np.log(gap)
        active = active[draw.random(len(active)) >= leaves[active]]
    columns = {"frequency": x.astype(np.int64), "recency": recency, "age": age, "sum_log_gap": logs}
    return pl.DataFrame({"customer": np.arange(customers).astype(str), **columns})


def best_of(runs: dict[str, Callable[[], object]], repeats: int = REPEATS) -> dict[str, float]:
    """CPU seconds per run, taken in turn, the best of some after a warm-up."""
    best = dict.fromkeys(runs, float("inf"))
    for round_number in range(repeats + 1):
        for name, run in runs.items():
            started = time.process_time()
            run()
            spent = time.process_time() - started
            if round_number or not repeats:
                best[name] = min(best[name], spent)
    return best


def theirs(dropout: str, summary: pl.DataFrame) -> Callable[[], object]:
    from lifetimes import BetaGeoFitter, ModifiedBetaGeoFitter

    fitter = BetaGeoFitter if dropout == "late" else ModifiedBetaGeoFitter
    x, recency, age = (summary[name].to_numpy() for name in ("frequency", "recency", "age"))
    return lambda: fitter().fit(x, recency, age)


def ours(dropout: str, k: int, summary: pl.DataFrame) -> Callable[[], object]:
    return lambda: BetaGeometric(dropout, k).fit(summary)


def print_memory(engine: str, histories: str) -> None:
    """The peak memory of this process after reading the histories and fitting one model to them."""
    summary = pl.read_parquet(histories)
    if engine != "none":
        (ours("late", 1, summary) if engine == "ours" else theirs("late", summary))()
    # Not ru_maxrss: a child process starts with the peak of its parent.
    status = Path("/proc/self/status").read_text()
    peak = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    print(f"  {engine:10} {int(peak) / 1024:.0f}", flush=True)


def report_memory(summary: pl.DataFrame) -> None:
    print("\nPeak memory of a fresh process, 1 million histories, MB (none: reading them only)", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        histories = str(Path(folder) / "histories.parquet")
        summary.write_parquet(histories)
        for engine in ("none", "ours", "lifetimes"):
            subprocess.run([sys.executable, __file__, "--memory", engine, histories], check=True)


def report_fits(name: str, summary: pl.DataFrame) -> None:
    million = summary.height >= MILLION
    print(f"\n{name}, {summary.height:,} customers")
    for dropout, model in (("late", "BG/NBD"), ("early", "MBG/NBD")):
        runs = {"ours": ours(dropout, 1, summary)}
        if not million:
            runs["lifetimes"] = theirs(dropout, summary)
        spent = best_of(runs)
        if million and dropout == "late":
            spent |= best_of({"lifetimes": theirs(dropout, summary)}, repeats=0)
        against = spent.get("lifetimes")
        beside = f"lifetimes {against:.4f} s, {against / spent['ours']:.1f} times ours" if against else ""
        print(f"  {model:12} {spent['ours']:.4f} s   {beside}")
    for k in (2, 3):
        print(f"  MBG/CNBD-{k}   {best_of({'ours': ours('early', k, summary)})['ours']:.4f} s")
    report_answers(summary)


def report_answers(summary: pl.DataFrame) -> None:
    for k in (1, 2):
        model = BetaGeometric("early", k).fit(summary)
        spent = best_of(
            {
                "chance": lambda model=model: model.chance_of_order(summary, 39),
                "orders": lambda model=model: model.expected_orders(summary, 39),
            },
            repeats=1,
        )
        print(f"  k = {k}: chance of an order {spent['chance']:.4f} s, expected orders {spent['orders']:.4f} s")


def report_lists() -> None:
    lines = pl.read_parquet(DATA / "online_retail.parquet").filter(
        pl.col("CustomerID").is_not_null() & (pl.col("Quantity") > 0) & (pl.col("UnitPrice") > 0)
    )
    orders = lines.select(
        pl.col("CustomerID").cast(pl.String).alias("customer"),
        pl.col("InvoiceDate").dt.date().alias("date"),
        (pl.col("Quantity") * pl.col("UnitPrice")).alias("value"),
    )
    last = date(2011, 12, 10)
    spent = best_of(
        {
            "slipping_list": lambda: slipping_list(orders, last),
            "look_back": lambda: look_back(orders, date(2011, 6, 13), last),
        }
    )
    print(f"\nOnline Retail, {orders.height:,} lines")
    for name, seconds in spent.items():
        print(f"  {name:14} {seconds:.4f} s")


def main() -> None:
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "scipy", "polars", "lifetimes"))
    print(f"Python {platform.python_version()}, {packages}; {os.cpu_count()} cores, one thread used")
    warnings.simplefilter("ignore")
    report_fits("CDNOW sample", cdnow("cdnow_sample_clvtools.parquet", ("Id", "Date", "Price")))
    report_fits("CDNOW full", cdnow("cdnow_master.parquet", ("customer_id", "date", "amount")))
    million = invented(MILLION)
    report_fits("Invented", million)
    report_lists()
    report_memory(million)


if __name__ == "__main__":
    if any(os.environ.get(name) != value for name, value in ONE_THREAD.items()):
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **ONE_THREAD})  # read at import
    if sys.argv[1:2] == ["--memory"]:
        print_memory(*sys.argv[2:])
    else:
        main()
