"""A share with its range."""

from __future__ import annotations

from math import sqrt
from typing import Final

Z_80: Final = 1.2815515655446004
"""The normal quantile of 90 %: a tenth lies beyond each end."""


def wilson(count: int, of: int) -> tuple[float, float]:
    """The range that holds the share with a chance of 80 %, between 0 and 1 (Wilson, 1927, JASA 22:209).

    >>> [round(end, 3) for end in wilson(5, 10)]
    [0.313, 0.687]

    Raises:
        ValueError: of nothing.
    """
    if of <= 0:
        raise ValueError("a share of nothing")
    share, z2 = count / of, Z_80**2
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z_80 / (1 + z2 / of) * sqrt(share * (1 - share) / of + z2 / (4 * of**2))
    return max(middle - half, 0.0), min(middle + half, 1.0)
