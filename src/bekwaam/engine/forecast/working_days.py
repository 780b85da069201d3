"""How much of a month's work is still to come."""

from __future__ import annotations

from collections.abc import Set
from datetime import date, timedelta
from typing import Final

from bekwaam.terms.month import Month

_WEEKEND: Final = frozenset({5, 6})


def share_left(as_of: date, holidays: Set[date], *, weekend: Set[int] = _WEEKEND) -> float:
    """The share of the working days of the month of `as_of` that are still to come, 0 to 1.

    Args:
        as_of: the first day that is not known yet, so it is itself still to come; 1.0 on the first of a month.
        holidays: days without work, weekends apart; those of one country or region, from whoever knows it.
        weekend: weekdays without work, Monday 0 to Sunday 6.

    In a month without any working day, calendar days are counted instead.

    >>> share_left(date(2026, 9, 21), frozenset())
    0.36363636363636365
    """
    first = Month.of(as_of).first
    days = [first + timedelta(days=offset) for offset in range((Month.of(as_of).plus(1).first - first).days)]
    working = [day for day in days if day.weekday() not in weekend and day not in holidays] or days
    return sum(day >= as_of for day in working) / len(working)
