"""Horizontal bars beside figures: parts around zero, and the bridge from one total to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import Final

from django.utils.functional import Promise

Number = Decimal | int | float
FOOT: Final = 0.35
"""How much of a bridge's width the two totals take: they stand on a broken base."""


@dataclass(frozen=True)
class Part:
    """One row to draw: its words, its value, and where its records are."""

    label: str | Promise
    value: Number
    url: str = ""
    remark: str | Promise = ""


@dataclass(frozen=True)
class Bar:
    """One drawn row; `x` and `width` are in per cent of the column of bars."""

    label: str | Promise
    text: str
    x: str
    width: str
    is_negative: bool
    is_total: bool = False
    url: str = ""
    remark: str | Promise = ""


@dataclass(frozen=True)
class Bars:
    """Drawn rows and the place of their zero line, which a bridge does not have."""

    rows: list[Bar]
    zero: str = ""


def bars(parts: Iterable[Part], *, write: Callable[[Number], str]) -> Bars:
    """Each part as a bar from zero, in the order given; figures are written by `write`."""
    every = list(parts)
    values = [float(part.value) for part in every]
    low, high = min([0.0, *values]), max([0.0, *values])
    scale = _Scale(low, high)
    rows = [_row(part, scale, start=0.0, end=float(part.value), write=write) for part in every]
    return Bars(rows, zero=scale.place(0.0))


def bridge(start: Part, steps: Iterable[Part], end: Part, *, write: Callable[[Number], str]) -> Bars:
    """From one total to another: each step begins where the one before it ended. Steps must add up.

    Raises:
        ValueError: start and steps do not make the end.
    """
    between = list(steps)
    reached = levels(start, between, end)
    low, high = min(reached), max(reached)
    scale = _Scale(low - (high - low or 1.0) * FOOT / (1 - FOOT), high)
    rows = [_total(start, scale, write)]
    for part, begin, finish in zip(between, reached, reached[1:], strict=False):
        rows.append(_row(part, scale, start=begin, end=finish, write=write))
    return Bars([*rows, _total(end, scale, write)])


def levels(start: Part, steps: Sequence[Part], end: Part) -> list[float]:
    """Where a bridge stands at its start and after each step.

    Raises:
        ValueError: start and steps do not make the end.
    """
    reached = list(accumulate(Decimal(str(part.value)) for part in (start, *steps)))
    if reached[-1] != Decimal(str(end.value)):
        raise ValueError("the steps of a bridge must lead from its start to its end")
    return [float(level) for level in reached]


@dataclass(frozen=True)
class _Scale:
    low: float
    high: float

    def share(self, value: float) -> float:
        whole = self.high - self.low
        return (value - self.low) / whole if whole else 0.0

    def place(self, value: float) -> str:
        return f"{self.share(value):.2%}"


def _row(part: Part, scale: _Scale, *, start: float, end: float, write: Callable[[Number], str]) -> Bar:
    low, high = sorted((start, end))
    return Bar(
        label=part.label,
        text=write(part.value),
        x=scale.place(low),
        width=f"{scale.share(high) - scale.share(low):.2%}",
        is_negative=part.value < 0,
        url=part.url,
        remark=part.remark,
    )


def _total(part: Part, scale: _Scale, write: Callable[[Number], str]) -> Bar:
    return Bar(
        label=part.label,
        text=write(part.value),
        x="0%",
        width=scale.place(float(part.value)),
        is_negative=False,
        is_total=True,
        url=part.url,
        remark=part.remark,
    )
