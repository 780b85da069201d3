"""List prices over time and what sellers give away on them; all in whole cents."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from bekwaam.demo.firm.calendar import Calendar
from bekwaam.demo.firm.chance import Days, Numbers, Whole
from bekwaam.demo.firm.events import Events
from bekwaam.demo.firm.products import GROUPS, Range
from bekwaam.demo.firm.sellers import Seller
from bekwaam.intake.order_lines import money_from_cents

COST_CREEP: Final = 0.02
"""How much cost rises a year, whatever the price list says."""
QUARTER_ENDS: Final = (2, 5, 8, 11)
MOST: Final = 300
"""No seller gives away more than this many thousandths."""


def risen(products: Range, events: Events) -> Whole:
    """The list prices from the price rise on, rounded up to five cents."""
    steel = np.array([group.steel for group in GROUPS])[products.group]
    dearer = products.price * (1000 + events.rise * np.where(steel, 2, 1))
    return -(-dearer // 5000) * 5


def list_price(products: Range, events: Events, product: Whole, day: Days) -> Whole:
    """The list price of each product on a day."""
    return np.where(day < events.price_rise, products.price[product], risen(products, events)[product])


def unit_cost(products: Range, product: Whole, day: Days) -> Whole:
    """The cost of one unit on a day, at least a cent."""
    return np.maximum(np.round(products.cost[product] * (1 + COST_CREEP * day / 365)), 1).astype(np.int64)


def discount(
    draw: np.random.Generator, sellers: tuple[Seller, ...], seller: Whole, month: Whole, size: Numbers
) -> Whole:
    """What was given on each line, in thousandths: the seller's habit, more at a quarter's end and to large customers.

    `seller` is the place in `sellers`, `size` how large the customer is.
    """
    usual = np.array([each.discount for each in sellers])[seller]
    push = np.array([each.push for each in sellers])[seller] * np.isin(month, QUARTER_ENDS)
    given = usual + push + 25 * np.clip(np.log(size), -1, 2) + draw.normal(0, 15, len(seller))
    return np.clip(np.round(given / 5) * 5, 0, MOST).astype(np.int64)


def net(price: Whole, given: Whole) -> Whole:
    """The price after discount, rounded half up to the cent."""
    return (price * (1000 - given) + 500) // 1000


def table(products: Range, events: Events, calendar: Calendar) -> pl.DataFrame:
    """`product, valid_from, list_price`: both price lists."""
    lists = ((calendar.first, products.price), (calendar.day(events.price_rise), risen(products, events)))
    return pl.concat(
        pl.DataFrame(
            {"product": products.codes, "valid_from": [day] * len(prices), "list_price": money_from_cents(prices_of)}
        )
        for day, prices in lists
        for prices_of in [pl.Series(prices)]
    )
