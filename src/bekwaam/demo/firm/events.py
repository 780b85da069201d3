"""What happens to the firm as a whole, each on days of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from bekwaam.demo.firm.calendar import Calendar
from bekwaam.demo.firm.sellers import TERRITORIES
from bekwaam.terms.month import Month

STRIKE_DAYS: Final = 19
LIST_KNOWN: Final = 5
"""Months that the last price list is in force at least."""
RISE: Final = (30, 50)
"""The price rise in thousandths; steel rises by twice as much."""


@dataclass(frozen=True)
class Events:
    """What happens, in places of the calendar.

    Attributes:
        strike: first day without deliveries and the day on which they begin again.
        price_rise, rise: the day of the new price list, and by how many thousandths.
        tender_lost: the day on which a framework contract with a public body ends.
        plant_closes: the day on which the closing of a large customer's plant is announced.
        seller_leaves, leaver: when a seller leaves, and his code; the colleague in his territory takes over.
        portfolio_moves, mover, receiver: when part of a portfolio goes to another seller.
        downturn, downturn_segment: from when one trade buys a quarter less.
    """

    strike: tuple[int, int]
    price_rise: int
    rise: int
    tender_lost: int
    plant_closes: int
    seller_leaves: int
    leaver: str
    portfolio_moves: int
    mover: str
    receiver: str
    downturn: int
    downturn_segment: str


def happened(draw: np.random.Generator, calendar: Calendar) -> Events:
    """The events of one firm: each somewhere within its own part of the three years."""
    within = calendar.known
    strike = int(draw.uniform(0.35, 0.6) * within)
    months = Month.of(calendar.first).until(Month.of(calendar.until).plus(-LIST_KNOWN))
    new_year = [month for month in months if month.month == 1][-1]
    left, moved = draw.permutation(4)[:2].tolist()
    codes = list(TERRITORIES)
    return Events(
        strike=(strike, strike + STRIKE_DAYS),
        price_rise=calendar.number(new_year.first),
        rise=int(draw.integers(*RISE)),
        tender_lost=int(draw.uniform(0.55, 0.9) * within),
        plant_closes=int(draw.uniform(0.5, 0.9) * within),
        seller_leaves=int(draw.uniform(0.3, 0.8) * within),
        leaver=f"{codes[left]}-A",
        portfolio_moves=int(draw.uniform(0.4, 0.9) * within),
        mover=f"{codes[moved]}-A",
        receiver=f"{codes[moved]}-B",
        downturn=int(draw.uniform(0.5, 0.8) * within),
        downturn_segment=str(draw.choice(["Machinebouw", "Landbouwtechniek", "Scheepsbouw"])),
    )
