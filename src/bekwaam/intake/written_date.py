"""One date as it was written: what it says with the day first, and what with the month first."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Order = Literal["dmy", "mdy"]

EXCEL_DAY_ZERO: Final = date(1899, 12, 30)
"""Day 0 of Excel's serial numbers, right for every day from 1 March 1900."""

_PAIR = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2'?(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})|(\d{4})(\d{2})(\d{2})")
_WEEKDAY = r"(?:[^\W\d]+\.?,? +)?"
_ORDINAL = "(?:e|ste|de|st|nd|rd|th)?"
_YEAR = r"[-/., ]+'?(\d{4}|\d{2})"
_DAY_NAMED = re.compile(rf"{_WEEKDAY}(\d{{1,2}}){_ORDINAL}[-/. ]+([^\W\d]+){_YEAR}")
_NAMED_DAY = re.compile(rf"{_WEEKDAY}([^\W\d]+)[-/. ]+(\d{{1,2}}){_ORDINAL}{_YEAR}")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_MONTHS: Final = (
    ("januari", "january", "januar"),
    ("februari", "february", "februar"),
    ("maart", "march", "märz", "mrt", "marz", "maerz"),
    ("april",),
    ("mei", "may", "mai"),
    ("juni", "june"),
    ("juli", "july"),
    ("augustus", "august"),
    ("september",),
    ("oktober", "october"),
    ("november",),
    ("december", "dezember"),
)


@dataclass(frozen=True)
class WrittenDate:
    """A date taken apart.

    Attributes:
        text: as written, without time of day.
        year, first, second: the numbers; `first` and `second` are day and month in either order.
        separator: between the numbers of a date that could be read both ways; "" where only one reading exists.
        year_digits: 2 or 4.
    """

    text: str
    year: int
    first: int
    second: int
    separator: str = ""
    year_digits: int = 4

    @property
    def is_open(self) -> bool:
        """Both readings exist and differ."""
        return self.read("dmy") is not None and self.read("mdy") is not None and self.read("dmy") != self.read("mdy")

    @property
    def proves(self) -> Order | None:
        """The order that this date alone proves: by a day above twelve, or by the points of dd.mm.yyyy."""
        if not self.separator:
            return None
        as_dmy, as_mdy = self.read("dmy"), self.read("mdy")
        if as_dmy is not None and (as_mdy is None or (self.separator == "." and as_dmy != as_mdy)):
            return "dmy"
        return "mdy" if as_mdy is not None and as_dmy is None else None

    def read(self, order: Order) -> date | None:
        """The day it says, or None where that day does not exist."""
        day, month = self.parts(order)
        try:
            return date(self.year, month, day)
        except ValueError:
            return None

    def parts(self, order: Order) -> tuple[int, int]:
        """Day and month."""
        if order == "dmy" or not self.separator:
            return self.first, self.second
        return self.second, self.first

    def write(self, day: date, order: Order) -> str:
        """Another day in the manner of this one: same separators, same order, same digits."""
        if not self.separator:
            return day.isoformat()
        year = f"{day.year:04d}"[-self.year_digits :]
        numbers = (day.day, day.month) if order == "dmy" else (day.month, day.day)
        return self.separator.join([*(f"{number:02d}" for number in numbers), year])


def take_date_apart(text: str, *, last_year: int) -> WrittenDate | None:
    """The parts of a date, or None where the text is no date.

    Two digits mean the latest such year that is not after `last_year`.

    >>> take_date_apart("5/12/26", last_year=2027).read("mdy")
    datetime.date(2026, 5, 12)
    """
    text = text.rstrip(".")
    if found := _PAIR.fullmatch(text):
        year = _year(found[4], last_year)
        return WrittenDate(text, year, int(found[1]), int(found[3]), found[2], len(found[4]))
    if found := _YEAR_FIRST.fullmatch(text):
        year_text, month, day = (found[1], found[3], found[4]) if found[1] else (found[5], found[6], found[7])
        return WrittenDate(text, int(year_text), int(day), int(month))
    if found := _SERIAL.fullmatch(text):
        serial = EXCEL_DAY_ZERO + timedelta(days=int(found[1]))
        return WrittenDate(text, serial.year, serial.day, serial.month)
    return _with_month_name(text, last_year)


def last_of_month(year: int, month: int) -> date | None:
    """The last day of a month, or None where the month does not exist."""
    if not (1 <= month <= 12 and 1 <= year <= 9998):
        return None
    return date(year, month, calendar.monthrange(year, month)[1])


def _with_month_name(text: str, last_year: int) -> WrittenDate | None:
    for pattern, day_at, month_at in ((_DAY_NAMED, 1, 2), (_NAMED_DAY, 2, 1)):
        found = pattern.fullmatch(text)
        month = _month(found[month_at]) if found else None
        if found and month:
            return WrittenDate(text, _year(found[3], last_year), int(found[day_at]), month)
    return None


def _month(word: str) -> int | None:
    word = word.casefold()
    if len(word) < 3:
        return None
    for number, names in enumerate(_MONTHS, start=1):
        if any(name.startswith(word) for name in names) or (word == "sept" and number == 9):
            return number
    return None


def _year(digits: str, last_year: int) -> int:
    if len(digits) == 4:
        return int(digits)
    this_century = last_year // 100 * 100 + int(digits)
    return this_century if this_century <= last_year else this_century - 100
