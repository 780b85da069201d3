"""Changing customers and products by program: against the state that was read, with the refusals of the page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse

from bekwaam.records import custom
from bekwaam.records.custom import FieldWords
from bekwaam.records.models import Customer, Product, Seller

pytestmark = pytest.mark.django_db


@pytest.fixture
def hoogwerve(db: None) -> Customer:
    Product.objects.create(code="P1", description="Pump")
    return Customer.objects.create(number="1001", name="Hoogwerve", city="Almelo")


def patch(browser: Any, url: str, sent: dict[str, Any], tag: str = "") -> Any:
    headers = {"if-match": tag} if tag else {}
    return browser.patch(url, json.dumps(sent), content_type="application/json", headers=headers)


def test_a_customer_is_changed_against_the_state_that_was_read(hoogwerve: Customer, cast: Any) -> None:
    Seller.objects.create(code="S1", name="AM East")
    custom.add_field(cast.actor("leader"), FieldWords("customers", "Sites", "number"))
    browser, url = cast.client("leader"), reverse("api_customer", args=["1001"])
    tag = browser.get(url)["ETag"]
    response = patch(browser, url, {"city": "Borne", "seller": "S1", "custom": {"sites": 3}}, tag)
    assert (response.status_code, response.json()["city"], response.json()["custom"]) == (200, "Borne", {"sites": 3})
    assert response.json()["seller"] == "S1"
    assert patch(browser, url, {"city": "Hengelo"}, tag).status_code == 412
    assert patch(browser, url, {"city": "Hengelo"}).status_code == 428
    hoogwerve.refresh_from_db()
    assert (hoogwerve.city, hoogwerve.name) == ("Borne", "Hoogwerve")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"market_type": "B2X"}, "field_not_a_choice"),
        ({"city": "x" * 200}, "field_too_long"),
        ({"seller": "unknown"}, "field_not_a_choice"),
        ({"custom": {"unknown": 1}}, "custom_field_unknown"),
    ],
)
def test_what_cannot_stand_there_is_refused(hoogwerve: Customer, cast: Any, sent: dict[str, Any], code: str) -> None:
    response = patch(cast.client("leader"), reverse("api_customer", args=["1001"]), sent, "*")
    assert (response.status_code, response.json()["type"]) == (422, f"urn:bekwaam:problem:{code}")


def test_an_account_manager_does_not_change_another_s_customer(hoogwerve: Customer, cast: Any) -> None:
    response = patch(cast.client("account_manager"), reverse("api_customer", args=["1001"]), {"city": "X"}, "*")
    assert response.status_code == 403


def test_what_is_deleted_goes_to_the_trash(hoogwerve: Customer, cast: Any) -> None:
    browser = cast.client("leader")
    for name, key in (("api_customer", "1001"), ("api_product", "P1")):
        url = reverse(name, args=[key])
        assert browser.delete(url, headers={"if-match": browser.get(url)["ETag"]}).status_code == 204
        assert browser.get(url).status_code == 404
    assert Customer.trash(cast.actor("leader")).count() == Product.trash(cast.actor("leader")).count() == 1


def test_a_product_is_changed_too(hoogwerve: Customer, cast: Any) -> None:
    response = patch(cast.client("leader"), reverse("api_product", args=["P1"]), {"unit": "box"}, "*")
    assert response.json()["unit"] == "box"
