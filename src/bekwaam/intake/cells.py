"""Cells of a raw column: as written, as text, and what came of reading them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from bekwaam.intake.raw_table import RawColumn

FAULT_SCHEMA: Final = {"index": pl.UInt32(), "code": pl.String(), "values": pl.String()}
"""Faulty cells of one column: position in the table from 0, code, and the code's values as a JSON object."""

LARGEST_WHOLE: Final = 1e15
"""Floats below this are exact to the unit, so a number without a fraction is written without one."""

_CONTROL = r"[\x00-\x1f\x7f\u200b\ufeff]"
_EDGES = " \t\r\n\u00a0\u2007\u202f\u2009"


@dataclass(frozen=True)
class Cells:
    """A column that was read: one value per row of the table, null where blank or faulty, and its faults."""

    values: pl.Series
    faults: pl.DataFrame

    @classmethod
    def sound(cls, values: pl.Series) -> Cells:
        """A column without faults."""
        return cls(values, no_faults())


def no_faults() -> pl.DataFrame:
    """An empty frame of faults."""
    return pl.DataFrame(schema=FAULT_SCHEMA)


def faults_at(mask: pl.Series, code: str, values: Mapping[str, Any] | None = None) -> pl.DataFrame:
    """One fault of the same code and values for every row where `mask` is true."""
    told = json.dumps(dict(values or {}), ensure_ascii=False)
    index = mask.fill_null(value=False).arg_true().cast(pl.UInt32)
    return pl.DataFrame({"index": index}).with_columns(code=pl.lit(code), values=pl.lit(told))


def faults_with_value(
    mask: pl.Series, code: str, column: RawColumn, values: Mapping[str, Any] | None = None
) -> pl.DataFrame:
    """Like `faults_at`, with what stands in the cell under "value"."""
    index = mask.fill_null(value=False).arg_true()
    return faults_told(index, [(code, {"value": cell, **(values or {})}) for cell in text_at(column, index)])


def faults_told(index: pl.Series, told: Sequence[tuple[str, Mapping[str, Any]]]) -> pl.DataFrame:
    """A fault for each position of `index`, with its own code and values."""
    values = [json.dumps(dict(values), ensure_ascii=False) for _, values in told]
    columns = {"index": index.cast(pl.UInt32), "code": [code for code, _ in told], "values": values}
    return pl.DataFrame(columns, schema=FAULT_SCHEMA)


def height(column: RawColumn) -> int:
    """How many rows the column has."""
    return len(column.series[0]) if column.series else 0


def by_distinct(series: pl.Series, change: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """The series with `change` applied to each distinct value once: order files repeat themselves."""
    distinct = series.unique()
    if len(distinct) * 2 > len(series):
        return change(series)
    lookup = pl.DataFrame({"from": distinct, "to": change(distinct)})
    return series.to_frame("from").join(lookup, on="from", how="left", nulls_equal=True, maintain_order="left")["to"]


def text_of(column: RawColumn) -> pl.Series:
    """The cells as text, stripped, blank as null; whole numbers without a fraction: 17850.0 → "17850".

    The apostrophe that keeps a spreadsheet from taking a cell for a formula is no part of the text.
    """
    parts = [blank(pl.String(), height(column))]
    if column.texts is not None:
        parts.append(by_distinct(column.texts, stripped))
    if column.numbers is not None:
        parts.append(number_text(column.numbers))
    if column.days is not None:
        parts.append(column.days.cast(pl.Date).cast(pl.String))
    return first_of(parts)


def blank(dtype: pl.DataType, rows: int) -> pl.Series:
    """A column in which nothing stands."""
    return pl.Series("blank", [None], dtype=dtype).new_from_index(0, rows)


def first_of(parts: Sequence[pl.Series]) -> pl.Series:
    """Row by row, the first value that is there."""
    side_by_side = pl.DataFrame([part.alias(str(place)) for place, part in enumerate(parts)])
    return side_by_side.select(pl.coalesce("*")).to_series()


def text_at(column: RawColumn, index: pl.Series) -> pl.Series:
    """`text_of` for some rows only."""
    return text_of(column.changed(lambda series: series.gather(index)))


def exact_repeats(columns: Iterable[RawColumn], mask: pl.Series) -> int:
    """How many of the rows where `mask` is true repeat an earlier one to the letter in all these columns."""
    parts = [series for column in columns for series in column.series]
    if not parts:
        return 0
    rows = pl.DataFrame([part.alias(str(place)) for place, part in enumerate(parts)]).filter(mask)
    return rows.height - rows.n_unique() if rows.height else 0


def is_filled(column: RawColumn) -> pl.Series:
    """Whether something stands in the cell."""
    filled = blank(pl.Boolean(), height(column)).fill_null(value=False)
    for series in (column.numbers, column.days):
        filled = filled if series is None else filled | series.is_not_null()
    if column.texts is not None:
        filled = filled | by_distinct(column.texts, stripped).is_not_null()
    return filled


def stripped(texts: pl.Series) -> pl.Series:
    """The texts without control characters and white space around them; blank as null."""
    bare = texts.str.replace_all(_CONTROL, " ").str.strip_chars(_EDGES).str.replace(r"^'([=+\-@])", "$1")
    return bare.set(bare == "", None)


def number_text(numbers: pl.Series) -> pl.Series:
    """Numbers as text: shortest form that reads back the same, without a fraction where there is none."""
    if not numbers.dtype.is_float():
        return numbers.cast(pl.String).str.replace(r"\.0+$", "")
    whole = numbers.is_finite() & (numbers.abs() < LARGEST_WHOLE) & (numbers == numbers.floor())
    return pl.select(
        pl.when(pl.lit(whole))
        .then(pl.lit(numbers).cast(pl.Int64, strict=False).cast(pl.String))
        .otherwise(pl.lit(numbers).cast(pl.String))
    ).to_series()
