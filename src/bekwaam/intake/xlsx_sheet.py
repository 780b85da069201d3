"""Which sheet of a workbook holds the table, and its rows. Runs in the child process, so it knows no Polars."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from bekwaam.intake.header import LOOKED_AT, heading_row
from bekwaam.intake.headings import compact, is_known

EXACT_WHOLE: Final = 1e15

Numbered = tuple[int, list[Any]]
"""The number of a row in its sheet, from 1, and its cells."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with a table.

    Attributes:
        sheet: its name.
        row: the row of the headings, from 1.
        headings: as text, without outer white space.
        titles: row and text of what stands above the headings.
        score: how much it looks like a table of data; 0 where there is nothing below the headings.
        cells: the sheet itself where it is the only one, else None: two large ones are too much to hold.
    """

    sheet: str
    row: int
    headings: tuple[str, ...]
    titles: tuple[tuple[int, str], ...]
    score: float
    cells: CalamineSheet | None = None


def tables_in(book: CalamineWorkbook) -> list[Table]:
    """The tables of a workbook, one per sheet, the one that looks most like data first.

    Hidden sheets count only where no other sheet holds a table; charts never do.
    """
    found = _best_first(book, _names(book, hidden=False))
    if found and found[0].score:
        return found
    return _best_first(book, _names(book, hidden=True)) or found


def alike_sheets(book: CalamineWorkbook, tables: Sequence[Table]) -> list[str]:
    """The sheets with the headings of the best table, in the order of the workbook; none where it stands alone.

    An export that is split over a sheet per month is one table, and so may a sheet and its copy seem to be.
    """
    wanted = _compact(tables[0])
    same = {table.sheet for table in tables if table.score and _compact(table) == wanted}
    return [name for name in sheet_names(book) if name in same] if len(same) > 1 else []


def _compact(table: Table) -> tuple[str, ...]:
    return tuple(compact(heading) for heading in table.headings if heading)


def table_in(book: CalamineWorkbook, name: str) -> Table | None:
    """The table of one sheet, if it holds any."""
    return _table_in(book, name, keep=True)


def sheet_names(book: CalamineWorkbook) -> list[str]:
    """The sheets that may hold a table, visible ones first."""
    return [*_names(book, hidden=False), *_names(book, hidden=True)]


def has_content(book: CalamineWorkbook) -> bool:
    """Whether any cell of any sheet is filled."""
    return any(book.get_sheet_by_name(name).height for name in sheet_names(book))


def rows_of(sheet: CalamineSheet) -> Iterator[Numbered]:
    """Every row with content, with its number in the sheet; cells begin in the first column that has any."""
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if cells.count("") < len(cells):
            yield number, cells


def as_text(cell: Any) -> str:
    """A cell as a person reads it, for judging headings and telling titles.

    >>> as_text(2024.0), as_text(True), as_text(" Omzet ")
    ('2024', 'true', 'Omzet')
    """
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT_WHOLE:
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return str(cell).strip()


def _names(book: CalamineWorkbook, *, hidden: bool) -> list[str]:
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    return [sheet.name for sheet in sheets if (sheet.visible != SheetVisibleEnum.Visible) == hidden]


def _best_first(book: CalamineWorkbook, names: Sequence[str]) -> list[Table]:
    tables = [_table_in(book, name, keep=len(names) == 1) for name in names]
    return sorted((table for table in tables if table), key=lambda table: -table.score)


def _table_in(book: CalamineWorkbook, name: str, *, keep: bool) -> Table | None:
    sheet = book.get_sheet_by_name(name)
    top = [(number, [as_text(cell) for cell in cells]) for number, cells in islice(rows_of(sheet), LOOKED_AT)]
    place = heading_row([cells for _, cells in top])
    if place is None:
        return None
    row, headings = top[place]
    return Table(
        sheet=name,
        row=row,
        headings=tuple(headings),
        titles=tuple((number, " ".join(cell for cell in cells if cell)[:200]) for number, cells in top[:place]),
        score=_score(headings, [cells for _, cells in top[place + 1 :]], sheet.total_height - row),
        cells=sheet if keep else None,
    )


def _score(headings: Sequence[str], below: Sequence[Sequence[str]], height: int) -> float:
    """Known headings count most, then rows by their order of magnitude, then columns; all by how full the rows are."""
    if not below:
        return 0.0
    width = sum(1 for heading in headings if heading)
    known = sum(1 for heading in headings if heading and is_known(heading))
    enough = max(1, width / 2)
    full = sum(1 for cells in below if sum(1 for cell in cells if cell) >= enough)
    return (known + math.log10(1 + height) + min(width, 10) / 5) * (0.1 + full / len(below))
