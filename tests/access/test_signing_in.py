"""Signing in and out: one answer to every failure, limits that hold, sessions that end."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from standing_cast import PASSWORD

from bekwaam.access import actions
from bekwaam.access.models import SignIn

PAGE = "/sign-in/"


def sign_in(browser, email="leader@example.test", password=PASSWORD, **more):
    return browser.post(PAGE, {"login": email, "password": password, **more})


@pytest.fixture
def leader(cast):
    return cast.user("leader")


def test_the_right_password_opens_the_door(leader):
    response = sign_in(Client())
    assert (response.status_code, response["Location"]) == (302, "/start/")


def test_capitals_in_the_address_do_not_matter(leader):
    assert sign_in(Client(), email=" Leader@Example.TEST ").status_code == 302


def test_the_session_key_changes_at_signing_in(leader, settings):
    browser = Client()
    browser.get(PAGE)
    session = browser.session
    session["before"] = True
    session.save()
    before = session.session_key
    browser.cookies[settings.SESSION_COOKIE_NAME] = before
    sign_in(browser)
    assert browser.session.session_key != before


def test_every_failure_gets_the_very_same_page(cast, leader):
    closed = cast.user("marketer")
    actions.disable_user(cast.actor("admin"), closed)
    invited, _token = actions.invite(cast.actor("admin"), actions.Person("new@example.test", "New"), roles=[])
    tries = [
        ("leader@example.test", "a wrong password here"),
        ("nobody@example.test", PASSWORD),
        (closed.email, PASSWORD),
        (invited.email, PASSWORD),
    ]
    pages = set()
    for email, password in tries:
        response = sign_in(Client(), email=email, password=password)
        assert response.status_code == 200
        pages.add(_without_what_was_typed(response.content.decode(), email))
    assert len(pages) == 1


def _without_what_was_typed(page: str, email: str) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|' + re.escape(email), "", page)


@pytest.mark.parametrize("email", ["leader@example.test", "nobody@example.test"])
def test_a_known_and_an_unknown_address_cost_one_hash_each(leader, email, monkeypatch, settings):
    """Equal work is equal time: nobody can tell from the clock who has an account."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    encoded = []
    real = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *args, **kwargs: (encoded.append(1), real(self, *args, **kwargs))[1]
    )
    sign_in(Client(), email=email, password="a wrong password here")
    assert len(encoded) == 1


def test_five_failures_for_one_address_close_it_for_a_while_even_for_the_right_password(leader):
    for _attempt in range(5):
        sign_in(Client(), password="a wrong password here")
    response = sign_in(Client())
    assert response.status_code == 200
    assert "Too many attempts" in response.content.decode()


def test_the_limit_is_counted_in_the_database_and_not_per_process(leader):
    from django.core.cache import cache
    from django.core.cache.backends.db import DatabaseCache
    from django.db import connection

    sign_in(Client(), password="a wrong password here")
    assert isinstance(cache._connections[cache._alias], DatabaseCache)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_cache")
        assert cursor.fetchone()[0] > 0


def test_many_attempts_from_one_place_are_stopped_whatever_it_claims_to_be(leader):
    statuses = [
        Client(headers={"x-forwarded-for": f"10.0.0.{number}"})
        .post(PAGE, {"login": f"{number}@example.test", "password": "a wrong password here"})
        .status_code
        for number in range(31)
    ]
    assert statuses[-1] == 429
    assert statuses[0] == 200


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "\\\\evil.example",
        "/\\evil.example",
        "/\\/evil.example",
        "///evil.example",
        "https:evil.example",
        "http:///evil.example",
        "https://testserver@evil.example/",
        "https://testserver.evil.example/",
        "javascript:alert(1)",
        "\thttps://evil.example",
        "\x00//evil.example",
        "/\t/evil.example",
        "／／evil.example",
        "https://testserver/users/",
        "",
    ],
)
def test_next_stays_on_this_host(leader, target):
    response = sign_in(Client(), next=target)
    assert (response.status_code, response["Location"]) == (302, "/start/")
    again = Client()
    again.force_login(leader)
    assert again.get(PAGE, {"next": target})["Location"] == "/start/"
    assert again.post("/sign-out/", {"next": target})["Location"] == PAGE


def test_next_brings_the_visitor_back_to_where_he_was_going(cast, leader):
    browser = Client()
    to_sign_in = browser.get("/users/?page=2")
    assert to_sign_in["Location"] == "/sign-in/?next=/users/%3Fpage%3D2"
    page = browser.get(to_sign_in["Location"]).content.decode()
    assert 'name="next" value="/users/?page=2"' in page
    assert sign_in(browser, next="/users/?page=2")["Location"] == "/users/?page=2"


def test_looking_at_the_sign_out_page_signs_nobody_out(cast):
    browser = cast.client("leader")
    browser.get("/sign-out/")
    assert browser.get("/me/").status_code == 200
    assert browser.post("/sign-out/")["Location"] == PAGE
    assert browser.get("/me/").status_code == 302


def test_closing_an_account_ends_its_sessions_for_good(cast):
    browser = cast.client("leader")
    assert browser.get("/me/").status_code == 200
    actions.disable_user(cast.actor("admin"), cast.user("leader"))
    assert browser.get("/me/").status_code == 302
    actions.enable_user(cast.actor("admin"), get_user_model().objects.get(pk=cast.user("leader").pk))
    assert browser.get("/me/").status_code == 302


def test_using_a_reset_link_ends_the_sessions_of_before(cast):
    browser = cast.client("leader")
    token = actions.reset_link(cast.actor("admin"), cast.user("leader"))
    assert browser.get("/me/").status_code == 200
    actions.accept(token, password="an entirely new password")
    assert browser.get("/me/").status_code == 302


def test_attempts_are_logged_without_what_was_typed(cast, leader):
    browser = Client()
    sign_in(browser, email="typed@example.test", password="a wrong password here")
    sign_in(browser)
    browser.post("/sign-out/")
    key = cast.actor("leader").key
    assert list(SignIn.objects.order_by("pk").values_list("who", "outcome")) == [
        ("", "refused"),
        (key, "signed_in"),
        (key, "signed_out"),
    ]


def test_a_session_holds_nothing_about_the_person(leader):
    browser = Client()
    sign_in(browser)
    assert set(browser.session.keys()) <= {"_auth_user_id", "_auth_user_backend", "_auth_user_hash", "_session_expiry"}


def test_passwords_are_kept_with_argon2(settings, db):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    user = actions.create_user(actions.Person("a@example.test", "A"), roles=[], password="some long password " * 5)
    assert user.password.startswith("argon2$argon2id$")
    assert user.check_password("some long password " * 5)


@pytest.mark.parametrize("address", ["/signup/", "/sign-up/", "/password/reset/", "/email/", "/accounts/login/"])
def test_the_other_pages_of_the_library_do_not_exist(db, address):
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize(
    ("browser_language", "chosen", "expected"),
    [("nl", "", "nl"), ("en", "", "en"), ("de", "", "en"), ("en", "nl", "nl"), ("nl", "en", "en")],
)
def test_the_browser_speaks_first_and_the_user_decides(cast, browser_language, chosen, expected):
    user = cast.user("leader")
    user.language = chosen
    user.save()
    response = cast.client("leader", headers={"accept-language": browser_language}).get("/me/")
    assert response["Content-Language"] == expected
