"""Route × role × method: every route has a declared verdict, and what is refused or only looked at changes nothing.

The verdicts come from `declared_routes`; the routes come from the resolver. A route that nobody declared fails here,
and so does a declared one that is gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import asked_cast
import pytest
from declared_routes import PUBLIC, ROUTES, WHO, Route
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from standing_cast import CAST

from bekwaam.access import actions
from bekwaam.access.actions import Person
from bekwaam.access.models import Denial, SignIn
from bekwaam.records.models import Batch, Customer, Invitation, Job, Upload

ACTORS = ("anonymous", *CAST)
LOG_TABLES = (Denial, SignIn)
"""The tables to which a refused request may add: nothing else."""


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every route of the installation; those for programs have a test of their own."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry) if str(entry.pattern) != "api/v1/" else ()
        else:
            yield entry


@dataclass
class World:
    """What the addresses of the routes point at."""

    user: Any
    token: str
    customer: Customer
    batch: Batch
    upload: Upload
    job: Job
    invitation: Invitation
    link: str


@pytest.fixture
def world(cast) -> World:
    user, token = actions.invite(cast.actor("admin"), Person(email="new@example.test", name="Newcomer"), roles=[])
    leader = cast.actor("leader")
    wave = asked_cast.wave(leader, asked_cast.questionnaire(leader))
    (invitation,) = asked_cast.invited(leader, wave, "Head of purchasing")
    batch = Batch.objects.create(
        batch_id="B0001", kind="sales", state="done", file_name="orders.csv", file_sha256="0" * 64
    )
    return World(
        user=user,
        token=token,
        customer=Customer.objects.create(number="C1", name="A customer", created_by=batch),
        batch=batch,
        upload=Upload.objects.create(file="stored.csv", file_name="orders.csv", offered_by="user:1"),
        job=Job.objects.create(kind="refresh", state="done"),
        invitation=invitation,
        link=asked_cast.tokens(leader, wave)[0],
    )


def test_every_route_is_declared_and_every_declared_route_exists():
    found = {pattern.name or str(pattern.pattern) for pattern in patterns()}
    assert found == set(ROUTES)


def test_no_two_routes_share_a_name():
    names = [pattern.name for pattern in patterns()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("pattern", list(patterns()), ids=lambda pattern: pattern.name)
def test_the_door_of_each_page_is_the_declared_one(pattern):
    route = ROUTES[pattern.name]
    door = getattr(pattern.callback, "actions", None)
    assert door is not None, "the view has neither @needs nor @public"
    if route.get == PUBLIC:
        assert door == {}
        return
    assert door.get("GET") == (route.get or route.post)
    assert door.get("POST") == route.post


def rows_outside_logs() -> int:
    """How many rows were ever written on this connection, the named log tables aside."""
    connection.ensure_connection()
    logged = sum(table.objects.count() for table in LOG_TABLES)
    return int(connection.connection.total_changes) - logged


def verdict(route: Route, name: str, method: str) -> str:
    """What is declared for this actor and method."""
    action = route.get if method == "GET" else route.post
    if route.get == PUBLIC:
        return "let through" if action == PUBLIC else "no such method"
    if name == "anonymous":
        return "to sign-in"
    if action is None:
        other = route.post if method == "GET" else route.get
        return "no such method" if method == "POST" or name in WHO[other] else "refused"
    return "let through" if name in WHO[action] else "refused"


def answer(response: Any, route: Route) -> str:
    """What the answer amounts to."""
    if response.status_code == 302 and response["Location"].startswith(reverse("account_login") + "?"):
        return "to sign-in"
    named = {403: "refused", 405: "no such method"}
    return named.get(response.status_code, "let through" if response.status_code in route.allowed else "broken")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_everyone_gets_the_declared_verdict(cast, world, method):
    browsers = {person: cast.client(person) for person in ACTORS}
    deviations = []
    for name, route in ROUTES.items():
        address = reverse(name, kwargs=route.path(world))
        for person, browser in browsers.items():
            wanted = verdict(route, person, method)
            response, written = tried(browser, method, address)
            if answer(response, route) != wanted:
                deviations.append(f"{method} {name} by {person}: {response.status_code}, declared {wanted}")
            if written and (method == "GET" or wanted != "let through"):
                deviations.append(f"{method} {name} by {person}: {written} rows written")
    assert deviations == []


def tried(browser: Client, method: str, address: str) -> tuple[Any, int]:
    """The answer to a request, and how many rows it wrote; afterwards the world is as it was."""
    session = browser.cookies.copy()
    before = rows_outside_logs()
    with transaction.atomic():
        response = browser.generic(method, address)
        written = rows_outside_logs() - before
        transaction.set_rollback(True)
    browser.cookies = session
    return response, written


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_other_methods_change_nothing_for_anyone(cast, world, method):
    browsers = {person: cast.client(person) for person in ("anonymous", "outsider", "admin")}
    deviations = []
    for name, route in ROUTES.items():
        for person, browser in browsers.items():
            response, written = tried(browser, method, reverse(name, kwargs=route.path(world)))
            if response.status_code not in (200, 302, 405) or written:
                deviations.append(f"{method} {name} by {person}: {response.status_code}, {written} rows written")
    assert deviations == []


def test_a_look_in_advance_is_answered_like_a_look_and_changes_nothing(cast, world):
    browsers = {person: cast.client(person) for person in ("anonymous", "outsider", "admin")}
    deviations = []
    for name, route in ROUTES.items():
        address = reverse(name, kwargs=route.path(world))
        for person, browser in browsers.items():
            (looked, _), (response, written) = tried(browser, "GET", address), tried(browser, "HEAD", address)
            if response.status_code != looked.status_code or written:
                deviations.append(f"HEAD {name} by {person}: {response.status_code}, {written} rows written")
    assert deviations == []


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_every_unsafe_request_needs_its_token(cast, world, method):
    browsers = {person: cast.client(person, enforce_csrf_checks=True) for person in ("anonymous", "admin")}
    deviations = []
    for name, route in ROUTES.items():
        for person, browser in browsers.items():
            response, written = tried(browser, method, reverse(name, kwargs=route.path(world)))
            if response.status_code != 403 or written:
                deviations.append(f"{method} {name} by {person}: {response.status_code}, {written} rows written")
    assert deviations == []


def test_a_refusal_is_noted_without_the_address(cast, world):
    cast.client("marketer").get(reverse("user", kwargs={"pk": world.user.pk}))
    denial = Denial.objects.get()
    assert (denial.who, denial.action, denial.method, denial.route) == (
        cast.actor("marketer").key,
        "users.write",
        "GET",
        "user",
    )
    assert denial.request_id


def test_what_is_absent_and_what_is_forbidden_answer_alike(cast, world):
    browser = cast.client("marketer")
    there = browser.get(reverse("user", kwargs={"pk": world.user.pk}))
    absent = browser.get(reverse("user", kwargs={"pk": 999_999}))
    assert (there.status_code, there.content) == (absent.status_code, absent.content)


def test_a_page_fetched_by_script_takes_the_visitor_to_sign_in(cast, world):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/users/"}
    response = Client(headers=headers).get(reverse("users"))
    assert response.status_code == 200
    assert response["HX-Redirect"] == "/sign-in/?next=/users/"
