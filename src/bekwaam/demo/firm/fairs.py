"""Trade fairs: where the firm stood, what that cost, and whom it met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import polars as pl

from bekwaam.demo.firm import names
from bekwaam.demo.firm.chance import Whole, picked
from bekwaam.demo.firm.customers import AREAS
from bekwaam.demo.firm.lines import Firm
from bekwaam.intake.order_lines import money_from_cents
from bekwaam.terms.month import Month

PRICE_M2: Final = 16_500
"""Bare floor, in cents a square metre."""
SPLIT: Final = {"ruimte": 21, "bouw": 30, "reis": 14, "promotie": 10, "personeel": 16, "overig": 9}
"""How the cost of a fair divides over what it is spent on, in percent."""
LEADS_M2: Final = 1.6
HEAT: Final = {"heet": 0.2, "warm": 0.35, "koud": 0.45}
KNOWN: Final = 0.35
"""Share of leads that are customers already."""
FOLLOWED: Final = 0.7


@dataclass(frozen=True)
class Fair:
    """A fair that comes back: its month, every how many years, days and stand."""

    name: str
    place: str
    area: str
    month: int
    every: int
    days: int
    stand_m2: int


FAIRS: Final = (
    Fair("Onderdelendagen", "Utrechtse Hallen", "NL-W", 3, 1, 3, 36),
    Fair("Vakbeurs Aandrijftechniek", "Brabantpoort", "NL-Z", 10, 2, 3, 54),
    Fair("Beurs voor Onderhoud en Techniek", "Noorderhal", "NL-N", 5, 1, 2, 24),
    Fair("Industriedagen Kortbeke", "Kortbeke", "BE", 9, 1, 3, 30),
    Fair("Maschinentage Münsterfeld", "Münsterfeld", "DE", 11, 2, 4, 48),
)


def tables(draw: np.random.Generator, firm: Firm) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Participations, their costs, and the leads.

    `fair, name, place, country, starts_on, ends_on, stand_m2` · `fair, category, amount` ·
    `lead, fair, met_on, company, country, customer` (empty for a newcomer)`, heat, seller, followed_on` (empty while
    nobody did).
    """
    held = [(f"BR{number:03d}", fair, first) for number, (first, fair) in enumerate(_held(firm), start=1)]
    fairs = pl.DataFrame([_participation(*each) for each in held], schema=_PARTICIPATION, orient="row")
    costs = [row for code, fair, _first in held for row in _costs(draw, code, fair)]
    amounts = pl.DataFrame(costs, schema=["fair", "category", "cents"], orient="row")
    leads = pl.concat([_leads(draw, firm, *each) for each in held])
    number = pl.concat_str(pl.lit("LD"), (pl.int_range(pl.len()) + 1001).cast(pl.String))
    return (
        fairs,
        amounts.select("fair", "category", amount=money_from_cents(amounts["cents"])),
        leads.select(number.alias("lead"), pl.all()),
    )


_PARTICIPATION: Final = ["fair", "name", "place", "country", "starts_on", "ends_on", "stand_m2"]


def _held(firm: Firm) -> list[tuple[date, Fair]]:
    """The fairs of the three years with their first day, a Tuesday."""
    found = []
    for month in Month.of(firm.calendar.first).until(Month.of(firm.calendar.until)):
        for fair in FAIRS:
            if month.month == fair.month and month.year % fair.every == 0:
                tenth = month.first + timedelta(days=9)
                found.append((tenth + timedelta(days=(1 - tenth.weekday()) % 7), fair))
    return found


def _participation(code: str, fair: Fair, first: date) -> tuple[object, ...]:
    last = first + timedelta(days=fair.days - 1)
    return (code, f"{fair.name} {first.year}", fair.place, fair.area[:2], first, last, fair.stand_m2)


def _costs(draw: np.random.Generator, code: str, fair: Fair) -> list[tuple[str, str, int]]:
    whole = PRICE_M2 * fair.stand_m2 * 100 / SPLIT["ruimte"]
    return [(code, name, round(whole * share / 100 * draw.uniform(0.85, 1.2))) for name, share in SPLIT.items()]


def _leads(draw: np.random.Generator, firm: Firm, code: str, fair: Fair, first: date) -> pl.DataFrame:
    count = int(draw.poisson(LEADS_M2 * fair.stand_m2))
    near = np.where(firm.customers.area == list(AREAS).index(fair.area), 5.0, 1.0)
    customer = picked(draw, near, count)
    known = draw.random(count) < KNOWN
    segments = [names.segments()[place] for place in firm.customers.segment[customer].tolist()]
    newcomers = names.firms(draw, segments, [fair.area[:2]] * count)
    met = firm.calendar.number(first) + draw.integers(0, fair.days, count)
    followed = firm.calendar.working_day(met, np.round(draw.lognormal(2.2, 0.8, count)).astype(np.int64))
    done = (draw.random(count) < FOLLOWED) & (followed <= firm.calendar.known)
    told = pl.DataFrame(
        {
            "fair": [code] * count,
            "met_on": firm.calendar.dates[met],
            "company": newcomers,
            "country": [fair.area[:2]] * count,
            "heat": pl.Series(list(HEAT)).gather(picked(draw, np.array(list(HEAT.values())), count)),
            "seller": _of(firm.portfolios.codes, firm.portfolios.seller(customer, met)),
        }
    )
    followed_on = pl.when(pl.Series(done)).then(pl.Series(firm.calendar.dates[followed]))
    return _with_customers(firm, told.with_columns(followed_on=followed_on), customer, pl.Series(known))


def _with_customers(firm: Firm, leads: pl.DataFrame, customer: Whole, known: pl.Series) -> pl.DataFrame:
    """The leads, those that are customers under their own name, country and number."""
    own = leads.with_columns(
        company=pl.when(known).then(_of(firm.customers.name, customer)).otherwise("company"),
        country=pl.when(known).then(_of(firm.customers.country, customer)).otherwise("country"),
        customer=pl.when(known).then(_of(firm.customers.number, customer)),
    )
    return own.select("fair", "met_on", "company", "country", "customer", "heat", "seller", "followed_on")


def _of(values: tuple[str, ...] | list[str], places: Whole) -> pl.Series:
    return pl.Series(values).gather(places)
