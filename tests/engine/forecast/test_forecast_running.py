"""The running month and the year's end."""

from datetime import date
from math import sqrt
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from bekwaam.engine.forecast import Forecast, forecast, year_end
from bekwaam.engine.forecast.scores import ERRORS_SCHEMA
from bekwaam.terms.errors import Refused, WrongCall
from bekwaam.terms.month import Month

M3 = Path(__file__).parents[3] / ".." / "shared" / "data" / "forecast" / "m3_open_half.parquet"
SEPTEMBER = date(2026, 9, 1)
ACTUALS = pl.DataFrame({"unique_id": ["a"], "running": [30.0], "before": [800.0]})


def by_hand(sums=(100.0, 110.0, 120.0), *, kind="smooth", never_negative=True):
    """A forecast for September to November with sigma 10, checked by 20 past errors: 1, 2, … 20 in every step."""
    pool = "regular" if kind == "smooth" else None
    days = [Month.of(SEPTEMBER).plus(step).first for step in range(3)]
    frame = pl.DataFrame({"unique_id": ["a"] * 3, "ds": days, "mean": list(sums)})
    past = [
        {"unique_id": "a", "origin": origin, "step": step, "kind": kind, "pool": pool, "pool_today": pool}
        | {"actual": 100.0 + origin, "mean": 100.0, "naive": 100.0, "sigma": 10.0, "sigma_today": 10.0}
        for origin in range(1, 21)
        for step in (1, 2, 3)
    ]
    return Forecast(
        frame=frame.with_columns(pl.lit(None, pl.Float64).alias("lo80")),
        sums=pl.DataFrame({"steps": [1, 2, 3]}),
        baseline=frame.select("unique_id", "ds", step=pl.int_range(1, 4), sigma=pl.lit(10.0)),
        classes=pl.DataFrame(
            {"unique_id": ["a"], "kind": [kind], "pool": [pool], "never_negative": [never_negative]},
            schema_overrides={"pool": pl.String},
        ),
        scores=pl.DataFrame(past, schema=ERRORS_SCHEMA),
        levels=(80,),
    )


def ends(forecast_made, *, share_left=0.25, months_left=3, actuals=ACTUALS, running_month=SEPTEMBER):
    return year_end(forecast_made, actuals, running_month=running_month, share_left=share_left, months_left=months_left)


def test_the_running_month_is_what_came_plus_the_share_left():
    # 30 + .25 × 100; the 17th of 20 past errors is 17, and half of it (√.25) is uncertain still
    row = ends(by_hand()).months.row(0, named=True)
    assert row == {"unique_id": "a", "ds": SEPTEMBER, "mean": 55.0, "lo80": 46.5, "hi80": 63.5, "status": "ok"}


def test_later_months_stand_as_forecast():
    rows = ends(by_hand()).months
    assert rows["mean"].to_list() == [55.0, 110.0, 120.0]
    assert rows["hi80"].to_list() == [63.5, 127.0, 137.0]


def test_the_year_adds_the_known_and_the_remainder():
    totals = ends(by_hand()).totals
    assert totals["known"].to_list() == [830.0] * 3
    assert totals["mean"].to_list() == [855.0, 965.0, 1085.0]
    # past errors of all three months had the same sign: 17 × (√.25 + 1 + 1) = 42.5
    assert (totals["hi80"] - totals["mean"]).to_list() == pytest.approx([8.5, 25.5, 42.5])


def test_on_the_first_day_nothing_is_known_yet():
    nothing = ACTUALS.with_columns(running=0.0)
    made = ends(by_hand(), share_left=1.0, actuals=nothing)
    assert made.months.row(0)[2:5] == (100.0, 83.0, 117.0)


def test_on_the_last_day_the_month_is_a_fact():
    made = ends(by_hand(), share_left=0.0)
    assert made.months.row(0)[2:] == (30.0, 30.0, 30.0, "ok")
    assert made.totals.row(0, named=True)["hi80"] == 830.0
    assert (made.totals["hi80"] - made.totals["mean"]).to_list() == pytest.approx([0.0, 17.0, 34.0])


