"""What is refused, and what is understood, before anything is forecast."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from bekwaam.engine.forecast import forecast
from bekwaam.engine.forecast.history import read_history
from bekwaam.terms.errors import Refused, WrongCall
from bekwaam.terms.month import Month

JANUARY = Month(2024, 1)


def monthly(values, *, unique_id="a", start=JANUARY):
    days = [start.plus(month).first for month in range(len(values))]
    return pl.DataFrame({"unique_id": [unique_id] * len(values), "ds": days, "y": values})


def refusal(history, season_length=12):
    with pytest.raises(Refused) as caught:
        read_history(history, season_length)
    return caught.value.code, dict(caught.value.values)


def test_a_missing_month_is_named_and_not_filled():
    history = monthly([1.0] * 8).filter(pl.col("ds") != date(2024, 3, 1))
    assert refusal(history) == ("history_gap", {"series": "a", "period": "2024-03-01"})


def test_a_month_given_twice_is_refused():
    history = pl.concat([monthly([1.0] * 8), monthly([2.0])])
    assert refusal(history) == ("history_repeated", {"series": "a", "period": "2024-01-01"})


@pytest.mark.parametrize("blank", [None, float("nan"), float("inf")])
def test_a_blank_value_is_refused(blank):
    assert refusal(monthly([1.0, blank, 3.0])) == ("history_blank", {"column": "y", "rows": 1})


def test_a_series_without_name_is_refused():
    history = monthly([1.0, 2.0]).with_columns(unique_id=pl.lit(None, pl.String))
    assert refusal(history)[0] == "history_blank"


def test_a_date_within_the_month_is_refused():
    history = monthly([1.0] * 8).with_columns(pl.col("ds").dt.offset_by("14d"))
    assert refusal(history)[0] == "history_period_start"


def test_gaps_in_whole_numbers_are_refused():
    history = pl.DataFrame({"unique_id": ["a"] * 3, "ds": [1, 2, 4], "y": [1.0, 2.0, 3.0]})
    assert refusal(history, 1) == ("history_gap", {"series": "a", "period": "3"})


@pytest.mark.parametrize(
    ("column", "values"), [("unique_id", [1, 2]), ("ds", ["2024-01-01", "2024-02-01"]), ("y", ["1", "2"])]
)
def test_a_column_of_another_type_is_a_wrong_call(column, values):
    history = monthly([1.0, 2.0]).with_columns(pl.Series(column, values))
    with pytest.raises(WrongCall, match="table_column"):
        read_history(history, 12)


def test_a_missing_column_is_a_wrong_call():
    with pytest.raises(WrongCall, match="column=y"):
        read_history(monthly([1.0]).drop("y"), 12)


@pytest.mark.parametrize(
    "wrong",
    [
        {"horizon": 0},
        {"season_length": 0},
        {"levels": ()},
        {"levels": (49,)},
        {"levels": (100,)},
        {"levels": (80.5,)},
        {"effort": "best"},
    ],
)
def test_an_impossible_option_is_a_wrong_call(wrong):
    with pytest.raises(WrongCall, match="option_unknown"):
        forecast(monthly([1.0] * 8), **{"horizon": 3, "season_length": 12, **wrong})


def test_quarters_follow_quarters():
    days = [JANUARY.plus(3 * quarter).first for quarter in range(6)]
    history = pl.DataFrame({"unique_id": ["a"] * 6, "ds": days, "y": [1.0] * 6})
    assert forecast(history, 2, 4).frame["ds"].to_list() == [date(2025, 7, 1), date(2025, 10, 1)]


def test_years_are_recognised_by_their_distance():
    history = pl.DataFrame({"unique_id": ["a"] * 6, "ds": [date(2019 + n, 1, 1) for n in range(6)], "y": [1.0] * 6})
    assert forecast(history, 2, 1).frame["ds"].to_list() == [date(2025, 1, 1), date(2026, 1, 1)]


def test_weeks_are_recognised_by_their_distance():
    days = [date(2024, 1, 3) + timedelta(weeks=week) for week in range(7)]
    history = pl.DataFrame({"unique_id": ["a"] * 7, "ds": days, "y": [1.0] * 7})
    assert forecast(history, 1, 52).frame["ds"].to_list() == [date(2024, 2, 21)]


def test_each_series_continues_from_its_own_last_period():
    history = pl.concat([monthly([5.0] * 8), monthly([5.0] * 6, unique_id="b")])
    firsts = forecast(history, 2, 12).frame.group_by("unique_id", maintain_order=True).agg(pl.col("ds").first())
    assert firsts["ds"].to_list() == [date(2024, 9, 1), date(2024, 7, 1)]


def test_decimals_are_understood_and_floats_come_out():
    floats = monthly([10.0, 12.0, 11.0, 13.0, 12.0, 14.0, 13.0])
    decimals = floats.with_columns(y=pl.Series([Decimal(int(y)) for y in floats["y"]], dtype=pl.Decimal(18, 2)))
    made = forecast(decimals, 3, 12).frame
    assert made["mean"].dtype == pl.Float64
    assert made.equals(forecast(floats, 3, 12).frame)


def test_an_empty_history_gives_empty_tables_of_the_same_shape():
    full, empty = forecast(monthly([1.0] * 8), 3, 12), forecast(monthly([1.0] * 8).clear(), 3, 12)
    for name in ("frame", "sums", "baseline", "classes", "scores"):
        assert getattr(empty, name).height == 0
        assert getattr(empty, name).schema == getattr(full, name).schema
    assert empty.horizon == 0
