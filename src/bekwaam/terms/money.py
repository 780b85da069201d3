"""Amounts of money: decimal, to the cent."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

CENT: Final = Decimal("0.01")
MILLI: Final = Decimal("0.001")
ZERO: Final = Decimal("0.00")


def cents(amount: Decimal | int | str) -> Decimal:
    """The amount rounded half up to the cent.

    >>> cents("2.345")
    Decimal('2.35')
    """
    return Decimal(amount).quantize(CENT, rounding=ROUND_HALF_UP)


def share(part: Decimal, whole: Decimal) -> float | None:
    """`part` over `whole`, 0 to 1 for parts of a positive whole; None when the whole is zero."""
    return float(part / whole) if whole else None
