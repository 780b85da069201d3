"""Rows at the end that add up the table instead of being part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from bekwaam.intake.decimal_sign import Sign
from bekwaam.intake.header import is_value
from bekwaam.intake.headings import fits
from bekwaam.intake.numbers import MONEY_LIMIT, read_numbers
from bekwaam.intake.raw_table import LeftOut, RawColumn, RawTable, cell_text

LOOKED_AT: Final = 8
"""So many rows at the end may be totals, VAT and remarks below them."""

AMOUNTS: Final = frozenset({"quantity", "revenue", "unit_price", "cost", "unit_cost"})
_NEAR: Final = Decimal("0.01")
_SAMPLE: Final = 200
_WORD: Final = re.compile(
    r"(?:(?:eind|sub|grand|over(?:all)?|algemeen|general|gesamt|zwischen)[\s-]*)?"
    r"(?:totaal|totalen|total|totals|som|sum|summe|gesamt|gesamtergebnis|ergebnis|generaal)"
    r"(?:\s+(?:\d{4}|generaal|general|eur|euro|excl\.?.*|incl\.?.*|omzet|revenue|bedrag|amount|(?:van|of)\b.*))?"
    r"[\s:.…€=-]*",
    re.IGNORECASE,
)


def totals_rows(table: RawTable) -> dict[int, LeftOut]:
    """Position (from 0) → what is left out there: the totals at the end, and what stands below them.

    A row is a total when all columns that tell rows apart (numbers of orders and customers, dates, names …) are
    empty in it but for one label, and either the label says "total" or an amount is the sum of its column, to the
    cent. Where the label takes the only such column, it must say "total" and an amount must be the sum as well. So
    a real line, which has a date or a number of something, is never left out. At least one row stays.
    """
    first_seen = max(len(table) - LOOKED_AT, 1)
    keys = [column for column in table.columns if _is_key(column, len(table))]
    amounts = [column for column in table.columns if column not in keys]
    first = len(table)
    for place in range(len(table) - 1, first_seen - 1, -1):
        label = _label(keys, place)
        if label is None:
            break
        if _is_total(table, (keys, amounts), place, label):
            first = place
    return {place: _told(table, amounts, place) for place in range(first, len(table))}


def _is_key(column: RawColumn, rows: int) -> bool:
    """Whether the column tells rows apart: by its heading, or else because it holds words or dates."""
    filled = sum(len(series) - series.null_count() for series in column.series)
    if filled * 2 < rows:
        return False
    fields = {fit.field for fit in fits(column.heading, "sales")}
    if fields:
        return not fields & AMOUNTS
    if column.days is not None or column.texts is None:
        return column.days is not None
    sample = column.texts.drop_nulls().head(_SAMPLE)
    return sum(1 for text in sample if not is_value(text)) * 2 > len(sample)


def _label(keys: Sequence[RawColumn], place: int) -> str | None:
    """The only text in the key columns of a row, "" if they are empty; None for a row of data."""
    filled = [(column, text) for column in keys if (text := cell_text(column, place))]
    if not filled:
        return ""
    column, text = filled[0]
    is_text = column.texts is not None and column.texts[place] is not None and not is_value(text)
    return text if len(filled) == 1 and is_text else None


def _is_total(
    table: RawTable, columns: tuple[Sequence[RawColumn], Sequence[RawColumn]], place: int, label: str
) -> bool:
    keys, amounts = columns
    texts = [label, *(cell_text(column, place) for column in amounts)]
    says_so = any(_WORD.fullmatch(text) for text in texts)
    is_hollow = len(keys) > (1 if label else 0)
    if is_hollow and says_so:
        return True
    return (is_hollow or says_so) and any(_is_sum(column, place) for column in amounts)


def _is_sum(column: RawColumn, place: int) -> bool:
    """Whether the cell is the sum of at least two cells above it, read with either decimal sign."""
    if not any(character.isdigit() for character in cell_text(column, place)):
        return False
    above = column.changed(lambda series: series.head(place + 1))
    signs: tuple[Sign, ...] = ("comma", "point") if column.texts is not None else ("point",)
    for sign in signs:
        values = read_numbers(above, sign, limit=MONEY_LIMIT).values
        rest = values.head(place).drop_nulls()
        told = values[place]
        if told and len(rest) > 1 and abs(rest.sum() - told) <= _NEAR:
            return True
    return False


def _told(table: RawTable, amounts: Sequence[RawColumn], place: int) -> LeftOut:
    has_number = any(is_value(cell_text(column, place)) for column in amounts)
    text = table.text_at(place)
    kind = "totals" if has_number or any(_WORD.fullmatch(part) for part in _cells(table, place)) else "title"
    return LeftOut(int(table.rows[place]), kind, text)


def _cells(table: RawTable, place: int) -> list[str]:
    return [cell_text(column, place) for column in table.columns]
