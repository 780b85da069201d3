"""Chance of an order and expected number of orders of the (M)BG/CNBD-k family, per customer.

Given that a customer is still there, his rate is a mixture of Gamma(s + j, α + T), j = 0 … k−1 hidden stages into
the present gap (s = r + kx), and his dropout chance p is Beta(a, b + m), independent of the rate. Given rate and p
the orders to come are the k-th, 2k-th … arrivals of a Poisson process, each reached only if the coins before it
allowed it. Summing over them with the k-th roots of unity leaves a closed form, and so does the average over the rate:

    E(p) = Σ_j w_j · yʲ⁺¹⁻ᵏ/k · Σ_{l<k} ωˡ⁽ʲ⁺¹⁾ · [1 − (1 + t c_l/(α+T))^−(s+j)] / c_l
    y = (1−p)^{1/k},  ω = e^{2πi/k},  c_l = 1 − y ωˡ,  w_j ∝ (s)_j vʲ / j!

For k = 1 it is [1 − (1 + tp/(α+T))^−s]/p. Nothing is approximated up to here. The average over p is taken by
Gauss–Jacobi quadrature, whose weight is the beta density itself: right to nine digits for horizons up to some three
hundred times α + T, and without the pole at a = 1 that the usual hypergeometric formula has.

Source: own derivation; for k = 1 equal to Fader, Hardie & Lee 2005, formula 10.
"""

from __future__ import annotations

from math import log, sqrt
from typing import Final

import numpy as np
from scipy.linalg import eigh_tridiagonal

from bekwaam.engine.retention.likelihood import Family, Parameters, log_odds_gone
from bekwaam.engine.retention.stages import stages
from bekwaam.engine.retention.timing import Timing, Vector

ROWS_AT_ONCE: Final = 4_096
FEWEST_NODES: Final = 16
MOST_NODES: Final = 128
# A dropout chance nearer to 1 counts as this near: beyond it the division by yᵏ⁻¹ loses its digits.
MOST_CERTAIN: Final = 1 - 1e-16
LOWEST_LOG_Y: Final = log(1e-4)
NEXT_TO_NOTHING: Final = 1e-300
# The k-th roots of unity other than 1, with how many have the same real part.
OTHER_ROOTS: Final[dict[int, list[tuple[complex, int]]]] = {2: [(-1.0, 1)], 3: [(np.exp(2j * np.pi / 3), 2)]}


def chance_alive(timing: Timing, family: Family, parameters: Parameters) -> Vector:
    """The chance, 0 to 1, that each customer has not dropped out; 1 where no coin was tossed yet.

    Not for the screen: with late dropout it is 1 for every customer with one order.
    """
    return np.asarray(1 / (1 + np.exp(np.minimum(log_odds_gone(timing, family, parameters), 700.0))))


def chance_of_order(timing: Timing, horizon: float, family: Family, parameters: Parameters) -> Vector:
    """The chance, 0 to 1, of at least one order in the `horizon` (unit of the histories) to come; exact."""
    s = parameters.r + family.k * timing.frequency
    later = timing.age + horizon
    now = stages(family.k, s, parameters.alpha, timing.recency, timing.age)
    then = stages(family.k, s, parameters.alpha, timing.recency, later)
    silent = then.log - now.log - s * np.log1p(horizon / (parameters.alpha + timing.age))
    return chance_alive(timing, family, parameters) * -np.expm1(silent)


def expected_orders(timing: Timing, horizon: float, family: Family, parameters: Parameters) -> Vector:
    """The expected number of orders in the `horizon` to come, ≥ 0; see the head of this module for its exactness."""
    reach = horizon / (parameters.alpha + (timing.age.min() if len(timing.age) else 0.0))
    nodes = int(np.clip(np.ceil(FEWEST_NODES + 5 * sqrt(reach)), FEWEST_NODES, MOST_NODES))
    distinct, place = np.unique(timing.frequency, return_inverse=True)
    chances, weights = beta_nodes(parameters.a, parameters.b + distinct + family.coins, nodes)
    if_alive = np.empty(len(timing.age))
    for start in range(0, len(if_alive), ROWS_AT_ONCE):
        cut = slice(start, start + ROWS_AT_ONCE)
        some = Timing(*(column[cut] for column in timing))
        orders = _orders_given_dropout(some, horizon, family, parameters, chances[place[cut]])
        if_alive[cut] = np.sum(orders * weights[place[cut]], axis=1)
    return chance_alive(timing, family, parameters) * if_alive


