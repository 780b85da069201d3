"""A figure over many firms: its mean, and the interval in which the mean of all firms lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import t

LEVEL: Final = 0.95


@dataclass(frozen=True)
class Interval:
    """The mean over firms with its 95% interval (Student, one value a firm)."""

    mean: float
    low: float
    high: float
    firms: int

    @classmethod
    def of(cls, values: Sequence[float]) -> Interval:
        """Of one value a firm, two firms at least."""
        mean = float(np.mean(values))
        half = float(t.ppf((1 + LEVEL) / 2, len(values) - 1) * np.std(values, ddof=1) / np.sqrt(len(values)))
        return cls(mean, mean - half, mean + half, len(values))

    def __str__(self) -> str:
        return f"{self.mean:+.3f} [{self.low:+.3f}, {self.high:+.3f}]"
