"""How well the engines find what was planted in the demo firm: a table over twenty firms, with intervals.

    .venv/bin/python bench/recovery.py [--firms 20]

Everything is worked out by the engines alone, without a home. What each figure means stands in docs/methods/demo.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.metadata import version

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "POLARS_MAX_THREADS"), "1")
UNTIL = date(2026, 9, 18)
CALL_DAYS = tuple(UNTIL - timedelta(days=90 * quarter + 45) for quarter in range(6))
ORIGINS = (date(2025, 9, 1), date(2025, 12, 1), date(2026, 3, 1))
Row = tuple[str, list[float], str]


def main() -> None:
    """Measure and print."""
    from bekwaam.demo.firm import trade
    from bekwaam.demo.judging import call_list, forecasts, seasons

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=20)
    seeds = range(1, parser.parse_args().firms + 1)
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "polars", "statsforecast"))
    print(f"Python {platform.python_version()}, {packages}; {len(seeds)} firms until {UNTIL}, mean [95% interval]")
    started = time.process_time()
    made = [trade(seed, UNTIL) for seed in seeds]
    lists = [each_day(firm, call_list) for firm in made]
    ahead = [each_origin(firm, forecasts) for firm in made]
    shapes = [seasons.judged(firm) for firm in made]
    for title, rows in (
        (f"Call list of {call_list.CAPACITY}, as of {len(CALL_DAYS)} days", of_lists(lists)),
        (f"Forecast, {forecasts.HORIZON} months from {len(ORIGINS)} origins", of_forecasts(ahead)),
        ("Season of product groups, 36 months", of_seasons(shapes)),
    ):
        print(f"\n{title}")
        print_rows(rows)
    print(f"\n{time.process_time() - started:.0f} CPU s")


def each_day(firm, call_list):
    orders = call_list.order_days(firm)
    return [call_list.judged(firm, orders, day) for day in CALL_DAYS]


def each_origin(firm, forecasts):
    history = forecasts.months(firm)
    return [forecasts.scored(history, origin) for origin in ORIGINS]


def mean(values) -> float:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else float("nan")


def minus(ours, theirs):
    return None if ours is None else ours - theirs


def of_lists(lists) -> Iterator[Row]:
    """Each figure of each way of naming, and ours minus theirs, day by day."""
    ours = "call list"
    for figure in ("named", "found", "value_found", "early", "value_early", "precision"):
        for method in lists[0][0]:
            values = [mean(getattr(day[method], figure) for day in days) for days in lists]
            yield f"{figure}: {method}", values, ""
        for rule in list(lists[0][0])[1:]:
            differences = [
                mean(minus(getattr(day[ours], figure), getattr(day[rule], figure)) for day in days) for days in lists
            ]
            yield f"{figure}: call list minus {rule}", differences, "difference"


def of_forecasts(ahead) -> Iterator[Row]:
    for what in ("total", "parts"):
        for figure in ("inside", "ranged", "mase", "naive"):
            yield f"{what}: {figure}", [mean(getattr(one[what], figure) for one in firm) for firm in ahead], ""
        gains = [mean(one[what].mase - one[what].naive for one in firm) for firm in ahead]
        yield f"{what}: mase minus naive", gains, "difference"


def of_seasons(shapes) -> Iterator[Row]:
    yield "factor error", [shape.error for shape in shapes], ""
    yield "factor error when months count alike", [shape.plain for shape in shapes], ""
    yield "found minus alike", [shape.error - shape.plain for shape in shapes], "difference"
    yield "share of swinging groups seen", [shape.seen for shape in shapes], ""


def print_rows(rows: Iterator[Row]) -> None:
    from bekwaam.demo.judging.over_seeds import Interval

    for name, values, kind in rows:
        known = [value for value in values if value == value]
        told = str(Interval.of(known)) if len(known) > 1 else "not known"
        print(f"  {name:44} {told}   {verdict(Interval.of(known)) if kind else ''}".rstrip())


def verdict(interval) -> str:
    """Whether the interval leaves out 0."""
    if interval.low > 0:
        return "above 0"
    return "below 0" if interval.high < 0 else "not to be told from 0"


if __name__ == "__main__":
    if any(os.environ.get(name) != value for name, value in ONE_THREAD.items()):
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **ONE_THREAD})  # read at import
    main()
