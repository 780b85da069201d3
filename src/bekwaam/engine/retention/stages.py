"""How far into the present gap a customer may be: the hidden stages of an Erlang-k rhythm.

S = Σ_{j<k} (s)_j vʲ / j! with s = r + kx, v = (T − t_x)/(α + T) and (s)_j = s(s+1)…(s+j−1): the likelihood of the
present silence, relative to that of no silence at all, summed over the stages that may have passed in it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bekwaam.engine.retention.timing import Vector


class Stages(NamedTuple):
    """ln S with its first and second derivatives over s and α."""

    log: Vector
    s: Vector
    alpha: Vector
    ss: Vector
    s_alpha: Vector
    alpha_alpha: Vector


def stages(k: int, s: Vector, alpha: float, recency: Vector, age: Vector) -> Stages:
    """ln S and its derivatives per row, for k = 1, 2 or 3 (k = 1: S = 1, all zero)."""
    if k == 1:
        nothing = np.zeros(1)
        return Stages(nothing, nothing, nothing, nothing, nothing, nothing)
    near = 1 / (alpha + age)
    v = (age - recency) * near
    sv = s * v
    if k == 2:
        total, by_s, by_ss = 1 + sv, v, np.zeros(1)
        by_alpha, by_s_alpha, by_alpha_alpha = -sv * near, -v * near, 2 * sv * near**2
    else:
        square = sv * (sv + v)
        total, by_s, by_ss = 1 + sv + square / 2, v * (1 + sv + v / 2), v * v
        by_alpha, by_s_alpha = -(sv + square) * near, -v * (1 + 2 * sv + v) * near
        by_alpha_alpha = (2 * sv + 3 * square) * near**2
    ds, da = by_s / total, by_alpha / total
    return Stages(
        np.log(total), ds, da, by_ss / total - ds * ds, by_s_alpha / total - ds * da, by_alpha_alpha / total - da * da
    )
