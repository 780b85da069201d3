"""The likelihood, its derivatives, the chances and the climb: by hand and by brute force."""

from functools import cache
from math import exp, log

import numpy as np
import pytest
from retention_cast import drawn_histories, summary_of
from scipy.special import betainc, betaln, gamma, gammaln
from scipy.stats import beta as beta_law
from scipy.stats import gamma as gamma_law

from bekwaam.engine.retention.climb import Box, climb
from bekwaam.engine.retention.likelihood import Curve, Family, Histories, Parameters, curve
from bekwaam.engine.retention.prospects import beta_nodes, chance_alive, chance_of_order, expected_orders
from bekwaam.engine.retention.timing import timing_of

ALL_FAMILIES = [Family(k, coins) for k in (1, 2, 3) for coins in (0, 1)]
SOME = Parameters(0.9, 4.0, 0.6, 2.5)


def log_likelihood(rows: list[tuple[int, float, float]], family: Family, parameters: Parameters) -> float:
    return curve(Histories.of(timing_of(summary_of(rows)), family), parameters).value


@cache
def population() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rates (down), dropout chances (across) and weights that stand for all customers under `SOME`."""
    spots, weights = np.polynomial.legendre.leggauss(400)
    shares = (spots + 1) / 2
    rate = gamma_law.ppf(shares, SOME.r, scale=1 / SOME.alpha)
    return rate[:, None], beta_law.ppf(shares, SOME.a, SOME.b)[None, :], weights / 2


@pytest.mark.parametrize("family", ALL_FAMILIES)
@pytest.mark.parametrize("history", [(0, 0.0, 3.0), (1, 2.0, 3.0), (4, 6.5, 9.0)])
def test_the_likelihood_is_the_average_over_rate_and_dropout(family: Family, history: tuple[int, float, float]) -> None:
    x, recency, age = history
    k, coins = family
    rate, p, weights = population()
    passed = rate * (age - recency)
    orders = rate ** (k * x) * np.exp(-rate * recency)
    silent = np.exp(-passed) * sum(passed**j / gamma(j + 1) for j in range(k))
    gone = orders * p * (1 - p) ** (x + coins - 1) if x + coins else 0.0

    brute = weights @ (orders * silent * (1 - p) ** (x + coins) + gone) @ weights

    assert log_likelihood([history], family, SOME) == pytest.approx(log(brute), abs=1e-4)


def test_one_silent_customer_by_hand() -> None:
    """r = α = a = b = 1, T = 1, no repeat order, early: alive ½·½, gone ½."""
    assert log_likelihood([(0, 0.0, 1.0)], Family(1, 1), Parameters(1, 1, 1, 1)) == pytest.approx(log(1 / 4 + 1 / 2))


def test_the_chance_of_an_order_by_hand() -> None:
    """P(alive) = ¼/(¼+½) = ⅓; given that, an order within 2 has chance 1 − 2/4."""
    one = timing_of(summary_of([(0, 0.0, 1.0)]))

    assert chance_alive(one, Family(1, 1), Parameters(1, 1, 1, 1)) == pytest.approx([1 / 3])
    assert chance_of_order(one, 2.0, Family(1, 1), Parameters(1, 1, 1, 1)) == pytest.approx([1 / 6])


def test_expected_orders_by_hand() -> None:
    """Late, no repeat order, p uniform: ∫ (1 − 1/(1+p))/p dp = ln 2; the textbook formula divides by a − 1 = 0 here."""
    one = timing_of(summary_of([(0, 0.0, 1.0)]))

    assert expected_orders(one, 2.0, Family(1, 0), Parameters(1, 1, 1, 1)) == pytest.approx([log(2)])


@pytest.mark.parametrize("family", ALL_FAMILIES)
def test_slope_and_bend_are_the_derivatives(family: Family) -> None:
    histories = Histories.of(timing_of(drawn_histories(300, SOME, 2, early=True, seed=4)), family)
    place, step = np.log([0.7, 3.0, 0.5, 1.8]), 1e-5

    def at(shift: np.ndarray) -> Curve:
        return curve(histories, Parameters(*np.exp(place + shift)))

    here, axes = at(np.zeros(4)), np.eye(4) * step
    slope = [(at(axis).value - at(-axis).value) / (2 * step) for axis in axes]
    bend = [(at(axis).slope - at(-axis).slope) / (2 * step) for axis in axes]
    assert here.slope == pytest.approx(np.array(slope), rel=1e-5)
    assert here.bend == pytest.approx(np.array(bend), rel=1e-6)


def test_many_rows_in_pieces_are_the_sum_of_the_pieces() -> None:
    summary = drawn_histories(20_000, SOME, 1, early=False, seed=5)
    whole, first, last = (
        curve(Histories.of(timing_of(part), Family(1, 0)), SOME)
        for part in (summary, summary.head(9_000), summary.tail(11_000))
    )

    assert whole.value == pytest.approx(first.value + last.value, rel=1e-12)
    assert whole.bend == pytest.approx(first.bend + last.bend, rel=1e-10)


@pytest.mark.parametrize("family", ALL_FAMILIES)
@pytest.mark.parametrize("shape", [SOME, Parameters(0.24, 4.4, 0.79, 2.43), Parameters(3.0, 2.0, 1.0, 0.3)])
def test_expected_orders_equal_the_sum_over_the_orders_to_come(family: Family, shape: Parameters) -> None:
    """Order n comes when the Poisson arrivals reach nk − j and n − 1 coins allow it: a plain, slow, exact series."""
    rows = [(0, 0.0, 3.0), (2, 4.0, 9.0), (40, 30.0, 31.0), (500, 59.0, 60.0)]
    timing, horizon = timing_of(summary_of(rows)), 25.0
    k, coins = family
    n = np.arange(1, 6_000)
    slow = []
    for x, recency, age in rows:
        s, after = shape.r + k * x, shape.b + x + coins
        v = (age - recency) / (shape.alpha + age)
        weights = np.exp([gammaln(s + j) - gammaln(s) - gammaln(j + 1) + j * log(v) for j in range(k)])
        allowed = np.exp(betaln(shape.a, after + n - 1) - betaln(shape.a, after))
        reach = horizon / (shape.alpha + age + horizon)
        each = [np.sum(allowed * betainc(n * k - j, s + j, reach)) for j in range(k)]
        slow.append(np.dot(weights, each) / weights.sum())

    answer = expected_orders(timing, horizon, family, shape)

    assert answer / chance_alive(timing, family, shape) == pytest.approx(slow, rel=1e-9)


@pytest.mark.parametrize("k", [1, 2, 3])
def test_who_is_certain_to_leave_after_the_next_order_gives_just_that_one(k: int) -> None:
    """Late, no repeat order yet, p next to 1 and a horizon without end: one order."""
    one = timing_of(summary_of([(0, 0.0, 1.0)]))

    answer = expected_orders(one, 1e6, Family(k, 0), Parameters(900.0, 0.5, 2_000.0, 1e-3))

    assert answer == pytest.approx([1.0], rel=1e-5)


@pytest.mark.parametrize(("a", "b"), [(0.8, 2.4), (1e-4, 1e4), (1e4, 1e4), (0.01, 300.0), (2.0, 1e-3)])
def test_the_nodes_average_polynomials_over_the_beta_density(a: float, b: float) -> None:
    points, weights = beta_nodes(a, np.array([b]), 16)

    for power in range(6):
        moment = exp(betaln(a + power, b) - betaln(a, b))
        assert np.sum(weights * points**power) == pytest.approx(moment, rel=1e-8, abs=1e-15)


def test_a_climb_finds_the_top_inside_and_stops_at_the_wall() -> None:
    def hill(place: np.ndarray) -> Curve:
        away = place - np.array([1.0, 5.0])
        return Curve(float(-away @ away), -2 * away, -2 * np.eye(2))

    peak = climb(hill, np.array([-3.0, -3.0]), Box(np.array([-4.0, -4.0]), np.array([4.0, 2.0])))

    assert peak.reached
    assert peak.place == pytest.approx([1.0, 2.0])


def test_timing_of_a_summary_without_customers_is_empty() -> None:
    empty = timing_of(summary_of([(1, 1.0, 2.0)]).clear())

    assert len(expected_orders(empty, 4.0, Family(2, 1), SOME)) == 0
    assert len(chance_of_order(empty, 4.0, Family(2, 1), SOME)) == 0
