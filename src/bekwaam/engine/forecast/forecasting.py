"""The forecast of a table of series: judge, describe, forecast, look back, put ranges around."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from bekwaam.engine.forecast.conformal import Widths, pooled_widths
from bekwaam.engine.forecast.history import Panel, Series, read_history
from bekwaam.engine.forecast.origins import Outlook, backtest, origins_per_pool, outlook
from bekwaam.engine.forecast.ranges import range_schema, ranged, scaled, status_of
from bekwaam.engine.forecast.result import Forecast
from bekwaam.engine.forecast.scores import ERRORS_SCHEMA, with_scores
from bekwaam.terms.errors import WrongCall


@dataclass(frozen=True, slots=True)
class _Asked:
    horizon: int
    season_length: int
    levels: tuple[int, ...]


def forecast(
    history: pl.DataFrame,
    horizon: int,
    season_length: int,
    levels: Sequence[int] = (80,),
    effort: str = "fast",
    events: pl.DataFrame | None = None,
) -> Forecast:
    """Forecast every series of `history`, with seasonal naive beside it and ranges that past errors bear out.

    Each series is forecast from its own last period on, by itself: other series never move its mean. They do share
    their past errors, which decide how wide the ranges are.

    Args:
        history: `unique_id` text, `ds` (the first day of the period, or a whole number), `y` number; one row per
            series and period, in any order, without gaps. Months without sales are rows of 0. Only whole periods:
            a running month fed as a full one is read as a collapse (see `running`).
        horizon: steps ahead, 1 or more.
        season_length: periods per season: 12 for months, 4 for quarters, 1 for none.
        levels: percentages of the ranges, whole numbers 50-99, each giving `lo80` and `hi80`.
        effort: only "fast".
        events: known one-off periods, `ds` (a date within, or the number of, the period), `unique_id` (absent or
            null: all series) and, for the reader, `kind`. Their values are replaced by the seasonal expectation
            before fitting, and they are no evidence about errors. Unknown series and future periods have no effect.

    Returns:
        A `Forecast`. The same input gives the same output, whatever the order of rows.

    Raises:
        WrongCall: `option_unknown` (horizon, season_length, levels, effort), `table_column`.
        Refused: `history_blank`, `history_repeated`, `history_gap`, `history_period_start`.

    >>> history = pl.DataFrame({"unique_id": ["a"] * 5, "ds": [1, 2, 3, 4, 5], "y": [3.0, 4.0, 3.0, 4.0, 3.0]})
    >>> forecast(history, 1, 1).frame.row(0)
    ('a', 6, None, None, None, 'none', 'too_short')

    Source: reference measurements in docs/methods/forecast.md.
    """
    asked = _asked(horizon, season_length, levels, effort)
    panel = read_history(history, season_length, events)
    _refuse_beyond_calendar(panel, asked.horizon)
    today = [outlook(series, len(series.y), asked.horizon, season_length) for series in panel.series]
    scores = _scores(panel.series, today, asked)
    steps = pooled_widths(scores, asked.levels, "score")
    sums = pooled_widths(scores, asked.levels, "sum_score")
    return Forecast(
        frame=_frame(panel, today, steps, asked),
        sums=_sums(panel, today, sums, asked),
        baseline=_baseline(panel, today, asked),
        classes=_classes(panel, today),
        scores=scores,
        levels=asked.levels,
    )


def _asked(horizon: int, season_length: int, levels: Sequence[int], effort: str) -> _Asked:
    for option, value in (("horizon", horizon), ("season_length", season_length)):
        if not _is_whole(value) or value < 1:
            raise WrongCall("option_unknown", option=option, value=value, allowed="1, 2, 3, …")
    if not isinstance(levels, Sequence) or not levels:
        raise WrongCall("option_unknown", option="levels", value=levels, allowed="(80,)")
    if not all(_is_whole(level) and 50 <= level <= 99 for level in levels):
        raise WrongCall("option_unknown", option="levels", value=tuple(levels), allowed="50–99")
    if effort != "fast":
        raise WrongCall("option_unknown", option="effort", value=effort, allowed="fast")
    return _Asked(int(horizon), int(season_length), tuple(sorted({int(level) for level in levels})))


def _refuse_beyond_calendar(panel: Panel, horizon: int) -> None:
    if not all(panel.step.reaches(series.last, horizon) for series in panel.series):
        raise WrongCall("option_unknown", option="horizon", value=horizon, allowed="… 9999-12-31")


def _is_whole(value: Any) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def _scores(series: Sequence[Series], today: Sequence[Outlook], asked: _Asked) -> pl.DataFrame:
    counts = origins_per_pool(today, asked.levels)
    rows = [
        row
        for each, seen in zip(series, today, strict=True)
        for row in backtest(
            each,
            seen,
            horizon=asked.horizon,
            season_length=asked.season_length,
            count=counts.get(seen.described.pool or "", min(counts.values(), default=1)),
        )
    ]
    return with_scores(pl.DataFrame(rows, schema=ERRORS_SCHEMA))


def _frame(panel: Panel, today: Sequence[Outlook], widths: Widths, asked: _Asked) -> pl.DataFrame:
    rows: list[list[Any]] = []
    for series, seen in zip(panel.series, today, strict=True):
        for step, ds in enumerate(panel.step.after(series.last, asked.horizon), start=1):
            method = seen.path.method if seen.path else "none"
            mean = float(seen.path.mean[step - 1]) if seen.path else None
            numbers, status = _numbers(seen, mean, float(seen.sigma[step - 1]), widths.of(seen.described.pool, step))
            rows.append([series.unique_id, ds, *numbers, method, status])
    schema = {"unique_id": pl.String(), "ds": panel.ds_type, **range_schema(asked.levels)}
    return pl.DataFrame(rows, schema={**schema, "method": pl.String(), "status": pl.String()}, orient="row")


def _sums(panel: Panel, today: Sequence[Outlook], widths: Widths, asked: _Asked) -> pl.DataFrame:
    rows: list[list[Any]] = []
    for series, seen in zip(panel.series, today, strict=True):
        means = np.cumsum(seen.path.mean).tolist() if seen.path else [None] * asked.horizon
        sigmas = np.cumsum(seen.sigma).tolist()
        for steps, (mean, sigma) in enumerate(zip(means, sigmas, strict=True), start=1):
            numbers, status = _numbers(seen, mean, sigma, widths.of(seen.described.pool, steps))
            rows.append([series.unique_id, steps, *numbers, status])
    schema = {"unique_id": pl.String(), "steps": pl.Int64(), **range_schema(asked.levels), "status": pl.String()}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _numbers(
    seen: Outlook, mean: float | None, sigma: float, widths: Sequence[float | None]
) -> tuple[list[float | None], str]:
    """The mean with its ranges, and the status of the row."""
    half_widths = scaled(widths, sigma)
    lowest = 0.0 if seen.described.never_negative else None
    return ranged(mean, half_widths, lowest=lowest), status_of(seen.described.kind, half_widths)


def _baseline(panel: Panel, today: Sequence[Outlook], asked: _Asked) -> pl.DataFrame:
    rows: list[list[Any]] = []
    for series, seen in zip(panel.series, today, strict=True):
        known = seen.path is not None
        for step, ds in enumerate(panel.step.after(series.last, asked.horizon), start=1):
            naive, sigma = float(seen.naive[step - 1]), float(seen.sigma[step - 1])
            rows.append([series.unique_id, ds, step, naive if known else None, sigma if known else None])
    schema = {"unique_id": pl.String(), "ds": panel.ds_type, "step": pl.Int64(), "naive": pl.Float64()}
    return pl.DataFrame(rows, schema={**schema, "sigma": pl.Float64()}, orient="row")


def _classes(panel: Panel, today: Sequence[Outlook]) -> pl.DataFrame:
    rows = [
        {
            "unique_id": series.unique_id,
            "kind": seen.described.kind,
            "pool": seen.described.pool,
            "periods": len(series.y),
            "adi": seen.described.adi if np.isfinite(seen.described.adi) else None,
            "masked": int(series.masked.sum()),
            "never_negative": seen.described.never_negative,
            "failed": "+".join(seen.path.failed) or None if seen.path else None,
        }
        for series, seen in zip(panel.series, today, strict=True)
    ]
    schema = {"unique_id": pl.String(), "kind": pl.String(), "pool": pl.String(), "periods": pl.Int64()}
    numbers = {"adi": pl.Float64(), "masked": pl.Int64(), "never_negative": pl.Boolean(), "failed": pl.String()}
    return pl.DataFrame(rows, schema={**schema, **numbers})
