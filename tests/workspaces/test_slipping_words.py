"""What is said of customers who slip away, and of those who did: none, one and many, and what cannot be said yet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from company import STOPPED, TWO_YEARS, Story, work_out
from django.utils import translation

from bekwaam.terms.actor import SYSTEM
from bekwaam.workspaces.cockpit.hindsight_words import Tally, alert_record, answer, unknown


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def said(run: Any, code: str) -> str:
    from bekwaam.workspaces.cockpit.models import SentenceReading
    from bekwaam.workspaces.cockpit.wording import sentence_of

    return sentence_of(SentenceReading.objects.get(run=run, code=code), "EUR", SYSTEM).plain().replace("\xa0", " ")


def slipping_words(**values: Any) -> str:
    from bekwaam.workspaces.cockpit.models import SentenceReading
    from bekwaam.workspaces.cockpit.wording import sentence_of

    told = {"count": 0, "gross_profit_year": None, "revenue_year": "0.00", **values}
    return sentence_of(SentenceReading(code="slipping", values=told), "EUR", SYSTEM).plain()


def test_nobody_slipping_counts_only_those_who_have_a_rhythm() -> None:
    assert slipping_words(looked_at=1, most_order_days=9).endswith(
        "we looked at 1 customer who orders often enough to have one."
    )
    assert "1,284 customers who order" in slipping_words(looked_at=1284, most_order_days=9)


@pytest.mark.parametrize(("most", "words"), [(1, "one day;"), (3, "three days;")])
def test_without_anyone_who_has_a_rhythm_there_is_not_enough_history(most: int, words: str) -> None:
    told = slipping_words(looked_at=0, most_order_days=most)
    assert told.startswith("Who is slipping away cannot be said yet: not enough history")
    assert words in told
    assert told.endswith("five are needed.")


def test_without_customer_numbers_nobody_can_be_followed() -> None:
    assert slipping_words(looked_at=0, most_order_days=0).endswith("no order carries a customer number.")


def test_when_all_who_had_a_rhythm_are_gone_it_says_so() -> None:
    assert slipping_words(looked_at=0, most_order_days=8).startswith("No customer who used to order often is still one")


@pytest.mark.django_db
def test_customers_without_a_rhythm_are_not_looked_at(home: Any, tmp_path: Path) -> None:
    run = work_out(Story(first=date(2025, 3, 10), last=date(2025, 5, 10), customers=6), tmp_path)
    assert said(run, "slipping").startswith("Who is slipping away cannot be said yet: not enough history")


NOBODY_LEAVES = Story(**TWO_YEARS, customers=12)
FEW_CUSTOMERS = Story(**TWO_YEARS, customers=9, stops={0: date(2025, 7, 20)})


@pytest.mark.django_db
def test_under_the_plain_rule_no_chance_is_shown_anywhere(home: Any, tmp_path: Path, cast: Any) -> None:
    from bekwaam.workspaces.customers.models import CustomerReading, RetentionReading

    work_out(FEW_CUSTOMERS, tmp_path)
    assert RetentionReading.objects.get().method == "plain_rule"
    assert not CustomerReading.objects.exclude(chance_of_order_90d=None, expected_loss=None).exists()
    slipping = CustomerReading.objects.filter(is_slipping=True)
    assert [(row.customer_number, row.rank) for row in slipping] == [("K000", 1)]


@pytest.mark.django_db
def test_one_order_is_counted_from_the_ninety_first_day_on_and_nothing_to_lose_is_no_unknown(
    home: Any, tmp_path: Path
) -> None:
    from bekwaam.workspaces.cockpit.candidates import one_order
    from bekwaam.workspaces.cockpit.totals import Totals
    from bekwaam.workspaces.customers.models import CustomerReading

    run = work_out(Story(**TWO_YEARS, stops=STOPPED), tmp_path)
    cases = (
        ("A", 90, "5.00", "100.00"),
        ("B", 91, "0.00", "100.00"),
        ("C", 200, "30.00", "50.00"),
        ("D", 91, "1.00", "0"),
    )
    for number, silent, loss, revenue in cases:
        CustomerReading.objects.create(
            run=run,
            customer_number=number,
            days_silent=silent,
            expected_loss=Decimal(loss),
            revenue_year=Decimal(revenue),
            order_days=1,
            first_order=date(2025, 1, 1),
            last_order=date(2025, 1, 1),
        )
    from bekwaam.facts.read import Facts

    found = one_order(run, Totals.read(Facts(_facts_of(home)), run.as_of, SYSTEM))
    assert found is not None
    assert (found.values["count"], found.amount) == (2, Decimal("120.00"))


def _facts_of(home: Any) -> Path:
    return Path(home.facts)


def tally(named: int, seen: int, leavers: int) -> Tally:
    return Tally(named, seen, leavers, Decimal(1_100_000 if seen else 0), Decimal(2_300_000), 182)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((0, 0, 0), "Nobody left in those 182 days, so there was nothing to see. Nobody was named then."),
        ((2, 0, 0), "Nobody left in those 182 days, so there was nothing to see. And two we named simply stayed."),
        ((0, 0, 1), "No: the one customer who left, good for €2.3 million, was not named. Nobody was named then."),
        ((1, 1, 1), "Yes: the one customer who left, good for €2.3 million, had been named."),
        (
            (1, 0, 3),
            "No: of the three customers who left, together good for €2.3 million, we named none. "
            "And one we named simply stayed.",
        ),
        (
            (20, 4, 9),
            "Four of the nine customers who left, good for €1.1 million of the €2.3 million. "
            "And sixteen we named simply stayed.",
        ),
    ],
)
def test_the_look_back_has_words_for_none_one_and_many(counts: tuple[int, int, int], told: str) -> None:
    assert answer(tally(*counts), "EUR").replace("\xa0", " ") == told


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((0, 0, 3), "Nobody was named like this the time before."),
        ((1, 0, 3), "The one customer named like this before ordered again within 182 days."),
        ((1, 1, 3), "The one customer named like this before really left in the 182 days after."),
        ((7, 0, 3), "All seven customers named like this before ordered again within 182 days."),
        ((7, 1, 3), "Of seven customers named like this before, one really left in the 182 days after."),
    ],
)
def test_the_small_print_names_the_real_window(counts: tuple[int, int, int], told: str) -> None:
    assert alert_record(tally(*counts)).replace("\xa0", " ") == told


def test_one_month_of_history_is_one_month() -> None:
    assert unknown(had=1, needed=6, missing=[]) == "That cannot be said yet: 1 month of history, 6 needed."


@pytest.mark.django_db
def test_a_look_back_that_named_nobody_is_not_called_short_of_history(home: Any, tmp_path: Path, cast: Any) -> None:
    work_out(NOBODY_LEAVES, tmp_path)
    client = cast.client("leader", headers={"accept-language": "en"})
    week, page = (client.get(path).content.decode() for path in ("/", "/half-year-ago/"))
    assert "Nobody was named like this the time before." in week
    assert "Not enough history to look back" not in week
    assert "Nobody left in those" in page
    assert "<caption" in page
    assert "Customers who left" not in page
    assert "three times the own rhythm" in page


@pytest.mark.parametrize(
    ("as_of", "period"),
    [
        (date(2011, 9, 11), (date(2011, 9, 11), date(2011, 12, 10))),
        (date(2011, 9, 12), (date(2011, 3, 14), date(2011, 9, 12))),
        (date(2011, 11, 10), (date(2011, 5, 12), date(2011, 11, 10))),
    ],
)
def test_nobody_is_called_gone_after_less_than_ninety_days(as_of: date, period: tuple[date, date]) -> None:
    from bekwaam.workspaces.customers.looking_back import look_back_days

    assert look_back_days(as_of, end=date(2011, 12, 10)) == period
