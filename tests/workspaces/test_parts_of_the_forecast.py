"""The parts of a forecast visibly add up to the total, whatever is not shown or not known."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("level", ["country", "product", "customer"])
def test_the_rows_of_a_level_and_the_rest_add_up_to_the_total(monday: Any, level: str) -> None:
    from bekwaam.terms.actor import SYSTEM
    from bekwaam.workspaces.forecasts import pages, queries

    total = queries.year_end(monday.run, SYSTEM)
    parts = pages.overview(monday.run, SYSTEM)["parts"][level]
    assert sum((row.reading.actual_to_date for row in parts.rows), parts.rest.actual_to_date) == total.actual_to_date
    known = sum((row.reading.mean or Decimal(0) for row in parts.rows), Decimal(0))
    assert known + parts.rest.mean == total.mean


def test_the_page_names_the_rest_and_the_total(monday: Any, cast: Any) -> None:
    page = cast.client("leader", headers={"accept-language": "en"}).get("/forecasts/").content.decode()
    assert page.count('<th scope="row">Other and unknown') == 3
    assert page.count("<tfoot>") == 3


def test_who_sees_totals_only_sees_the_rest_of_the_countries_only(monday: Any, cast: Any) -> None:
    page = cast.client("board", headers={"accept-language": "en"}).get("/forecasts/").content.decode()
    assert page.count('<th scope="row">Other and unknown') == 1
