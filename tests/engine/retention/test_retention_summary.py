"""Orders become one row per customer: by hand, then what is refused, then properties."""

from datetime import date, datetime
from decimal import Decimal
from math import log

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from retention_cast import START, cdnow, day, orders_of

from bekwaam.engine.retention import BetaGeometric, order_days, summarise
from bekwaam.terms.errors import Refused, WrongCall


def test_a_history_in_weeks_by_hand() -> None:
    summary = summarise(orders_of({"A": [0, 7, 28]}), day(35), "week")

    assert summary.columns == ["customer", "frequency", "recency", "age", "mean_value", "sum_log_gap"]
    assert summary.row(0) == ("A", 2, 4.0, 5.0, 100.0, pytest.approx(log(1) + log(3)))


@pytest.mark.parametrize(("unit", "age"), [("day", 35), ("week", 5), ("month", 35 / 30.4375), ("year", 35 / 365.25)])
def test_time_is_counted_in_the_unit(unit: str, age: float) -> None:
    row = summarise(orders_of({"A": [0, 14]}), day(35), unit).row(0, named=True)

    assert row["age"] == pytest.approx(age)
    assert row["sum_log_gap"] == pytest.approx(log(row["recency"]))


def test_orders_of_one_day_are_one_and_their_values_add_up() -> None:
    orders = pl.DataFrame(
        {"customer": ["A"] * 4, "date": [START, day(10), day(10), day(20)], "value": [999.0, 1.0, 2.0, 7.0]}
    )

    assert summarise(orders, day(30), "day").row(0) == ("A", 2, 20.0, 30.0, 5.0, pytest.approx(2 * log(10)))


def test_the_first_order_counts_in_neither_frequency_nor_mean_value() -> None:
    only_one = summarise(orders_of({"A": [0]}), day(7), "week").row(0, named=True)

    assert only_one["frequency"] == 0
    assert only_one["mean_value"] is None
    assert only_one["sum_log_gap"] == 0.0


def test_orders_on_or_after_the_day_are_not_looked_at() -> None:
    known = orders_of({"A": [0, 7]})
    later = orders_of({"A": [30, 40], "B": [30]})

    assert_frame_equal(summarise(pl.concat([known, later]), day(30)), summarise(known, day(30)))


def test_decimal_values_add_up_exactly() -> None:
    orders = orders_of({"A": [0] * 10}, Decimal("0.10"))

    assert order_days(orders, day(1))["value"].to_list() == [Decimal("1.0000000000")]


def test_customers_may_be_any_text_and_dates_may_carry_a_time() -> None:
    orders = pl.DataFrame(
        {"customer": ["Ω 😀", ""], "date": [datetime(2024, 1, 1, 23, 59), datetime(2024, 1, 1)], "value": [1.0, 1.0]}
    )

    assert summarise(orders, day(1), "day")["age"].to_list() == [1.0, 1.0]


def test_no_orders_make_an_empty_summary() -> None:
    assert summarise(orders_of({"A": [5]}), day(5)).height == 0


def test_row_order_does_not_matter_and_nothing_given_is_changed() -> None:
    orders = orders_of({"A": [0, 7, 28], "B": [3], "C": [1, 2]})
    before = orders.clone()

    assert_frame_equal(summarise(orders.reverse(), day(40)), summarise(orders, day(40)))
    assert_frame_equal(orders, before)


@pytest.mark.parametrize(
    ("orders", "code"),
    [
        (pl.DataFrame({"customer": ["A"], "date": [START]}), "orders_columns"),
        (pl.DataFrame({"customer": [1], "date": [START], "value": [1.0]}), "orders_type"),
        (pl.DataFrame({"customer": ["A"], "date": ["2024-01-01"], "value": [1.0]}), "orders_type"),
        (pl.DataFrame({"customer": ["A"], "date": [START], "value": ["1"]}), "orders_type"),
        (pl.DataFrame({"customer": ["A", None], "date": [START] * 2, "value": [1.0, 2.0]}), "orders_empty"),
        (pl.DataFrame({"customer": ["A"], "date": [START], "value": [float("nan")]}), "orders_amount"),
        (pl.DataFrame({"customer": ["A"], "date": [START], "value": [float("inf")]}), "orders_amount"),
        (pl.DataFrame({"customer": ["A"], "date": [START], "value": [-1e13]}), "orders_amount"),
    ],
)
def test_unfit_orders_are_refused(orders: pl.DataFrame, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        summarise(orders, day(10))

    assert refusal.value.code == code


def test_an_unknown_unit_is_a_wrong_call() -> None:
    with pytest.raises(WrongCall, match="option_unknown"):
        summarise(orders_of({"A": [0]}), day(10), "fortnight")  # type: ignore[arg-type]


@pytest.mark.shared
def test_the_summary_of_cdnow_equals_that_of_lifetimes() -> None:
    from lifetimes.utils import summary_data_from_transaction_data

    orders = cdnow("sample")
    theirs = summary_data_from_transaction_data(
        orders.to_pandas(), "customer", "date", "value", observation_period_end=date(1997, 9, 30), freq="D"
    )

    ours = summarise(orders, date(1997, 10, 1), "day")

    theirs = pl.from_pandas(theirs.reset_index()).sort("customer")
    assert ours["customer"].to_list() == theirs["customer"].to_list()
    assert ours["frequency"].to_list() == theirs["frequency"].to_list()
    assert ours["recency"].to_list() == theirs["recency"].to_list()
    assert (ours["age"] - 1).to_list() == theirs["T"].to_list()
    assert ours["mean_value"].fill_null(0.0).to_list() == pytest.approx(theirs["monetary_value"].to_list())


def test_time_may_be_counted_to_the_last_day_looked_at() -> None:
    orders = orders_of({"A": [0, 7, 28], "new": [34]})

    found = summarise(orders, day(35), "day", age_to="last_day")

    assert found["age"].to_list() == [34.0, 0.0]
    assert found.drop("age").equals(summarise(orders, day(35), "day").drop("age"))


def test_age_counts_to_one_of_two_days() -> None:
    with pytest.raises(WrongCall, match="age_to"):
        summarise(orders_of({"A": [0]}), day(3), age_to="tomorrow")


@pytest.mark.shared
def test_the_published_cdnow_figure_comes_from_summarise_and_fit() -> None:
    summary = summarise(cdnow("sample"), date(1997, 10, 1), "week", age_to="last_day")

    assert BetaGeometric("late", 1).fit(summary).log_likelihood_ == pytest.approx(-9_582.43, abs=0.005)


def test_a_lazy_table_is_a_wrong_call() -> None:
    with pytest.raises(WrongCall, match="table_column"):
        summarise(orders_of({"A": [0]}).lazy(), day(3))
