"""Who buys: some 400 firms in five countries, what trade they are in, how large, and by what rhythm they order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from bekwaam.demo.firm import names
from bekwaam.demo.firm.calendar import Calendar
from bekwaam.demo.firm.chance import Days, Flags, Numbers, Whole, picked
from bekwaam.demo.firm.products import GROUPS

CUSTOMERS: Final = 400
FROM_THE_START: Final = 320
"""The others arrive one by one over the three years."""
FIRST_NUMBER: Final = 100101

AREAS: Final = {"NL-N": 0.13, "NL-O": 0.16, "NL-W": 0.19, "NL-Z": 0.18, "BE": 0.12, "FR": 0.04, "DE": 0.14, "DK": 0.04}
_TERRITORY_OF: Final = {"BE": "BE-FR", "FR": "BE-FR", "DE": "DE-DK", "DK": "DE-DK"}
SEGMENT_SHARES: Final = (0.22, 0.13, 0.12, 0.12, 0.08, 0.15, 0.12, 0.06)
MARKET_OF: Final = {"Overheid": "B2G", "Technische handel": "B2R"}
RHYTHMS: Final = ("weibull", "lognormal", "bursts")


@dataclass(frozen=True)
class Customers:
    """The customers, in the order of their numbers; every field has one value per customer.

    Attributes:
        area: place in `AREAS`. segment: place in `names.segments()`.
        size: how much he takes beside the middle customer.
        gap: days between orders when all is as usual. rhythm, regularity: the law of the gaps, and its shape.
        drift: growth a year. budget: the last month (0 to 11) of a budget that must be spent, or -1.
        starts: the day from which he buys; below 0 for who bought before.
        needs: share of each product group in what he buys: customers × groups.
        inside: whether the desk looks after him and not the account manager.
    """

    number: tuple[str, ...]
    name: tuple[str, ...]
    city: tuple[str, ...]
    area: Whole
    segment: Whole
    size: Numbers
    gap: Numbers
    rhythm: Whole
    regularity: Numbers
    drift: Numbers
    budget: Whole
    starts: Days
    needs: Numbers
    inside: Flags

    def __len__(self) -> int:
        return len(self.number)

    @property
    def country(self) -> list[str]:
        """ISO code of the country."""
        return [list(AREAS)[area][:2] for area in self.area.tolist()]

    @property
    def territory(self) -> list[str]:
        """Code of the territory."""
        return [_TERRITORY_OF.get(code, code) for code in (list(AREAS)[area] for area in self.area.tolist())]

    @property
    def first_seller(self) -> list[str]:
        """The seller on the first day."""
        roles = np.where(self.inside, "B", "A").tolist()
        return [f"{territory}-{role}" for territory, role in zip(self.territory, roles, strict=True)]

    @property
    def segment_name(self) -> list[str]:
        """The trade in words."""
        return [names.segments()[segment] for segment in self.segment.tolist()]

    def yearly(self) -> Numbers:
        """What each is worth in a usual year, beside the others."""
        return np.asarray(self.size / self.gap)


def found(draw: np.random.Generator, calendar: Calendar) -> Customers:
    """The 400 customers."""
    count = CUSTOMERS
    area = picked(draw, np.array(list(AREAS.values())), count)
    segment = picked(draw, np.array(SEGMENT_SHARES), count)
    size = draw.lognormal(0, 0.85, count)
    gap = np.clip(24 * size**-0.25 * draw.lognormal(0, 0.55, count), 5, 110)
    rhythm = picked(draw, np.array([0.45, 0.4, 0.15]), count)
    return Customers(
        number=tuple(str(FIRST_NUMBER + place) for place in range(count)),
        name=tuple(_names(draw, area, segment)),
        city=tuple(names.place(draw, list(AREAS)[place]) for place in area.tolist()),
        area=area,
        segment=segment,
        size=size,
        gap=gap,
        rhythm=rhythm,
        regularity=_regularity(draw, rhythm),
        drift=draw.normal(0.03, 0.12, count),
        budget=_budgets(draw, segment),
        starts=_starts(draw, calendar),
        needs=draw.dirichlet([12 * group.share for group in GROUPS], count),
        inside=size / gap < np.quantile(size / gap, 0.4),
    )


def _names(draw: np.random.Generator, area: Whole, segment: Whole) -> list[str]:
    countries = [list(AREAS)[place][:2] for place in area.tolist()]
    return names.firms(draw, [names.segments()[place] for place in segment.tolist()], countries)


def _regularity(draw: np.random.Generator, rhythm: Whole) -> Numbers:
    """Shape of the Weibull (1.4 to 5: from loose to by the clock), spread of the lognormal, or that of bursts."""
    shapes = np.stack(
        [draw.uniform(1.4, 5, len(rhythm)), draw.uniform(0.25, 0.8, len(rhythm)), draw.uniform(1.0, 1.4, len(rhythm))]
    )
    return shapes[rhythm, np.arange(len(rhythm))]


def _budgets(draw: np.random.Generator, segment: Whole) -> Whole:
    public = segment == names.segments().index("Overheid")
    has_one = public | (draw.random(len(segment)) < 0.2)
    last = np.where(public, 11, draw.choice([11, 11, 2, 5, 8], len(segment)))
    return np.where(has_one, last, -1)


def _starts(draw: np.random.Generator, calendar: Calendar) -> Days:
    """Below 0 for the first; the others arrive until a month before the last known day."""
    later = draw.integers(30, calendar.known - 30, CUSTOMERS - FROM_THE_START)
    return draw.permutation(np.concatenate([np.full(FROM_THE_START, -1), later]))


def table(customers: Customers, seller: list[str]) -> pl.DataFrame:
    """`number, name, city, country, segment, market_type, seller, territory`: as they stand today."""
    return pl.DataFrame(
        {
            "number": customers.number,
            "name": customers.name,
            "city": customers.city,
            "country": customers.country,
            "segment": customers.segment_name,
            "market_type": [MARKET_OF.get(segment, "B2B") for segment in customers.segment_name],
            "seller": seller,
            "territory": customers.territory,
        }
    )
