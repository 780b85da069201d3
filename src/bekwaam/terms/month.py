"""Calendar months and fiscal years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month.

    >>> Month(2025, 12).plus(1)
    Month(year=2026, month=1)
    """

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"month {self.month} is not between 1 and 12")

    @classmethod
    def of(cls, day: date) -> Month:
        """The month in which `day` lies."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month of "2025-03", as `str` writes it.

        >>> Month.parse("2025-03").plus(1)
        Month(year=2025, month=4)
        """
        year, month = text.split("-")
        return cls(int(year), int(month))

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.month, 1)

    def plus(self, months: int) -> Month:
        """The month that lies `months` later (earlier when negative)."""
        index = self.year * 12 + self.month - 1 + months
        return Month(index // 12, index % 12 + 1)

    def minus(self, other: Month) -> int:
        """How many months this one lies after `other`."""
        return (self.year - other.year) * 12 + self.month - other.month

    def until(self, end: Month) -> Iterator[Month]:
        """The months from this one up to, and without, `end`."""
        for step in range(max(end.minus(self), 0)):
            yield self.plus(step)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """Twelve months from the first of a month on; `name` is the calendar year, or both where it spans two.

    >>> FiscalYear.of(date(2026, 9, 21), first_month=1).start
    datetime.date(2026, 1, 1)
    """

    start: date
    end: date

    @classmethod
    def of(cls, day: date, *, first_month: int = 1) -> FiscalYear:
        """The fiscal year in which `day` lies; `end` is exclusive."""
        year = day.year if day.month >= first_month else day.year - 1
        begin = Month(year, first_month)
        return cls(begin.first, begin.plus(12).first)

    @property
    def name(self) -> str:
        """ "2026", or "2025/2026" for a year that does not start in January."""
        last = Month.of(self.end).plus(-1)
        return str(last.year) if last.year == self.start.year else f"{self.start.year}/{last.year}"


def year_before(day: date) -> date:
    """The same day one year earlier; 29 February becomes 28 February.

    >>> year_before(date(2012, 2, 29))
    datetime.date(2011, 2, 28)
    """
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
