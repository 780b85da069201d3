"""Monday's choice among the candidates."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bekwaam.workspaces.cockpit.candidates import Candidate, Topic
from bekwaam.workspaces.cockpit.choice import place


def candidate(code: str, amount: int | None, topic: str = Topic.CUSTOMERS) -> Candidate:
    return Candidate(code=code, topic=topic, amount=None if amount is None else Decimal(amount))


def codes_of_chosen(*found: Candidate) -> list[str]:
    return [placed.candidate.code for placed in place(found) if placed.is_chosen]


def test_the_sentence_worth_most_comes_first() -> None:
    assert codes_of_chosen(candidate("small", 10), candidate("large", 90), candidate("middle", 50)) == [
        "large",
        "middle",
        "small",
    ]


def test_a_step_for_later_is_last_even_when_it_is_worth_most() -> None:
    assert codes_of_chosen(candidate("later", 1_000, Topic.LATER), candidate("now", 1)) == ["now", "later"]


def test_five_are_chosen_and_the_rest_is_kept_in_order() -> None:
    found = [candidate(str(amount), amount) for amount in (1, 2, 3, 4, 5, 6)]
    placed = place([*found, candidate("later", 9, Topic.LATER), candidate("much-later", 8, Topic.LATER)])
    assert [one.candidate.code for one in placed if one.is_chosen] == ["6", "5", "4", "3", "later"]
    assert [one.candidate.code for one in placed if not one.is_chosen] == ["2", "1", "much-later"]
    assert [one.rank for one in placed] == list(range(1, 9))


def test_without_a_step_for_later_the_fifth_place_goes_to_the_next_in_money() -> None:
    found = [candidate(str(amount), amount) for amount in (1, 2, 3, 4, 5, 6)]
    assert codes_of_chosen(*found) == ["6", "5", "4", "3", "2"]


def test_a_sentence_without_an_amount_comes_after_those_with_one() -> None:
    assert codes_of_chosen(candidate("unknown", None), candidate("nothing", 0)) == ["nothing", "unknown"]


@pytest.mark.parametrize("amount", [None, 3])
def test_where_the_year_ends_is_always_said(amount: int | None) -> None:
    found = [candidate(str(worth), worth) for worth in (10, 20, 30, 40, 50)]
    year_end = candidate("year_end", amount, Topic.FORECASTS)
    assert codes_of_chosen(*found, year_end, candidate("later", 9, Topic.LATER)) == [
        "50",
        "40",
        "30",
        "year_end",
        "later",
    ]


def test_where_the_year_ends_stands_where_its_money_puts_it() -> None:
    found = [candidate(str(worth), worth) for worth in (10, 20, 30, 40)]
    assert codes_of_chosen(*found, candidate("year_end", 35, Topic.FORECASTS))[1] == "year_end"


def test_left_over_sentences_stay_in_order_of_money_behind_the_chosen() -> None:
    found = [candidate(str(worth), worth) for worth in (10, 20, 30, 40, 50)]
    placed = place([*found, candidate("year_end", None, Topic.FORECASTS), candidate("later", 9, Topic.LATER)])
    assert [one.candidate.code for one in placed if not one.is_chosen] == ["20", "10"]


def test_with_places_to_spare_every_step_for_later_is_said() -> None:
    steps = candidate("no_cost", 90, Topic.LATER), candidate("no_customer", 9, Topic.LATER)
    assert codes_of_chosen(candidate("now", 1), *steps) == ["now", "no_cost", "no_customer"]
