"""What every address of the REST interface keeps to, told on customers and imports."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from bekwaam.access import tokens
from bekwaam.access.models import ApiToken, AuditEntry, KeptAnswer
from bekwaam.records.models import Customer, Job, Upload

ORDERS = b"Order;Datum;Klant;Omzet\nA1;02-03-2026;K1;10,00\n"


@pytest.fixture
def customers(db):
    return [Customer.objects.create(number=f"K{number:03}", name=f"Customer {number}") for number in range(120)]


def offer(browser, **headers):
    file = SimpleUploadedFile("orders.csv", ORDERS)
    return browser.post(reverse("api_uploads"), {"kind": "sales", "file": file}, headers=headers)


class TestPages:
    def test_pages_follow_each_other_until_everything_was_seen_once(self, cast, customers):
        browser, seen, cursor = cast.client("leader"), [], None
        while True:
            page = browser.get(reverse("api_customers"), {"page_size": 50} | ({"cursor": cursor} if cursor else {}))
            seen += [row["number"] for row in page.json()["results"]]
            address = page.json()["next"]
            if address is None:
                break
            cursor = dict(part.split("=") for part in address.split("?")[1].split("&"))["cursor"].replace("%3D", "=")
        assert seen == [customer.number for customer in customers]

    def test_a_page_asks_as_many_questions_however_long_it_is(self, cast, customers, django_assert_max_num_queries):
        browser = cast.client("leader")
        for size in (5, 100):
            with django_assert_max_num_queries(5):
                assert len(browser.get(reverse("api_customers"), {"page_size": size}).json()["results"]) == size

    def test_a_torn_cursor_is_refused_in_words(self, cast, customers):
        answer = cast.client("leader").get(reverse("api_customers"), {"cursor": "%%%"})
        assert answer.status_code == 422
        assert answer.json()["type"] == "urn:bekwaam:problem:not_valid"
        assert answer.json()["errors"][0]["field"] == "cursor"


class TestTags:
    def test_who_has_the_state_already_gets_no_body(self, cast, customers):
        browser, address = cast.client("leader"), reverse("api_customer", args=["K001"])
        first = browser.get(address)
        again = browser.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        Customer.objects.filter(number="K001").update(city="Almelo")
        assert browser.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


class TestOnce:
    def test_sent_twice_it_is_done_once_and_answered_alike(self, cast, home):
        browser = cast.client("inside_sales")
        first, second = offer(browser, **{"idempotency-key": "a"}), offer(browser, **{"idempotency-key": "a"})
        assert (first.status_code, second.status_code) == (202, 202)
        assert second.json() == first.json()
        assert Upload.objects.count() == 1

    def test_a_key_belongs_to_one_request(self, cast, home):
        browser = cast.client("inside_sales")
        upload = Upload.objects.create(file="x.csv", file_name="x.csv", offered_by="user:1", state="ready")
        address = reverse("api_read_in", args=[upload.pk])
        headers = {"idempotency-key": "once"}
        first = browser.post(address, {}, content_type="application/json", headers=headers)
        again = browser.post(address, {}, content_type="application/json", headers=headers)
        other = browser.post(address, {"overlap": "new"}, content_type="application/json", headers=headers)
        assert (first.status_code, again.status_code, other.status_code) == (202, 202, 422)
        assert again["Idempotency-Replayed"] == "true"
        assert again.json() == first.json()
        assert Job.objects.filter(kind="import").count() == 1

    def test_what_was_refused_is_not_kept(self, cast, home):
        browser = cast.client("inside_sales")
        answer = browser.post(
            reverse("api_undo", args=["B9999"]), content_type="application/json", headers={"idempotency-key": "n"}
        )
        assert answer.status_code == 404
        assert not KeptAnswer.objects.exists()

    def test_the_key_of_another_person_is_another_key(self, cast, home):
        upload = Upload.objects.create(file="x.csv", file_name="x.csv", offered_by="user:1", state="ready")
        address = reverse("api_read_in", args=[upload.pk])
        for person in ("inside_sales", "leader"):
            answer = cast.client(person).post(
                address, {}, content_type="application/json", headers={"idempotency-key": "same"}
            )
            assert "Idempotency-Replayed" not in answer


class TestTokens:
    def test_its_text_is_shown_once_and_only_a_hash_is_kept(self, cast):
        token, text = tokens.make(cast.actor("leader"), "nightly export")
        assert text.startswith("bkw_")
        assert text not in json.dumps(list(ApiToken.objects.values()), default=str)
        assert AuditEntry.objects.filter(action="tokens.made", object_id=str(token.pk)).exists()

    def test_a_withdrawn_an_expired_and_a_closed_account_s_token_do_not_work(self, cast, client):
        address = reverse("api_customers")
        for spoil in (
            lambda token: tokens.withdraw(cast.actor("leader"), token),
            lambda token: ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now() - timedelta(1)),
            lambda token: type(token.user).objects.filter(pk=token.user_id).update(is_active=False),
        ):
            token, text = tokens.make(cast.actor("leader"), "a script")
            headers = {"authorization": f"Bearer {text}"}
            assert client.get(address, headers=headers).status_code == 200
            spoil(token)
            assert client.get(address, headers=headers).status_code == 401

    def test_a_token_writes_without_the_token_of_a_form(self, cast, home):
        from django.test import Client

        _token, text = tokens.make(cast.actor("inside_sales"), "a script")
        browser = Client(enforce_csrf_checks=True, headers={"authorization": f"Bearer {text}"})
        assert offer(browser).status_code == 202


def test_cost_is_absent_for_who_may_not_see_it(cast, customers, monday_reading):
    address = reverse("api_customer", args=["K001"])
    assert "gross_profit_year" in cast.client("leader_with_margins").get(address).json()["reading"]
    assert "gross_profit_year" not in cast.client("leader").get(address).json()["reading"]


@pytest.fixture
def monday_reading(customers):
    from datetime import date

    from bekwaam.records.models import Run
    from bekwaam.workspaces.customers.models import CustomerReading

    run = Run.objects.create(
        as_of=date(2026, 3, 1), facts_version=1, engine="test", parameters={}, state="done", is_current=True
    )
    return CustomerReading.objects.create(
        run=run,
        customer_number="K001",
        revenue_year="1000.00",
        gross_profit_year="250.00",
        days_silent=3,
        order_days=7,
        first_order=date(2025, 1, 1),
        last_order=date(2026, 2, 26),
    )
