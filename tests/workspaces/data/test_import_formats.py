"""The same lines as a Dutch CSV, as a workbook with titles and totals, and as Parquet: the same figures."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from data_room import DataRoom, Totals, slice_rows, xlsx

CODES = {"United Kingdom": "GB", "EIRE": "IE", "Germany": "DE", "France": "FR", "Netherlands": "NL", "Spain": "ES"}


def as_dutch_csv(room: DataRoom, rows: list[dict[str, Any]]) -> Path:
    headings = ("Factuurnummer", "Artikel", "Omschrijving", "Aantal", "Factuurdatum", "Stuksprijs", "Klantnr.", "Land")
    written = [
        (
            row["InvoiceNo"],
            row["StockCode"],
            f"Café {row['Description']}",
            row["Quantity"],
            row["day"].strftime("%d-%m-%Y"),
            row["UnitPrice"].replace(".", ","),
            row["CustomerID"],
            row["Country"],
        )
        for row in rows
    ]
    return room.file(written, headings=headings)


def as_workbook(room: DataRoom, rows: list[dict[str, Any]]) -> Path:
    title = [["Omzetlijst per regel"], ["Periode: alles"], []]
    headings = ["Order number", "Product", "Quantity", "Order date", "Unit price", "Customer", "Country"]
    body = [
        [
            row["InvoiceNo"],
            row["StockCode"],
            row["quantity"],
            row["day"],
            row["price"],
            row["CustomerID"],
            row["Country"],
        ]
        for row in rows
    ]
    total = ["Totaal", None, sum(row["quantity"] for row in rows), None, None, None, None]
    return xlsx(room.folder / "orders.xlsx", [*title, headings, *body, [], total])


def as_parquet(room: DataRoom, rows: list[dict[str, Any]]) -> Path:
    import polars as pl

    path = room.folder / "orders.parquet"
    pl.DataFrame(
        {
            "InvoiceNo": [row["InvoiceNo"] for row in rows],
            "StockCode": [row["StockCode"] for row in rows],
            "Quantity": [int(row["quantity"]) for row in rows],
            "InvoiceDate": [row["day"] for row in rows],
            "UnitPrice": [float(row["price"]) for row in rows],
            "CustomerID": [row["CustomerID"] or None for row in rows],
            "Country": [row["Country"] for row in rows],
        }
    ).write_parquet(path)
    return path


def recount(rows: list[dict[str, Any]]) -> Totals:
    countries: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        revenue = (row["quantity"] * row["price"]).quantize(Decimal("0.01"), ROUND_HALF_UP)
        countries[row["Country"]] += revenue
    return Totals(
        lines=len(rows),
        revenue=sum(countries.values(), Decimal(0)),
        quantity=sum((row["quantity"] for row in rows), Decimal(0)),
        customers=len({row["CustomerID"] for row in rows if row["CustomerID"]}),
        countries=dict(countries),
    )


@pytest.mark.parametrize("write", [as_dutch_csv, as_workbook, as_parquet])
def test_every_format_gives_the_same_figures(room: DataRoom, write: Any) -> None:
    rows = slice_rows()
    expected = recount(rows)
    outcome = room.offer(write(room, rows))
    assert not outcome.is_stopped, (outcome.questions, outcome.refusals[:3])
    found = room.totals()
    assert (found.lines, found.revenue, found.quantity, found.customers) == (
        expected.lines,
        expected.revenue,
        expected.quantity,
        expected.customers,
    )
    assert (outcome.revenue, outcome.quantity, outcome.customers) == (found.revenue, found.quantity, found.customers)
    for name, code in CODES.items():
        if name in expected.countries:
            assert found.countries[code] == expected.countries[name]
    assert sum(found.countries.values()) == expected.revenue


def test_the_object_says_amounts_as_text(room: DataRoom) -> None:
    found = room.offer(as_dutch_csv(room, slice_rows(50))).to_json()
    assert found["revenue"] == str(Decimal(found["revenue"]))
    assert isinstance(found["quantity"], str)
    assert isinstance(found["report"]["amounts"]["revenue_good"], str)
