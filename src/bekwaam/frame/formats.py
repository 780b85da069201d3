"""Amounts, shares and figures as the reader writes them: € 412.000 and 80 % in Dutch, €412,000 and 80% in English.

Everything has hard spaces inside and a true minus sign. Days and moments are in `days`, and stand here too, so that
one import serves.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Final, Literal, NamedTuple

from bekwaam.frame.days import day, day_and_month, day_and_time, long_day, month_name, month_short, stand, week_number
from bekwaam.frame.languages import HARD_SPACE, MINUS, Language, language

__all__ = [
    "country_name",
    "currency_symbol",
    "day",
    "day_and_month",
    "day_and_time",
    "decimal_number",
    "long_day",
    "money",
    "month_name",
    "month_short",
    "names_in_list",
    "percent",
    "short_amount",
    "short_range",
    "stand",
    "week_number",
    "whole_number",
]

Number = Decimal | int | float
Style = Literal["exact", "whole", "short"]

MILLION: Final = Decimal(1_000_000)
BILLION: Final = Decimal(1_000_000_000)
MOST_PLACES: Final = 6


def money(
    amount: Number,
    currency: str,
    style: Style = "exact",
    *,
    signed: bool = False,
    places: int = 1,
    language_code: str | None = None,
) -> str:
    """An amount with its currency.

    "exact" shows the cents, "whole" rounds to units, "short" says millions from a million on, with so many `places`.

    >>> money(Decimal("14200000"), "EUR", "short", language_code="en").replace(HARD_SPACE, " ")
    '€14.2 million'
    """
    spoken = language(language_code)
    value = _rounded(_decimal(amount), _cents(currency) if style == "exact" else 0)
    symbol = currency_symbol(currency, spoken.code)
    gap = HARD_SPACE if symbol[-1:].isalpha() else spoken.after_symbol
    return f"{_sign(value, signed)}{symbol}{gap}{_size(abs(value), currency, style, spoken, places)}"


def _size(value: Decimal, currency: str, style: Style, spoken: Language, places: int) -> str:
    if style == "exact":
        return _figure(value, _cents(currency), spoken)
    if style == "short" and value >= MILLION:
        scale, word = _scale(value, spoken)
        return f"{_figure(value / scale, places, spoken)}{HARD_SPACE}{word}"
    return _figure(value, 0, spoken)


def _scale(value: Decimal, spoken: Language) -> tuple[Decimal, str]:
    """Millions, or billions once a thousand millions would be shown."""
    if _rounded(value / MILLION, 1) >= 1000:
        return BILLION, spoken.billion
    return MILLION, spoken.million


def short_amount(amount: Number, *, like: Number, places: int = 1, language_code: str | None = None) -> str:
    """A bare figure at the scale in which `money(like, style="short")` is shown: 13,6 beside € 14,2 miljoen."""
    spoken = language(language_code)
    value, example = _decimal(amount), abs(_decimal(like))
    if _rounded(example, 0) < MILLION:
        return whole_number(value, language_code=spoken.code)
    scale, _ = _scale(example, spoken)
    return decimal_number(value / scale, places, language_code=spoken.code)


class ShortRange(NamedTuple):
    """An expectation with its range, as a sentence says them."""

    mean: str
    low: str
    high: str


def short_range(mean: Number, low: Number, high: Number, currency: str) -> ShortRange:
    """A mean with its currency and bare ends, with the decimals that tell the three apart.

    >>> short_range(1_040_000, 1_020_000, 1_060_000, "EUR")[1:]
    ('1.02', '1.06')
    """
    ends = (mean, low, high)
    different = len({_rounded(_decimal(end), 0) for end in ends})
    wanted = (
        places
        for places in range(1, MOST_PLACES)
        if len({short_amount(end, like=mean, places=places) for end in ends}) == different
    )
    places = next(wanted, MOST_PLACES)
    return ShortRange(
        mean=money(mean, currency, "short", places=places),
        low=short_amount(low, like=mean, places=places),
        high=short_amount(high, like=mean, places=places),
    )


def whole_number(value: Number, *, signed: bool = False, language_code: str | None = None) -> str:
    """A count or an amount without its currency, in units: 1.284; with `signed` +110 and −310."""
    return decimal_number(value, 0, signed=signed, language_code=language_code)


def decimal_number(value: Number, places: int, *, signed: bool = False, language_code: str | None = None) -> str:
    """A figure with so many decimals."""
    exact = _rounded(_decimal(value), places)
    return _sign(exact, signed) + _figure(abs(exact), places, language(language_code))


def percent(share: Number, places: int = 0, *, signed: bool = False, language_code: str | None = None) -> str:
    """A share (0 to 1) in hundredths: 80 % in Dutch, 80% in English."""
    spoken = language(language_code)
    figure = decimal_number(_decimal(share) * 100, places, signed=signed, language_code=spoken.code)
    return f"{figure}{spoken.before_percent}%"


def names_in_list(names: Iterable[str], *, language_code: str | None = None) -> str:
    """Names as a sentence lists them: A, B en C."""
    every = [str(name) for name in names]
    if len(every) < 2:
        return "".join(every)
    return f"{', '.join(every[:-1])} {language(language_code).conjunction} {every[-1]}"


@cache
def currency_symbol(currency: str, language_code: str) -> str:
    """€, £, or the code itself where a currency has no sign."""
    from babel import Locale  # reading a locale costs the command line nothing until it shows money

    return str(Locale(language_code).currency_symbols.get(currency, currency))


def country_name(code: str, language_code: str | None = None) -> str:
    """A country (ISO alpha-2) in the reader's language; what is no such code stands for itself."""
    return _countries(language(language_code).code).get(code, code)


@cache
def _countries(language_code: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale(language_code).territories)


@cache
def _cents(currency: str) -> int:
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency)


def _decimal(value: Number) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _figure(value: Decimal, places: int, spoken: Language) -> str:
    written = f"{_rounded(value, places):,f}"
    return written.translate({ord(","): spoken.group_sign, ord("."): spoken.decimal_sign})


def _sign(value: Decimal, signed: bool) -> str:
    if value < 0:
        return MINUS
    return "+" if signed and value > 0 else ""
