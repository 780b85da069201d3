"""The firm's days: from the first of the month three years back, past the last known day, to what is still on order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

import holidays
import numpy as np

from bekwaam.demo.firm.chance import Days, Flags, Numbers
from bekwaam.terms.month import Month

MONTHS: Final = 36
DAYS_ON_ORDER: Final = 60
SUMMER_WEEKS: Final = (30, 31, 32)
SUMMER: Final = 0.35
"""How much of a usual day is left while the building trade and most plants have their weeks off."""
YEAR_TURN: Final = 0.2


def last_working_day_before(day: date) -> date:
    """The last day before `day` on which the firm worked."""
    found = day - timedelta(days=1)
    while found.weekday() > 4 or found in holidays.country_holidays("NL", years=found.year):
        found -= timedelta(days=1)
    return found


@dataclass(frozen=True)
class Calendar:
    """The days of the firm, counted from 0; `until` is the last day that is known."""

    first: date
    until: date

    @classmethod
    def to(cls, until: date) -> Calendar:
        """Thirty-six whole months before the month of `until`, and that month so far."""
        return cls(Month.of(until).plus(-MONTHS).first, until)

    def number(self, day: date) -> int:
        """The place of a day."""
        return (day - self.first).days

    def day(self, number: int) -> date:
        """The day at a place."""
        return self.first + timedelta(days=int(number))

    @property
    def known(self) -> int:
        """The place of the last day that is known."""
        return self.number(self.until)

    @cached_property
    def days(self) -> list[date]:
        """Every day, those ahead included."""
        return [self.day(number) for number in range(self.known + DAYS_ON_ORDER + 1)]

    @cached_property
    def dates(self) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
        """Every day as numpy writes it."""
        return np.array(self.days, dtype="datetime64[D]")

    @cached_property
    def month(self) -> Days:
        """The month of each day, 0 to 11."""
        return np.array([day.month - 1 for day in self.days])

    @cached_property
    def works(self) -> Flags:
        """Whether the firm delivers on this day."""
        free = holidays.country_holidays("NL", years=range(self.first.year, self.until.year + 2))
        return np.array([day.weekday() < 5 and day not in free for day in self.days])

    @cached_property
    def pace(self) -> Numbers:
        """What a day is good for beside a usual one; 1 a calendar day on average over the whole of it."""
        usual = np.array([_usual(day) for day in self.days]) * self.works
        return np.asarray(usual / usual.mean())

    def working_day(self, numbers: Days, shift: Days | int = 0) -> Days:
        """The working day that lies `shift` working days from each day; a free day counts as the next working one."""
        working = np.flatnonzero(self.works)
        place = np.searchsorted(working, numbers) + shift
        return working[np.clip(place, 0, len(working) - 1)]


def _usual(day: date) -> float:
    if (day.month, day.day) >= (12, 23) or (day.month, day.day) <= (1, 3):
        return YEAR_TURN
    return SUMMER if day.isocalendar().week in SUMMER_WEEKS else 1.0
