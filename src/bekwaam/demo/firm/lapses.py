"""Who goes, when and why; and who only pauses, which to the order lines looks the same for a while.

Some stop at once, some fade over months: nobody tosses a coin after each order, as the engine's model has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from bekwaam.demo.firm import names
from bekwaam.demo.firm.calendar import Calendar
from bekwaam.demo.firm.chance import Days, Flags, Numbers, Whole
from bekwaam.demo.firm.customers import Customers
from bekwaam.demo.firm.events import Events
from bekwaam.demo.firm.portfolios import Portfolios

A_YEAR: Final = {"competitor": 0.030, "faded": 0.035, "stopped": 0.015}
"""Chance a year, for every customer, of going for no reason that the whole firm knows."""
AFTER: Final = {"seller_left": 0.16, "price_rise": 0.03, "strike": 0.02}
"""Share of those concerned that go within the half-year after it."""
FADING: Final = frozenset({"faded", "seller_left", "plant_closed"})
PAUSES_A_YEAR: Final = 0.06
STAY: Final = 10**6
"""A day that never comes."""


@dataclass(frozen=True)
class Lapses:
    """Per customer: `starts` (the day on which his buying begins to fall, `STAY` for who stays), `half` (days in
    which it halves, 0 when it stops at once), `gone` (the day from which nothing comes), `reason` ("" for who stays),
    `pauses` (first day and day after the last; twice `STAY` without)."""

    starts: Days
    half: Numbers
    gone: Days
    reason: tuple[str, ...]
    pauses: Whole

    def life(self, days: Days) -> Numbers:
        """How much of his usual buying is left on each day, 0 to 1: customers × days."""
        since = days[None, :] - self.starts[:, None]
        fading = np.where(self.half[:, None] > 0, 0.5 ** (np.maximum(since, 0) / np.maximum(self.half, 1)[:, None]), 1)
        paused = (days[None, :] >= self.pauses[:, :1]) & (days[None, :] < self.pauses[:, 1:])
        return np.where((days[None, :] >= self.gone[:, None]) | paused, 0.0, fading)


def drawn(
    draw: np.random.Generator, customers: Customers, portfolios: Portfolios, events: Events, calendar: Calendar
) -> Lapses:
    """The lapses of one firm; of several fates the first counts."""
    fates = _Fates(len(customers))
    _of_themselves(fates, draw, calendar)
    _after_events(fates, draw, portfolios, events)
    _by_name(fates, draw, customers, events)
    fates.let_stay((fates.starts < customers.starts + 200) | (fates.starts > calendar.known))
    fading = np.isin(np.array(fates.reason), list(FADING))
    half = np.where(fading, draw.uniform(30, 100, len(customers)), 0.0)
    half = np.where(np.array(fates.reason) == "plant_closed", 40.0, half)
    gone = np.where(fates.starts < STAY, fates.starts + np.round(3 * half).astype(np.int64), STAY)
    return Lapses(fates.starts, half, gone, tuple(fates.reason), _pauses(draw, calendar, fates.starts < STAY))


class _Fates:
    """The earliest reason to go, per customer."""

    def __init__(self, count: int) -> None:
        self.starts = np.full(count, STAY)
        self.reason = [""] * count

    def strike(self, reason: str, who: Whole, days: Days) -> None:
        for customer, day in zip(who.tolist(), days.tolist(), strict=True):
            if day < self.starts[customer]:
                self.starts[customer], self.reason[customer] = day, reason

    def let_stay(self, staying: Flags) -> None:
        self.starts[staying] = STAY
        self.reason = ["" if stays else why for stays, why in zip(staying.tolist(), self.reason, strict=True)]


def _of_themselves(fates: _Fates, draw: np.random.Generator, calendar: Calendar) -> None:
    everyone = np.arange(len(fates.reason))
    for reason, chance in A_YEAR.items():
        waiting = draw.exponential(365 / chance, len(everyone)).astype(np.int64)
        soon = waiting < calendar.known
        fates.strike(reason, everyone[soon], waiting[soon])


def _after_events(fates: _Fates, draw: np.random.Generator, portfolios: Portfolios, events: Events) -> None:
    everyone = np.arange(len(fates.reason))
    concerned = {
        "seller_left": (portfolios.leaving, events.seller_leaves),
        "price_rise": (everyone, events.price_rise),
        "strike": (everyone, events.strike[1]),
    }
    for reason, (who, day) in concerned.items():
        going = who[draw.random(len(who)) < AFTER[reason]]
        fates.strike(reason, going, day + draw.integers(5, 180, len(going)))


def _by_name(fates: _Fates, draw: np.random.Generator, customers: Customers, events: Events) -> None:
    """The largest public bodies lose their contract with us; one of the largest plants closes."""
    value = np.where(customers.starts < 0, customers.yearly(), 0)
    public = np.flatnonzero(customers.segment == names.segments().index("Overheid"))
    tender = public[np.argsort(-value[public])[:3]]
    plants = np.setdiff1d(np.argsort(-value)[:12], tender)
    plant = draw.choice(plants, 1)
    for reason, who, day in (("tender_lost", tender, events.tender_lost), ("plant_closed", plant, events.plant_closes)):
        fates.starts[who] = STAY
        fates.strike(reason, who, np.full(len(who), day))


def _pauses(draw: np.random.Generator, calendar: Calendar, goes: Flags) -> Whole:
    """One pause of two to four months for some of those who stay."""
    pausing = (draw.random(len(goes)) < PAUSES_A_YEAR * calendar.known / 365) & ~goes
    first = draw.integers(60, calendar.known, len(goes))
    last = first + draw.integers(60, 121, len(goes))
    return np.where(pausing[:, None], np.stack([first, last], axis=1), STAY)
