"""The main job on a real wholesaler of 541,909 lines: whole processes, from outside, with the budgets beside them.

    python bench/main_job.py [--runs 3]

Reads ../shared/data/retention/online_retail.parquet; writes CSV and XLSX copies of it first. Each figure is the
median over the runs; CPU seconds are those of the process and its children, memory is the largest of them.
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
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WHOLE = ROOT.parent / "shared" / "data" / "retention" / "online_retail.parquet"
AS_OF = ("--as-of", "2011-12-10")
COPIES = """
import sys, polars as pl
frame = pl.read_parquet(sys.argv[1])
frame.write_csv(sys.argv[2] + "/orders.csv")
frame.write_excel(sys.argv[2] + "/orders.xlsx")
"""
"""Run in a process of its own: a child starts with the memory figure of its parent, so this one must stay small."""


@dataclass(frozen=True)
class Measured:
    """What one process took."""

    wall: float
    cpu: float
    memory_mb: float


def measured(home: Path, *words: str | Path) -> Measured:
    """Run one command of Bekwaam and measure it."""
    command = [sys.executable, "-m", "bekwaam.faces.cli.main", "--home", str(home), *map(str, words)]
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    words_of_child = child.stderr.read().decode() if child.stderr else ""
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)}\n{words_of_child}")
    return Measured(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def line(name: str, budget: str, runs: Sequence[Measured]) -> str:
    """One row of the table."""
    wall, cpu, memory = (
        statistics.median(getattr(run, field) for run in runs) for field in ("wall", "cpu", "memory_mb")
    )
    return f"{name:42} {wall:8.2f} {cpu:8.2f} {memory:9.0f}   {budget}"


def repeated(runs: int, work: Callable[[Path], Measured]) -> list[Measured]:
    """The work in a fresh home each time."""
    found = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            found.append(work(Path(folder) / "home"))
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    if not WHOLE.exists():
        raise SystemExit("The public data beside the checkout is absent.")
    print(
        f"Python {platform.python_version()}, polars {version('polars')}, {os.cpu_count()} cores, {runs} runs, medians"
    )
    print(f"{'':42} {'wall s':>8} {'CPU s':>8} {'MB':>9}   budget")
    with tempfile.TemporaryDirectory() as folder:
        copies = Path(folder)
        subprocess.run([sys.executable, "-c", COPIES, str(WHOLE), str(copies)], check=True)
        for file, budget in (
            (WHOLE, "≤ 6 s, 700 MB"),
            (copies / "orders.csv", "≤ 10 s, 700 MB"),
            (copies / "orders.xlsx", "≤ 25 s, 700 MB (child 1 GB)"),
        ):
            work = repeated(runs, lambda home, file=file: measured(home, "import", "sales", file))
            print(line(f"import {file.suffix}", budget, work))
        home = copies / "home"
        measured(home, "import", "sales", WHOLE)
        print(line("refresh", "≤ 60 s", [measured(home, "refresh", *AS_OF) for _ in range(runs)]))
        print(line("brief after refresh", "≤ 2 s", [measured(home, "brief", *AS_OF) for _ in range(runs)]))
        straight = repeated(
            runs, lambda home: measured(home, "brief", WHOLE, *AS_OF, "--html", home.parent / "monday.html")
        )
        print(line("brief FILE --html", "≤ 75 s", straight))


if __name__ == "__main__":
    main()
