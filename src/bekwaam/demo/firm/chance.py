"""Where chance comes from: one generator per subject, so that a change in one leaves the draws of the others alone."""

from __future__ import annotations

from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]
"""Days, counted from the first day of the firm's calendar."""
Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


def generator(seed: int, subject: str) -> np.random.Generator:
    """The generator of one subject of one firm."""
    return np.random.default_rng([seed, crc32(subject.encode())])


def picked(draw: np.random.Generator, shares: Numbers, count: int) -> Whole:
    """Places drawn by their shares, which need not add up to 1."""
    return draw.choice(len(shares), count, p=shares / shares.sum())
