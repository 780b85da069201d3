"""The rooms, read by people of different roles: answer first, figures that open, and nothing that is not theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db

LANGUAGES = ("nl", "en")
PAGES = (
    "/",
    "/?all",
    "/half-year-ago/",
    "/customers/",
    "/customers/?view=all&order=silent",
    "/customers/?view=one-order",
    "/forecasts/",
    "/forecasts/country/GB/",
    "/forecasts/lines/?kind=return",
    "/forecasts/lines/?customer=-",
    "/data/",
    "/data/batches/B0001/",
    "/data/jobs/",
)


def reader(*roles: str, rights: tuple[str, ...] = (), language: str = "en") -> Client:
    from bekwaam.access import actions

    email = f"{'-'.join(roles)}-{'-'.join(rights)}@example.test"
    user = actions.create_user(
        actions.Person(email=email, name=roles[0], language=language), roles=roles, rights=rights
    )
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_the_rooms_is_whole(monday: Any, language: str, page: str) -> None:
    response = reader("leader", "inside_sales", rights=("margins",), language=language).get(page)
    assert response.status_code == 200
    shown = response.content.decode()
    assert "None" not in text_of(response)
    assert "%(" not in shown
    assert " nan" not in shown.lower()
    assert 'style="' not in shown
    assert len(response.content) <= 80_000


def test_the_first_page_answers_before_anything_else(monday: Any) -> None:
    shown = text_of(reader("leader").get("/"))
    assert "What needs attention this week?" in shown
    assert "customers are slipping away" in shown
    assert "end the year" in shown
    assert "building for later" in shown


def test_the_why_of_a_figure_adds_up_to_the_figure(monday: Any) -> None:
    from bekwaam.terms.actor import SYSTEM
    from bekwaam.workspaces.customers.models import CustomerReading
    from bekwaam.workspaces.customers.why import lines_behind_revenue

    for reading in CustomerReading.objects.filter(run=monday.run).order_by("-revenue_year")[:8]:
        first = lines_behind_revenue(monday.run, reading.customer_number, SYSTEM)
        pages = [
            lines_behind_revenue(monday.run, reading.customer_number, SYSTEM, page=n + 1) for n in range(first.pages)
        ]
        lines = [line for page in pages for line in page.lines]
        assert len(lines) == first.count
        assert sum(line["revenue"] for line in lines) == first.revenue == reading.revenue_year


def test_the_year_so_far_opens_to_its_lines(monday: Any) -> None:
    from bekwaam.terms.actor import SYSTEM
    from bekwaam.workspaces.forecasts import queries
    from bekwaam.workspaces.forecasts.lines import lines_between

    for level, key in (("total", ""), ("country", "GB")):
        reading = queries.year_end(monday.run, SYSTEM, level, key)
        assert reading is not None
        chosen = {} if level == "total" else {level: key}
        behind = lines_between(monday.run, SYSTEM, first=reading.year_start, until=monday.run.as_of, chosen=chosen)
        assert behind.revenue == reading.actual_to_date


def test_months_of_the_year_add_up_to_its_end(monday: Any) -> None:
    from bekwaam.terms.actor import SYSTEM
    from bekwaam.workspaces.forecasts import queries

    reading = queries.year_end(monday.run, SYSTEM)
    assert reading is not None
    months = [row for row in queries.months(monday.run, SYSTEM) if reading.year_start <= row.month < reading.year_end]
    expected = sum((row.mean if row.is_running or row.actual is None else row.actual) or Decimal(0) for row in months)
    assert reading.mean is not None
    assert abs(expected - reading.mean) <= Decimal("0.05")
    if reading.lo80 is not None:
        assert reading.lo80 <= reading.lo50 <= reading.mean <= reading.hi50 <= reading.hi80
        assert reading.actual_to_date <= reading.lo80


def test_the_list_asks_few_questions_and_no_more_when_it_is_longer(monday: Any) -> None:
    client = reader("leader")
    client.get("/customers/?view=all")
    counts = []
    for page in ("/customers/?view=slipping", "/customers/?view=all"):
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        counts.append(len(asked))
    assert max(counts) <= 8
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("marketer", True), ("colleague", True), ("account_manager", True), ("board", False), ("fair_staff", False)],
)
def test_who_may_read_customers(monday: Any, role: str, allowed: bool) -> None:
    client = reader(role)
    number = monday.run and _a_customer(monday)
    for page in ("/customers/", f"/customers/{number}/", f"/customers/{number}/lines/", "/forecasts/lines/"):
        assert client.get(page).status_code == (200 if allowed else 403)


def _a_customer(monday: Any) -> str:
    from bekwaam.workspaces.customers.models import CustomerReading

    return str(CustomerReading.objects.filter(run=monday.run).order_by("rank").first().customer_number)


def test_the_board_reads_totals_and_no_customer(monday: Any) -> None:
    client = reader("board")
    overview = text_of(client.get("/forecasts/"))
    assert "Where will we end this year?" in overview
    assert "Customer " not in overview
    assert client.get(f"/forecasts/customer/{_a_customer(monday)}/").status_code == 404
    assert client.get("/forecasts/country/GB/").status_code == 200


def test_without_the_right_cost_is_absent_not_empty(monday: Any) -> None:
    number = _a_customer(monday)
    page = f"/customers/{number}/lines/"
    assert "Cost" not in text_of(reader("leader").get(page))
    assert "Cost" in text_of(reader("leader", rights=("margins",)).get(page))


def test_a_customer_that_nobody_knows_is_not_found(monday: Any) -> None:
    client = reader("leader")
    assert client.get("/customers/no-such-number/").status_code == 404
    assert client.get("/forecasts/country/XX/").status_code == 404


def test_a_second_snapshot_tells_what_changed(monday: Any) -> None:
    from datetime import date

    from bekwaam.faces.jobs.refreshing import refresh
    from bekwaam.records.models import Run
    from bekwaam.terms.actor import SYSTEM
    from bekwaam.workspaces.cockpit.models import SentenceReading
    from bekwaam.workspaces.cockpit.wording import sentence_of
    from bekwaam.workspaces.forecasts import queries

    earlier = refresh(as_of=date(2011, 11, 20))
    later = refresh(as_of=date(2011, 12, 10))
    change = queries.change(later, SYSTEM)
    assert change is not None
    assert change.before.run_id == earlier.pk
    assert change.amount == change.now.mean - change.before.mean
    told = sentence_of(SentenceReading.objects.get(run=later, code="year_end"), "EUR", SYSTEM).plain()
    assert re.search(r"(less|more) than on 20\sNovember|the same as on", told)
    assert Run.objects.get(is_current=True) == later


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    from django.utils import translation

    with translation.override("en"):
        yield
