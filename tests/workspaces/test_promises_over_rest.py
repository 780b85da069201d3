"""Opportunities, tasks and notes by program: made once, changed against the state that was read, taken to the trash."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bekwaam.records.models import Customer, Note, Opportunity, Seller, Task

pytestmark = pytest.mark.django_db

API = "/api/v1"


@pytest.fixture
def hoogwerve(db: None) -> Customer:
    return Customer.objects.create(number="1001", name="Hoogwerve", market_type="B2G")


def send(browser: Any, method: str, url: str, sent: dict[str, Any], **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return browser.generic(method, f"{API}{url}", json.dumps(sent), content_type="application/json", headers=named)


def test_an_opportunity_is_made_once_for_one_key(hoogwerve: Customer, cast: Any) -> None:
    browser = cast.client("leader")
    sent = {"customer": "1001", "title": "Bridge", "amount": "1200.50", "expected_on": "2030-05-01"}
    first = send(browser, "POST", "/opportunities", sent, idempotency_key="k1")
    again = send(browser, "POST", "/opportunities", sent, idempotency_key="k1")
    assert first.status_code == 201
    assert (again.json(), Opportunity.objects.count()) == (first.json(), 1)
    told = first.json()
    assert (told["customer"], told["stage"], told["amount"]) == ("1001", "announced", "1200.50")


def test_an_opportunity_is_changed_wholly_or_not_at_all(hoogwerve: Customer, cast: Any) -> None:
    Seller.objects.create(code="S1")
    browser = cast.client("leader")
    url = (
        f"/opportunities/{send(browser, 'POST', '/opportunities', {'customer': '1001', 'title': 'A'}).json()['number']}"
    )
    tag = browser.get(f"{API}{url}")["ETag"]
    sent = {"title": "B", "stage": "submitted", "sellers": {"S1": 100}}
    changed = send(browser, "PATCH", url, sent, if_match=tag).json()
    assert (changed["title"], changed["stage"]) == ("B", "submitted")
    assert changed["sellers"] == [{"seller": "S1", "share": 100}]
    assert [one["stage"] for one in changed["history"]] == ["announced", "submitted"]
    assert send(browser, "PATCH", url, {"title": "C"}, if_match=tag).status_code == 412
    refused = send(browser, "PATCH", url, {"title": "C", "stage": "quoted"}, if_match="*")
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:bekwaam:problem:stage_not_here")
    assert Opportunity.objects.get().title == "B"
    assert send(browser, "DELETE", url, {}, if_match="*").status_code == 204
    assert browser.get(f"{API}{url}").status_code == 404


def test_an_unknown_customer_and_a_foreign_opportunity_are_refused(hoogwerve: Customer, cast: Any) -> None:
    leader, manager = cast.client("leader"), cast.client("account_manager")
    refused = send(leader, "POST", "/opportunities", {"customer": "9", "title": "A"})
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:bekwaam:problem:customer_not_known")
    number = send(leader, "POST", "/opportunities", {"customer": "1001", "title": "A"}).json()["number"]
    assert send(manager, "PATCH", f"/opportunities/{number}", {"title": "B"}, if_match="*").status_code == 403
    assert send(manager, "DELETE", f"/opportunities/{number}", {}, if_match="*").status_code == 403


def test_a_task_is_made_ticked_off_and_thrown_away(hoogwerve: Customer, cast: Any) -> None:
    browser = cast.client("leader")
    cast.user("marketer")
    sent = {"title": "Call", "due_on": "2026-12-01", "customer": "1001", "owner": "marketer@example.test"}
    made = send(browser, "POST", "/tasks", sent).json()
    assert (made["owner"], made["customer"], made["done_at"]) == ("marketer@example.test", "1001", None)
    url = f"/tasks/{made['id']}"
    ticked = send(cast.client("marketer"), "PATCH", url, {"is_done": True}, if_match="*").json()
    assert ticked["done_at"] is not None
    assert Task.objects.get().done_by == cast.user("marketer")
    assert send(browser, "PATCH", url, {"owner": "nobody@example.test"}, if_match="*").status_code == 422
    assert send(cast.client("colleague"), "DELETE", url, {}, if_match="*").status_code == 403
    assert send(browser, "DELETE", url, {}, if_match="*").status_code == 204
    assert (
        browser.get(f"{API}/tasks").json()["results" if "results" in browser.get(f"{API}/tasks").json() else "items"]
        == []
    )


def test_a_note_is_its_authors(hoogwerve: Customer, cast: Any) -> None:
    author, other = cast.client("colleague"), cast.client("leader")
    made = send(author, "POST", "/notes", {"text": "Hello", "customer": "1001"}).json()
    url = f"/notes/{made['id']}"
    assert send(other, "PATCH", url, {"text": "No"}, if_match="*").status_code == 403
    assert send(author, "PATCH", url, {"text": "Yes"}, if_match="*").json()["text"] == "Yes"
    assert send(author, "POST", "/notes", {"text": "Hello"}).status_code == 404
    assert send(author, "POST", "/notes", {"text": " ", "customer": "1001"}).status_code == 422
    assert send(author, "DELETE", url, {}, if_match="*").status_code == 204
    assert Note.objects.get().trashed_at is not None


@pytest.mark.parametrize("what", ["opportunities", "tasks", "notes"])
def test_a_page_asks_no_more_when_there_is_more(hoogwerve: Customer, cast: Any, what: str) -> None:
    browser, counts = cast.client("leader"), []
    sent = {
        "opportunities": {"customer": "1001", "title": "A"},
        "tasks": {"title": "A", "due_on": "2026-12-01", "customer": "1001"},
        "notes": {"text": "A", "customer": "1001"},
    }[what]
    for more in (2, 8):
        for _place in range(more):
            assert send(browser, "POST", f"/{what}", sent).status_code == 201
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(f"{API}/{what}").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
