"""Visits and calls: account managers go out, the desk rings up; the larger the customer, the more often."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from bekwaam.demo.firm.calendar import SUMMER
from bekwaam.demo.firm.chance import picked
from bekwaam.demo.firm.lines import Firm
from bekwaam.demo.firm.sellers import Seller

A_WEEK: Final = {"A": 7, "B": 12}
KINDS: Final = {"A": ("bezoek", "online", "telefoon"), "B": ("telefoon", "online", "telefoon")}
MINUTES: Final = {"bezoek": 60, "online": 30, "telefoon": 10}
REASONS: Final = ("relatie", "offerte", "klacht", "nieuw product", "jaargesprek")


def table(draw: np.random.Generator, firm: Firm) -> pl.DataFrame:
    """`visit, date, customer, seller, kind, reason, minutes`, in order of day."""
    parts = [_of_seller(draw, firm, seller) for seller in firm.sellers]
    told = pl.concat(parts).sort("date", "seller", "customer", "kind")
    number = pl.concat_str(pl.lit("BZ"), (pl.int_range(pl.len()) + 20_001).cast(pl.String))
    return told.select(number.alias("visit"), pl.all())


def _of_seller(draw: np.random.Generator, firm: Firm, seller: Seller) -> pl.DataFrame:
    calendar, role = firm.calendar, seller.code[-1]
    working = np.flatnonzero(
        calendar.works & (calendar.pace > SUMMER) & (np.arange(len(calendar.days)) <= calendar.known)
    )
    day = np.sort(draw.choice(working, round(A_WEEK[role] / 5 * len(working))))
    customer = picked(draw, firm.customers.yearly() ** 0.6, 8 * len(day)).reshape(len(day), 8)
    own = np.array(firm.portfolios.codes)[firm.portfolios.seller(customer, day[:, None])] == seller.code
    there = own & (firm.lapses.gone[customer] > day[:, None]) & (firm.customers.starts[customer] - 90 < day[:, None])
    place = there.argmax(axis=1)
    kept = there.any(axis=1)
    day, customer = day[kept], customer[np.arange(len(day)), place][kept]
    kinds = draw.choice(KINDS[role], len(day))
    return pl.DataFrame(
        {
            "date": calendar.dates[day],
            "customer": pl.Series(firm.customers.number).gather(customer),
            "seller": [seller.code] * len(day),
            "kind": kinds,
            "reason": draw.choice(REASONS, len(day)),
            "minutes": [MINUTES[kind] for kind in kinds.tolist()],
        }
    )
