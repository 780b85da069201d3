"""What the data cover, and what is said where they do not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from company import Story, work_out
from django.utils import translation

from bekwaam.terms.actor import SYSTEM
from bekwaam.terms.coverage import covers, missing_months
from bekwaam.terms.month import Month


@pytest.mark.parametrize(
    ("first_order", "start", "covered"),
    [
        (date(2024, 1, 2), date(2024, 1, 1), True),
        (date(2021, 1, 4), date(2021, 1, 1), True),  # New Year and a weekend
        (date(2024, 1, 2), date(2023, 12, 30), True),
        (date(2024, 1, 4), date(2024, 1, 1), False),
        (date(2025, 3, 10), date(2025, 1, 1), False),
        (date(2023, 6, 1), date(2024, 1, 1), True),
        (None, date(2024, 1, 1), False),
    ],
)
def test_a_period_is_covered_from_its_first_days_on(first_order: date | None, start: date, covered: bool) -> None:
    assert covers(first_order, start) is covered


def months(*names: tuple[int, int]) -> list[date]:
    return [date(year, month, 1) for year, month in names]


ALL_OF_2024 = [(2024, month) for month in range(1, 13)]


def test_a_month_without_any_line_is_missing() -> None:
    found = months(*ALL_OF_2024, (2025, 1), (2025, 2), (2025, 6))
    assert missing_months(found, date(2025, 8, 20)) == [Month(2025, m) for m in (3, 4, 5, 7)]


def test_the_running_month_and_the_time_before_the_first_are_not() -> None:
    assert missing_months(months(*ALL_OF_2024), date(2025, 1, 20)) == []
    assert missing_months([], date(2025, 1, 20)) == []


def test_an_off_season_is_no_hole() -> None:
    ice = months(*((year, month) for year in (2023, 2024, 2025) for month in range(2, 12)))
    assert missing_months(ice, date(2025, 12, 5)) == []


def test_a_sparse_trade_has_no_holes() -> None:
    assert missing_months(months((2024, 1), (2024, 4), (2024, 5), (2024, 9)), date(2024, 12, 1)) == []


HALF = Story(first=date(2025, 3, 10), last=date(2025, 12, 19), stops={0: date(2025, 10, 5), 1: date(2025, 9, 25)})
WHOLE_YEARS = Story(first=date(2024, 1, 2), last=date(2025, 12, 30))


def brief_of(run: Any) -> dict[str, Any]:
    from bekwaam.workspaces.cockpit.brief import brief

    return brief(run, SYSTEM, currency="EUR")


def told(found: dict[str, Any]) -> str:
    from bekwaam.workspaces.cockpit import brief_text

    return " ".join(brief_text.lines(found)).replace("\xa0", " ")


@pytest.mark.django_db
def test_twelve_months_that_are_not_covered_are_marked_and_named_by_their_first_day(home: Any, tmp_path: Path) -> None:
    found = brief_of(work_out(HALF, tmp_path))
    year = found["totals"]["last_12_months"]
    assert (year["first"], year["covered_from"], year["is_covered"]) == ("2024-12-20", "2025-03-10", False)
    words = told(found)
    assert "Since 10 March 2025: €" in words
    assert "gross profit a year" not in words
    assert "of revenue a year" not in words
    slipping = next(row for row in found["sentences"] if row["code"] == "slipping")
    assert slipping["text"].replace("\xa0", " ").endswith("of revenue since 10 March 2025.")


@pytest.mark.django_db
def test_two_calendar_years_are_compared_although_nobody_orders_on_new_years_day(home: Any, tmp_path: Path) -> None:
    found = brief_of(work_out(WHOLE_YEARS, tmp_path))
    assert found["totals"]["last_12_months"]["is_covered"]
    assert found["totals"]["twelve_before"] is not None
    assert "The last twelve months: €" in told(found)


def test_counts_are_written_with_their_thousands_and_their_number() -> None:
    from bekwaam.workspaces.cockpit.brief_text import counted_customers, counted_orders

    with translation.override("nl"):
        assert (counted_customers(1), counted_customers(4338)) == ("1 klant", "4.338 klanten")
        assert (counted_orders(1), counted_orders(22064)) == ("1 order", "22.064 orders")


GAP = Story(first=date(2024, 1, 2), last=date(2025, 10, 15), hole=(date(2025, 3, 1), date(2025, 6, 1)))


@pytest.mark.django_db
def test_a_year_of_which_the_start_is_missing_says_from_when_it_counts(home: Any, tmp_path: Path, cast: Any) -> None:
    found = brief_of(work_out(HALF, tmp_path))
    assert found["year_end"]["covered_from"] == "2025-03-10"
    assert found["year_end"]["is_covered"] is False
    said = next(row["text"] for row in found["sentences"] if row["code"] == "year_end")
    assert said.replace("\xa0", " ").endswith("It counts from 10 March 2025: nothing earlier has been read in.")
    page = cast.client("leader", headers={"accept-language": "en"}).get("/forecasts/").content.decode()
    assert "It counts from 10 March 2025" in page.replace("\xa0", " ")


@pytest.mark.django_db
def test_a_year_that_is_covered_says_nothing_of_it(home: Any, tmp_path: Path) -> None:
    found = brief_of(work_out(WHOLE_YEARS, tmp_path))
    assert found["year_end"]["is_covered"] is True
    assert "It counts from" not in told(found)


@pytest.mark.django_db
def test_months_without_one_line_are_named_and_not_read_as_nothing_sold(home: Any, tmp_path: Path) -> None:
    found = brief_of(work_out(GAP, tmp_path))
    assert found["year_end"]["missing_months"] == ["2025-03", "2025-04", "2025-05"]
    said = next(row["text"] for row in found["sentences"] if row["code"] == "year_end").replace("\xa0", " ")
    assert "For March 2025 up to and including May 2025 no order line has been read in; that is left out." in said
    usual = Decimal(found["totals"]["last_12_months"]["revenue"]) / 9
    for row in found["forecast"]:
        assert Decimal(row["mean"]) > usual * Decimal("0.8")
        assert Decimal(row["lo80"]) > 0


@pytest.mark.django_db
@pytest.mark.parametrize("as_of", [None, date(2025, 2, 10), date(2025, 4, 20)])
def test_a_look_back_over_missing_months_counts_nobody_as_gone(home: Any, tmp_path: Path, as_of: date | None) -> None:
    found = brief_of(work_out(GAP, tmp_path, as_of=as_of))
    assert found["hindsight"]["status"] == "hole"
    assert not any(found["hindsight"]["customers"].values())
    assert "no order line has been read in" in told({**found, "sentences": []})


LATE_GAP = Story(first=date(2023, 1, 2), last=date(2025, 10, 15), hole=(date(2025, 3, 1), date(2025, 6, 1)))


@pytest.mark.django_db
def test_twelve_months_with_a_month_missing_are_marked_and_not_compared(home: Any, tmp_path: Path) -> None:
    found = brief_of(work_out(LATE_GAP, tmp_path))
    year = found["totals"]["last_12_months"]
    assert year["missing_months"] == ["2025-03", "2025-04", "2025-05"]
    assert found["totals"]["twelve_before"] is None
    assert "For March 2025 up to and including May 2025 no order line" in told({**found, "sentences": []})
