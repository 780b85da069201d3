"""The history as given, judged and cut into series: nothing is repaired in silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bekwaam.engine.forecast.periods import Step, positions, step_of
from bekwaam.terms.errors import Refused, WrongCall

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Series:
    """One series without gaps; `masked` marks the points that an event made unusual."""

    unique_id: str
    y: FloatArray
    masked: BoolArray
    last: date | int


@dataclass(frozen=True, slots=True)
class Panel:
    """All series of a call, sorted by `unique_id`, with their calendar."""

    series: tuple[Series, ...]
    step: Step
    ds_type: pl.DataType


def read_history(history: pl.DataFrame, season_length: int, events: pl.DataFrame | None = None) -> Panel:
    """Judge `history` (`unique_id` text, `ds` date or whole number, `y` number) and cut it into series.

    Raises:
        WrongCall: `table_column`, when a column is missing or of another type.
        Refused: `history_blank` (a missing, infinite or not-a-number value), `history_repeated` (two rows for one
            period), `history_gap` (a period is missing; a zero is for the caller to write, not for us to guess),
            `history_period_start` (a date that is not the first day of its month in a calendar season).
    """
    table = _typed(history, "history", season_length)
    _refuse_blanks(table)
    table = table.sort("unique_id", "ds")
    ids = table["unique_id"].to_numpy()
    same_series: BoolArray = ids[1:] == ids[:-1] if len(ids) else np.zeros(0, dtype=bool)
    step = step_of(table["ds"], same_series, season_length)
    places = positions(table["ds"], step.unit)
    _refuse_other_starts(table, step)
    _refuse_irregular(table, places, same_series, step)
    masked = _masked(table, places, step, events)
    return Panel(tuple(_cut(table, same_series, masked)), step, table["ds"].dtype)


def _typed(table: pl.DataFrame, name: str, season_length: int) -> pl.DataFrame:
    if not isinstance(table, pl.DataFrame):
        raise WrongCall("table_column", table=name, column="*", expected="polars.DataFrame")
    _require(table, name, "unique_id", table.schema.get("unique_id") == pl.String, "text")
    ds_type = table.schema.get("ds")
    _require(table, name, "ds", ds_type is not None and (ds_type == pl.Date or ds_type.is_integer()), "date or integer")
    y_type = table.schema.get("y")
    _require(table, name, "y", y_type is not None and y_type.is_numeric(), "number")
    whole = pl.col("ds") if ds_type == pl.Date else pl.col("ds").cast(pl.Int64)
    return table.select("unique_id", whole, pl.col("y").cast(pl.Float64))


def _require(table: pl.DataFrame, name: str, column: str, right: bool, expected: str) -> None:
    if column not in table.columns or not right:
        raise WrongCall("table_column", table=name, column=column, expected=expected)


def _refuse_blanks(table: pl.DataFrame) -> None:
    for column in table.columns:
        blank = table[column].is_null() if column != "y" else ~table["y"].is_finite().fill_null(False)
        if blank.any():
            raise Refused("history_blank", column=column, rows=int(blank.sum()))


def _refuse_other_starts(table: pl.DataFrame, step: Step) -> None:
    if step.unit != "months":
        return
    late = table.filter(pl.col("ds").dt.day() != 1)
    if late.height:
        raise Refused("history_period_start", series=late["unique_id"][0], period=str(late["ds"][0]))


def _refuse_irregular(table: pl.DataFrame, places: NDArray[np.int64], same_series: BoolArray, step: Step) -> None:
    distances = np.diff(places)
    for code, wrong in (("history_repeated", distances == 0), ("history_gap", distances != step.size)):
        rows = np.flatnonzero(wrong & same_series)
        if len(rows):
            row = int(rows[0])
            period = step.after(table["ds"][row], 1)[0] if code == "history_gap" else table["ds"][row]
            raise Refused(code, series=table["unique_id"][row], period=str(period))


def _masked(table: pl.DataFrame, places: NDArray[np.int64], step: Step, events: pl.DataFrame | None) -> BoolArray:
    """Which rows lie in a period with an event of their own series, or of all (`unique_id` absent or null)."""
    masked = np.zeros(table.height, dtype=bool)
    if events is None or not table.height:
        return masked
    _require(events, "events", "ds", _same_kind(events.schema.get("ds"), table["ds"].dtype), str(table["ds"].dtype))
    known = events.drop_nulls("ds")
    moments = positions(known["ds"], step.unit)
    owners = known["unique_id"].to_list() if "unique_id" in known.columns else [None] * known.height
    ids = table["unique_id"].to_numpy()
    for moment, owner in zip(moments.tolist(), owners, strict=True):
        within = (places <= moment) & (moment < places + step.size)
        masked |= within if owner is None else within & (ids == owner)
    return masked


def _same_kind(found: pl.DataType | None, expected: pl.DataType) -> bool:
    if found is None:
        return False
    return found == expected or (found.is_integer() and expected.is_integer())


def _cut(table: pl.DataFrame, same_series: BoolArray, masked: BoolArray) -> list[Series]:
    if not table.height:
        return []
    y = table["y"].to_numpy()
    starts = np.concatenate([[0], np.flatnonzero(~same_series) + 1, [table.height]]).tolist()
    return [
        Series(table["unique_id"][start], y[start:end].copy(), masked[start:end], table["ds"][end - 1])
        for start, end in pairwise(starts)
    ]
