"""The call as its users see it: statuses, ranges, sums, and promises for any history."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bekwaam.engine.forecast import KINDS, STATUSES, forecast, members
from bekwaam.engine.forecast.history import read_history
from bekwaam.engine.forecast.origins import outlook
from bekwaam.terms.errors import WrongCall
from bekwaam.terms.month import Month

RANGES = ("lo50", "hi50", "lo80", "hi80")


def table(series):
    rows = [
        (name, Month(2020, 1).plus(month).first, float(value))
        for name, values in series.items()
        for month, value in enumerate(values)
    ]
    return pl.DataFrame(rows, schema={"unique_id": pl.String, "ds": pl.Date, "y": pl.Float64}, orient="row")


def company(count, months, seed=1):
    rng = np.random.default_rng(seed)
    season = 1 + 0.3 * np.sin(np.arange(months) * np.pi / 6)
    sizes = np.exp(rng.normal(5, 1, count))
    return {f"s{i:02d}": size * season * rng.gamma(25, 1 / 25, months) for i, size in enumerate(sizes)}


@pytest.fixture(scope="module")
def made():
    return forecast(table(company(8, 60)), 12, 12, levels=(80, 50))


def test_the_columns_are_those_agreed(made):
    assert forecast(table({"a": [1.0] * 6}), 1, 12).frame.columns == [
        "unique_id", "ds", "mean", "lo80", "hi80", "method", "status",
    ]  # fmt: skip
    assert made.frame.columns == ["unique_id", "ds", "mean", *RANGES, "method", "status"]
    assert made.sums.columns == ["unique_id", "steps", "mean", *RANGES, "status"]
    assert made.levels == (50, 80)


def test_every_series_gets_every_step_in_order(made):
    assert made.frame.height == 8 * 12
    assert made.frame.equals(made.frame.sort("unique_id", "ds"))
    assert made.frame["ds"].head(12).to_list() == [Month(2025, 1).plus(step).first for step in range(12)]


def test_well_known_series_have_checked_ranges(made):
    assert made.frame["status"].unique().to_list() == ["ok"]
    assert made.sums["status"].unique().to_list() == ["ok"]
    assert made.frame.null_count().sum_horizontal().item() == 0


def test_wider_levels_enclose_narrower_ones(made):
    for rows in (made.frame, made.sums):
        assert (
            rows.select(
                (pl.col("lo80") <= pl.col("lo50"))
                & (pl.col("lo50") <= pl.col("mean"))
                & (pl.col("mean") <= pl.col("hi50"))
                & (pl.col("hi50") <= pl.col("hi80"))
            )
            .to_series()
            .all()
        )


def test_sums_add_up_the_means_and_are_narrower_than_summed_ranges(made):
    months = made.frame.group_by("unique_id", maintain_order=True).agg(pl.col("mean", "lo80", "hi80").sum())
    sums = made.sums.filter(pl.col("steps") == 12)
    assert sums["mean"].to_list() == pytest.approx(months["mean"].to_list())
    width = (sums["hi80"] - sums["lo80"]).sum()
    assert 0.1 < width / (months["hi80"] - months["lo80"]).sum() < 0.9


def test_the_baseline_is_seasonal_naive(made):
    history = table(company(8, 60)).filter(pl.col("ds") >= date(2024, 1, 1)).sort("unique_id", "ds")
    assert made.baseline["naive"].to_list() == history["y"].to_list()
    assert (made.baseline["sigma"] > 0).all()


def test_scores_hold_only_what_was_known(made):
    """A score at an origin is what a call on the cut history gives."""
    full = table(company(8, 60))
    cut = full.filter(pl.col("ds") < Month(2020, 1).plus(48).first)
    then = forecast(cut, 12, 12)
    scores = made.scores.filter(pl.col("origin") == 48)
    assert scores["mean"].to_list() == pytest.approx(then.frame["mean"].to_list())
    assert scores["sigma"].to_list() == pytest.approx(then.baseline["sigma"].to_list())
    actual = full.filter(pl.col("ds") >= Month(2020, 1).plus(48).first).sort("unique_id", "ds")
    assert scores["actual"].to_list() == actual["y"].to_list()


def test_five_months_are_too_short_for_any_number():
    made = forecast(table({"a": [5.0, 6.0, 5.0, 6.0, 5.0]}), 3, 12)
    assert made.frame["status"].to_list() == ["too_short"] * 3
    assert made.frame["mean"].null_count() == 3
    assert made.frame["lo80"].null_count() == 3
    assert made.baseline["naive"].null_count() == 3
    assert made.sums["mean"].null_count() == 3


def test_six_months_give_a_mean_and_no_range():
    made = forecast(table({"a": [5.0, 6.0, 5.0, 6.0, 5.0, 6.0]}), 3, 12)
    assert made.frame["status"].to_list() == ["interval_unchecked"] * 3
    assert made.frame["mean"].null_count() == 0
    assert made.frame["lo80"].null_count() == 3


def test_a_silent_series_is_expected_to_stay_silent():
    made = forecast(table({"a": [9.0] * 20 + [0.0] * 14}), 2, 12)
    assert made.frame.select("mean", "lo80", "method", "status").rows() == [(0.0, None, "zero", "dead")] * 2


def test_steps_beyond_what_could_be_checked_have_no_range():
    made = forecast(table(company(20, 15)), 12, 12)
    ranged = made.frame.group_by("unique_id", maintain_order=True).agg(pl.col("lo80").is_not_null())
    assert ranged["lo80"].to_list() == [[True] * 9 + [False] * 3] * 20
    assert made.frame["status"].to_list() == (["ok"] * 9 + ["interval_unchecked"] * 3) * 20


def test_a_falling_series_is_never_expected_below_zero():
    falling = np.maximum(np.linspace(90, 2, 30) + np.random.default_rng(2).normal(0, 1, 30), 0)
    assert (members.dot(falling, 12, 12) + members.ces(falling, 12, 12)).min() < 0
    assert forecast(table({"a": falling}), 12, 12).frame["mean"].min() == 0.0
    with_a_credit = [*falling[:5], -1.0, *falling[5:]]
    assert forecast(table({"a": with_a_credit}), 12, 12).frame["mean"].min() < 0.0


def test_too_few_series_leave_a_high_level_unchecked():
    made = forecast(table(company(1, 60)), 12, 12, levels=(80, 99))
    assert made.frame["lo80"].null_count() == 0
    assert made.frame["lo99"].null_count() == 12
    assert set(made.frame["status"]) == {"interval_unchecked"}


def test_zeros_before_a_series_was_born_take_no_origin_away():
    young = {name: [*[0.0] * 30, *values] for name, values in company(2, 15).items()}
    assert forecast(table(young), 3, 12).scores["origin"].min() == 36


def test_a_lone_series_is_checked_against_its_own_past():
    made = forecast(table(company(1, 60)), 12, 12)
    assert made.scores["origin"].n_unique() == 20
    assert made.frame["status"].to_list() == ["ok"] * 12


def test_a_series_that_never_varied_has_no_range():
    made = forecast(table({**company(8, 48), "flat": [7.0] * 48}), 3, 12)
    flat = made.frame.filter(pl.col("unique_id") == "flat")
    assert flat["mean"].to_list() == [7.0] * 3
    assert flat["status"].to_list() == ["interval_unchecked"] * 3


def test_a_customer_lost_since_still_counts_as_an_error():
    """Leaving the lost out would make ranges too narrow: only survivors would have been checked."""
    lost = {f"lost{i}": [*values[:46], *[0.0] * 14] for i, values in enumerate(company(3, 60, seed=5).values())}
    alive = company(8, 60)
    both = forecast(table({**alive, **lost}), 12, 12)
    assert set(both.classes.filter(pl.col("unique_id").str.starts_with("lost"))["kind"]) == {"dead"}
    assert both.scores.filter(pl.col("unique_id").str.starts_with("lost"), pl.col("pool") == "regular").height > 0
    width = (pl.col("hi80") - pl.col("mean")).sum()
    with_lost = both.frame.filter(pl.col("unique_id").is_in(alive.keys())).select(width).item()
    assert with_lost > forecast(table(alive), 12, 12).frame.select(width).item()


def test_a_member_that_fails_becomes_seasonal_naive_and_is_named(monkeypatch):
    monkeypatch.setattr(members, "ces", lambda y, horizon, season_length: None)
    history = table(company(1, 36))
    made = forecast(history, 12, 12)
    assert set(made.frame["method"]) == {"fast_repaired"}
    assert made.classes["failed"].to_list() == ["ces"]
    theta = members.dot(history["y"].to_numpy(), 12, 12)
    expected = (theta + made.baseline["naive"].to_numpy()) / 2
    assert made.frame["mean"].to_list() == pytest.approx(expected.tolist())


def test_all_members_failing_leaves_seasonal_naive(monkeypatch):
    monkeypatch.setattr(members, "ces", lambda y, horizon, season_length: None)
    monkeypatch.setattr(members, "dot", lambda y, horizon, season_length: None)
    made = forecast(table(company(1, 36)), 12, 12)
    assert set(made.frame["method"]) == {"seasonal_naive"}
    assert made.frame["mean"].to_list() == made.baseline["naive"].to_list()


def test_a_member_far_off_is_outvoted_from_there_on(monkeypatch):
    monkeypatch.setattr(members, "ces", lambda y, horizon, season_length: 1e9 * np.arange(horizon))
    made = forecast(table(company(1, 36)), 12, 12)
    assert set(made.frame["method"]) == {"fast_median"}
    assert made.frame["mean"].max() < 1e4


def test_the_horizon_does_not_move_the_first_steps():
    history = table(company(3, 30))
    long, brief = forecast(history, 18, 12).frame, forecast(history, 6, 12).frame
    shared = long.join(brief, on=["unique_id", "ds"], how="inner")
    assert shared["mean"].to_list() == pytest.approx(shared["mean_right"].to_list())


amounts = st.floats(0, 1e6, allow_nan=False).map(lambda value: round(value, 2))
refunds = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 2))
panels = st.lists(
    st.one_of(
        st.lists(amounts, min_size=1, max_size=40),
        st.lists(st.sampled_from([0.0, 0.0, 0.0, 50.0]), min_size=1, max_size=40),
        st.lists(refunds, min_size=1, max_size=30),
    ),
    min_size=1,
    max_size=4,
).map(lambda values: {f"s{i}": y for i, y in enumerate(values)})


@given(panel=panels, horizon=st.integers(1, 14), season=st.sampled_from([1, 4, 12]), seed=st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_promises_for_any_history(panel, horizon, season, seed):
    history = table(panel)
    if season == 4:
        history = history.with_columns(ds=pl.col("ds").rank("ordinal").over("unique_id").cast(pl.Int64))
    before = history.clone()
    made = forecast(history, horizon, season, levels=(50, 80))

    assert history.equals(before)
    assert forecast(history.sample(fraction=1.0, shuffle=True, seed=seed), horizon, season, (50, 80)).frame.equals(
        made.frame
    )
    assert made.frame.height == len(panel) * horizon
    assert set(made.frame["status"]) <= set(STATUSES)
    assert set(made.classes["kind"]) <= set(KINDS)
    for rows in (made.frame, made.sums):
        numbers = rows.select(pl.col(pl.Float64).drop_nulls().is_finite().all())
        assert all(numbers.row(0))
        assert rows.filter(pl.col("lo80") > pl.col("lo50")).is_empty()
        assert rows.filter(pl.col("hi80") < pl.col("hi50")).is_empty()
        assert rows.filter((pl.col("status") == "ok") & pl.col("lo80").is_null()).is_empty()
        assert rows.filter((pl.col("status") == "too_short") != pl.col("mean").is_null()).is_empty()
    never_negative = made.classes.filter("never_negative")["unique_id"]
    floored = made.frame.filter(pl.col("unique_id").is_in(never_negative.to_list()))
    assert floored.filter(pl.min_horizontal("mean", "lo50", "lo80") < 0).is_empty()


@given(panel=panels, stranger=st.lists(amounts, min_size=1, max_size=40))
@settings(max_examples=15, deadline=None)
def test_an_unrelated_series_moves_no_other_mean(panel, stranger):
    alone = forecast(table(panel), 6, 12).frame.select("unique_id", "ds", "mean", "method")
    beside = forecast(table({**panel, "a stranger": stranger}), 6, 12).frame
    assert beside.filter(pl.col("unique_id") != "a stranger").select(alone.columns).equals(alone)


def test_an_outlook_from_the_past_ignores_what_came_later():
    y = company(1, 48)["s00"]
    changed = np.concatenate([y[:36], y[36:] * 50])
    one, other = (read_history(table({"a": values}), 12).series[0] for values in (y, changed))
    assert outlook(one, 36, 6, 12).path.mean.tolist() == outlook(other, 36, 6, 12).path.mean.tolist()


@pytest.mark.parametrize("levels", [80, None, "80"])
def test_levels_that_are_no_list_are_a_wrong_call(levels):
    with pytest.raises(WrongCall, match="levels"):
        forecast(pl.DataFrame({"unique_id": ["a"] * 8, "ds": range(8), "y": [1.0] * 8}), 2, 1, levels=levels)


@pytest.mark.parametrize(("last", "season_length"), [(date(9999, 11, 1), 12), (date(9999, 12, 30), 7), (2**63 - 2, 1)])
def test_a_forecast_beyond_the_calendar_is_a_wrong_call(last, season_length):
    table = pl.DataFrame({"unique_id": ["a"], "ds": [last], "y": [1.0]})
    with pytest.raises(WrongCall, match="horizon"):
        forecast(table, 3, season_length)