def test_a_range_never_falls_below_what_is_known():
    made = ends(by_hand((1.0, 1.0, 1.0)))
    assert made.months["lo80"].to_list() == [30.0, 0.0, 0.0]
    assert made.totals["lo80"].to_list() == [830.0] * 3


def test_credits_may_take_known_revenue_back():
    made = ends(by_hand((1.0, 1.0, 1.0), never_negative=False))
    assert made.totals["lo80"][2] < 830.0


def test_a_year_ends_where_asked():
    assert ends(by_hand(), months_left=2).totals["ds"].to_list() == [SEPTEMBER, date(2026, 10, 1)]


def test_a_silent_series_ends_at_what_is_known():
    made = ends(by_hand((0.0, 0.0, 0.0), kind="dead"))
    assert made.totals["mean"].to_list() == [830.0] * 3
    assert made.totals["hi80"].to_list() == [None] * 3
    assert set(made.totals["status"]) == {"dead"}


def test_a_new_series_has_what_is_known_and_no_expectation():
    history = pl.DataFrame(
        {"unique_id": ["a"] * 3, "ds": [date(2026, month, 1) for month in (6, 7, 8)], "y": [5.0, 6.0, 7.0]}
    )
    made = ends(forecast(history, 4, 12))
    assert made.totals.select("known", "mean", "lo80", "status").rows() == [(830.0, None, None, "too_short")] * 3


def test_a_history_that_holds_the_running_month_is_refused():
    with pytest.raises(Refused, match="running_month_other"):
        ends(by_hand(), running_month=date(2026, 8, 1))


@pytest.mark.parametrize("wrong", [ACTUALS.clear(), ACTUALS.with_columns(running=pl.lit(None, pl.Float64))])
def test_a_series_without_actuals_is_refused(wrong):
    with pytest.raises(Refused, match="actuals_missing"):
        ends(by_hand(), actuals=wrong)


@pytest.mark.parametrize(("option", "value"), [("share_left", 1.2), ("share_left", -0.1), ("months_left", 0)])
def test_an_impossible_share_or_year_is_a_wrong_call(option, value):
    with pytest.raises(WrongCall, match="option_unknown"):
        ends(by_hand(), **{option: value})


def test_more_months_than_forecast_is_a_wrong_call():
    with pytest.raises(WrongCall, match="months_left"):
        ends(by_hand(), months_left=4)


def test_no_series_give_no_year_ends():
    nothing = pl.DataFrame(schema={"unique_id": pl.String, "ds": pl.Date, "y": pl.Float64})
    made = ends(forecast(nothing, 4, 12), actuals=ACTUALS.clear())
    assert made.months.is_empty()
    assert made.totals.columns == ["unique_id", "ds", "known", "mean", "lo80", "hi80", "status"]


def test_actuals_of_another_shape_are_a_wrong_call():
    with pytest.raises(WrongCall, match="table_column"):
        ends(by_hand(), actuals=ACTUALS.drop("before"))


def inside(totals, truth, *, months_left):
    """The shares of year ends and of running months that came out within their 80% range."""
    low, high = totals["lo80"].to_numpy() - 1e-6, totals["hi80"].to_numpy() + 1e-6
    hits = (low <= truth) & (truth <= high)
    return hits[months_left - 1 :: months_left].mean(), hits[::months_left].mean()


def days_of_sales(count, months, seed):
    """Revenue per series, month and working day: a drifting level, a season, and days that order at random."""
    rng = np.random.default_rng(seed)
    level = np.cumsum(rng.normal(0, 0.03, (count, months)), axis=1)
    season = rng.choice([0.0, 0.15, 0.3], (count, 1)) * np.sin(np.arange(months) * np.pi / 6)
    size = np.exp(rng.normal(7, 1, (count, 1)) + level) * (1 + season)
    orders = rng.gamma(0.5, 2.0, (count, months, 20)) * (rng.random((count, months, 20)) < 0.5) * 2
    return orders * size[:, :, None] / 20


