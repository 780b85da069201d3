"""Countries and currencies, as people write them."""

from __future__ import annotations

import polars as pl
import pytest
from raw_tables import column

from bekwaam.intake.countries import country_code, country_codes
from bekwaam.intake.currencies import currency_marks, read_currencies


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *[(name, "NL") for name in ("Nederland", "Netherlands", "The Netherlands", "NL", "nld", "Holland", "Pays-Bas")],
        *[(name, "DE") for name in ("Duitsland", "Germany", "Deutschland", "BRD", "DEU", "D")],
        *[(name, "GB") for name in ("UK", "U.K.", "United Kingdom", "Verenigd Koninkrijk", "Groot-Brittannië", "GB")],
        *[(name, "US") for name in ("USA", "U.S.A.", "Verenigde Staten", "United States of America")],
        *[(name, "BE") for name in ("België", "BELGIE", "Belgium", "Belgique")],
        *[("EIRE", "IE"), ("RSA", "ZA"), ("Czech Republic", "CZ"), ("Hong Kong", "HK"), ("Korea", "KR")],
        *[("Ivoorkust", "CI"), ("Côte d’Ivoire", "CI"), ("Trinidad & Tobago", "TT"), ("Türkiye", "TR")],
    ],
)
def test_a_country_is_known_in_dutch_english_and_by_code(written: str, code: str) -> None:
    assert country_code(written) == code


@pytest.mark.parametrize("written", ["Channel Islands", "European Community", "Unspecified", "EU", "XX", "ZZ", "", "?"])
def test_what_is_no_country_has_no_code(written: str) -> None:
    assert country_code(written) is None


def test_a_column_of_countries_keeps_its_blanks() -> None:
    assert country_codes(pl.Series(["NL", None, "Atlantis"])).to_list() == ["NL", None, None]


def test_currencies_are_known_by_sign_word_and_code() -> None:
    assert read_currencies(column("Valuta", ["€", "euro", "eur", " CHF ", None])).to_list() == ["EUR"] * 3 + [
        "CHF",
        None,
    ]
    assert currency_marks(column("Omzet", ["€ 5", "5 usd", "5"])).to_list() == ["EUR", "USD", None]
    assert currency_marks(column("Omzet", [5.0])).to_list() == [None]
