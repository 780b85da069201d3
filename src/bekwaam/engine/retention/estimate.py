"""The parameters of one (M)BG/CNBD-k model by bounded maximum likelihood, from several starts."""

from __future__ import annotations

from collections.abc import Callable
from math import lgamma
from typing import Final, Literal, NamedTuple

import numpy as np

from bekwaam.engine.retention.climb import Box, Peak, climb
from bekwaam.engine.retention.likelihood import Curve, Family, Histories, Parameters, curve
from bekwaam.engine.retention.prospects import chance_alive
from bekwaam.engine.retention.timing import Timing, Vector

Status = Literal["ok", "boundary", "no_dropout", "too_few"]

# r above 1,000 means rates that differ less than 3%; a or b beyond 10⁻⁴ … 10⁴ moves no chance by a thousandth.
SHAPE_LIMITS: Final = (1e-3, 1e3)
DROPOUT_LIMITS: Final = (1e-4, 1e4)
TIME_LIMITS: Final = (1e-8, 1e8)
# Everybody with a repeat order is a customer still, to a thousandth: silence then says nothing.
NOBODY_GONE: Final = 1e-3
# Starts are tried on about this many customers; the last climb is always on all of them.
ENOUGH_FOR_STARTS: Final = 2_048
# (r, a, b): mixed and even customers, much and little dropout, some that leave at once and others never;
# α follows from the mean order rate.
START_SHAPES: Final = (
    (0.4, 0.7, 2.0),
    (1.5, 0.7, 2.0),
    (0.6, 0.2, 6.0),
    (3.0, 0.1, 3.0),
    (0.6, 2.0, 12.0),
    (1.5, 0.05, 0.05),
)
# The likeliest two starts are climbed; the others only where those end on a limit, since a second top may hide there.
CLIMBS: Final = 2


class Estimate(NamedTuple):
    """The best parameters, their log-likelihood over all customers, and the status ok, boundary or no_dropout."""

    parameters: Parameters
    log_likelihood: float
    status: Status


def estimate(timing: Timing, family: Family) -> Estimate:
    """The most likely parameters of one family within the limits above.

    `timing` holds at least one repeat order. The log-likelihood is the plain sum over customers, including
    (k−1) Σ ln gap − x lnΓ(k).
    """
    box = _box(timing)
    peak = _highest(timing, family, box)
    gaps = (family.k - 1) * float(timing.sum_log_gap.sum()) - lgamma(family.k) * float(timing.frequency.sum())
    return Estimate(_parameters(peak), peak.value + gaps, _status(peak, box, timing, family))


def _highest(timing: Timing, family: Family, box: Box) -> Peak:
    step = max(1, len(timing.age) // ENOUGH_FOR_STARTS)
    some = _of_logarithms(Histories.of(timing.every(step), family))
    starts = sorted(_starts(timing, family.k), key=lambda start: -some(start).value)
    best = _best_of(starts[:CLIMBS], some, box)
    if box.on_edge(best.place):
        best = max(best, _best_of(starts[CLIMBS:], some, box), key=lambda peak: peak.value)
    if step == 1:
        return best
    return climb(_of_logarithms(Histories.of(timing, family)), best.place, box)


def _best_of(starts: list[Vector], function: Callable[[Vector], Curve], box: Box) -> Peak:
    return max((climb(function, start, box) for start in starts), key=lambda peak: peak.value)


def _starts(timing: Timing, k: int) -> list[Vector]:
    stages_per_time = k * (timing.frequency.sum() + 1) / (timing.age.sum() + 1e-9)
    return [np.log([r, r / stages_per_time, a, b]) for r, a, b in START_SHAPES]


def _box(timing: Timing) -> Box:
    """The limits as logarithms; those of α in units of the mean age, so that the unit of time does not matter."""
    age = float(timing.age.mean()) or 1.0
    time = tuple(limit * age for limit in TIME_LIMITS)
    lowest, highest = zip(SHAPE_LIMITS, time, DROPOUT_LIMITS, DROPOUT_LIMITS, strict=True)
    return Box(np.log(lowest), np.log(highest))


def _of_logarithms(histories: Histories) -> Callable[[Vector], Curve]:
    return lambda place: curve(histories, Parameters(*np.exp(place)))


def _status(peak: Peak, box: Box, timing: Timing, family: Family) -> Status:
    gone = 1 - chance_alive(timing, family, _parameters(peak))
    if gone[timing.frequency > 0].mean() < NOBODY_GONE:
        return "no_dropout"
    return "boundary" if box.on_edge(peak.place) or not peak.reached else "ok"


def _parameters(peak: Peak) -> Parameters:
    return Parameters(*map(float, np.exp(peak.place)))
