"""What is on each delivery: products in their season, quantities, prices and costs; then what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from bekwaam.demo.firm.calendar import Calendar
from bekwaam.demo.firm.chance import Numbers, Whole
from bekwaam.demo.firm.customers import Customers
from bekwaam.demo.firm.events import Events
from bekwaam.demo.firm.lapses import Lapses
from bekwaam.demo.firm.portfolios import Portfolios
from bekwaam.demo.firm.prices import discount, list_price, net, unit_cost
from bekwaam.demo.firm.products import GROUPS, Range, seasons
from bekwaam.demo.firm.rhythm import Moments
from bekwaam.demo.firm.sellers import Seller

FAVOURITES: Final = 5
"""How many products of a group a customer knows."""
LINE_VALUE: Final = 22_000
"""What a middle line of a middle customer is worth, in cents."""
STEADY: Final = 0.25
"""The share of the fall of a fading customer that shows in his quantities, the rest showing in his rhythm."""


@dataclass(frozen=True)
class Firm:
    """What stands still while the days go by."""

    calendar: Calendar
    sellers: tuple[Seller, ...]
    products: Range
    customers: Customers
    portfolios: Portfolios
    lapses: Lapses
    events: Events


def laden(draw: np.random.Generator, firm: Firm, moments: Moments) -> pl.DataFrame:
    """The lines of every delivery, in order of day, customer and product.

    `order` (number of the moment), `customer`, `day`, `product`, `seller` (places), `quantity`, `list_price`, `given`
    (thousandths), `price`, `amount`, `cost` (cents).
    """
    order = _spread(draw, firm, moments)
    customer, day = moments.customer[order], moments.day[order]
    product = _products(draw, firm, customer, firm.calendar.month[day])
    lines = pl.DataFrame({"order": order, "customer": customer, "day": day, "product": product})
    lines = lines.unique(["order", "product"], keep="first").sort("order", "product")
    return lines.with_columns(**_worth(draw, firm, lines))


def _spread(draw: np.random.Generator, firm: Firm, moments: Moments) -> Whole:
    """Which moment each line belongs to: larger customers take more lines."""
    lines = 1 + draw.poisson(1.2 + 0.8 * np.minimum(firm.customers.size[moments.customer], 4))
    return np.repeat(np.arange(len(moments.day)), lines)


def _products(draw: np.random.Generator, firm: Firm, customer: Whole, month: Whole) -> Whole:
    """A product that the customer knows, of a group by his needs and its season."""
    demand = np.cumsum(firm.customers.needs[:, None, :] * seasons().T[None, :, :], axis=2)
    demand /= demand[:, :, -1:]
    group = (draw.random(len(customer))[:, None] > demand[customer, month]).sum(axis=1)
    known = np.stack(
        [draw.choice(firm.products.of_group(each), (len(firm.customers), FAVOURITES)) for each in range(len(GROUPS))]
    )
    liked = (FAVOURITES * draw.random(len(customer)) ** 1.7).astype(np.int64)
    return known[group, customer, liked]


def _worth(draw: np.random.Generator, firm: Firm, lines: pl.DataFrame) -> dict[str, Whole]:
    customer, day, product = (lines[name].to_numpy() for name in ("customer", "day", "product"))
    seller = _sellers(firm, customer, day)
    listed = list_price(firm.products, firm.events, product, day)
    given = discount(draw, firm.sellers, seller, firm.calendar.month[day], firm.customers.size[customer])
    price = net(listed, given)
    quantity = _quantities(draw, firm, lines, firm.products.price[product])
    cost = unit_cost(firm.products, product, day)
    return {
        "seller": seller,
        "quantity": quantity,
        "list_price": listed,
        "given": given,
        "price": price,
        "amount": price * quantity,
        "cost": cost * quantity,
    }


def _sellers(firm: Firm, customer: Whole, day: Whole) -> Whole:
    codes = [seller.code for seller in firm.sellers]
    places = np.array([codes.index(code) for code in firm.portfolios.codes])
    return places[firm.portfolios.seller(customer, day)]


def _quantities(draw: np.random.Generator, firm: Firm, lines: pl.DataFrame, price: Whole) -> Whole:
    """Fewer of what is dear, more for who is large; who fades takes less each time."""
    customer, day = lines["customer"].to_numpy(), lines["day"].to_numpy()
    value = LINE_VALUE * firm.customers.size[customer] ** 0.7 * draw.lognormal(0, 0.7, len(day))
    wanted = value * _left(firm, customer, day) ** STEADY / price
    return np.maximum(np.round(wanted), 1).astype(np.int64)


def _left(firm: Firm, customer: Whole, day: Whole) -> Numbers:
    half = firm.lapses.half[customer]
    since = np.maximum(day - firm.lapses.starts[customer], 0)
    return np.where(half > 0, 0.5 ** (since / np.maximum(half, 1)), 1.0)
