"""The pages of opportunities, tasks and notes: what each role sees, does and takes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    from bekwaam.frame.lists.memo import MEMO

    MEMO.forget()
    yield
    MEMO.forget()


def reader(cast: Any, name: str) -> Any:
    return cast.client(name, headers=ENGLISH)


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def customer(number: str = "C1", **fields: Any) -> Any:
    from bekwaam.records.models import Customer

    return Customer.objects.create(number=number, name=f"Klant {number}", **fields)


def opportunity(cast: Any, **fields: Any) -> Any:
    from bekwaam.records.opportunities import Draft, make

    given = {"title": "Pumps", "customer": fields.pop("customer", None) or customer(), **fields}
    return make(cast.actor("leader"), Draft(**given))


def task(cast: Any, name: str = "leader", *, days: int = 0, **fields: Any) -> Any:
    from bekwaam.records.tasks import Promise, make

    due = timezone.localdate() + timedelta(days=days)
    return make(cast.actor(name), Promise(fields.pop("title", "Call back"), due, **fields))


def test_what_is_overdue_comes_first_and_stands_in_the_answer(cast: Any) -> None:
    task(cast, title="Later", days=3)
    task(cast, title="Long ago", days=-4, customer=customer())
    task(cast, "marketer", title="Of another", days=-1)
    browser = reader(cast, "leader")
    shown = text_of(browser.get("/tasks/"))
    assert "Two tasks are overdue." in shown
    assert shown.index("Long ago") < shown.index("Later")
    assert "4 days overdue" in shown
    assert "Of another" not in shown
    assert "Of another" in text_of(browser.get("/tasks/?view=open"))
    late = text_of(browser.get("/tasks/?view=late"))
    assert "Of another" in late
    assert "Later" not in late


def test_a_task_is_recorded_ticked_off_and_opened_again(cast: Any) -> None:
    from bekwaam.records.models import Task

    customer()
    browser = reader(cast, "account_manager")
    yesterday = timezone.localdate() - timedelta(days=1)
    asked = browser.get("/tasks/new/?customer=C1")
    assert "Klant C1" in text_of(asked)
    mine = cast.user("account_manager").pk
    told = {"title": "Send the quotation", "due_on": yesterday.isoformat(), "owner": mine}
    shown = browser.post("/tasks/new/?customer=C1", told, follow=True)
    assert shown.redirect_chain[-1][0] == "/customers/C1/"
    assert "1 day overdue" in text_of(shown)
    made = Task.objects.get()
    ticked = browser.post(
        f"/tasks/{made.pk}/done/", follow=True, headers={"referer": "http://testserver/customers/C1/"}
    )
    assert "is done." in text_of(ticked)
    assert f'action="/tasks/{made.pk}/not-done/"' in ticked.content.decode()
    assert "Nothing is still to be done." in text_of(ticked)
    browser.post(f"/tasks/{made.pk}/not-done/")
    assert Task.objects.get().done_at is None


def test_who_may_not_change_a_task_gets_no_button_and_no_way_around(cast: Any) -> None:
    from bekwaam.records.models import Task

    made = task(cast, "marketer")
    browser = reader(cast, "colleague")
    assert "formaction" not in browser.get("/tasks/?view=open").content.decode()
    assert "formaction" in reader(cast, "marketer").get("/tasks/?view=open").content.decode()
    assert browser.post(f"/tasks/{made.pk}/done/").status_code == 403
    assert browser.post(f"/tasks/{made.pk}/trash/").status_code == 403
    assert reader(cast, "outsider").get(f"/tasks/{made.pk}/").status_code == 403
    assert Task.objects.get().done_at is None


def test_a_referer_of_elsewhere_is_not_followed(cast: Any) -> None:
    made = task(cast)
    away = reader(cast, "leader").post(f"/tasks/{made.pk}/done/", headers={"referer": "https://elsewhere.example/"})
    assert away["Location"] == "/tasks/"


def test_a_change_of_a_task_that_someone_changed_is_not_lost(cast: Any) -> None:
    made = task(cast)
    browser = reader(cast, "leader")
    told = {"title": "Other", "due_on": "2026-12-01", "owner": cast.user("leader").pk, "seen": "1"}
    assert browser.post(f"/tasks/{made.pk}/", told).status_code == 302
    again = browser.post(f"/tasks/{made.pk}/", told | {"title": "Third"})
    assert "Someone else changed" in text_of(again)


def test_a_note_is_written_changed_thrown_away_and_taken_back(cast: Any) -> None:
    from bekwaam.records.models import Note

    customer()
    browser = reader(cast, "colleague")
    shown = browser.post("/notes/new/?customer=C1", {"text": "Wants a <b>quotation</b>."}, follow=True)
    assert "Wants a &lt;b&gt;quotation&lt;/b&gt;." in shown.content.decode()
    note = Note.objects.get()
    browser.post(f"/notes/{note.pk}/", {"text": "Wants two.", "seen": "1"})
    assert "Wants two." in text_of(browser.get("/customers/C1/?kind=notes"))
    assert reader(cast, "leader").get(f"/notes/{note.pk}/").status_code == 404
    assert reader(cast, "leader").post(f"/notes/{note.pk}/trash/").status_code == 404
    thrown = browser.post(f"/notes/{note.pk}/trash/", follow=True)
    assert "Wants two." not in text_of(thrown).split("lies in the trash")[-1]
    restore = re.search(r'action="(/trash/[^"]+)"', thrown.content.decode())
    assert restore
    browser.post(restore[1])
    assert "Wants two." in text_of(browser.get("/customers/C1/"))


def test_an_opportunity_is_recorded_moved_and_moved_back(cast: Any) -> None:
    from bekwaam.records.models import Opportunity

    customer()
    browser = reader(cast, "leader")
    told = {"customer": "C1", "title": "New line", "amount": "12500.50", "expected_on": "2030-05-01"}
    shown = browser.post("/opportunities/new/", told, follow=True)
    made = Opportunity.objects.get()
    assert shown.redirect_chain[-1][0] == f"/opportunities/{made.number}/"
    assert made.amount == Decimal("12500.50")
    moved = browser.post(f"/opportunities/{made.number}/stage/", {"stage": "quoted", "seen": "lead"}, follow=True)
    assert "“New line”: Quotation is out." in text_of(moved)
    assert "Recorded." in text_of(moved)
    undo = re.search(r'action="(/opportunities/moves/\d+/undo/)"', moved.content.decode())
    assert undo
    browser.post(undo[1])
    assert Opportunity.objects.get().stage == "lead"
    stale = browser.post(f"/opportunities/{made.number}/stage/", {"stage": "won", "seen": "quoted"}, follow=True)
    assert "Someone else changed" in text_of(stale)


def test_fields_are_changed_where_they_stand_and_refused_in_words(cast: Any) -> None:
    from bekwaam.records.models import Opportunity

    made = opportunity(cast)
    browser, page = reader(cast, "leader"), f"/opportunities/{made.number}/edit"
    for field, typed in (("amount", "1,250.50"), ("expected_on", "2030-05-01"), ("estimate", "60%"), ("reason", "x")):
        assert browser.post(f"{page}/{field}/", {"value": typed, "seen": "1", "was": ""}).status_code == 302, field
    found = Opportunity.objects.get()
    assert (found.amount, found.estimate, found.expected_on.isoformat()) == (Decimal("1250.50"), 60, "2030-05-01")
    for field, typed in (("amount", "much"), ("amount", "-1"), ("estimate", "101"), ("expected_on", "soon")):
        refused = browser.post(f"{page}/{field}/", {"value": typed, "seen": str(found.version)})
        assert "cannot stand in this field" in text_of(refused), typed


def test_sellers_share_it_and_shares_must_make_a_hundred(cast: Any) -> None:
    from bekwaam.records.models import Seller

    for code in ("S1", "S2"):
        Seller.objects.create(code=code, name=f"AM {code}")
    made = opportunity(cast)
    browser, page = reader(cast, "leader"), f"/opportunities/{made.number}/sellers/"
    browser.post(page, {"seller_1": "S1", "seller_2": "S2"})
    assert [one.share for one in made.shares.all()] == [50, 50]
    refused = browser.post(page, {"seller_1": "S1", "share_1": "60", "seller_2": "S2", "share_2": "30"})
    assert "come to 90" in text_of(refused)
    shown = text_of(browser.get("/opportunities/"))
    assert "AM S1 and 1 more" in shown


def test_an_account_manager_reads_all_and_changes_his_own(cast: Any) -> None:
    from bekwaam.records.models import Seller

    mine = Seller.objects.create(code="S1", user=cast.user("account_manager"))
    his, other = opportunity(cast, customer=customer("C1", seller=mine)), opportunity(cast, customer=customer("C2"))
    browser = reader(cast, "account_manager")
    assert "To another stage" in text_of(browser.get(f"/opportunities/{his.number}/"))
    assert "To another stage" not in text_of(browser.get(f"/opportunities/{other.number}/"))
    assert browser.post(f"/opportunities/{other.number}/stage/", {"stage": "won", "seen": "lead"}).status_code == 403
    assert browser.post(f"/opportunities/{other.number}/trash/").status_code == 403
    assert browser.post(f"/opportunities/{other.number}/edit/title/", {"value": "x", "seen": "1"}).status_code == 403
    assert reader(cast, "board").get("/opportunities/").status_code == 403


def test_the_answer_tells_what_is_open_and_past_its_day(cast: Any) -> None:
    browser = reader(cast, "leader")
    assert "No opportunity has been recorded yet." in text_of(browser.get("/opportunities/"))
    today = timezone.localdate()
    opportunity(cast, amount=Decimal(1000), expected_on=today - timedelta(days=1))
    opportunity(cast, customer=customer("C2"), amount=Decimal(500), stage="won")
    shown = text_of(browser.get("/opportunities/"))
    assert "One is open, good for €1,000. One is past the day on which it was expected." in shown
    assert text_of(browser.get("/opportunities/?view=won")).count("Klant C2") == 1


@pytest.mark.parametrize("page", ["/tasks/?view=open", "/opportunities/"])
def test_fifty_rows_ask_no_more_than_five(cast: Any, page: str) -> None:
    browser, counts = reader(cast, "leader"), []
    for more in (5, 45):
        for place in range(more):
            one = opportunity(cast, customer=customer(f"C{more}-{place}"))
            task(cast, opportunity=one)
        browser.get(page)
        with CaptureQueriesContext(connection) as asked:
            browser.get(page)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 9


def test_a_record_page_asks_no_more_when_there_is_more_to_tell(cast: Any) -> None:
    from bekwaam.records.notes import write

    one, browser, counts = opportunity(cast), reader(cast, "leader"), []
    for more in (2, 12):
        for _place in range(more):
            task(cast, opportunity=one)
            write(cast.actor("leader"), one.customer, "Note")
            write(cast.actor("leader"), one, "Note")
        pages = ["/customers/C1/", f"/opportunities/{one.number}/"]
        for page in pages:
            browser.get(page)
        with CaptureQueriesContext(connection) as asked:
            for page in pages:
                assert browser.get(page).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[1] <= 52


def test_opportunities_are_found_by_their_words(cast: Any) -> None:
    made = opportunity(cast, title="Slangenpompen Almelo")
    address = f"/opportunities/{made.number}/"
    assert address in reader(cast, "leader").get("/search/?q=slangenpomp").content.decode()
    assert address not in reader(cast, "board").get("/search/?q=slangenpomp").content.decode()
