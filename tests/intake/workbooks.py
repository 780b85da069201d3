"""Workbooks and text files as people and systems make them, built on the spot."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

from bekwaam.intake.raw_table import RawTable, cell_text

ORDERS: list[list[Any]] = [
    ["Ordernr", "Datum", "Klant", "Artikel", "Aantal", "Omzet"],
    ["61870", date(2026, 9, 14), "Bakker", "FP-12", 4, 100.5],
    ["61871", date(2026, 9, 15), "De Vries", "FP-13", 2, 49.5],
    ["61872", date(2026, 9, 16), "Jansen", "FP-12", 1, 25.0],
]
"""Headings and three order lines; 7 pieces, 175.00 in all."""

Rows = Iterable[Sequence[Any]]


def workbook(
    path: Path,
    sheets: Mapping[str, Rows],
    *,
    hidden: Sequence[str] = (),
    start: tuple[int, int] = (0, 0),
    **options: Any,
) -> Path:
    """A workbook with these sheets; `start` is where on each sheet the first cell goes (row and column from 0)."""
    with xlsxwriter.Workbook(path, options) as book:
        formats = {
            datetime: book.add_format({"num_format": "dd-mm-yyyy hh:mm"}),
            date: book.add_format({"num_format": "dd-mm-yyyy"}),
            time: book.add_format({"num_format": "hh:mm:ss"}),
        }
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for down, row in enumerate(rows, start[0]):
                for right, cell in enumerate(row, start[1]):
                    if type(cell) in formats:
                        sheet.write_datetime(down, right, cell, formats[type(cell)])
                    elif cell is not None:
                        sheet.write(down, right, cell)
            if name in hidden:
                sheet.hide()
    return path


def rebuilt(path: Path, change: Callable[[str, bytes], bytes | None], extra: Mapping[str, bytes] | None = None) -> Path:
    """The workbook with each part changed (None leaves it out), and further parts."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            changed = change(name, content)
            if changed is not None:
                archive.writestr(name, changed)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return path


def in_first_sheet(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    """A change for `rebuilt`: replace bytes in the first sheet."""

    def change(name: str, content: bytes) -> bytes:
        return content.replace(old, new) if name == "xl/worksheets/sheet1.xml" else content

    return change


def csv_file(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A text file with exactly this text."""
    path.write_bytes(text.encode(encoding))
    return path


def cells(table: RawTable, heading: str) -> list[str]:
    """A column as texts, "" where empty."""
    column = table.column(heading)
    return [cell_text(column, place) for place in range(len(table))]


def headings(table: RawTable) -> list[str]:
    return [column.heading for column in table.columns]
