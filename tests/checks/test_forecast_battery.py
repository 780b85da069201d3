"""One battery for every forecasting method, in the manner of scikit-learn's estimator checks.

A new method joins `CASES` and must pass all of it. Each check is a promise that callers build on.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from bekwaam.engine.forecast import METHODS
from bekwaam.engine.forecast.members import adida, ces, dot, imapa, ses
from bekwaam.engine.forecast.naive import seasonal_naive
from bekwaam.engine.forecast.paths import fast, short, sporadic, zero

Points = Callable[[np.ndarray, int, int], np.ndarray]


def path(method) -> Points:
    return lambda y, horizon, season_length: method(y, horizon, season_length).mean


def member(fitted) -> Points:
    def points(y, horizon, season_length):
        found = fitted(y, horizon, season_length)
        return seasonal_naive(y, horizon, season_length) if found is None else found

    return points


CASES: dict[str, Points] = {
    "fast": path(fast),
    "short": path(short),
    "sporadic": path(sporadic),
    "zero": path(zero),
    "seasonal_naive": seasonal_naive,
    "dot": member(dot),
    "ces": member(ces),
    "ses": member(ses),
    "adida": member(adida),
    "imapa": member(imapa),
}
RNG = np.random.default_rng(20)
MONTHS = np.arange(48)
HISTORIES = {
    "level": 100 + RNG.normal(0, 8, 48),
    "trend": 50 + 2 * MONTHS + RNG.normal(0, 4, 48),
    "season": 200 + 60 * np.sin(MONTHS * np.pi / 6) + RNG.normal(0, 6, 48),
    "sparse": np.where(RNG.random(48) < 0.25, 40.0, 0.0) + np.eye(48)[0],
    "six": np.array([3.0, 5.0, 4.0, 6.0, 5.0, 7.0]),
    "credits": RNG.normal(0, 10, 36),
    "constant": np.full(30, 12.5),
}


@pytest.fixture(params=CASES, name="points")
def _points(request) -> Points:
    return CASES[request.param]


@pytest.fixture(params=HISTORIES, name="y")
def _y(request) -> np.ndarray:
    return HISTORIES[request.param].copy()


def test_every_method_of_the_package_is_in_the_battery():
    assert set(METHODS.values()) <= {fast, short, sporadic, zero}


@pytest.mark.parametrize("horizon", [1, 18])
def test_as_many_finite_points_as_asked(points, y, horizon):
    found = points(y, horizon, 12)
    assert found.shape == (horizon,)
    assert found.dtype == np.float64
    assert np.isfinite(found).all()


def test_what_the_caller_gave_is_unchanged(points, y):
    before = y.copy()
    y.flags.writeable = False
    points(y, 12, 12)
    assert (y == before).all()


def test_the_same_history_gives_the_same_points(points, y):
    assert points(y, 12, 12).tolist() == points(y, 12, 12).tolist()


def test_a_longer_horizon_leaves_the_first_steps_alone(points, y):
    assert points(y, 15, 12)[:6].tolist() == pytest.approx(points(y, 6, 12).tolist(), rel=1e-9, abs=1e-9)


def test_cents_instead_of_euros_give_a_hundredfold(points, y):
    # The library's optimisers stop at absolute tolerances, so equality holds to a part in a hundred of the size.
    euros, cents = points(y, 6, 12), points(y * 100, 6, 12)
    assert np.abs(cents / 100 - euros).max() <= 0.02 * np.abs(y).max()


def test_a_constant_stays_constant(points):
    found = points(HISTORIES["constant"], 6, 12)
    assert found.tolist() == pytest.approx([12.5] * 6) or found.tolist() == [0.0] * 6


def test_no_method_runs_away(points, y):
    found = points(y, 12, 12)
    room = 3 * (y.max() - y.min()) + np.abs(y).max()
    assert (found >= y.min() - room).all()
    assert (found <= y.max() + room).all()


@pytest.mark.parametrize("season_length", [1, 4, 12])
def test_every_season_length_is_accepted(points, season_length):
    assert np.isfinite(points(HISTORIES["season"], 5, season_length)).all()
