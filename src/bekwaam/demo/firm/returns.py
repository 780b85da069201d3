"""What comes back, and what is credited without coming back: lines with less than nothing on them."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from bekwaam.demo.firm.calendar import Calendar

RETURNED: Final = 0.018
CREDITED: Final = 0.006
CREDIT: Final = (50, 250)
"""A price credit, in thousandths of the line."""


def came_back(draw: np.random.Generator, lines: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """The returns and credits of these lines, with the same columns and `kind`, some days to weeks later.

    A return takes back goods at the price they had, with their cost; a credit gives money and takes nothing back.
    """
    fate = draw.random(lines.height)
    later = calendar.working_day(lines["day"].to_numpy(), draw.integers(3, 25, lines.height))
    moved = lines.with_columns(day=pl.Series(later), share=pl.Series(draw.integers(*CREDIT, lines.height)))
    known = pl.Series(later <= calendar.known)
    returned = moved.filter(pl.Series(fate < RETURNED) & known)
    credited = moved.filter(pl.Series((fate >= RETURNED) & (fate < RETURNED + CREDITED)) & known)
    return pl.concat([_returns(returned), _credits(credited)]).drop("share")


def _returns(lines: pl.DataFrame) -> pl.DataFrame:
    back = (-pl.col("quantity", "amount", "cost")).name.keep()
    return lines.with_columns(back, kind=pl.lit("return"))


def _credits(lines: pl.DataFrame) -> pl.DataFrame:
    amount = -pl.max_horizontal(pl.col("amount") * pl.col("share") // 1000, pl.lit(1))
    nothing = pl.lit(0, pl.Int64)
    return lines.with_columns(price=amount, amount=amount, quantity=nothing, cost=nothing, kind=pl.lit("credit"))
