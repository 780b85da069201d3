"""A column of dates. Whether the day or the month comes first is decided over the whole column, never by one cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import polars as pl

from bekwaam.intake.cells import (
    Cells,
    blank,
    by_distinct,
    faults_told,
    faults_with_value,
    first_of,
    height,
    is_filled,
    stripped,
    text_at,
)
from bekwaam.intake.judgement import Ask, Choice, CompanyTerms
from bekwaam.intake.raw_table import RawColumn
from bekwaam.intake.written_date import EXCEL_DAY_ZERO, Order, WrittenDate, last_of_month, take_date_apart

_TIME = (
    r"(?i)(?:T|\s+)\d{1,2}(?:[:.]\d{2}){1,2}(?:[.,]\d+)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|[+-]\d{2}:?\d{2}|UTC|GMT|CES?T)?$"
    r"|\s+(?:uur|h)$"
)
_NOTHING = r"^[0\s./-]+$"
_SERIAL_LIMIT: Final = 100_000
_FIRST_WRITTEN_OUT: Final = 10_000_101
_SLIPS: Final = 0.05
"""Up to this share of contrary proofs are slips of single rows, which are refused; more leave the column in doubt."""

_ENOUGH_TEXTS: Final = 3
_ENOUGH_DAYS: Final = 6


@dataclass(frozen=True)
class DaysRead:
    """A column of dates that was read; with an `ask`, the order of day and month is a guess until it is answered."""

    cells: Cells
    ask: Ask | None = None


def read_days(column: RawColumn, field: str, given: str | None, terms: CompanyTerms) -> DaysRead:
    """The column as days.

    Reads dd-mm-yyyy with any separator, m/d/yyyy, yyyy-mm-dd, yyyymmdd, month names in Dutch, English and German,
    two-digit years, Excel's serial numbers, and times behind the date (which are dropped). Day or month first: what
    the dates with a day above twelve prove, else what a person said before (`given`), else it is asked. Where some
    prove one order and some the other, it is asked as well, unless the contrary ones are rare slips.

    A spreadsheet that opens d-m-y dates as m/d/y turns those up to the twelfth into real dates with day and month
    exchanged, and leaves the others as texts. Where a column looks like that it is asked, and `given` "swapped"
    exchanges them back ("kept" leaves them).

    Faults: date_not_read (value), date_not_in_month (value, days, earlier, later), date_other_order (value, mended),
    date_implausible (value, first, last).

    >>> column = RawColumn("Datum", texts=pl.Series(["1/2/2026", "1/13/2026"]))
    >>> read_days(column, "order_date", None, terms).cells.values
    [2026-01-02, 2026-01-13]
    """
    texts = _Texts.of(column, terms.last_day.year)
    order, ask = texts.order(column.heading, field, given)
    typed = _typed_days(column)
    if given == "swapped":
        typed = _exchanged(typed)
    elif given != "kept" and ask is None and texts.prove_only("dmy") and _look_swapped(typed):
        ask = _swapped_ask(column.heading, field, typed)
    days = first_of([typed, texts.days(order)])
    outside = ((days < terms.first_day) | (days > terms.last_day)).fill_null(value=False)
    unread = days.is_null() & is_filled(column) & ~texts.is_nothing()
    bounds = {"first": terms.first_day.isoformat(), "last": terms.last_day.isoformat()}
    faults = [_unread(unread, column, texts, order), faults_with_value(outside, "date_implausible", column, bounds)]
    return DaysRead(Cells(days.set(outside, None), pl.concat(faults).sort("index")), ask)


@dataclass(frozen=True)
class _Texts:
    """The dates of a column that are texts: each row's text without time, and each distinct text taken apart."""

    bare: pl.Series
    taken: Mapping[str, WrittenDate | None]
    rows: Mapping[str, int]

    @classmethod
    def of(cls, column: RawColumn, last_year: int) -> _Texts:
        texts = blank(pl.String(), height(column)) if column.texts is None else column.texts
        bare = by_distinct(texts, lambda texts: stripped(texts).str.replace(_TIME, "").str.strip_chars(" ,"))
        counted = bare.alias("text").drop_nulls().value_counts(name="rows").sort("text")
        rows = dict(zip(counted["text"], counted["rows"], strict=True))
        return cls(bare, {text: take_date_apart(text, last_year=last_year) for text in rows}, rows)

    def order(self, heading: str, field: str, given: str | None) -> tuple[Order, Ask | None]:
        """The order that the column proves, else the one given before, else day first and a question."""
        proof = {"dmy": 0, "mdy": 0}
        is_open: list[WrittenDate] = []
        for text, written in self.taken.items():
            if written is not None and written.proves:
                proof[written.proves] += self.rows[text]
            elif written is not None and written.is_open:
                is_open.append(written)
        fewer, more = sorted(proof.values())
        if more and not (is_open and fewer > more * _SLIPS):
            return ("dmy" if proof["dmy"] == more else "mdy"), None
        if given in {"dmy", "mdy"}:
            return ("mdy" if given == "mdy" else "dmy"), None
        return "dmy", _order_ask(heading, field, is_open[0]) if is_open else None

    def prove_only(self, order: Order) -> bool:
        """Whether enough of the texts prove this order and none of them leaves it open or proves another."""
        proving = [written for written in self.taken.values() if written is not None]
        return len(proving) >= _ENOUGH_TEXTS and all(written.proves == order for written in proving)

    def days(self, order: Order) -> pl.Series:
        """Each row's day; null where there is none."""
        known = {text: written.read(order) for text, written in self.taken.items() if written is not None}
        lookup = pl.DataFrame({"text": list(known), "day": list(known.values())}, {"text": pl.String, "day": pl.Date})
        return self.bare.to_frame("text").join(lookup, on="text", how="left", maintain_order="left")["day"]

    def is_nothing(self) -> pl.Series:
        """Where a system wrote zeros for "no date"."""
        return self.bare.str.contains(_NOTHING).fill_null(value=False)


