"""The rows that were refused, in a file that can be mended and offered again."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import polars as pl
import xlsxwriter  # type: ignore[import-untyped]

from bekwaam.intake.headings import OWN_PREFIX, is_own
from bekwaam.intake.judgement import Judged
from bekwaam.intake.raw_table import RawColumn, RawTable

Words = Callable[[str, Mapping[str, Any]], str]
"""Puts a refusal into words: from its code and values to what happened and what to do."""

XLSX_ROWS: Final = 1_048_576
"""What a sheet can hold, headings included."""

_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
_EXACT_FLOAT: Final = 2**53
_EXCEL_FIRST_DAY: Final = date(1900, 3, 1).isoformat()

Cell = str | int | float | Decimal | date | None


def write_refused(path: Path, table: RawTable, judged: Judged, words: Words | None = None) -> Path:
    """Write the refused rows as they stood, with two columns behind them: their row number and what is the matter.

    The suffix decides the format: `.xlsx`, or `.csv` (UTF-8, semicolons). More rows than a sheet holds become a
    `.csv` beside it. Numbers and dates stay numbers and dates; texts never become formulas: a sheet gets them as
    strings, in a CSV an apostrophe stands before what a spreadsheet would take for a formula. The columns added here
    are passed over when the file is read again. Without `words` the codes stand in the last column.

    Returns:
        The path that was written.
    """
    reasons = _reasons(judged.refusals, words or _code_and_values)
    columns = [column for column in judged.refused_rows.columns if not is_own(column.heading)]
    headings = [column.heading for column in columns]
    rows = judged.refused_rows.rows.to_list()
    lines = _lines(columns, rows, table, reasons)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() == ".xlsx" and len(rows) + len(table.broken) < XLSX_ROWS:
        _write_sheet(path, [*headings, *_OWN_HEADINGS], lines)
        return path
    path = path.with_suffix(".csv")
    _write_csv(path, [*headings, *_OWN_HEADINGS], lines)
    return path


_OWN_HEADINGS: Final = (f"{OWN_PREFIX}rij / row", f"{OWN_PREFIX}reden / reason")


def _code_and_values(code: str, values: Mapping[str, Any]) -> str:
    return " ".join([code, *(f"{name}={value}" for name, value in values.items())])


def _reasons(refusals: pl.DataFrame, words: Words) -> dict[int, str]:
    """Row number → everything that is the matter with it."""
    found: dict[int, list[str]] = {}
    for refusal in refusals.iter_rows(named=True):
        told = words(refusal["code"], json.loads(refusal["values"]))
        found.setdefault(refusal["row"], []).append(f"{refusal['column']}: {told}" if refusal["column"] else told)
    return {row: " ".join(told) for row, told in found.items()}


def _lines(
    columns: list[RawColumn], rows: list[int], table: RawTable, reasons: Mapping[int, str]
) -> Iterator[list[Cell]]:
    for row, *cells in zip(rows, *map(_cells, columns), strict=True):
        yield [*cells, row, reasons.get(row)]
    for broken in table.broken:
        padding: list[Cell] = [None] * (len(columns) - 1)
        yield [broken.text, *padding, broken.row, reasons.get(broken.row)]


def _cells(column: RawColumn) -> list[Cell]:
    """The cells of a column, each from the one series that has it."""
    filled = [series.to_list() for series in (column.texts, column.numbers, column.days) if series is not None]
    return [next((cell for cell in cells if cell is not None), None) for cells in zip(*filled, strict=True)]


def _write_sheet(path: Path, headings: list[str], lines: Iterator[list[Cell]]) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet()
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd-mm-yyyy"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(len(headings) - 1, len(headings) - 1, 80)
        for place, heading in enumerate(headings):
            sheet.write_string(0, place, heading, bold)
        for line_number, line in enumerate(lines, start=1):
            for place, cell in enumerate(line):
                _write_cell(sheet, (line_number, place), cell, day)


def _write_cell(sheet: Any, where: tuple[int, int], cell: Cell, day: Any) -> None:
    if cell is None:
        return
    if isinstance(cell, date) and cell.isoformat() >= _EXCEL_FIRST_DAY:
        sheet.write_datetime(*where, cell, day)
    elif isinstance(cell, int | float) and abs(cell) <= _EXACT_FLOAT:
        sheet.write_number(*where, cell)
    elif isinstance(cell, Decimal) and Decimal(repr(float(cell))) == cell:
        sheet.write_number(*where, float(cell))
    else:
        sheet.write_string(*where, str(cell))


def _write_csv(path: Path, headings: list[str], lines: Iterator[list[Cell]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([safe_text(heading) for heading in headings])
        writer.writerows([_csv_text(cell) for cell in line] for line in lines)


def _csv_text(cell: Cell) -> str:
    if isinstance(cell, str):
        return safe_text(cell)
    return "" if cell is None else unmistakable(str(cell))


def safe_text(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula; numbers stay.

    >>> safe_text("=1+1"), safe_text("-12,50"), safe_text("-A1")
    ("'=1+1", '-12,50', "'-A1")
    """
    is_number = text[1:].replace(".", "").replace(",", "").isdigit() and text[0] in "+-"
    return f"'{text}" if text.startswith(_RISKY) and not is_number else text


def unmistakable(number: str) -> str:
    """A typed number or date as text that can be read in one way only: "1.234" could be a thousand, "1.2340" not.

    >>> unmistakable("1.234"), unmistakable("12.5"), unmistakable("17850.0")
    ('1.2340', '12.5', '17850')
    """
    whole, point, fraction = number.partition(".")
    if not point or not fraction.isdigit():
        return number
    if fraction == "0":
        return whole
    return f"{number}0" if len(fraction) == 3 else number
