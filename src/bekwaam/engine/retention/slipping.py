"""Who is slipping away: the call list, as it is today or would have been on any earlier day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import polars as pl

from bekwaam.engine.retention.beta_geometric import BetaGeometric
from bekwaam.engine.retention.estimate import Status
from bekwaam.engine.retention.orders import check_is_table, order_days, to_cents
from bekwaam.engine.retention.rhythm import ESTABLISHED_ORDER_DAYS, own_rhythm
from bekwaam.engine.retention.summary import DAYS_IN, summarise
from bekwaam.terms.errors import WrongCall

Method = Literal["order_chance", "plain_rule"]

HORIZON_DAYS: Final = 90
CAPACITY: Final = 20
# Longer silent than this many days and this many times his own rhythm: no longer slipping but gone.
GONE_DAYS: Final = 120
GONE_RHYTHMS: Final = 3
# The plain rule calls at half the silence that counts as gone under it, so gone is later there.
PLAIN_DAYS: Final = 60
PLAIN_RHYTHMS: Final = 3
PLAIN_GONE_RHYTHMS: Final = 2 * PLAIN_RHYTHMS
# A chance that lost a quarter of what is usual for the customer is clearly lower.
CLEARLY_LOWER: Final = 0.75
# A silence is a reason to call only where the model loses at least a twentieth of the usual chance with it.
HARDLY_LOWER: Final = 0.95
SAYS_WHO_LEAVES: Final = ("ok", "boundary")

COLUMNS: Final = (
    "customer",
    "chance_of_order_90d",
    "usual_chance_90d",
    "value_year",
    "value_at_stake",
    "own_rhythm_days",
    "days_silent",
    "order_days",
    "listed",
    "reason",
)


@dataclass(frozen=True)
class SlippingList:
    """The established customers with the call list among them, and how it was made.

    - `frame`: one row per established customer, the call list first, in order of urgency: `customer`;
      `chance_of_order_90d` and `usual_chance_90d` (0 to 1; empty under the plain rule); `value_year` and
      `value_at_stake` (Decimal(18,2), the latter empty under the plain rule); `own_rhythm_days`, `days_silent`
      (days); `order_days`; `listed`; `reason`: `silent`, `chance`, `silent_and_chance`, `plain_rule` for those
      off their rhythm (listed or beyond the capacity), else `on_rhythm`;
    - `status`: that of the model (`BetaGeometric`); `method`: `order_chance`, or `plain_rule` where the model had too
      few customers or saw nobody leave; `parameters`, `log_likelihood`: the model's, empty when too few;
      `model`: the fitted model itself, to ask of customers who are not established.
    """

    frame: pl.DataFrame
    status: Status
    method: Method
    parameters: Mapping[str, float]
    log_likelihood: float | None
    model: BetaGeometric


def slipping_list(
    orders: pl.DataFrame, as_of: date, capacity: int = CAPACITY, values: pl.DataFrame | None = None
) -> SlippingList:
    """The call list as of a day, looking at nothing on or after it: at most `capacity` customers, by value × risk.

    `orders` is the table that `orders.order_days` takes. What a customer is worth is the sum of its `value` in the 12
    months before `as_of`, unless the caller says otherwise: `values` has one row per customer, `customer` (text) and
    `value_year` (number), such as net revenue or gross profit; who is not in it is worth nothing.

    - Established: at least 5 order days, a positive value in the 12 months before `as_of`, and not long gone: last
      order at most the larger of 120 days and 3 times the own rhythm ago.
    - Off rhythm: silent for longer than `usual_high_days` of `rhythm.own_rhythm` and a chance of an order in 90 days
      at least a twentieth under the usual one, or a chance under three quarters of the usual one. The usual chance is
      the same model's chance the day after the last order.
    - Risk: 1 − chance of an order in 90 days by MBG/CNBD-k over all customers, k chosen by likelihood.
      `value_at_stake` = `value_year` × risk; the list is the off-rhythm customers with the highest, ties by name.
    - Plain rule, where the model has too few customers or the status `no_dropout` (it then takes every silence for
      chance): silent longer than the larger of 60 days and 3 times the own rhythm, by `value_year`; long gone is
      then the larger of 120 days and 6 times.

    WrongCall `option_unknown` for a negative capacity, `table_column` for other `values`; Refused as
    `orders.order_days` refuses.

    Why this rule: of the model scores measured on one public wholesaler, 1 − P(order) of MBG/CNBD-2 times value
    caught the most lost revenue among fifty names. None of the limits above was tuned on data.
    """
    if capacity < 0:
        raise WrongCall("option_unknown", option="capacity", value=capacity, allowed="0 …")
    days = order_days(orders, as_of)
    model = BetaGeometric("early", "auto")
    summary = summarise(days, as_of, "week")
    model.fit(summary)
    method: Method = "order_chance" if model.status_ in SAYS_WHO_LEAVES else "plain_rule"
    known = (
        own_rhythm(days, as_of)
        .join(_value_of_year(days, as_of) if values is None else given_values(values), on="customer", how="inner")
        .join(_chances(model, summary, method), on="customer", how="left")
        .filter(_established(method), pl.col("value_year") > 0)
    )
    frame = _listed(known.with_columns(*_judged(method)), capacity)
    return SlippingList(frame, model.status_, method, model.parameters_, model.log_likelihood_, model)


def _value_of_year(days: pl.DataFrame, as_of: date) -> pl.DataFrame:
    in_year = pl.col("date") >= pl.lit(as_of).dt.offset_by("-12mo")
    return days.filter(in_year).group_by("customer").agg(to_cents(pl.col("value").sum()).alias("value_year"))


def given_values(values: pl.DataFrame) -> pl.DataFrame:
    """`customer`, `value_year` to the cent; WrongCall `table_column` for another table."""
    check_is_table(values, "values")
    for column, fits, expected in (
        ("customer", values.schema.get("customer") == pl.String, "text"),
        ("value_year", "value_year" in values.columns and values.schema["value_year"].is_numeric(), "number"),
    ):
        if not fits:
            raise WrongCall("table_column", table="values", column=column, expected=expected)
    return values.select("customer", to_cents(pl.col("value_year")).alias("value_year"))


def _chances(model: BetaGeometric, summary: pl.DataFrame, method: Method) -> pl.DataFrame:
    if method == "plain_rule":
        nothing = pl.lit(None, pl.Float64)
        return summary.select("customer", chance_of_order_90d=nothing, usual_chance_90d=nothing)
    week = DAYS_IN["week"]
    on_rhythm = summary.with_columns(age=pl.col("recency") + 1 / week)
    now, usual = (model.chance_of_order(seen, HORIZON_DAYS / week)["chance_of_order"] for seen in (summary, on_rhythm))
    return summary.select("customer", now.alias("chance_of_order_90d"), usual.alias("usual_chance_90d"))


def _established(method: Method) -> pl.Expr:
    rhythms = GONE_RHYTHMS if method == "order_chance" else PLAIN_GONE_RHYTHMS
    gone_after = pl.max_horizontal(pl.lit(GONE_DAYS), rhythms * pl.col("own_rhythm_days"))
    return (pl.col("order_days") >= ESTABLISHED_ORDER_DAYS) & (pl.col("days_silent") <= gone_after)


def _judged(method: Method) -> list[pl.Expr]:
    """`value_at_stake`, and `reason` to call."""
    on_rhythm = pl.lit("on_rhythm")
    if method == "plain_rule":
        called_after = pl.max_horizontal(pl.lit(PLAIN_DAYS), PLAIN_RHYTHMS * pl.col("own_rhythm_days"))
        reason = pl.when(pl.col("days_silent") > called_after).then(pl.lit("plain_rule")).otherwise(on_rhythm)
        return [pl.lit(None, pl.Decimal(18, 2)).alias("value_at_stake"), reason.alias("reason")]
    agrees = pl.col("chance_of_order_90d") < HARDLY_LOWER * pl.col("usual_chance_90d")
    silent = (pl.col("days_silent") > pl.col("usual_high_days")) & agrees
    lower = pl.col("chance_of_order_90d") < CLEARLY_LOWER * pl.col("usual_chance_90d")
    stake = pl.col("value_year").cast(pl.Float64) * (1 - pl.col("chance_of_order_90d"))
    reason = (
        pl.when(silent & lower)
        .then(pl.lit("silent_and_chance"))
        .when(silent)
        .then(pl.lit("silent"))
        .when(lower)
        .then(pl.lit("chance"))
        .otherwise(on_rhythm)
    )
    return [to_cents(stake).alias("value_at_stake"), reason.alias("reason")]


def _listed(known: pl.DataFrame, capacity: int) -> pl.DataFrame:
    """The columns of the frame, off rhythm first, then by what is at stake; the first `capacity` of those listed."""
    urgency = pl.coalesce("value_at_stake", "value_year")
    off_rhythm = pl.col("reason") != "on_rhythm"
    ordered = known.sort(off_rhythm, urgency, pl.col("customer"), descending=[True, True, False])
    return ordered.with_columns(listed=off_rhythm & (pl.int_range(pl.len()) < capacity)).select(COLUMNS)
