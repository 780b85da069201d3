"""CSV and TSV files: every cell as text, with the number of the line it stands on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

import polars as pl

from bekwaam.intake.csv_dialect import SAMPLE_LINES, Dialect, dialect_of
from bekwaam.intake.csv_records import MARK, Records, Separator, lines_of, records_of, written
from bekwaam.intake.csv_text import Encoding, encoding_of, texts_of
from bekwaam.intake.limits import Limits
from bekwaam.intake.raw_table import BrokenRow, LeftOut, RawColumn, RawTable
from bekwaam.intake.source import Source
from bekwaam.terms.errors import Refused

_HOPELESS = 1_000
"""So many rows that are too long, more than there are good ones: it is the headings that are wrong."""


def read_csv(source: Source) -> RawTable:
    """The table of a text file.

    Cells written as Excel protects leading zeros, `="00123"`, are read as `00123`.

    Raises:
        Refused: `file_empty`, `file_header_only`, `file_without_headings`, `csv_open_quote`, `file_nul_bytes`,
            `file_damaged_text`, `file_line_too_long`, `row_too_long_everywhere`, `too_many_cells`.
    """
    encoding = encoding_of(source)
    texts = texts_of(source, encoding)
    first = next(texts, "")
    dialect = dialect_of(lines_of(first)[:SAMPLE_LINES])
    if dialect is None:
        raise Refused("file_without_headings" if first.strip() else "file_empty", file=source.name)
    if dialect.unread:
        raise Refused("csv_open_quote", file=source.name, row=dialect.unread)
    table = _Growing(source.name, dialect, source.limits)
    for records in records_of(chain([first], texts), Separator(dialect.separator, dialect.width)):
        table.add(_below_headings(records, dialect))
    return table.finished(_details(encoding, dialect))


def _below_headings(records: Records, dialect: Dialect) -> Records:
    start = bisect_right(records.numbers, dialect.row)
    broken = [row for row in records.broken if row.row > dialect.row]
    return Records(records.numbers[start:], records.cells[start:], broken)


def _details(encoding: Encoding, dialect: Dialect) -> dict[str, str]:
    details = {
        "encoding": encoding.name,
        "separator": {"\t": "tab"}.get(dialect.separator, dialect.separator),
        "header_row": str(dialect.row),
    }
    if encoding.mixed_rows:
        details |= {"mixed_rows": str(encoding.mixed_rows), "mixed_first_row": str(encoding.mixed_first_row)}
    return details


@dataclass(slots=True)
class _Growing:
    """A table that grows piece by piece."""

    name: str
    dialect: Dialect
    limits: Limits
    frames: list[pl.DataFrame] = field(default_factory=list)
    broken: list[BrokenRow] = field(default_factory=list)
    height: int = 0

    def add(self, records: Records) -> None:
        """Take in records; blank ones are passed over, those with too many cells are kept apart as broken."""
        numbers, cells = _without_long(records, self.dialect)
        self.broken.extend(sorted(records.broken, key=lambda row: row.row))
        frame = _frame(numbers, cells, self.dialect.width)
        self.height += frame.height
        self.frames.append(frame)
        self._refuse_hopeless()

    def _refuse_hopeless(self, enough: int = _HOPELESS) -> None:
        width = self.dialect.width
        if self.height * width > self.limits.table_cells:
            limit = self.limits.table_cells
            raise Refused("too_many_cells", file=self.name, rows=self.height, columns=width, limit=limit)
        too_long = [row.row for row in self.broken if row.code == "row_too_long"]
        if len(too_long) >= enough and len(too_long) > self.height:
            raise Refused("row_too_long_everywhere", file=self.name, row=too_long[0])

    def finished(self, details: dict[str, str]) -> RawTable:
        """The whole table."""
        self._refuse_hopeless(enough=1)
        if not self.height and self.broken:
            raise Refused("csv_open_quote", file=self.name, row=self.broken[0].row)
        if not self.height:
            raise Refused("file_header_only", file=self.name)
        frame = pl.concat(self.frames, rechunk=True)
        self.frames.clear()
        first = self.dialect.first_row
        return RawTable(
            file=self.name,
            format="csv",
            columns=tuple(_columns(frame, self.dialect)),
            rows=frame["row"],
            details=details,
            left_out=tuple(LeftOut(row, "title", text) for row, text in self.dialect.titles if row >= first),
            broken=tuple(self.broken),
        )


def _columns(frame: pl.DataFrame, dialect: Dialect) -> Iterator[RawColumn]:
    unnamed = [""] * (dialect.width - len(dialect.headings))
    for place, heading in enumerate([*dialect.headings, *unnamed], start=1):
        yield RawColumn(heading, texts=frame.to_series(place))


def _without_long(records: Records, dialect: Dialect) -> tuple[pl.Series, pl.Series]:
    """Line numbers and cells of the records that fit; what goes on behind the last column goes to `broken`."""
    numbers = pl.Series("row", records.numbers, dtype=pl.UInt32)
    cells = pl.Series("cells", records.cells, dtype=pl.String)
    over = cells.str.count_matches(MARK, literal=True) >= dialect.width
    places = over.arg_true().to_list()
    if not places:
        return numbers, cells
    fitted = [_fitted(records.cells[place], dialect.width) for place in places]
    for place, fits in zip(places, fitted, strict=True):
        if fits is None:
            text = written(records.cells[place].rstrip("\r\n").split(MARK), dialect.separator)
            records.broken.append(BrokenRow(records.numbers[place], "row_too_long", text))
    cells = cells.scatter(places, fitted)
    return numbers.filter(cells.is_not_null()), cells.drop_nulls()


def _fitted(joined: str, width: int) -> str | None:
    cells = joined.split(MARK)
    return None if any(cell.strip() for cell in cells[width:]) else MARK.join(cells[:width])


def _frame(numbers: pl.Series, cells: pl.Series, width: int) -> pl.DataFrame:
    """The columns of records, stripped, blank cells null, blank rows away; "row" comes first."""
    frame = cells.str.split_exact(MARK, width - 1).struct.unnest()
    texts = pl.all().str.strip_chars()
    if cells.str.contains('="', literal=True).any():
        texts = texts.str.replace(r'^="(.*)"$', "${1}").str.strip_chars()
    frame = frame.select(texts)
    frame = frame.select(pl.when(pl.all() != "").then(pl.all()))
    filled = frame.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    return frame.insert_column(0, numbers.alias("row")).filter(filled)
