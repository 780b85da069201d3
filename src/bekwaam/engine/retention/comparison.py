"""The call list beside rules that need no model, on the same customers."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import polars as pl

from bekwaam.engine.retention.orders import MONEY, to_cents
from bekwaam.engine.retention.timing import Vector

Verdict = Literal["shown", "likely", "not_yet", "contradicted"]

DRAWS: Final = 1_000
RHYTHMS: Final = 3
# The house's words: shown when the 95% interval leaves out 0, likely when 80% of the draws are above it.
INTERVAL: Final = (0.025, 0.975)
LIKELY: Final = 0.80

COUNTS: Final = ("named", "seen", "missed", "for_nothing")
EMPTY_RULES: Final = pl.DataFrame(
    schema={"rule": pl.String}
    | dict.fromkeys(COUNTS, pl.Int64)
    | dict.fromkeys(("value_seen", "value_missed", "difference", "difference_low", "difference_high"), MONEY)
    | {"verdict": pl.String}
)


def compare_rules(fates: pl.DataFrame, silence_days: int, *, enough: bool, seed: int) -> pl.DataFrame:
    """One row per way of naming customers: `call_list`, `silent_longer`, `longest_silent`, `three_rhythms`.

    `fates` has one row per established customer: `customer`, `listed` (by the call list), `left` (truth), `value_year`
    (Decimal(18,2)), `days_silent`, `own_rhythm_days`. `silent_longer` names everyone silent longer than
    `silence_days`; `longest_silent` as many as the call list did, the longest silent first, then the most value, then
    by name; `three_rhythms` everyone silent longer than the larger of `silence_days` and three times his own rhythm.

    Columns: `rule`; `named`; `seen` (named and left); `missed` (left, not named); `for_nothing` (named, stayed);
    `value_seen`, `value_missed` (Decimal(18,2), `value_year` of those); and for the rules `difference`: the call
    list's value seen minus the rule's, with the 95% interval `difference_low` to `difference_high` and a `verdict`:
    `shown` when the interval lies above 0, `contradicted` when below, `likely` when 80% of the draws are above 0,
    else, and always when not `enough`, `not_yet`. The interval resamples customers (1,000 draws fixed by `seed`);
    the lists are kept as they are, so it leaves out that other customers would have made another model.
    """
    most_silent_first = fates.sort("days_silent", "value_year", "customer", descending=[True, True, False])
    table = most_silent_first.with_columns(
        call_list=pl.col("listed"),
        silent_longer=pl.col("days_silent") > silence_days,
        longest_silent=pl.int_range(pl.len()) < pl.col("listed").sum(),
        three_rhythms=pl.col("days_silent")
        > pl.max_horizontal(pl.lit(silence_days), RHYTHMS * pl.col("own_rhythm_days")),
    )
    rows = [_row(table, "call_list")]
    for rule in ("silent_longer", "longest_silent", "three_rhythms"):
        rows.append(_row(table, rule).with_columns(*_difference(table, rule, enough, seed)))
    return pl.concat([EMPTY_RULES, *rows], how="diagonal")


def _row(table: pl.DataFrame, rule: str) -> pl.DataFrame:
    named, left = pl.col(rule), pl.col("left")
    seen, missed, for_nothing = named & left, left & ~named, named & ~left
    return table.select(
        pl.lit(rule).alias("rule"),
        *(
            each.sum().cast(pl.Int64).alias(name)
            for name, each in zip(COUNTS, (named, seen, missed, for_nothing), strict=True)
        ),
        pl.col("value_year").filter(seen).sum().cast(MONEY).alias("value_seen"),
        pl.col("value_year").filter(missed).sum().cast(MONEY).alias("value_missed"),
    )


def _difference(table: pl.DataFrame, rule: str, enough: bool, seed: int) -> list[pl.Expr]:
    sign = pl.col("call_list").cast(pl.Int8) - pl.col(rule).cast(pl.Int8)
    gain = table.select(pl.when("left").then(pl.col("value_year").cast(pl.Float64) * sign).otherwise(0.0))
    draws = _draws(gain.to_series().to_numpy(), seed)
    low, high = np.quantile(draws, INTERVAL)
    verdict = _verdict(draws, low, high) if enough else "not_yet"
    money = {"difference": gain.to_series().sum(), "difference_low": low, "difference_high": high}
    return [to_cents(pl.lit(float(value))).alias(name) for name, value in money.items()] + [
        pl.lit(verdict).alias("verdict")
    ]


def _draws(gain: Vector, seed: int) -> Vector:
    """Sums over resampled customers; those without gain or loss are drawn as one group, which changes nothing."""
    telling = np.sort(gain[gain != 0])
    if not len(telling):
        return np.zeros(DRAWS)
    shares = np.append(np.full(len(telling), 1 / len(gain)), 1 - len(telling) / len(gain))
    counts = np.random.default_rng(seed).multinomial(len(gain), np.maximum(shares, 0.0), size=DRAWS)
    return np.asarray(counts[:, :-1] @ telling)


def _verdict(draws: Vector, low: float, high: float) -> Verdict:
    if low > 0:
        return "shown"
    if high < 0:
        return "contradicted"
    return "likely" if np.mean(draws > 0) >= LIKELY else "not_yet"