def test_ranges_of_the_running_month_and_the_year_hold_in_simulated_companies():
    found = []
    for seed in (1, 2):
        sales = days_of_sales(20, 48 + 6, seed)
        whole, names = sales.sum(axis=2), [f"s{number:02d}" for number in range(20)]
        rows = [(names[i], Month(2022, 1).plus(t).first, whole[i, t]) for i in range(20) for t in range(48)]
        made = forecast(pl.DataFrame(rows, schema=["unique_id", "ds", "y"], orient="row"), 6, 12)
        for done in (5, 10, 15):
            running = sales[:, 48, :done].sum(axis=1)
            actuals = pl.DataFrame({"unique_id": names, "running": running, "before": whole[:, 42:48].sum(axis=1)})
            ended = year_end(made, actuals, running_month=date(2026, 1, 1), share_left=1 - done / 20, months_left=6)
            truth = whole[:, 42:48].sum(axis=1)[:, None] + np.cumsum(whole[:, 48:], axis=1)
            found.append(inside(ended.totals, truth.ravel(), months_left=6))
    of_year, of_month = np.mean(found, axis=0)
    assert 0.70 <= of_year <= 0.90
    assert 0.70 <= of_month <= 0.95


@pytest.mark.shared
@pytest.mark.skipif(not M3.exists(), reason="the public competition data are not beside the checkout")
@pytest.mark.parametrize("share_left", [0.25, 0.75])
def test_year_ends_of_real_series_cut_in_mid_month_lie_within_their_ranges(m3_forecast, share_left):
    """No daily figures are public for these, so the running month is split by chance around its working days."""
    made, known, came = m3_forecast
    rng = np.random.default_rng(8)
    still = came[:, 0] * rng.beta(8 * share_left, 8 * (1 - share_left), len(came))
    actuals = pl.DataFrame({"unique_id": made.classes["unique_id"], "running": came[:, 0] - still, "before": known})
    ended = year_end(made, actuals, running_month=SEPTEMBER, share_left=share_left, months_left=8)
    of_year, _ = inside(ended.totals, (known[:, None] + np.cumsum(came, axis=1)).ravel(), months_left=8)
    assert 0.70 <= of_year <= 0.90


@pytest.fixture(scope="module", name="m3_forecast")
def _m3_forecast():
    """Sixty monthly M3 series, cut to their last five years, moved to one calendar."""
    table = pl.read_parquet(M3).filter(pl.col("period") == "MONTHLY").sort("unique_id", "t")
    parts = [part for part in table.partition_by("unique_id", maintain_order=True) if part.height >= 78][::11][:60]
    rows, known, came = [], [], []
    for part in parts:
        past = part.filter(~pl.col("is_test"))["y"].to_list()[-60:]
        first = Month.of(SEPTEMBER).plus(-len(past))
        rows += [(part["unique_id"][0], first.plus(t).first, y) for t, y in enumerate(past)]
        known.append(sum(past[-4:]))
        came.append(part.filter("is_test")["y"].to_list()[:8])
    history = pl.DataFrame(rows, schema=["unique_id", "ds", "y"], orient="row")
    return forecast(history, 8, 12), np.array(known), np.array(came)


def test_the_scale_of_the_running_month_lies_between_noise_and_level():
    """√s of the whole month's width: all of it on the first day, none on the last, and never below s of it."""
    whole = 17.0
    for share in (0.0, 0.1, 0.5, 0.9, 1.0):
        row = ends(by_hand(), share_left=share).months.row(0, named=True)
        assert row["hi80"] - row["mean"] == pytest.approx(sqrt(share) * whole)
        assert row["hi80"] - row["mean"] >= share * whole - 1e-9
