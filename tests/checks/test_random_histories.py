"""A thousand histories at random: whatever a company's past looks like, every row has a status and no figure is NaN."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest

from bekwaam.engine.forecast import STATUSES, Forecast, forecast

Draw = np.random.Generator
HISTORIES = 1_000
HORIZON = 4

KINDS: tuple[Callable[[Draw, int], np.ndarray], ...] = (
    lambda draw, length: draw.normal(100, 20, length),
    lambda draw, length: draw.poisson(0.4, length) * draw.exponential(50, length),
    lambda draw, length: np.zeros(length),
    lambda draw, length: np.full(length, 7.0),
    lambda draw, length: -np.abs(draw.normal(100, 20, length)),
    lambda draw, length: np.where(np.arange(length) == draw.integers(length), 1e12, 5.0),
    lambda draw, length: np.cumsum(draw.normal(0, 1, length)) * 1e-9,
    lambda draw, length: np.exp(np.arange(length) * 0.3),
    lambda draw, length: 100 + 50 * np.sin(np.arange(length) * np.pi / 6),
)


@pytest.fixture(scope="module")
def made() -> Forecast:
    """Mostly short ones, which cost little; one in five up to three years and a bit."""
    draw = np.random.default_rng(11)
    parts = []
    for number in range(HISTORIES):
        length = int(draw.integers(1, 40 if number % 5 == 0 else 14))
        y = KINDS[number % len(KINDS)](draw, length).astype(np.float64)
        parts.append(pl.DataFrame({"unique_id": [f"s{number:04}"] * length, "ds": np.arange(length), "y": y}))
    return forecast(pl.concat(parts), HORIZON, 12, levels=(50, 80))


def test_every_history_gets_every_step_with_a_status(made: Forecast) -> None:
    assert made.frame.height == HISTORIES * HORIZON
    assert set(made.frame["status"]) <= set(STATUSES)
    assert set(made.sums["status"]) <= set(STATUSES)


def test_no_figure_is_not_a_number_or_endless(made: Forecast) -> None:
    for table in (made.frame, made.sums, made.baseline, made.scores):
        numbers = table.select(pl.col(pl.Float64))
        assert numbers.select(pl.all().is_finite().fill_null(True).all()).row(0) == (True,) * numbers.width


def test_a_status_keeps_its_word(made: Forecast) -> None:
    ok, short = (made.frame.filter(status=status) for status in ("ok", "too_short"))
    assert ok.null_count().sum_horizontal().item() == 0
    assert short["mean"].null_count() == short.height
    assert made.frame.filter(pl.col("status") != "too_short")["mean"].null_count() == 0


def test_ranges_lie_around_the_mean_and_in_each_other(made: Forecast) -> None:
    ordered = (
        (pl.col("lo80") <= pl.col("lo50"))
        & (pl.col("lo50") <= pl.col("mean"))
        & (pl.col("mean") <= pl.col("hi50"))
        & (pl.col("hi50") <= pl.col("hi80"))
    )
    assert made.frame.filter(status="ok").select(ordered.all()).item()
