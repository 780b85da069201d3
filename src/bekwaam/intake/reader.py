"""From a file to its table: find out what it is, refuse what cannot be read, read the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from bekwaam.intake.csv_reader import read_csv
from bekwaam.intake.file_kind import kind_of
from bekwaam.intake.limits import DEFAULT, MB, Limits, in_mb
from bekwaam.intake.page_breaks import page_break_rows
from bekwaam.intake.parquet_reader import read_parquet
from bekwaam.intake.raw_table import RawTable
from bekwaam.intake.sheets import below_each_other
from bekwaam.intake.source import EVERY_SHEET, Progress, Source
from bekwaam.intake.totals import totals_rows
from bekwaam.intake.xlsx_reader import read_xlsx
from bekwaam.terms.errors import Failed, Refused, WrongCall

_READERS: Final[dict[str, Callable[[Source], RawTable]]] = {
    "csv": read_csv,
    "parquet": read_parquet,
    "xlsx": read_xlsx,
}


def read_table(
    path: Path,
    *,
    name: str | None = None,
    limits: Limits = DEFAULT,
    progress: Progress | None = None,
    sheet: str = "",
) -> RawTable:
    """The table of a CSV, XLSX or Parquet file, as it stands there.

    What the file is follows from its bytes, not from its name. Totals at the end and headings that come back in the
    middle are left out and told in `left_out`; rows that do not fit the columns are told in `broken`.

    Args:
        path: the file.
        name: the name to show, where it differs from that of the path.
        limits: how much is read at most.
        progress: told "read" with how much is done and how much there is.
        sheet: the sheet of a workbook to read; by default the one that looks most like data, of which `details` names
            the others that hold tables too. EVERY_SHEET reads all that have its headings, one below the other.

    Raises:
        Refused: with a code that says what the file is instead, or where it breaks.
        WrongCall: `file_missing`.
        Failed: `file_not_readable`, `disk_full`: the machine stands in the way, not the file.
    """
    source = Source(path, name or path.name, limits, progress, "" if sheet == EVERY_SHEET else sheet)
    _check_size(source)
    table = _read(source)
    if sheet == EVERY_SHEET and "alike_sheets" in table.details:
        table = below_each_other(
            [_read(replace(source, sheet=one)) for one in json.loads(table.details["alike_sheets"])]
        )
    source.tell(1, 1)
    return table.without_blank_columns()


def _read(source: Source) -> RawTable:
    path = source.path
    try:
        table = _READERS[kind_of(path, source.name)](source)
    except OSError as error:
        raise Failed("file_not_readable", file=source.name, reason=error.strerror or str(error)) from error
    if table.format != "parquet":
        table = _without_list_marks(table)
    return table


def _check_size(source: Source) -> None:
    if not source.path.is_file():
        raise WrongCall("file_missing", file=source.name)
    size, limit = source.path.stat().st_size, source.limits.file_mb
    if size > limit * MB:
        raise Refused("file_too_large", file=source.name, size_mb=in_mb(size), limit_mb=limit)


def _without_list_marks(table: RawTable) -> RawTable:
    """The table without repeated headings, rulers and totals.

    Raises:
        Refused: `file_header_only`, when nothing else is in it.
    """
    table = table.without(page_break_rows(table))
    if not len(table):
        raise Refused("file_header_only", file=table.file)
    table = table.without(totals_rows(table))
    if not table.left_out:
        return table
    return replace(table, details={**table.details, "left_out": str(len(table.left_out))})
