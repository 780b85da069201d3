"""What is said to be true of the firm shows in its lines."""

from __future__ import annotations

import json
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from bekwaam.demo.firm import Company


@pytest.fixture(scope="module")
def sold(firm: Company) -> pl.DataFrame:
    return firm.sales.filter(pl.col("kind") == "sale")


def test_who_is_gone_orders_nothing_any_more(firm: Company, sold: pl.DataFrame) -> None:
    assert 40 < len(firm.truth.lapses) < 130
    for lapse in firm.truth.lapses:
        orders = sold.filter(pl.col("customer") == lapse.customer)["date"]
        assert lapse.starts_on <= lapse.gone_on
        assert not (orders >= lapse.gone_on).any(), lapse
        assert orders.max() == lapse.last_order


def test_who_fades_orders_less_in_his_last_months_than_in_the_same_time_before(
    firm: Company, sold: pl.DataFrame
) -> None:
    before, after = 0, 0
    for lapse in firm.truth.lapses:
        span = min((lapse.gone_on - lapse.starts_on).days, (firm.truth.until - lapse.starts_on).days)
        days = sold.filter(pl.col("customer") == lapse.customer)["date"].unique()
        if lapse.gone_on > lapse.starts_on and lapse.starts_on - timedelta(days=span) >= firm.truth.first:
            after += days.is_between(lapse.starts_on, lapse.starts_on + timedelta(days=span), closed="left").sum()
            before += days.is_between(lapse.starts_on - timedelta(days=span), lapse.starts_on, closed="left").sum()
    assert 0 < after < 0.75 * before


def test_who_pauses_is_silent_and_comes_back(firm: Company, sold: pl.DataFrame) -> None:
    back = 0
    for pause in firm.truth.pauses:
        days = sold.filter(pl.col("customer") == pause.customer)["date"]
        assert not days.is_between(pause.starts_on, pause.ends_on, closed="left").any() or _struck(
            firm, pause.starts_on
        )
        back += (days >= pause.ends_on).any()
    assert back > len(firm.truth.pauses) / 2


def _struck(firm: Company, day: date) -> bool:
    """Whether a delivery that the strike put off may have come just after this day."""
    strike = event(firm, "strike")
    return abs((day - strike.starts_on).days) < 60


def event(firm: Company, kind: str):
    return next(each for each in firm.truth.events if each.kind == kind)


def test_nothing_is_delivered_in_the_strike(firm: Company) -> None:
    strike = event(firm, "strike")
    during = firm.sales.filter(pl.col("date").is_between(strike.starts_on, strike.ends_on, closed="left"))
    assert during.filter(pl.col("kind") == "sale").is_empty()
    assert (strike.ends_on - strike.starts_on).days > 14


def test_prices_rise_on_the_day_of_the_rise_and_steel_by_twice_as_much(firm: Company) -> None:
    rise = event(firm, "price_rise")
    lists = firm.price_list.join(firm.products.select(product="code", group="group"), on="product")
    old, new = (lists.filter(pl.col("valid_from") == day).sort("product") for day in (firm.truth.first, rise.starts_on))
    risen = (new["list_price"].cast(pl.Float64) / old["list_price"].cast(pl.Float64) - 1).to_numpy()
    is_steel = old["group"].is_in(["Lagers", "Aandrijvingen", "Bevestiging"]).to_numpy()
    assert np.median(risen[is_steel]) == pytest.approx(2 * np.median(risen[~is_steel]), rel=0.15)
    after = firm.sales.filter(pl.col("date") >= rise.starts_on, pl.col("kind") == "sale")
    listed = after.join(new.select("product", now="list_price"), on="product")
    assert (listed["list_price"] == listed["now"]).all()


def test_the_seller_who_left_sells_nothing_afterwards_and_a_colleague_has_his_customers(firm: Company) -> None:
    left = event(firm, "seller_leaves")
    own = firm.sales.filter(pl.col("seller") == left.about)
    assert own.height > 500
    assert own.filter(pl.col("kind") == "sale")["date"].max() < left.starts_on
    heirs = firm.portfolios.filter(pl.col("customer").is_in(own["customer"].unique().implode()))
    assert heirs.filter(pl.col("since") == left.starts_on)["seller"].unique().to_list() == [left.about[:-1] + "B"]
    assert left.about not in set(firm.customers["seller"])


def test_sellers_give_what_their_habit_says_and_more_at_a_quarter_s_end(firm: Company, sold: pl.DataFrame) -> None:
    """Large customers get more, so a seller's mean lies around his habit; his push shows beside other months."""
    at_the_end = pl.col("date").dt.month() % 3 == 0
    given = sold.group_by("seller").agg(
        usual=pl.col("discount").filter(~at_the_end).mean(), end=pl.col("discount").filter(at_the_end).mean()
    )
    means = {seller: (usual, end) for seller, usual, end in given.iter_rows()}
    habits = {habit.seller: habit for habit in firm.truth.habits}
    assert sum(habit.push > 0 for habit in habits.values()) == 4
    for seller, (usual, end) in means.items():
        assert usual == pytest.approx(habits[seller].discount, abs=4), seller
        assert end - usual == pytest.approx(habits[seller].push, abs=1), seller


def test_seasons_average_one_and_the_largest_month_of_lubricants_is_a_winter_month(firm: Company) -> None:
    for factors in firm.truth.season.values():
        assert len(factors) == 12
        assert np.mean(factors) == pytest.approx(1, abs=1e-3)
    assert int(np.argmax(firm.truth.season["Smering"])) + 1 == 1


def test_the_truth_can_be_read_back_from_its_file(firm: Company) -> None:
    told = json.loads(firm.truth.to_json())
    assert told["seed"] == 1
    assert len(told["lapses"]) == len(firm.truth.lapses)
    assert date.fromisoformat(told["lapses"][0]["starts_on"]) == firm.truth.lapses[0].starts_on
