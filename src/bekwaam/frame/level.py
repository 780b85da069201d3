"""A level: a band on a rule of five points, never a decimal; with fewer than three raters only words."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import Final

FEWEST_RATERS: Final = 3
POINTS: Final = 5


@dataclass(frozen=True)
class Level:
    """A drawn level: the band in per cent of the rule, and the points that it lies between."""

    x: str
    width: str
    ticks: tuple[str, ...]
    low_point: int
    high_point: int


def level(low: float, high: float, *, raters: int) -> Level | None:
    """The band from `low` to `high` (1 to 5), or None where too few people gave one."""
    if raters < FEWEST_RATERS:
        return None
    return Level(
        x=_place(low),
        width=f"{max(high - low, 0.1) / (POINTS - 1):.2%}",
        ticks=tuple(_place(point) for point in range(1, POINTS + 1)),
        low_point=floor(low),
        high_point=ceil(high),
    )


def _place(point: float) -> str:
    return f"{(point - 1) / (POINTS - 1):.2%}"
