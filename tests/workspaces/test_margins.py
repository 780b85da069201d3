"""Gross profit is for whoever may see cost; everyone else reads the same week in revenue."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from company import EVERY_COST_KNOWN, STOPPED, TWO_YEARS, Story, work_out

pytestmark = pytest.mark.django_db


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def run(home: Any, tmp_path: Path) -> Any:
    return work_out(EVERY_COST_KNOWN, tmp_path)


LEFT_LONG_AGO = Story(
    first=date(2023, 1, 2),
    last=date(2025, 10, 15),
    stops={n: date(2025, 1, 20) for n in range(4)},
    unit_cost=lambda _customer: 9.0,
)
WITHOUT = ("leader", "account_manager", "inside_sales", "marketer", "colleague")


def test_the_week_speaks_of_gross_profit_only_to_who_may_see_cost(run: Any, cast: Any) -> None:
    from bekwaam.terms.actor import SYSTEM
    from bekwaam.workspaces.customers import queries

    total = queries.slipping_total(run, SYSTEM)
    assert total.count == 2
    assert total.gross_profit_year is not None
    profit, revenue = f"{total.gross_profit_year:,.0f}", f"{total.revenue_year:,.0f}"
    for name in WITHOUT:
        shown = text_of(cast.client(name, headers={"accept-language": "en"}).get("/?all"))
        assert "gross profit" not in shown, name
        assert f"€{profit}" not in shown, name
        assert f"€{revenue}" in shown, name
    shown = text_of(cast.client("leader_with_margins", headers={"accept-language": "en"}).get("/?all"))
    assert "gross profit a year" in shown
    assert f"€{profit}" in shown


def test_sentences_are_weighed_in_one_measure(run: Any) -> None:
    from bekwaam.workspaces.cockpit.models import SentenceReading

    reading = SentenceReading.objects.get(run=run, code="slipping")
    assert reading.amount == Decimal(reading.values["revenue_year"])


def test_names_under_a_sentence_carry_its_measure(run: Any, cast: Any) -> None:
    from bekwaam.terms.actor import SYSTEM
    from bekwaam.workspaces.customers import queries

    row = queries.slipping(run, SYSTEM)[0]
    profit, revenue = f"€{row.gross_profit_year:,.0f}", f"€{row.revenue_year:,.0f}"
    english = {"accept-language": "en"}
    with_margins = text_of(cast.client("leader_with_margins", headers=english).get("/"))
    without = text_of(cast.client("leader", headers=english).get("/"))
    assert (profit in with_margins, revenue in with_margins) == (True, False)
    assert (profit in without, revenue in without) == (False, True)


def test_a_look_back_is_in_revenue_for_who_may_not_see_cost(home: Any, tmp_path: Path, cast: Any) -> None:
    from bekwaam.workspaces.customers.models import HindsightCustomer, HindsightReading

    work_out(LEFT_LONG_AGO, tmp_path)
    found = HindsightReading.objects.get()
    assert found.leavers
    assert found.profit_lost is not None
    assert found.profit_lost < found.value_lost
    english = {"accept-language": "en"}
    left = HindsightCustomer.objects.filter(group__in=["seen", "missed"]).first()
    shown = {
        name: text_of(cast.client(name, headers=english).get("/half-year-ago/"))
        for name in ("leader", "leader_with_margins")
    }
    for name, worth, other in (
        ("leader", left.value_year, left.gross_profit_year),
        ("leader_with_margins", left.gross_profit_year, left.value_year),
    ):
        assert f"€{worth:,.0f}" in shown[name], name
        assert f"€{other:,.0f}" not in shown[name], name
    assert "Gross profit a year" not in shown["leader"]
    assert "Gross profit a year" in shown["leader_with_margins"]


@pytest.fixture
def priced(home: Any, tmp_path: Path) -> Any:
    """K000 is sold to at a loss, K001 dearly bought, K002 with a good margin; all three stopped."""
    cost = {0: 15.0, 1: 12.0}
    stops = {0: date(2025, 7, 10), 1: date(2025, 7, 10), 2: date(2025, 7, 15)}
    return work_out(Story(**TWO_YEARS, stops=stops, unit_cost=lambda customer: cost.get(customer, 9.0)), tmp_path)


def listed(run: Any) -> list[str]:
    from bekwaam.terms.actor import SYSTEM
    from bekwaam.workspaces.customers import queries

    return [row.customer_number for row in queries.slipping(run, SYSTEM)]


def test_with_every_cost_known_gross_profit_decides_who_is_on_the_list(priced: Any) -> None:
    from bekwaam.terms.actor import SYSTEM
    from bekwaam.workspaces.customers import queries

    assert listed(priced) == ["K002", "K001"]
    losses = [row.loss_for(SYSTEM) for row in queries.slipping(priced, SYSTEM)]
    assert losses == sorted(losses, reverse=True)
    assert all(row.worth_for(SYSTEM) == row.gross_profit_year > 0 for row in queries.slipping(priced, SYSTEM))


def test_without_the_right_the_order_does_not_tell_the_margin(priced: Any, cast: Any) -> None:
    from bekwaam.workspaces.customers import queries

    rows = queries.slipping(priced, cast.actor("leader"))
    losses = [row.expected_loss for row in rows]
    assert losses == sorted(losses, reverse=True)
    assert [row.loss_for(cast.actor("leader")) for row in rows] == losses


def test_one_unknown_cost_puts_everything_in_revenue(home: Any, tmp_path: Path) -> None:
    from bekwaam.workspaces.customers.models import CustomerReading, HindsightReading

    story = Story(**TWO_YEARS, stops=STOPPED, unit_cost=lambda customer: None if customer == 1 else 9.0)
    run = work_out(story, tmp_path)
    assert listed(run)
    assert not CustomerReading.objects.exclude(gross_profit_year=None).exists()
    assert HindsightReading.objects.get().profit_rules == []


def test_what_came_back_is_taken_off_before_customers_are_weighed(home: Any, tmp_path: Path) -> None:
    from bekwaam.workspaces.customers.models import CustomerReading

    back = ("9999", "K002", "20-07-2025", "A2", "-500", "-6250,00", "NL")
    run = work_out(Story(**TWO_YEARS, stops=STOPPED, more=(back,)), tmp_path)
    returned = CustomerReading.objects.get(run=run, customer_number="K002")
    assert returned.revenue_year < 0
    assert listed(run) == ["K000"]
