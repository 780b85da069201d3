"""Every answer, whatever its status, tells the browser what it may not do."""

from __future__ import annotations

import json
import logging
import re

import pytest
from django.test import Client
from standing_cast import PASSWORD

from bekwaam.access import queries
from bekwaam.access.middleware import CONTENT_SECURITY_POLICY, HEADERS
from bekwaam.config.log import JsonLines

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


@pytest.fixture
def broken(monkeypatch):
    def fail(actor):
        raise RuntimeError("a customer's name")

    monkeypatch.setattr(queries, "user_rows", fail)


def answers(cast):
    yield 200, cast.client("admin").get("/users/")
    yield 200, Client().get("/sign-in/")
    yield 200, Client().get("/healthz")
    yield 200, Client().get("/static/npm/echarts/dist/echarts.esm.min.mjs")
    yield 302, Client().get("/users/")
    yield 403, cast.client("marketer").get("/users/")
    yield 403, cast.client("admin", enforce_csrf_checks=True).post("/me/")
    yield 404, cast.client("admin").get("/no/such/page/")
    yield 404, Client().get("/static/no-such-file.css")
    yield 405, cast.client("admin").delete("/users/")
    yield 410, Client().get("/link/forged/")
    yield 400, Client(headers={"host": "evil.example"}).get("/sign-in/")


def test_headers_stand_on_every_answer(cast):
    for status, response in answers(cast):
        assert response.status_code == status
        assert response["Content-Security-Policy"] == POLICY == CONTENT_SECURITY_POLICY
        for name, value in HEADERS.items():
            assert response[name] == value, (status, name)
        assert "Access-Control-Allow-Origin" not in response


def test_headers_stand_on_a_breakdown_too(cast, broken):
    browser = cast.client("admin", raise_request_exception=False)
    response = browser.get("/users/")
    assert response.status_code == 500
    assert response["Content-Security-Policy"] == POLICY


def test_a_breakdown_says_nothing_but_a_number_that_is_in_the_log(cast, broken, caplog):
    response = cast.client("admin", raise_request_exception=False).get("/users/")
    page = response.content.decode()
    assert "customer" not in page
    assert "Traceback" not in page
    assert response["X-Request-Id"] in page


def test_the_page_for_a_breakdown_asks_the_database_nothing(cast, broken, django_assert_num_queries):
    from django.test import RequestFactory

    from bekwaam.faces.web.errors import server_error

    with django_assert_num_queries(0):
        assert server_error(RequestFactory().get("/")).status_code == 500


def test_pages_stay_out_of_caches_and_files_do_not(cast):
    for address in ("/users/", "/me/", "/no/such/page/"):
        assert "no-store" in cast.client("admin").get(address)["Cache-Control"]
    assert "no-store" in Client().get("/sign-in/")["Cache-Control"]
    assert "no-store" not in Client().get("/static/npm/echarts/dist/echarts.esm.min.mjs").get("Cache-Control", "")


def test_every_cookie_is_closed_to_scripts_and_to_other_sites(cast, settings):
    browser = Client()
    browser.post("/sign-in/", {"login": cast.user("admin").email, "password": PASSWORD})
    browser.get("/me/")
    browser.post("/me/", {"name": "Admin", "language": "nl"})
    names = {settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME, settings.MESSAGE_COOKIE_NAME}
    assert names <= set(browser.cookies)
    for cookie in browser.cookies.values():
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] == "Lax"


def test_health_asks_nothing_of_the_database(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert Client().get("/healthz").content == b"ok\n"


def test_pages_hold_no_inline_script_style_or_handler(cast):
    for address in ("/users/", "/users/invite/", "/settings/company/", "/settings/persons/", "/me/", "/me/password/"):
        page = cast.client("admin").get(address).content.decode()
        assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:", page), address
        for script in re.findall(r"<script[^>]*>", page):
            assert "src=" in script or 'type="importmap"' in script or 'type="application/json"' in script, address


def test_a_log_line_cannot_be_broken_by_an_address(rf):
    request = rf.get("/link/secret-token%0A%7B%22level%22")
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Failed: %s", (request.path,), None)
    record.request, record.status_code = request, 500
    line = JsonLines().format(record)
    assert "\n" not in line
    assert "secret-token" not in line
    assert json.loads(line)["event"] == "GET no route: 500"
