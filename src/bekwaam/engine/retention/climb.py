"""The highest point of a smooth function inside a box, by Newton steps with exact slope and bend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from bekwaam.engine.retention.likelihood import Curve
from bekwaam.engine.retention.timing import Vector

LONGEST_STEP: Final = 2.0
MOST_STEPS: Final = 200
MOST_HALVINGS: Final = 12
# Below a promised gain of 1e-6 the function is a parabola: one last full step lands within rounding of the top.
LAST_GAIN: Final = 1e-6
# Where rounding hides the last rise, this much log-likelihood is nothing to miss.
FLAT_GAIN: Final = 1e-3


@dataclass(frozen=True)
class Box:
    """Lowest and highest place, per direction."""

    lowest: Vector
    highest: Vector

    def keep(self, place: Vector) -> Vector:
        return np.clip(place, self.lowest, self.highest)

    def free(self, place: Vector, slope: Vector) -> Vector:
        """1 where the place can still move uphill, 0 where the box stops it."""
        stopped = ((place <= self.lowest) & (slope <= 0)) | ((place >= self.highest) & (slope >= 0))
        return np.where(stopped, 0.0, 1.0)

    def on_edge(self, place: Vector) -> bool:
        """Whether the place lies on a wall of the box, within a thousandth."""
        return bool(np.any((place - self.lowest < 1e-3) | (self.highest - place < 1e-3)))


@dataclass(frozen=True)
class Peak:
    """Where the climb ended, how high that is, and whether it ended because nothing was left to gain."""

    place: Vector
    value: float
    reached: bool


def climb(function: Callable[[Vector], Curve], start: Vector, box: Box) -> Peak:
    """The highest point uphill from `start` inside `box`; a local one, so try several starts.

    `function` gives value, slope and bend at a place. Steps are Newton steps in the directions that the box leaves
    free, with every bend turned downwards, at most 2 long in any direction, halved until the value rises.
    """
    place = box.keep(start)
    here = function(place)
    for _ in range(MOST_STEPS):
        step = _newton_step(here, box.free(place, here.slope))
        gain = float(here.slope @ step)
        if gain < LAST_GAIN:
            last = box.keep(place + step)
            return Peak(last, function(last).value, reached=True)
        higher = _higher(function, box, place, here, step)
        if higher is None:
            return Peak(place, here.value, reached=gain < FLAT_GAIN)
        place, here = higher
    return Peak(place, here.value, reached=False)


def _newton_step(here: Curve, free: Vector) -> Vector:
    """Uphill by the bend's own measure, zero where not free."""
    downward = -here.bend * np.outer(free, free)
    sizes, axes = np.linalg.eigh(downward)
    safe = np.maximum(np.abs(sizes), 1e-9 * max(float(np.abs(sizes).max()), 1e-300))
    step = (axes @ ((axes.T @ (here.slope * free)) / safe)) * free
    return np.asarray(step / max(1.0, float(np.abs(step).max()) / LONGEST_STEP))


def _higher(
    function: Callable[[Vector], Curve], box: Box, place: Vector, here: Curve, step: Vector
) -> tuple[Vector, Curve] | None:
    """The first place along the halved steps that is not lower, apart from rounding."""
    rounding = 1e-13 * abs(here.value)
    for halving in range(MOST_HALVINGS):
        there = box.keep(place + step / 2**halving)
        value = function(there)
        if value.value >= here.value - rounding and not np.array_equal(there, place):
            return there, value
    return None
