"""What an order history says about timing and value: one row per customer."""

from __future__ import annotations

from datetime import date
from math import log
from typing import Final, Literal

import polars as pl

from bekwaam.engine.retention.orders import order_days
from bekwaam.terms.errors import WrongCall

Unit = Literal["day", "week", "month", "year"]

DAYS_IN: Final[dict[str, float]] = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}

LAST_COUNTED: Final[dict[str, int]] = {"as_of": 0, "last_day": 1}
"""How many days before `as_of` the age of a customer ends."""


def summarise(
    orders: pl.DataFrame, as_of: date, unit: Unit = "week", *, age_to: Literal["as_of", "last_day"] = "as_of"
) -> pl.DataFrame:
    """One row per customer with an order before `as_of`: how often, how recently, for how long and for how much.

    `orders` is the table that `orders.order_days` takes: `customer` (text), `date`, `value` (float or decimal).
    Orders of one customer on one day are one order. Orders on or after `as_of` are not looked at.

    Returns, sorted by customer, time in `unit` (day; week = 7 days; month = 30.4375; year = 365.25):

    - `customer` (text);
    - `frequency` (whole number ≥ 0): order days after the first, x in the papers;
    - `recency` (0 ≤ recency ≤ age): time from first to last order, t_x; 0 without a repeat order;
    - `age` (> 0): time from the first order to `as_of`, T (an order the day before is one day old);
    - `mean_value` (money per order day, float): mean without the first order; empty without a repeat order;
    - `sum_log_gap`: sum of the natural logarithms of the `frequency` gaps between order days, each in `unit`.
      Without it the regularity of the orders cannot be chosen by likelihood.

    Refused as `orders.order_days` refuses; WrongCall `option_unknown` for another unit or `age_to`, `table_column`.

    An order on day 0, 7 and 28 as of day 35, in weeks: frequency 2, recency 4, age 5, sum_log_gap ln 1 + ln 3.

    The published CDNOW figures count time to the last day looked at, 30 September 1997: that is `as_of` 1 October
    1997 with `age_to="last_day"`, which makes every `age` one day shorter (0 for a first order on that very day).
    `BetaGeometric("late", 1)` fitted to that gives their log-likelihood, −9,582.43.

    Source: Fader, Hardie & Lee, *Marketing Science* 24(2), 2005; the first order is left out of the mean as in
    Fader & Hardie's note on the gamma-gamma model, 2013.
    """
    if unit not in DAYS_IN:
        raise WrongCall("option_unknown", option="unit", value=unit, allowed=list(DAYS_IN))
    if age_to not in LAST_COUNTED:
        raise WrongCall("option_unknown", option="age_to", value=age_to, allowed=list(LAST_COUNTED))
    days_in_unit = DAYS_IN[unit]
    counted = (
        _with_gaps(order_days(orders, as_of))
        .group_by("customer")
        .agg(
            (pl.len().cast(pl.Int64) - 1).alias("frequency"),
            (pl.col("date").max() - pl.col("date").min()).dt.total_days().alias("recency"),
            ((pl.lit(as_of) - pl.col("date").min()).dt.total_days() - LAST_COUNTED[age_to]).alias("age"),
            pl.col("repeat_value").mean().cast(pl.Float64).alias("mean_value"),
            pl.col("gap_days").cast(pl.Float64).log().sum().alias("sum_log_gap"),
        )
    )
    return counted.with_columns(
        pl.col("recency", "age") / days_in_unit,
        pl.col("sum_log_gap") - pl.col("frequency") * log(days_in_unit),
    ).sort("customer")


def _with_gaps(days: pl.DataFrame) -> pl.DataFrame:
    repeat = pl.col("customer") == pl.col("customer").shift(1)
    return days.with_columns(
        pl.when(repeat).then(pl.col("date").diff().dt.total_days()).alias("gap_days"),
        pl.when(repeat).then("value").alias("repeat_value"),
    )
