"""The range line: a band for 80 %, a darker one for 50 %, the expected value, and what it is held against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

Number = Decimal | float

EDGE: Final = 0.18
"""How much of the band's width stays free on either side, for the figures at its ends."""
TOO_CLOSE: Final = 0.14
"""Below this share of the line two figures would touch."""


@dataclass(frozen=True)
class Range:
    """What is known: the expected value, the ends of its bands, and a value to hold it against."""

    mean: Number
    lo80: Number | None = None
    hi80: Number | None = None
    lo50: Number | None = None
    hi50: Number | None = None
    reference: Number | None = None
    reference_label: str = ""


@dataclass(frozen=True)
class Band:
    """A band on the line, in per cent of its width."""

    x: str
    width: str


@dataclass(frozen=True)
class Mark:
    """A place on the line with its words; `anchor` is the side on which they stand."""

    x: str
    label: str
    anchor: str


@dataclass(frozen=True)
class RangeLine:
    """A drawn range line."""

    band80: Band | None
    band50: Band | None
    mean: Mark
    low: Mark | None
    high: Mark | None
    reference: Mark | None

    @property
    def below(self) -> list[Mark]:
        """The figures under the line."""
        return [mark for mark in (self.low, self.mean, self.high) if mark is not None]


def range_line(known: Range, *, write: Callable[[Number], str], axis: tuple[Number, Number] | None = None) -> RangeLine:
    """The line with its figures written by `write`; `axis` fixes its ends, otherwise they follow the values."""
    scale = _Scale(*(map(float, axis) if axis else _ends(known)))
    return RangeLine(
        band80=scale.band(known.lo80, known.hi80),
        band50=scale.band(known.lo50, known.hi50),
        mean=Mark(scale.place(known.mean), write(known.mean), "middle"),
        low=_end(scale, known.lo80, known.mean, write, "end"),
        high=_end(scale, known.hi80, known.mean, write, "start"),
        reference=_reference(scale, known, write),
    )


@dataclass(frozen=True)
class _Scale:
    low: float
    high: float

    def share(self, value: Number) -> float:
        whole = self.high - self.low
        return min(max((float(value) - self.low) / whole, 0.0), 1.0) if whole else 0.5

    def place(self, value: Number) -> str:
        return f"{self.share(value):.2%}"

    def band(self, low: Number | None, high: Number | None) -> Band | None:
        if low is None or high is None:
            return None
        return Band(self.place(low), f"{self.share(high) - self.share(low):.2%}")


def _ends(known: Range) -> tuple[float, float]:
    values = [known.mean, known.lo80, known.hi80, known.lo50, known.hi50, known.reference]
    figures = [float(value) for value in values if value is not None]
    low, high = min(figures), max(figures)
    edge = (high - low or abs(high) or 1.0) * EDGE
    return low - edge, high + edge


def _end(
    scale: _Scale, value: Number | None, mean: Number, write: Callable[[Number], str], outwards: str
) -> Mark | None:
    if value is None:
        return None
    is_close = abs(scale.share(value) - scale.share(mean)) < TOO_CLOSE
    return Mark(scale.place(value), write(value), outwards if is_close else "middle")


def _reference(scale: _Scale, known: Range, write: Callable[[Number], str]) -> Mark | None:
    if known.reference is None:
        return None
    label = f"{known.reference_label} {write(known.reference)}".strip()
    return Mark(scale.place(known.reference), label, "end" if scale.share(known.reference) > 0.5 else "start")
