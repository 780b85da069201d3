"""Ten million generated order lines in twelve quarterly exports: import, and the monthly cube beside DuckDB alone.

    python bench/ten_million.py [--lines 10000000]

Budgets: import at most 90 s and 1.5 GB; the cube at most 1.5 times DuckDB alone. Whole processes, from outside; the
lines are written in a process of their own, because a child starts with the memory figure of its parent.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

GENERATE = """
import sys, numpy as np, polars as pl
lines, path = int(sys.argv[1]), sys.argv[2]
chance = np.random.default_rng(20261128)
order = np.sort(chance.integers(0, lines // 8, lines))
day = np.datetime64("2023-01-01") + (order * 1096 // (lines // 8)).astype("timedelta64[D]")
quantity = chance.integers(1, 40, lines)
cents = quantity * (50 + chance.integers(0, 20000, lines))
frame = pl.DataFrame({
    "Ordernummer": pl.Series(order + 1000000).cast(pl.String),
    "Orderdatum": pl.Series(day).cast(pl.Date),
    "Klantnummer": pl.Series(100000 + (order * 7919) % 20000).cast(pl.String),
    "Artikelcode": "P" + pl.Series(chance.integers(0, 5000, lines)).cast(pl.String),
    "Aantal": quantity,
    "Omzet": pl.Series(cents).cast(pl.Decimal(18, 2)) / 100,
    "Kostprijs regel": (pl.Series(cents) * 6 // 10).cast(pl.Decimal(18, 2)) / 100,
    "Landcode": pl.Series(np.array(["NL", "BE", "DE", "FR", "GB"])[(order * 31) % 5]),
})
by_quarter = {"year": pl.col("Orderdatum").dt.year(), "quarter": pl.col("Orderdatum").dt.quarter()}
for (year, quarter), part in frame.group_by(**by_quarter):
    part.write_parquet(f"{path}/{year}-{quarter}.parquet")
"""

CUBE = """
import sys, time, resource
from datetime import date
from pathlib import Path
from bekwaam.facts.read import Facts
from bekwaam.terms.actor import SYSTEM
root, how = Path(sys.argv[1]), sys.argv[2]
facts = Facts(root)
until = date(2026, 1, 1)
sql = '''SELECT date_trunc('month', order_date) AS month, product_code, SUM(revenue), SUM(cost)
         FROM read_parquet({}) GROUP BY ALL ORDER BY ALL'''
import duckdb
best = None
for _ in range(4):
    began = time.perf_counter()
    if how == "bekwaam":
        rows = len(facts.ask("revenue_by_month_and_product", SYSTEM, as_of=until).arrow())
    else:
        files = [str(path) for path in sorted((root / "sales").glob("*.parquet"))]
        with duckdb.connect() as alone:
            alone.execute("SET threads = 2")
            rows = alone.sql(sql.format(files)).to_arrow_table().num_rows
    took = time.perf_counter() - began
    best = took if best is None else min(best, took)
print(best, rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def measured(*command: str) -> tuple[float, float, int]:
    """Wall seconds, CPU seconds and memory in MB of a process."""
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{command[:4]} ended with {status}")
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def cube(root: Path, how: str) -> tuple[float, int, int]:
    """The best of four: seconds, rows, memory in MB."""
    told = subprocess.run([sys.executable, "-c", CUBE, str(root), how], check=True, capture_output=True, text=True)
    seconds, rows, memory = told.stdout.split()
    return float(seconds), int(rows), int(memory)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000_000)
    lines = parser.parse_args().lines
    print(f"Python {platform.python_version()}, duckdb {version('duckdb')}, {os.cpu_count()} cores, {lines:,} lines")
    with tempfile.TemporaryDirectory() as folder:
        exports, home = Path(folder) / "exports", Path(folder) / "home"
        exports.mkdir()
        subprocess.run([sys.executable, "-c", GENERATE, str(lines), str(exports)], check=True)
        bekwaam = [sys.executable, "-m", "bekwaam.faces.cli.main", "--home", str(home)]
        runs = [measured(*bekwaam, "import", "sales", str(file)) for file in sorted(exports.iterdir())]
        wall, cpu, memory = sum(run[0] for run in runs), sum(run[1] for run in runs), max(run[2] for run in runs)
        print(f"import              {wall:6.1f} s wall {cpu:6.1f} s CPU {memory:6} MB   budget 90 s, 1,500 MB")
        pairs = [(cube(home / "facts", "bekwaam"), cube(home / "facts", "alone")) for _ in range(3)]
        ratio = statistics.median(ours[0] / alone[0] for ours, alone in pairs)
        ours, alone = pairs[-1]
        print(f"month × product     {ours[0]:6.2f} s, {ours[1]:,} rows, {ours[2]} MB; DuckDB alone {alone[0]:.2f} s")
        print(f"ratio               {ratio:6.2f}   budget 1.5 (median of three pairs)")


if __name__ == "__main__":
    main()
