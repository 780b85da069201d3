"""The list of customers: what each role sees, sorts, counts, changes and takes out of the house."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from many_customers import many_customers

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    from bekwaam.frame.lists.memo import MEMO

    MEMO.forget()
    yield
    MEMO.forget()


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def numbers_on(response: Any) -> list[str]:
    return re.findall(r'<a id="row-\d+" href="/customers/(C\d+)/"', response.content.decode())


def reader(cast: Any, name: str) -> Any:
    return cast.client(name, headers=ENGLISH)


@pytest.mark.parametrize("address", ["?view=all", "?view=all&sort=city", "?view=all&f=city:contains:o"])
def test_fifty_rows_ask_no_more_than_five(cast: Any, address: str) -> None:
    from bekwaam.frame.lists.memo import MEMO
    from bekwaam.records.models import Customer

    many_customers(200)
    browser = reader(cast, "leader")
    browser.get("/customers/")
    counts = []
    for narrowed in ("", "&f=number:contains:C001"):
        browser.get(f"/customers/{address}{narrowed}")
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/customers/{address}{narrowed}")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8
    MEMO.forget()
    with CaptureQueriesContext(connection) as asked:
        browser.get("/customers/?view=all")
    assert len(asked) <= 8
    assert Customer.objects.count() == 200


def test_a_page_has_fifty_rows_and_the_total_of_all(cast: Any) -> None:
    many_customers(120)
    response = reader(cast, "leader").get("/customers/?view=all&page=3")
    assert numbers_on(response) == [f"C{place:04}" for place in range(19, -1, -1)]
    shown = text_of(response)
    assert "120 customers" in shown
    assert f"€{sum(1000 + 10 * place for place in range(120)):,}" in shown
    assert "page 3 of 3" in shown
    assert len(response.content) < 80_000


def test_the_answer_is_the_total_of_the_column_at_stake(cast: Any) -> None:
    many_customers(20)
    for name, amount in (("leader", "€3,030"), ("leader_with_margins", "€2,697")):
        response = reader(cast, name).get("/customers/")
        assert amount in text_of(response).split("Views")[0]
        assert amount in text_of(response).split("3 customers")[1]


def test_sorted_by_each_column_every_customer_comes_once(cast: Any) -> None:
    run = many_customers(130)
    browser = reader(cast, "leader_with_margins")
    from bekwaam.workspaces.customers.lists import customers_of
    from bekwaam.workspaces.customers.queries import run_in_force

    definition = customers_of(run_in_force(cast.actor("leader_with_margins")), cast.actor("leader_with_margins"))
    for column in definition.columns:
        for sort in (column.code, f"-{column.code}") if column.is_sortable else ():
            found = [
                number
                for page in (1, 2, 3)
                for number in numbers_on(browser.get(f"/customers/?view=all&sort={sort}&page={page}"))
            ]
            assert len(found) == len(set(found)) == 130, sort
    assert run.pk


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("city:is:oss", 30),
        ("city:contains:LO", 60),
        ("country:is:DE", 30),
        ("country:not:DE", 90),
        ("seller:is:S1", 60),
        ("seller:is:S1,S2", 119),
        ("seller:empty", 1),
        ("segment:filled", 120),
        ("revenue:between:1100..1200", 11),
        ("revenue:above:2180", 1),
        ("chance:max:20", 36),
        ("last:until:2026-06-01", 8),
        ("slipping:is:no", 117),
        ("profit:min:899", 2),
    ],
)
def test_filters_find_what_they_say(cast: Any, words: str, count: int) -> None:
    many_customers(120)
    response = reader(cast, "leader_with_margins").get(f"/customers/?view=all&f={words}")
    told = "1 customer" if count == 1 else f"{count} customers"
    assert f">{told}<" in response.content.decode()


def test_cost_is_absent_in_every_path_of_who_may_not_see_it(cast: Any) -> None:
    many_customers(120)
    leader = reader(cast, "leader")
    plain = leader.get("/customers/?view=all")
    for asked in ("sort=-profit", "f=profit:min:899", "columns=customer,profit", "sort=rank"):
        response = leader.get(f"/customers/?view=all&{asked}")
        assert numbers_on(response) == numbers_on(plain) or asked.startswith("columns")
        assert ">120 customers<" in response.content.decode()
        assert "ross profit" not in text_of(response)
        assert "left it out" in text_of(response)
    rows = sheet(leader, "view=all&columns=customer,profit,revenue")
    assert rows[0] == ["Customer number", "Customer", "Revenue a year"]


def test_the_order_of_the_call_list_tells_no_profit(cast: Any) -> None:
    many_customers(30, slipping=30)
    with_margins = numbers_on(reader(cast, "leader_with_margins").get("/customers/"))
    without = numbers_on(reader(cast, "leader").get("/customers/"))
    assert with_margins == [f"C{place:04}" for place in range(30)]
    assert without != with_margins
    assert without[0] == "C0020"


@pytest.mark.parametrize(
    ("name", "status", "boxes"),
    [("leader", 200, 50), ("inside_sales", 200, 50), ("colleague", 200, 0), ("board", 403, 0), ("fair_staff", 403, 0)],
)
def test_who_may_write_can_choose(cast: Any, name: str, status: int, boxes: int) -> None:
    many_customers(60)
    response = reader(cast, name).get("/customers/?view=all")
    assert response.status_code == status
    assert response.content.decode().count('name="row"') == boxes
    export = reader(cast, name).get("/lists/customers/export/?view=all&format=csv")
    assert export.status_code == (200 if status == 200 else 404)


def become_seller(cast: Any, name: str, code: str) -> None:
    from bekwaam.records.models import Seller

    Seller.objects.filter(code=code).update(user=cast.user(name))


def change(browser: Any, **fields: Any) -> Any:
    return browser.post("/lists/customers/change/", {"state": "view=all", **fields})


def test_an_account_manager_chooses_his_own_customers_only(cast: Any) -> None:
    from bekwaam.records.models import Customer

    many_customers(20)
    become_seller(cast, "account_manager", "S1")
    browser = reader(cast, "account_manager")
    chosen = re.findall(r'name="row" value="(C\d+)"', browser.get("/customers/?view=all").content.decode())
    assert sorted(chosen) == [f"C{place:04}" for place in range(0, 20, 2)]
    change(browser, row=["C0000", "C0001"], change="segment", value="Mine")
    assert not Customer.objects.filter(segment="Mine").exists()
    change(browser, row=["C0000", "C0002"], change="segment", value="Mine")
    change(browser, all="1", change="customer_group", value="Ours")
    assert Customer.objects.filter(segment="Mine").count() == 2
    assert Customer.objects.filter(customer_group="Ours").count() == 10


def test_many_get_another_seller_and_an_undo_brings_theirs_back(cast: Any) -> None:
    from bekwaam.access.models import AuditEntry
    from bekwaam.records.models import BulkChange, Customer

    many_customers(20)
    browser = reader(cast, "leader")
    before = dict(Customer.objects.values_list("number", "seller__code"))
    asked = change(browser, row=["C0001", "C0003"], change="seller")
    assert "2 customers" in text_of(asked)
    assert "AM Oost" in text_of(asked)
    done = browser.post(
        "/lists/customers/change/",
        {"state": "view=all", "row": ["C0001", "C0003"], "change": "seller", "value": "S1"},
        follow=True,
    )
    assert "Looked after by of 2 customers is now AM Oost." in text_of(done)
    made = BulkChange.objects.get()
    assert f'action="/changes/{made.pk}/undo/"' in done.content.decode()
    assert set(Customer.objects.filter(number__in=["C0001", "C0003"]).values_list("seller__code", flat=True)) == {"S1"}
    assert AuditEntry.objects.filter(action="customers.bulk").count() == 2
    undone = browser.post(f"/changes/{made.pk}/undo/", follow=True)
    assert "2 customers" in text_of(undone)
    assert dict(Customer.objects.values_list("number", "seller__code")) == before
    assert not Customer.objects.filter(touched_at__isnull=False).exists()
    again = browser.post(f"/changes/{made.pk}/undo/", follow=True)
    assert "undone already" in text_of(again)
    from bekwaam.access.audit import first_fault

    assert first_fault() is None


def test_an_undo_leaves_what_was_touched_since_and_names_it(cast: Any) -> None:
    from django.utils import timezone

    from bekwaam.records.models import BulkChange, Customer, Territory

    many_customers(6)
    Territory.objects.create(code="R2", name="West")
    browser = reader(cast, "leader")
    change(browser, all="1", change="territory", value="R2")
    Customer.objects.filter(number="C0002").update(city="Elsewhere", touched_at=timezone.now())
    Customer.objects.filter(number="C0003").update(territory=None)
    Customer.objects.filter(number="C0004").delete()
    shown = text_of(browser.post(f"/changes/{BulkChange.objects.get().pk}/undo/", follow=True))
    assert "3 customers are as before" in shown
    assert "Klant 0002, Klant 0003 and #" in shown
    found = dict(Customer.objects.values_list("number", "territory__code"))
    assert found == {"C0000": "R1", "C0001": "R1", "C0002": "R2", "C0003": None, "C0005": "R1"}
    assert "Klant 0002" in text_of(browser.get("/changes/"))


def test_who_has_a_record_open_meets_the_change_of_many(cast: Any) -> None:
    from bekwaam.records import editing
    from bekwaam.records.models import BulkChange, Customer

    many_customers(3)
    actor = cast.actor("inside_sales")
    seen = Customer.objects.get(number="C0001")
    browser = reader(cast, "leader")
    change(browser, row=["C0001"], change="segment", value="New")
    with pytest.raises(editing.Clash) as clash:
        editing.change(actor, seen, {"segment": "Mine"}, version=seen.version, seen={"segment": seen.segment})
    assert (clash.value.theirs, clash.value.roles) == ("New", "leader")
    browser.post(f"/changes/{BulkChange.objects.get().pk}/undo/")
    assert Customer.objects.get(number="C0001").version == seen.version + 2


def test_a_change_shows_in_counts_at_once(cast: Any) -> None:
    many_customers(12)
    browser = reader(cast, "leader")
    page = "/customers/?view=all&f=segment:is:New"
    assert "Nothing belongs in this view" in text_of(browser.get(page))
    change(browser, row=["C0001"], change="segment", value="New")
    assert numbers_on(browser.get(page)) == ["C0001"]


def test_all_rows_of_a_filter_are_changed_and_no_others(cast: Any) -> None:
    from bekwaam.records.models import Customer

    many_customers(120)
    browser = reader(cast, "leader")
    browser.post(
        "/lists/customers/change/",
        {"state": "view=all&f=city:is:Oss", "all": "1", "change": "market_type", "value": "B2G"},
    )
    assert set(Customer.objects.filter(market_type="B2G").values_list("city", flat=True)) == {"Oss"}
    assert Customer.objects.filter(market_type="B2G").count() == 30


def test_a_value_that_cannot_stand_there_is_refused(cast: Any) -> None:
    from bekwaam.records.models import BulkChange

    many_customers(3)
    for field, value in (("market_type", "B2X"), ("seller", "S9"), ("market_type", "")):
        shown = change(reader(cast, "leader"), row=["C0001"], change=field, value=value)
        assert shown.status_code == 302
    assert not BulkChange.objects.exists()
    assert change(reader(cast, "leader"), row=["C0001"], change="name", value="X").status_code == 404


def sheet(browser: Any, query: str) -> list[list[str]]:
    response = browser.get(f"/lists/customers/export/?{query}&format=csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_an_export_has_the_rows_and_columns_of_the_page(cast: Any) -> None:
    many_customers(120)
    rows = sheet(
        reader(cast, "leader"), "view=all&f=country:is:DE&columns=customer,revenue,chance,last,rhythm&sort=number"
    )
    assert rows[0] == ["Customer number", "Customer", "Revenue a year", "Chance of an order in 90 days", "Last order"]
    assert rows[1] == ["C0002", "Klant 0002", "1020.00", "0.2", "2026-09-19"]
    assert len([row for row in rows[1:] if row and row[0].startswith("C")]) == 30
    assert "Country Germany" in rows[-1][0]
    assert "data version 3" in rows[-1][0]


def test_an_export_of_chosen_rows_has_those(cast: Any) -> None:
    many_customers(10)
    browser = reader(cast, "leader")
    away = change(browser, row=["C0001", "C0004"], change="export")
    response = browser.get(away["Location"])
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert sorted(row[0] for row in rows[1:]) == ["C0001", "C0004"]
    assert isinstance(rows[1][2], float)


def test_an_exported_name_never_runs(cast: Any) -> None:
    from bekwaam.records.models import Customer

    many_customers(2)
    Customer.objects.filter(number="C0001").update(name="=HYPERLINK(1)")
    rows = sheet(reader(cast, "leader"), "view=all&columns=customer")
    assert "'=HYPERLINK(1)" in [row[1] for row in rows[1:3]]


def test_views_are_private_until_they_are_shared(cast: Any) -> None:
    many_customers(60)
    leader, other = reader(cast, "leader"), reader(cast, "colleague")
    saved = leader.post(
        "/lists/customers/views/", {"name": "Oss", "query": "view=all&f=city:is:Oss&sort=-silent"}, follow=True
    )
    assert re.search(r'aria-current="page">Oss <span class="views__count">15<', saved.content.decode())
    assert "Oss" not in text_of(other.get("/customers/?view=slipping")).split("Save view")[0]
    from bekwaam.records.models import SavedView

    view = SavedView.objects.get()
    leader.post(f"/lists/views/{view.pk}/", {"name": "Oss and around", "is_shared": "1", "is_default": "1"})
    assert "Oss and around 15" in text_of(other.get("/customers/?view=slipping"))
    assert numbers_on(leader.get("/customers/")) == numbers_on(
        leader.get("/customers/?view=all&f=city:is:Oss&sort=-silent")
    )
    assert ">3 customers<" in other.get("/customers/").content.decode()
    assert other.post(f"/lists/views/{view.pk}/", {"do": "remove"}).status_code == 404
    leader.post(f"/lists/views/{view.pk}/", {"do": "remove"})
    assert not SavedView.objects.exists()


def test_the_address_of_a_private_view_can_be_mailed(cast: Any) -> None:
    many_customers(60)
    leader = reader(cast, "leader")
    saved = leader.post("/lists/customers/views/", {"name": "Oss", "query": "view=all&f=city:is:Oss"})
    found = reader(cast, "colleague").get(saved["Location"])
    assert ">15 customers<" in found.content.decode()


def test_a_view_of_a_leader_with_margins_shows_others_no_margin(cast: Any) -> None:
    many_customers(60)
    reader(cast, "leader_with_margins").post(
        "/lists/customers/views/",
        {"name": "Rich", "query": "view=all&f=profit:min:890&sort=-profit&columns=customer,profit", "is_shared": "1"},
    )
    shown = reader(cast, "leader").get("/customers/?view=slipping")
    assert re.search(r'Rich <span class="views__count">60<', shown.content.decode())


def test_the_preview_says_where_it_stands_in_the_list(cast: Any) -> None:
    many_customers(9)
    browser = reader(cast, "leader")
    preview = re.search(r'data-preview="([^"]+)"', browser.get("/customers/?view=all").content.decode())
    assert preview is not None
    address = preview.group(1).replace("&amp;", "&")
    part = browser.get(address, headers={"HX-Request": "true"})
    assert "1 of 9" in text_of(part)
    assert "Klant 0008" in text_of(part)
    assert "<html" not in part.content.decode()
    assert "Gross profit" not in text_of(part)
    assert browser.get(address)["Location"] == "/customers/C0008/"
    assert browser.get("/customers/C9999/preview/", headers={"HX-Request": "true"}).status_code == 404


def test_nobody_looks_after_them_until_someone_does(cast: Any) -> None:
    from bekwaam.terms.actor import SYSTEM
    from bekwaam.workspaces.customers.models import CustomerReading
    from bekwaam.workspaces.customers.queries import without_seller

    run = many_customers(8)
    CustomerReading.objects.filter(customer_number__in=["C0006", "C0007"]).update(has_seller=False)
    assert without_seller(run, SYSTEM) == (1, Decimal("1070.00"))
    browser = reader(cast, "leader")
    assert numbers_on(browser.get("/customers/?view=without-seller")) == ["C0007"]
    change(browser, row=["C0007"], change="seller", value="S1")
    assert numbers_on(browser.get("/customers/?view=without-seller")) == []


def test_products_have_a_list_of_their_own(cast: Any) -> None:
    from bekwaam.records.models import Product

    Product.objects.create(code="P1", description="Filter", product_group="Filters")
    Product.objects.create(code="P2", description="Pomp")
    browser = reader(cast, "leader")
    shown = text_of(browser.get("/products/"))
    assert "Two products. One belongs to no group." in shown
    browser.post(
        "/lists/products/change/",
        {"state": "view=without-group", "all": "1", "change": "product_group", "value": "Pumps"},
    )
    assert Product.objects.get(code="P2").product_group == "Pumps"
    from bekwaam.records.models import SearchEntry

    assert "pump" in SearchEntry.objects.get(object_key="P2").tokens
    assert 'name="row"' not in reader(cast, "account_manager").get("/products/").content.decode()
    assert reader(cast, "board").get("/products/").status_code == 403
