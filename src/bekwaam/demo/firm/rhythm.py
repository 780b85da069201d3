"""When customers order.

Each has a clock of his own that runs by how busy he is: faster in his season, slower in summer, slower every year or
faster, not at all on a free day or once he is gone. Orders come when the clock has run a gap that he draws from his
own law, Weibull, lognormal, or bursts with long silences. The engine's model knows one rate for life, Erlang gaps, and
a coin after each order.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import gamma
from typing import Final

import numpy as np

from bekwaam.demo.firm.calendar import Calendar
from bekwaam.demo.firm.chance import Days, Numbers, Whole
from bekwaam.demo.firm.customers import RHYTHMS, Customers
from bekwaam.demo.firm.events import Events
from bekwaam.demo.firm.lapses import Lapses
from bekwaam.demo.firm.products import seasons

DOWNTURN: Final = 0.75
SPENT: Final = {-1: 1.5, 0: 1.9, 1: 0.45, 2: 0.75}
"""What is left of usual buying, by months after the last of a budget that must be spent."""
CAUGHT_UP: Final = 0.6
"""The share of orders of the strike that are delivered after it; the others go elsewhere."""


@dataclass(frozen=True)
class Moments:
    """Deliveries: `customer` (place) and `day`, at most one a customer and day, in order of day and customer.

    `asked` is the day on which it was wanted; it differs where a strike came between.
    """

    customer: Whole
    day: Days
    asked: Days


def busyness(customers: Customers, lapses: Lapses, events: Events, calendar: Calendar) -> Numbers:
    """How fast each customer's clock runs on each day: customers × days, 1 on a usual one."""
    days = np.arange(len(calendar.days))
    season = (customers.needs @ seasons())[:, calendar.month]
    drift = np.exp(customers.drift[:, None] * (days[None, :] - calendar.known / 2) / 365)
    budget = _budget(customers)[:, calendar.month]
    here = days[None, :] >= customers.starts[:, None]
    hit = np.array(customers.segment_name) == events.downturn_segment
    trade = np.where(hit[:, None] & (days[None, :] >= events.downturn), DOWNTURN, 1.0)
    return np.asarray(calendar.pace * season * drift * budget * here * trade * lapses.life(days))


def _budget(customers: Customers) -> Numbers:
    """Per customer and month: 1 without a budget that must be spent."""
    after = (np.arange(12)[None, :] - customers.budget[:, None] + 1) % 12 - 1
    spent = np.select([after == months for months in SPENT], list(SPENT.values()), 1.0)
    return np.where(customers.budget[:, None] < 0, 1.0, spent)


def ordered(draw: np.random.Generator, customers: Customers, busy: Numbers) -> Moments:
    """The order moments that the clocks give."""
    clock = np.cumsum(busy, axis=1)
    marks = _marks(draw, customers, float(clock[:, -1].max()))
    found = [np.unique(np.searchsorted(run, mark[mark <= run[-1]])) for run, mark in zip(clock, marks, strict=True)]
    customer = np.repeat(np.arange(len(customers)), [len(days) for days in found])
    return _sorted(customer, np.concatenate(found))


def _marks(draw: np.random.Generator, customers: Customers, longest: float) -> Numbers:
    """Clock times of the orders: customers × more than enough. The first gap began before the calendar."""
    count = int(longest / customers.gap.min() * 1.3) + 20
    shape = customers.regularity[:, None]
    size = (len(customers), count)
    weibull = draw.weibull(shape, size)
    normal = draw.normal(size=size)
    lognormal = np.exp(shape * normal - shape**2 / 2)
    is_weibull = customers.rhythm[:, None] == RHYTHMS.index("weibull")
    mean = np.array([gamma(1 + 1 / each) for each in customers.regularity.tolist()])[:, None]
    gaps = customers.gap[:, None] * np.where(is_weibull, weibull / mean, lognormal)
    gaps[:, 0] *= draw.random(len(customers))
    return np.cumsum(gaps, axis=1)


def _sorted(customer: Whole, day: Days) -> Moments:
    order = np.lexsort((customer, day))
    return Moments(customer[order], day[order], day[order])


def delivered(
    draw: np.random.Generator, moments: Moments, lapses: Lapses, events: Events, calendar: Calendar
) -> Moments:
    """The moments as they came to be: nothing is delivered in the strike, and part of it never."""
    begins, ends = events.strike
    struck = (moments.day >= begins) & (moments.day < ends)
    caught = draw.random(len(moments.day)) < CAUGHT_UP
    later = calendar.working_day(np.full(len(moments.day), ends), draw.integers(0, 12, len(moments.day)))
    day = np.where(struck, later, moments.day)
    kept = ~struck | (caught & (later < lapses.gone[moments.customer]))
    pair, place = np.unique(np.stack([day[kept], moments.customer[kept]]), axis=1, return_index=True)
    return Moments(pair[1], pair[0], moments.day[kept][place])
