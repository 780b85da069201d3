"""Figures in the sentences of the week: millions, none, one and many, and nothing where nothing is to say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from bekwaam.terms.actor import SYSTEM


@pytest.fixture(autouse=True)
def _dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


def plain(code: str, **values: Any) -> str:
    from bekwaam.workspaces.cockpit.models import SentenceReading
    from bekwaam.workspaces.cockpit.wording import sentence_of

    return sentence_of(SentenceReading(code=code, values=values), "EUR", SYSTEM).plain().replace("\xa0", " ")


def test_a_sentence_says_millions() -> None:
    told = plain("without_seller", count=214, revenue="1100000")
    assert "€ 1,1 miljoen" in told


def period(revenue: str, returned: str) -> Any:
    from bekwaam.workspaces.cockpit.totals import Period

    day = date(2025, 1, 1)
    amounts = {"revenue": Decimal(revenue), "returned": Decimal(returned), "gross_profit": None}
    counts = {"orders": 1, "customers": 1, "lines": 1, "lines_without_customer": 0, "has_any_cost": False}
    return Period(
        first=day, until=day, covered_from=day, missing=(), revenue_without_customer=Decimal(0), **amounts, **counts
    )


def returned(revenue: str, back: str) -> Any:
    from bekwaam.workspaces.cockpit.candidates import returns
    from bekwaam.workspaces.cockpit.totals import Totals

    return returns(Totals(year=period(revenue, back), before=None, by_country=[], revenue_by_customer_before=[]))


def test_what_hardly_came_back_is_not_worth_a_sentence() -> None:
    assert returned("100000.00", "-20.00") is None
    found = returned("95400.00", "-4600.00")
    assert "Van elke € 100 die we" in plain("returns", **found.values)
    assert "kwam € 4,60 terug" in plain("returns", **found.values)


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ((0.004, 0.05, -0.046), None),
        ((-0.004, -0.05, 0.046), None),
        ((0.05, 0.054, -0.004), "De omzet steeg 5 %: +5 % door prijs en 0 % door afzet."),
        ((0.03, 0.07, -0.04), "De omzet steeg 3 %, maar dat is prijs (+7 %); de afzet daalde 4 %."),
    ],
)
def test_price_and_volume_say_nothing_of_a_change_that_rounds_to_nothing(
    shares: tuple[float, float, float], told: str | None
) -> None:
    from bekwaam.workspaces.cockpit.price_volume import Split

    change, price, _volume = (Decimal(repr(share)) * 1000 for share in shares)
    split = Split(before=Decimal(1000), now=1000 + change, price_effect=price)
    assert split.is_worth_telling is (told is not None)
    if told:
        assert plain("price_volume", **split.to_values()) == told


def test_one_month_of_history_is_one_month() -> None:
    told = plain("year_end", mean=None, months_known=1, months_needed=6)
    assert "1 maand van de 6" in told


def test_one_more_customer_is_one() -> None:
    from bekwaam.workspaces.cockpit.brief_text import lines_of_group

    rows = [{"customer": str(number), "name": f"Klant {number}", "value_year": "1.00"} for number in range(21)]
    assert list(lines_of_group(rows, "EUR"))[-1].strip() == "en 1 andere"
