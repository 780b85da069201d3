"""What is true of the firm and stands in none of its tables: who goes, when and why; seasons, events, habits.

Engines are judged by it; nothing that Bekwaam computes may ever read it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import polars as pl

from bekwaam.demo.firm.customers import RHYTHMS
from bekwaam.demo.firm.lapses import STAY
from bekwaam.demo.firm.lines import Firm
from bekwaam.demo.firm.products import GROUPS, season


@dataclass(frozen=True)
class Lapse:
    """A customer who goes: his buying falls from `starts_on`, and nothing comes from `gone_on` on."""

    customer: str
    reason: str
    starts_on: date
    gone_on: date
    last_order: date | None


@dataclass(frozen=True)
class Pause:
    """A customer who stays and orders nothing from `starts_on` until (not including) `ends_on`."""

    customer: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Event:
    """Something that happened to the whole firm; `ends_on` is the day after its last."""

    kind: str
    starts_on: date
    ends_on: date | None
    about: str


@dataclass(frozen=True)
class Habit:
    """What a seller usually gives away (percent of the list price), and on top in the last month of a quarter.

    That is to a customer of middle size: the largest get up to five points more, the smallest two and a half less.
    """

    seller: str
    discount: float
    push: float


@dataclass(frozen=True)
class Rhythm:
    """The law of a customer's gaps, and the mean gap in days when all is as usual."""

    customer: str
    law: str
    gap_days: float


@dataclass(frozen=True)
class Truth:
    """Everything that was planted. `season`: product group → what each month is good for, January first, mean 1."""

    seed: int
    first: date
    until: date
    lapses: tuple[Lapse, ...]
    pauses: tuple[Pause, ...]
    season: dict[str, tuple[float, ...]]
    events: tuple[Event, ...]
    habits: tuple[Habit, ...]
    rhythms: tuple[Rhythm, ...]

    def to_json(self) -> str:
        """As JSON, days as ISO text."""
        return json.dumps(asdict(self), default=_plain, ensure_ascii=False, indent=1)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))


def told(seed: int, firm: Firm, lines: pl.DataFrame) -> Truth:
    """The truth about a firm whose lines these are."""
    sales = lines.filter(pl.col("kind") == "sale")
    last = dict(sales.group_by("customer").agg(pl.col("date").max()).iter_rows())
    customers = firm.customers
    return Truth(
        seed=seed,
        first=firm.calendar.first,
        until=firm.calendar.until,
        lapses=_lapses(firm, last),
        pauses=_pauses(firm),
        season={group.name: tuple(season(group).round(4).tolist()) for group in GROUPS},
        events=_events(firm),
        habits=tuple(Habit(each.code, each.discount / 10, each.push / 10) for each in firm.sellers),
        rhythms=tuple(
            Rhythm(number, RHYTHMS[law], round(gap, 1))
            for number, law, gap in zip(
                customers.number, customers.rhythm.tolist(), customers.gap.tolist(), strict=True
            )
        ),
    )


def _lapses(firm: Firm, last: dict[str, date]) -> tuple[Lapse, ...]:
    lapses, day = firm.lapses, firm.calendar.day
    return tuple(
        Lapse(number, reason, day(starts), day(gone), last.get(number))
        for number, reason, starts, gone in zip(
            firm.customers.number, lapses.reason, lapses.starts.tolist(), lapses.gone.tolist(), strict=True
        )
        if reason
    )


def _pauses(firm: Firm) -> tuple[Pause, ...]:
    pauses, day = firm.lapses.pauses.tolist(), firm.calendar.day
    return tuple(
        Pause(number, day(first), day(end))
        for number, (first, end) in zip(firm.customers.number, pauses, strict=True)
        if first < STAY
    )


def _events(firm: Firm) -> tuple[Event, ...]:
    events, day = firm.events, firm.calendar.day
    found = (
        Event("strike", day(events.strike[0]), day(events.strike[1]), "all deliveries"),
        Event("price_rise", day(events.price_rise), None, f"{events.rise / 10} %, steel twice as much"),
        Event("tender_lost", day(events.tender_lost), None, ", ".join(_gone_by(firm, "tender_lost"))),
        Event("plant_closes", day(events.plant_closes), None, ", ".join(_gone_by(firm, "plant_closed"))),
        Event("seller_leaves", day(events.seller_leaves), None, events.leaver),
        Event("portfolio_moves", day(events.portfolio_moves), None, f"{events.mover} to {events.receiver}"),
        Event("downturn", day(events.downturn), None, events.downturn_segment),
    )
    return tuple(sorted(found, key=lambda event: event.starts_on))


def _gone_by(firm: Firm, reason: str) -> list[str]:
    return [number for number, why in zip(firm.customers.number, firm.lapses.reason, strict=True) if why == reason]