def _order_ask(heading: str, field: str, written: WrittenDate) -> Ask:
    as_dmy, as_mdy = str(written.read("dmy")), str(written.read("mdy"))
    values = {"field": field, "heading": heading, "example": written.text, "as_dmy": as_dmy, "as_mdy": as_mdy}
    return Ask("date_order", values, (Choice("dmy", as_dmy), Choice("mdy", as_mdy)))


def _look_swapped(typed: pl.Series) -> bool:
    """No real date after the twelfth, among enough different ones: by chance that is rarer than one in two hundred."""
    days = typed.drop_nulls().unique()
    return len(days) >= _ENOUGH_DAYS and bool((days.dt.day() <= 12).all())


def _exchanged(typed: pl.Series) -> pl.Series:
    """Day and month exchanged; a day after the twelfth stays as it is."""
    day = pl.col("day")
    back = pl.date(day.dt.year(), day.dt.day().clip(1, 12), day.dt.month())
    return typed.to_frame("day").select(day=pl.when(day.dt.day() <= 12).then(back).otherwise(day))["day"]


def _swapped_ask(heading: str, field: str, typed: pl.Series) -> Ask:
    example = typed.filter(typed.dt.day() != typed.dt.month()).drop_nulls().head(1)
    kept, swapped = str(example.item()), str(_exchanged(example).item())
    values = {"field": field, "heading": heading, "as_kept": kept, "as_swapped": swapped}
    return Ask("date_swapped", values, (Choice("swapped", swapped), Choice("kept", kept)))


def _typed_days(column: RawColumn) -> pl.Series:
    parts = [blank(pl.Date(), height(column))]
    if column.days is not None:
        parts.append(column.days.cast(pl.Date))
    if column.numbers is not None:
        parts.append(_from_numbers(column.numbers))
    return first_of(parts)


def _from_numbers(numbers: pl.Series) -> pl.Series:
    """Excel's serial numbers below 100,000, else yyyymmdd."""
    number = pl.col("number").cast(pl.Float64).floor()
    is_serial = number.is_between(0, _SERIAL_LIMIT, closed="left")
    serial = pl.lit(EXCEL_DAY_ZERO) + pl.duration(days=pl.when(is_serial).then(number).cast(pl.Int64, strict=False))
    is_written_out = number.is_between(_FIRST_WRITTEN_OUT, 99_991_231)
    digits = pl.when(is_written_out).then(number).cast(pl.Int64, strict=False).cast(pl.String)
    day = pl.coalesce(serial.cast(pl.Date), digits.str.to_date("%Y%m%d", strict=False))
    return numbers.to_frame("number").select(day=day)["day"]


def _unread(mask: pl.Series, column: RawColumn, texts: _Texts, order: Order) -> pl.DataFrame:
    index = mask.arg_true()
    cells = zip(text_at(column, index), texts.bare.gather(index), strict=True)
    return faults_told(index, [_fault(cell, texts.taken.get(text or ""), order) for cell, text in cells])


def _fault(cell: str, written: WrittenDate | None, order: Order) -> tuple[str, dict[str, str | int]]:
    if written is None:
        return "date_not_read", {"value": cell}
    other: Order = "mdy" if order == "dmy" else "dmy"
    meant = written.read(other)
    if meant is not None:
        return "date_other_order", {"value": cell, "mended": written.write(meant, order)}
    day, month = written.parts(order)
    last = last_of_month(written.year, month)
    if last is None or not last.day < day <= 31:
        return "date_not_read", {"value": cell}
    earlier, later = written.write(last, order), written.write(last + timedelta(days=1), order)
    return "date_not_in_month", {"value": cell, "days": last.day, "earlier": earlier, "later": later}
