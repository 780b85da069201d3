"""The company's settings, the switches of figures about persons, and one's own settings."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from standing_cast import PASSWORD

from bekwaam.access import tiers
from bekwaam.access.models import Company, PersonIndicator, User

COMPANY = {
    "name": "Pumps and Filters",
    "currency": "EUR",
    "fiscal_year_first_month": "7",
    "country": "BE",
    "keeps_public_holidays": "on",
    "closing_days": "27-12-2026",
}
NEW = "an entirely new password"


def test_an_admin_sets_the_company(cast):
    assert cast.client("admin").post("/settings/company/", COMPANY).status_code == 302
    company = Company.current()
    assert (company.name, company.fiscal_year_first_month, company.country) == ("Pumps and Filters", 7, "BE")


def test_a_leader_reads_the_settings_and_has_no_form(cast):
    page = cast.client("leader").get("/settings/company/").content.decode()
    assert "<textarea" not in page
    assert cast.client("leader").post("/settings/company/", COMPANY).status_code == 403


@pytest.mark.parametrize(
    ("field", "value"),
    [("currency", "XYZ"), ("country", "Atlantis"), ("fiscal_year_first_month", "13"), ("closing_days", "31-02-2026")],
)
def test_a_wrong_setting_is_named_and_nothing_is_kept(cast, field, value):
    response = cast.client("admin").post("/settings/company/", {**COMPANY, field: value})
    assert response.status_code == 200
    assert value in response.content.decode()
    assert not Company.objects.exists()


def test_the_currency_stays_once_order_lines_are_in(cast, monkeypatch):
    from bekwaam.access import company

    monkeypatch.setattr(company, "_has_facts", lambda: True)
    response = cast.client("admin").post("/settings/company/", {**COMPANY, "currency": "USD"})
    assert response.status_code == 200
    assert not Company.objects.exists()


def switch_data(**values):
    ends_on = timezone.localdate() + timedelta(days=100)
    ground = {"document": "letter 12", "purpose": "coaching", "viewers": ["leader"], "ends_on": ends_on.isoformat()}
    return {**ground, **values}


def test_an_admin_records_consent_and_takes_it_back(cast):
    browser, leader, today = cast.client("admin"), cast.actor("leader"), timezone.localdate()
    assert browser.post("/settings/persons/follow_up_speed/", switch_data()).status_code == 302
    assert tiers.is_on("follow_up_speed", leader, today)
    page = cast.client("leader").get("/settings/persons/").content.decode()
    assert "letter 12" in page
    assert "one figure to which the works council agreed" in page
    browser.post("/settings/persons/follow_up_speed/off/")
    assert not tiers.is_on("follow_up_speed", leader, today)


@pytest.mark.parametrize(
    "values",
    [
        {"document": ""},
        {"purpose": " "},
        {"viewers": []},
        {"viewers": ["admin"]},
        {"ends_on": "2020-01-01"},
        {"ends_on": ""},
    ],
)
def test_consent_without_its_ground_switches_nothing_on(cast, values):
    response = cast.client("admin").post("/settings/persons/follow_up_speed/", switch_data(**values))
    assert response.status_code == 200
    assert not PersonIndicator.objects.exists()


@pytest.mark.parametrize("code", ["portfolio_result", "hours_at_desk"])
def test_there_is_no_switch_for_what_is_always_on_or_does_not_exist(cast, code):
    assert cast.client("admin").get(f"/settings/persons/{code}/").status_code == 404
    assert cast.client("admin").post(f"/settings/persons/{code}/off/").status_code == 404


def test_one_changes_ones_own_name_and_language(cast):
    browser = cast.client("outsider")
    assert browser.post("/me/", {"name": "Somebody", "language": "nl"}).status_code == 302
    user = User.objects.get(email="outsider@example.test")
    assert (user.name, user.language) == ("Somebody", "nl")
    assert browser.get("/me/")["Content-Language"] == "nl"


def test_one_cannot_give_oneself_a_role(cast):
    from bekwaam.access.actor import actor_of

    cast.client("outsider").post("/me/", {"name": "Somebody", "language": "", "roles": ["admin"], "email": "x@y.test"})
    user = User.objects.get(email="outsider@example.test")
    assert actor_of(user).roles == frozenset()


def test_a_new_password_needs_the_present_one_and_ends_other_sessions(cast):
    here, elsewhere = cast.client("leader"), cast.client("leader")
    wrong = {"present": "not my password at all", "password": NEW, "again": NEW}
    assert here.post("/me/password/", wrong).status_code == 200
    assert User.objects.get(email="leader@example.test").check_password(PASSWORD)
    assert here.post("/me/password/", {**wrong, "present": PASSWORD}).status_code == 302
    assert here.get("/me/").status_code == 200
    assert elsewhere.get("/me/").status_code == 302
    assert Client().login(email="leader@example.test", password=NEW)


def test_the_present_password_cannot_be_guessed_without_end(cast):
    browser = cast.client("leader")
    wrong = {"present": "not my password at all", "password": NEW, "again": NEW}
    assert [browser.post("/me/password/", wrong).status_code for _try in range(6)] == [200] * 5 + [429]


@pytest.mark.parametrize(
    ("name", "arrives_at"),
    [("outsider", "/me/"), ("fair_staff", "/me/")],
)
def test_whoever_has_no_room_arrives_at_his_own_settings(cast, name, arrives_at):
    assert cast.client(name).get("/start/")["Location"] == arrives_at


def test_each_arrives_at_the_first_page_that_is_his(cast):
    for name in ("leader", "account_manager", "inside_sales", "marketer", "colleague", "board", "admin"):
        browser = cast.client(name)
        response = browser.get("/start/")
        assert response.status_code == 302
        assert browser.get(response["Location"]).status_code == 200, name
