"""Countries with a calendar of public holidays, and currencies, named in the reader's language."""

from __future__ import annotations

from functools import cache
from typing import Final

CURRENCIES: Final = (
    *("EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "ISK", "PLN", "CZK", "HUF", "RON", "TRY", "UAH"),
    *("ILS", "AED", "SAR", "ZAR", "MAD", "CAD", "MXN", "BRL", "AUD", "NZD"),
    *("JPY", "CNY", "HKD", "SGD", "KRW", "INR", "IDR", "MYR", "THB"),
)


@cache
def countries(language: str) -> list[tuple[str, str]]:
    """Code and name of each country, by name."""
    import holidays  # only the settings page asks
    from babel import Locale

    names = Locale(language).territories
    codes = {code for code in holidays.list_supported_countries() if len(code) == 2 and code in names}
    return sorted(((code, names[code]) for code in codes), key=lambda pair: pair[1])


@cache
def currencies(language: str) -> list[tuple[str, str]]:
    """Code and name of each currency."""
    from babel import Locale

    names = Locale(language).currencies
    return [(code, f"{code} · {names[code]}") for code in CURRENCIES]
