"""What is to lose on a customer who may not order again."""

from __future__ import annotations

from decimal import Decimal

from bekwaam.terms.money import ZERO, cents


def expected_loss(worth: Decimal, chance: float | None) -> Decimal | None:
    """What he is worth in a year times the chance that no order comes in 90 days, to the cent: by this customers rank.

    None where the history is too short for a chance.

    >>> expected_loss(Decimal("1000.00"), 0.25)
    Decimal('750.00')
    """
    return None if chance is None else cents(max(worth, ZERO) * (1 - Decimal(repr(chance))))