def beta_nodes(a: float, b: Vector, nodes: int) -> tuple[Vector, Vector]:
    """Points in 0 … 1 and weights that average a smooth function over Beta(a, b), one row per entry of `b`.

    Exact for polynomials up to degree 2·nodes − 1. Golub & Welsch 1969, with the recurrence of the Jacobi
    polynomials moved to 0 … 1 so that very small chances keep their digits.
    """
    total = (a + b)[:, None]
    n = np.arange(1, nodes)
    double = 2 * n + total - 2
    centre = np.empty((len(b), nodes))
    centre[:, 0] = a / total[:, 0]
    centre[:, 1:] = (2 * n * (n + total - 1) + (total - 2) * a) / (double * (double + 2))
    spread = n * (n + b[:, None] - 1) * (n - 1 + a) * (n + total - 2)
    spread[:, 0] = a * b * (total[:, 0] - 1)
    spread /= double**2 * (double + 1) * np.where(n == 1, total - 1, double - 1)
    # One row at a time: the batched solver of NumPy is threaded, and ten times slower when the other core is busy.
    solved = [eigh_tridiagonal(*row, check_finite=False) for row in zip(centre, np.sqrt(spread), strict=True)]
    points = np.array([values for values, _ in solved]).reshape(len(b), nodes)
    weights = np.array([axes[0] ** 2 for _, axes in solved]).reshape(len(b), nodes)
    return np.clip(points, 0.0, 1.0), weights


def _orders_given_dropout(
    timing: Timing, horizon: float, family: Family, parameters: Parameters, chances: Vector
) -> Vector:
    """E(p) of the module's head for each customer (row) at his own dropout chances (columns)."""
    k = family.k
    s = (parameters.r + k * timing.frequency)[:, None]
    times = horizon / (parameters.alpha + timing.age)[:, None]
    if k == 1:
        leave = np.maximum(chances, NEXT_TO_NOTHING)
        return np.asarray(-np.expm1(-s * np.log1p(times * leave)) / leave)
    log_y = np.maximum(np.log1p(-np.minimum(chances, MOST_CERTAIN)) / k, LOWEST_LOG_Y)
    leave = np.maximum(-np.expm1(log_y), NEXT_TO_NOTHING)
    y = np.exp(log_y)
    orders = np.zeros_like(chances)
    for stage, weight in enumerate(_stage_weights(timing, k, parameters)):
        orders += weight[:, None] * _from_stage(stage, k, s + stage, times, leave, y)
    return orders


def _from_stage(stage: int, k: int, s: Vector, times: Vector, leave: Vector, y: Vector) -> Vector:
    total = -np.expm1(-s * np.log1p(times * leave)) / leave
    for turn, alike in OTHER_ROOTS[k]:
        away = 1 - y * turn
        total = total + alike * (turn ** (stage + 1) * (1 - np.exp(-s * np.log(1 + times * away))) / away).real
    return np.asarray(total * y ** (stage + 1 - k) / k)


def _stage_weights(timing: Timing, k: int, parameters: Parameters) -> list[Vector]:
    """The chance that 0, 1 … k−1 hidden stages of the present gap have passed."""
    s = parameters.r + k * timing.frequency
    v = (timing.age - timing.recency) / (parameters.alpha + timing.age)
    weights = [np.ones_like(v), s * v, s * (s + 1) * v * v / 2][:k]
    total = np.sum(weights, axis=0)
    return [weight / total for weight in weights]
