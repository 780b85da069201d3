"""What the firm sells: 250 machine parts in ten groups, each group with a season, a unit, costs and prices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from bekwaam.demo.firm.chance import Numbers, Whole
from bekwaam.intake.order_lines import money_from_cents

PRODUCTS: Final = 250


@dataclass(frozen=True)
class Group:
    """A product group.

    Attributes:
        share: of the products and, roughly, of demand.
        cost_cents: cost of the middle product.
        margin: share of the list price that is not cost.
        swing, peak: how far the season swings, and the month (1 to 12) around which it peaks.
        lead: working days from order to delivery.
        steel: whether the price rise hits it twice as hard.
    """

    name: str
    kind: str
    unit: str
    share: float
    cost_cents: int
    margin: float
    swing: float
    peak: int
    lead: int
    steel: bool = False


GROUPS: Final = (
    Group("Lagers", "Lager", "stuks", 0.18, 1450, 0.46, 0.06, 3, 3, steel=True),
    Group("Aandrijvingen", "Tandwielkast", "stuks", 0.08, 21000, 0.36, 0.12, 11, 15, steel=True),
    Group("Hydrauliek", "Cilinder", "stuks", 0.12, 9800, 0.41, 0.30, 4, 8),
    Group("Pneumatiek", "Ventiel", "stuks", 0.12, 2600, 0.48, 0.08, 10, 4),
    Group("Afdichtingen", "Keerring", "doos", 0.12, 520, 0.58, 0.10, 2, 2),
    Group("Bevestiging", "Boutset", "doos", 0.10, 780, 0.50, 0.05, 5, 2, steel=True),
    Group("Elektromotoren", "Motor", "stuks", 0.07, 17500, 0.33, 0.18, 9, 12),
    Group("Smering", "Smeermiddel", "liter", 0.07, 640, 0.44, 0.35, 1, 2),
    Group("Transportbanden", "Transportband", "meter", 0.07, 3900, 0.39, 0.25, 7, 10),
    Group("Gereedschap", "Montageset", "set", 0.07, 4200, 0.42, 0.22, 12, 4),
)
_TYPES: Final = ("A", "B", "C", "D", "E", "F", "G", "H")


def season(group: Group) -> Numbers:
    """What each month is good for in a group, January first; 1 on average.

    A narrow hill rather than a wave, so that no method that looks for a wave has an easy time.
    """
    away = np.abs((np.arange(12) - (group.peak - 1) + 6) % 12 - 6)
    hill = np.exp(-((away / 2.2) ** 2))
    return 1 + group.swing * (hill - hill.mean()) / (hill.max() - hill.mean())


def seasons() -> Numbers:
    """The season of every group: groups × months."""
    return np.array([season(group) for group in GROUPS])


@dataclass(frozen=True)
class Range:
    """The products, in the order of their codes: group (place in `GROUPS`), cost and first list price in cents."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    group: Whole
    cost: Whole
    price: Whole

    def of_group(self, group: int) -> Whole:
        """The places of the products of a group."""
        return np.flatnonzero(self.group == group)

    def table(self) -> pl.DataFrame:
        """`code, name, group, unit, cost, list_price`: as they stood on the first day."""
        groups = [GROUPS[number] for number in self.group.tolist()]
        return pl.DataFrame(
            {
                "code": self.codes,
                "name": self.names,
                "group": [group.name for group in groups],
                "unit": [group.unit for group in groups],
                "cost": money_from_cents(pl.Series(self.cost)),
                "list_price": money_from_cents(pl.Series(self.price)),
            }
        )


def stocked(draw: np.random.Generator) -> Range:
    """The 250 products."""
    shares = np.array([group.share for group in GROUPS])
    counts = np.round(PRODUCTS * shares / shares.sum()).astype(int)
    counts[0] += PRODUCTS - counts.sum()
    group = np.repeat(np.arange(len(GROUPS)), counts)
    middle = np.array([each.cost_cents for each in GROUPS])[group]
    margin = np.array([each.margin for each in GROUPS])[group] + draw.uniform(-0.05, 0.05, PRODUCTS)
    cost = np.maximum(np.round(middle * draw.lognormal(0, 0.7, PRODUCTS)), 25).astype(np.int64)
    price = np.maximum(np.round(cost / (1 - margin) / 5) * 5, cost + 5).astype(np.int64)
    sizes = draw.integers(1, 90, PRODUCTS) * 5
    names = tuple(
        f"{GROUPS[place].kind} {_TYPES[number % len(_TYPES)]}{size}"
        for number, (place, size) in enumerate(zip(group.tolist(), sizes.tolist(), strict=True))
    )
    codes = tuple(f"{GROUPS[place].name[:2].upper()}{10001 + number}" for number, place in enumerate(group.tolist()))
    return Range(codes, names, group, cost, price)
