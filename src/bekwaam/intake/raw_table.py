"""A table as it stands in a file, before anybody says what its columns mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

Change = Callable[[pl.Series], pl.Series]


@dataclass(frozen=True, slots=True, eq=False)
class RawColumn:
    """One column: up to three aligned series, one per kind of cell.

    A cell is filled in at most one of them; a cell that is null in all of them is empty.

    Attributes:
        heading: as written, without outer white space; "" where it is empty; headings may repeat.
        texts: String, as written, without outer white space; what is blank is null. CSV has everything here.
        numbers: Float64, Int64 or Decimal: real numeric cells (XLSX, Parquet).
        days: Date, or Datetime without a zone where the file has a time of day: real date cells.
    """

    heading: str
    texts: pl.Series | None = None
    numbers: pl.Series | None = None
    days: pl.Series | None = None

    @property
    def series(self) -> tuple[pl.Series, ...]:
        """Those of texts, numbers and days that there are."""
        return tuple(series for series in (self.texts, self.numbers, self.days) if series is not None)

    @property
    def is_empty(self) -> bool:
        """Whether no cell is filled."""
        return all(series.null_count() == len(series) for series in self.series)

    def changed(self, change: Change) -> RawColumn:
        """The column with `change` applied to each of its series."""
        texts, numbers, days = (
            None if series is None else change(series) for series in (self.texts, self.numbers, self.days)
        )
        return RawColumn(self.heading, texts=texts, numbers=numbers, days=days)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is no data.

    Attributes:
        row: its number in the file.
        kind: "totals", "title" (a line above the headings or below the totals, or a ruler) or "repeated_heading".
        text: what stands in it.
    """

    row: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that could not be laid into the columns.

    Attributes:
        row: its number in the file.
        code: "row_too_long", "row_quotes" or "row_cell_too_long", of `terms.codes`.
        text: the row as written.
    """

    row: int
    code: str
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class RawTable:
    """The table of a file.

    Attributes:
        file: the name to show.
        format: "csv", "xlsx" or "parquet".
        columns: in the order of the file; a column without heading and without content is left out.
        rows: UInt32, the number of each row as a person sees it in a spreadsheet or editor, from 1: in a text file
            the line where the record starts, in a Parquet file 1..n.
        details: what the reader found out, by format:
            CSV: encoding, separator, header_row; mixed_rows and mixed_first_row where two encodings are mixed.
            XLSX: sheet, header_row, unpacked_mb; other_sheets where others hold tables too, alike_sheets (JSON) where
            several have the same headings, row_offsets where these were read together.
            Parquet: columns_left_out where some are nested or binary.
        left_out: rows that were recognised as no data, in the order of the file.
        broken: rows that could not be laid into the columns, in the order of the file.
    """

    file: str
    format: str
    columns: tuple[RawColumn, ...]
    rows: pl.Series
    details: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    broken: tuple[BrokenRow, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, heading: str) -> RawColumn:
        """The first column with this heading.

        Raises:
            KeyError: there is none.
        """
        for column in self.columns:
            if column.heading == heading:
                return column
        raise KeyError(heading)

    def without(self, places: Mapping[int, LeftOut]) -> RawTable:
        """The table without the rows at these positions (from 0); they are told in `left_out`."""
        if not places:
            return self
        keep = pl.repeat(True, len(self), eager=True).scatter(sorted(places), False)
        told = sorted((*self.left_out, *places.values()), key=lambda left: left.row)
        columns = tuple(column.changed(lambda series: series.filter(keep)) for column in self.columns)
        return replace(self, columns=columns, rows=self.rows.filter(keep), left_out=tuple(told))

    def without_blank_columns(self) -> RawTable:
        """The table without columns that have neither heading nor content."""
        return replace(self, columns=tuple(column for column in self.columns if column.heading or not column.is_empty))

    def text_at(self, place: int) -> str:
        """What stands in the row at a position (from 0), as text, at most 200 characters."""
        filled = (cell_text(column, place) for column in self.columns)
        return " ".join(text for text in filled if text)[:200]


def cell_text(column: RawColumn, place: int) -> str:
    """One cell as text, as written or as a spreadsheet would show it; "" where it is empty."""
    cell = next((cell for series in column.series if (cell := series[place]) is not None), "")
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
