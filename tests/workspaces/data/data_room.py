"""A data room to test in: files are written, offered and looked at; what is in can be counted and fingerprinted."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

SLICE = Path(__file__).parents[3] / "tests" / "data" / "online_retail_slice.csv"
HEADINGS = ("Ordernummer", "Orderdatum", "Klantnummer", "Artikelcode", "Aantal", "Prijs", "Land")
EVER = {"first": date(1980, 1, 1), "until": date(2100, 1, 1)}


@dataclass(frozen=True)
class Totals:
    """What is in, counted by the facts."""

    lines: int
    revenue: Decimal
    quantity: Decimal
    customers: int
    countries: dict[str, Decimal]


@dataclass(frozen=True)
class State:
    """Everything an import could change."""

    facts: int
    records: str
    files: tuple[str, ...]


class DataRoom:
    """One home, with a folder for the files that are offered."""

    def __init__(self, home: Any, folder: Path) -> None:
        from bekwaam.facts.store import Store

        self.home, self.folder = home, folder
        self.store = Store(home.facts)
        self.store.create()

    def file(
        self, rows: Iterable[Sequence[Any]], *, name: str = "orders.csv", headings: Sequence[str] = HEADINGS
    ) -> Path:
        """A Dutch CSV of these rows."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow(headings)
        writer.writerows(rows)
        return self.bytes(text.getvalue().encode("cp1252"), name=name)

    def bytes(self, content: bytes, *, name: str) -> Path:
        """A file of these bytes."""
        path = self.folder / name
        path.write_bytes(content)
        return path

    def offer(self, path: Path, *, kind: str = "sales", **options: Any) -> Any:
        """Read the file in; returns the outcome."""
        from bekwaam.terms.actor import SYSTEM
        from bekwaam.workspaces.data.importing import import_file
        from bekwaam.workspaces.data.outcome import Options

        return import_file(path, kind=kind, options=Options(**options), actor=SYSTEM)

    def undo(self, batch: str) -> dict[str, Any]:
        """Undo a batch."""
        from bekwaam.terms.actor import SYSTEM
        from bekwaam.workspaces.data.undoing import undo

        return undo(batch, actor=SYSTEM)

    def ask(self, question: str, **values: Any) -> list[dict[str, Any]]:
        """The rows that answer a question about the facts as they are now."""
        from bekwaam.facts.read import Facts
        from bekwaam.terms.actor import SYSTEM

        return Facts(self.home.facts).ask(question, SYSTEM, **values).dicts()

    def totals(self) -> Totals:
        """What is in now."""
        found = self.ask("totals_between", **EVER)[0]
        rows = self.ask("totals_by_country_between", **EVER)
        countries = {row["country"] or row["country_as_written"] or "": row["revenue"] for row in rows}
        return Totals(found["lines"], found["revenue"], found["quantity"] or Decimal(0), found["customers"], countries)

    def state(self) -> State:
        """A fingerprint of the facts' version, all records, and the files kept."""
        from django.db import connection

        digest = hashlib.sha256()
        for table in sorted(connection.introspection.table_names()):
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
                digest.update(repr((table, cursor.fetchall())).encode())
        kept = [path for folder in (self.home.uploads, self.home.refused) for path in folder.iterdir()]
        return State(self.store.version, digest.hexdigest(), tuple(sorted(path.name for path in kept)))


def line(number: int, day: date | str, **other: Any) -> list[Any]:
    """One row of a Dutch CSV; by default 10 pieces of 2,50 for one customer."""
    values = {"customer": "100", "product": "A1", "quantity": "10", "price": "2,50", "country": "NL"} | other
    written = day.strftime("%d-%m-%Y") if isinstance(day, date) else day
    names = ("customer", "product", "quantity", "price", "country")
    return [f"SO{number:05d}", written, *(values[name] for name in names)]


def slice_rows(count: int = 600) -> list[dict[str, Any]]:
    """Typed lines of the public order file, spread over its whole period."""
    with SLICE.open(encoding="utf-8", newline="") as file:
        every = list(csv.DictReader(file))
    return [
        {
            **row,
            "day": datetime.fromisoformat(row["InvoiceDate"]).date(),
            "quantity": Decimal(row["Quantity"]),
            "price": Decimal(row["UnitPrice"]),
        }
        for row in every[:: max(1, len(every) // count)][:count]
    ]


def xlsx(path: Path, rows: Iterable[Sequence[Any]]) -> Path:
    """A workbook with one sheet of these rows; days become real dates, texts stay texts."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd-mm-yyyy"})
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(place, column, cell, day)
                elif isinstance(cell, str) and cell.startswith("{="):
                    sheet.write_formula(place, column, cell.strip("{}"), value=0)
                elif cell is not None:
                    sheet.write(place, column, float(cell) if isinstance(cell, Decimal) else cell)
    return path


def cells_of(path: Path) -> list[list[Any]]:
    """The cells of the first sheet of a workbook."""
    from python_calamine import CalamineWorkbook

    rows: list[list[Any]] = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return rows


def days_of(year: int, months: Iterable[int], each: int) -> Iterator[date]:
    """Days spread over months."""
    for month in months:
        for nth in range(each):
            yield date(year, month, 1 + (nth * 27) // each)
