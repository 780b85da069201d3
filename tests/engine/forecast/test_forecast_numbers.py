"""Numbers that a reader can check by hand."""

import doctest
import importlib
import math
import pkgutil
from datetime import date

import numpy as np
import pytest

from bekwaam.engine import forecast as package
from bekwaam.engine.forecast.conformal import conformal_quantile, fewest_scores
from bekwaam.engine.forecast.naive import mase_scale, seasonal_naive
from bekwaam.engine.forecast.origins import chosen_origins
from bekwaam.engine.forecast.periods import Step
from bekwaam.engine.forecast.ranges import ranged, scaled
from bekwaam.engine.forecast.season import season_of, shows_season


def test_seasonal_naive_repeats_the_last_season():
    assert seasonal_naive(np.array([9.0, 1.0, 2.0, 3.0, 4.0]), 6, 4).tolist() == [1, 2, 3, 4, 1, 2]


def test_seasonal_naive_repeats_the_last_value_before_a_season_is_full():
    assert seasonal_naive(np.array([5.0, 7.0]), 3, 12).tolist() == [7, 7, 7]


def test_mase_scale_is_the_mean_seasonal_difference():
    # |12 − 10|, |26 − 20| and |11 − 12|: 9 / 3
    assert mase_scale(np.array([10.0, 20.0, 12.0, 26.0, 11.0]), 2) == 3.0


def test_mase_scale_of_a_series_no_longer_than_its_lag_uses_lag_one():
    assert mase_scale(np.array([1.0, 4.0, 2.0]), 3) == 2.5


def test_mase_scale_of_a_single_value_is_zero():
    assert mase_scale(np.array([4.0]), 12) == 0.0


@pytest.mark.parametrize(("level", "expected"), [(50, 10), (80, 16), (90, 18), (95, 19)])
def test_the_conformal_quantile_of_nineteen_scores_is_exact(level, expected):
    shuffled = np.random.default_rng(1).permutation(np.arange(1.0, 20.0))
    assert conformal_quantile(shuffled, level) == expected


def test_the_conformal_quantile_is_not_invented_from_too_few_scores():
    assert conformal_quantile(np.arange(18.0), 95) is None
    assert conformal_quantile(np.zeros(0), 50) is None


def test_higher_levels_need_more_scores():
    assert [fewest_scores(level) for level in (50, 80, 90, 95, 99)] == [20, 20, 40, 80, 400]
    for level in range(50, 100):
        assert math.ceil((fewest_scores(level) + 1) * level / 100) <= fewest_scores(level)


def test_the_first_origin_leaves_a_whole_horizon_to_check():
    assert chosen_origins(60, 12, floor=24, lowest=12, count=3) == [24, 36, 48]


def test_a_lone_series_is_checked_from_many_origins():
    assert chosen_origins(60, 12, floor=24, lowest=12, count=20) == list(range(29, 49))


def test_a_history_too_short_for_whole_checks_is_checked_partly():
    origins = chosen_origins(15, 12, floor=6, lowest=6, count=3)
    assert origins == [6, 10, 14]


def test_no_origin_leaves_nothing_to_check():
    assert chosen_origins(6, 12, floor=6, lowest=6, count=3) == []


def test_multiplicative_indices_average_one():
    season = season_of(np.array([50.0, 100.0, 150.0, 100.0] * 4), 4)
    assert season.multiplicative
    assert season.index.tolist() == pytest.approx([0.5, 1.0, 1.5, 1.0])


def test_a_series_with_zeros_gets_additive_indices():
    season = season_of(np.array([0.0, 10.0] * 6), 2)
    assert not season.multiplicative
    assert season.index.tolist() == pytest.approx([-5.0, 5.0])


def test_a_season_taken_out_and_put_back_changes_nothing():
    y = np.array([50.0, 100.0, 150.0, 100.0] * 3 + [50.0])
    season = season_of(y, 4)
    assert season.removed(y).tolist() == pytest.approx([100.0] * 13)
    assert season.put_back(np.full(3, 100.0), len(y)).tolist() == pytest.approx([100.0, 150.0, 100.0])


def test_a_smooth_season_shows_in_three_years_of_months():
    months = np.arange(36)
    noise = np.random.default_rng(3).normal(0, 5, 36)
    assert shows_season(100 + 20 * np.sin(months * np.pi / 6) + noise, 12)


def test_noise_seldom_passes_for_a_season():
    draws = np.random.default_rng(4).normal(100, 10, (400, 48))
    assert sum(shows_season(draw, 12) for draw in draws) <= 12  # 1% of 400 is 4


def test_a_constant_series_has_no_season():
    assert not shows_season(np.full(48, 7.1), 12)
    assert not shows_season(np.full(30, 7.1), 12)


def test_ranges_are_cut_at_the_lowest_possible_value():
    assert ranged(5.0, [2.0, 8.0], lowest=0.0) == [5.0, 3.0, 7.0, 0.0, 13.0]
    assert ranged(5.0, [8.0], lowest=None) == [5.0, -3.0, 13.0]
    assert ranged(None, [8.0], lowest=0.0) == [None, None, None]


def test_a_scale_of_zero_carries_no_range():
    assert scaled([1.0, None], 0.0) == [None, None]
    assert scaled([1.5, None], 2.0) == [3.0, None]


def test_months_step_over_the_year_and_days_over_the_month():
    assert Step("months", 1).after(date(2026, 11, 1), 3) == [date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]
    assert Step("days", 7).after(date(2026, 2, 26), 1) == [date(2026, 3, 5)]
    assert Step("integers", 1).after(7, 2) == [8, 9]


MODULES = [f"{package.__name__}.{found.name}" for found in pkgutil.iter_modules(package.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_hold(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
