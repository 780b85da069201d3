"""Known one-off months are taken out, and only those."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from bekwaam.engine.forecast import forecast
from bekwaam.engine.forecast.events import without_events
from bekwaam.terms.errors import WrongCall
from bekwaam.terms.month import Month

YEAR = np.array([80.0, 90, 100, 110, 120, 130, 120, 110, 100, 90, 80, 70])


def masked(length, *places):
    mask = np.zeros(length, dtype=bool)
    mask[list(places)] = True
    return mask


def history(y, unique_id="a"):
    days = [Month(2022, 1).plus(month).first for month in range(len(y))]
    return pl.DataFrame({"unique_id": [unique_id] * len(y), "ds": days, "y": y})


def test_a_month_between_two_years_becomes_their_mean():
    y = np.concatenate([YEAR, YEAR + 10, YEAR + 20])
    spoilt = y.copy()
    spoilt[15] = 9999.0
    assert without_events(spoilt, masked(36, 15), 12)[15] == pytest.approx(y[15])


def test_a_month_in_the_last_year_follows_the_year_before_and_the_drift():
    y = np.concatenate([YEAR, YEAR + 10, YEAR + 20])
    spoilt = y.copy()
    spoilt[30] = 9999.0
    assert without_events(spoilt, masked(36, 30), 12)[30] == pytest.approx(y[30])


def test_without_an_earlier_year_a_straight_line_is_drawn():
    assert without_events(np.array([1.0, 2.0, 50.0, 4.0]), masked(4, 2), 12).tolist() == [1, 2, 3, 4]


def test_a_wholly_unusual_series_stays_as_it_is():
    y = np.array([1.0, 5.0, 2.0])
    assert without_events(y, np.ones(3, dtype=bool), 12).tolist() == [1, 5, 2]


def test_a_masked_order_does_not_return_next_year():
    noise = np.random.default_rng(5).normal(0, 1, 48)
    usual = np.tile(YEAR, 4) + noise
    spoilt = usual.copy()
    spoilt[41] += 900
    events = pl.DataFrame({"ds": [date(2025, 6, 1)], "kind": ["tender"]})
    as_if_never = forecast(history(usual), 12, 12).frame["mean"].to_numpy()
    with_event = forecast(history(spoilt), 12, 12, events=events)
    fooled = forecast(history(spoilt), 12, 12).frame["mean"].to_numpy()
    assert np.abs(with_event.frame["mean"].to_numpy() - as_if_never).max() < 5
    assert np.abs(fooled - as_if_never).max() > 50
    assert with_event.classes["masked"].to_list() == [1]


def test_an_event_of_one_series_leaves_the_other_alone():
    y = np.tile(YEAR, 3)
    both = pl.concat([history(y), history(y, "b")])
    events = pl.DataFrame({"unique_id": ["a"], "ds": [date(2024, 6, 20)], "kind": ["fair"]})
    assert forecast(both, 3, 12, events=events).classes["masked"].to_list() == [1, 0]


def test_an_event_without_series_counts_for_all():
    y = np.tile(YEAR, 3)
    both = pl.concat([history(y), history(y, "b")])
    events = pl.DataFrame({"unique_id": pl.Series([None], dtype=pl.String), "ds": [date(2024, 6, 1)], "kind": ["fair"]})
    assert forecast(both, 3, 12, events=events).classes["masked"].to_list() == [1, 1]


def test_events_of_the_future_and_of_strangers_change_nothing():
    table = history(np.tile(YEAR, 3) + np.random.default_rng(6).normal(0, 3, 36))
    events = pl.DataFrame({"unique_id": ["a", "z"], "ds": [date(2025, 3, 1), date(2024, 3, 1)], "kind": ["fair"] * 2})
    assert forecast(table, 3, 12, events=events).frame.equals(forecast(table, 3, 12).frame)


def test_an_unusual_month_is_no_evidence_about_errors():
    spoilt = np.tile(YEAR, 5) + np.random.default_rng(7).normal(0, 2, 60)
    spoilt[55] += 2000
    events = pl.DataFrame({"ds": [date(2026, 8, 1)], "kind": ["tender"]})
    scores = forecast(history(spoilt), 6, 12, events=events).scores
    hit = (pl.col("origin") + pl.col("step")) == 56
    assert scores.filter(hit).height > 0
    assert scores.filter(hit)["score"].null_count() == scores.filter(hit).height
    assert scores.filter(~hit)["score"].null_count() == 0
    later = scores.filter(pl.col("origin") < 56, pl.col("origin") + pl.col("step") > 56)
    assert later["sum_score"].null_count() == later.height


def test_events_on_another_calendar_are_a_wrong_call():
    events = pl.DataFrame({"ds": [3], "kind": ["fair"]})
    with pytest.raises(WrongCall, match="table_column"):
        forecast(history(YEAR), 3, 12, events=events)


def test_one_event_does_not_cost_a_lone_series_its_ranges():
    spoilt = np.tile(YEAR, 5) + np.random.default_rng(7).normal(0, 2, 60)
    spoilt[52] += 2000
    events = pl.DataFrame({"ds": [date(2026, 5, 1)], "kind": ["tender"]})
    made = forecast(history(spoilt), 6, 12, events=events)
    assert made.frame["status"].unique().to_list() == ["ok"]
    assert made.sums["status"].unique().to_list() == ["ok"]
    assert made.scores.filter(pl.col("step") == 6)["sum_score"].drop_nulls().len() >= 20
