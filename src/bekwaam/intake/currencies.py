"""Which currency an amount is in."""

from __future__ import annotations

from typing import Final

import polars as pl

from bekwaam.intake.cells import blank, by_distinct, height, text_of
from bekwaam.intake.plain_numbers import CURRENCY_MARK
from bekwaam.intake.raw_table import RawColumn

_SIGNS: Final = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "EURO": "EUR", "EURO'S": "EUR", "EUROS": "EUR"}


def read_currencies(column: RawColumn) -> pl.Series:
    """The column as ISO 4217 codes where it holds signs or words for them, else upper case as written; blank as null.

    >>> read_currencies(RawColumn("Valuta", texts=pl.Series(["€", "chf", None]))).to_list()
    ['EUR', 'CHF', None]
    """
    return by_distinct(text_of(column), lambda texts: texts.str.to_uppercase().replace(_SIGNS))


def currency_marks(column: RawColumn) -> pl.Series:
    """The ISO 4217 code that a cell carries with its amount ("$ 12.50" → USD), null where it carries none."""
    if column.texts is None:
        return blank(pl.String(), height(column))
    return by_distinct(column.texts, _mark)


def _mark(texts: pl.Series) -> pl.Series:
    return texts.str.extract(f"({CURRENCY_MARK})", 1).str.to_uppercase().replace(_SIGNS)
