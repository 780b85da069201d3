"""Rows with ranges: a mean, its scale and the half-widths of its pool, made into columns."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from bekwaam.engine.forecast.kinds import Kind
from bekwaam.engine.forecast.result import Status


def range_columns(levels: Sequence[int]) -> list[str]:
    """`lo50`, `hi50`, `lo80`, `hi80` and so on, by ascending level."""
    return [f"{side}{level}" for level in levels for side in ("lo", "hi")]


def range_schema(levels: Sequence[int]) -> dict[str, pl.DataType]:
    """The columns `mean`, the ranges of `levels`, and their types."""
    return {name: pl.Float64() for name in ("mean", *range_columns(levels))}


def ranged(mean: float | None, half_widths: Sequence[float | None], *, lowest: float | None) -> list[float | None]:
    """The mean and, per half-width, the range around it; not below `lowest` when given. All null without a mean.

    >>> ranged(5.0, [2.0, 8.0, None], lowest=0.0)
    [5.0, 3.0, 7.0, 0.0, 13.0, None, None]
    """
    row: list[float | None] = [mean]
    for width in half_widths:
        if mean is None or width is None:
            row += [None, None]
        else:
            row += [mean - width if lowest is None else max(mean - width, lowest), mean + width]
    return row


def scaled(widths: Sequence[float | None], sigma: float) -> list[float | None]:
    """Half-widths in the unit of the history. With a scale of zero there are none: no error seen yet."""
    return [None if width is None or sigma <= 0.0 else width * sigma for width in widths]


def status_of(kind: Kind, half_widths: Sequence[float | None]) -> Status:
    """Why a row of a series of this kind looks as it does."""
    if kind == "new":
        return "too_short"
    if kind == "dead":
        return "dead"
    return "interval_unchecked" if None in half_widths else "ok"
