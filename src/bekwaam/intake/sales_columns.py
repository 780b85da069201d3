"""The columns of a file of order lines, read: typed values, faults, and what must be asked."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal, cast

import polars as pl

from bekwaam.intake.cells import Cells, blank, faults_at, text_of
from bekwaam.intake.countries import country_codes
from bekwaam.intake.currencies import currency_marks, read_currencies
from bekwaam.intake.dates import read_days
from bekwaam.intake.decimal_sign import Evidence, Sign, evidence
from bekwaam.intake.judgement import Ask, Choice, CompanyTerms, Progress
from bekwaam.intake.mapping import Mapping
from bekwaam.intake.numbers import MONEY_LIMIT, NUMBER, QUANTITY_LIMIT, read_numbers
from bekwaam.intake.raw_table import RawColumn, RawTable
from bekwaam.intake.refusals import ColumnFaults

KEY_LENGTH: Final = 60
"""Keys longer than this are refused: records know customers, products and sellers by at most as much."""

KEYS: Final = (*("order_number", "line_number", "customer_number", "product_code", "seller_code", "territory_code"),)
TEXTS: Final = (*KEYS, "customer_name", "product_description", "product_group", "seller_name", "country", "unit")
NUMBERS: Final[dict[str, Decimal]] = {
    "quantity": QUANTITY_LIMIT,
    "revenue": MONEY_LIMIT,
    "unit_price": MONEY_LIMIT,
    "cost": MONEY_LIMIT,
    "unit_cost": MONEY_LIMIT,
}
"""The number fields, and the size that none of their values may reach."""


@dataclass(frozen=True)
class SalesColumns:
    """What was read.

    Attributes:
        frame: one row per row of the table: the texts of `TEXTS` (country as written), country_code, order_date,
            the numbers of `NUMBERS` as Decimal(38, 9), and currency_written (ISO 4217 code or null). Null where the
            file has no such column, nothing stands in the cell, or the cell is faulty.
        columns: the columns of the file that were read, by field.
        faults: by column.
        asks: what a person must say.
    """

    frame: pl.DataFrame
    columns: dict[str, RawColumn]
    faults: list[ColumnFaults]
    asks: list[Ask] = field(default_factory=list)


def read_columns(table: RawTable, mapping: Mapping, terms: CompanyTerms, progress: Progress) -> SalesColumns:
    """Read every mapped column of the table."""
    found = {name: mapping.column(table, name) for name in (*TEXTS, *NUMBERS, "order_date", "currency")}
    columns = {name: column for name, column in found.items() if column is not None}
    read = SalesColumns(pl.DataFrame({"source_row": table.rows}), columns, [])
    steps = (_with_texts, _with_date, _with_numbers, _with_currency)
    for done, step in enumerate(steps):
        progress("judge", done, len(steps) + 1)
        read = step(read, mapping, terms)
    return read


def _with_texts(read: SalesColumns, _mapping: Mapping, _terms: CompanyTerms) -> SalesColumns:
    rows = read.frame.height
    texts = {name: text_of(read.columns[name]) if name in read.columns else blank(pl.String(), rows) for name in TEXTS}
    frame = read.frame.with_columns(**texts, country_code=country_codes(texts["country"]))
    faults = [_too_long(read.columns[name], texts[name]) for name in KEYS if name in read.columns]
    return SalesColumns(frame, read.columns, [*read.faults, *faults], read.asks)


def _too_long(column: RawColumn, keys: pl.Series) -> ColumnFaults:
    return ColumnFaults(column, faults_at(keys.str.len_chars() > KEY_LENGTH, "text_too_long", {"limit": KEY_LENGTH}))


def _with_date(read: SalesColumns, mapping: Mapping, terms: CompanyTerms) -> SalesColumns:
    column = read.columns["order_date"]
    days = read_days(column, "order_date", mapping.date_order.get("order_date"), terms)
    asks = [*read.asks, days.ask] if days.ask else read.asks
    frame = read.frame.with_columns(order_date=days.cells.values)
    return SalesColumns(frame, read.columns, [*read.faults, ColumnFaults(column, days.cells.faults)], asks)


def _with_numbers(read: SalesColumns, mapping: Mapping, _terms: CompanyTerms) -> SalesColumns:
    columns = {name: read.columns[name] for name in NUMBERS if name in read.columns}
    signs, ask = decimal_signs(columns, mapping)
    cells = {name: read_numbers(column, signs[name], limit=NUMBERS[name]) for name, column in columns.items()}
    nothing = Cells.sound(blank(NUMBER, read.frame.height))
    frame = read.frame.with_columns(**{name: cells.get(name, nothing).values for name in NUMBERS})
    faults = [ColumnFaults(columns[name], read_cells.faults) for name, read_cells in cells.items()]
    return SalesColumns(frame, read.columns, [*read.faults, *faults], [*read.asks, *ask])


def decimal_signs(columns: AnyMapping[str, RawColumn], mapping: Mapping) -> tuple[dict[str, Sign], list[Ask]]:
    """The decimal sign of each number column, and at most one question: a file has one convention."""
    found = {name: evidence(column) for name, column in columns.items()}
    given = cast(Literal["comma", "point"] | None, mapping.decimal if mapping.decimal in {"comma", "point"} else None)
    signs = {
        name: own.decided(given, [other for key, other in found.items() if key != name]) for name, own in found.items()
    }
    open_fields = [name for name, sign in signs.items() if sign is None]
    asks = [_sign_ask(name, columns[name].heading, found[name]) for name in open_fields[:1]]
    return {name: sign or "comma" for name, sign in signs.items()}, asks


def _sign_ask(name: str, heading: str, found: Evidence) -> Ask:
    example = found.example or ""
    small = example.replace(",", ".").split(".")[0]
    whole = example.replace(",", "").replace(".", "")
    values = {"field": name, "heading": heading, "example": example, "small": small, "whole": whole}
    return Ask("decimal_sign", values, (Choice("comma", ","), Choice("point", ".")))


def _with_currency(read: SalesColumns, mapping: Mapping, terms: CompanyTerms) -> SalesColumns:
    amount = read.columns.get("revenue", read.columns.get("unit_price"))
    written = read_currencies(read.columns["currency"]) if "currency" in read.columns else None
    nothing = blank(pl.String(), read.frame.height)
    currency = pl.coalesce(
        nothing if written is None else written,
        nothing if amount is None else currency_marks(amount),
        pl.lit(mapping.currency, dtype=pl.String),
        pl.lit(terms.currency),
    )
    frame = read.frame.with_columns(currency=currency)
    faults = _without_rate(frame["currency"], read.columns.get("currency", amount), terms)
    return SalesColumns(frame, read.columns, [*read.faults, *faults], read.asks)


def _without_rate(currency: pl.Series, column: RawColumn | None, terms: CompanyTerms) -> list[ColumnFaults]:
    others = currency.filter(currency != terms.currency).unique().sort()
    return [ColumnFaults(column, faults_at(currency == code, "no_rate", {"currency": code})) for code in others]
