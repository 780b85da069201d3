"""The filtered set as a sheet: exactly its rows and its visible columns, figures as figures, and nothing to run.

Rows are read and written in small parts, so that 100,000 of them take no more memory than a hundred.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import IO, Any, Final

from django.db.models import F

from bekwaam.frame.languages import language
from bekwaam.frame.lists.columns import CHOICE, DATE, FIGURES, YES_NO, Column
from bekwaam.frame.lists.rows import in_order, values_of
from bekwaam.frame.lists.state import ListState
from bekwaam.frame.lists.words import value_words

BYTE_ORDER_MARK: Final = "\ufeff"
PART: Final = 2_000
RISKY: Final = re.compile(r"""["'\s]*[=+\-@\t\r]""")
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
XLSX_ROWS: Final = 1_048_575
FORMATS: Final = {"money": "#,##0.00", "share": "0%", "number": "0", "date": "dd-mm-yyyy"}
WIDTHS: Final = {"text": 32, "choice": 20, "money": 16}

Cell = str | int | float | Decimal | date | None


@dataclass(frozen=True)
class Export:
    """What goes out: a state of a list, of a few rows only where they were chosen, and what is told about it."""

    state: ListState
    title: str
    facts: Sequence[tuple[str, str]]
    only: tuple[str, ...] = ()

    @property
    def columns(self) -> list[Column]:
        """The columns of the sheet."""
        return [column for column in self.state.shown_columns if column.is_exported]

    def headings(self) -> list[str]:
        """The key of the row, then a heading per column."""
        heads = [f"{column.title} ({column.remark})" if column.remark else str(column.title) for column in self.columns]
        return [str(self.state.definition.key_title), *heads] if self.has_key else heads

    @property
    def has_key(self) -> bool:
        """Whether the key of the row stands before its columns."""
        return bool(self.state.definition.key_title)

    def lines(self) -> Iterator[list[Cell]]:
        """The rows, a part at a time."""
        definition = self.state.definition
        rows = in_order(self.state)
        if self.only:
            rows = rows.filter(**{f"{definition.key}__in": self.only})
        names = list(values_of(self.columns))
        wanted = {"v": F(definition.key), **values_of(self.columns)}
        for row in rows.values(**wanted).iterator(chunk_size=PART):
            cells = [_exported(row[name], column) for name, column in zip(names, self.columns, strict=True)]
            yield [str(row["v"]), *cells] if self.has_key else cells


def _exported(value: Any, column: Column) -> Cell:
    if value is None or value == "":
        return None
    if column.kind in FIGURES or column.kind == DATE:
        return value  # type: ignore[no-any-return]
    return value_words(value, column, "") if column.kind in (CHOICE, YES_NO) else str(value)


def csv_lines(export: Export) -> Iterator[str]:
    """The sheet as CSV: UTF-8 with a byte order mark; in Dutch with semicolons and decimal commas."""
    spoken = language()
    writer = csv.writer(_Echo(), delimiter=";" if spoken.decimal_sign == "," else ",", lineterminator="\r\n")
    yield BYTE_ORDER_MARK
    yield writer.writerow([safe_text(heading) for heading in export.headings()])
    part: list[str] = []
    for line in export.lines():
        part.append(writer.writerow([_csv_cell(cell, spoken.decimal_sign) for cell in line]))
        if len(part) == PART:
            yield "".join(part)
            part = []
    yield "".join(part)
    told = " · ".join(f"{title}: {fact}" for title, fact in export.facts)
    yield writer.writerow([]) + writer.writerow([safe_text(f"# {told}")])


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _csv_cell(cell: Cell, decimal_sign: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe_text(cell)
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}".replace(".", decimal_sign)
    return str(cell).replace(".", decimal_sign)


def safe_text(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet could take it for a formula.

    Quotes and blanks before the sign help nobody: a program that strips them would find it. `intake` takes the
    apostrophe away again when the file is read.

    >>> safe_text("=1+1"), safe_text('"=1+1'), safe_text("A-1")
    ("'=1+1", '\\'"=1+1', 'A-1')
    """
    clean = CONTROL.sub("", text)
    return f"'{clean}" if RISKY.match(clean) else clean


def write_workbook(file: IO[bytes], export: Export) -> None:
    """The sheet as an Excel workbook, row by row through the disk; a second sheet says what it is."""
    import xlsxwriter  # type: ignore[import-untyped]  # a page that exports nothing does not pay for it

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as book:
        _write_rows(book, export)
        _write_facts(book, export)


def _write_rows(book: Any, export: Export) -> None:
    sheet = book.add_worksheet(export.title[:31])
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "bottom"})
    kinds = {kind: book.add_format({"num_format": shape}) for kind, shape in FORMATS.items()}
    headings = export.headings()
    extra = [None] * (len(headings) - len(export.columns))
    formats = [*extra, *(kinds.get(column.kind) for column in export.columns)]
    for place, column in enumerate(export.columns, start=len(extra)):
        sheet.set_column(place, place, WIDTHS.get(column.kind, 14))
    sheet.freeze_panes(1, 1 + len(extra))
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, CONTROL.sub("", heading), bold)
    for number, line in enumerate(_up_to(export.lines(), XLSX_ROWS), start=1):
        for place, cell in enumerate(line):
            _write_cell(sheet, (number, place), cell, formats[place])


def _up_to(lines: Iterable[list[Cell]], most: int) -> Iterator[list[Cell]]:
    for number, line in enumerate(lines):
        if number >= most:
            return
        yield line


def _write_cell(sheet: Any, where: tuple[int, int], cell: Cell, shape: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(*where, CONTROL.sub("", cell))
    elif isinstance(cell, date):
        sheet.write_datetime(*where, cell, shape)
    else:
        sheet.write_number(*where, float(cell), shape)


def _write_facts(book: Any, export: Export) -> None:
    sheet = book.add_worksheet("Info")
    bold = book.add_format({"bold": True})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 80)
    for number, (title, told) in enumerate(export.facts):
        sheet.write_string(number, 0, title, bold)
        sheet.write_string(number, 1, CONTROL.sub("", told))
