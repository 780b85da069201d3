"""Price against volume: what part of a change in revenue is price, and what part is what customers bought.

Per product and unit sold in both periods, the price effect is the quantity of now times the change in average
price; everything else, products that came or went included, is volume (and mix). The two add up to the change
to the cent. Source: the usual price–volume split of sales variance, as in management accounting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bekwaam.facts.read import Facts
from bekwaam.terms.actor import SYSTEM
from bekwaam.terms.money import ZERO, cents


@dataclass(frozen=True)
class Split:
    """A change in revenue, split. Amounts to the cent; shares of the revenue before (0.05 is 5 %)."""

    before: Decimal
    now: Decimal
    price_effect: Decimal

    @property
    def change(self) -> Decimal:
        """Revenue now minus revenue before."""
        return self.now - self.before

    @property
    def volume_effect(self) -> Decimal:
        """What is not price."""
        return self.change - self.price_effect

    @property
    def is_worth_telling(self) -> bool:
        """Whether the change is more than nothing once it is rounded to hundredths."""
        return bool(round(self.change / self.before * 100))

    def to_values(self) -> dict[str, Any]:
        """Shares of the revenue before, for the sentence."""
        return {
            "change": float(self.change / self.before),
            "price": float(self.price_effect / self.before),
            "volume": float(self.volume_effect / self.before),
            "change_amount": str(self.change),
            "price_amount": str(self.price_effect),
            "volume_amount": str(self.volume_effect),
        }


def split(facts: Facts, *, first: date, middle: date, until: date) -> Split | None:
    """Split the change between `[first, middle)` and `[middle, until)`; None without revenue before."""
    rows = facts.ask("price_and_volume_between", SYSTEM, first=first, middle=middle, until=until).dicts()
    before = sum((row["revenue_before"] or ZERO for row in rows), ZERO)
    now = sum((row["revenue_now"] or ZERO for row in rows), ZERO)
    if before <= 0:
        return None
    return Split(before=before, now=now, price_effect=cents(sum((_price_effect(row) for row in rows), Decimal(0))))


def _price_effect(row: dict[str, Any]) -> Decimal:
    before, now = row["quantity_before"] or Decimal(0), row["quantity_now"] or Decimal(0)
    if before <= 0 or now <= 0 or row["revenue_before"] <= 0 or row["revenue_now"] <= 0:
        return Decimal(0)
    effect: Decimal = row["revenue_now"] - now * row["revenue_before"] / before
    return effect
