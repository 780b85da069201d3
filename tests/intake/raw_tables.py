"""Raw tables as a reader would make them, written out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from bekwaam.intake.judgement import CompanyTerms, Judged
from bekwaam.intake.mapping import Mapping as ColumnMapping
from bekwaam.intake.mapping import propose_mapping
from bekwaam.intake.raw_table import BrokenRow, RawColumn, RawTable
from bekwaam.intake.sales import judge_sales

TERMS = CompanyTerms(currency="EUR", country="NL", today=date(2026, 9, 21))
FIRST_ROW = 2


def column(heading: str, cells: Sequence[Any]) -> RawColumn:
    """A column of texts, numbers and days as they come: each cell goes where its type belongs."""
    texts = [cell if isinstance(cell, str) else None for cell in cells]
    numbers = [cell if isinstance(cell, int | float | Decimal) else None for cell in cells]
    days = [cell if isinstance(cell, date) else None for cell in cells]
    return RawColumn(
        heading,
        texts=pl.Series(heading, texts, dtype=pl.String) if any(text is not None for text in texts) else None,
        numbers=pl.Series(heading, numbers, strict=False) if any(number is not None for number in numbers) else None,
        days=pl.Series(heading, days, dtype=pl.Date) if any(day is not None for day in days) else None,
    )


def table(
    columns: Mapping[str, Sequence[Any]] | Sequence[tuple[str, Sequence[Any]]], broken: Sequence[BrokenRow] = ()
) -> RawTable:
    """A table whose headings stand in row 1; pairs instead of a mapping allow the same heading twice."""
    pairs = list(columns.items()) if isinstance(columns, Mapping) else list(columns)
    height = len(pairs[0][1]) if pairs else 0
    return RawTable(
        file="orders.xlsx",
        format="xlsx",
        columns=tuple(_filled(column(heading, cells), height) for heading, cells in pairs),
        rows=pl.Series("row", range(FIRST_ROW, FIRST_ROW + height), dtype=pl.UInt32),
        details={},
        left_out=0,
        broken=tuple(broken),
    )


def _filled(raw: RawColumn, height: int) -> RawColumn:
    if any(series is not None for series in (raw.texts, raw.numbers, raw.days)):
        return raw
    return RawColumn(raw.heading, texts=pl.Series([None] * height, dtype=pl.String), numbers=None, days=None)


def order_table(**columns: Sequence[Any]) -> RawTable:
    """Order lines with the usual headings; what is not given is made up, one order per row."""
    height = len(next(iter(columns.values())))
    usual: dict[str, Sequence[Any]] = {
        "Ordernr": [f"6187{place}" for place in range(height)],
        "Datum": [date(2026, 9, 14)] * height,
        "Klantnr": ["104310"] * height,
        "Artikelcode": ["FP-12"] * height,
        "Aantal": [1] * height,
        "Omzet": [Decimal("100.00")] * height,
    }
    return table({**usual, **columns})


def judged(raw: RawTable, mapping: ColumnMapping | None = None, terms: CompanyTerms = TERMS) -> Judged:
    """The table judged with the mapping that its headings suggest."""
    return judge_sales(raw, mapping or propose_mapping(raw, "sales"), terms)


def refused_codes(found: Judged) -> list[str]:
    """The codes of all refusals, in the order of the rows."""
    return found.refusals["code"].to_list()
