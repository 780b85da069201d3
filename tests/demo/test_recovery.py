"""How well the engines find what was planted, over twenty firms: bounds that hold with room, of figures measured first.

The whole table, with more days and longer horizons, is `bench/recovery.py`; what it says stands in
docs/methods/demo.md, also where a rule of thumb does better.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from bekwaam.demo.firm import company, trade
from bekwaam.demo.judging import call_list, forecasts, seasons
from bekwaam.demo.judging.over_seeds import Interval

UNTIL = date(2026, 9, 18)
FIRMS = 20
CALL_DAYS = (UNTIL - timedelta(days=45), UNTIL - timedelta(days=225))
ORIGIN = date(2026, 3, 1)


@dataclass(frozen=True)
class Judged:
    """One firm: the call list on two days, the forecast from one origin, the seasons."""

    lists: tuple[dict[str, call_list.Found], ...]
    ahead: dict[str, forecasts.Scored]
    shape: seasons.Seasons


@pytest.fixture(scope="module")
def firms() -> list[Judged]:
    return [judged(seed) for seed in range(1, FIRMS + 1)]


def judged(seed: int) -> Judged:
    made = trade(seed, UNTIL)
    orders = call_list.order_days(made)
    return Judged(
        lists=tuple(call_list.judged(made, orders, day) for day in CALL_DAYS),
        ahead=forecasts.scored(forecasts.months(made), ORIGIN, horizon=3, largest=2),
        shape=seasons.judged(made),
    )


def over(firms: list[Judged], figure: Callable[[Judged], float]) -> Interval:
    return Interval.of([figure(firm) for firm in firms])


def mean_of(firm: Judged, figure: str, *, beside: str | None = None) -> float:
    """A figure of the call list, mean of the days; `beside`, minus the same of another way of naming."""
    ours = [getattr(day["call list"], figure) for day in firm.lists]
    theirs = [getattr(day[beside], figure) if beside else 0.0 for day in firm.lists]
    return sum(ours) / len(ours) - sum(theirs) / len(theirs)


def test_twenty_names_hold_a_good_part_of_the_value_that_is_going(firms: list[Judged]) -> None:
    assert over(firms, lambda firm: mean_of(firm, "value_found")).low > 0.25
    assert over(firms, lambda firm: mean_of(firm, "found")).low > 0.15
    assert over(firms, lambda firm: mean_of(firm, "precision")).low > 0.18


def test_among_the_same_customers_the_call_list_finds_more_value_than_silence_of_sixty_days(
    firms: list[Judged],
) -> None:
    assert over(firms, lambda firm: mean_of(firm, "value_found", beside="60 days, 20 largest")).low > 0
    assert over(firms, lambda firm: mean_of(firm, "value_early", beside="60 days, whole book")).low > 0


def test_the_forecast_errs_less_than_last_year_s_month(firms: list[Judged]) -> None:
    gain = over(firms, lambda firm: firm.ahead["parts"].mase - firm.ahead["parts"].naive)
    assert gain.high < -0.05
    assert over(firms, lambda firm: firm.ahead["total"].mase - firm.ahead["total"].naive).mean < 0


def test_about_four_in_five_months_fall_within_the_range(firms: list[Judged]) -> None:
    inside = over(firms, lambda firm: firm.ahead["parts"].inside or 0.0)
    assert 0.65 < inside.low < inside.high < 0.95
    assert over(firms, lambda firm: firm.ahead["parts"].ranged).low > 0.8


def test_season_factors_lie_nearer_to_the_planted_ones_than_none_at_all(firms: list[Judged]) -> None:
    assert over(firms, lambda firm: firm.shape.error - firm.shape.plain).mean < 0


def test_the_trade_alone_is_the_trade_of_the_whole_firm() -> None:
    alone, whole = trade(3, UNTIL), company(3, UNTIL)
    assert alone.sales.equals(whole.sales)
    assert alone.truth == whole.truth
