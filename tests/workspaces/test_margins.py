"""Gross profit is for whoever may see cost; everyone else reads the same week in revenue."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from company import EVERY_COST_KNOWN, work_out

pytestmark = pytest.mark.django_db


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def run(home: Any, tmp_path: Path) -> Any:
    return work_out(EVERY_COST_KNOWN, tmp_path)


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
