"""Opens a workbook in a process of its own, with limits; whatever happens to it happens to it alone.

Called as `python -m bekwaam.intake.xlsx_child WORKBOOK FOLDER MEGABYTES SECONDS SHEET`;
SHEET is empty for the sheet that looks most like data. It writes the cells of the table into
FOLDER (see `xlsx_cells`) and prints one JSON object: sheet, row, headings, titles, rows, others (further sheets with
tables) and alike (all sheets with the same headings, where there are several); or "refused" with a code.
"""

from __future__ import annotations

import errno
import json
import resource
import sys
from itertools import islice
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from bekwaam.intake.xlsx_cells import write_batch
from bekwaam.intake.xlsx_sheet import Table, alike_sheets, has_content, rows_of, sheet_names, table_in, tables_in

BATCH_ROWS: Final = 20_000


def main(workbook: str, folder: str, megabytes: str, seconds: str, sheet: str) -> None:
    """Read the workbook and tell what was found."""
    _limit(int(megabytes) << 20, int(seconds))
    sys.stdout.write(json.dumps(_told(workbook, folder, sheet)))


def _limit(size: int, seconds: int) -> None:
    for what, bound in ((resource.RLIMIT_AS, size), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))


def _told(workbook: str, folder: str, sheet: str) -> dict[str, Any]:
    try:
        return _read(CalamineWorkbook.from_path(workbook), Path(folder), sheet)
    except PasswordError:
        return {"refused": "workbook_locked"}
    except CalamineError:
        return {"refused": "workbook_damaged"}
    except MemoryError:
        return {"refused": "workbook_too_heavy"}
    except OSError as error:
        return {"refused": "disk_full" if error.errno == errno.ENOSPC else "workbook_damaged"}


def _read(book: CalamineWorkbook, folder: Path, sheet: str) -> dict[str, Any]:
    names = sheet_names(book)
    if sheet and sheet not in names:
        return {"refused": "sheet_not_found", "sheet": sheet, "sheets": ", ".join(names)}
    tables = [table for table in [table_in(book, sheet)] if table] if sheet else tables_in(book)
    if not tables:
        return {"refused": "file_without_headings" if has_content(book) else "file_empty"}
    best = tables[0]
    told: dict[str, Any] = {"sheet": best.sheet, "row": best.row, "headings": best.headings, "titles": best.titles}
    told["others"] = [table.sheet for table in tables[1:] if table.score]
    told["alike"] = alike_sheets(book, tables)
    told["rows"] = _write(book, best, folder)
    return told


def _write(book: CalamineWorkbook, table: Table, folder: Path) -> int:
    sheet = table.cells or book.get_sheet_by_name(table.sheet)
    below = (numbered for numbered in rows_of(sheet) if numbered[0] > table.row)
    rows = 0
    while batch := list(islice(below, BATCH_ROWS)):
        columns = list(zip(*(cells for _, cells in batch), strict=True))
        write_batch(folder, [number for number, _ in batch], columns, before=rows)
        rows += len(batch)
    return rows


if __name__ == "__main__":
    main(*sys.argv[1:6])
