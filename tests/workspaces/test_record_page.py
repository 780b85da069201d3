"""The page of one customer or product: read in few questions, changed in place, thrown away and taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bekwaam.frame.lists.memo import MEMO
from bekwaam.records import custom, files
from bekwaam.records.custom import FieldWords
from bekwaam.records.models import Customer, Product, StoredFile

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}
SCRIPT = {**ENGLISH, "hx-request": "true"}
PDF = b"%PDF-1.7\n"


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    MEMO.forget()
    yield
    MEMO.forget()


@pytest.fixture
def slipping(monday: Any) -> Customer:
    """The customer at the head of the call list."""
    from bekwaam.workspaces.customers.models import CustomerReading

    first = CustomerReading.objects.filter(is_slipping=True).order_by("rank").first()
    return Customer.objects.get(number=first.customer_number)


def text_of(response: Any) -> str:
    bare = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bare)).replace("\u00a0", " ")


def address(customer: Customer, field: str = "") -> str:
    return (
        reverse("customer_edit", args=[customer.number, field])
        if field
        else reverse("customer", args=[customer.number])
    )


def test_a_record_page_asks_few_questions_however_much_there_is(slipping: Customer, cast: Any) -> None:
    leader = cast.actor("leader")
    for number in range(3):
        custom.add_field(leader, FieldWords("customers", f"Field {number}", "text"))
        files.keep(leader, "customers", slipping, SimpleUploadedFile(f"{number}.pdf", PDF))
    browser = cast.client("leader", headers=ENGLISH)
    came_from = {**ENGLISH, "referer": "http://testserver/customers/?view=slipping"}
    browser.get(address(slipping), headers=came_from)
    with CaptureQueriesContext(connection) as asked:
        response = browser.get(address(slipping), headers=came_from)
    assert response.status_code == 200
    # Ten for the customer, his figures, fields, files and changes; seven for notes, tasks and opportunities.
    assert len(asked) <= 17, [one["sql"][:120] for one in asked]


def test_the_page_knows_its_place_in_the_list_one_came_from(slipping: Customer, cast: Any) -> None:
    browser = cast.client("leader", headers=ENGLISH)
    response = browser.get(address(slipping), headers={"referer": "http://testserver/customers/?view=slipping"})
    shown = text_of(response)
    place = re.search(r"Slipping away / 1 of (\d+)", shown)
    assert place, shown[:400]
    after = re.search(r'href="([^"]+)" data-palette-key="j"', response.content.decode())
    assert after
    assert f"2 of {place.group(1)}" in text_of(browser.get(after.group(1).replace("&amp;", "&")))
    assert "1 of" not in text_of(browser.get(address(slipping)))[:400]


def test_a_field_is_saved_where_it_stands(slipping: Customer, cast: Any) -> None:
    browser = cast.client("leader", headers=SCRIPT)
    response = browser.post(address(slipping, "city"), {"value": "Almelo", "was": "", "seen": "1", "decision": "save"})
    assert "Almelo" in text_of(response)
    assert 'id="saved"' in response.content.decode()
    assert "Changed: City." in text_of(browser.get(address(slipping), headers=ENGLISH))


def test_without_a_script_a_field_is_a_page_of_its_own(slipping: Customer, cast: Any) -> None:
    browser = cast.client("leader", headers=ENGLISH)
    assert "<form" in browser.get(address(slipping, "market_type")).content.decode()
    response = browser.post(address(slipping, "market_type"), {"value": "B2G", "was": "B2B", "seen": "1"})
    assert response["Location"] == address(slipping)
    slipping.refresh_from_db()
    assert slipping.market_type == "B2G"


def test_a_clash_shows_what_the_other_made_of_it_and_lets_one_choose(slipping: Customer, cast: Any) -> None:
    first, second = cast.client("inside_sales", headers=SCRIPT), cast.client("leader", headers=SCRIPT)
    typed = {"was": slipping.city, "seen": "1", "decision": "save"}
    first.post(address(slipping, "city"), {**typed, "value": "Borne"})
    answer = second.post(address(slipping, "city"), {**typed, "value": "Hengelo"})
    shown = text_of(answer)
    assert "Inside sales changed City at" in shown
    assert "to Borne" in shown
    assert "keep Hengelo" in shown
    seen = re.search(r'name="seen" value="(\d+)"', answer.content.decode())
    assert seen
    second.post(
        address(slipping, "city"), {"value": "Hengelo", "was": "Borne", "seen": seen.group(1), "decision": "keep"}
    )
    assert Customer.objects.get(pk=slipping.pk).city == "Hengelo"


def test_what_cannot_stand_there_is_refused_and_stays_in_the_field(slipping: Customer, cast: Any) -> None:
    browser = cast.client("leader", headers=SCRIPT)
    custom.add_field(cast.actor("leader"), FieldWords("customers", "Sites", "number"))
    response = browser.post(address(slipping, "own-sites"), {"value": "many", "was": "", "seen": "1"})
    assert "cannot stand in this field" in text_of(response).replace("&#x27;", "'")
    assert 'value="many"' in response.content.decode()


def test_who_may_only_read_sees_no_way_to_change(slipping: Customer, cast: Any) -> None:
    shown = cast.client("colleague", headers=ENGLISH).get(address(slipping)).content.decode()
    assert "editable" not in shown.split("<main", 1)[1]
    assert (
        cast.client("account_manager", headers=SCRIPT)
        .post(address(slipping, "city"), {"value": "X", "was": "", "seen": "1"})
        .status_code
        == 403
    )


def test_a_customer_in_the_trash_is_gone_until_someone_takes_him_back(slipping: Customer, cast: Any) -> None:
    browser = cast.client("leader", headers=ENGLISH)
    before = browser.get("/customers/?view=slipping").context["page"].summary.count
    response = browser.post(reverse("customer_trash", args=[slipping.number]), follow=True)
    assert "lies in the trash" in text_of(response)
    page = browser.get("/customers/?view=slipping").context["page"]
    assert page.summary.count == before - 1 == len(page.rows)
    assert browser.get(address(slipping)).status_code == 404
    assert browser.get(reverse("api_customer", args=[slipping.number])).status_code == 404
    assert str(slipping) in text_of(browser.get("/trash/"))
    browser.post(reverse("trash_restore", args=["customers", slipping.pk]))
    assert browser.get("/customers/?view=slipping").context["page"].summary.count == before
    assert browser.get(address(slipping)).status_code == 200


def test_a_file_is_kept_given_back_as_a_file_and_thrown_away(slipping: Customer, cast: Any) -> None:
    browser = cast.client("leader", headers=ENGLISH)
    where = reverse("record_files", args=["customers", slipping.number])
    browser.post(where, {"file": SimpleUploadedFile("offerte ä.pdf", PDF)})
    kept = StoredFile.objects.get()
    response = browser.get(reverse("file", args=[kept.pk]))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('offerte ä.pdf')}"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert cast.client("board").get(reverse("file", args=[kept.pk])).status_code == 403
    browser.post(reverse("file_trash", args=[kept.pk]))
    assert browser.get(reverse("file", args=[kept.pk])).status_code == 404


def test_a_page_dressed_up_as_pdf_is_refused_in_words(slipping: Customer, cast: Any) -> None:
    browser = cast.client("leader", headers=ENGLISH)
    where = reverse("record_files", args=["customers", slipping.number])
    upload = SimpleUploadedFile("offer.pdf", b"<html><script>alert(1)</script>")
    assert "can hold scripts" in text_of(browser.post(where, {"file": upload}, follow=True))
    assert StoredFile.objects.count() == 0


def test_a_product_shows_its_months_and_who_buys_most(monday: Any, cast: Any) -> None:
    product = Product.objects.order_by("code").first()
    browser = cast.client("leader", headers=ENGLISH)
    with CaptureQueriesContext(connection) as asked:
        response = browser.get(reverse("product", args=[product.code]))
    assert response.status_code == 200
    assert product.code in text_of(response)
    assert len(asked) <= 15
    browser.post(reverse("product_edit", args=[product.code, "unit"]), {"value": "box", "was": "", "seen": "1"})
    product.refresh_from_db()
    assert product.unit == "box"


def test_an_own_field_is_a_column_and_a_filter_of_the_list(monday: Any, cast: Any) -> None:
    leader, browser = cast.actor("leader"), cast.client("leader", headers=ENGLISH)
    types = {"Keurmerk": "text", "Sites": "number", "Since": "date", "Fair": "yes_no", "Level": "choice"}
    for title, sort in types.items():
        choices = ("Gold", "Silver") if sort == "choice" else ()
        custom.add_field(leader, FieldWords("customers", title, sort, choices))
        custom.add_field(leader, FieldWords("products", title, sort, choices))
    own = {"keurmerk": "ISO", "sites": 12.5, "since": "2020-03-01", "fair": True, "level": "Gold"}
    for model, address in ((Customer, "/customers/?view=all"), (Product, "/products/?view=all")):
        one = model.objects.order_by("pk").first()
        one.custom = own
        one.save()
        for asked in (
            "keurmerk:contains:is",
            "sites:min:12",
            "sites:is:12.5",
            "since:until:2020-03-01",
            "since:between:2020-01-01..2020-12-31",
            "fair:is:true",
            "level:is:Gold,Silver",
            "level:filled",
        ):
            MEMO.forget()
            code = asked.split(":", maxsplit=1)[0]
            response = browser.get(f"{address}&f=own-{asked}&columns=own-{code}&sort=-own-{code}")
            assert response.context["page"].summary.count == 1, asked
            assert len(response.context["page"].rows) == 1, asked
        MEMO.forget()
        shown = text_of(browser.get(f"{address}&sort=-own-sites&columns=own-sites,own-since,own-fair,own-keurmerk"))
        assert "1 March 2020" in shown
