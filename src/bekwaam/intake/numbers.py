"""Numbers as people and systems write them, read as exact decimals."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

import polars as pl

from bekwaam.intake.cells import (
    Cells,
    blank,
    by_distinct,
    faults_told,
    first_of,
    height,
    is_filled,
    number_text,
    text_at,
)
from bekwaam.intake.decimal_sign import Sign
from bekwaam.intake.plain_numbers import plain_numbers, without_sign
from bekwaam.intake.raw_table import RawColumn

DECIMALS: Final = 9
"""Numbers are read to nine decimals, half up; more is noise of binary floats."""

NUMBER: Final = pl.Decimal(38, DECIMALS)
QUANTITY_LIMIT: Final = Decimal(10) ** 12
MONEY_LIMIT: Final = Decimal(10) ** 13

_WIDE: Final = pl.Decimal(38, 18)
_TOO_LARGE: Final = Decimal(10) ** 28


def read_numbers(column: RawColumn, sign: Sign, *, limit: Decimal) -> Cells:
    """The column as Decimal(38, 9), with a fault for every cell that is not a number below `limit` in size.

    Understands thousands separators (point, comma, space, apostrophe), currency signs and codes, a minus before or
    behind or as parentheses, and scientific notation. Faults: number_not_read (value), number_times (value,
    product), number_is_formula (value), number_out_of_range (value, limit).

    >>> read_numbers(RawColumn("Omzet", texts=pl.Series(["€ 1.234,50-"])), "comma", limit=MONEY_LIMIT).values[0]
    Decimal('-1234.500000000')
    """
    values = _values(column, sign)
    too_large = (values.abs() >= limit).fill_null(value=False)
    faulty = ((is_filled(column) & values.is_null()) | too_large).arg_true()
    cells = zip(text_at(column, faulty), too_large.gather(faulty), strict=True)
    faults = faults_told(faulty, [_fault(cell, limit if is_large else None) for cell, is_large in cells])
    return Cells(values.set(too_large, None), faults)


def _values(column: RawColumn, sign: Sign) -> pl.Series:
    parts = [blank(NUMBER, height(column))]
    if column.numbers is not None:
        parts.append(_read_typed(column.numbers))
    if column.texts is not None:
        parts.append(by_distinct(column.texts, lambda distinct: _read_texts(distinct, sign)))
    return first_of(parts)


def _read_texts(texts: pl.Series, sign: Sign) -> pl.Series:
    plain = plain_numbers(texts)
    decimal, group = (",", r"\.") if sign == "comma" else (r"\.", ",")
    is_number = plain.str.contains(_grammar(decimal=decimal, group=group)).fill_null(value=False)
    digits = without_sign(plain).str.replace_all(rf"[{group} ']", "").str.replace(decimal, ".")
    size = _exact(digits.set(~is_number, None))
    negative = plain.str.contains(r"^[(-]|-$")
    return pl.select(pl.when(pl.lit(negative)).then(-pl.lit(size)).otherwise(pl.lit(size))).to_series()


def _grammar(*, decimal: str, group: str) -> str:
    grouped = rf"(?:\d{{1,3}}(?:[{group} ']\d{{3}})+|\d+)(?:{decimal}\d*)?"
    number = rf"(?:{grouped}|{decimal}\d+|\d+(?:{decimal}\d+)?[eE][+-]?\d{{1,3}})"
    return rf"^(?:[+-]?{number}|{number}-|\({number}\))$"


def _read_typed(numbers: pl.Series) -> pl.Series:
    if numbers.dtype.is_float():
        return by_distinct(numbers, lambda distinct: _exact(number_text(distinct)))
    if numbers.dtype.is_integer():
        return numbers.cast(NUMBER, strict=False)
    return _rounded(numbers, numbers.cast(_WIDE, strict=False))


def _exact(digits: pl.Series) -> pl.Series:
    return _rounded(digits, digits.str.to_decimal(scale=_WIDE.scale))


def _rounded(written: pl.Series, wide: pl.Series) -> pl.Series:
    """To nine decimals; what is too large to hold becomes `_TOO_LARGE`, so that it is refused for its size."""
    near = wide.round(DECIMALS, mode="half_away_from_zero").cast(NUMBER, strict=False)
    return near.set(written.is_not_null() & near.is_null(), _TOO_LARGE)


def _fault(cell: str, limit: Decimal | None) -> tuple[str, dict[str, str]]:
    times = re.fullmatch(r"(\d{1,6})\s*[x×*]\s*(\d{1,6})", cell)
    if limit is not None:
        return "number_out_of_range", {"value": cell, "limit": f"{limit:.0f}"}
    if times:
        return "number_times", {"value": cell, "product": str(int(times[1]) * int(times[2]))}
    if cell.startswith("="):
        return "number_is_formula", {"value": cell}
    return "number_not_read", {"value": cell}
