"""Numbers stripped of what is no part of them: currency, kinds of minus, kinds of space."""

from __future__ import annotations

from typing import Final

import polars as pl

_CODES: Final = (
    *("EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "BGN", "ISK", "TRY", "RUB", "UAH"),
    *("JPY", "CNY", "HKD", "SGD", "KRW", "INR", "AUD", "NZD", "CAD", "MXN", "BRL", "ZAR", "AED", "SAR", "ILS", "THB"),
)
CURRENCY_MARK: Final = rf"(?i)€|\$|£|¥|(?:{'|'.join(_CODES)})"
_MINUS = "[\u2212\u2012\u2013\u2014\ufe63\uff0d]"
_SPACE = "[\\s\u00a0\u2007\u202f\u2009]"


def plain_numbers(texts: pl.Series) -> pl.Series:
    """Texts without currency, with one kind of minus and with single plain spaces between digits only."""
    bare = texts.str.replace_all(CURRENCY_MARK, " ").str.replace_all(_MINUS, "-").str.replace_all("[’`´]", "'")
    bare = bare.str.replace_all(f"{_SPACE}+", " ").str.strip_chars(" ").str.replace(r"^'([+-])", "$1")
    kept = bare.str.replace_all(r"(\d) (\d)", "${1}\x00${2}").str.replace_all(r"(\d) (\d)", "${1}\x00${2}")
    return kept.str.replace_all(" ", "").str.replace_all("\x00", " ")


def without_sign(plain: pl.Series) -> pl.Series:
    """The plain numbers without parentheses, plus or minus."""
    return plain.str.replace(r"^\((.*)\)$", "$1").str.replace(r"^[+-]", "").str.replace(r"-$", "")
