"""Figures and days as each language writes them, with hard spaces inside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from bekwaam.frame import formats

DAY = date(2026, 3, 3)


@pytest.fixture(params=["nl", "en"])
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    with translation.override(request.param):
        yield request.param


def soft(text: str) -> str:
    """Hard spaces made visible as an underscore."""
    return text.replace("\u00a0", "_")


@pytest.mark.parametrize(
    ("amount", "currency", "style", "dutch", "english"),
    [
        ("38412.5", "EUR", "exact", "€_38.412,50", "€38,412.50"),
        ("412000", "EUR", "whole", "€_412.000", "€412,000"),
        ("411999.5", "EUR", "whole", "€_412.000", "€412,000"),
        ("14200000", "EUR", "short", "€_14,2_miljoen", "€14.2_million"),
        ("412000", "EUR", "short", "€_412.000", "€412,000"),
        ("999999.49", "EUR", "short", "€_999.999", "€999,999"),
        ("999999.5", "EUR", "short", "€_1,0_miljoen", "€1.0_million"),
        ("999949999", "EUR", "short", "€_999,9_miljoen", "€999.9_million"),
        ("999950000", "EUR", "short", "€_1,0_miljard", "€1.0_billion"),
        ("1155792.70", "GBP", "whole", "£_1.155.793", "£1,155,793"),
        ("1234", "CHF", "exact", "CHF_1.234,00", "CHF_1,234.00"),
        ("-1600", "EUR", "whole", "−€_1.600", "−€1,600"),
        ("-0.2", "EUR", "whole", "€_0", "€0"),
        ("0", "EUR", "short", "€_0", "€0"),
    ],
)
def test_an_amount_stands_with_its_currency(
    amount: str, currency: str, style: formats.Style, dutch: str, english: str
) -> None:
    value = Decimal(amount)
    assert soft(formats.money(value, currency, style, language_code="nl")) == dutch
    assert soft(formats.money(value, currency, style, language_code="en")) == english


def test_a_signed_amount_shows_a_plus() -> None:
    assert soft(formats.money(Decimal(1200), "EUR", "whole", signed=True, language_code="nl")) == "+€_1.200"
    assert soft(formats.money(Decimal(0), "EUR", "whole", signed=True, language_code="nl")) == "€_0"


@pytest.mark.parametrize(
    ("amount", "like", "dutch"),
    [
        ("13600000", "14200000", "13,6"),
        ("900000", "14200000", "0,9"),
        ("-13600000", "14200000", "−13,6"),
        ("690000", "750000", "690.000"),
        ("1200000", "999000", "1.200.000"),
    ],
)
def test_a_bare_amount_follows_the_scale_of_its_neighbour(amount: str, like: str, dutch: str) -> None:
    assert formats.short_amount(Decimal(amount), like=Decimal(like), language_code="nl") == dutch


@pytest.mark.parametrize(
    ("share", "places", "dutch", "english"),
    [
        (0.8, 0, "80_%", "80%"),
        (0.414, 1, "41,4_%", "41.4%"),
        (-0.024, 0, "−2_%", "−2%"),
        (0.125, 0, "13_%", "13%"),
        (1, 0, "100_%", "100%"),
        (-0.001, 0, "0_%", "0%"),
    ],
)
def test_a_share_is_said_in_hundredths(share: float, places: int, dutch: str, english: str) -> None:
    assert soft(formats.percent(share, places, language_code="nl")) == dutch
    assert formats.percent(share, places, language_code="en") == english


def test_counts_and_differences() -> None:
    assert formats.whole_number(1284, language_code="nl") == "1.284"
    assert formats.whole_number(110, signed=True, language_code="nl") == "+110"
    assert formats.whole_number(Decimal("-310.4"), signed=True, language_code="nl") == "−310"
    assert formats.decimal_number(1.945, 2, language_code="nl") == "1,95"
    assert formats.percent(0.05, signed=True, language_code="en") == "+5%"


def test_days_are_written_as_the_words_page_says(spoken: str) -> None:
    dutch = spoken == "nl"
    assert soft(formats.day(date(2026, 2, 28))) == ("28-02-2026" if dutch else "28_February_2026")
    assert soft(formats.day_and_month(DAY)) == ("3_maart" if dutch else "3_March")
    assert soft(formats.month_name(DAY)) == ("maart_2026" if dutch else "March_2026")
    assert formats.month_short(DAY) == ("mrt" if dutch else "Mar")
    assert soft(formats.long_day(DAY)) == ("dinsdag_3_maart_2026" if dutch else "Tuesday_3_March_2026")


def test_a_stand_is_told_in_local_time(spoken: str) -> None:
    moment = datetime(2026, 3, 3, 6, 12, tzinfo=UTC)
    assert soft(formats.stand(moment)).endswith("3_maart_07.12" if spoken == "nl" else "3_March_07:12")
    expected = "03-03-2026_07.12" if spoken == "nl" else "3_March_2026_07:12"
    assert soft(formats.day_and_time(moment)) == expected


def test_the_week_is_the_iso_week() -> None:
    assert [formats.week_number(date(2026, 9, 21)), formats.week_number(date(2027, 1, 1))] == [39, 53]


@pytest.mark.parametrize(
    ("names", "dutch"), [([], ""), (["A"], "A"), (["A", "B"], "A en B"), (["A", "B", "C"], "A, B en C")]
)
def test_names_are_listed_as_a_sentence_does(names: list[str], dutch: str) -> None:
    assert formats.names_in_list(names, language_code="nl") == dutch
    assert formats.names_in_list(names, language_code="en") == dutch.replace(" en ", " and ")


def test_countries_are_named_in_the_readers_language() -> None:
    assert formats.country_name("DE", "nl") == "Duitsland"
    assert formats.country_name("DE", "en") == "Germany"
    assert formats.country_name("Unspecified", "nl") == "Unspecified"


def test_without_a_chosen_language_english_is_spoken() -> None:
    with translation.override(None):
        assert formats.money(Decimal(5), "EUR", "whole") == "€5"


@pytest.mark.parametrize(
    ("mean", "low", "high", "told"),
    [
        (14_200_000, 13_600_000, 14_800_000, ("€ 14,2 miljoen", "13,6", "14,8")),
        (1_040_000, 1_020_000, 1_060_000, ("€ 1,04 miljoen", "1,02", "1,06")),
        (1_000_000, 999_000, 1_001_000, ("€ 1,000 miljoen", "0,999", "1,001")),
        (1_000_000, 1_000_000, 1_100_000, ("€ 1,0 miljoen", "1,0", "1,1")),
        (63_536, 62_522, 64_550, ("€ 63.536", "62.522", "64.550")),
    ],
)
def test_a_range_has_the_decimals_that_tell_its_ends_apart(
    mean: int, low: int, high: int, told: tuple[str, ...]
) -> None:
    with translation.override("nl"):
        found = formats.short_range(mean, low, high, "EUR")
    assert tuple(text.replace("\xa0", " ") for text in found) == told
