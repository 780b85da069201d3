"""Who looks after whom, and since when: sellers leave and portfolios move."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from bekwaam.demo.firm.calendar import Calendar
from bekwaam.demo.firm.chance import Days, Whole
from bekwaam.demo.firm.customers import Customers
from bekwaam.demo.firm.events import Events

MOVING: Final = 0.4
"""The share of a portfolio that goes along when part of it moves."""


class Portfolios:
    """Spells of customers with sellers: `customer` (place), `seller` (code), `since` (day), in order of time."""

    def __init__(self, customers: Customers, events: Events, draw: np.random.Generator) -> None:
        first = customers.first_seller
        self.codes = sorted({*first, events.receiver})
        self._first = np.array([self.codes.index(code) for code in first])
        self.leaving = np.flatnonzero(self._first == self._place(events.leaver))
        movers = np.flatnonzero(self._first == self._place(events.mover))
        self.moving = movers[draw.random(len(movers)) < MOVING]
        self._events = events

    def _place(self, code: str) -> int:
        return self.codes.index(code)

    def seller(self, customer: Whole, day: Days) -> Whole:
        """The seller (place in `codes`) of each customer on a day."""
        events = self._events
        successor = self._place(events.leaver[:-1] + "B")
        left = np.isin(customer, self.leaving) & (day >= events.seller_leaves)
        moved = np.isin(customer, self.moving) & (day >= events.portfolio_moves)
        return np.where(left, successor, np.where(moved, self._place(events.receiver), self._first[customer]))

    def on(self, day: int) -> list[str]:
        """The code of every customer's seller on a day."""
        places = np.arange(len(self._first))
        return [self.codes[place] for place in self.seller(places, np.full(len(places), day)).tolist()]

    def table(self, customers: Customers, calendar: Calendar) -> pl.DataFrame:
        """`customer, seller, since`: every spell."""
        moments = (0, self._events.seller_leaves, self._events.portfolio_moves)
        spells = pl.concat(
            pl.DataFrame({"customer": customers.number, "seller": self.on(day), "since": calendar.day(day)})
            for day in sorted(moments)
        )
        changed = pl.col("seller") != pl.col("seller").shift(1).over("customer")
        return spells.filter(changed.fill_null(value=True)).sort("customer", "since")
