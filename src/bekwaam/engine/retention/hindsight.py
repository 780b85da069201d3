"""Would we have seen it then? The call list of an earlier day beside what became of the customers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

import polars as pl

from bekwaam.engine.retention.comparison import EMPTY_RULES, Verdict, compare_rules
from bekwaam.engine.retention.orders import order_days
from bekwaam.engine.retention.slipping import (
    CAPACITY,
    PLAIN_DAYS,
    Method,
    SlippingList,
    given_values,
    slipping_list,
)
from bekwaam.terms.errors import WrongCall

WINDOW_DAYS: Final = 180
MONTHS_NEEDED: Final = 6
# A customer with a rhythm of a month or two is not gone after less than this.
SHORTEST_WINDOW: Final = 90
FEWEST_LEAVERS: Final = 30

OUTCOMES: Final = ("seen", "missed", "for_nothing", "stayed")


@dataclass(frozen=True)
class LookBack:
    """What the call list of `then` was worth, as known at `now`.

    - `status`: `ok`, or `too_short` when fewer than `months_needed` whole months of orders precede `then`
      (`months_had`); the frames are then empty and the verdict is `not_yet`;
    - `window_days`: the days after `then` without an order that count as having left: 180, or fewer up to `now`;
    - `customers`: one row per established customer at `then`: `customer`; `outcome`: `seen` (listed, left), `missed`
      (not listed, left), `for_nothing` (listed, ordered again) or `stayed`; `value_year` (Decimal(18,2), the 12 months
      before `then`); `chance_of_order_90d` (0 to 1, empty under the plain rule); `own_rhythm_days`, `days_silent` at
      `then`; `last_order` before `then`; `next_order`: the first from `then` until `now`, empty when none; `reason`.
      Sorted by outcome in that order, then by value;
    - `rules`: the call list and the rules beside each other, see `comparison.compare_rules`;
    - `leavers`: how many left; `verdict`: whether the call list saw more value leave than the plain rule, all who were
      silent longer than `silence_days`: `shown`, `likely`, `not_yet` or `contradicted`;
    - `called`: the call list of `then` itself.
    """

    status: Literal["ok", "too_short"]
    verdict: Verdict
    then: date
    now: date
    window_days: int
    months_had: int
    months_needed: int
    leavers: int
    customers: pl.DataFrame
    rules: pl.DataFrame
    called: SlippingList | None

    @property
    def method(self) -> Method | None:
        """How the call list was made; None when too short."""
        return self.called.method if self.called else None


def look_back(
    orders: pl.DataFrame,
    then: date,
    now: date,
    capacity: int = CAPACITY,
    silence_days: int = PLAIN_DAYS,
    seed: int = 1,
) -> LookBack:
    """Who of those established at `then` left, who of them were on the call list of `then`, and would a rule do?

    `orders` is the table that `orders.order_days` takes. The list is `slipping.slipping_list` as of `then`, which
    sees nothing of what came after. Left: no order in the 180 days from `then`, or until `now` (exclusive) when
    that is sooner. Beside it, among the same customers, the rules of `comparison.compare_rules`. Orders from `now` on
    are not looked at.

    The verdict is `not_yet` with fewer than 30 leavers or a window under 90 days; `seed` fixes its bootstrap.
    WrongCall `option_unknown` unless `then` < `now`; Refused as `orders.order_days` refuses.
    """
    return _look_back(orders, None, _Asked(then, now, capacity, silence_days, seed))


def look_back_by(
    orders: pl.DataFrame, values: pl.DataFrame, then: date, now: date, capacity: int = CAPACITY
) -> LookBack:
    """`look_back` with customers worth `values` in the 12 months before `then`, as `slipping_list` takes them."""
    return _look_back(orders, values, _Asked(then, now, capacity))


@dataclass(frozen=True, slots=True)
class _Asked:
    then: date
    now: date
    capacity: int
    silence_days: int = PLAIN_DAYS
    seed: int = 1


def _look_back(orders: pl.DataFrame, values: pl.DataFrame | None, asked: _Asked) -> LookBack:
    then, now = asked.then, asked.now
    if then >= now:
        raise WrongCall("option_unknown", option="then", value=then, allowed=f"… {now - timedelta(days=1)}")
    days = order_days(orders, now)
    window = min(WINDOW_DAYS, (now - then).days)
    first = days.filter(pl.col("date") < then)["date"].min()
    months = _whole_months(first, then) if isinstance(first, date) else 0
    if months < MONTHS_NEEDED:
        return _too_short(days, then, now, months)
    called = slipping_list(days, then, asked.capacity, values)
    fates = _fates(called.frame, days, then, then + timedelta(days=window))
    leavers = int(fates["left"].sum())
    rules = compare_rules(fates, asked.silence_days, enough=_enough(leavers, window), seed=asked.seed)
    verdict: Verdict = rules.filter(rule="silent_longer")["verdict"].item()
    return LookBack("ok", verdict, then, now, window, months, MONTHS_NEEDED, leavers, _by_outcome(fates), rules, called)


def rules_by(found: LookBack, values: pl.DataFrame, silence_days: int = PLAIN_DAYS, seed: int = 1) -> pl.DataFrame:
    """The rules of a look back with customers worth `values`: the same names, other money.

    Both tables as `look_back` takes and gives them; empty when it was too short.
    """
    if found.status != "ok":
        return EMPTY_RULES
    fates = (
        found.customers.drop("value_year")
        .join(given_values(values), on="customer", how="left")
        .with_columns(
            pl.col("value_year").fill_null(0),
            listed=pl.col("outcome").is_in(["seen", "for_nothing"]),
            left=pl.col("outcome").is_in(["seen", "missed"]),
        )
    )
    return compare_rules(fates, silence_days, enough=_enough(found.leavers, found.window_days), seed=seed)


def _enough(leavers: int, window_days: int) -> bool:
    return leavers >= FEWEST_LEAVERS and window_days >= SHORTEST_WINDOW


def _whole_months(first: date, then: date) -> int:
    months = (then.year - first.year) * 12 + then.month - first.month
    return months - (then.day < first.day)


def _fates(established: pl.DataFrame, days: pl.DataFrame, then: date, end: date) -> pl.DataFrame:
    """The established with `last_order`, `next_order`, `left` and `outcome`."""
    after = days.filter(pl.col("date") >= then).group_by("customer").agg(pl.col("date").min().alias("next_order"))
    left, listed = pl.col("left"), pl.col("listed")
    outcome = (
        pl.when(listed & left)
        .then(pl.lit("seen"))
        .when(left)
        .then(pl.lit("missed"))
        .when(listed)
        .then(pl.lit("for_nothing"))
        .otherwise(pl.lit("stayed"))
    )
    return (
        established.join(after, on="customer", how="left")
        .with_columns(
            last_order=pl.lit(then) - pl.duration(days=pl.col("days_silent")),
            left=pl.col("next_order").is_null() | (pl.col("next_order") >= end),
        )
        .with_columns(outcome=outcome)
    )


def _by_outcome(fates: pl.DataFrame) -> pl.DataFrame:
    place = pl.col("outcome").replace_strict(OUTCOMES, range(len(OUTCOMES)), return_dtype=pl.Int8)
    return fates.sort(place, pl.col("value_year"), "customer", descending=[False, True, False]).select(
        "customer",
        "outcome",
        "value_year",
        "chance_of_order_90d",
        "own_rhythm_days",
        "days_silent",
        "last_order",
        "next_order",
        "reason",
    )


def _too_short(days: pl.DataFrame, then: date, now: date, months: int) -> LookBack:
    nobody = _by_outcome(_fates(slipping_list(days.clear(), then).frame, days.clear(), then, now))
    window = min(WINDOW_DAYS, (now - then).days)
    return LookBack("too_short", "not_yet", then, now, window, months, MONTHS_NEEDED, 0, nobody, EMPTY_RULES, None)
